"""Capacity cuts: which sets of withheld cells can protect at all.

For every need, any multipliers on the equations give a valid inequality over the
0/1 choices (Fischetti and Salazar): the withheld cells must together leave enough
room. ``Separator`` finds the ones a given choice breaks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from privacy.disclosure.effort import Budget, Effort
from privacy.disclosure.moves import limits_of, matrix_of
from privacy.disclosure.problem import Need, Problem
from privacy.disclosure.solver import Floats, Ints, Model

_BROKEN = 1e-6
_NOISE = 1e-7


@dataclass(frozen=True)
class Cut:
    """value . z[index] >= least, over open cells only."""

    index: Ints
    value: Floats
    least: float


class Separator:
    """Attacker problems of one ``Problem``, kept warm between choices."""

    def __init__(self, problem: Problem, forced: Sequence[int], effort: Effort) -> None:
        self.problem = problem
        self.size = len(problem.cells)
        limits = limits_of(problem)
        self._down, self._up = np.array(limits.down, float), np.array(limits.up, float)
        (start, index, value), rows = matrix_of(problem, range(self.size), both=False)
        self._start, self._row, self._value = start, index, value
        self._column = np.repeat(np.arange(self.size), np.diff(start))
        nothing, level = np.zeros(self.size), np.zeros(rows)
        self._model = Model(
            (nothing, nothing, nothing),
            (level, level),
            (start, index, value),
            maximize=True,
            effort=effort,
        )
        self._given = np.zeros(self.size, dtype=bool)
        self._given[list(forced)] = True
        self._known = [
            np.array(sorted(insider.own), dtype=np.int64)
            for insider in problem.insiders
        ]

    def broken(
        self, choice: Floats, needs: Sequence[Need], spread: float, budget: Budget
    ) -> list[Cut | None]:
        """Per need the cut that ``choice`` breaks, or None when it breaks none; the
        list is shorter when time ends.

        ``spread`` is added to every choice while looking, which gives cuts that
        cut deeper; an empty cut means that nothing can meet the need.
        """
        found: list[Cut | None] = []
        looked: int | None = None
        for need in needs:
            if budget.left() <= 0:
                break
            if looked != need.reader:
                self._set_room(np.minimum(1.0, choice + spread), need.reader)
                looked = need.reader
            found.append(self._cut(choice, need))
        return found

    def _set_room(self, choice: Floats, reader: int) -> None:
        share = choice.copy()
        if reader >= 0:
            share[self._known[reader]] = 0.0
        self._model.set_bounds(-share * self._down, share * self._up)

    def _cut(self, choice: Floats, need: Need) -> Cut | None:
        self._model.set_cost(need.cell, float(need.sign))
        point = self._model.solve()
        multipliers = self._model.duals()
        self._model.set_cost(need.cell, 0.0)
        if point is None:
            return None
        pull = np.zeros(self.size)
        np.subtract.at(pull, self._column, self._value * multipliers[self._row])
        pull[need.cell] += need.sign
        room = np.maximum(pull, 0.0) * self._up + np.maximum(-pull, 0.0) * self._down
        if need.reader >= 0:
            room[self._known[need.reader]] = 0.0
        room = np.minimum(room, float(need.amount))
        room[room < _NOISE] = 0.0
        least = float(need.amount) - float(room[self._given].sum())
        if least <= _BROKEN:
            return None
        room = np.where(self._given, 0.0, np.minimum(room, least))
        if float(room @ choice) >= least - _BROKEN:
            return None
        index = np.flatnonzero(room).astype(np.int32)
        return Cut(index, room[index], least)
