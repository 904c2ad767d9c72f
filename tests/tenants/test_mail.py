"""One mechanism for all mail of a job: once, to who is still there, in our language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from celery import current_app
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.utils import translation
from django.utils.translation import gettext as _

from cases import wachtpost
from cases.services.melden import ER_WACHT, VORDERING
from signalering import post as post_signalering
from signalering.lifecycle.berichtkeuzes import BERICHT, OPENBAAR
from tenants import mail as mail_jobs
from tenants import post, rolbericht
from tenants.jobs import Claim, run_job
from tenants.mail import Mail, mail_job
from tenants.models import Job, User
from tenants.scope import acting_as
from tenants.services import tell
from tests import people

pytestmark = pytest.mark.django_db
TAAK = "tests.mail"
TOLD = "frits"


@pytest.fixture(autouse=True)
def no_memory() -> None:
    cache.clear()


@mail_job(TAAK)
def note(_to: User) -> Mail:
    return Mail("Onderwerp", _("Jaar"))


@mail_job(f"{TAAK}.daily", daily=True)
def daily(_to: User) -> Mail:
    return Mail("Onderwerp", "Tekst")


def asked(taak: str = TAAK) -> Job:
    wie = people.wie("dewi")
    with acting_as(wie.scope(1)):
        (row,) = tell(taak, 1, [people.ident(TOLD)], actor=wie)
    return row


def state(row: Job) -> tuple[str, str]:
    with acting_as(people.wie("dewi").scope(1)):
        row.refresh_from_db()
    return row.status, row.fout


def test_who_is_told_gets_one_mail_and_the_job_is_done() -> None:
    row = asked()
    run_job(row.pk, note)
    run_job(row.pk, note)  # a message that came twice
    assert [m.to for m in mail.outbox] == [[people.email(TOLD)]]
    assert state(row) == (Job.Status.KLAAR, "")


def test_the_mail_is_in_the_language_of_the_house() -> None:
    row = asked()
    with translation.override("en"):
        assert _("Jaar") == "Year"
        run_job(row.pk, note)
    assert mail.outbox[0].body == "Jaar"


def test_a_closed_account_gets_no_mail_and_the_job_says_so() -> None:
    User.objects.filter(pk=people.ident(TOLD)).update(is_active=False)
    row = asked()
    run_job(row.pk, note)
    assert mail.outbox == []
    assert state(row) == (Job.Status.MISLUKT, "Dit account is er niet meer.")


@pytest.mark.parametrize(("taak", "work"), [(TAAK, note), (f"{TAAK}.daily", daily)])
def test_a_mail_server_that_is_away_gets_the_mail_at_the_next_try(
    taak: str, work: Callable[[Claim], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = asked(taak)

    def away(*args: Any) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", away)
        run_job(row.pk, work)
    assert state(row)[0] == Job.Status.WACHT
    run_job(row.pk, work)
    assert len(mail.outbox) == 1
    assert state(row)[0] == Job.Status.KLAAR


def test_a_worker_that_ended_after_sending_does_not_send_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = asked()
    with monkeypatch.context() as ended:
        ended.setattr(mail_jobs.Claim, "finish", lambda claim: 1 / 0)
        run_job(row.pk, note)
    assert (len(mail.outbox), state(row)[0]) == (1, Job.Status.WACHT)
    run_job(row.pk, note)
    assert (len(mail.outbox), state(row)[0]) == (1, Job.Status.KLAAR)


def test_a_daily_mail_comes_once_whatever_the_number_of_jobs() -> None:
    for _time in range(2):
        row = asked(f"{TAAK}.daily")
        run_job(row.pk, daily)
        assert state(row)[0] == Job.Status.KLAAR
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("taak", "work", "link"),
    [
        (rolbericht.ROLWIJZIGING, post.rolwijziging, "/beheer/mensen/"),
        (OPENBAAR, post_signalering.openbaar, "/accounts/profiel/"),
        (BERICHT, post_signalering.bericht, "/rapportages/"),
        (ER_WACHT, wachtpost.er_wacht, "/"),
        (VORDERING, wachtpost.vordering, "/"),
    ],
)
def test_every_mail_of_a_job_goes_this_way_with_a_link_to_us(
    taak: str, work: Callable[[Claim], None], link: str, settings: Any
) -> None:
    settings.SITE_ADRES = "https://adviespunt.example"
    assert taak in current_app.tasks
    row = asked(taak)
    run_job(row.pk, work)
    (sent,) = mail.outbox
    assert f"https://adviespunt.example{link}\n" in str(sent.body)
    for word in ("arnhem", "kwestie", "cliënt", "dewi"):
        assert word not in f"{sent.subject} {sent.body}".lower()
