"""The attacker: what a reader can work out of everything that was released.

Shares no code with the search for patterns and does not know the true numbers: it
reads sdc-audit/1 (what was printed, what adds up, what insiders know) and computes
for every sensitive cell how small and how large it can still be, in whole numbers.
A cell passes only on two tables that were checked in exact arithmetic; a solver
that gives no answer, a time limit or contradictory numbers never pass
(tests/privacy/disclosure/test_audit.py plants unsafe patterns of every kind).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

import highspy
import numpy as np

FORMAT: Final = "sdc-audit/1"
GROUP_SHARE: Final = Fraction(9, 10)
_OPTIMAL: Final = highspy.HighsModelStatus.kOptimal
_NEARLY: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing a reader can work out. ``reader`` is "" for an outsider.

    ``kind``: "printed" (a small number is shown), "narrow" (the interval misses part
    of ``must_contain``), "exact" (only one value is left), "group" (nearly everybody
    in a total is in one part), "unproven" (no proof of safety was found), or
    "contradiction" (no table fits the numbers). ``low``/``high``: the interval, None
    when open or not computed.
    """

    cell: str
    kind: str
    reader: str = ""
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class AuditReport:
    """``safe`` only when nothing was found; ``checked`` counts cells times readers."""

    breaches: tuple[Breach, ...]
    checked: int

    @property
    def safe(self) -> bool:
        return not self.breaches


@dataclass(frozen=True, slots=True)
class _Row:
    """sum(coefficient * cell) within [least, most] (None: no limit)."""

    terms: tuple[tuple[int, Fraction], ...]
    least: Fraction | None
    most: Fraction | None


@dataclass
class _World:
    """All a reader knows: bounds per cell and rows over cells."""

    ids: list[str]
    low: list[int | None]
    high: list[int | None]
    rows: list[_Row]
    groups: list[tuple[int, int]] = field(default_factory=list)


def audit(data: Mapping[str, Any]) -> AuditReport:
    """Attack one sdc-audit/1 document for the outsider and for every insider.

    ValueError or KeyError when the document is not in that format.
    """
    if data.get("format", FORMAT) != FORMAT:
        raise ValueError(f"not {FORMAT}")
    k = int(data["k"])
    wanted = data.get("must_contain") or (1, k)
    least, most = int(wanted[0]), int(wanted[1])
    breaches = list(_printed_small(data["cells"], k))
    checked = 0
    readers = [{"id": "", "knows": {}, "at_least": {}, "own": []}]
    readers += list(data.get("insiders") or [])
    for reader in readers:
        attack = _Attack(_world_of(data, reader), str(reader["id"]))
        own = set(reader.get("own") or []) | set(reader.get("knows") or {})
        sensitive = [
            str(cell["id"])
            for cell in data["cells"]
            if cell.get("value") is None
            and cell.get("sensitive", True)
            and str(cell["id"]) not in own
        ]
        checked += len(sensitive)
        breaches += attack.run(sensitive, (least, most), k)
    return AuditReport(tuple(breaches), checked)


def _printed_small(cells: Iterable[Mapping[str, Any]], k: int) -> Iterable[Breach]:
    """Numbers that should never have been printed, by the number itself or by the
    clients behind it."""
    for cell in cells:
        value, clients = cell.get("value"), cell.get("clients")
        if value and 1 <= (value if clients is None else clients) < k:
            yield Breach(str(cell["id"]), "printed", low=int(value), high=int(value))


def _world_of(data: Mapping[str, Any], reader: Mapping[str, Any]) -> _World:
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
    world = _World(ids, low, high, [])
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
    world: _World, relation: Mapping[str, Any], number: Mapping[str, int]
) -> None:
    if "sum" in relation:
        total = number[relation["sum"]]
        parts = [number[id] for id in relation["of"]]
        terms = [(total, Fraction(1)), *((part, Fraction(-1)) for part in parts)]
        world.rows.append(_Row(_merged(terms), Fraction(0), Fraction(0)))
        if relation.get("group"):
            world.groups += [(total, part) for part in parts]
        return
    terms = [(number[id], _exact(c)) for id, c in relation["coef"].items()]
    right, sense = _exact(relation["rhs"]), relation["sense"]
    if sense not in {"==", "<=", ">="}:
        raise ValueError(f"unknown sense {sense!r}")
    least = None if sense == "<=" else right
    most = None if sense == ">=" else right
    world.rows.append(_Row(_merged(terms), least, most))


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


class _Attack:
    """One reader against one world, part by part."""

    def __init__(self, world: _World, reader: str) -> None:
        self.world = world
        self.reader = reader
        self.place = {id: place for place, id in enumerate(world.ids)}
        self.part_of, members = _parts(world)
        self.parts = [_Part(world, cells) for cells in members]

    def run(
        self, sensitive: Sequence[str], wanted: tuple[int, int], k: int
    ) -> list[Breach]:
        wrong = [
            Breach(self.world.ids[part.cells[0]], "contradiction", self.reader)
            for part in self.parts
            if not part.possible()
        ]
        wrong += self._constants()
        if wrong:
            return wrong
        found = [self._judge(self.place[id], wanted) for id in sensitive]
        groups = [self._group(total, part, k) for total, part in self.world.groups]
        return [breach for breach in (*found, *groups) if breach is not None]

    def _constants(self) -> list[Breach]:
        """Rows in which everything is known, and do not hold."""
        known = [
            low if low is not None and low == high else None
            for low, high in zip(self.world.low, self.world.high, strict=True)
        ]
        return [
            Breach(self.world.ids[row.terms[0][0]], "contradiction", self.reader)
            for row in self.world.rows
            if row.terms
            and all(known[place] is not None for place, _ in row.terms)
            and not _within(row, sum(c * (known[p] or 0) for p, c in row.terms))
        ]

    def _judge(self, place: int, wanted: tuple[int, int]) -> Breach | None:
        part = self.part_of[place]
        if part is None:
            low, high = self.world.low[place], self.world.high[place]
            inside = (low is None or low <= wanted[0]) and (
                high is None or high >= wanted[1]
            )
            return None if inside else self._breach(place, low, high)
        attacked = self.parts[part]
        if attacked.reaches(place, wanted[0], down=True) and attacked.reaches(
            place, wanted[1], down=False
        ):
            return None
        low = attacked.extreme(place, down=True)
        high = attacked.extreme(place, down=False)
        misses = (low is not None and low > wanted[0]) or (
            high is not None and high < wanted[1]
        )
        if not misses:
            return Breach(self.world.ids[place], "unproven", self.reader, low, high)
        return self._breach(place, low, high)

    def _breach(self, place: int, low: int | None, high: int | None) -> Breach:
        kind = "exact" if low is not None and low == high else "narrow"
        return Breach(self.world.ids[place], kind, self.reader, low, high)

    def _group(self, total: int, part: int, k: int) -> Breach | None:
        """Whether ``part`` certainly holds nearly all of a total of at least k."""
        if self._low(total) < k:
            return None
        if self._spread(total, part):
            return None
        return Breach(self.world.ids[part], "group", self.reader)

    def _low(self, place: int) -> int:
        part = self.part_of[place]
        low = self.world.low[place] or 0
        if part is None:
            return low
        found = self.parts[part].extreme(place, down=True)
        return low if found is None else found

    def _spread(self, total: int, part: int) -> bool:
        """Whether a table exists with the part below its share of the total."""
        weights = {part: GROUP_SHARE.denominator, total: -GROUP_SHARE.numerator}
        where = self.part_of[part]
        if where is None:
            where = self.part_of[total]
        if where is None:
            return sum(w * (self.world.low[p] or 0) for p, w in weights.items()) < 0
        return self.parts[where].below_zero(weights)


def _within(row: _Row, value: Fraction | int) -> bool:
    return (row.least is None or value >= row.least) and (
        row.most is None or value <= row.most
    )


def _parts(world: _World) -> tuple[list[int | None], list[list[int]]]:
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


class _Part:
    """Cells that hang together: one model, and the tables seen so far."""

    def __init__(self, world: _World, cells: list[int]) -> None:
        self.world, self.cells = world, cells
        self.at = {place: column for column, place in enumerate(cells)}
        self.rows = [
            row for row in world.rows if any(p in self.at for p, _ in row.terms)
        ]
        self.models: dict[bool, Any] = {}
        self.least: list[int] = []
        self.most: list[int] = []

    def possible(self) -> bool:
        """Whether any whole table fits; the first one is kept."""
        return bool(self._look({}, whole=False) or self._look({}, whole=True))

    def reaches(self, place: int, value: int, *, down: bool) -> bool:
        """Whether a checked table has the cell at ``value`` or beyond."""
        column = self.at[place]
        for whole in (False, True):
            seen = self.least[column] <= value if down else self.most[column] >= value
            if seen:
                return True
            if not self._look({place: 1 if down else -1}, whole, (place, value, down)):
                continue
        return self.least[column] <= value if down else self.most[column] >= value

    def extreme(self, place: int, *, down: bool) -> int | None:
        """The end of the interval in whole numbers; None when open or not proven."""
        model = self._model(whole=True)
        self._aim(model, {place: 1 if down else -1})
        value = self._run(model)
        return None if value is None else round(value if down else -value)

    def below_zero(self, weights: Mapping[int, int]) -> bool:
        """Whether a table has a negative weighted sum (fixed cells count); a cell
        without any upper end can always make room."""
        here = {p: w for p, w in weights.items() if p in self.at}
        fixed = sum(
            w * (self.world.low[p] or 0) for p, w in weights.items() if p not in here
        )
        table = self._look(here, whole=True)
        if table is None:
            return any(
                w < 0 and self.extreme(p, down=False) is None for p, w in here.items()
            )
        return fixed + sum(w * table[self.at[p]] for p, w in here.items()) < 0

    def _look(
        self,
        weights: Mapping[int, int],
        whole: bool,
        stop: tuple[int, int, bool] | None = None,
    ) -> list[int] | None:
        """The table with the smallest weighted sum, checked exactly, or None."""
        model = self._model(whole)
        self._aim(model, weights)
        if stop is not None:
            self._clip(model, *stop)
        found = self._run(model)
        point = None if found is None else list(model.getSolution().col_value)
        if stop is not None:
            self._clip(model, stop[0], None, stop[2])
        return None if point is None else self._keep(point)

    def _keep(self, point: Sequence[float]) -> list[int] | None:
        """Remember a point when, rounded, it is a table that fits exactly."""
        table = [round(value) for value in point]
        if max(abs(v - w) for v, w in zip(point, table, strict=True)) > _NEARLY:
            return None
        if not self._fits(table):
            return None
        if not self.least:
            self.least, self.most = list(table), list(table)
        self.least = [min(a, b) for a, b in zip(self.least, table, strict=True)]
        self.most = [max(a, b) for a, b in zip(self.most, table, strict=True)]
        return table

    def _fits(self, table: Sequence[int]) -> bool:
        for place, value in zip(self.cells, table, strict=True):
            low, high = self.world.low[place], self.world.high[place]
            if (low is not None and value < low) or (high is not None and value > high):
                return False
        return all(
            _within(row, sum(c * self._value(p, table) for p, c in row.terms))
            for row in self.rows
        )

    def _value(self, place: int, table: Sequence[int]) -> int:
        column = self.at.get(place)
        return self.world.low[place] or 0 if column is None else table[column]

    def _range(self, place: int) -> tuple[float, float]:
        low, high = self.world.low[place], self.world.high[place]
        return (
            -highspy.kHighsInf if low is None else float(low),
            highspy.kHighsInf if high is None else float(high),
        )

    def _aim(self, model: Any, weights: Mapping[int, int]) -> None:
        everything = np.arange(len(self.cells), dtype=np.int32)
        cost = np.zeros(len(self.cells))
        for place, weight in weights.items():
            cost[self.at[place]] = weight
        model.changeColsCost(len(everything), everything, cost)

    def _clip(self, model: Any, place: int, value: int | None, down: bool) -> None:
        """No need to look further than ``value``; None restores the range."""
        low, high = self._range(place)
        if value is not None and down:
            low = max(low, min(value, high))
        elif value is not None:
            high = min(high, max(value, low))
        model.changeColBounds(self.at[place], low, high)

    def _run(self, model: Any) -> float | None:
        """The optimum, or None for whatever else happened."""
        if model.run() == highspy.HighsStatus.kError:
            return None
        if model.getModelStatus() != _OPTIMAL:
            return None
        return float(model.getInfo().objective_function_value)

    def _model(self, whole: bool) -> Any:
        if whole not in self.models:
            self.models[whole] = self._build(whole)
        return self.models[whole]

    def _build(self, whole: bool) -> Any:
        model: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        model.setOptionValue("output_flag", False)
        model.setOptionValue("threads", 1)
        model.setOptionValue("time_limit", 1e9)
        model.setOptionValue("mip_feasibility_tolerance", 1e-9)
        model.setOptionValue("mip_rel_gap", 0.0)
        model.setOptionValue("mip_max_nodes", 20000)
        for place in self.cells:
            model.addVar(*self._range(place))
        if whole:
            for column in range(len(self.cells)):
                model.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        for row in self.rows:
            inside = [(self.at[p], c) for p, c in row.terms if p in self.at]
            rest = sum(
                c * (self.world.low[p] or 0) for p, c in row.terms if p not in self.at
            )
            model.addRow(
                -highspy.kHighsInf if row.least is None else float(row.least - rest),
                highspy.kHighsInf if row.most is None else float(row.most - rest),
                len(inside),
                np.array([column for column, _ in inside], dtype=np.int32),
                np.array([float(c) for _, c in inside]),
            )
        return model
