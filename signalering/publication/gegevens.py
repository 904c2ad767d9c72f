"""One publication in the formats of open data.

Withheld numbers are empty with ``onderdrukt`` true, in every format. A CSV begins with
a byte order mark: without it spreadsheets on a Dutch computer read UTF-8 as Latin-1.

Guarded by tests/signalering/test_portaal.py and test_api.py.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from privacy.disclosure import PublishableCell, PublishableTable
from privacy.rekenblad import harmless
from signalering.documents import cell_labels
from signalering.models import Publicatie
from signalering.periodes import parse

BOM = "\ufeff"
LICENTIE = "https://creativecommons.org/publicdomain/zero/1.0/deed.nl"


def summary(publicatie: Publicatie) -> dict[str, Any]:
    """One entry of the catalogue, JSON-able."""
    entry: dict[str, Any] = {
        "id": str(publicatie.pk),
        "opdrachtgever": publicatie.opdrachtgever,
        "opdrachtgeverType": publicatie.opdrachtgever_type,
        "periode": publicatie.periode,
        "van": publicatie.van.isoformat(),
        "tot": publicatie.tot.isoformat(),
        "versie": publicatie.versie,
        "fictief": publicatie.is_fictief,
        "gepubliceerdOp": _moment(publicatie.gepubliceerd_op),
        "ingetrokken": publicatie.ingetrokken_op is not None,
        "links": _links(publicatie),
    }
    if publicatie.deelnemers:
        entry["deelnemers"] = list(publicatie.deelnemers)
    if publicatie.ingetrokken_op:
        entry["ingetrokkenOp"] = _moment(publicatie.ingetrokken_op)
        entry["ingetrokkenReden"] = publicatie.ingetrokken_reden
    return entry


def _moment(at: datetime) -> str:
    """In UTC and ending in Z, as the design rules for APIs want it."""
    utc = at.astimezone(UTC).isoformat(timespec="seconds")
    return utc.replace("+00:00", "Z")


def detail(publicatie: Publicatie) -> dict[str, Any]:
    """A publication with all its tables, JSON-able; a tombstone has no tables."""
    full = summary(publicatie)
    if publicatie.ingetrokken_op:
        return full
    figures = figures_of(publicatie)
    full.update(
        {
            "drempel": publicatie.drempel,
            "eenheid": "kwesties",
            "peildatum": publicatie.peildatum.isoformat(),
            "besprokenOp": publicatie.besproken_op.isoformat(),
            "vastgesteldOp": publicatie.vastgesteld_op.isoformat(),
            "teWeinig": figures.te_weinig,
            "cijfersSha256": publicatie.cijfers_sha256,
            "pdfSha256": publicatie.pdf_sha256,
            "licentie": LICENTIE,
            "reactie": publicatie.reactie,
            "tabellen": [one_table(figures, tabel) for tabel in tables_of(figures)],
        }
    )
    return full


def one_table(figures: PublishableTable, tabel: str) -> dict[str, Any]:
    """One table, JSON-able; without cells when the release does not hold it."""
    return {"code": tabel, "cellen": [_cell(cell) for cell in figures.view(tabel)]}


def figures_of(publicatie: Publicatie) -> PublishableTable:
    """What was printed; ValueError of a tombstone."""
    return PublishableTable.from_json(publicatie.cijfers or {})


def tables_of(figures: PublishableTable) -> list[str]:
    """Codes of the tables in the order of the report."""
    return list(dict.fromkeys(cell.tabel for cell in figures.cells))


def _cell(cell: PublishableCell) -> dict[str, Any]:
    return {
        "dims": dict(cell.dims),
        "label": cell_labels()[cell.id],
        "kwesties": cell.kwesties,
        "onderdrukt": cell.onderdrukt,
    }


def as_csv(publicatie: Publicatie, tabel: str = "") -> str:
    """All tables, or one, as CSV: semicolons, empty for a withheld number."""
    out = io.StringIO(newline="")
    out.write(BOM)
    writer = csv.writer(out, delimiter=";")
    head = ["opdrachtgever", "periode", "tabel", "code", "label", "kwesties"]
    writer.writerow([*head, "onderdrukt", "drempel"])
    for cell in figures_of(publicatie).cells:
        if tabel not in ("", cell.tabel):
            continue
        row = [
            publicatie.opdrachtgever,
            publicatie.periode,
            cell.tabel,
            cell.id.partition(":")[2],
            cell_labels()[cell.id],
            "" if cell.kwesties is None else str(cell.kwesties),
            "true" if cell.onderdrukt else "false",
            str(publicatie.drempel),
        ]
        writer.writerow([harmless(value) for value in row])
    return out.getvalue()


def file_name(publicatie: Publicatie, ending: str, tabel: str = "") -> str:
    part = f"-{tabel}" if tabel else ""
    return (
        f"signaleringsrapportage-{publicatie.opdrachtgever_slug}"
        f"-{publicatie.periode}-v{publicatie.versie}{part}.{ending}"
    ).lower()


def title(publicatie: Publicatie) -> str:
    return f"{publicatie.opdrachtgever}, {parse(publicatie.periode).label.lower()}"


def _links(publicatie: Publicatie) -> dict[str, str]:
    names = {"html": "publicatie", "json": "api_publicatie"}
    if not publicatie.ingetrokken_op:
        names |= {"pdf": "publicatie_pdf", "csv": "publicatie_csv"}
    return {
        kind: absolute(reverse(f"signalering:{name}", args=[publicatie.pk]))
        for kind, name in names.items()
    }


def absolute(path: str) -> str:
    """The address of a page for who is not on this site."""
    return f"{settings.SITE_ADRES}{path}"
