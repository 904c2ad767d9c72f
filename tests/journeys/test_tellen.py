"""Who stays anonymous and comes back; and how a tenant counts the others."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Visitor
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.journey
ANONIEM = "Anoniem (identiteit niet bekend bij Adviespunt)"
REDEN = "Elke beller krijgt aan de balie een eigen volgnummer."


def test_a_caller_comes_back_and_the_way_of_counting_is_agreed(
    visitors: Visitors,
) -> None:
    bram = visitors("bram")
    _register(bram, "")
    bram.follow("Terugkomcode geven of invullen")
    bram.press("Verder")
    code = bram.page.locator("code").inner_text()
    bram.follow("De code is doorgegeven")
    expect(bram.page.get_by_role("main")).not_to_contain_text(code)
    _register(bram, code.lower())
    expect(bram.page.get_by_role("main")).to_contain_text("Terugkomcode")
    dewi = visitors("dewi")
    dewi.menu("Telwijze")
    dewi.follow("Gemeente Arnhem")
    dewi.pick(
        "Hoe tellen anonieme kwesties mee bij de drempel?",
        "Elke anonieme kwestie telt als een eigen cliënt",
    )
    dewi.press("Vastleggen", status=422)
    dewi.fill("Waarom?", REDEN)
    dewi.press("Vastleggen")
    expect(dewi.page.get_by_role("main")).to_contain_text(REDEN)


def _register(bram: Visitor, code: str) -> None:
    bram.menu("Registreren")
    bram.choose("Wie nam contact op?", "Cliënt zelf")
    bram.pick("Wat voor kwestie is het?", "Klacht")
    bram.pick("Wat is de aard?", "Behandeling")
    bram.choose("Welke wet?", "Nog niet bepaald")
    bram.pick("Wie is de cliënt?", ANONIEM)
    bram.fill("Terugkomcode", code)
    bram.press("Kwestie opslaan")
