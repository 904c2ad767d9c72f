"""An invitation: one address, one tenant, one role, three days, once."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client as Browser
from django.utils import timezone

from privacy import audit
from tenants import uitnodigen
from tenants.access import Refused
from tenants.fouten import RegelFout
from tenants.jobs import Claim, JobRefused
from tenants.models import Job, Medewerker, Membership, Uitnodiging, User
from tenants.post import send_invitation
from tenants.rolbericht import ROLWIJZIGING
from tenants.scope import Scope, acting_as
from tenants.services import IncompatibleRole, OwnRole
from tenants.uitnodigen import LinkWerktNiet, invite
from tenants.vierogen import give_role
from tests import people
from tests.conftest import copy_template, drop
from tests.isolation.conftest import connected_to

ARNHEM = 1
ADRES = "nieuw@adviespunt.example"
WORKER = Scope("job", None, (ARNHEM,), ARNHEM)
LANG = "vier-losse-woorden-op-een-rij"
db = pytest.mark.django_db


def claim_of(row: Uitnodiging) -> Claim:
    """As the worker takes the newest job of this invitation."""
    with acting_as(Scope("dispatch")):
        job = Job.objects.filter(onderwerp_id=row.pk).latest("aangemaakt_op")
        Job.objects.filter(pk=job.pk).update(status="BEZIG", poging=1)
    return Claim(job.pk, ARNHEM, row.pk, people.ident("dewi"), 1)


def invited(email: str = ADRES, rol: str = "ONDERSTEUNER", **more: Any) -> Uitnodiging:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(ARNHEM)):
        return invite(actor=dewi, tenant_id=ARNHEM, email=email, rol=rol, **more)


def token_of(row: Uitnodiging) -> str:
    """The worker sends the mail; what is in its link."""
    send_invitation(claim_of(row))
    found = re.search(r"/accounts/uitnodiging/([\w-]+)/", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def stored(row: Uitnodiging) -> Uitnodiging:
    with acting_as(WORKER):
        return Uitnodiging.objects.get(tenant_id=ARNHEM, pk=row.pk)


def post(token: str, **more: str) -> Any:
    data = {"naam": "Noor Duinbes", "wachtwoord": LANG, **more}
    return Browser().post(f"/accounts/uitnodiging/{token}/", data)


def memberships(email: str = ADRES) -> list[tuple[int, str]]:
    user = User.objects.get(email=email)
    with acting_as(people.wie("dewi").scope(ARNHEM)):
        rows = Membership.objects.filter(user_id=user.pk).order_by("rol")
        return list(rows.values_list("tenant_id", "rol"))


@pytest.fixture
def events(monkeypatch: Any) -> list[str]:
    """The codes of the audit events from here on."""
    made: list[str] = []
    real = audit.record

    def note(code: str, **velden: Any) -> None:
        made.append(code)
        real(code, **velden)

    monkeypatch.setattr(audit, "record", note)
    return made


# ------------------------------------------------------------------------- the whole way


@db
def test_who_accepts_has_an_account_with_that_role_and_no_other(
    events: list[str],
) -> None:
    token = token_of(invited())
    page = Browser().get(f"/accounts/uitnodiging/{token}/")
    assert page.status_code == 200
    assert page.headers["Cache-Control"].count("no-store") == 1
    assert "Gemeente Arnhem" in page.content.decode()
    assert post(token).status_code == 200
    user = User.objects.get(email=ADRES)
    assert (user.naam, user.soort, user.check_password(LANG)) == (
        "Noor Duinbes",
        "MEDEWERKER",
        True,
    )
    assert Medewerker.objects.get(pk=user.pk).naam == "Noor Duinbes"
    assert memberships() == [(ARNHEM, "ONDERSTEUNER")]
    wanted = ["uitnodiging_gemaakt", "uitnodiging_verstuurd", "rol_gegeven"]
    assert [code for code in events if code in wanted] == wanted
    assert events[-1] == "uitnodiging_aangenomen"


@db
def test_the_mail_holds_a_link_and_the_database_only_its_hash() -> None:
    row = invited()
    token = token_of(row)
    sent = mail.outbox[-1]
    assert sent.to == [ADRES]
    for secret in ("Arnhem", "ondersteuner", "Dewi", ADRES):
        assert secret.lower() not in f"{sent.subject} {sent.body}".lower()
    _tenant, _pk, raw = uitnodigen._parts(token)
    assert len(raw) == 32
    held = stored(row)
    assert held.token_hash == hashlib.sha256(raw).hexdigest()
    assert held.vervalt_op is not None
    assert held.verstuurd_op is not None
    assert held.vervalt_op - held.verstuurd_op == timedelta(days=3)


@db
def test_a_link_is_used_once_and_then_has_the_page_of_every_dead_link(
    events: list[str],
) -> None:
    token = token_of(invited())
    assert post(token).status_code == 200
    used = post(token)
    unknown = Browser().get(f"/accounts/uitnodiging/{'A' * len(token)}/")
    rubbish = Browser().get("/accounts/uitnodiging/kort/")
    texts = [_main(answer) for answer in (used, unknown, rubbish)]
    assert {a.status_code for a in (used, unknown, rubbish)} == {404}
    assert texts == [texts[0]] * 3
    assert events.count("uitnodiging_geweigerd") == 3
    assert memberships() == [(ARNHEM, "ONDERSTEUNER")]


def _main(answer: Any) -> str:
    text: str = answer.content.decode()
    return text[text.index("<main") : text.index("</main")]


@db
def test_after_three_days_a_link_is_dead_in_the_service_and_in_the_database() -> None:
    row = invited()
    token = token_of(row)
    past = timezone.now() - timedelta(seconds=1)
    with acting_as(WORKER):
        Uitnodiging.objects.filter(pk=row.pk).update(vervalt_op=past)
    assert post(token).status_code == 404
    assert not User.objects.filter(email=ADRES).exists()
    with acting_as(WORKER):
        with pytest.raises(DatabaseError, match="uitnodiging_verlopen"):
            with transaction.atomic():
                Uitnodiging.objects.filter(pk=row.pk).update(
                    aangenomen_op=timezone.now(), aangenomen_door=row.pk
                )


@db
def test_a_new_link_kills_the_old_one_and_withdrawing_kills_both() -> None:
    row = invited()
    old = token_of(row)
    dewi = people.browser("dewi")
    assert dewi.post(f"/t/arnhem/beheer/uitnodigingen/{row.pk}/opnieuw/").url == (
        "/beheer/mensen/"
    )
    assert Browser().get(f"/accounts/uitnodiging/{old}/").status_code == 404
    new = token_of(row)
    assert Browser().get(f"/accounts/uitnodiging/{new}/").status_code == 200
    dewi.post(f"/t/arnhem/beheer/uitnodigingen/{row.pk}/intrekken/")
    assert post(new).status_code == 404
    with pytest.raises(JobRefused):
        send_invitation(claim_of(row))
    assert stored(row).token_hash is None


@db
def test_an_invitation_dies_with_the_right_of_who_sent_it() -> None:
    token = token_of(invited())
    _end_beheer_of_dewi()
    assert Browser().get(f"/accounts/uitnodiging/{token}/").status_code == 404
    assert post(token).status_code == 404
    assert not User.objects.filter(email=ADRES).exists()


def _end_beheer_of_dewi() -> None:
    """By another administrator: nobody ends a role of her own."""
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(ARNHEM)):
        uitnodigen.grant_membership(
            actor=dewi,
            tenant=uitnodigen.Tenant.objects.get(pk=ARNHEM),
            user=User(id=people.ident("niemand"), naam="N", soort="MEDEWERKER"),
            rol="BEHEER",
        )
    with acting_as(people.wie("niemand").scope(ARNHEM)):
        Membership.objects.filter(
            user_id=people.ident("dewi"), tenant_id=ARNHEM
        ).update(tot=timezone.localdate() - timedelta(days=1))


# ----------------------------------------------------------------------- who has one


@db
def test_an_account_that_is_there_signs_in_first_and_then_takes_the_role() -> None:
    token = token_of(invited(people.email("hanna")))
    visitor = post(token)
    assert visitor.status_code == 200
    assert "Log in met je account" in visitor.content.decode()
    url = f"/accounts/uitnodiging/{token}/"
    wrong = people.browser("bram").post(url)
    assert "voor een ander account" in wrong.content.decode()
    assert memberships(people.email("bram")) == [(ARNHEM, "ONDERSTEUNER")]
    assert people.browser("hanna").post(url).status_code == 302
    assert (ARNHEM, "ONDERSTEUNER") in memberships(people.email("hanna"))
    assert told() == []  # nobody else administers Arnhem


@db
def test_another_administrator_hears_of_a_role_that_came_by_invitation() -> None:
    """Else who administers invites a second address of her own, and nobody knows."""
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(ARNHEM)):
        give_role(
            actor=dewi,
            tenant_id=ARNHEM,
            user_id=people.ident("niemand"),
            rol="BEHEER",
        )
    before = told()
    assert post(token_of(invited())).status_code == 200
    assert told() == [*before, people.ident("niemand")]


def told() -> list[UUID]:
    """Who is mailed about roles at Arnhem."""
    with acting_as(people.wie("dewi").scope(ARNHEM)):
        rows = Job.objects.filter(tenant_id=ARNHEM, taak=ROLWIJZIGING)
        return list(
            rows.order_by("aangemaakt_op").values_list("onderwerp_id", flat=True)
        )


@db
def test_a_contact_does_not_become_a_supporter_by_invitation() -> None:  # V10
    token = token_of(invited(people.email("ivo")))
    answer = people.browser("ivo").post(f"/accounts/uitnodiging/{token}/")
    assert answer.status_code == 422
    with pytest.raises(IncompatibleRole):
        uitnodigen.accept_as(token, people.user("ivo"))
    assert memberships(people.email("ivo")) == [(2, "CONTACT")]


@db
def test_the_answer_to_inviting_is_the_same_for_a_known_and_an_unknown_address() -> (
    None
):
    dewi = people.browser("dewi")
    answers = [
        dewi.post("/t/arnhem/beheer/uitnodigen/", {"email": email, "rol": "TOETSER"})
        for email in (people.email("hanna"), ADRES)
    ]
    assert [(a.status_code, a.url) for a in answers] == [(302, "/beheer/mensen/")] * 2


# ------------------------------------------------------------------------ who may not


@db
@pytest.mark.parametrize("naam", ["anna", "chantal", "fatma", "frits", "gerard"])
def test_only_tenant_administration_invites(naam: str) -> None:
    wie = people.wie(naam)
    with acting_as(wie.scope(ARNHEM)), pytest.raises(Refused):
        invite(actor=wie, tenant_id=ARNHEM, email=ADRES, rol="VRIJWILLIGER")
    if wie.is_medewerker:
        with acting_as(wie.scope(ARNHEM)):
            with pytest.raises(DatabaseError, match="uitnodiging_door_beheer"):
                with transaction.atomic():
                    Uitnodiging.objects.create(
                        tenant_id=ARNHEM,
                        email=ADRES,
                        soort="MEDEWERKER",
                        rol="BEHEER",
                        door_id=wie.user_id,
                    )


@db
def test_nobody_invites_herself_nor_twice() -> None:
    with pytest.raises(OwnRole):
        invited(people.email("dewi"), "TOETSER")
    invited()
    with pytest.raises(RegelFout, match="staat al een uitnodiging open"):
        invited()


@db
@pytest.mark.parametrize(
    ("wachtwoord", "woord"), [("kort", "12"), ("noor duinbes nieuw", "lijkt")]
)
def test_a_weak_password_makes_no_account(wachtwoord: str, woord: str) -> None:
    token = token_of(invited())
    answer = post(token, wachtwoord=wachtwoord)
    assert answer.status_code == 422
    assert woord in answer.content.decode()
    assert post(token).status_code == 200  # the link is not used up


@db
def test_what_the_form_does_not_ask_cannot_be_sent() -> None:
    token = token_of(invited())
    extra = {"email": "ander@x.example", "soort": "OPDRACHTGEVER", "rol": "BEHEER"}
    assert post(token, **extra, is_active="0", is_superuser="1").status_code == 200
    user = User.objects.get(email=ADRES)
    assert (user.soort, user.is_superuser, user.is_active) == (
        "MEDEWERKER",
        False,
        True,
    )
    assert memberships() == [(ARNHEM, "ONDERSTEUNER")]


# ------------------------------------------------------------------- at the same moment


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database of its own, with real transactions."""
    with django_db_blocker.unblock():
        copy_template("adviespunt_nodig")
        with connected_to("adviespunt_nodig"):
            yield "adviespunt_nodig"
        drop("adviespunt_nodig")


def test_of_many_who_accept_at_the_same_moment_one_wins(committed: str) -> None:
    token = token_of(invited())
    start = threading.Barrier(4)
    outcome: list[str] = []

    def accept(nummer: int) -> None:
        start.wait()
        try:
            uitnodigen.accept_as_new(token, naam=f"Noor {nummer}", password=LANG)
            outcome.append("gelukt")
        except LinkWerktNiet:
            outcome.append("te laat")
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcome) == ["gelukt", "te laat", "te laat", "te laat"]
    assert User.objects.filter(email=ADRES).count() == 1
    assert memberships() == [(ARNHEM, "ONDERSTEUNER")]


def test_the_tenant_and_the_invitation_are_in_the_link() -> None:
    """So a link of one tenant is never looked for in another."""
    row = Uitnodiging(id=UUID(int=7), tenant_id=3)
    row.save = lambda **_more: None  # type: ignore[method-assign]
    tenant_id, pk, _secret = uitnodigen._parts(uitnodigen.new_secret(row))
    assert (tenant_id, pk) == (3, UUID(int=7))
