"""Thrown away, undone at once; thrown away again, and put back from the prullenbak."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitors
from tests.journeys.test_toegang import _register

pytestmark = pytest.mark.journey
WAAROM = "Waarom gooi je dit weg?"


def test_a_kwestie_is_thrown_away_undone_and_put_back(visitors: Visitors) -> None:
    anna = visitors("anna")
    nummer = _register(anna)
    kwestie = anna.path
    page = anna.page
    anna.follow("Kwestie weggooien")
    anna.fill(WAAROM, "Dubbel vastgelegd")
    # By the keyboard, and without stopping: the button is there for ten seconds.
    page.get_by_role("button", name="Weggooien", exact=True).press("Enter")
    undo = page.get_by_role("status").get_by_role("button", name="Ongedaan maken")
    undo.press("Enter")
    page.wait_for_url(f"**{kwestie}")
    anna.arrived()
    expect(page.get_by_role("status").first).to_contain_text("Ongedaan gemaakt.")
    anna.follow("Kwestie weggooien")
    anna.fill(WAAROM, "Dubbel vastgelegd")
    anna.press("Weggooien")
    assert anna.path == "/werk/"
    expect(page.get_by_role("link", name=nummer)).to_have_count(0)
    anna.visit(kwestie, 404)
    anna.visit("/werk/")
    anna.follow("Prullenbak: wat de laatste 30 dagen is weggegooid")
    row = page.get_by_role("row", name=nummer)
    expect(row).to_contain_text("Dubbel vastgelegd")
    anna.go(row.get_by_role("button", name="Terugzetten"))
    assert anna.path == kwestie
    expect(page.get_by_role("heading", level=1)).to_have_text(nummer)
