"""Terms as a calendar file (RFC 5545): the number of the kwestie, the name of the term
and its day. Nothing else leaves: no client, no organisation, no opdrachtgever.

The same term has the same UID each time, so a calendar replaces what it had. Guarded by
tests/cases/test_kalender.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Alarm, Calendar, Event

SOORT = "text/calendar; charset=utf-8"
# Of these UIDs only: what is in the register cannot be found back by one.
RUIMTE = UUID("5f7d8f0e-6d0b-5c35-9b0e-3b6a4f6f1c08")
WAARSCHUW = timedelta(days=-7)


@dataclass(frozen=True, slots=True)
class Dagpunt:
    """One whole day in a calendar. ding: the row it comes from."""

    ding: UUID
    nummer: str
    naam: str
    dag: date


def agenda(punten: Iterable[Dagpunt], nu: datetime) -> bytes:
    """A calendar with these; ``nu`` is when it was made."""
    calendar = Calendar()
    calendar.add("prodid", "-//Adviespunt//Termijnen//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for punt in punten:
        calendar.add_component(_event(punt, nu))
    made: bytes = calendar.to_ical()
    return made


def _event(punt: Dagpunt, nu: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uuid5(RUIMTE, str(punt.ding))}@adviespunt")
    event.add("dtstamp", nu)
    event.add("dtstart", punt.dag)
    event.add("dtend", punt.dag + timedelta(days=1))
    event.add("summary", f"{punt.nummer}: {punt.naam}")
    event.add("class", "CONFIDENTIAL")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{punt.nummer}: {punt.naam}")
    alarm.add("trigger", WAARSCHUW)
    event.add_component(alarm)
    return event
