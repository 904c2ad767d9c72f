"""A day at work: a question, a complaint that grows, and what goes wrong on the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.browsing import NARROW, Visitor
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.journey
NAAM = "Joris Tussenbroek-Valk"
ANONIEM = "Anoniem (identiteit niet bekend bij Adviespunt)"
AFRONDEN = "Activiteiten, minuten en meteen afronden"


def test_a_day_of_a_supporter(visitors: Visitors) -> None:
    anna = visitors("anna")
    expect(anna.page.get_by_role("heading", level=1)).to_have_text("Mijn dag")
    _send_an_empty_form(anna)
    _answer_a_question(anna)
    nummer = _register_a_complaint_with_a_double_click(anna)
    _talk_about_the_client(anna)
    _support(anna)
    _close_with_a_complaint_lodged(anna)
    _find_it_back(anna, nummer)


def _send_an_empty_form(anna: Visitor) -> None:
    """Everything that is missing is named on top, and what was typed is kept."""
    anna.menu("Registreren")
    anna.fill("Toelichting", "Mevrouw belt al weken niemand aan de lijn te krijgen.")
    anna.pick("Wie is de cliënt?", ANONIEM)
    anna.fill("Naam", NAAM)
    anna.press("Kwestie opslaan", status=422)
    summary = anna.page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(anna.page).to_have_title("Fout: Kwestie registreren – Adviespunt")
    for text in ("Kies wat voor kwestie het is.", "Kies de aard van de kwestie."):
        expect(summary).to_contain_text(text)
    # V7: who is anonymous has no name here.
    expect(summary).to_contain_text("Deze cliënt blijft anoniem.")
    summary.get_by_role("link", name="Deze cliënt blijft anoniem.").click()
    expect(anna.field("Naam")).to_be_focused()
    expect(anna.field("Naam")).to_have_value(NAAM)
    kept = anna.field("Toelichting")
    expect(kept).to_be_visible()
    expect(kept).to_have_value("Mevrouw belt al weken niemand aan de lijn te krijgen.")


def _answer_a_question(anna: Visitor) -> None:
    """The same form, now whole: registered and closed in one screen."""
    _read_along(anna)
    anna.fill("Naam", "")
    anna.choose("Wie nam contact op?", "Onbekend (anoniem)")
    anna.pick("Wat voor kwestie is het?", "Vraag om informatie of advies")
    anna.pick("Wat is de aard?", "Organisatie")
    anna.choose("Welke wet?", "Nog niet bepaald")
    anna.unfold(AFRONDEN)
    anna.pick("Wat heb je gedaan?", "Informatie en advies geven", "Luisterend oor")
    anna.fill("Hoeveel minuten?", "25")
    anna.choose("Resultaat", "Vraag beantwoord")
    anna.press("Kwestie opslaan")
    _has_status(anna, "Afgerond")
    expect(anna.page.get_by_role("main")).to_contain_text("25 minuten")


def _read_along(anna: Visitor) -> None:
    """The typing aid names two people; one is nobody, and nothing is held up."""
    kept = anna.field("Toelichting")
    gallery = anna.gallery
    before = kept.input_value()
    kept.fill("Mevrouw Bakker belde over Fatima's aanvraag.")
    marks = anna.page.locator(".app-herkend mark")
    expect(marks).to_have_text(["Bakker", "Fatima"])
    if gallery is not None:
        gallery.look(anna.page)
    anna.page.get_by_role("button", name="Dit is niemand (Bakker)").click()
    expect(marks).to_have_text(["Fatima"])
    kept.fill(before)
    expect(marks).to_have_count(0)


def _register_a_complaint_with_a_double_click(anna: Visitor) -> str:
    anna.menu("Kwesties")
    before = _rows(anna).count()
    anna.menu("Registreren")
    anna.choose("Wie nam contact op?", "Cliënt zelf")
    anna.pick("Wat voor kwestie is het?", "Klacht")
    anna.pick("Wat is de aard?", "Behandeling")
    anna.choose("Welke wet?", "Wet maatschappelijke ondersteuning 2015 (Wmo 2015)")
    anna.pick("Wie is de cliënt?", "Op naam")
    anna.fill("Naam", NAAM)
    fields = anna.page.locator("main form").evaluate(
        "form => Object.fromEntries(new FormData(form))"
    )
    with anna.page.expect_navigation():
        anna.button("Kwestie opslaan").dblclick()
    anna.arrived()
    nummer = anna.page.get_by_role("heading", level=1).inner_text()
    kwestie = anna.path
    # And once more without the page that guards against it, as after going back.
    answer = anna.send("/t/arnhem/kwesties/nieuw/", **fields)
    assert answer.headers["location"].startswith(kwestie)
    anna.menu("Kwesties")
    assert _rows(anna).count() == before + 1
    anna.follow(nummer)
    return nummer


def _talk_about_the_client(anna: Visitor) -> None:
    """V5: not about the client without the client."""
    anna.follow("Contact toevoegen")
    anna.pick("Met wie?", "Een hulpverlener of zorgaanbieder")
    anna.pick("Ging het inhoudelijk over de cliënt?", "Ja")
    anna.pick("Was de cliënt erbij?", "Nee")
    anna.pick("Wat heb je gedaan?", "Bemiddelen")
    anna.fill("Notitie", "Over de wachttijd gesproken.")
    anna.press("Contact opslaan", status=422)
    summary = anna.page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("geen inhoudelijke gesprekken met hulpverleners")
    expect(anna.field("Notitie")).to_have_value("Over de wachttijd gesproken.")
    anna.pick("Was de cliënt erbij?", "Ja")
    anna.press("Contact opslaan")
    timeline = anna.page.locator(".app-timeline")
    expect(timeline).to_contain_text("Over de wachttijd gesproken.")


def _support(anna: Visitor) -> None:
    anna.follow("Ondersteuning starten")
    anna.fill("Wat wil de cliënt bereiken?", "Ik wil weten wanneer ik geholpen word.")
    anna.choose("Hoe heb je verteld wat wij met gegevens doen?", "Mondeling verteld")
    anna.press("Ondersteuning starten")
    _has_status(anna, "In ondersteuning")
    expect(anna.page.get_by_role("main")).to_contain_text("wanneer ik geholpen word")


def _close_with_a_complaint_lodged(anna: Visitor) -> None:
    """V15: a complaint that was lodged is a procedure somewhere."""
    anna.follow("Afronden")
    anna.choose("Wat is het resultaat?", "Klacht ingediend")
    anna.pick("Welke levensdomeinen?", "Zorg")
    anna.press("Kwestie afronden", status=422)
    expect(anna.page.locator("[data-error-summary]")).to_contain_text("procedure")
    anna.choose("Soort procedure", "Klacht bij een Wmo-aanbieder")
    anna.fill("Waar loopt de procedure?", "Klachtencommissie Thuiszorg Rijn")
    anna.choose("Wat deed jij?", "Geholpen met schrijven")
    anna.fill("Wanneer ingediend?", "vandaag")
    anna.press("Kwestie afronden")
    _has_status(anna, "Afgerond")
    main = anna.page.get_by_role("main")
    for text in (NAAM, "Klacht ingediend", "Klachtencommissie Thuiszorg Rijn"):
        expect(main).to_contain_text(text)


def _find_it_back(anna: Visitor, nummer: str) -> None:
    anna.menu("Kwesties")
    everything = _rows(anna).count()
    anna.choose("Status", "Afgerond")
    anna.choose("Aard", "Behandeling")
    anna.fill("Vanaf", "vandaag")
    anna.press("Filteren")
    assert _rows(anna).count() == 1
    expect(anna.page.get_by_role("link", name=nummer)).to_be_visible()
    anna.fill("Vanaf", "geen idee")
    anna.press("Filteren")
    expect(anna.field("Vanaf")).to_have_value("geen idee")
    anna.follow("Wis filters")
    assert _rows(anna).count() == everything


def test_a_melding_registered_on_a_phone(visitors: Visitors) -> None:
    nadia = visitors("nadia", width=NARROW)
    nadia.menu("Registreren")
    nadia.follow("Gemeente Arnhem")
    expect(nadia.page.get_by_role("main")).to_contain_text("voor Gemeente Arnhem")
    nadia.choose("Wie nam contact op?", "Inwoner / melder")
    nadia.pick("Wat voor kwestie is het?", "Melding zonder ondersteuningsvraag")
    nadia.pick("Wat is de aard?", "Overig")
    nadia.choose("Welke wet?", "Nog niet bepaald")
    nadia.pick("Wie is de cliënt?", ANONIEM)
    nadia.unfold(AFRONDEN)
    nadia.pick("Wat heb je gedaan?", "Luisterend oor")
    nadia.choose("Resultaat", "Alleen gemeld (geen ondersteuning gevraagd)")
    nadia.press("Kwestie opslaan")
    _has_status(nadia, "Afgerond")
    nadia.menu("Mijn werk")


def _has_status(visitor: Visitor, status: str) -> None:
    badge = visitor.page.locator(".app-title .utrecht-status-badge")
    expect(badge).to_have_text(status)


def _rows(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("main").locator("tbody tr")
