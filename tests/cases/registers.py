"""Registers as files, for tests of reading them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from adviespunt import embedded
from cases.importing import COLUMNS

SHARED = Path(os.environ.get("ADVIESPUNT_SHARED", embedded.ROOT.parent / "shared"))
REGISTER = SHARED / "data" / "register.csv"
WAARHEID = SHARED / "data" / "register-waarheid.json"
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
