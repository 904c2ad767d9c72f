"""A calendar file with terms, read back by the library."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from icalendar import Calendar

from cases.kalender import Dagpunt, agenda

NU = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
EEN = Dagpunt(
    UUID(int=1), "ARN-K7Q2", "Laatste dag voor bezwaar; en, beroep", date(2026, 4, 7)
)
TWEE = Dagpunt(UUID(int=2), "ARN-K7Q2", "Uitspraak " + "x" * 90, date(2026, 12, 31))


def test_s105_a_term_is_a_whole_day_with_a_warning_a_week_before() -> None:
    made = agenda([EEN, TWEE], NU)
    one, two = Calendar.from_ical(made).walk("VEVENT")
    assert str(one["summary"]) == f"{EEN.nummer}: {EEN.naam}"
    assert (one["dtstart"].dt, one["dtend"].dt) == (EEN.dag, date(2026, 4, 8))
    assert one["dtstamp"].dt == NU
    assert (two["dtstart"].dt, two["dtend"].dt) == (TWEE.dag, date(2027, 1, 1))
    (alarm,) = one.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(days=-7)
    assert max(map(len, made.split(b"\r\n"))) <= 75  # RFC 5545, 3.1


def test_the_same_term_has_the_same_uid_and_it_is_not_its_id() -> None:
    def uid(punt: Dagpunt, nu: datetime) -> str:
        (event,) = Calendar.from_ical(agenda([punt], nu)).walk("VEVENT")
        return str(event["uid"])

    later = Dagpunt(EEN.ding, EEN.nummer, EEN.naam, date(2026, 5, 1))
    assert uid(EEN, NU) == uid(later, NU + timedelta(days=1))
    assert uid(EEN, NU) != uid(TWEE, NU)
    assert str(EEN.ding) not in uid(EEN, NU)


def test_nothing_but_number_name_and_day_is_in_the_file() -> None:
    (event,) = Calendar.from_ical(agenda([EEN], NU)).walk("VEVENT")
    assert set(event) == {
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "TRANSP"),
    }


def test_without_terms_it_is_an_empty_calendar() -> None:
    assert Calendar.from_ical(agenda([], NU)).walk("VEVENT") == []
