"""A signal: linked by a supporter, confirmed and brought in, read, promised, seen back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Visitor
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.journey
TITEL = "Lang wachten op jeugdhulp"
MANY = 9  # kwesties of at least five different clients


def test_what_a_supporter_links_comes_back_to_her_with_what_was_promised(
    visitors: Visitors,
) -> None:
    anna = visitors("anna")
    pages = _own_kwesties(anna)
    _propose(anna, pages[0])
    for page in pages[1:]:
        anna.visit(page)
        anna.follow("Aan een signaal koppelen")
        anna.press(f"Koppelen {TITEL}")
    chantal = visitors("chantal")
    chantal.visit("/signalen/")
    chantal.follow(TITEL)
    chantal.press("Bevestigen")
    chantal.press("Inbrengen bij de opdrachtgever")
    expect(chantal.page.get_by_role("main")).to_contain_text("Ingebracht")
    gerard = visitors("gerard")
    gerard.menu("Signalen")
    gerard.follow(TITEL)
    expect(gerard.page.get_by_role("main")).not_to_contain_text("Verschillende")
    gerard.follow("Verbeteractie toezeggen")
    gerard.press("Verbeteractie opslaan", status=422)
    gerard.fill("Wat gaat er gebeuren?", "Elke maand bericht over de wachttijd")
    gerard.fill("Wie doet dat?", "Afdeling jeugd")
    gerard.fill("Uiterlijk wanneer?", "01-12-2035")
    gerard.press("Verbeteractie opslaan")
    _talk_and_agree(chantal)
    anna.visit("/wat-gebeurde-ermee/")
    expect(anna.page.get_by_role("main")).to_contain_text("Verbetering toegezegd")
    chantal.follow("Trends")
    expect(chantal.page.get_by_role("heading", level=1)).to_have_text("Trends")


def _own_kwesties(anna: Visitor) -> list[str]:
    anna.menu("Kwesties")
    links = anna.page.locator("main th a[href*='/kwesties/']")
    found: list[str] = links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert len(found) >= MANY
    return found[-MANY:]  # of the register: what other journeys made comes first


def _propose(anna: Visitor, page: str) -> None:
    anna.visit(page)
    anna.follow("Aan een signaal koppelen")
    anna.follow("Nieuw signaal voorstellen")
    anna.press("Signaal voorstellen", status=422)
    anna.fill("Waar gaat het signaal over?", TITEL)
    anna.choose("Wat is de aard?", "Organisatie")
    anna.fill("Wat ervaren cliënten?", "Ouders wachten lang en horen niets.")
    anna.fill("Wat kan er beter?", "Laat elke maand iets weten.")
    anna.press("Signaal voorstellen")
    anna.press(f"Koppelen {TITEL}")
    region = anna.page.get_by_role("region", name="Signalen", exact=True)
    expect(region).to_contain_text(TITEL)  # came by itself


def _talk_and_agree(chantal: Visitor) -> None:
    chantal.follow("Overleg vastleggen")
    chantal.fill("Wanneer was het overleg?", "vandaag")
    chantal.tick("Opdrachtgever (gemeente of zorgaanbieder)")
    chantal.fill("Wie waren erbij?", "Beleidsadviseur jeugd")
    chantal.fill("Wat is er afgesproken?", "Er komt elke maand een bericht.")
    chantal.press("Overleg opslaan")
    chantal.press("In gesprek")
    chantal.press("Verbetering is toegezegd")
    chantal.follow("Wat kwam ervan? Elke maand bericht over de wachttijd")
    chantal.back()
    chantal.visit("/signalen/")
