"""Mail to contacts: who asked for it, when there is something, and not what."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from privacy.models import AuditEvent
from signalering import post
from signalering.lifecycle import berichtkeuzes
from signalering.models import Berichtkeuze, Rapportage
from tenants.access import Refused
from tenants.jobs import run_job
from tenants.models import Job, Membership
from tenants.scope import Scope, acting_as
from tests import people

pytestmark = pytest.mark.django_db


def choose(naam: str, *, openbaar: bool = True) -> None:
    wie = people.wie(naam)
    with acting_as(wie.scope(1)):
        berichtkeuzes.choose(actor=wie, tenant_id=1, openbaar=openbaar)


def told() -> list[str]:
    """Addresses that are mailed when something of Arnhem is published."""
    mail.outbox.clear()
    chantal = people.wie("chantal")
    with acting_as(chantal.scope(1)):
        berichtkeuzes.tell_public(chantal, Rapportage(id=uuid4(), tenant_id=1))
        jobs = list(
            Job.objects.filter(tenant_id=1, taak=berichtkeuzes.OPENBAAR, status="WACHT")
        )
    for job in jobs:
        assert run_job(job.pk, post.openbaar)
    return sorted(to for message in mail.outbox for to in message.to)


def test_nobody_is_mailed_who_did_not_ask() -> None:
    assert told() == []


def test_who_asked_is_mailed_a_link_without_what_or_of_whom() -> None:
    choose("gerard")
    assert told() == [people.email("gerard")]
    (message,) = mail.outbox
    for word in ("Arnhem", "arnhem", "kwartaal", "2025", "Gerard", "/t/"):
        assert word not in f"{message.subject} {message.body}".replace(
            message.to[0], ""
        )
    assert "/openbaar/" in message.body
    assert "/accounts/profiel/" in message.body


def test_a_choice_is_taken_back() -> None:
    choose("gerard")
    choose("gerard", openbaar=False)
    assert told() == []


def test_who_lost_the_role_is_not_mailed() -> None:
    choose("gerard")
    with acting_as(people.wie("dewi").scope(1)):
        Membership.objects.filter(tenant_id=1, user_id=people.ident("gerard")).update(
            van="2020-01-01", tot="2020-12-31"
        )
    assert told() == []


def test_the_choice_is_made_on_a_page_and_is_on_record() -> None:
    gerard = people.browser("gerard")
    assert "/berichten/" in gerard.get("/accounts/profiel/").content.decode()
    answer = gerard.post("/t/arnhem/berichten/", {"arnhem-openbaar": "on"})
    assert answer["Location"] == "/berichten/"
    shown = gerard.get("/berichten/").content.decode()
    assert shown.count(" checked") == 1
    with acting_as(people.wie("gerard").scope(1)):
        kept = Berichtkeuze.objects.get(tenant_id=1)
        assert kept.openbaar is True
    with acting_as(Scope("audit", people.ident("frits"), (1,))):
        event = AuditEvent.objects.get(gebeurtenis="berichtkeuze_gewijzigd")
    assert event.actor_id == people.ident("gerard")


def test_the_choice_of_a_colleague_or_for_another_tenant_is_not_there() -> None:
    assert people.browser("anna").get("/berichten/").status_code == 404
    assert people.browser("anna").post("/t/arnhem/berichten/").status_code == 404
    assert people.browser("gerard").post("/t/wulpenhorst/berichten/").status_code == 404
    with pytest.raises(Refused):
        anna = people.wie("anna")
        berichtkeuzes.choose(actor=anna, tenant_id=1, openbaar=True)


def test_a_contact_sees_and_writes_her_own_choice_only() -> None:
    choose("gerard")
    otto = people.wie("otto")
    with acting_as(otto.scope(1)):
        assert list(Berichtkeuze.objects.all()) == []
        with pytest.raises((ProgrammingError, IntegrityError), match="policy"):
            with transaction.atomic():
                Berichtkeuze.objects.create(
                    tenant_id=1, user_id=people.ident("gerard"), openbaar=True
                )
