"""The founding text in its own words: what is made public, and what never is."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from signalering.documents import cell_labels, document_for
from signalering.models import Publiek
from signalering.report import render_html
from signalering.report.context import context_for
from signalering.report.document import OPENBARE_TABELLEN
from tenants.scope import acting_as
from tests import people
from tests.cases import geheim, seed
from tests.cases.registers import SHARED
from tests.conftest import undone
from tests.signalering import maken
from tests.signalering.rapporten import openbaar

SEED = SHARED / "seeds" / "000_47c1586e59b2b23a.txt"
BEGIN = "maakt de volgende zaken openbaar:"


def seed_words() -> str:
    return " ".join(SEED.read_text(encoding="utf-8").split())


def bullets() -> list[str]:
    """The four things that are made public, as the founding text puts them."""
    _head, _begin, rest = seed_words().partition(BEGIN)
    found = re.findall(r"- (.*?)(?:;|\.)(?= |$)", rest.partition("Het resultaat")[0])
    last = re.search(r"- (Het resultaat van de ondersteuning)\.", rest)
    assert last is not None
    return [*found, last[1]]


@pytest.fixture(scope="module")
def chapters() -> dict[str, Any]:
    return context_for(openbaar())


def rows_of(chapters: dict[str, Any], subject: str) -> list[str]:
    return [rij.label for rij in chapters[subject].rijen]


def test_the_founding_text_names_four_subjects_and_the_public_reads_those(
    chapters: dict[str, Any],
) -> None:
    assert len(bullets()) == 4
    subjects = [
        "soort" if id == "aantal" else id
        for id in chapters
        if id in {"aantal", *OPENBARE_TABELLEN}
    ]
    assert subjects == ["soort", "aard", "inhoud", "resultaat"]
    assert set(subjects) == OPENBARE_TABELLEN - {"totaal"}


def test_public_is_the_number_of_kwesties_questions_and_complaints(
    chapters: dict[str, Any],
) -> None:
    assert bullets()[0] == "Aantal kwesties (vragen en klachten)"
    assert chapters["aantal"].titel == "Aantal kwesties"
    first, second, of_which, total = rows_of(chapters, "aantal")
    assert first.startswith("Vragen")
    assert second.startswith("Klachten")
    assert (of_which, total) == ("waarvan klachten", "Alle kwesties")


def test_public_is_the_aard_in_the_six_of_the_founding_text(
    chapters: dict[str, Any],
) -> None:
    sentence = bullets()[1]
    assert sentence.startswith("De aard van de kwesties (")
    named = re.findall(r"[A-Z]\w+", sentence.partition("(")[2])
    labels = [label.partition(" ")[0] for label in rows_of(chapters, "aard")[:-1]]
    assert labels == named
    assert chapters["aard"].titel == "Aard van de kwesties"


def test_public_is_what_the_supporter_did(chapters: dict[str, Any]) -> None:
    assert bullets()[2] == "De inhoud van de ondersteuning door de cliëntondersteuner"
    assert chapters["inhoud"].titel == "Inhoud van de ondersteuning"
    assert "cliëntondersteuners" in chapters["inhoud"].tekst[0]


def test_public_is_the_result_of_support(chapters: dict[str, Any]) -> None:
    assert bullets()[3] == "Het resultaat van de ondersteuning"
    assert chapters["resultaat"].titel == "Resultaat van de ondersteuning"
    assert "Nog lopend" in rows_of(chapters, "resultaat")


# ----------------------------------------------------------- never in any version

# As rapportage.md §3.2 lists them, each with what of it is in the register below.
NOOIT = {
    "names": [seed.NAAM, "Kleef", "Zandbergen"],
    "ages": ["93 jaar", "93-jarige"],
    "places below gemeente": ["Schaarsbergen"],
    "dates of events": ["13-08-2025", "13 augustus", "12 augustus", "2025-08-1"],
    "casuïstiek": ["de trap af gevallen"],
    "ondersteuner names": ["Anna", "Nadia", "Bram"],
    "meldcode/doorbreking counts": ["meldcode", "doorbreking", "Veilig Thuis"],
    "free text": ["06-12345678", "Op de 13e belde de buurvrouw"],
}
VERHAAL = (
    "De cliënt van 93 jaar uit Schaarsbergen is op 13 augustus de trap af gevallen."
    " Op de 13e belde de buurvrouw."
)


@pytest.fixture(scope="module")
def versions(django_db_setup: None, django_db_blocker: Any) -> Any:
    """Both versions, as HTML, of a register that holds all of it."""
    with django_db_blocker.unblock(), undone():
        maken.fill()
        kwestie = seed.register(
            datum=date(2025, 8, 13),
            identiteitsstatus="BEKEND",
            naam=seed.NAAM,
            telefoon="06-12345678",
            toelichting=VERHAAL,
            activiteiten=("IND.INFO",),
            minuten=20,
        )
        geheim.allowed(kwestie)
        geheim.start(kwestie)
        pk = maken.figures_only()
        found = maken.row(pk)
        with acting_as(people.wie("chantal").scope(1)), translation.override("nl"):
            yield {
                publiek.value: render_html(document_for(found, publiek))
                for publiek in Publiek
            }


def test_the_list_of_what_never_shows_is_the_whole_list() -> None:
    text = (SHARED / "domain" / "rapportage.md").read_text(encoding="utf-8")
    line = re.search(r"Never in any version: (.*)\.\n", text)
    assert line is not None
    listed = re.sub(r" \([^)]*\)", "", line[1]).split(", ")
    assert listed == list(NOOIT)


@pytest.mark.parametrize("wat", NOOIT)
@pytest.mark.parametrize("publiek", [p.value for p in Publiek])
def test_it_shows_in_no_version(
    versions: dict[str, str], publiek: str, wat: str
) -> None:
    body = versions[publiek].partition("<body")[2].lower()
    assert "kwesties" in body
    for words in NOOIT[wat]:
        assert words.lower() not in body, words


def test_reports_never_hold_what_can_be_traced_to_clients_or_cases() -> None:
    sentence = (
        "Signaleringsrapportages bevatten nooit herleidbare gegevens over individuele"
        " cliënten of casussen."
    )
    assert sentence in seed_words()
    words = " ".join(cell_labels()).lower()
    for view in ("meldcode", "doorbreking", "leeftijd", "geslacht", "postcode", "wijk"):
        assert view not in words
