"""The register as files: CSV for a spreadsheet, JSON for another system."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.utils import timezone

from adviespunt.register.bron import Verwerking
from cases.bewaarregels import Bewaarregel
from tenants.models import Dpia

FORMULE = ("=", "+", "-", "@", "\t", "\r")
KOP = (
    *("code", "naam", "doel", "grondslag", "betrokkenen", "gegevens", "ontvangers"),
    *("doorgifte_buiten_eu", "bewaartermijn", "maatregelen", "dpia_nodig", "tabellen"),
)
GEEN = "Niet door het systeem zelf"


def _terms(verwerking: Verwerking) -> list[str]:
    found = [f"{regel.wat}: {regel.termijn}" for regel in verwerking.termijnen]
    return [*found, *([verwerking.bewaren_overig] if verwerking.bewaren_overig else [])]


def as_csv(found: Iterable[Verwerking]) -> str:
    """One line a processing; a list within a cell is parted by " | "."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(KOP)
    for one in found:
        cells = (
            *(one.code, one.naam, one.doel, one.grondslag),
            *map(" | ".join, (one.betrokkenen, one.gegevens, one.ontvangers)),
            *(GEEN, " | ".join(_terms(one)), " | ".join(one.maatregelen)),
            *("ja" if one.dpia else "nee", " | ".join(t.naam for t in one.tabellen)),
        )
        writer.writerow([f"'{c}" if c.startswith(FORMULE) else c for c in cells])
    return "\ufeff" + out.getvalue()


def as_json(found: Iterable[Verwerking]) -> str:
    """Everything, with each table and column."""
    document = {
        "soort": "verwerkingsregister (AVG 30)",
        "gemaakt_op": timezone.now().isoformat(),
        "verwerkingen": [_whole(one) for one in found],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _whole(one: Verwerking) -> dict[str, Any]:
    names = (
        *("code", "naam", "doel", "grondslag", "betrokkenen", "gegevens"),
        *("ontvangers", "maatregelen"),
    )
    return {
        **{name: getattr(one, name) for name in names},
        "doorgifte_buiten_eu": GEEN,
        "bewaren": [_regel(regel) for regel in one.termijnen],
        "bewaren_overig": one.bewaren_overig,
        "dpia_nodig": one.dpia,
        "tabellen": [
            {
                "naam": tabel.naam,
                "verzegeld": tabel.verzegeld,
                "kolommen": tabel.kolommen,
            }
            for tabel in one.tabellen
        ],
    }


def _regel(regel: Bewaarregel) -> dict[str, Any]:
    names = ("wat", "termijn", "daarna", "bron")
    said = {name: str(getattr(regel, name)) for name in names}
    return {"code": regel.code, **said, "doet_het_systeem": regel.is_zelf}


def dpia_as_json(verwerking: Verwerking, tenant: str, rows: Iterable[Dpia]) -> str:
    """Every version of the assessment of one processing, newest first."""
    names = ("beschrijving", "noodzaak", "risicos", "maatregelen", "toelichting")
    document = {
        "soort": "DPIA (AVG 35)",
        "opdrachtgever": tenant,
        "verwerking": {"code": verwerking.code, "naam": verwerking.naam},
        "gemaakt_op": timezone.now().isoformat(),
        "versies": [
            {
                "versie": row.versie,
                "op": row.op.isoformat(),
                "door": row.door.naam,
                "restrisico": row.restrisico,
                **{name: getattr(row, name) for name in names},
            }
            for row in rows
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)
