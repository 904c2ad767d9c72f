"""A database with publications of every kind, committed, for the public pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from signalering.models import Publicatie, Rapportage
from signalering.periodes import parse
from tenants.scope import loading
from tests import people
from tests.conftest import as_owner, connected_to, copy_template, drop
from tests.signalering.rapporten import OPENBAAR, tabel

DATABASE = "adviespunt_portaal"
SHA = "b" * 64
PDF = b"%PDF-1.7 wat iedereen mag hebben"
PDF_SHA = hashlib.sha256(PDF).hexdigest()
PDF_NAAM = "q3/openbaar.pdf"
LATER = OPENBAAR | {"totaal": 1200, "aard:FIN": 281, "aard:REL": 190, "aard:ORG": 283}
# Name of the publication → tenant, period, figures, more.
ROWS: dict[str, tuple[str, str, Any, dict[str, Any]]] = {
    "q2": (
        "arnhem",
        "2025-Q2",
        tabel(OPENBAAR, publiek="openbaar"),
        {"pdf": "weg/openbaar.pdf"},
    ),
    "q3": (
        "arnhem",
        "2025-Q3",
        tabel(LATER, publiek="openbaar", weg=("aard:OVE", "resultaat:niet")),
        {
            "reactie": "Wij gaan hiermee aan de slag.",
            "reactie_functie": "Wethouder",
            "pdf": PDF_NAAM,
            "pdf_sha256": PDF_SHA,
        },
    ),
    "jaar": ("arnhem", "2024", tabel(publiek="openbaar"), {}),
    "drempel": ("arnhem", "2024-Q4", tabel(publiek="openbaar"), {"drempel": 15}),
    "weg": (
        "arnhem",
        "2025-Q1",
        None,
        {
            "ingetrokken_op": datetime(2025, 9, 2, 9, tzinfo=UTC),
            "ingetrokken_reden": "Er stond een fout in <de> telling & meer.",
        },
    ),
    "weinig": ("wulpenhorst", "2025-Q3", tabel(publiek="openbaar", te_weinig=True), {}),
}


def ident(naam: str) -> UUID:
    """The fixed id of the publication of this name."""
    return people.ident(f"openbaar-{naam}")


def fill() -> None:
    """Make the database."""
    copy_template(DATABASE)
    with as_owner(DATABASE):
        with loading("signalering_rapportage", "signalering_publicatie"):
            for number, naam in enumerate(ROWS):
                _plant(naam, number)


@contextmanager
def portaal() -> Iterator[str]:
    """The database, made and thrown away; Django is on it, as the application role."""
    fill()
    with connected_to(DATABASE):
        yield DATABASE
    drop(DATABASE)


def _plant(naam: str, number: int) -> None:
    slug, code, figures, more = ROWS[naam]
    periode = parse(code)
    tenant_naam, soort, _code = people.TENANTS[slug]
    report = people.ident(f"rapport-openbaar-{naam}")
    days = {"van": periode.van, "tot": periode.tot, "peildatum": date(2025, 10, 2)}
    Rapportage.objects.create(
        id=report,
        tenant_id=people.tenant_id(slug),
        opdracht_id=people.ident(f"opdracht-{slug}"),
        periode=code,
        diensten=["OCO_SD"],
        status="INGETROKKEN" if naam == "weg" else "OPENBAAR_DEELS",
        druk="KLAAR",
        drempel_opdrachtgever=5,
        drempel_openbaar=10,
        cijfers_sha256=SHA,
        openbaar_sha256=SHA,
        opgesteld_door_id=people.ident("chantal"),
        schrijvers=[],
        **days,
    )
    values: dict[str, Any] = {
        "opdrachtgever": tenant_naam,
        "opdrachtgever_slug": slug,
        "opdrachtgever_type": soort,
        "periode": code,
        "versie": 1,
        "diensten": ["OCO_SD"],
        "drempel": 10,
        "cijfers": figures.to_json() if figures else None,
        "cijfers_sha256": SHA,
        "besproken_op": date(2025, 7, 1),
        "vastgesteld_op": date(2025, 7, 8),
        "pdf_sha256": SHA if figures else "",
        "gepubliceerd_op": datetime(2025, 8, 1 + number, 12, tzinfo=UTC),
        **days,
    }
    Publicatie.objects.create(
        id=ident(naam),
        tenant_id=people.tenant_id(slug),
        rapportage_id=report,
        **(values | more),
    )
