"""The weights of the verzonnen kwesties, as arrays in the order of the code lists."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cases import codelists

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@cache
def weights() -> dict[str, Any]:
    """The file: per dimension a weight for each code; only the proportions count."""
    path = Path(__file__).with_name("weights.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True, slots=True)
class Tijdvak:
    """The days that kwesties are drawn for.

    eerste, laatste: the first and the last day. kwartalen: how many quarters the
    signals come later than weights.json says.
    """

    eerste: date
    laatste: date
    kwartalen: int = 0

    @property
    def dagen(self) -> int:
        """How many days."""
        return (self.laatste - self.eerste).days + 1

    def day(self, nth: int) -> date:
        """The date of a day, counted from the first one."""
        return self.eerste + timedelta(days=nth)

    def moved(self, begin: date) -> date:
        """The first of a month of weights.json, as it is here."""
        return _later(begin, self.kwartalen)


VAST = Tijdvak(
    date.fromisoformat(weights()["eerste_dag"]),
    date.fromisoformat(weights()["laatste_dag"]),
)


def until(laatste: date) -> Tijdvak:
    """The days until and with ``laatste``: as many as in VAST and those of the quarter
    that is not over, with the signals as long ago as they are there.
    """
    kwartalen = _quarters(laatste) - _quarters(VAST.laatste)
    return Tijdvak(_later(VAST.eerste, kwartalen), laatste, kwartalen)


def _quarters(laatste: date) -> int:
    """How many quarters were over at the end of this day."""
    after = laatste + timedelta(days=1)
    return after.year * 4 + (after.month - 1) // 3


def _later(begin: date, kwartalen: int) -> date:
    """The first of a month, so many quarters later."""
    months = begin.year * 12 + begin.month - 1 + 3 * kwartalen
    return date(months // 12, months % 12 + 1, 1)


SOORT = codelists.codes("soort_kwestie")
AARD = codelists.codes("aard")
SUBAARD = codelists.codes("subaard")
WET = codelists.codes("wet")
KANAAL = codelists.codes("kanaal")
ROL = codelists.codes("rol_hulpvrager")
RESULTAAT = codelists.codes("resultaat")
FASE = codelists.codes("fase")
DOMEIN = codelists.codes("levensdomein")
LEEFTIJD = codelists.codes("leeftijdsklasse")
ACTIVITEIT = tuple(weights()["activiteit_gewicht"])
LAAG = ("1", "2", "3")
GEWEZEN = ("ja", "nee", "onbekend")
IDENTITEIT = ("ANONIEM", "BEKEND", "ANON_ZORG")
STATUS_OPEN = tuple(weights()["status_open"])
MINUTEN = tuple(weights()["minuten"])
PROFIELEN = ("gemeente", "vvt", "ghz", "jeugd")


def of(name: str, codes: Sequence[str], *, within: str | None = None) -> Floats:
    """Weights of ``name`` for each of ``codes``; within: the profile or condition."""
    table = weights()[name]
    if within is not None:
        table = table.get(within, table.get("*"))
    return in_order(table, codes)


def given(name: str, conditions: Sequence[str], codes: Sequence[str]) -> list[Floats]:
    """A row of weights for each condition; '*' in the file is for all others."""
    return [of(name, codes, within=condition) for condition in conditions]


def in_order(table: Mapping[str, float], codes: Sequence[str]) -> Floats:
    return np.array([table.get(code, 0.0) for code in codes])


def choose(lots: Floats, table: Floats) -> Ints:
    """Turn lots between 0 and 1 into indexes, by weight."""
    steps = np.cumsum(table)
    return np.searchsorted(steps / steps[-1], lots, side="right").clip(
        0, int(np.flatnonzero(table)[-1])
    )


def choose_given(lots: Floats, condition: Ints, tables: Sequence[Floats]) -> Ints:
    """The same with a table for each value of ``condition``."""
    chosen = np.zeros(len(lots), dtype=np.int64)
    for value, table in enumerate(tables):
        here = condition == value
        if here.any():
            chosen[here] = choose(lots[here], table)
    return chosen
