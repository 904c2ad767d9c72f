"""Group disclosure: a total in which (nearly) everybody has the same.

Withholding does not help as long as a reader can prove it: either he can think of a
table in which the part is less than 90% of the total, or the total or the split has
to go. Only for relations marked ``group`` (the parts say something about a person).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from privacy.disclosure.certificates import is_possible
from privacy.disclosure.ground import Ground
from privacy.disclosure.ledger import Ledger, qualified
from privacy.disclosure.moves import Mover
from privacy.disclosure.problem import Need, Problem
from privacy.disclosure.solution import Solution
from privacy.disclosure.tables import CountTable

SHARE: Final = (9, 10)


@dataclass(frozen=True, slots=True)
class Spread:
    """A table in which ``part`` is less than 90% of ``total``: the true one plus
    ``moves`` (by cell index); ``need`` is what was asked for to get there."""

    part: str
    total: str
    need: Need
    moves: Mapping[int, int]


def crowded_parts(
    table: CountTable, ledger: Ledger, problem: Problem, solution: Solution
) -> tuple[list[str], list[Spread]]:
    """Ids of parts that provably hold at least 90% of their total; for the other
    parts that truly do, the table that leaves room for doubt."""
    number = {cell.id: index for index, cell in enumerate(problem.cells)}
    ground = Ground(problem, solution.withheld)
    crowded: list[str] = []
    spread: list[Spread] = []
    for total, part in group_pairs(table, ledger):
        if total not in number or part not in number:
            continue
        if not is_crowded(problem, number[total], number[part], {}):
            continue
        found = _doubt(problem, ground, number[total], number[part])
        if found is None:
            crowded.append(part)
        else:
            spread.append(found)
    return crowded, spread


def group_pairs(table: CountTable, ledger: Ledger) -> Iterable[tuple[str, str]]:
    """(total, part) of every relation marked ``group``, with qualified ids."""
    for relation in table.relations:
        if relation.group:
            total = qualified(table.naam, relation.total)
            for part in relation.parts:
                yield total, qualified(table.naam, part)
    for relation in ledger.relations:
        if relation.group:
            for part in relation.parts:
                yield relation.total, part


def is_crowded(
    problem: Problem, total: int, part: int, moves: Mapping[int, int]
) -> bool:
    """Whether the part holds 90% or more of a total that is not empty, in the true
    table plus ``moves``."""
    share, whole = SHARE
    most = problem.cells[total].count + moves.get(total, 0)
    inside = problem.cells[part].count + moves.get(part, 0)
    return most > 0 and whole * inside >= share * most


def _doubt(problem: Problem, ground: Ground, total: int, part: int) -> Spread | None:
    """A table, withheld and hidden cells only, with less in the part or more in the
    total; None when there is none."""
    share, whole = SHARE
    most, inside = problem.cells[total].count, problem.cells[part].count
    down = (whole * inside - share * most) // whole + 1
    up = (whole * inside - share * most) // share + 1
    mover = Mover(problem, max(down, up))
    for need in (Need(part, -1, down), Need(total, 1, up)):
        moves = mover.certificate(need, ground)
        if moves is None or not is_possible(problem, ground.withheld, moves):
            continue
        if not is_crowded(problem, total, part, moves):
            cells = problem.cells
            return Spread(cells[part].id, cells[total].id, need, moves)
    return None
