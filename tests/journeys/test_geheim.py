"""Three people look before anybody speaks without the client's consent."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.cases.geheim import BELANG
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.journey


def test_a_doorbreking_is_asked_looked_at_and_decided(visitors: Visitors) -> None:
    anna = visitors("anna")
    anna.menu("Registreren")
    anna.choose("Wie nam contact op?", "Cliënt zelf")
    anna.pick("Wat voor kwestie is het?", "Klacht")
    anna.pick("Wat is de aard?", "Behandeling")
    anna.choose("Welke wet?", "Wet maatschappelijke ondersteuning 2015 (Wmo 2015)")
    anna.pick("Wie is de cliënt?", "Anoniem (identiteit niet bekend bij Adviespunt)")
    anna.press("Kwestie opslaan")
    anna.follow("Geheimhouding doorbreken")
    anna.pick(
        "Waarom wil je de geheimhouding doorbreken?",
        "Een zwaar belang van de cliënt zelf",
    )
    for label, veld in (
        ("Wat is er aan de hand?", "feiten"),
        ("Waarom is er geen toestemming van de cliënt?", "geen_toestemming"),
        ("Wat heb je geprobeerd? Waarom kan het niet anders?", "geprobeerd"),
        ("Welk zwaar belang van de cliënt is alleen zo te dienen?", "ernst"),
        ("Wat wil je vertellen?", "minimaal"),
        ("Aan wie wil je het vertellen?", "ontvanger"),
    ):
        anna.fill(label, BELANG[veld])
    anna.choose("Welke collega toetst dit?", "Bram")
    anna.choose("Wie van de directie besluit?", "Fatma")
    anna.press("Voorleggen aan je collega")
    here = anna.page.url
    for naam, kop in (("bram", "Jouw toets"), ("fatma", "Jouw besluit")):
        other = visitors(naam)
        other.visit(urlsplit(here).path)
        expect(other.page.get_by_role("heading", name=kop)).to_be_visible()
        other.pick("Wat vind je?", "Ja, dit mag")
        other.fill("Waarom?", "Het kan niet anders.")
        other.press("Vastleggen")
    anna.visit(urlsplit(here).path)
    anna.pick("Weet de cliënt het?", "Nee, dat kan nog niet")
    anna.fill("Waarom kan dat nog niet?", "De cliënt is niet te bereiken.")
    anna.press("Vastleggen")
    anna.fill("Wat heb je aan wie verteld?", "De huisarts gaat kijken.")
    anna.go(anna.button("Vastleggen").first)
    expect(anna.page.get_by_role("heading", name="Terugkijken")).to_be_visible()
    fatma = visitors("fatma")
    fatma.menu("Geheimhouding")
