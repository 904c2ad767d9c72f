"""Group disclosure: a total in which (nearly) everybody has the same.

Withholding does not help as long as a reader can prove it: either he can think of a
table in which the part is less than 90% of the total, or the total or the split has
to go. Only for relations marked ``group`` (the parts say something about a person).
"""

from collections.abc import Iterable
from typing import Final

from privacy.disclosure.ground import Ground
from privacy.disclosure.ledger import Ledger, qualified
from privacy.disclosure.moves import Mover
from privacy.disclosure.problem import Need, Problem, State
from privacy.disclosure.solution import Solution
from privacy.disclosure.tables import CountTable

SHARE: Final = (9, 10)


def crowded_parts(
    table: CountTable, ledger: Ledger, problem: Problem, solution: Solution
) -> list[str]:
    """Ids of parts that provably hold at least 90% of their total."""
    number = {cell.id: index for index, cell in enumerate(problem.cells)}
    ground = Ground(problem, solution.withheld)
    mover: Mover | None = None
    found = []
    for total, part in _pairs(table, ledger):
        if total not in number or part not in number:
            continue
        need = _need(problem, number[total], number[part])
        if need is None:
            continue
        mover = mover or Mover(problem)
        if not _can_be_less(mover, ground, need, number[total]):
            found.append(part)
    return found


def _pairs(table: CountTable, ledger: Ledger) -> Iterable[tuple[str, str]]:
    for relation in table.relations:
        if relation.group:
            total = qualified(table.naam, relation.total)
            for part in relation.parts:
                yield total, qualified(table.naam, part)
    for relation in ledger.relations:
        if relation.group:
            for part in relation.parts:
                yield relation.total, part


def _need(problem: Problem, total: int, part: int) -> Need | None:
    """How far the part must be able to go down; None when its share is smaller."""
    share, whole = SHARE
    most, inside = problem.cells[total].count, problem.cells[part].count
    excess = whole * inside - share * most
    if most == 0 or excess < 0:
        return None
    return Need(part, -1, excess // whole + 1)


def _can_be_less(mover: Mover, ground: Ground, need: Need, total: int) -> bool:
    """Whether a table exists, withheld cells only, with the smaller share."""
    cell = mover.problem.cells[need.cell]
    if need.cell not in ground.withheld and cell.state is not State.HIDDEN:
        return False
    moves = mover.certificate(need, ground)
    if moves is None:
        return False
    share, whole = SHARE
    inside = cell.count + moves[need.cell]
    most = mover.problem.cells[total].count + moves.get(total, 0)
    return whole * inside < share * most
