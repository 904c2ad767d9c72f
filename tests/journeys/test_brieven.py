"""A klacht from first contact to its letter: with the client, and without a name."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.cases.brieven import read_docx, read_odt
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.journey
WOORDEN = "Ik wacht al zes weken op een traplift en niemand belt terug."
NAAM = "Truus van Kleef-Zandbergen"


def test_a_klacht_gets_its_letter(visitors: Visitors, tmp_path: Path) -> None:
    anna = visitors("anna")
    anna.menu("Registreren")
    anna.choose("Wie nam contact op?", "Cliënt zelf")
    anna.pick("Wat voor kwestie is het?", "Klacht")
    anna.pick("Wat is de aard?", "Behandeling")
    anna.choose("Welke wet?", "Wet maatschappelijke ondersteuning 2015 (Wmo 2015)")
    anna.pick("Wie is de cliënt?", "Anoniem t.a.v. de zorg (wel bekend bij Adviespunt)")
    anna.fill("Naam", NAAM)
    anna.press("Kwestie opslaan")
    page = anna.path

    photo = tmp_path / "trap.png"
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "PNG")
    photo.write_bytes(made.getvalue())
    anna.follow("Bijlage toevoegen")
    anna.page.get_by_label("Bestand").set_input_files(photo)
    anna.press("Bijlage toevoegen")
    assert anna.download("trap.png").startswith(b"\x89PNG")

    anna.follow("Brief maken")
    anna.pick("Aan wie is de brief?", "Iemand anders")
    anna.fill("Naam en adres op de brief", "Klachtencommissie\nPostbus 9")
    anna.fill("Wat er is, in de woorden van de cliënt", WOORDEN)
    anna.choose("Tekstblok", "Eerst een gesprek")
    anna.press("Tekstblok invoegen")
    article = anna.page.get_by_role("article", name="De brief")
    expect(article).to_contain_text("Wij vragen u om eerst een gesprek")
    expect(article).to_contain_text("die niet met naam bekend wil zijn")
    anna.press("Bewaren als concept")
    anna.follow("De cliënt is akkoord")
    anna.fill("Wanneer heb je de brief met de cliënt besproken?", "vandaag")
    anna.pick("Wie vindt het goed?", "De cliënt zelf")
    anna.pick("Hoe heeft de cliënt dit laten weten?", "In een gesprek")
    anna.press("Definitief maken")
    word, odt = anna.download("Word (docx)"), anna.download("OpenDocument (odt)")
    for text in (read_docx(word), read_odt(odt)):
        assert WOORDEN in text
        assert "Truus" not in text
    assert anna.download("PDF").startswith(b"%PDF-")
    anna.visit(page)
    anna.visit("/tekstblokken/")
    anna.follow("Nieuw voor Gemeente Arnhem")
