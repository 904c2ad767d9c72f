"""The table of arrows, in Python and in PostgreSQL: the same, and the only ways."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from cases.lifecycle import OVERGANGEN, allows
from cases.models import Kwestie, Status
from cases.services import Afronding, KwestieError, Route
from tenants.scope import acting_as
from tests import people
from tests.cases import seed

STATUSSEN = [status.value for status in Status]
# A way to each status that people can bring a kwestie to, arrow by arrow.
WEG: dict[str, list[tuple[str, dict[str, Any]]]] = {"TOEGEWEZEN": []}
WEG["IN_ONDERSTEUNING"] = [("start_ondersteuning", {"doel_client": "Weer slapen."})]
WEG["WACHT_CLIENT"] = [
    *WEG["IN_ONDERSTEUNING"],
    ("wait_kwestie", {"naar": "WACHT_CLIENT"}),
]
WEG["WACHT_DERDEN"] = [
    *WEG["IN_ONDERSTEUNING"],
    ("wait_kwestie", {"naar": "WACHT_DERDEN"}),
]
WEG["AFGEROND"] = [
    *WEG["IN_ONDERSTEUNING"],
    (
        "close_kwestie",
        {"afronding": Afronding(resultaat="NIET", levensdomein=("WON",))},
    ),
]
WEG["HEROPEND"] = [*WEG["AFGEROND"], ("reopen_kwestie", {})]
WERKWOORDEN: dict[str, tuple[str, dict[str, Any]]] = {
    "start": ("start_ondersteuning", {"doel_client": "Weer slapen."}),
    "wacht op cliënt": ("wait_kwestie", {"naar": "WACHT_CLIENT"}),
    "wacht op derden": ("wait_kwestie", {"naar": "WACHT_DERDEN"}),
    "verder": ("resume_kwestie", {}),
    "afronden": (
        "close_kwestie",
        {
            "afronding": Afronding(
                resultaat="NIET", levensdomein=("WON",), doel_client="Weer slapen."
            )
        },
    ),
    "heropenen": ("reopen_kwestie", {}),
}
NAAR = {
    "start": "IN_ONDERSTEUNING",
    "wacht op cliënt": "WACHT_CLIENT",
    "wacht op derden": "WACHT_DERDEN",
    "verder": "IN_ONDERSTEUNING",
    "afronden": "AFGEROND",
    "heropenen": "HEROPEND",
}


def test_python_and_postgresql_have_the_same_arrows(owner: Any) -> None:
    pairs = list(product(STATUSSEN, STATUSSEN))
    held = {
        (van, naar): owner.execute(
            "SELECT adviespunt.kwestie_overgang(%s, %s)", [van, naar]
        ).fetchone()[0]
        for van, naar in pairs
    }
    assert held == {(van, naar): allows(van, naar) for van, naar in pairs}
    assert sum(held.values()) == len(OVERGANGEN) == 17


@pytest.mark.django_db
@pytest.mark.parametrize("van", list(WEG))
@pytest.mark.parametrize("werkwoord", list(WERKWOORDEN))
def test_a_verb_works_along_an_arrow_and_nowhere_else(van: str, werkwoord: str) -> None:
    kwestie = seed.register(activiteiten=("IND.INFO",))
    for verb, arguments in WEG[van]:
        seed.act(verb, kwestie, **arguments)
    assert seed.seen(kwestie).status == van
    verb, arguments = WERKWOORDEN[werkwoord]
    is_way = allows(van, NAAR[werkwoord])
    if werkwoord == "verder":
        is_way = van.startswith("WACHT")
    if is_way:
        seed.act(verb, kwestie, **arguments)
        assert seed.seen(kwestie).status == NAAR[werkwoord]
    else:
        with pytest.raises(KwestieError):
            seed.act(verb, kwestie, **arguments)
        assert seed.seen(kwestie).status == van


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("van", "naar"), [pair for pair in product(WEG, STATUSSEN) if pair[0] != pair[1]]
)
def test_the_database_lets_a_status_change_along_an_arrow_only(
    van: str, naar: str
) -> None:
    kwestie = seed.register(activiteiten=("IND.INFO",))
    seed.act("add_verwijzing", kwestie, verwijzing=Route(instantie_type="GEM"))
    for verb, arguments in WEG[van]:
        seed.act(verb, kwestie, **arguments)
    closed = naar in ("AFGEROND", "GEANONIMISEERD")
    statement = (
        "UPDATE cases_kwestie SET status = %s, doel_client_v = 'x', resultaat = %s,"
        " levensdomein = '{WON}', afgerond_op = "
        + ("'2025-06-01'" if closed else "NULL")
        + " WHERE id = %s"
    )
    with acting_as(people.wie("anna").scope(1)), connection.cursor() as cursor:
        parameters = [naar, "NIET" if closed else "", kwestie.pk]
        if allows(van, naar):
            cursor.execute(statement, parameters)
            assert cursor.rowcount == 1
        else:
            with (
                pytest.raises(IntegrityError, match="kwestie_overgang"),
                transaction.atomic(),
            ):
                cursor.execute(statement, parameters)


@pytest.mark.django_db
def test_what_is_past_can_no_longer_be_changed() -> None:
    kwestie = seed.register(activiteiten=("IND.INFO",))
    for verb, arguments in WEG["AFGEROND"]:
        seed.act(verb, kwestie, **arguments)
    with acting_as(people.wie("anna").scope(1)), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_kwestie SET status = 'GEANONIMISEERD'")
    for verb, arguments in [
        ("update_kwestie", {"versie": 4, "wijzigingen": {"aard": "OVE"}}),
        ("add_verwijzing", {"verwijzing": Route(instantie_type="GEM")}),
        *WERKWOORDEN.values(),
    ]:
        with pytest.raises(KwestieError):
            seed.act(verb, kwestie, **arguments)
    with pytest.raises(KwestieError):
        seed.assign(kwestie, "bram")


@pytest.mark.django_db
def test_a_new_kwestie_without_supporter_becomes_assigned() -> None:
    with acting_as(people.wie("chantal").scope(1)):
        kwestie = Kwestie.objects.create(
            tenant_id=1, nummer="ARN-Q", dienst="OCO_SD", **seed.SEVEN
        )
    assert seed.seen(kwestie).status == "NIEUW"
    seed.assign(kwestie, "bram")
    kwestie = seed.seen(kwestie)
    assert (kwestie.status, kwestie.ondersteuner_id) == (
        "TOEGEWEZEN",
        people.ident("bram"),
    )
