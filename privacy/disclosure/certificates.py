"""The gate: proof in whole numbers that a reader cannot tell.

A certificate is a second table that a reader may hold for true: it adds up, is not
below what he may assume, differs from the true one only in cells he does not know,
and puts one sensitive cell where it has to be able to be. Checking is addition of
integers; no solver is trusted (tests/privacy/disclosure/test_certificates.py).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from privacy.disclosure.problem import Need, Problem, State


@dataclass(frozen=True, slots=True)
class Certificate:
    """Differences from the true table: cell index to whole number, without zeros."""

    moves: Mapping[int, int]

    def shows(self, need: Need) -> bool:
        """Whether this table puts the cell of ``need`` where it has to be."""
        return self.moves.get(need.cell, 0) * need.sign >= need.amount


def is_possible(
    problem: Problem, withheld: Collection[int], moves: Mapping[int, int]
) -> bool:
    """Whether the true table plus ``moves`` agrees with all that is printed."""
    sums: dict[int, int] = {}
    for index, move in moves.items():
        cell = problem.cells[index]
        if type(move) is not int or cell.state is State.PRINTED:
            return False
        if cell.state is not State.HIDDEN and index not in withheld:
            return False
        if cell.count + move < cell.floor:
            return False
        for row, coefficient in problem.rows_of[index]:
            sums[row] = sums.get(row, 0) + coefficient * move
    return not any(sums.values())


def holds(
    problem: Problem,
    withheld: Collection[int],
    need: Need,
    certificate: Certificate | None,
) -> bool:
    """Whether ``certificate`` settles ``need`` for its reader."""
    return (
        certificate is not None
        and certificate.shows(need)
        and problem.known_to(need.reader).isdisjoint(certificate.moves)
        and is_possible(problem, withheld, certificate.moves)
    )


def unmet(
    problem: Problem,
    withheld: Collection[int],
    certificates: Mapping[Need, Certificate],
) -> list[Need]:
    """The needs without a valid certificate; empty means: may be released.

    A sensitive cell that is not withheld is always unmet, whatever is handed in.
    """
    return [*_exposed(problem, withheld), *_unsettled(problem, withheld, certificates)]


def _exposed(problem: Problem, withheld: Collection[int]) -> Iterable[Need]:
    for index, cell in enumerate(problem.cells):
        if not cell.sensitive or cell.state is State.HIDDEN:
            continue
        if index not in withheld or cell.state is State.PRINTED:
            yield Need(index, 0, 0)


def _unsettled(
    problem: Problem,
    withheld: Collection[int],
    certificates: Mapping[Need, Certificate],
) -> Iterable[Need]:
    possible: dict[int, bool] = {}
    for need in problem.needs:
        certificate = certificates.get(need)
        if certificate is None or not certificate.shows(need):
            yield need
            continue
        key = id(certificate)
        if key not in possible:
            possible[key] = is_possible(problem, withheld, certificate.moves)
        known = problem.known_to(need.reader)
        if not possible[key] or not known.isdisjoint(certificate.moves):
            yield need
