"""``disclosure``: what the search for a pattern gives up, how long and how much memory.

Tables it makes itself, the same every time: whole numbers, sparse and uneven like a
register, handed over as ``python -m privacy.disclosure`` reads them (k = 5, the
interval of every small number must hold [1, k]). No database. Every kind of table has
a process of its own, so that its peak in memory is its own. Of several tables of one
kind the worst one counts.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import reduce
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from privacy.disclosure.certificates import unmet
from privacy.disclosure.components import components_of
from privacy.disclosure.effort import Budget
from privacy.disclosure.formats import read_problem
from privacy.disclosure.moves import Mover
from privacy.disclosure.pattern import Pattern
from privacy.disclosure.problem import Problem
from privacy.disclosure.search import found_from
from privacy.disclosure.solution import solve

K = 5
MEAN = 6.0  # kwesties in a cell without margins
EMPTY = 0.15  # share of those cells that is empty on top of chance
STATUS = Path("/proc/self/status")

Sums = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension: sums over its codes, up to "T"; ``spread``: how uneven it is."""

    sums: Sums
    spread: float = 1.0

    @property
    def codes(self) -> list[str]:
        """The finest codes, in the order in which the sums name them."""
        named = [part for parts in self.sums.values() for part in parts]
        return [part for part in named if part not in self.sums]

    @property
    def nodes(self) -> list[str]:
        return [*self.codes, *self.sums]

    def matrix(self) -> NDArray[np.int64]:
        """Nodes by codes: 1 where the code counts in the node."""
        codes = self.codes
        inside = np.array([[c in self._below(n) for c in codes] for n in self.nodes])
        return inside.astype(np.int64)

    def _below(self, node: str) -> set[str]:
        if node not in self.sums:
            return {node}
        return set().union(*(self._below(part) for part in self.sums[node]))


@dataclass(frozen=True, slots=True)
class Soort:
    """A kind of table: its axes, which seeds, how long the search may take."""

    axes: tuple[Axis, ...]
    seeds: tuple[int, ...]
    seconds: float


def _flat(letter: str, codes: int) -> Axis:
    return Axis({"T": tuple(f"{letter}{n}" for n in range(codes))})


def _grouped(letter: str, codes: int, groups: int) -> Axis:
    """``codes`` spread over ``groups``, as even as can be."""
    names = [f"{letter}{n}" for n in range(codes)]
    sums = {f"{letter}g{g}": tuple(names[g::groups]) for g in range(groups)}
    return Axis({**sums, "T": tuple(sums)})


YEAR = Axis(
    {"H1": ("Q1", "Q2"), "H2": ("Q3", "Q4"), "T": ("H1", "H2")},
    spread=0.2,
)
SOORTEN: Mapping[str, Soort] = {
    "100": Soort((_flat("r", 9), _flat("c", 9)), (1, 2, 3), 5),
    "343": Soort((_grouped("r", 40, 8), _flat("c", 6)), (1, 2, 3), 5),
    "reeks": Soort((_flat("aard", 6), _flat("wet", 5), YEAR), (1, 2, 3), 60),
    "10000": Soort((_grouped("r", 400, 39), _flat("c", 23)), (1,), 60),
}


def disclosure(*, smoke: bool) -> dict[str, Any]:
    """{"disclosure_<kind>": loss over bound, "…_seconds", "…_zeker_seconds", …}.

    ``zeker``: until the first pattern with all its certificates; None when there was
    none in time. ``disclosure_mb``: the highest peak.
    """
    found = {}
    for naam in ["100"] if smoke else SOORTEN:
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            found[naam] = alone.submit(measure, naam).result()
    figures: dict[str, Any] = {}
    for naam, tables in found.items():
        for key, field in (
            ("", "ratio"),
            ("_seconds", "s"),
            ("_zeker_seconds", "zeker_s"),
        ):
            figures[f"disclosure_{naam}{key}"] = _worst(tables, field)
    figures["disclosure_mb"] = max(t["mb"] or 0 for ts in found.values() for t in ts)
    figures["disclosure_details"] = found
    return figures


def _worst(tables: list[dict[str, Any]], field: str) -> float | None:
    values = [table[field] for table in tables]
    return None if None in values else max(values)


def measure(naam: str) -> list[dict[str, Any]]:
    """All tables of one kind, one after the other."""
    soort = SOORTEN[naam]
    return [_measured(soort, seed) for seed in soort.seeds]


def _measured(soort: Soort, seed: int) -> dict[str, Any]:
    problem, _rule = read_problem(make(soort.axes, seed))
    zeker = _first_answer(problem, soort.seconds)
    began = time.perf_counter()
    found = solve(problem, soort.seconds)
    seconds = time.perf_counter() - began
    certified = not unmet(problem, found.withheld, found.certificates)
    sensitive = sum(cell.sensitive for cell in problem.cells)
    return {
        "cellen": len(problem.cells),
        "gevoelig": sensitive,
        "erbij": len(found.withheld) - sensitive,
        "zeker": certified,
        "verlies": found.loss,
        "grens": found.bound,
        "ratio": _ratio(found.loss, found.bound) if certified else None,
        "s": round(seconds, 2),
        "zeker_s": zeker,
        "mb": _peak(),
    }


def _ratio(loss: int, bound: int) -> float | None:
    """None when nothing but zero was proven."""
    if loss == bound:
        return 1.0
    return round(loss / bound, 4) if bound else None


def _first_answer(problem: Problem, seconds: float) -> float | None:
    """Seconds until a certified pattern, good or not; None when time ended first."""
    began = time.perf_counter()
    budget = Budget(seconds)
    for part in components_of(problem):
        pattern = Pattern(Mover(part.problem), ())
        if not pattern.complete(budget) or found_from(pattern, 0).unmet:
            return None
    return round(time.perf_counter() - began, 2)


def _peak() -> int | None:
    """Most memory this process ever held, in MB; None where the kernel does not say.

    Not ``ru_maxrss``: on Linux that begins with the memory of the parent.
    """
    if not STATUS.exists():
        return None
    lines = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
    return int(lines["VmHWM"].split()[0]) // 1024


def make(axes: tuple[Axis, ...], seed: int) -> dict[str, Any]:
    """A table over all nodes of all axes with every sum: sdc-protect/1."""
    counts = _counts(axes, seed)
    ids = {
        nodes: ".".join(nodes) for nodes in itertools.product(*(a.nodes for a in axes))
    }
    values = counts.ravel().tolist()
    return {
        "k": K,
        "cells": [
            {"id": id, "count": count}
            for id, count in zip(ids.values(), values, strict=True)
        ],
        "relations": list(_relations(axes, ids)),
    }


def _counts(axes: tuple[Axis, ...], seed: int) -> NDArray[np.int64]:
    """Over-dispersed counts over the codes, summed to all nodes of each axis."""
    rng = np.random.default_rng(seed)
    sizes = [rng.lognormal(0, axis.spread, len(axis.codes)) for axis in axes]
    mean = reduce(np.multiply.outer, sizes)
    mean = mean / mean.mean() * MEAN * rng.gamma(2, 0.5, mean.shape)
    counts: NDArray[np.int64] = rng.poisson(mean)
    counts[rng.random(counts.shape) < EMPTY] = 0
    for place, axis in enumerate(axes):
        counts = np.moveaxis(
            np.tensordot(axis.matrix(), counts, axes=(1, place)), 0, place
        )
    return counts


def _relations(
    axes: tuple[Axis, ...], ids: Mapping[tuple[str, ...], str]
) -> Iterator[dict[str, Any]]:
    for place, axis in enumerate(axes):
        for nodes, id in ids.items():
            parts = axis.sums.get(nodes[place], ())
            if parts:
                of = [
                    ids[(*nodes[:place], part, *nodes[place + 1 :])] for part in parts
                ]
                yield {"sum": id, "of": of}
