"""The background of a kwestie: filled in by keyboard, seen on the page and in print.

And what stands beside it: the guide to other bodies, and work with groups.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import NARROW, Visitor, is_scrolling_sideways
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.journey
WENS = "Zonder zorgen naar de dagbesteding."
STAP = "Samen bellen met het vervoer."


def test_the_background_is_filled_in_by_keyboard_and_printed(
    visitors: Visitors,
) -> None:
    anna = visitors("anna")
    _register(anna)
    card = anna.page.get_by_role("region", name="Achtergrond")
    expect(card).to_contain_text("Nog niets ingevuld. Het hoeft ook niet.")
    anna.tab_to(card.get_by_role("link", name="Achtergrond invullen"))
    anna.key("Enter")
    _fill_in(anna)
    anna.key("ControlOrMeta+Enter")
    expect(card).to_contain_text("De cliënt: 12 t/m 15 jaar · Thuis")
    expect(card).to_contain_text("Denk aan bemiddelen")
    anna.follow("Plan voor de cliënt")
    for text in (WENS, STAP):
        expect(anna.page.get_by_role("main")).to_contain_text(text)
    anna.back()
    anna.follow("Afdrukken")
    main = anna.page.get_by_role("main")
    for text in ("Waar woont de cliënt?", "Thuis", "Klachtenfunctionaris", WENS, STAP):
        expect(main).to_contain_text(text)
    anna.visit("/wegwijs/")
    _record_a_meeting(anna)


def test_the_background_fits_a_telephone(visitors: Visitors) -> None:
    anna = visitors("anna", width=NARROW)
    _register(anna)
    anna.follow("Achtergrond invullen")
    for part in anna.page.locator("main details summary").all():
        part.click()
    assert not is_scrolling_sideways(anna.page)
    anna.choose("Wie nam het initiatief?", "Een verwijzer")
    anna.press("Achtergrond opslaan")
    expect(anna.page.get_by_role("main")).to_contain_text(
        "Hoe het begon: Een verwijzer"
    )


def _register(anna: Visitor) -> None:
    anna.menu("Registreren")
    anna.choose("Wie nam contact op?", "Cliënt zelf")
    anna.pick("Wat voor kwestie is het?", "Onvrede of knelpunt (vóór klacht)")
    anna.pick("Wat is de aard?", "Organisatie")
    anna.choose("Welke wet?", "Jeugdwet")
    anna.pick("Wie is de cliënt?", "Anoniem (identiteit niet bekend bij Adviespunt)")
    anna.press("Kwestie opslaan")


def _unfold(anna: Visitor, part: str) -> None:
    """Every part is closed, and opens with Enter."""
    heading = re.compile(rf"^\s*{part}")
    summary = anna.page.locator("main summary", has_text=heading)
    expect(summary.locator("..")).not_to_have_attribute("open", "")
    anna.tab_to(summary)
    anna.page.keyboard.press("Enter")


def _fill_in(anna: Visitor) -> None:
    _unfold(anna, "De cliënt")
    anna.key_choice("Hoe oud is de cliënt?", "12 t/m 15 jaar")
    anna.key_choice("Waar woont de cliënt?", "Thuis")
    anna.arrived()
    _unfold(anna, "Wie erbij betrokken zijn")
    _tick(anna, "Klachtenfunctionaris")
    _tick(anna, "Er is een conflict")
    _unfold(anna, "Waar het naartoe gaat")
    anna.type_in("Hoe ziet de gewenste situatie eruit?", WENS)
    anna.type_in("Wat is een eerste haalbare stap?", STAP)
    anna.arrived()


def _tick(anna: Visitor, label: str) -> None:
    box = anna.page.get_by_label(label, exact=True)
    anna.tab_to(box)
    anna.page.keyboard.press("Space")
    expect(box).to_be_checked()


def _record_a_meeting(anna: Visitor) -> None:
    anna.menu("Kwesties")
    anna.follow("Werk met groepen")
    anna.follow("Vastleggen voor Gemeente Arnhem")
    anna.press("Vastleggen", status=422)
    anna.pick("Wat heb je gedaan?", "Lotgenotencontact faciliteren of organiseren")
    anna.pick("Voor wie?", "Cliënten", "Naasten")
    anna.fill("Hoeveel mensen deden mee?", "12")
    anna.press("Vastleggen")
    expect(anna.page.get_by_role("row").nth(1)).to_contain_text("rond 10")
