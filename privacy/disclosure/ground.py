"""What is withheld at this moment of the search, and what each cell would cost.

Kept up to date cell by cell, so that a step costs what it touches and not the size
of the table.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np

from privacy.disclosure.problem import Problem, State
from privacy.disclosure.solver import Floats

NEVER: Final = float("inf")
TINY: Final = 0.001


class Ground:
    """Prices per cell: next to nothing when a reader does not know the cell already,
    its weight when it could be withheld, infinite when it is printed for good."""

    def __init__(self, problem: Problem, withheld: Iterable[int]) -> None:
        self.problem = problem
        self.price: list[float] = [
            {
                State.HIDDEN: TINY,
                State.OPEN: float(cell.weight),
                State.WITHHELD: NEVER,
                State.PRINTED: NEVER,
            }[cell.state]
            for cell in problem.cells
        ]
        self.prices: Floats = np.array(self.price)
        self.free_in_row: list[list[int]] = [[] for _ in problem.rows]
        self.withheld: set[int] = set()
        for index, cell in enumerate(problem.cells):
            if cell.state is State.HIDDEN:
                self._join(index)
        for index in sorted(withheld):
            self.hold(index)

    def hold(self, index: int) -> None:
        """Withhold a cell from now on."""
        if index in self.withheld:
            return
        self.withheld.add(index)
        self.price[index] = TINY
        self.prices[index] = TINY
        self._join(index)

    def let_go(self, index: int) -> None:
        """Print a cell again."""
        self.withheld.discard(index)
        weight = float(self.problem.cells[index].weight)
        self.price[index] = weight
        self.prices[index] = weight
        for row, _ in self.problem.rows_of[index]:
            self.free_in_row[row].remove(index)

    def _join(self, index: int) -> None:
        for row, _ in self.problem.rows_of[index]:
            self.free_in_row[row].append(index)
