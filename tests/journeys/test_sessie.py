"""A session that ends while one types, a phone that is lost, a role that is taken."""

from __future__ import annotations

import re
import time

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page, expect

from adviespunt import embedded
from tests import people
from tests.journeys.browsing import Visitor
from tests.journeys.conftest import Visitors
from tests.journeys.servers import Site

pytestmark = pytest.mark.journey
TEKST = "Mevrouw belt al drie weken en krijgt niemand aan de lijn."
ANONIEM = "Anoniem (identiteit niet bekend bij Adviespunt)"
BIJNA = "26:00"  # minutes and seconds on the clock of the page


def test_what_was_typed_stays_and_what_was_lost_is_replaced(
    site: Site, visitors: Visitors
) -> None:
    _warned_in_time(site, visitors("anna"))
    _without_her_phone(visitors)
    _role_taken(site, visitors)


def _warned_in_time(site: Site, anna: Visitor) -> None:
    anna.page.clock.install()
    anna.visit("/t/arnhem/kwesties/nieuw/")
    anna.fill("Toelichting", TEKST)
    box = anna.page.locator("[data-sessie]")
    expect(box).to_be_hidden()
    # Five minutes ahead it says so, and going on keeps everything.
    _still_for(site, anna, settings.SESSIE_STIL - 200)
    anna.page.clock.fast_forward(BIJNA)
    expect(box).to_contain_text("Je hebt een tijd niets gedaan")
    anna.arrived()
    stay = box.get_by_role("button", name="Blijf ingelogd")
    expect(stay).to_be_focused()
    stay.click()
    expect(box).to_be_hidden()
    # Too late: signed out, and the page is still there.
    _still_for(site, anna, settings.SESSIE_STIL + 1)
    with anna.expecting(401):
        anna.page.clock.fast_forward(BIJNA)
        expect(box).to_contain_text("Je bent uitgelogd")
        # Whatever helps while one types asks the server now, and stays here.
        anna.fill("Toelichting", f"{TEKST} Zij is boos.")
        stand = anna.page.locator("[data-concept-stand]")
        expect(stand).to_contain_text("Dit is niet bewaard")
        anna.page.clock.fast_forward("00:05")
        anna.page.wait_for_load_state("networkidle")
        expect(box).to_contain_text("Je bent uitgelogd")
        with anna.context.expect_page() as opened:
            box.get_by_role("link", name="Inloggen in een nieuw tabblad").click()
        _sign_in_there(opened.value)
        box.get_by_role("button", name="Ga verder").click()
        expect(box).to_be_hidden()
    expect(anna.field("Toelichting")).to_have_value(f"{TEKST} Zij is boos.")
    anna.choose("Wie nam contact op?", "Cliënt zelf")
    anna.pick("Wat voor kwestie is het?", "Klacht")
    anna.pick("Wat is de aard?", "Relatie")
    anna.choose("Welke wet?", "Nog niet bepaald")
    anna.pick("Wie is de cliënt?", ANONIEM)
    anna.press("Kwestie opslaan")
    expect(anna.page.get_by_role("main")).to_contain_text("Zij is boos.")


def _still_for(site: Site, visitor: Visitor, seconds: int) -> None:
    """On the server nobody did anything for so long."""
    _on_the_server(site, visitor, {"actief": int(time.time()) - seconds})


def _on_the_server(site: Site, visitor: Visitor, what: dict[str, object]) -> None:
    """This stands in her session from now on."""
    (key,) = (
        one["value"]
        for one in visitor.context.cookies()
        if one["name"] == settings.SESSION_COOKIE_NAME
    )
    with embedded.current().superuser(site.database) as server:
        row = server.execute(
            "SELECT session_data FROM django_session WHERE session_key = %s", [key]
        ).fetchone()
        assert row is not None
        data = SessionStore().decode(row[0])
        data |= what
        server.execute(
            "UPDATE django_session SET session_data = %s WHERE session_key = %s",
            [SessionStore().encode(data), key],
        )


def _sign_in_there(page: Page) -> None:
    page.get_by_label("E-mailadres").fill(people.email("anna"))
    page.get_by_label("Wachtwoord").fill(people.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_label("Code", exact=True).fill(people.code())
    page.get_by_role("main").get_by_role("button", name="Verder").click()
    page.wait_for_url("**/dag/")
    page.close()


def _without_her_phone(visitors: Visitors) -> None:
    """With a code on paper she comes in, and sets up another app at once."""
    hanna = visitors("hanna")
    hanna.visit("/accounts/2fa/")
    hanna.follow("Nieuwe herstelcodes maken")
    hanna.press("Nieuwe herstelcodes maken")
    paper = hanna.page.locator(".app-codes li").first.inner_text()
    later = visitors(None)
    later.visit("/accounts/login/")
    later.fill("E-mailadres", people.email("hanna"))
    later.fill("Wachtwoord", people.PASSWORD)
    later.press("Inloggen")
    later.fill("Code", paper)
    later.press("Verder")
    later.visit("/accounts/2fa/")
    later.follow("Andere app instellen")
    later.unfold("Kan je app geen afbeelding lezen?")
    secret = later.page.locator(".app-sleutel").inner_text()
    later.fill("Code uit de app", people.code_of(secret, None)[0])
    later.press("App instellen")
    later.visit("/accounts/profiel/")
    expect(later.page.get_by_role("main")).to_contain_text(people.email("hanna"))


def _role_taken(site: Site, visitors: Visitors) -> None:
    """While his page is open; what he clicks next is not there. The proof of who takes
    it grew old: what she sent waits, and is sent when she showed her code.
    """
    otto, dewi = visitors("otto"), visitors("dewi")
    assert otto.path == "/rapportages/"
    dewi.menu("Mensen")
    dewi.follow("Otto")
    dewi.go(dewi.page.get_by_role("main").get_by_role("link", name=re.compile("^Stop")))
    _on_the_server(site, dewi, people.proof("dewi", at=time.time() - 3600))
    dewi.press("Rol stoppen")
    dewi.fill("Code", people.code())
    dewi.press("Bevestigen")
    expect(dewi.page.get_by_role("main")).to_contain_text("nog niet verstuurd")
    dewi.press("Verstuur wat ik had ingevuld")
    expect(dewi.page.get_by_role("main")).to_contain_text("De rol is gestopt")
    otto.visit("/rapportages/", 404)
    otto.visit("/accounts/profiel/")
