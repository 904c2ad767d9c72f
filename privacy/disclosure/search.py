"""The search for the pattern that loses least, with a proven bound.

A heuristic gives a certified pattern; cutting planes with an integer master push
the bound up and every integer answer of the master is repaired to a certified
pattern. Whenever time ends, the best certified pattern stands.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import numpy as np

from privacy.disclosure.certificates import Certificate, unmet
from privacy.disclosure.cuts import Cut, Separator
from privacy.disclosure.effort import Budget
from privacy.disclosure.moves import Mover
from privacy.disclosure.pattern import Pattern, loss_of
from privacy.disclosure.problem import Need, Problem, State
from privacy.disclosure.solver import INFINITY, Floats, Model, SolverFailed

EXACT_CELLS: Final = 1500
_PASSIVE_ROUNDS: Final = 3


@dataclass(frozen=True)
class Found:
    """A pattern and its proof. ``unmet`` is empty when it may be released.

    ``loss`` is its weight, ``bound`` what any safe pattern loses at least;
    ``impossible``: no pattern at all can meet these needs.
    """

    withheld: frozenset[int]
    certificates: dict[Need, Certificate]
    loss: int
    bound: int
    unmet: tuple[Need, ...]
    impossible: bool


def find_pattern(
    problem: Problem, budget: Budget, first: Budget, *, best: bool = True
) -> Found:
    """The best certified pattern of a problem within the budget; with ``best`` off
    the first one, tidied up. ``first``: the budget of that first one."""
    mover = Mover(problem, effort=budget.effort)
    pattern = Pattern(mover, ())
    safe = pattern.complete(first)
    if safe:
        pattern.tidy(budget.part(0.3))
    bound = loss_of(problem, pattern.forced)
    exact = best and safe and len(problem.cells) <= EXACT_CELLS and pattern.loss > bound
    if exact:
        # The certified pattern stands when the solver fails halfway.
        with suppress(SolverFailed):
            pattern, bound = Cutting(mover, pattern, bound).run(budget)
    return found_from(pattern, bound)


def found_from(pattern: Pattern, bound: int) -> Found:
    """Check the certificates of a pattern, in integers, and take stock."""
    open_needs = unmet(pattern.problem, pattern.withheld, pattern.certificates)
    return Found(
        frozenset(pattern.withheld),
        pattern.certificates,
        pattern.loss,
        min(bound, pattern.loss),
        tuple(open_needs),
        bool(pattern.impossible),
    )


class Cutting:
    """Master program over 0/1 choices, fed with cuts and repaired patterns."""

    def __init__(self, mover: Mover, start: Pattern, bound: int) -> None:
        self.mover = mover
        self.problem = mover.problem
        self.best = start
        self.bound = bound
        self.base = bound
        size = len(self.problem.cells)
        given = np.array(
            [
                cell.state is State.HIDDEN or index in start.forced
                for index, cell in enumerate(self.problem.cells)
            ]
        )
        self.free = ~given & np.array(
            [cell.state is State.OPEN for cell in self.problem.cells]
        )
        weight = np.array([float(cell.weight) for cell in self.problem.cells])
        effort = mover.effort
        fixed = np.flatnonzero(given).tolist()
        self.separator = Separator(self.problem, fixed, effort)
        self.master = Model(
            (np.where(given, 0.0, weight), given * 1.0, (given | self.free) * 1.0),
            (np.zeros(0), np.zeros(0)),
            (
                np.zeros(size + 1, dtype=np.int32),
                np.zeros(0, dtype=np.int32),
                np.zeros(0),
            ),
            effort=effort,
        )
        self.needs = sorted(
            self.problem.needs, key=lambda n: (n.reader, n.cell, n.sign)
        )
        self.idle = dict.fromkeys(self.needs, 0)

    def run(self, budget: Budget) -> tuple[Pattern, int]:
        """Cut until the bound meets the best pattern or time ends."""
        if self._relax(budget.part(0.6)):
            self.master.make_integer(np.flatnonzero(self.free).tolist())
            self.master.set_gap(1e-6)
            while budget.left() > 0 and self.bound < self.best.loss:
                if not self._step(budget):
                    break
        return self.best, self.bound

    def _relax(self, budget: Budget) -> bool:
        """Cuts on the linear relaxation; False when time ended first."""
        while budget.left() > 0:
            choice = self.master.solve(budget.left())
            if choice is None:
                return False
            self._raise_bound(self.master.objective())
            if self.bound >= self.best.loss:
                return False
            active = [n for n in self.needs if self.idle[n] < _PASSIVE_ROUNDS]
            added = self._add(self._look(choice, active, 1e-4, budget))
            if not added and len(active) < len(self.needs):
                self.idle = dict.fromkeys(self.needs, 0)
                added = self._add(self._look(choice, self.needs, 1e-4, budget))
            if not added:
                self._guided(choice, budget)
                return True
        return True

    def _guided(self, choice: Floats, budget: Budget) -> None:
        """A pattern that follows the linear relaxation: what it half withholds is
        taken first, the rest is bought where needed."""
        for share in (0.5, 0.2):
            likely = self.free & (choice > share)
            self._improve({int(i) for i in np.flatnonzero(likely)}, budget)

    def _look(
        self, choice: Floats, needs: Sequence[Need], spread: float, budget: Budget
    ) -> list[Cut]:
        clipped = np.clip(choice, 0.0, 1.0)
        cuts = self.separator.broken(clipped, needs, spread, budget)
        for need, cut in zip(needs, cuts, strict=False):
            self.idle[need] = self.idle[need] + 1 if cut is None else 0
        return [cut for cut in cuts if cut is not None]

    def _add(self, cuts: Sequence[Cut]) -> bool:
        for cut in cuts:
            self.master.add_row(cut.least, cut.index, cut.value)
        return bool(cuts)

    def _raise_bound(self, value: float) -> None:
        """Weights are whole, so a proven bound may be rounded up."""
        if value < INFINITY:
            self.bound = max(self.bound, self.base + int(np.ceil(value - 1e-6)))

    def _step(self, budget: Budget) -> bool:
        """One integer round; False when there is nothing more to gain."""
        choice = self.master.solve(budget.left())
        proven = choice is not None
        self._raise_bound(self.master.bound())
        choice = choice if proven else self.master.incumbent()
        if choice is None:
            return False
        chosen = {int(i) for i in np.flatnonzero(self.free & (choice > 0.5))}
        if self._improve(chosen, budget):
            return proven
        rounded = np.where(self.free, np.rint(choice), np.clip(choice, 0.0, 1.0))
        cuts = self._look(rounded, self.needs, 0.0, budget)
        cuts += self._look(rounded, self.needs, 0.02, budget)
        if not cuts and budget.left() > 0:
            cuts = [self._another(chosen)]
        return self._add(cuts) and proven

    def _improve(self, chosen: set[int], budget: Budget) -> bool:
        """Repair the master's choice to a certified pattern; True when it needed
        no repair, so that it settles the bound."""
        pattern = Pattern(self.mover, chosen)
        if not pattern.complete(budget):
            return False
        whole = pattern.withheld == pattern.forced | chosen
        pattern.tidy(budget.part(0.2))
        if pattern.loss < self.best.loss:
            self.best = pattern
        return whole

    def _another(self, chosen: set[int]) -> Cut:
        """The choice meets all linear needs and fails in whole numbers: so does
        every smaller one, and at least one other cell must be withheld."""
        others = [i for i in np.flatnonzero(self.free) if int(i) not in chosen]
        index = np.array(others, dtype=np.int32)
        return Cut(index, np.ones(len(others)), 1.0)
