"""What PostgreSQL itself holds about who has a kwestie (migration 0006)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from cases.models import CaseGrant, Kwestie, Overdracht, Plaatsvervanging
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.cases.toegang import dag, hand_over, share, substitute

pytestmark = pytest.mark.django_db
ANNA, BRAM, NADIA = (people.ident(n) for n in ("anna", "bram", "nadia"))


def overdracht(kwestie: Kwestie, **over: Any) -> Overdracht:
    given = {"van_id": None, "naar_id": ANNA, "reden": "WERK", "door_id": ANNA}
    return Overdracht.objects.create(
        tenant_id=1, kwestie_id=kwestie.pk, **{**given, **over}
    )


@pytest.mark.parametrize(
    ("over", "name"),
    [
        ({"naar_id": BRAM}, "overdracht_zoals_kwestie"),
        ({"van_id": ANNA}, "overdracht_naar_ander"),
        ({"reden": "ZOMAAR"}, "overdracht_reden_lijst"),
    ],
)
def test_an_overdracht_says_what_the_kwestie_says(
    over: dict[str, Any], name: str
) -> None:
    kwestie = seed.register("anna")
    with acting_as(people.wie("anna").scope(1)):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            overdracht(kwestie, **over)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_an_overdracht_is_only_ever_added(verb: str) -> None:
    kwestie = seed.register("anna")
    hand_over(kwestie, "bram")
    with acting_as(people.wie("chantal").scope(1)):
        rows = Overdracht.objects.filter(tenant_id=1)
        with pytest.raises(ProgrammingError, match="permission denied"):
            with transaction.atomic():
                rows.update(reden="WERK") if verb == "update" else rows.delete()


def test_after_the_clients_wish_the_former_supporter_is_kept_out() -> None:
    kwestie = seed.register("anna")
    for naar, door, reden, kept in (
        ("bram", "anna", "CLIENT_ANDER", [ANNA]),
        ("nadia", "bram", "WERK", [ANNA]),
        ("bram", "nadia", "CLIENT_ANDER", [ANNA, NADIA]),
        ("anna", "bram", "CLIENT_ANDER", [NADIA, BRAM]),
    ):
        hand_over(kwestie, naar, door, reden)
        assert seed.seen(kwestie).niet_voor == kept


def test_a_change_of_hands_by_any_way_stops_the_sharing() -> None:
    kwestie = seed.register("anna")
    deling = share(kwestie, "nadia")
    with acting_as(people.wie("anna").scope(1)):
        Kwestie.objects.filter(tenant_id=1, pk=kwestie.pk).update(ondersteuner_id=BRAM)
        deling.refresh_from_db()
    assert deling.ingetrokken_op is not None


def test_the_date_of_a_share_follows_the_kwestie() -> None:
    kwestie = seed.register("anna")
    deling = share(kwestie, "nadia")
    assert deling.datum == seed.SEVEN["datum"]
    wijzigingen = {"datum": dag(-1)}
    seed.act("update_kwestie", kwestie, "anna", versie=1, wijzigingen=wijzigingen)
    with acting_as(people.wie("anna").scope(1)):
        deling.refresh_from_db()
    assert deling.datum == dag(-1)


@pytest.mark.parametrize(
    ("model", "veld", "waarde"),
    [
        (CaseGrant, "tot", dag(300)),
        (CaseGrant, "niveau", "SCHRIJVEN"),
        (CaseGrant, "medewerker_id", BRAM),
        (Plaatsvervanging, "tot", dag(300)),
        (Plaatsvervanging, "vervanger_id", NADIA),
    ],
)
def test_what_was_given_is_not_stretched(model: Any, veld: str, waarde: Any) -> None:
    kwestie = seed.register("anna")
    share(kwestie, "nadia")
    substitute("anna", "bram")
    with acting_as(people.wie("chantal").scope(1)):
        with pytest.raises(ProgrammingError, match="permission denied"):
            with transaction.atomic():
                model.objects.filter(tenant_id=1).update(**{veld: waarde})


def test_a_kwestie_is_shared_once_with_the_same_colleague() -> None:
    kwestie = seed.register("anna")
    deling = share(kwestie, "nadia")
    with acting_as(people.wie("anna").scope(1)):
        with pytest.raises(IntegrityError, match="deling_eenmaal"):
            with transaction.atomic():
                deling.pk = None
                deling.save(force_insert=True)
