"""Who does what: functions by law and by how far they reach (S178-S181, S147).

The table comes with the product (``functies.json``); a tenant can add to it (S182). The
row BREED is one cell that spans every law. Guarded by tests/cases/test_functies.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cases.codelists import label
from tenants.models import FunctieScope

PATH = Path(__file__).with_name("functies.json")
# Who decides about a complaint or an objection; a supporter never does (S155).
OORDELEND = ("KLC", "BBC", "OMB_L", "OMB_N", "GESCH")


@dataclass(frozen=True, slots=True)
class Functie:
    """One function in a cell. code: of the list ``functie``, '' for one that a tenant
    added; van: the name of that tenant.
    """

    code: str
    naam: str
    van: str = ""


@dataclass(frozen=True, slots=True)
class Cel:
    """What a law has in a row; ``wet`` is its short name."""

    wet: str
    functies: tuple[Functie, ...]


@dataclass(frozen=True, slots=True)
class Rij:
    """One row. overal: what spans every law instead of cells."""

    bereik: str
    naam: str
    uitleg: str
    cellen: tuple[Cel, ...] = ()
    overal: tuple[Functie, ...] = field(default=())


@cache
def _read() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    return loaded


def oordelende_instanties() -> list[str]:
    """Names of the kinds of bodies that judge, to choose from (S155)."""
    return [label("functie", code) for code in OORDELEND]


def wetten() -> tuple[str, ...]:
    """Short names of the laws, in the order of the columns."""
    return tuple(wet["kort"] for wet in _read()["wetten"])


def wet_keuzes() -> list[tuple[str, str]]:
    return [(wet["code"], wet["kort"]) for wet in _read()["wetten"]]


def bereik_keuzes() -> list[tuple[str, str]]:
    return [(rij["bereik"], rij["naam"]) for rij in _read()["rijen"]]


def matrix(erbij: Iterable[FunctieScope] = ()) -> tuple[Rij, ...]:
    """The rows of the table, with what tenants added."""
    added: dict[tuple[str, str], list[Functie]] = {}
    for row in erbij:
        one = Functie("", row.naam, row.tenant.naam)
        added.setdefault((row.bereik, row.wet), []).append(one)
    return tuple(_row(rij, added) for rij in _read()["rijen"])


def _row(rij: dict[str, Any], added: dict[tuple[str, str], list[Functie]]) -> Rij:
    bereik = rij["bereik"]
    about = {"bereik": bereik, "naam": rij["naam"], "uitleg": rij["uitleg"]}
    if "overal" in rij:
        here = [one for (b, _wet), row in added.items() if b == bereik for one in row]
        return Rij(**about, overal=(_functie(rij["overal"]), *here))
    cells = [
        Cel(
            wet["kort"],
            (
                *(_functie(one) for one in rij["cellen"].get(wet["code"], ())),
                *added.get((bereik, wet["code"]), ()),
            ),
        )
        for wet in _read()["wetten"]
    ]
    return Rij(**about, cellen=tuple(cells))


def _functie(one: dict[str, str]) -> Functie:
    return Functie(one["functie"], one["naam"])
