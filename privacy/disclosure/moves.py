"""Cheapest second tables: how a reader's doubt about one cell can be bought.

A move is a difference from the true table that adds up. A ``Mover`` looks for one
that takes a cell where a need wants it, at the lowest cost in cells that are not
withheld yet. Every answer is a whole-number move; what it is worth is decided by
``certificates``.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from privacy.disclosure.effort import COLUMN, EDGE, Clock, Effort
from privacy.disclosure.flows import Flows
from privacy.disclosure.ground import TINY, Ground
from privacy.disclosure.problem import Need, Problem, State
from privacy.disclosure.solver import Floats, Ints, Model, SolverFailed
from privacy.disclosure.windows import Window

WHOLE: Final = 1000
NODES: Final = 200
_NEARLY: Final = 1e-6


@dataclass(frozen=True)
class Limits:
    """How far each cell may move down and up, in whole numbers."""

    down: list[int]
    up: list[int]


def limits_of(problem: Problem, reach: int = 0) -> Limits:
    """Room per cell; nobody needs much more swing than the largest need (or than
    ``reach``, for a move that is no need of the problem)."""
    largest = max((need.amount for need in problem.needs), default=1)
    cap = max(20, 3 * largest, 2 * reach)
    down, up = [], []
    for cell in problem.cells:
        known = cell.state is State.PRINTED
        down.append(0 if known else min(max(cell.count - cell.floor, 0), cap))
        up.append(0 if known else cap)
    return Limits(down, up)


def matrix_of(
    problem: Problem, columns: Sequence[int], *, both: bool
) -> tuple[tuple[Ints, Ints, Floats], int]:
    """Equations over ``columns`` by column; ``both``: once more with the sign turned.

    Returns (start, index, value) and the number of equations.
    """
    number: dict[int, int] = {}
    start, index, value = [0], list[int](), list[float]()
    for column in columns:
        for row, coefficient in problem.rows_of[column]:
            index.append(number.setdefault(row, len(number)))
            value.append(float(coefficient))
        start.append(len(index))
    if both:
        start += [len(index) + place for place in start[1:]]
        index += index
        value += [-each for each in value]
    arrays = (
        np.array(start, dtype=np.int32),
        np.array(index, dtype=np.int32),
        np.array(value, dtype=np.float64),
    )
    return arrays, len(number)


@dataclass(frozen=True)
class _Task:
    """One linear program: columns with bounds on up and down moves, and prices."""

    columns: Sequence[int]
    lower: Floats
    upper: Floats
    price: Floats


class Mover:
    """Finds moves in one problem; keeps its model warm when the problem is small."""

    def __init__(
        self, problem: Problem, reach: int = 0, effort: Effort | None = None
    ) -> None:
        self.problem = problem
        self.effort: Effort = Clock() if effort is None else effort
        self.size = len(problem.cells)
        limits = limits_of(problem, reach)
        self._down, self._up = np.array(limits.down, float), np.array(limits.up, float)
        self._flows = Flows(problem, limits.down, limits.up, self.effort)
        self._window = Window(problem, limits.down)
        self._all = list(range(self.size))
        self._warm = self._split(self._all) if self.size <= WHOLE else None
        self.impossible = False

    def certificate(
        self, need: Need, ground: Ground, ban: int = -1
    ) -> dict[int, int] | None:
        """A move for ``need`` within the withheld and hidden cells, or None."""
        closed = {*self.problem.known_to(need.reader), ban}
        found = self._flows.route(need, ground, closed, buy=False)
        if found is None:
            found = self._search(need, ground, closed, (60, 250), buy=False)
        return found

    def repair(self, need: Need, ground: Ground) -> dict[int, int] | None:
        """A cheap move for ``need``, open cells at their weight, or None."""
        closed = self.problem.known_to(need.reader)
        if self._warm is None:
            found = self._flows.route(need, ground, closed, buy=True)
            if found is not None:
                return found
        sizes = (120, 1200, self.size)
        return self._search(need, ground, closed, sizes, buy=True)

    def quick(self, need: Need, ground: Ground) -> dict[int, int] | None:
        """As ``certificate``, without a linear program."""
        closed = self.problem.known_to(need.reader)
        return self._flows.route(need, ground, closed, buy=False)

    @property
    def small(self) -> bool:
        return self._warm is not None

    def _split(self, columns: Sequence[int]) -> Model:
        """A model with each move as up minus down, both >= 0."""
        matrix, rows = matrix_of(self.problem, columns, both=True)
        nothing = np.zeros(2 * len(columns))
        level = np.zeros(rows)
        return Model(
            (nothing, nothing, nothing), (level, level), matrix, effort=self.effort
        )

    def _search(
        self,
        need: Need,
        ground: Ground,
        closed: Collection[int],
        sizes: Sequence[int],
        *,
        buy: bool,
    ) -> dict[int, int] | None:
        self.impossible = False
        if self._warm is not None:
            return self._solve(self._warm, self._all, need, ground, closed, buy=buy)
        last = 0
        for size in sizes:
            columns = self._window.around(need, ground, closed, size, buy=buy)
            self.effort.add(EDGE * 20 * len(columns))
            if len(columns) == last:
                break
            last = len(columns)
            model = self._split(columns)
            found = self._solve(model, columns, need, ground, closed, buy=buy)
            if found is not None:
                return found
        return None

    def _solve(
        self,
        model: Model,
        columns: Sequence[int],
        need: Need,
        ground: Ground,
        closed: Collection[int],
        *,
        buy: bool,
    ) -> dict[int, int] | None:
        """Two tries: as a linear program, and in whole numbers when that is broken."""
        task = self._task(columns, need, ground, closed, buy=buy)
        if task is None:
            self.impossible = True
            return None
        self._set(model, task)
        point = model.solve()
        if point is None:
            self.impossible = buy and len(columns) == self.size and model.infeasible
            return None
        found = self._whole_move(point, columns)
        return self._in_integers(task) if found is None else found

    def _task(
        self,
        columns: Sequence[int],
        need: Need,
        ground: Ground,
        closed: Collection[int],
        *,
        buy: bool,
    ) -> _Task | None:
        """None when the cell itself cannot move that far."""
        self.effort.add(EDGE * 200 + COLUMN * len(columns))
        price = ground.prices[columns]
        free = np.isfinite(price) if buy else price <= TINY
        free &= ~np.isin(columns, list(closed))
        up = np.where(free, self._up[columns], 0.0)
        down = np.where(free, self._down[columns], 0.0)
        lower, upper = np.zeros(2 * len(columns)), np.concatenate([up, down])
        at = columns.index(need.cell)
        this, other = at, at + len(columns)
        if need.sign < 0:
            this, other = other, this
        if upper[this] < need.amount:
            return None
        lower[this] = upper[this] = float(need.amount)
        upper[other] = 0.0
        price = np.where(free, price, 0.0)
        return _Task(columns, lower, upper, np.concatenate([price, price]))

    def _set(self, model: Model, task: _Task) -> None:
        model.set_bounds(task.lower, task.upper)
        model.set_costs(task.price)

    def _in_integers(self, task: _Task) -> dict[int, int] | None:
        model = self._split(task.columns)
        self._set(model, task)
        model.make_integer(range(2 * len(task.columns)))
        model.set_nodes(NODES)
        try:
            point = model.solve()
        except SolverFailed:
            return None
        if point is None:
            point = model.incumbent()
        return None if point is None else self._whole_move(point, task.columns)

    def _whole_move(
        self, point: Floats, columns: Sequence[int]
    ) -> dict[int, int] | None:
        move = point[: len(columns)] - point[len(columns) :]
        whole = np.rint(move)
        if np.abs(move - whole).max(initial=0.0) > _NEARLY:
            return None
        found = {columns[int(i)]: int(whole[i]) for i in np.flatnonzero(whole)}
        sums: dict[int, int] = {}
        for column, amount in found.items():
            for row, coefficient in self.problem.rows_of[column]:
                sums[row] = sums.get(row, 0) + coefficient * amount
        return None if any(sums.values()) else found
