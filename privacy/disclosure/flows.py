"""Second tables as flows: the quick way where every cell has two equations.

In a two-way table a move is a circulation: what goes into a row through one cell
leaves it through another. Cheapest paths are pushed one after the other. Cells with
more than two equations are left to the linear program; the result is checked.
"""

import heapq
from collections.abc import Collection, Iterable
from typing import Final

from privacy.disclosure.effort import EDGE, Effort
from privacy.disclosure.ground import NEVER, TINY, Ground
from privacy.disclosure.problem import Need, Problem
from privacy.disclosure.redundancy import rows_that_count

_Node = tuple[int, bool]
_Step = tuple[_Node, int, int]
PATIENCE: Final = 3000
_NOWHERE: Final = (-1, 1)


class Flows:
    """Paths through the equations of one problem; ``down``/``up``: room per cell."""

    def __init__(
        self, problem: Problem, down: list[int], up: list[int], effort: Effort
    ) -> None:
        self._effort = effort
        kept = rows_that_count(problem)
        self._all_rows_of = problem.rows_of
        self._rows_of = [
            tuple((row, sign) for row, sign in rows if kept[row])
            for rows in problem.rows_of
        ]
        self._beyond = [_sides(rows) for rows in self._rows_of]
        self._down, self._up = down, up
        self._sign = [dict(row) for row in problem.rows]

    def route(
        self, need: Need, ground: Ground, closed: Collection[int], *, buy: bool
    ) -> dict[int, int] | None:
        """A move for ``need``; with ``buy`` open cells may be used at their price.

        ``closed`` cells may not move. None when no path is found, which proves
        nothing.
        """
        rows = self._rows_of[need.cell]
        if need.cell in closed or not 1 <= len(rows) <= 2:
            return None
        room = self._up if need.sign > 0 else self._down
        if room[need.cell] < need.amount:
            return None
        moves = {need.cell: need.sign * need.amount}
        start = (rows[0][0], need.sign * rows[0][1] > 0)
        goal = (rows[1][0], need.sign * rows[1][1] < 0) if len(rows) == 2 else None
        left = need.amount
        while left:
            path = self._path(start, goal, need.cell, moves, ground, closed, buy)
            if path is None:
                return None
            left -= self._push(path, moves, left)
        return self._checked(moves)

    def _path(  # noqa: C901
        self,
        start: _Node,
        goal: _Node | None,
        own: int,
        moves: dict[int, int],
        ground: Ground,
        closed: Collection[int],
        buy: bool,
    ) -> list[tuple[int, int]] | None:
        """The cheapest steps (cell, direction) that undo the imbalance of a row."""
        best: dict[_Node, float] = {start: 0.0}
        before: dict[_Node, _Step] = {}
        queue: list[tuple[float, _Node]] = [(0.0, start)]
        patience = PATIENCE
        while queue and patience:
            patience -= 1
            distance, node = heapq.heappop(queue)
            if distance > best[node]:
                continue
            if node == goal:
                return _steps_to(node, start, before)
            for cell, direction in self._exits(node, own, moves, ground, buy):
                if cell in closed:
                    continue
                price = TINY if cell in moves else ground.price[cell]
                side = self._beyond[cell].get(node[0])
                if side is None:
                    continue
                if side == _NOWHERE:
                    if goal is None:
                        return [*_steps_to(node, start, before), (cell, direction)]
                    continue
                other = (side[0], direction * side[1] > 0)
                if distance + price < best.get(other, NEVER):
                    best[other] = distance + price
                    before[other] = (node, cell, direction)
                    heapq.heappush(queue, (best[other], other))
        return None

    def _exits(
        self, node: _Node, own: int, moves: dict[int, int], ground: Ground, buy: bool
    ) -> Iterable[tuple[int, int]]:
        """Cells of a row that can take away its imbalance, with the direction."""
        row, positive = node
        signs = self._sign[row]
        cells = signs if buy else ground.free_in_row[row]
        self._effort.add(EDGE * (len(cells) + 3))
        for cell in cells:
            if cell == own or (buy and ground.price[cell] == NEVER):
                continue
            direction = -1 if positive == (signs[cell] > 0) else 1
            moved = moves.get(cell, 0)
            room = self._up[cell] - moved if direction > 0 else self._down[cell] + moved
            if room > 0:
                yield cell, direction

    def _push(
        self, path: list[tuple[int, int]], moves: dict[int, int], left: int
    ) -> int:
        amount = left
        for cell, direction in path:
            moved = moves.get(cell, 0)
            room = self._up[cell] - moved if direction > 0 else self._down[cell] + moved
            amount = min(amount, room)
        for cell, direction in path:
            moves[cell] = moves.get(cell, 0) + direction * amount
        return amount

    def _checked(self, moves: dict[int, int]) -> dict[int, int] | None:
        sums: dict[int, int] = {}
        for cell, move in moves.items():
            if not -self._down[cell] <= move <= self._up[cell]:
                return None
            for row, sign in self._all_rows_of[cell]:
                sums[row] = sums.get(row, 0) + sign * move
        if any(sums.values()):
            return None
        return {cell: move for cell, move in moves.items() if move}


def _sides(rows: tuple[tuple[int, int], ...]) -> dict[int, tuple[int, int]]:
    """From each equation of a cell to the other one; empty for a cell with more
    than two, ``_NOWHERE`` for a cell with one."""
    if len(rows) == 1:
        return {rows[0][0]: _NOWHERE}
    if len(rows) == 2:
        return {rows[0][0]: rows[1], rows[1][0]: rows[0]}
    return {}


def _steps_to(
    node: _Node, start: _Node, before: dict[_Node, _Step]
) -> list[tuple[int, int]]:
    steps = []
    while node != start:
        node, cell, direction = before[node]
        steps.append((cell, direction))
    return steps[::-1]
