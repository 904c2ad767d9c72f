"""The cells near a sensitive one: where a second table is looked for first.

Nearness is walked over shared equations, cell by cell and direction by direction;
a cell may be entered downwards only when it has something to give.
"""

import heapq
from collections.abc import Collection, Iterable

from privacy.disclosure.ground import NEVER, Ground
from privacy.disclosure.problem import Need, Problem

_State = tuple[float, int, int]


class Window:
    """Neighbourhoods in one problem; ``down`` is the room below each cell."""

    def __init__(self, problem: Problem, down: list[int]) -> None:
        self._rows = problem.rows
        self._signs = [dict(row) for row in problem.rows]
        self._rows_of = problem.rows_of
        self._down = down

    def around(
        self,
        need: Need,
        ground: Ground,
        closed: Collection[int],
        size: int,
        *,
        buy: bool,
    ) -> list[int]:
        """About ``size`` cells, the cheapest to reach from the cell of ``need``,
        sorted; with ``buy`` also open ones."""
        queue: list[_State] = [(0.0, need.cell, need.sign)]
        done: set[tuple[int, int]] = set()
        balanced: set[tuple[int, bool]] = set()
        chosen: set[int] = set()
        while queue and len(chosen) < size:
            distance, cell, sign = heapq.heappop(queue)
            if (cell, sign) in done:
                continue
            done.add((cell, sign))
            chosen.add(cell)
            for row, coefficient in self._rows_of[cell]:
                effect = sign * coefficient
                if (row, effect > 0) in balanced:
                    continue
                balanced.add((row, effect > 0))
                for step in self._steps(row, effect, ground, need.amount, buy):
                    if step[1:] not in done and step[1] not in closed:
                        heapq.heappush(queue, (distance + step[0], *step[1:]))
        return sorted(chosen)

    def _steps(
        self, row: int, effect: int, ground: Ground, amount: int, buy: bool
    ) -> Iterable[_State]:
        """The cells that can make up for ``effect`` in ``row``, with their price."""
        signs = self._signs[row]
        for other in signs if buy else ground.free_in_row[row]:
            price = ground.price[other]
            if price == NEVER:
                continue
            sign = -1 if (effect > 0) == (signs[other] > 0) else 1
            room = self._down[other]
            if sign < 0 and room < 1:
                continue
            scarce = 1.5 if sign < 0 and room < amount else 1.0
            yield price * scarce + 0.05, other, sign
