"""A pattern for a whole problem, put together from its parts and checked as one."""

from dataclasses import dataclass
from typing import Final

from privacy.disclosure.certificates import Certificate, unmet
from privacy.disclosure.components import Component, components_of
from privacy.disclosure.effort import Budget, Clock, Effort
from privacy.disclosure.pattern import must_withhold
from privacy.disclosure.problem import Need, Problem, State
from privacy.disclosure.search import Found, find_pattern

# The rest is for the last solve to notice the time and for checking the proofs.
SEARCH_SHARE: Final = 0.9


@dataclass(frozen=True)
class Solution:
    """Indices of withheld cells with the proof; releasable when ``unmet`` is empty.

    ``loss`` is the weight of the complementary cells, ``bound`` the least any safe
    pattern loses; ``impossible``: no pattern can meet the unmet needs.
    """

    withheld: frozenset[int]
    certificates: dict[Need, Certificate]
    loss: int
    bound: int
    unmet: tuple[Need, ...]
    impossible: bool


def solve(
    problem: Problem,
    seconds: float,
    *,
    best: bool = True,
    certify: float | None = None,
    effort: Effort | None = None,
) -> Solution:
    """Search every part within the time, then check the whole in integers; with
    ``best`` off the first certified pattern will do. ``certify``: seconds until that
    first one (default: the same). ``effort``: what these seconds are of; by default of
    the clock. Each part gets its share of what is left, by its size. OutOfTime when
    the guard of the effort ends first."""
    effort = Clock() if effort is None else effort
    budget = Budget(seconds * SEARCH_SHARE, effort)
    first = Budget((seconds if certify is None else certify) * SEARCH_SHARE, effort)
    parts = components_of(problem)
    certificates: dict[Need, Certificate] = {}
    withheld = must_withhold(problem)
    inside = {index for part in parts for index in part.cells}
    loss = bound = sum(
        cell.weight
        for index, cell in enumerate(problem.cells)
        if cell.state is State.WITHHELD and not cell.sensitive and index not in inside
    )
    impossible = any(
        cell.sensitive and cell.state is State.PRINTED for cell in problem.cells
    )
    left = sum(len(part.cells) for part in parts)
    for part in parts:
        share = len(part.cells) / left
        left -= len(part.cells)
        found = find_pattern(
            part.problem, budget.part(share), first.part(share), best=best
        )
        withheld.update(part.cells[index] for index in found.withheld)
        certificates.update(_lifted(problem, part, found))
        loss += found.loss
        bound += found.bound
        impossible = impossible or found.impossible
    open_needs = tuple(unmet(problem, withheld, certificates))
    return Solution(
        frozenset(withheld), certificates, loss, bound, open_needs, impossible
    )


def _lifted(problem: Problem, part: Component, found: Found) -> dict[Need, Certificate]:
    """Certificates of a part in the numbering of the whole, for every reader."""
    lifted: dict[int, Certificate] = {}
    result: dict[Need, Certificate] = {}
    for need, certificate in found.certificates.items():
        whole = lifted.get(id(certificate))
        if whole is None:
            moves = {part.cells[i]: move for i, move in certificate.moves.items()}
            whole = lifted[id(certificate)] = Certificate(moves)
        cell = part.cells[need.cell]
        for reader in _readers(problem, part, need.reader):
            result[Need(cell, need.sign, need.amount, reader)] = whole
    return result


def _readers(problem: Problem, part: Component, reader: int) -> list[int]:
    """Who a need of this part stands for: an outsider to the part may know other
    parts and is no better off here."""
    if reader >= 0:
        return [part.readers[reader]]
    strangers = set(range(len(problem.insiders))) - set(part.readers)
    return [-1, *sorted(strangers)]
