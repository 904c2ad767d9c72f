"""Signing in as people do: a passkey, an app, codes on paper, another computer."""

from __future__ import annotations

import time

from playwright.sync_api import expect

from tests import people
from tests.journeys.browsing import Visitor
from tests.journeys.conftest import Visitors
from tests.journeys.servers import Site

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_somebody_new_makes_a_passkey_and_an_app_and_ends_a_session(
    visitors: Visitors, site: Site
) -> None:
    # Passkeys belong to a name, not to a number.
    here = site.address.replace("127.0.0.1", "localhost")
    vera = visitors(None, base_url=here)
    laptop = vera.context.new_cdp_session(vera.page)
    laptop.send("WebAuthn.enable")
    laptop.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    _type_password(vera)
    assert vera.path == "/accounts/factor/"
    vera.visit("/werk/")
    assert vera.path == "/accounts/factor/"

    vera.follow("Passkey maken")
    vera.fill("Hoe wil je deze passkey noemen?", "laptop")
    vera.press("Passkey maken")
    codes = vera.page.locator(".app-codes li")
    expect(codes).to_have_count(10)
    vera.visit(vera.path)
    expect(codes).to_have_count(0)

    _sign_out(vera)
    vera.visit("/accounts/login/?next=/kwesties/")
    vera.press("Inloggen met een passkey")
    assert vera.path == "/kwesties/"

    vera.go(vera.page.get_by_role("link", name="Beveiliging"))
    expect(vera.page.get_by_role("main")).to_contain_text("laptop")
    vera.follow("App instellen")
    vera.unfold("Kan je app geen afbeelding lezen?")
    secret = vera.page.locator(".app-sleutel").inner_text()
    vera.fill("Code uit de app", people.code_of(secret, None)[0])
    vera.press("App instellen")
    assert vera.path == "/accounts/2fa/"

    elders = visitors(None, base_url=here)
    _type_password(elders)
    elders.fill("Code", people.code_of(secret, time.time() + 30)[0])
    elders.press("Verder")
    elders.visit("/kwesties/")
    assert elders.path == "/kwesties/"

    vera.follow("Waar ben ik ingelogd?")
    vera.press("Alle andere beëindigen")
    expect(vera.page.get_by_role("main").locator("li")).to_have_count(1)
    elders.visit("/kwesties/")
    assert elders.path == "/accounts/login/"


def _type_password(visitor: Visitor) -> None:
    visitor.visit("/accounts/login/")
    visitor.fill("E-mailadres", people.email("vera"))
    visitor.fill("Wachtwoord", people.PASSWORD)
    visitor.press("Inloggen")


def _sign_out(visitor: Visitor) -> None:
    bar = visitor.page.get_by_role("banner")
    visitor.go(bar.get_by_role("button", name="Uitloggen"))
