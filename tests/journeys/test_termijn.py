"""A klacht with its term: on the page, on Mijn dag and in a calendar; who does what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import expect

from cases import werkdagen
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.journey
ANONIEM = "Anoniem (identiteit niet bekend bij Adviespunt)"
ORGANISATIE = "Zorghuis De Linde"


def test_a_klacht_has_a_term_that_goes_to_a_calendar(visitors: Visitors) -> None:
    last = werkdagen.vanaf(timezone.localdate() + timedelta(days=3))
    anna = visitors("anna")
    anna.visit("/sociale-kaart/")
    anna.follow("Organisatie toevoegen")
    anna.press("Organisatie opslaan", status=422)
    anna.fill("Naam van de organisatie", ORGANISATIE)
    anna.choose("Wat voor organisatie is het?", "Zorgaanbieder of -instelling")
    anna.fill("Klachtenfunctionaris", "Klachtenfunctionaris cliënten")
    anna.press("Organisatie opslaan")

    anna.menu("Registreren")
    anna.pick("Wat voor kwestie is het?", "Klacht")
    anna.pick("Wat is de aard?", "Behandeling")
    anna.choose("Welke wet?", "Nog niet bepaald")
    anna.pick("Wie is de cliënt?", ANONIEM)
    anna.press("Kwestie opslaan")
    nummer = anna.page.get_by_role("heading", level=1).inner_text()
    anna.follow("Procedure toevoegen")
    anna.choose("Soort procedure", "Klacht bij een zorgaanbieder (Wkkgz)")
    anna.fill("Waar loopt de procedure?", ORGANISATIE)
    anna.choose("Wat deed jij?", "Geholpen met schrijven")
    lodged = last - timedelta(weeks=6)
    anna.fill("Wanneer ingediend?", f"{lodged:%d-%m-%Y}")
    anna.press("Procedure opslaan")
    routes = anna.page.get_by_role("region", name="Procedures")
    expect(routes).to_contain_text("Wkkgz 17 lid 1")
    anna.page.get_by_role("region", name=f"Klachtroute bij {ORGANISATIE}").wait_for()

    anna.menu("Mijn dag")
    soon = anna.page.get_by_role("region", name="De komende zeven dagen")
    expect(soon).to_contain_text(f"Beslissing op de klacht verwacht · {nummer}")
    made = anna.download("Al mijn termijnen in mijn agenda zetten")
    events = Calendar.from_ical(made).walk("VEVENT")
    (found,) = [event for event in events if nummer in str(event["summary"])]
    assert found["dtstart"].dt == last
    assert ORGANISATIE not in made.decode()

    anna.follow(f"Termijn aanpassen – {nummer}")
    anna.fill("Hoeveel weken uitstel gaf de instantie zichzelf?", "5")
    anna.press("Termijn opslaan", status=422)
    anna.fill("Hoeveel weken uitstel gaf de instantie zichzelf?", "4")
    anna.press("Termijn opslaan")
    soon = anna.page.get_by_role("region", name="De komende zeven dagen")
    expect(soon).not_to_contain_text(nummer)

    somebody = visitors(None)
    somebody.visit("/wie-doet-wat/")
    somebody.follow("Wat betekenen deze woorden?")
    dewi = visitors("dewi")
    dewi.visit("/t/arnhem/functies/")
