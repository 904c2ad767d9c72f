"""A new gemeente, from the list to active: opdracht, public page, look, people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import expect

from adviespunt import embedded
from tests import people
from tests.journeys.browsing import Visitor
from tests.journeys.conftest import Visitors
from tests.journeys.servers import Site

pytestmark = pytest.mark.journey
TEKSTEN = {
    "Wie betaalt ons?": "De gemeente Apeldoorn betaalt ons.",
    "Wij zijn onafhankelijk": "De gemeente bepaalt niet wat wij u vertellen.",
    "Wat kost het?": "Onze hulp kost u niets.",
    "Wij houden geheim wat u vertelt": "Wat u vertelt, blijft bij ons.",
    "Een klacht over ons": "Bel onze klachtenfunctionaris.",
    "Spreekuren en contact": "Elke werkdag van 9 tot 12 uur.",
}


def test_a_new_gemeente_becomes_active_when_its_checklist_is_done(
    visitors: Visitors, site: Site, tmp_path: Path
) -> None:
    dewi = visitors("dewi")
    dewi.menu("Opdrachtgevers")
    dewi.follow("Opdrachtgever toevoegen")
    dewi.pick("Wat voor opdrachtgever is het?", "Gemeente")
    dewi.choose("Welke gemeente?", "Apeldoorn")
    dewi.press("Toevoegen")
    here = dewi.path
    dewi.follow("Actief maken")
    dewi.press("Actief maken", status=422)
    expect(dewi.page.get_by_role("main")).to_contain_text("Dit ontbreekt nog")
    dewi.visit(here)
    _opdracht(dewi)
    dewi.visit(here)
    dewi.follow("Publieke pagina")
    for vraag, tekst in TEKSTEN.items():
        dewi.fill(vraag, tekst)
    dewi.press("Bewaren en vaststellen")
    _look(dewi, tmp_path)
    _people(site, here.split("/")[2])
    dewi.visit(here)
    expect(dewi.page.get_by_text("Ontbreekt", exact=True)).to_have_count(0)
    dewi.follow("Actief maken")
    dewi.press("Actief maken")
    expect(dewi.page.get_by_role("main")).to_contain_text("Actief")
    dewi.follow("Geschiedenis")
    expect(dewi.page.get_by_role("main")).to_contain_text("Stand gewijzigd")


def _opdracht(dewi: Visitor) -> None:
    dewi.page.get_by_role("main").get_by_role(
        "link", name="Opdrachten", exact=True
    ).click()
    dewi.page.wait_for_load_state()
    dewi.follow("Opdracht toevoegen")
    dewi.fill("Hoe heet de opdracht?", "Cliëntondersteuning Apeldoorn")
    dewi.tick("Onafhankelijke cliëntondersteuning sociaal domein")
    dewi.fill("Loopt vanaf", "vandaag")
    dewi.fill("Akkoord met onze onafhankelijkheid op", "vandaag")
    dewi.press("Opdracht opslaan")


def _look(dewi: Visitor, folder: Path) -> None:
    """A bright yellow: its own text would not be readable on it."""
    logo = folder / "logo.png"
    Image.new("RGB", (300, 80), "#b8002e").save(logo)
    dewi.follow("Huisstijl")
    dewi.fill("Kleur van de opdrachtgever", "#ffcc00")
    dewi.field("Logo").set_input_files(logo)
    dewi.press("Bekijk hoe het wordt")
    expect(dewi.page.locator("html")).to_have_class("thema-tenant")
    dewi.press("Deze huisstijl gebruiken")


def _people(site: Site, slug: str) -> None:
    """Roles are given on the pages about people; here straight into the database."""
    with embedded.current().superuser(site.database) as owner:
        for naam, soort, rol in (
            ("anna", "MEDEWERKER", "ONDERSTEUNER"),
            ("gerard", "OPDRACHTGEVER", "CONTACT"),
        ):
            owner.execute(
                "INSERT INTO tenants_membership (id, tenant_id, user_id, soort, rol,"
                " van, zonder) SELECT %s, id, %s, %s, %s, %s, '{}' FROM tenants_tenant"
                " WHERE slug = %s",
                [uuid4(), people.ident(naam), soort, rol, date(2020, 1, 1), slug],
            )
