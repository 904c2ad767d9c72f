"""From a register to a report that was discussed, established and partly published.

Every step is taken by clicking as the person whose step it is; the numbers in the
public PDF, page, CSV and JSON are those of a recount of the register.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from tests.journeys import register, walking
from tests.journeys.browsing import Visitor
from tests.journeys.conftest import Visitors
from tests.journeys.register import ADDING, LABELS, Count, closed_quarter, recount
from tests.journeys.walking import ARNHEM, WULPENHORST, Weg

pytestmark = pytest.mark.journey
DREMPEL_OPENBAAR = 10
WITHHELD = "–"
STATUSES = [
    "Concept",
    "Interne controle",
    "Interne controle",
    "Aangeboden",
    "Aangeboden",
    "In bespreking",
    "Besproken",
    "Vastgesteld",
    "Deels openbaar",
]
Shown = Mapping[str, str]  # what stands at each cell: a number, or the dash


def test_the_whole_way(visitors: Visitors) -> None:
    kwartaal = closed_quarter()
    anna = visitors("anna")
    registered = [_anonymous(anna, kwartaal), _named(anna, kwartaal)]
    counts = recount([*register.seeded("arnhem"), *registered])

    passer_by = visitors(None)
    weg = Weg(ARNHEM, kwartaal, visitors)
    statuses = _walk(weg, passer_by)
    assert statuses == STATUSES
    _read_in_public(passer_by, weg, counts)
    weg.withdraw()
    passer_by.visit("/openbaar/")
    with passer_by.expecting(410):
        passer_by.go(weg.in_catalogue(passer_by))
    grave = passer_by.page.get_by_role("main")
    expect(grave).to_contain_text(walking.REDEN)
    expect(grave).not_to_contain_text(walking.REACTIE)


def test_the_whole_way_without_javascript(visitors: Visitors) -> None:
    kwartaal = closed_quarter()

    def come(naam: str | None) -> Visitor:
        return visitors(naam, javascript=False)

    hanna = come("hanna")
    registered = [_anonymous(hanna, kwartaal), _named(hanna, kwartaal)]
    counts = recount([*register.seeded("wulpenhorst"), *registered])
    passer_by = come(None)
    weg = Weg(WULPENHORST, kwartaal, come)
    assert _walk(weg, passer_by) == STATUSES
    _read_in_public(passer_by, weg, counts)


# ------------------------------------------------------------------------ the walk


def _anonymous(supporter: Visitor, kwartaal: register.Kwartaal) -> register.Row:
    kwestie = {
        "datum": f"{kwartaal.day(20):%d-%m-%Y}",
        "kanaal": "Inloopspreekuur of loket",
        "rol": "Onbekend (anoniem)",
        "soort": "Vraag om informatie of advies",
        "aard": "Financiën",
        "wet": "Nog niet bepaald",
        "identiteit": "Anoniem (identiteit niet bekend bij Adviespunt)",
    }
    walking.register_by_keyboard(supporter, kwestie)
    page = supporter.page
    expect(page.get_by_role("status")).to_contain_text("is opgeslagen")
    expect(page.get_by_role("main")).to_contain_text("Anoniem")
    return {"soort": "VRAAG", "aard": "FIN", "client": "", **OPEN}


def _named(supporter: Visitor, kwartaal: register.Kwartaal) -> register.Row:
    kwestie = {
        "datum": f"{kwartaal.day(31):%d-%m-%Y}",
        "kanaal": "E-mail",
        "rol": "Cliënt zelf",
        "soort": "Klacht",
        "aard": "Organisatie",
        "wet": "Jeugdwet",
        "identiteit": "Op naam",
        "naam": "Truus van Kleef-Zandbergen",
    }
    walking.register_by_keyboard(supporter, kwestie)
    expect(supporter.page.get_by_role("main")).to_contain_text(kwestie["naam"])
    return {"soort": "KLACHT", "aard": "ORG", "client": "Truus", **OPEN}


OPEN = {"activiteiten": "", "resultaat": ""}


def _walk(weg: Weg, passer_by: Visitor) -> list[str]:
    """Take every step; what others see of it along the way is as it should be."""
    statuses = []
    for status in weg.steps():
        statuses.append(status)
        if len(statuses) == 1:
            weg.write()
        if status == "Aangeboden" and len(statuses) == 5:
            _read_by_contact(weg, may_download=False)
        if status == "Vastgesteld":
            _read_by_contact(weg, may_download=True)
        if status != "Deels openbaar":
            passer_by.visit("/openbaar/")
            expect(weg.in_catalogue(passer_by)).to_have_count(0)
    return statuses


def _read_by_contact(weg: Weg, *, may_download: bool) -> None:
    contact = weg.open(weg.contact)
    main = contact.page.get_by_role("main")
    expect(main).to_contain_text("Brieven zijn moeilijk te lezen.")
    expect(main).to_contain_text(walking.REACTIE)
    expect(main).to_contain_text(walking.MOTIVERING)
    expect(main).to_contain_text(walking.BIJ_AARD)
    pdfs = main.get_by_role("link", name=re.compile("pdf"))
    if not may_download:
        expect(pdfs).to_have_count(0)
        return
    text = text_of(contact.download(re.compile("^Versie voor de opdrachtgever")))
    assert walking.REACTIE in text
    assert "Geef elke inwoner één vast aanspreekpunt." in text
    assert "CONCEPT" not in text


# ------------------------------------------------------------------- what is public


def _read_in_public(visitor: Visitor, weg: Weg, counts: Mapping[str, Count]) -> None:
    visitor.menu("Openbaar")
    visitor.go(weg.in_catalogue(visitor))
    main = visitor.page.get_by_role("main")
    expect(main).to_contain_text(walking.REACTIE)
    secrets = (
        walking.AANBEVELINGEN,
        walking.VERSLAG,
        walking.BIJ_AARD,
        walking.ONJUIST,
    )
    for secret in (*secrets, "moeilijk te lezen"):
        expect(main).not_to_contain_text(secret)
    rows = _rows(visitor)
    shown = {cell: row[-1] for cell, row in rows.items()}
    _check(shown, counts)

    pdf = visitor.download(re.compile("^pdf"))
    text = text_of(pdf)
    assert walking.REACTIE in text
    assert walking.AANBEVELINGEN not in text
    printed = squeezed(text)
    for row in rows.values():
        assert re.search(rf"{re.escape(squeezed(''.join(row)))}(?!\d)", printed), row
    assert _in_csv(visitor.download(re.compile("^csv"))) == shown
    visitor.go(main.get_by_role("link", name=re.compile("^json")))
    assert _in_json(visitor.page.locator("body").inner_text()) == shown
    _verify(visitor, weg, pdf)


def _verify(visitor: Visitor, weg: Weg, pdf: bytes) -> None:
    """Anybody sees that the PDF is real, and that one byte of it was changed."""
    changed = bytearray(pdf)
    changed[len(pdf) // 2] ^= 1
    tried = ((pdf, "Dit rapport is echt"), (bytes(changed), "Dit bestand is veranderd"))
    for content, verdict in tried:
        visitor.visit("/verifieer/")
        main = visitor.page.get_by_role("main")
        main.get_by_label("Het rapport (pdf)").set_input_files(
            {"name": "rapport.pdf", "mimeType": "application/pdf", "buffer": content}
        )
        visitor.press("Controleren")
        expect(main.get_by_role("heading", name=verdict)).to_be_visible()
        expect(main).to_contain_text(weg.rollen.tenant)


def _check(shown: Shown, counts: Mapping[str, Count]) -> None:
    """Each number is the recounted one, or withheld; none follows from the others."""
    assert set(shown) == set(counts)
    for cell, count in counts.items():
        if 0 < len(count.people) < DREMPEL_OPENBAAR:
            assert shown[cell] == WITHHELD, cell
        else:
            assert shown[cell] in (str(count.kwesties), WITHHELD), cell
    assert shown["totaal"] == str(counts["totaal"].kwesties)
    assert shown["aard:OVE"] == "0"
    assert shown["aard:REL"] == WITHHELD
    # A first quarter is kept coarse: these wait for the half-year and the year.
    later = {cell for cell in shown if cell.startswith(("inhoud:", "resultaat:"))}
    assert {shown[cell] for cell in later} == {WITHHELD}
    withheld = [cell for cell in shown.keys() - later if shown[cell] == WITHHELD]
    assert len(withheld) < (len(shown) - len(later)) / 2
    for table, codes in ADDING.items():
        hidden = [code for code in codes if shown[f"{table}:{code}"] == WITHHELD]
        assert len(hidden) != 1, table


def _rows(visitor: Visitor) -> dict[str, list[str]]:
    """By cell the texts of its row in the tables of the page, the number last."""
    found = {}
    for table, codes in LABELS.items():
        chapter = "aantal" if table == "soort" else table
        rows = visitor.page.locator(f"#{chapter} tbody tr").all()
        by_label = {row[0]: row for row in map(_cells, rows)}
        for code, label in codes.items():
            found[f"{table}:{code}"] = by_label.pop(label)
        if table != "inhoud":
            found["totaal"] = by_label.pop("Alle kwesties")
        assert by_label == {}
    return found


def _cells(row: Locator) -> list[str]:
    texts = [text.strip() for text in row.locator("th, td").all_inner_texts()]
    return [WITHHELD if text.startswith(WITHHELD) else text for text in texts]


def text_of(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return re.sub(r"\s+", " ", " ".join(pages))


def squeezed(text: str) -> str:
    """Without white space: where lines break is up to the printer."""
    return re.sub(r"\s+", "", text)


def _in_csv(content: bytes) -> Shown:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8")), delimiter=";")
    return {
        f"{row['tabel']}:{row['code']}".rstrip(":"): row["kwesties"] or WITHHELD
        for row in rows
    }


def _in_json(text: str) -> Shown:
    shown = {}
    for table in json.loads(text)["tabellen"]:
        for cell in table["cellen"]:
            assert cell["onderdrukt"] == (cell["kwesties"] is None)
            code = ":".join([table["code"], *cell["dims"].values()])
            shown[code] = WITHHELD if cell["onderdrukt"] else str(cell["kwesties"])
    return shown
