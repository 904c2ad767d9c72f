"""Finding and putting right: a client by name, a name given later and taken away."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Visitor
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.journey
NAAM = "Wilhelmina Öztürk-van der Vossenberg"
ANONIEM = "Anoniem (identiteit niet bekend bij Adviespunt)"
VRAAG = "Hoe heb je verteld wat wij met gegevens doen?"


def test_a_name_given_later_is_found_and_taken_away(visitors: Visitors) -> None:
    bram = visitors("bram")
    nummer = _register_without_a_name(bram)
    _give_the_name(bram)
    _find(bram, nummer)
    _make_anonymous(bram)
    bram.menu("Zoeken")
    _search(bram, "vossenberg")
    expect(bram.page.get_by_role("main")).to_contain_text("Niets gevonden")


def test_searching_works_without_javascript(visitors: Visitors) -> None:
    anna = visitors("anna", javascript=False)
    anna.menu("Zoeken")
    anna.press("Zoeken", status=422)
    expect(anna.page.get_by_role("main")).to_contain_text("Vul in waar je naar zoekt.")
    _search(anna, "bestaat niet")
    expect(anna.page.get_by_role("main")).to_contain_text("Niets gevonden")


def _register_without_a_name(bram: Visitor) -> str:
    bram.menu("Registreren")
    bram.choose("Wie nam contact op?", "Cliënt zelf")
    bram.pick("Wat voor kwestie is het?", "Klacht")
    bram.pick("Wat is de aard?", "Behandeling")
    bram.choose("Welke wet?", "Nog niet bepaald")
    bram.pick("Wie is de cliënt?", ANONIEM)
    bram.press("Kwestie opslaan")
    return bram.page.get_by_role("heading", level=1).inner_text()


def _give_the_name(bram: Visitor) -> None:
    bram.follow("Naam vastleggen")
    bram.press("Gegevens opslaan", status=422)
    bram.fill("Naam", NAAM)
    bram.fill("Geboortejaar", "1951")
    bram.choose(VRAAG, "Mondeling verteld")
    bram.press("Gegevens opslaan")
    expect(bram.page.get_by_role("main")).to_contain_text(NAAM)


def _search(visitor: Visitor, tekst: str) -> None:
    visitor.fill("Waar zoek je naar?", tekst)
    visitor.press("Zoeken")
    assert visitor.path == "/zoeken/"
    assert tekst not in visitor.page.url


def _find(bram: Visitor, nummer: str) -> None:
    bram.menu("Zoeken")
    _search(bram, "ozturk")
    expect(bram.page.get_by_role("main")).to_contain_text(NAAM)
    bram.follow(nummer)


def _make_anonymous(bram: Visitor) -> None:
    bram.follow("Maak anoniem")
    bram.press("Maak anoniem", status=422)
    bram.tick("De cliënt wil dit zelf.")
    bram.tick("Ik weet dat niemand dit kan terugdraaien.")
    bram.press("Maak anoniem")
    main = bram.page.get_by_role("main")
    expect(main).not_to_contain_text(NAAM)
    expect(main).to_contain_text("Geanonimiseerd")
