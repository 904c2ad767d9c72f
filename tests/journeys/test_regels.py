"""A talk without the client: with consent, and no longer once it is taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Visitor
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.journey
CONSULENT = "Consulent van het wijkteam"


def test_a_consent_is_given_used_and_taken_back(visitors: Visitors) -> None:
    bram = visitors("bram")
    bram.menu("Registreren")
    bram.choose("Wie nam contact op?", "Cliënt zelf")
    bram.pick("Wat voor kwestie is het?", "Klacht")
    bram.pick("Wat is de aard?", "Behandeling")
    bram.choose("Welke wet?", "Wet maatschappelijke ondersteuning 2015 (Wmo 2015)")
    bram.pick("Wie is de cliënt?", "Anoniem (identiteit niet bekend bij Adviespunt)")
    bram.press("Kwestie opslaan")
    _give(bram)
    _talk(bram)
    bram.press("Contact opslaan")
    expect(bram.page.locator(".app-timeline")).to_contain_text("Zonder de cliënt")
    consents = bram.page.get_by_role("region", name="Toestemmingen van de cliënt")
    expect(consents).to_contain_text("1 keer gebruikt")
    bram.go(consents.get_by_role("link", name="Intrekken"))
    bram.press("Toestemming intrekken")
    expect(consents).to_contain_text("ingetrokken")
    _talk(bram)
    bram.press("Contact opslaan", status=422)
    summary = bram.page.locator("[data-error-summary]")
    expect(summary).to_contain_text("De cliënt heeft deze toestemming ingetrokken")


def _give(bram: Visitor) -> None:
    bram.follow("Toestemming vastleggen")
    bram.pick("Met wie mag je praten zonder de cliënt?", "De gemeente")
    bram.fill("Met wie precies?", CONSULENT)
    bram.fill("Waarover?", "Wanneer het gesprek aan huis is.")
    bram.pick("Hoe heeft de cliënt dit laten weten?", "Aan de telefoon")
    bram.tick("De cliënt heeft dit zelf en uitdrukkelijk gezegd of geschreven.")
    bram.press("Toestemming vastleggen")


def _talk(bram: Visitor) -> None:
    bram.follow("Contact toevoegen")
    bram.pick("Met wie?", "De gemeente")
    bram.pick("Ging het inhoudelijk over de cliënt?", "Ja")
    bram.pick("Was de cliënt erbij?", "Nee")
    field = bram.field("Met welke toestemming?")
    field.select_option(index=1)
    bram.pick("Wat heb je gedaan?", "Bemiddelen")
