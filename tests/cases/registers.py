"""Registers as files, and what reading them left in the database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from adviespunt import embedded
from cases.importing import COLUMNS, import_register
from cases.models import Kwestie
from tenants.scope import Scope, acting_as
from tests import people

SHARED = Path(os.environ.get("ADVIESPUNT_SHARED", embedded.ROOT.parent / "shared"))
REGISTER = SHARED / "data" / "register.csv"
WAARHEID = SHARED / "data" / "register-waarheid.json"
ARNHEM, WULPENHORST = 1, 2
GOED = {
    "nummer": "A-1",
    "tenant": "arnhem",
    "datum": "2025-03-03",
    "kanaal": "TEL",
    "soort": "ONVREDE",
    "aard": "ORG",
    "subaard": "ORG.WACHT",
    "wet": "WMO",
    "rol": "CLIENT",
    "identiteit": "BEKEND",
    "client": "c-1",
    "laag": "2",
    "activiteiten": "IND.INFO IND.BRIEF",
    "resultaat": "OPGELOST",
    "afgerond_op": "2025-04-01",
    "minuten": "45",
    "ondersteuner": "anna",
}


def line(**cells: str) -> str:
    """A good row, with these cells instead."""
    return ";".join({**GOED, **cells}[column] for column in COLUMNS)


def rows(*changes: Mapping[str, str]) -> list[str]:
    """Good rows with numbers of their own, each with its changes."""
    return [
        line(**{"nummer": f"A-{place}", **change})
        for place, change in enumerate(changes, start=1)
    ]


def write(folder: Path, *lines: str, header: str = ";".join(COLUMNS)) -> Path:
    path = folder / "register.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def manage(database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The real command, in a process of its own, on this database."""
    return subprocess.run(
        [sys.executable, str(embedded.ROOT / "manage.py"), *arguments],
        cwd=embedded.ROOT,
        env={**os.environ, "ADVIESPUNT_DATABASE": database},
        capture_output=True,
        text=True,
        check=False,
    )


# ----------------------------------------------------- reading and looking back


def read(path: Path, actor: str | None = None, **options: Any) -> dict[str, Any]:
    """What the command prints."""
    wie = people.wie(actor) if actor else None
    return import_register(path, actor=wie, **options).to_json()


def inside(tenant_id: int = ARNHEM) -> Any:
    here = (tenant_id,)
    return acting_as(Scope("staff", None, here, tenant_id, here))


def stored(nummer: str = "A-1", tenant_id: int = ARNHEM) -> Kwestie:
    with inside(tenant_id):
        return Kwestie.objects.get(tenant_id=tenant_id, extern_nummer=nummer)


def numbers(tenant_id: int = ARNHEM) -> list[str]:
    with inside(tenant_id):
        found = Kwestie.objects.filter(tenant_id=tenant_id).values_list(
            "extern_nummer", flat=True
        )
        return sorted(str(nummer) for nummer in found)


def counts(**over: int) -> dict[str, int]:
    names = ("read", "created", "updated", "unchanged", "warnings")
    return {**dict.fromkeys(names, 0), **over}


def without_rejected(report: dict[str, Any]) -> dict[str, int]:
    return {name: value for name, value in report.items() if name != "rejected"}


def fields(nummer: str) -> dict[str, Any]:
    """Everything in the row of a kwestie, to compare."""
    found = vars(stored(nummer))
    return {name: value for name, value in found.items() if name != "_state"}
