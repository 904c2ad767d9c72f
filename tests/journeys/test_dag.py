"""A call that was promised: made, seen on the day, moved, and done; and the desks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.browsing import Visitor
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.journey
ANONIEM = "Anoniem (identiteit niet bekend bij Adviespunt)"
WAAROVER = "Of de brief van de gemeente al binnen is."


def test_a_promised_call_is_made_seen_moved_and_done(visitors: Visitors) -> None:
    bram = visitors("bram")
    expect(bram.page.get_by_role("heading", level=1)).to_have_text("Mijn dag")
    part = bram.page.get_by_role("region", name="Wat gebeurde ermee")
    expect(part).to_contain_text("Nog geen rapportage")  # came by itself
    nummer = _register(bram)
    bram.follow("Terugbelafspraak maken bij deze kwestie")
    bram.press("Afspraak opslaan", status=422)
    bram.fill("Op welke dag bel je terug?", "vandaag")
    bram.fill("Vanaf hoe laat?", "14:30")
    bram.fill("Waarover?", WAAROVER)
    bram.press("Afspraak opslaan")
    bram.menu("Mijn dag")
    expect(_part(bram, "Vandaag")).to_contain_text(f"14:30 Terugbellen · {nummer}")
    expect(_part(bram, "Vandaag")).to_contain_text(WAAROVER)
    bram.follow(f"Verzetten – Terugbellen {nummer}")
    bram.press("Verzetten")  # to tomorrow, as the form proposes
    assert bram.path == "/dag/"
    expect(_part(bram, "Vandaag")).not_to_contain_text(nummer)
    expect(_part(bram, "De komende zeven dagen")).to_contain_text(nummer)
    _tick_off_by_keyboard(bram, f"Gedaan – Terugbellen {nummer}")
    expect(_part(bram, "De komende zeven dagen")).not_to_contain_text(nummer)
    bram.follow(nummer)
    expect(bram.page.get_by_role("region", name="Agenda")).to_contain_text("door Bram")
    _desks(visitors("chantal"), visitors("fatma"))


def _register(bram: Visitor) -> str:
    bram.follow("Kwestie registreren")
    bram.pick("Wat voor kwestie is het?", "Klacht")
    bram.pick("Wat is de aard?", "Weigering")
    bram.choose("Welke wet?", "Nog niet bepaald")
    bram.pick("Wie is de cliënt?", ANONIEM)
    bram.press("Kwestie opslaan")
    return bram.page.get_by_role("heading", level=1).inner_text()


def _part(visitor: Visitor, naam: str) -> Locator:
    return visitor.page.get_by_role("region", name=naam, exact=True)


def _tick_off_by_keyboard(bram: Visitor, naam: str) -> None:
    bram.tab_to(bram.button(naam))
    bram.key("Enter")


def _desks(chantal: Visitor, fatma: Visitor) -> None:
    bar = chantal.page.get_by_role("navigation", name="Hoofdmenu")
    assert bar.evaluate("e => e.getBoundingClientRect().height") < 60  # one line
    chantal.menu("Mijn team")
    expect(_part(chantal, "Werk per ondersteuner").first).to_contain_text("Bram")
    chantal.menu("Plaatsvervanging")  # under Meer
    fatma.menu("Uitzonderingen")
    main = fatma.page.get_by_role("main")
    expect(main).to_contain_text("Hoe vaak is van een regel afgeweken?")
    fatma.menu("Uren")
    fatma.follow("Per maand")
    assert fatma.download("Downloaden (CSV)").startswith(b"opdrachtgever;opdracht")
