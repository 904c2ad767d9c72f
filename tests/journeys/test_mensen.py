"""From an invitation to a first kwestie; and an administrator among her people."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from tests import people
from tests.journeys.browsing import Visitor
from tests.journeys.conftest import Visitors
from tests.journeys.servers import Site

pytestmark = pytest.mark.journey
ADRES = "pleun@adviespunt.example"
WACHTWOORD = "vier-losse-woorden-op-een-rij"
ANONIEM = "Anoniem (identiteit niet bekend bij Adviespunt)"


def test_who_is_invited_signs_and_registers_her_first_kwestie(
    site: Site, visitors: Visitors
) -> None:
    dewi = visitors("dewi")
    dewi.menu("Mensen")
    dewi.follow("Iemand uitnodigen – Gemeente Arnhem")
    dewi.fill("E-mailadres", ADRES)
    dewi.choose("Welke rol?", "Cliëntondersteuner")
    dewi.press("Uitnodiging versturen")
    expect(dewi.page.get_by_role("main")).to_contain_text(ADRES)
    pleun = visitors(None)
    link = _link(site)
    pleun.visit(link)
    pleun.fill("Je naam", "Pleun Zonnehof")
    pleun.fill("Kies een wachtwoord", WACHTWOORD)
    pleun.press("Account maken")
    pleun.visit(link, 404)
    _sign_in(pleun)
    pleun.fill("Typ je naam om te tekenen", "Pleun")
    pleun.press("Verklaring tekenen", status=422)
    pleun.fill("Typ je naam om te tekenen", "Pleun Zonnehof")
    pleun.press("Verklaring tekenen")
    assert pleun.path == "/dag/"
    _register(pleun)
    _look_around(dewi)


def _link(site: Site) -> str:
    """From the mail, which the worker of this site writes in its log."""
    for _turn in range(300):
        found = re.search(
            r"/accounts/uitnodiging/[\w-]+/", (site.folder / "worker.log").read_text()
        )
        if found:
            return found[0]
        time.sleep(0.1)
    raise AssertionError("no mail was sent")


def _sign_in(pleun: Visitor) -> None:
    pleun.visit("/accounts/login/")
    pleun.fill("E-mailadres", ADRES)
    pleun.fill("Wachtwoord", WACHTWOORD)
    pleun.press("Inloggen")
    assert pleun.path == "/accounts/factor/"
    pleun.follow("App instellen")
    pleun.unfold("Kan je app geen afbeelding lezen?")
    secret = pleun.page.locator(".app-sleutel").inner_text()
    pleun.fill("Code uit de app", people.code_of(secret, None)[0])
    pleun.press("App instellen")
    pleun.visit("/werk/")
    assert pleun.path == "/accounts/geheimhouding/"


def _register(pleun: Visitor) -> None:
    pleun.menu("Registreren")
    pleun.choose("Wie nam contact op?", "Cliënt zelf")
    pleun.pick("Wat voor kwestie is het?", "Klacht")
    pleun.pick("Wat is de aard?", "Relatie")
    pleun.choose("Welke wet?", "Nog niet bepaald")
    pleun.pick("Wie is de cliënt?", ANONIEM)
    pleun.press("Kwestie opslaan")
    expect(pleun.page.get_by_role("heading", level=1)).to_contain_text("ARN-")


def _look_around(dewi: Visitor) -> None:
    dewi.menu("Mensen")
    dewi.follow("Pleun Zonnehof")
    dewi.follow("Gegevens wijzigen")
    dewi.choose("Functie", "Vertrouwenspersoon jeugd")
    dewi.press("Opslaan", status=422)
    dewi.menu("Mensen")
    dewi.follow("Wie mag wat – Gemeente Arnhem")
    dewi.visit("/beheer/rollen/")
    dewi.follow("Bekijk als Teamleider")
    dewi.visit("/beheer/waarom/")
    dewi.choose("Wie?", "Pleun Zonnehof")
    dewi.choose("Bij welke opdrachtgever?", "Gemeente Arnhem")
    dewi.press("Zoek het uit")
    expect(dewi.page.get_by_role("main")).to_contain_text("De geheimhouding is")
