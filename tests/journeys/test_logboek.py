"""Who looked in a dossier: for the client at the table, and for the FG."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.journey


def test_a_look_at_a_dossier_is_shown_to_the_client_and_to_the_fg(
    visitors: Visitors,
) -> None:
    anna = visitors("anna")
    anna.menu("Registreren")
    anna.choose("Wie nam contact op?", "Cliënt zelf")
    anna.pick("Wat voor kwestie is het?", "Klacht")
    anna.pick("Wat is de aard?", "Behandeling")
    anna.choose("Welke wet?", "Wet maatschappelijke ondersteuning 2015 (Wmo 2015)")
    anna.pick("Wie is de cliënt?", "Anoniem (identiteit niet bekend bij Adviespunt)")
    anna.press("Kwestie opslaan")
    nummer = anna.page.get_by_role("heading", level=1).inner_text()
    anna.follow("Wie keek in dit dossier")
    looks = anna.page.get_by_role(
        "table", name="In dit dossier, de nieuwste keer eerst"
    )
    expect(looks).to_contain_text("Anna, cliëntondersteuner")
    expect(looks).to_contain_text("Heeft de kwestie bekeken")
    frits = visitors("frits")
    frits.menu("Logboek")
    frits.fill("Nummer van de kwestie", nummer)
    frits.press("Filteren")
    found = frits.page.get_by_role("region")
    expect(found).to_contain_text(nummer)
    expect(found).to_contain_text("Heeft bekeken wie in het dossier keek")
    assert nummer in frits.download("Als CSV-bestand").decode("utf-8-sig")
    frits.follow("Opvallende inzage")
    frits.unfold("Wanneer staat iets hier?")
    expect(frits.page.get_by_text("tussen 23.00 en 6.00 uur").first).to_be_visible()
