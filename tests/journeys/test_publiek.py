"""A page from draft to paper, and three answers that lead back to nobody."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.journey
TEKSTEN = {
    "Wie betaalt ons?": "Zorggroep Wulpenhorst betaalt ons.",
    "Wij zijn onafhankelijk": "Alleen uw belang telt.",
    "Wat kost het?": "Onze hulp kost u niets.",
    "Wij houden geheim wat u vertelt": "Wat u vertelt, blijft bij ons.",
    "Een klacht over ons": "Schrijf naar klacht@adviespunt.example.",
    "Spreekuren en contact": "Elke werkdag van 9 tot 12 uur.",
}
CODE = re.compile(r"\b[0-9A-Z]{3}(?:-[0-9A-Z]{3}){5}\b")


def test_a_page_is_published_read_and_printed_and_a_slip_is_used_once(
    visitors: Visitors,
) -> None:
    dewi = visitors("dewi")
    dewi.visit("/t/wulpenhorst/beheer/pagina/")
    for vraag, tekst in TEKSTEN.items():
        dewi.fill(vraag, tekst)
    dewi.press("Bewaren als concept")
    dewi.follow("Bekijk hoe het wordt")
    expect(dewi.page.get_by_role("main")).to_contain_text("Alleen uw belang telt.")
    visitors(None).visit("/adviespunt/wulpenhorst/", status=404)
    dewi.follow("Verder schrijven")
    dewi.press("Bewaren en vaststellen")
    dewi.follow("Documenten")
    dewi.follow("Onafhankelijkheidsstatuut")
    dewi.press("Bewaren en vaststellen")

    citizen = visitors(None)
    citizen.visit("/")
    citizen.follow("Zoek uw adviespunt")
    citizen.fill("Uw gemeente of zorgaanbieder", "wulpen")
    citizen.press("Zoeken")
    citizen.follow("Zorggroep Wulpenhorst")
    expect(citizen.page.get_by_role("main")).to_contain_text("Alleen uw belang telt.")
    citizen.page.emulate_media(media="print")
    expect(citizen.page.get_by_role("navigation", name="Hoofdmenu")).to_be_hidden()
    expect(citizen.page.get_by_text("Elke werkdag van 9 tot 12 uur.")).to_be_visible()
    citizen.page.emulate_media(media="screen")
    citizen.follow("Onafhankelijkheidsstatuut")
    expect(citizen.page.get_by_role("main")).to_contain_text("Versie 1, geldt vanaf")

    hanna = visitors("hanna")
    hanna.visit("/t/wulpenhorst/briefjes/")
    hanna.press("Briefjes maken")
    code = CODE.findall(hanna.page.get_by_role("main").inner_text())[0]

    client = visitors(None)
    for status in (200, 422):
        client.visit("/adviespunt/wulpenhorst/ervaring/")
        client.fill("De code op uw briefje", code)
        client.pick("Iemand stond naast mij", "Helemaal mee eens")
        client.pick("Er werd naar mij geluisterd", "Mee eens")
        client.pick("Ik weet nu wat ik kan doen", "Mee eens")
        client.press("Versturen", status=status)
    expect(client.page.get_by_role("main")).to_contain_text("Elke code werkt één keer")
    teun = visitors("teun")
    teun.menu("Mijn team")
    teun.follow("Ervaringen van cliënten")
    teun.follow("Zorggroep Wulpenhorst")
    expect(teun.page.get_by_role("main")).to_contain_text("Antwoorden kan nog tot")
