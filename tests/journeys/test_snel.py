"""A call that is registered before the phone is down, and a text that is never lost.

Every key is pressed one by one and counted; only the free text itself is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect

from tests.journeys.browsing import Visitor
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.journey
MOST_KEYS = 45
NIEUW = "/t/arnhem/kwesties/nieuw/?leeg=1"
VRAAG = "Hoe vraag ik een nieuwe rolstoel aan? Uitgelegd en formulier gestuurd."
VERHAAL = "Mevrouw belt al weken en krijgt niemand aan de lijn, daarom"
STORED = "() => [localStorage.length, sessionStorage.length]"


class Keyboard:
    """Presses keys one at a time and counts them."""

    def __init__(self, page: Page) -> None:
        self.keyboard = page.keyboard
        self.pressed: list[str] = []

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keyboard.press(key)
            self.pressed += key.split("+")

    def write(self, text: str) -> None:
        """Free text: what somebody says, not what the form asks."""
        self.keyboard.type(text)


def test_s110_a_question_is_registered_and_closed_in_45_keys(
    visitors: Visitors,
) -> None:
    anna = visitors("anna")
    anna.menu("Kwesties")
    before = _numbers(anna)
    anna.visit(NIEUW)
    keys = Keyboard(anna.page)
    keys.press("Tab", "Tab", "Tab", "Space")  # today, by phone, the client: a question
    keys.press("Tab", "ArrowDown", "ArrowDown")  # Organisatie
    keys.press("Tab", "j")  # Jeugdwet
    keys.press("Tab")
    keys.write(VRAAG)
    keys.press("Tab")  # more about it: not now
    # anonymous, so no name, phone or mail; and no return code
    keys.press("Tab", "Tab", "Tab", "Tab", "Tab")
    keys.press("Tab", "Enter")  # what was done
    keys.press("Tab", "v")  # Vraag beantwoord
    keys.press("Tab", "1", "0")  # minutes
    keys.press("Tab", "Tab", "Tab", "Space")  # Informatie en advies geven
    assert anna.page.evaluate(STORED) == [0, 0]
    with anna.page.expect_navigation():
        keys.press("Control+Enter")
    anna.arrived()
    print(f"\nKeys: {len(keys.pressed)}: {' '.join(keys.pressed)}")
    assert len(keys.pressed) <= MOST_KEYS
    badge = anna.page.locator(".app-title .utrecht-status-badge")
    expect(badge).to_have_text("Afgerond")
    main = anna.page.get_by_role("main")
    for said in (VRAAG, "Organisatie", "Jeugdwet", "Vraag beantwoord", "10 minuten"):
        expect(main).to_contain_text(said)
    nummer = anna.page.get_by_role("heading", level=1).inner_text()
    anna.menu("Kwesties")
    assert _numbers(anna) - before == {nummer}
    anna.menu("Mijn werk")
    assert VRAAG not in anna.page.content()


def test_what_was_typed_is_there_after_the_page_was_closed(visitors: Visitors) -> None:
    anna = visitors("anna")
    anna.visit(NIEUW)
    anna.fill("Toelichting", VERHAAL)
    with anna.page.expect_response(_holds("aard", "WEI")):
        anna.pick("Wat is de aard?", "Weigering")
    _kept(anna)
    assert anna.page.evaluate(STORED) == [0, 0]
    anna.page.goto("about:blank")  # without a question: it is all on the server

    anna.visit("/werk/")
    anna.menu("Registreren")
    expect(anna.page.get_by_role("heading", level=2)).to_have_text(
        ["Je bent hier al begonnen"]
    )
    expect(anna.field("Toelichting")).to_have_value(VERHAAL)
    expect(anna.group("Wat is de aard?").get_by_label("Weigering")).to_be_checked()
    assert anna.page.evaluate(STORED) == [0, 0]
    anna.menu("Mijn werk")
    anna.follow("Kwestie registreren")
    expect(anna.field("Toelichting")).to_have_value(VERHAAL)
    anna.press("Gooi weg")
    expect(anna.field("Toelichting")).to_have_value("")
    anna.menu("Mijn werk")
    assert anna.page.get_by_text("Mijn concepten").count() == 0


def test_without_a_connection_the_text_stays_and_the_page_says_so(
    visitors: Visitors,
) -> None:
    anna = visitors("anna")
    anna.visit(NIEUW)
    anna.context.set_offline(True)
    anna.fill("Toelichting", VERHAAL)
    warning = anna.page.locator("[data-offline]")
    expect(warning).to_have_text("Geen verbinding. Sluit deze pagina niet.")
    expect(anna.field("Toelichting")).to_have_value(VERHAAL)
    anna.context.set_offline(False)
    _kept(anna)  # by itself, without another key
    expect(warning).to_have_text("")
    anna.problems[:] = [p for p in anna.problems if "htmx:" not in p]
    anna.page.get_by_role("button", name="Bewaar als concept").click()
    anna.page.wait_for_url("**/werk/")
    anna.page.get_by_role("button", name=re.compile("^Gooi weg")).first.click()


def test_a_hint_that_it_is_there_already(visitors: Visitors) -> None:
    nadia = visitors("nadia")
    for _turn in range(2):
        nadia.visit(NIEUW)
        nadia.pick("Wat voor kwestie is het?", "Melding zonder ondersteuningsvraag")
        nadia.pick("Wat is de aard?", "Relatie")
        nadia.choose("Welke wet?", "Nog niet bepaald")
        hint = nadia.page.get_by_role("heading", name="Is deze er al?")
        if _turn:
            expect(hint).to_be_visible()
            nadia.arrived()
        nadia.press("Kwestie opslaan")  # and it does not stand in the way
    expect(nadia.page.get_by_role("heading", level=1)).to_contain_text("ARN-")


def test_ctrl_k_goes_to_a_number_a_page_and_an_action(visitors: Visitors) -> None:
    anna = visitors("anna")
    anna.menu("Kwesties")
    link = anna.page.get_by_role("main").locator("tbody a").first
    nummer = link.inner_text()
    anna.menu("Mijn werk")
    keys = Keyboard(anna.page)
    for typed, heading in (
        (nummer.lower(), nummer),
        ("afdruk", f"Kwestie {nummer}"),  # what can be done on this page
        ("kwesties", "Kwesties"),
        ("bewerk", "Geen kwestie"),  # not here: then it is a number, of nothing
    ):
        keys.press("Control+k")
        dialog = anna.page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        anna.page.keyboard.type(typed)
        anna.key("Enter")
        expect(anna.page.get_by_role("main")).to_contain_text(heading)


def test_a_view_on_the_list_is_kept(visitors: Visitors) -> None:
    anna = visitors("anna")
    anna.menu("Kwesties")
    anna.choose("Aard", "Financiën")
    anna.press("Filteren")
    anna.unfold("Bewaar dit filter")
    anna.fill("Naam van dit filter", "Over geld")
    anna.press("Filter bewaren")
    anna.follow("Wis filters")
    anna.follow("Over geld")
    expect(anna.field("Aard")).to_have_value("FIN")
    anna.press("Verwijder Over geld")
    assert anna.page.get_by_text("Mijn filters").count() == 0


def _holds(field: str, value: str) -> Callable[[Response], bool]:
    """Answers to keeping a draft in which the field has this value."""
    sent = f'name="{field}"\r\n\r\n{value}'
    return lambda answer: (
        answer.url.endswith("/concept/")
        and any(
            part in (answer.request.post_data or "")
            for part in (f"{field}={value}", sent)
        )
    )


def _kept(visitor: Visitor) -> None:
    stand = visitor.page.locator("[data-concept-stand]")
    said = re.compile(r"^Concept bewaard om \d\d:\d\d$")
    expect(stand).to_have_text(said, timeout=15_000)


def _numbers(visitor: Visitor) -> set[str]:
    links = visitor.page.get_by_role("main").locator("tbody th a")
    return set(links.all_inner_texts())
