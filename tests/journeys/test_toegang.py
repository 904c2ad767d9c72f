"""A client who wants somebody else, and a colleague who stands in for another."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Visitor
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.journey
ANONIEM = "Anoniem (identiteit niet bekend bij Adviespunt)"


def test_a_kwestie_goes_to_another_supporter_and_the_first_gets_a_404(
    visitors: Visitors,
) -> None:
    anna, bram = visitors("anna"), visitors("bram")
    nummer = _register(anna)
    kwestie = anna.path
    bram.visit(kwestie, 404)
    _share_to_read(anna)
    bram.visit(kwestie)
    expect(bram.page.get_by_role("main")).to_contain_text("met je gedeeld om te lezen")
    anna.visit(kwestie)
    anna.follow("Andere ondersteuner")
    anna.press("Kwestie overdragen", status=422)
    summary = anna.page.locator("[data-error-summary]")
    expect(summary).to_contain_text("Kies een collega of de wachtrij.")
    anna.pick(
        "Waarom gaat de kwestie naar een ander?",
        "De cliënt wil een andere ondersteuner",
    )
    anna.choose("Wie wordt de ondersteuner?", "Bram")
    anna.press("Kwestie overdragen")
    assert anna.path == "/werk/"
    expect(anna.page.get_by_role("link", name=nummer)).to_have_count(0)
    anna.visit(kwestie, 404)
    bram.visit(kwestie)
    bram.follow("Delen met een collega")
    bram.unfold("Wie de kwestie eerder had")
    expect(bram.page.get_by_role("main")).to_contain_text("van Anna naar Bram")
    _stand_in(visitors("chantal"))
    nadia = visitors("nadia")
    nadia.menu("Mijn werk")
    expect(nadia.page.get_by_role("main")).to_contain_text("Namens Bram")
    nadia.visit(kwestie)
    expect(nadia.page.get_by_role("main")).to_contain_text("namens Bram")


def _register(anna: Visitor) -> str:
    anna.menu("Registreren")
    anna.choose("Wie nam contact op?", "Cliënt zelf")
    anna.pick("Wat voor kwestie is het?", "Klacht")
    anna.pick("Wat is de aard?", "Relatie")
    anna.choose("Welke wet?", "Nog niet bepaald")
    anna.pick("Wie is de cliënt?", ANONIEM)
    anna.press("Kwestie opslaan")
    return anna.page.get_by_role("heading", level=1).inner_text()


def _share_to_read(anna: Visitor) -> None:
    anna.follow("Delen met een collega")
    anna.choose("Met welke collega?", "Bram")
    anna.pick("Waarom deel je de kwestie?", "Een collega denkt mee")
    anna.press("Kwestie delen")
    expect(anna.page.get_by_role("main")).to_contain_text("Bram")


def _stand_in(chantal: Visitor) -> None:
    chantal.menu("Plaatsvervanging")
    chantal.follow("Plaatsvervanging vastleggen – Gemeente Arnhem")
    chantal.choose("Wie is er niet?", "Bram")
    chantal.choose("Wie vervangt?", "Nadia")
    chantal.fill("Laatste dag", "vandaag")
    chantal.fill("Besluit", "Verlof, teamoverleg van deze week")
    chantal.press("Plaatsvervanging vastleggen")
    expect(chantal.page.get_by_role("main")).to_contain_text("Verlof, teamoverleg")
