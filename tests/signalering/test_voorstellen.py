"""All reports of a period: asked for together, resumed after a kill, and what the beat
proposes. Nothing here offers or publishes.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from adviespunt import embedded
from signalering import voorstellen
from signalering.models import Publicatie, Rapportage, Status, Uitgifte
from signalering.periodes import parse
from tenants.models import Job, Opdracht, Tenant
from tenants.scope import acting_as
from tests import people
from tests.conftest import copy_template, drop, undone
from tests.signalering import maken
from tests.signalering.test_taken import DATABASE, ask, lease_runs_out, wait_for

TODAY = date(2026, 1, 20)


@pytest.fixture(autouse=True)
def private(settings: Any, tmp_path: Path, request: Any) -> Iterator[None]:
    settings.RAPPORT_ROOT = tmp_path
    if "place" in request.fixturenames:
        yield
    else:
        request.getfixturevalue("db")
        with undone():
            yield


@pytest.fixture
def place(django_db_setup: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A database of its own without kwesties, and the environment that points at it."""
    copy_template(DATABASE)
    yield {
        **os.environ,
        "ADVIESPUNT_DATABASE": DATABASE,
        "ADVIESPUNT_INSTANCE": embedded.current().name,
        "RAPPORT_ROOT": str(tmp_path),
    }
    drop(DATABASE)


def rows(tenant_id: int = 1) -> list[tuple[str, str, Any]]:
    with acting_as(voorstellen.nobody(tenant_id)):
        return list(
            Rapportage.objects.filter(tenant_id=tenant_id).values_list(
                "periode", "status", "opgesteld_door_id"
            )
        )


def beat_on(day: date, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(voorstellen.timezone, "localdate", lambda *a: day)
    return voorstellen.propose_all()


# --------------------------------------------------------------------- what is due


@pytest.mark.parametrize(
    ("frequentie", "today", "due"),
    [
        ("kwartaal", date(2026, 1, 14), "2025-Q3"),
        ("kwartaal", date(2026, 1, 15), "2025-Q4"),
        ("halfjaar", date(2026, 1, 15), "2025-H2"),
        ("halfjaar", date(2026, 7, 14), "2025-H2"),
        ("jaar", date(2026, 7, 14), "2025"),
    ],
)
def test_a_period_is_due_two_weeks_after_it_as_often_as_the_opdracht_says(
    frequentie: str, today: date, due: str
) -> None:
    with acting_as(people.wie("dewi").scope(1)):
        Opdracht.objects.filter(tenant_id=1).update(rapportagefrequentie=frequentie)
    with acting_as(voorstellen.nobody(1)):
        periode = voorstellen.due_period(1, today)
    assert periode is not None
    assert periode.code == due


def test_nothing_is_due_before_the_opdracht_after_it_or_from_who_is_not_active() -> (
    None
):
    with acting_as(voorstellen.nobody(1)):
        assert voorstellen.due_period(1, date(2015, 3, 1)) is None
    with acting_as(people.wie("dewi").scope(1)):
        Opdracht.objects.filter(tenant_id=1).update(tot=date(2025, 6, 30))
        assert voorstellen.due_period(1, TODAY) is None
        Opdracht.objects.filter(tenant_id=1).update(tot=maken.yesterday())
        assert voorstellen.due_period(1, timezone.localdate()) is not None
        Tenant.objects.filter(pk=1).update(status=Tenant.Status.BEEINDIGD)
        assert voorstellen.due_period(1, timezone.localdate()) is None


def test_the_beat_makes_concepts_and_nothing_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert beat_on(TODAY, monkeypatch) == 2
    assert rows() == [("2025-Q4", Status.CONCEPT, None)]
    with acting_as(voorstellen.nobody(1)):
        (job,) = Job.objects.filter(tenant_id=1)
    maken.run(job)
    assert beat_on(TODAY, monkeypatch) == 0
    assert rows() == [("2025-Q4", Status.CONCEPT, None)]
    with acting_as(voorstellen.nobody(1)):
        assert not Uitgifte.objects.exists()
        assert not Publicatie.objects.exists()


def test_the_beat_proposes_and_reminds_every_day() -> None:
    schedule = {
        entry["task"]: entry["schedule"]
        for entry in settings.CELERY_BEAT_SCHEDULE.values()
    }
    for task in ("voorstellen.stel_voor", "herinneren.herinner"):
        every_day = schedule[f"signalering.{task}"]
        assert len(every_day.day_of_week) == 7


def test_what_a_person_withdrew_is_not_made_again_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    beat_on(TODAY, monkeypatch)
    with acting_as(voorstellen.nobody(1)):
        pk = Rapportage.objects.get(tenant_id=1).pk
    maken.act("chantal", "trek_in", pk, reden="Te vroeg.")
    assert beat_on(TODAY, monkeypatch) == 0
    assert [row[1] for row in rows()] == [Status.INGETROKKEN]


# ------------------------------------------------------------------------- in bulk


def test_a_refusal_says_why_and_does_not_keep_the_others_waiting() -> None:
    with acting_as(people.wie("dewi").scope(1)):
        Opdracht.objects.filter(tenant_id=1).update(van=date(2030, 1, 1))
    found = [
        voorstellen.ask_for(slug, pk, parse(maken.PERIODE))
        for slug, pk in voorstellen.in_order(None)
    ]
    assert [(s.slug, s.stand) for s in found] == [
        ("arnhem", voorstellen.GEWEIGERD),
        ("wulpenhorst", voorstellen.BEZIG),
    ]
    assert "geen opdracht" in found[0].reden


def test_asking_again_takes_up_what_is_there() -> None:
    first = voorstellen.ask_for("arnhem", 1, parse(maken.PERIODE))
    again = voorstellen.ask_for("arnhem", 1, parse(maken.PERIODE))
    assert first == again
    assert first.stand == voorstellen.BEZIG
    assert len(rows()) == 1


def test_s153_the_screen_shows_how_far_each_of_her_own_tenants_is() -> None:
    with acting_as(people.wie("dewi").scope(2)):
        Opdracht.objects.filter(tenant_id=2).update(van=date(2030, 1, 1))
    url = f"/rapportages/voortgang/?periode={maken.PERIODE}"
    assert "0 van 2 klaar" in people.browser("nadia").get(url).text
    voorstellen.ask_for("arnhem", 1, parse(maken.PERIODE))
    page = people.browser("nadia").get(url).text
    assert "0 van 2 klaar, 1 bezig, 0 geweigerd, 1 nog niet gemaakt" in page
    assert "Wulpenhorst" not in people.browser("chantal").get(url).text
    assert people.browser("gerard").get(url).status_code == 404
    assert people.browser("nadia").get(f"{url}x").status_code == 404


@pytest.mark.journey
def test_killed_halfway_and_started_again_there_is_exactly_one_report_each(
    place: dict[str, str],
) -> None:
    args = [sys.executable, "manage.py", "maak_rapportages", "--periode", "2025-Q2"]
    args += ["--alle", "--zelf"]
    run: dict[str, Any] = {"cwd": embedded.ROOT, "env": place, "text": True}
    with subprocess.Popen(
        args, stderr=subprocess.PIPE, stdout=subprocess.PIPE, **run
    ) as first:
        wait_for("SELECT 1 FROM tenants_job WHERE status = 'BEZIG' AND voortgang >= 10")
        os.kill(first.pid, signal.SIGKILL)
    assert ask("SELECT count(*) FROM signalering_bestand")[0] < 4
    lease_runs_out()
    second = subprocess.run(args, capture_output=True, check=False, **run)
    assert second.returncode == 0, second.stderr
    answer = json.loads(second.stdout.strip().splitlines()[-1])
    assert answer["klaar"] == ["arnhem", "wulpenhorst"]
    assert "[2/2]" in second.stderr
    assert ask(
        "SELECT count(*), count(DISTINCT tenant_id) FROM signalering_rapportage"
    ) == (*(2, 2),)
    assert ask("SELECT count(*) FROM signalering_bestand") == (4,)
    assert ask("SELECT count(*), min(status) FROM tenants_job") == (2, "KLAAR")
