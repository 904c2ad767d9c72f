"""Unusual access is found by rules that stand on the page, and judged with a note."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.utils import timezone

from adviespunt import embedded
from cases.selectors.opvallend import Bevinding, findings_for
from tenants.scope import acting_as
from tests import people
from tests.cases import seed, toegang
from tests.cases.test_spoor import events, text
from tests.conftest import connected_to, copy_template, drop, undone

DATABASE = "adviespunt_opvallend"
PAGE = "/logboek/opvallend/"
NOTE = "/t/arnhem/logboek/opvallend/oordeel/"
Truth = psycopg.Connection[Any]


@pytest.fixture(scope="module")
def copied(django_db_setup: None, django_db_blocker: Any) -> Iterator[Truth]:
    with django_db_blocker.unblock():
        copy_template(DATABASE)
        with embedded.current().superuser(DATABASE) as made:
            yield made
        drop(DATABASE)


@pytest.fixture
def past(copied: Truth, django_db_blocker: Any) -> Iterator[Truth]:
    """A superuser, who alone can write an event of another time; emptied each time."""
    copied.execute("SET session_replication_role = replica")
    copied.execute("DELETE FROM privacy_auditevent")
    with django_db_blocker.unblock(), connected_to(DATABASE):
        yield copied


def at(hour: int, minute: int = 0, days: int = 3) -> datetime:
    """A moment some days ago, on the clock of here."""
    day = timezone.localtime() - timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def put(past: Truth, op: datetime, **over: Any) -> None:
    fields = {
        "tenant_id": 1,
        "actor_id": people.ident("anna"),
        "rol": "staff",
        "functie": "",
        "deur": "web",
        "gebeurtenis": "kwestie_ingezien",
        "onderwerp": "kwestie",
        "onderwerp_ids": [uuid4()],
        "grond": "toegewezen",
        "nood": False,
        "uitkomst": "gelukt",
        "extra": "{}",
        "tijdstip": op,
        **over,
    }
    marks = ", ".join(f"%({name})s" for name in fields)
    past.execute(
        f"INSERT INTO privacy_auditevent ({', '.join(fields)}) VALUES ({marks})", fields
    )


def found() -> list[Bevinding]:
    frits = people.wie("frits")
    with acting_as(frits.scope()):
        return findings_for(frits, [1])


def rules() -> list[tuple[str, int]]:
    return [(one.regel, one.aantal) for one in found()]


def hour_of(past: Truth, count: int, days: int, **over: Any) -> None:
    for n in range(count):
        put(past, at(10, n % 60, days), **over)


def test_ordinary_work_is_not_unusual(past: Truth) -> None:
    for days in range(1, 20):
        hour_of(past, 6, days)
    put(past, at(6), grond="plaatsvervanging")
    put(past, at(22, 59), grond="team")
    assert rules() == []


@pytest.mark.parametrize(
    ("before", "now", "is_unusual"),
    [(0, 19, False), (0, 20, True), (3, 11, False), (3, 12, True), (8, 24, False)],
)
def test_many_in_an_hour_is_measured_by_her_own_history(
    before: int, now: int, is_unusual: bool, past: Truth
) -> None:
    for days in range(40, 46):
        hour_of(past, before, days)
    hour_of(past, now, 3)
    assert rules() == ([("veel", now)] if is_unusual else [])


def test_the_same_kwestie_often_is_one_kwestie(past: Truth) -> None:
    hour_of(past, 40, 3, onderwerp_ids=[uuid4()])
    assert rules() == []


@pytest.mark.parametrize(("count", "is_unusual"), [(14, False), (15, True)])
def test_many_of_others_on_one_day(count: int, is_unusual: bool, past: Truth) -> None:
    for n in range(count):
        put(past, at(8 + n % 10, 5), grond="team", actor_id=people.ident("chantal"))
    assert rules() == ([("buiten", count)] if is_unusual else [])


@pytest.mark.parametrize(
    ("hour", "is_unusual"), [(22, False), (23, True), (3, True), (5, True), (6, False)]
)
def test_looking_at_night(hour: int, is_unusual: bool, past: Truth) -> None:
    put(past, at(hour, 30))
    assert rules() == ([("nacht", 1)] if is_unusual else [])


def test_one_night_is_one_finding(past: Truth) -> None:
    put(past, at(23, 30, days=4))
    put(past, at(2, 0, days=3))
    assert rules() == [("nacht", 2)]


@pytest.mark.parametrize(("count", "is_unusual"), [(4, False), (5, True)])
def test_refusals_in_a_row(count: int, is_unusual: bool, past: Truth) -> None:
    for n in range(count):
        put(past, at(10, n), gebeurtenis="toegang_geweigerd", uitkomst="geweigerd")
    assert rules() == ([("geweigerd", count)] if is_unusual else [])


def test_wrong_passwords_in_a_row_are_about_the_account(past: Truth) -> None:
    for n in range(5):
        put(
            past,
            at(10, n),
            tenant_id=None,
            actor_id=None,
            rol="public",
            gebeurtenis="aanmelden_geweigerd",
            onderwerp="account",
            onderwerp_ids=[people.ident("bram")],
            uitkomst="geweigerd",
        )
    (one,) = found()
    assert (one.regel, one.actor_id, one.wie) == (
        "geweigerd",
        people.ident("bram"),
        "Bram",
    )


@pytest.mark.parametrize(
    ("grond", "is_unusual"), [("toegewezen", False), ("gedeeld", True)]
)
def test_strikt_of_a_colleague(grond: str, is_unusual: bool, past: Truth) -> None:
    put(past, at(10), grond=grond, extra='{"strikt": 1}')
    assert rules() == ([("strikt", 1)] if is_unusual else [])


def test_what_is_older_than_thirty_days_is_over(past: Truth) -> None:
    put(past, at(3, days=31))
    assert rules() == []


def test_another_tenant_is_not_in_it(past: Truth) -> None:
    put(past, at(3), tenant_id=2)
    assert rules() == []


def test_a_note_ends_it_once_and_is_on_record(past: Truth) -> None:
    put(past, at(3))
    (one,) = found()
    with undone():
        browser = people.browser("frits")
        page = browser.get(PAGE)
        assert "Een kwestie geopend tussen 23.00 en 6.00 uur." in text(page)
        assert one.sleutel in page.content.decode()
        short = browser.post(NOTE, {"sleutel": one.sleutel, "notitie": "Kort"})
        assert short.status_code == 422
        assert "minstens 10 tekens" in text(short)
        given = {"sleutel": one.sleutel, "notitie": "Anna had crisisdienst."}
        assert browser.post(NOTE, given).status_code == 302
        assert "Beoordeeld door Frits" in text(browser.get(PAGE))
        again = browser.post(NOTE, given)
        assert "Dit is al beoordeeld" in text(again)
        (event,) = events("opvallend_beoordeeld")
        assert event.extra == {"sleutel": one.sleutel}


@pytest.mark.django_db
def test_only_the_fg_judges() -> None:
    given = {"sleutel": "x", "notitie": "Een lange notitie."}
    for naam in ("anna", "chantal", "dewi", "fatma", "gerard"):
        assert people.browser(naam).post(NOTE, given).status_code == 404
    there = NOTE.replace("arnhem", "wulpenhorst")
    assert people.browser("frits").post(there, given).status_code == 404


@pytest.mark.django_db
def test_s079_looking_at_strikt_is_marked_in_the_record() -> None:
    kwestie: UUID = toegang.strikt().pk
    people.browser("anna").get(f"/t/arnhem/kwesties/{kwestie}/")
    (event,) = events("kwestie_ingezien")
    assert event.extra == {"strikt": 1}
    people.browser("anna").get(f"/t/arnhem/kwesties/{seed.register().pk}/")
    assert events("kwestie_ingezien")[-1].extra == {}
