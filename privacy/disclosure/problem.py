"""The question in whole numbers: which cells must stay hidden from whom.

Everything a reader can reason about is a cell: printed, withheld or never shown.
A sensitive cell gives a need per side and per reader: a table that adds up, agrees
with all that is printed (and with all an insider knows) and puts the cell at its
``low`` or at its ``high``. Cells are ordered by id, so the order in which they were
handed in, and their values, decide nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

LEVEL_BASE: Final = 8


class State(Enum):
    """What is already decided about a cell."""

    OPEN = "may be printed or withheld"
    PRINTED = "printed earlier or known to everybody: stays known"
    WITHHELD = "withheld earlier: stays withheld"
    HIDDEN = "never displayed"


@dataclass(frozen=True, slots=True)
class Cell:
    """One unknown of the reader. ``floor``: the least he may assume of it.

    When ``sensitive``, tables must exist with the cell at <= ``low`` and >= ``high``.
    """

    id: str
    count: int
    state: State
    weight: int = 1
    floor: int = 0
    sensitive: bool = False
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Insider:
    """A reader who knows some cells exactly; those are his own business, and so are
    the ``excused`` ones (sums in which what he knows is a part)."""

    id: str
    own: frozenset[int]
    excused: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Need:
    """``cell`` must be able to move by ``amount`` in direction ``sign``.

    ``reader`` is -1 for the outsider, else the index of an insider.
    """

    cell: int
    sign: int
    amount: int
    reader: int = -1


Row = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Problem:
    """Cells, equations (sum of coefficient times cell is zero), readers, needs."""

    cells: tuple[Cell, ...]
    rows: tuple[Row, ...]
    insiders: tuple[Insider, ...] = ()
    rows_of: tuple[tuple[tuple[int, int], ...], ...] = field(init=False, repr=False)
    needs: tuple[Need, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        rows_of: list[list[tuple[int, int]]] = [[] for _ in self.cells]
        for number, row in enumerate(self.rows):
            for index, coefficient in row:
                rows_of[index].append((number, coefficient))
        object.__setattr__(self, "rows_of", tuple(map(tuple, rows_of)))
        object.__setattr__(self, "needs", tuple(self._needs()))

    def _needs(self) -> Iterable[Need]:
        readers = [(-1, frozenset[int]())]
        readers.extend((n, i.own | i.excused) for n, i in enumerate(self.insiders))
        for index, cell in enumerate(self.cells):
            if not cell.sensitive:
                continue
            for reader, own in readers:
                if index in own:
                    continue
                if cell.high > cell.count:
                    yield Need(index, 1, cell.high - cell.count, reader)
                if cell.low < cell.count:
                    yield Need(index, -1, cell.count - cell.low, reader)

    def known_to(self, reader: int) -> frozenset[int]:
        """Cells this reader knows besides what is printed."""
        return frozenset() if reader < 0 else self.insiders[reader].own

    def contradictions(self) -> list[str]:
        """What no true table could show; empty when the numbers are consistent."""
        found = []
        for cell in self.cells:
            if cell.count < cell.floor and cell.state is not State.PRINTED:
                found.append(f"{cell.id}: kleiner dan wat een lezer mag aannemen")
        for row in self.rows:
            if sum(c * self.cells[index].count for index, c in row):
                found.append(f"{self.cells[row[0][0]].id}: de delen tellen niet op")
        return found


def is_sensitive(count: int, clients: int, k: int) -> bool:
    """The rule: some clients, but fewer than k."""
    return count > 0 and 1 <= clients < k


def targets(
    count: int, k: int, must_contain: tuple[int, int] | None, width: int, floor: int
) -> tuple[int, int]:
    """Where the interval of a sensitive cell has to reach: (low, high).

    A count below ``k`` needs the whole of ``must_contain``; a larger one (few
    clients with many kwesties) needs ``width`` to both sides, as far as the least a
    reader may assume (``floor``). Without ``must_contain`` all cells need ``width``.
    """
    if must_contain is not None and count < k:
        return must_contain
    return max(floor, count - width), count + width


def level_weights(ids: Iterable[str], sums: Mapping[str, set[str]]) -> dict[str, int]:
    """A weight per cell from its place in the sums alone, never from its value.

    ``sums`` gives for every sum the cells it is made of. A cell that is never a sum
    weighs 1; a sum weighs 8 times as much as its heaviest part, three levels up at
    most.
    """
    level: dict[str, int] = {}

    def level_of(id: str, seen: frozenset[str]) -> int:
        if id in level:
            return level[id]
        parts = sums.get(id, set()) - seen
        inner = seen | {id}
        found = max((level_of(part, inner) + 1 for part in sorted(parts)), default=0)
        level[id] = min(found, 3)
        return level[id]

    return {id: int(LEVEL_BASE ** level_of(id, frozenset())) for id in ids}


def sum_row(total: int, parts: Sequence[int]) -> Row:
    """total - sum(parts) == 0."""
    return ((total, 1), *((part, -1) for part in parts))
