"""An anonymous citizen asks at night, comes back with the code and reads the answer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitors
from tests.journeys.test_beheer import TEKSTEN

pytestmark = pytest.mark.journey
VRAAG = "Mijn huishoudelijke hulp is zomaar gestopt. Mag dat?"
ANTWOORD = "De gemeente moet u eerst een besluit sturen. Wij helpen u."
TERUG = "Dank u. Er is nog geen besluit gekomen."
CODE = re.compile(r"(?:[2-9A-Z]{3}-){6}[2-9A-Z]{3}")


def test_s161_asked_at_night_answered_by_day_read_with_the_code(
    visitors: Visitors,
) -> None:
    _open_the_door(visitors)
    citizen = visitors(None)
    citizen.visit("/loket/")
    citizen.fill("Bij welke gemeente of zorgaanbieder hoort uw vraag?", "arnh")
    citizen.press("Zoeken")
    citizen.follow("Gemeente Arnhem")
    citizen.press("Versturen", status=422)
    citizen.fill("Wat is uw vraag of klacht?", VRAAG)
    citizen.press("Versturen")
    code = CODE.findall(citizen.page.get_by_role("main").inner_text())[0]

    chantal = visitors("chantal")
    chantal.menu("Mijn team")
    here = chantal.page.get_by_role("link", name=re.compile("Lezen en opnemen"))
    chantal.go(here)
    expect(chantal.page.get_by_role("main")).to_contain_text(VRAAG)
    chantal.choose("Wie nam contact op?", "Cliënt zelf")
    chantal.pick("Wat voor kwestie is het?", "Onvrede of knelpunt (vóór klacht)")
    chantal.pick("Wat is de aard?", "Weigering")
    chantal.choose("Welke wet?", "Wet maatschappelijke ondersteuning 2015 (Wmo 2015)")
    chantal.press("Opnemen en toewijzen")
    chantal.choose("Welke collega?", "Anna")
    chantal.press("Toewijzen")
    nummer = chantal.page.get_by_role("heading", level=1).inner_text()

    anna = visitors("anna")
    anna.visit("/werk/")
    anna.follow(nummer)
    anna.follow("Bericht aan de melder")
    anna.fill("Bericht aan de melder", ANTWOORD)
    anna.press("Bericht klaarzetten")

    # On a telephone, without JavaScript, from another browser.
    phone = visitors(None, javascript=False, width=390)
    phone.visit("/loket/terug/")
    phone.fill("Uw code", code.lower().replace("-", " "))
    phone.press("Antwoord lezen")
    expect(phone.page.get_by_role("main")).to_contain_text(ANTWOORD)
    phone.fill("Wilt u nog iets zeggen of vragen?", TERUG)
    phone.press("Bericht versturen")
    anna.menu("Mijn dag")
    anna.follow(f"Lezen bij {nummer}")
    expect(anna.page.get_by_role("main")).to_contain_text(TERUG)
    citizen.visit("/loket/terug/")
    citizen.fill("Uw code", code)
    citizen.press("Antwoord lezen")
    expect(citizen.page.get_by_role("main")).to_contain_text(TERUG)


def _open_the_door(visitors: Visitors) -> None:
    """The public page first (S165), and then who gets the questions opens it."""
    dewi = visitors("dewi")
    dewi.visit("/t/arnhem/beheer/pagina/")
    for vraag, tekst in TEKSTEN.items():
        dewi.fill(vraag, tekst)
    dewi.press("Bewaren en vaststellen")
    chantal = visitors("chantal")
    chantal.menu("Mijn team")
    chantal.follow("Loket van Gemeente Arnhem")
    chantal.press("Loket openen")
    chantal.follow("bekijk wat bezoekers zien")
