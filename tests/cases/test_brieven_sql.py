"""Letters, held by PostgreSQL whoever asks (migration 0015)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import Brief, Kwestie
from cases.services.wissen import erase_kwesties
from privacy.fields import GEWIST
from tenants.scope import acting_as
from tests import people
from tests.cases import avg, seed
from tests.cases.brieven import allow, finish, write

pytestmark = pytest.mark.django_db
AKKOORD = {"akkoord_door": "CLIENT", "akkoord_wijze": "GESPREK"}


def force(brief: Brief, stopped_by: str = "", **changes: object) -> None:
    """Past every service, as somebody with the rights of a supporter."""
    rows = Brief.objects.filter(tenant_id=1, pk=brief.pk)
    with acting_as(people.wie("anna").scope(1)):
        if not stopped_by:
            rows.update(**changes)
            return
        with pytest.raises(IntegrityError, match=stopped_by), transaction.atomic():
            rows.update(**changes)


def final_by_force(**changes: object) -> dict[str, object]:
    today = timezone.localdate()
    days = {"besproken_op": today, "akkoord_op": today}
    by = {"definitief_op": timezone.now(), "definitief_door": people.ident("anna")}
    return {**days, **by, **AKKOORD, "inhoud_v": b"x", **changes}


def test_nothing_becomes_final_without_the_client() -> None:
    brief = write(seed.register())
    for gone in ("besproken_op", "akkoord_op", "inhoud_v"):
        force(brief, "brief_definitief_na_akkoord", **final_by_force(**{gone: None}))
    force(brief, "brief_definitief_na_akkoord", **final_by_force(akkoord_door=""))


def test_nothing_goes_to_the_gemeente_without_a_consent_that_holds() -> None:
    kwestie = seed.register()
    brief = write(kwestie, aan_soort="GEMEENTE")
    force(brief, "brief_", **final_by_force())
    care = allow(kwestie, ontvanger_soort="HULPVERLENER")
    force(brief, "brief_zonder", **final_by_force(toestemming=care))
    given = allow(kwestie)
    seed.act("revoke_toestemming", kwestie, toestemming_id=given)
    force(brief, "brief_zonder", **final_by_force(toestemming=given))
    force(brief, **final_by_force(toestemming=allow(kwestie)))


def test_v8_no_letter_that_names_an_anonymous_client_becomes_final() -> None:
    brief = write(seed.register())
    force(brief, "brief_noemt_client", **final_by_force(is_met_client=True))


def test_a_final_letter_stays_as_it_is_and_can_be_erased() -> None:
    kwestie = avg.named()
    brief = finish(kwestie, write(kwestie))
    for changes in ({"inhoud_v": b"anders"}, {"soort": "BRIEF"}, {"akkoord_op": None}):
        force(brief, "brief_staat_vast", **changes)
    with acting_as(people.wie("anna").scope(1)):
        erase_kwesties(Kwestie.alles.filter(tenant_id=1, pk=kwestie.pk), "BEKEND")
        found = Brief.objects.get(tenant_id=1, pk=brief.pk)
    assert bytes(found.inhoud_v or b"") == GEWIST
