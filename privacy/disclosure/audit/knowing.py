"""What a reader of one sdc-audit/1 document knows: bounds of cells, and rows over them.

For the attacker (``privacy.disclosure.audit``) alone.
Guarded by tests/privacy/disclosure/test_audit.py.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """sum(coefficient * cell) within [least, most] (None: no limit)."""

    terms: tuple[tuple[int, Fraction], ...]
    least: Fraction | None
    most: Fraction | None


@dataclass
class World:
    """All a reader knows: bounds per cell and rows over cells."""

    ids: list[str]
    low: list[int | None]
    high: list[int | None]
    rows: list[Row]
    groups: list[tuple[int, int]] = field(default_factory=list)


def world_of(data: Mapping[str, Any], reader: Mapping[str, Any]) -> World:
    ids = [str(cell["id"]) for cell in data["cells"]]
    number = {id: place for place, id in enumerate(ids)}
    if len(number) != len(ids):
        raise ValueError("a cell is there twice")
    least = int(data.get("suppressed_min") or 0)
    low: list[int | None] = []
    high: list[int | None] = []
    for cell in data["cells"]:
        lower, upper = _bounds_of(cell, least)
        low.append(lower)
        high.append(upper)
    for id, value in (reader.get("knows") or {}).items():
        low[number[id]] = high[number[id]] = int(value)
    for id, value in (reader.get("at_least") or {}).items():
        before = low[number[id]]
        low[number[id]] = int(value) if before is None else max(before, int(value))
    world = World(ids, low, high, [])
    for relation in data["relations"]:
        _add_relation(world, relation, number)
    return world


def _bounds_of(cell: Mapping[str, Any], least: int) -> tuple[int | None, int | None]:
    value = cell.get("value")
    if value is not None:
        return int(value), int(value)
    lower: int | None = 0 if cell.get("hidden") else least
    lo, hi = cell.get("lo"), cell.get("hi")
    if lo == "-inf":
        lower = None
    elif lo is not None:
        lower = math.ceil(lo) if lower is None else max(lower, math.ceil(lo))
    return lower, None if hi is None or hi == "inf" else math.floor(hi)


def _add_relation(
    world: World, relation: Mapping[str, Any], number: Mapping[str, int]
) -> None:
    if "sum" in relation:
        total = number[relation["sum"]]
        parts = [number[id] for id in relation["of"]]
        terms = [(total, Fraction(1)), *((part, Fraction(-1)) for part in parts)]
        world.rows.append(Row(_merged(terms), Fraction(0), Fraction(0)))
        if relation.get("group"):
            world.groups += [(total, part) for part in parts]
        return
    terms = [(number[id], _exact(c)) for id, c in relation["coef"].items()]
    right, sense = _exact(relation["rhs"]), relation["sense"]
    if sense not in {"==", "<=", ">="}:
        raise ValueError(f"unknown sense {sense!r}")
    least = None if sense == "<=" else right
    most = None if sense == ">=" else right
    world.rows.append(Row(_merged(terms), least, most))


def _exact(value: object) -> Fraction:
    """The number as it was written: 0.1 is one tenth."""
    return Fraction(str(value))


def _merged(
    terms: Iterable[tuple[int, Fraction]],
) -> tuple[tuple[int, Fraction], ...]:
    total: dict[int, Fraction] = {}
    for place, coefficient in terms:
        total[place] = total.get(place, Fraction(0)) + coefficient
    return tuple((place, value) for place, value in total.items() if value)


def within(row: Row, value: Fraction | int) -> bool:
    return (row.least is None or value >= row.least) and (
        row.most is None or value <= row.most
    )


def parts_of(world: World) -> tuple[list[int | None], list[list[int]]]:
    """Cells that are not fixed, by what ties them; None for fixed ones."""
    fixed = [
        low is not None and low == high
        for low, high in zip(world.low, world.high, strict=True)
    ]
    neighbours: list[list[int]] = [[] for _ in world.ids]
    for row in world.rows:
        tied = [place for place, _ in row.terms if not fixed[place]]
        for first, second in pairwise(tied):
            neighbours[first].append(second)
            neighbours[second].append(first)
    part_of: list[int | None] = [None] * len(world.ids)
    members: list[list[int]] = []
    for place, known in enumerate(fixed):
        if not known and part_of[place] is None:
            members.append(sorted(_reached(place, neighbours)))
            for cell in members[-1]:
                part_of[cell] = len(members) - 1
    return part_of, members


def _reached(place: int, neighbours: Sequence[Sequence[int]]) -> set[int]:
    found, waiting = {place}, [place]
    while waiting:
        fresh = set(neighbours[waiting.pop()]) - found
        found |= fresh
        waiting.extend(fresh)
    return found
