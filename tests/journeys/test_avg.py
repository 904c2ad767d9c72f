"""A client asks what is on record: written down, decided by the FG, handed over."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.browsing import Visitor
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.journey


def test_inzage_is_asked_decided_and_given(visitors: Visitors) -> None:
    anna = visitors("anna")
    anna.menu("Registreren")
    anna.choose("Wie nam contact op?", "Cliënt zelf")
    anna.pick("Wat voor kwestie is het?", "Klacht")
    anna.pick("Wat is de aard?", "Behandeling")
    anna.choose("Welke wet?", "Wet maatschappelijke ondersteuning 2015 (Wmo 2015)")
    anna.pick("Wie is de cliënt?", "Op naam")
    anna.fill("Naam", "Truus van Kleef")
    anna.press("Kwestie opslaan")
    anna.follow("Verzoek over gegevens (AVG)")
    anna.choose("Wat wil de persoon?", "Inzage: welke gegevens hebben jullie van mij?")
    anna.fill("Wanneer kwam het verzoek binnen?", "vandaag")
    anna.fill("Wat vraagt de persoon precies?", "Ik wil alles zien.")
    anna.press("Verzoek vastleggen")
    here = urlsplit(anna.page.url).path
    anna.pick("Hoe weet je wie het is?", "De ondersteuner kent de persoon")
    anna.press("Vastleggen")
    frits = visitors("frits")
    frits.menu("AVG")
    frits.follow("Inzage: welke gegevens hebben jullie van mij?")
    frits.pick("Wat besluit je?", "Ingewilligd")
    frits.fill("Waarom besluit je dit?", "De cliënt mag alles zien.")
    frits.press("Besluit vastleggen")
    anna.visit(here)
    anna.fill("Wanneer heb je het verteld?", "vandaag")
    anna.press("Vastleggen")
    anna.follow("Gegevens nakijken en meegeven")
    with anna.page.expect_download() as download:
        anna.button("Bestand maken").click()
    made = Path(download.value.path()).read_bytes()
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert sorted(archive.namelist()) == ["gegevens.json", "gegevens.pdf"]
        assert "Truus van Kleef" in archive.read("gegevens.json").decode()
    anna.visit(here)
    anna.fill("Wat heb je gedaan?", "Het bestand meegegeven.")
    anna.press("Uitgevoerd")
    anna.press("Verzoek sluiten")
    frits.menu("Datalekken")
    _register(frits)
    _typing(anna)


def _register(frits: Visitor) -> None:
    """The FG reads the register and writes a DPIA."""
    frits.menu("Verwerkingen")
    frits.go(frits.page.get_by_role("link", name=re.compile("^DPIA van cliënt")).first)
    frits.fill("Welke risico's zijn er voor mensen?", "Iemand wordt herkend.")
    frits.pick("Welk risico blijft er over?", "Laag")
    frits.press("DPIA vastleggen")
    assert frits.page.get_by_role("heading", name="Versie 1, geldt nu").is_visible()


def _typing(anna: Visitor) -> None:
    """What is pointed out while somebody types is looked at too, at both widths."""
    anna.menu("Registreren")
    anna.fill("Toelichting", "Sprak met Jan de Vries uit Velp, 06-12345678.")
    anna.page.get_by_text("telefoonnummer").first.wait_for()
    anna.arrived()
