"""The figures of a report as data inside its PDF: one CSV, one JSON.

Invariant: they hold what the pages show and nothing else, as they come from the same
``PublishableTable`` (tests/signalering/test_zegelen.py). A withheld number is empty.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from privacy.disclosure import PublishableCell
from privacy.rekenblad import harmless
from signalering.report.document import Rapportdocument
from signalering.report.printing import Bijlage
from signalering.report.wording import number_of


def bijlagen_of(document: Rapportdocument) -> tuple[Bijlage, ...]:
    """The two files; without numbers when there were too few to show any."""
    return (
        Bijlage(
            "cijfers.csv",
            _csv(document).encode(),
            "Alle cijfers uit dit rapport, als tabel (puntkomma, UTF-8).",
        ),
        Bijlage(
            "cijfers.json",
            _json(document).encode(),
            "Alle cijfers uit dit rapport, als gegevens (JSON).",
        ),
    )


def _cells(document: Rapportdocument) -> tuple[PublishableCell, ...]:
    return () if document.cijfers.te_weinig else document.cijfers.cells


def _label(document: Rapportdocument, cell: PublishableCell) -> str:
    return document.labels.get(cell.id, cell.id.partition(":")[2])


def _csv(document: Rapportdocument) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    head = ["opdrachtgever", "periode", "tabel", "code", "label", "kwesties"]
    writer.writerow([*head, "onderdrukt", "drempel"])
    for cell in _cells(document):
        row = [
            document.tenant_naam,
            document.periode_code,
            cell.tabel,
            cell.id.partition(":")[2],
            _label(document, cell),
            "" if cell.kwesties is None else str(cell.kwesties),
            "true" if cell.onderdrukt else "false",
            str(document.drempel),
        ]
        writer.writerow([harmless(value) for value in row])
    return out.getvalue()


def knelpunten_csv(document: Rapportdocument) -> str:
    """The signals of a report with what was promised, a line for each promise (S107).

    For the opdrachtgever; the only number is that of the whole aard, as this report
    prints it. Dates are ISO.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    head = ["opdrachtgever", "periode", "versie", "signaal", "onderwerp", "stand"]
    head += ["beeld", "verbeterrichting", "vraag", "kwesties_met_deze_aard"]
    head += ["onderdrukt", "toezegging", "wie", "uiterlijk", "stand_toezegging"]
    writer.writerow(head)
    for signaal in document.signalen:
        number = number_of(document.cijfers, signaal.cel)
        about = [
            *(document.tenant_naam, document.periode_code, str(document.versie)),
            *(signaal.titel, signaal.thema, signaal.status, signaal.omschrijving),
            *(signaal.verbeterrichting, signaal.vraag),
            "" if number is None else str(number),
            "true" if number is None else "false",
        ]
        promises = [
            [actie.wat, actie.wie, actie.uiterlijk.isoformat(), actie.stand]
            for actie in signaal.acties
        ]
        for promise in promises or [[""] * 4]:
            writer.writerow([harmless(value) for value in (*about, *promise)])
    return out.getvalue()


def _json(document: Rapportdocument) -> str:
    cells = _cells(document)
    about: dict[str, Any] = {
        "opdrachtgever": document.tenant_naam,
        "versieVoor": document.publiek,
        "periode": document.periode_code,
        "van": document.van.isoformat(),
        "totEnMet": document.laatste_dag.isoformat(),
        "peildatum": document.peildatum.isoformat(),
        "versie": document.versie,
        "fictief": document.fictief,
        "drempel": document.drempel,
        "teWeinig": document.cijfers.te_weinig,
        "cijfersSha256": document.cijfers_sha256,
        "tabellen": [
            {
                "code": tabel,
                "cellen": [
                    {
                        "dims": dict(cell.dims),
                        "label": _label(document, cell),
                        "kwesties": cell.kwesties,
                        "onderdrukt": cell.onderdrukt,
                    }
                    for cell in cells
                    if cell.tabel == tabel
                ],
            }
            for tabel in dict.fromkeys(cell.tabel for cell in cells)
        ],
    }
    return json.dumps(about, ensure_ascii=False, indent=1)
