"""A mail in the morning: to who is waited for, and without a word of what it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from cases import retention, wachtpost, werkdagen
from cases.models import Kwestie
from cases.services import melden
from cases.services.vorderen import record_vordering
from tenants.jobs import Claim, run_job
from tenants.models import Job
from tenants.scope import acting_as
from tenants.services import tell
from tests import people
from tests.cases import avg, geheim, seed
from tests.cases.test_dag import aged, spoken
from tests.cases.test_datalek import report
from tests.cases.test_team import unowned

pytestmark = pytest.mark.django_db
MAANDAG = date(2026, 3, 2)


def waited_for() -> set[str]:
    """Names of those for whom something waits at tenant 1 today."""
    with acting_as(retention.scope(1)):
        found = wachtpost.waited_for(1, timezone.localdate())
    names = {people.ident(naam): naam for naam in people.PEOPLE}
    return {names[user] for user in found}


def of_role(rol: str) -> set[str]:
    return {n for n, held in people.PEOPLE.items() if ("arnhem", rol) in held}


def told(naam: str) -> list[UUID]:
    """To whom this mail waits to be sent."""
    with acting_as(people.wie("chantal").scope(1)):
        waiting = Job.objects.filter(tenant_id=1, taak=naam, status="WACHT")
        return list(waiting.values_list("onderwerp_id", flat=True))


def idents(*rollen: str) -> set[UUID]:
    return {people.ident(naam) for rol in rollen for naam in of_role(rol)}


def test_nothing_waits_when_everything_is_in_time() -> None:
    seed.register("anna")
    assert waited_for() == set()


def test_s174_a_queue_beyond_the_norm_waits_for_the_teamleider() -> None:
    border = werkdagen.voor(timezone.now(), 1)
    unowned(border + timedelta(minutes=5))
    assert waited_for() == set()
    too_late = border - timedelta(minutes=1)
    with acting_as(people.wie("chantal").scope(1)):
        Kwestie.objects.filter(nummer="ARN-RIJ").update(aangemaakt_op=too_late)
    assert waited_for() == of_role("TEAMLEIDER")


def test_s075_a_first_answer_beyond_the_norm_waits_for_the_teamleider() -> None:
    border = werkdagen.voor(timezone.now(), 2)
    late = aged(seed.register("anna"), border - timedelta(minutes=1))
    assert waited_for() == of_role("TEAMLEIDER")
    spoken(late, 0)
    assert waited_for() == set()


def test_s125_directie_and_fg_are_told_of_a_demand_at_once() -> None:
    kwestie, anna = avg.named(), people.wie("anna")
    with acting_as(anna.scope(1)):
        record_vordering(
            actor=anna,
            tenant_id=1,
            kwestie_id=kwestie.pk,
            instantie="Openbaar Ministerie",
            ontvangen_op=timezone.localdate(),
            wat="Het hele dossier.",
        )
    assert set(told(melden.VORDERING)) == idents("DIRECTIE", "FG")


def test_a_new_request_waits_for_the_fg() -> None:
    avg.ask(avg.named(), "INZAGE")
    assert waited_for() == of_role("FG")


def test_the_fg_is_told_of_a_breach_at_once() -> None:
    report()
    assert set(told(melden.ER_WACHT)) == idents("FG")


def test_s024_a_doorbreking_waits_for_whose_turn_it_is() -> None:
    row = geheim.request(seed.register("anna"))
    assert waited_for() == {"bram"}
    geheim.carry("withdraw_doorbreking", row, "anna")
    assert waited_for() == set()


@pytest.mark.parametrize(
    ("dag", "is_sent"), [(MAANDAG, True), (MAANDAG - timedelta(days=1), False)]
)
def test_only_on_working_days(
    dag: date, is_sent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    avg.ask(avg.named(), "INZAGE")
    monkeypatch.setattr(timezone, "localdate", lambda: dag)
    wachtpost.look(1)
    assert set(told(melden.ER_WACHT)) == (idents("FG") if is_sent else set())


@pytest.mark.parametrize(
    ("naam", "work", "mails"),
    [
        (melden.ER_WACHT, wachtpost.er_wacht, 1),
        (melden.VORDERING, wachtpost.vordering, 2),
    ],
)
def test_the_mail_tells_nothing_of_anybody_and_what_waits_comes_once_a_day(
    naam: str, work: Callable[[Claim], None], mails: int
) -> None:
    cache.clear()
    for _time in range(2):
        with acting_as(retention.scope(1)):
            (row,) = tell(naam, 1, [people.ident("frits")], actor=None)
        assert run_job(row.pk, work)
    assert len(mail.outbox) == mails
    sent = mail.outbox[0]
    assert sent.to == [people.email("frits")]
    text = f"{sent.subject} {sent.body}"
    for word in ("arnhem", "kwestie van", "cliënt", "anna", "ministerie"):
        assert word not in text.lower()
    cache.clear()
