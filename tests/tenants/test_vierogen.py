"""Nobody gives herself access: a colleague decides, and another hears of it."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone

from tenants import vierogen
from tenants.fouten import RegelFout
from tenants.jobs import run_job
from tenants.models import Job, Membership, Rolverzoek, Tenant, User
from tenants.post import rolwijziging
from tenants.rolbericht import ROLWIJZIGING
from tenants.scope import acting_as
from tenants.services import OwnRole, grant_membership, revoke_membership
from tests import people

pytestmark = pytest.mark.django_db
DEWI, NIEMAND = people.ident("dewi"), people.ident("niemand")


def second() -> None:
    """Niemand administers Arnhem too."""
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(1)):
        vierogen.give_role(actor=dewi, tenant_id=1, user_id=NIEMAND, rol="BEHEER")


def ask(rol: str = "TOETSER", wat: str = "GEVEN") -> Rolverzoek:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(1)):
        return vierogen.ask(
            actor=dewi, tenant_id=1, wat=wat, rol=rol, reden="Els is ziek"
        )


def decide(naam: str, row: Rolverzoek, *, ja: bool = True) -> Rolverzoek:
    wie = people.wie(naam)
    with acting_as(wie.scope(1)):
        return vierogen.decide(actor=wie, tenant_id=1, verzoek_id=row.pk, is_akkoord=ja)


def rollen(naam: str) -> set[str]:
    plek = people.wie(naam).plekken.get(1)
    return set(plek.rollen) if plek else set()


def test_an_administrator_gives_herself_nothing_in_service_and_database() -> None:
    dewi = people.wie("dewi")
    me = User(id=DEWI, naam="Dewi", soort="MEDEWERKER")
    with acting_as(dewi.scope(1)):
        tenant = Tenant.objects.get(pk=1)
        with pytest.raises(OwnRole):
            grant_membership(actor=dewi, tenant=tenant, user=me, rol="TEAMLEIDER")
        own = Membership.objects.get(tenant_id=1, user_id=DEWI)
        with pytest.raises(OwnRole):
            revoke_membership(actor=dewi, membership=own)
        for change in (
            lambda: Membership.objects.create(
                tenant_id=1, user_id=DEWI, soort="MEDEWERKER", rol="TEAMLEIDER"
            ),
            lambda: Membership.objects.filter(pk=own.pk).update(rol="TEAMLEIDER"),
            lambda: own.delete(),
        ):
            with pytest.raises(DatabaseError, match="membership_niet_zichzelf"):
                with transaction.atomic():
                    change()
    assert rollen("dewi") == {"BEHEER"}


@pytest.mark.parametrize("naam", ["anna", "chantal", "fatma", "frits"])
def test_who_does_not_administer_writes_no_membership_even_in_sql(naam: str) -> None:
    wie = people.wie(naam)
    with acting_as(wie.scope(1)):
        with pytest.raises(DatabaseError, match="membership_door_beheer"):
            with transaction.atomic():
                Membership.objects.create(
                    tenant_id=1, user_id=NIEMAND, soort="MEDEWERKER", rol="BEHEER"
                )


def test_another_administrator_decides_and_then_the_role_is_there() -> None:
    second()
    row = ask()
    assert rollen("dewi") == {"BEHEER"}
    done = decide("niemand", row)
    assert (done.besluit, done.besloten_door_id) == ("AKKOORD", NIEMAND)
    assert rollen("dewi") == {"BEHEER", "TOETSER"}
    decide("niemand", ask("TOETSER", "STOPPEN"))
    assert rollen("dewi") == {"BEHEER"}


def test_a_refusal_gives_nothing_and_is_decided_once() -> None:
    second()
    row = ask()
    assert decide("niemand", row, ja=False).besluit == "AFGEWEZEN"
    assert rollen("dewi") == {"BEHEER"}
    with pytest.raises(RegelFout, match="al besloten"):
        decide("niemand", row)


def test_who_asks_does_not_decide_in_service_and_database() -> None:
    second()
    row = ask()
    with pytest.raises(RegelFout, match="andere beheerder"):
        decide("dewi", row)
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(1)):
        with pytest.raises(DatabaseError, match="rolverzoek_vier_ogen"):
            with transaction.atomic():
                Rolverzoek.objects.filter(pk=row.pk).update(
                    besluit="AKKOORD",
                    besloten_door_id=DEWI,
                    besloten_op=timezone.now(),
                )
        with pytest.raises(DatabaseError, match="rolverzoek_staat_vast"):
            with transaction.atomic():
                Rolverzoek.objects.filter(pk=row.pk).update(
                    besluit="AKKOORD",
                    besloten_door_id=NIEMAND,
                    besloten_op=timezone.now(),
                )


def test_without_a_second_administrator_there_is_nobody_to_ask() -> None:
    with pytest.raises(RegelFout, match="geen andere beheerder"):
        ask()


def test_the_page_of_a_request_and_a_forged_decision() -> None:
    second()
    row = ask()
    url = f"/t/arnhem/beheer/rolverzoeken/{row.pk}/"
    own = people.browser("dewi")
    assert "Dit is je eigen verzoek" in own.get(url).content.decode()
    assert own.post(url, {"besluit": "ja"}).status_code == 422
    assert people.browser("anna").post(url, {"besluit": "ja"}).status_code == 404
    other = people.browser("niemand")
    assert other.post(url, {"besluit": "misschien"}).status_code == 422
    assert other.post(url, {"besluit": "ja", "rol": "FG"}).status_code == 302
    assert rollen("dewi") == {"BEHEER", "TOETSER"}


def test_a_change_of_roles_is_mailed_to_another_administrator_without_content() -> None:
    second()
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(1)):
        vierogen.give_role(
            actor=dewi, tenant_id=1, user_id=people.ident("bram"), rol="TOETSER"
        )
        job = Job.objects.filter(tenant_id=1, taak=ROLWIJZIGING).latest("aangemaakt_op")
    assert job.onderwerp_id == NIEMAND
    assert run_job(job.pk, rolwijziging)
    sent = mail.outbox[-1]
    assert sent.to == [people.email("niemand")]
    assert "/beheer/mensen/" in sent.body
    for word in ("Bram", "Toetser", "Arnhem", "Dewi"):
        assert word not in f"{sent.subject}{sent.body}"
