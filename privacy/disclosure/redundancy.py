"""Equations that follow from other ones, left out where only the flow matters.

In a table with a hierarchy every group line adds up because its lines and its
columns do. Without such equations most cells stand in two, and moves become flows.
An equation is dropped only when it is the sum of equations still there.
"""

from privacy.disclosure.problem import Problem

_Expression = dict[int, int]


def rows_that_count(problem: Problem) -> list[bool]:
    """Per equation whether it is kept; the dropped ones follow from the kept ones."""
    kept = [True] * len(problem.rows)
    crowded = [
        row
        for row, terms in enumerate(problem.rows)
        if any(len(problem.rows_of[cell]) > 2 for cell, _ in terms)
    ]
    for row in sorted(crowded, key=lambda row: -len(problem.rows[row])):
        kept[row] = False
        if not _follows(problem, kept, row):
            kept[row] = True
    return kept


def _follows(problem: Problem, kept: list[bool], row: int) -> bool:
    """Whether ``row`` is reached by replacing every cell by its parts and those by
    their lines."""
    left: _Expression = dict(problem.rows[row])
    for cell, coefficient in problem.rows[row]:
        sums = [
            (other, sign)
            for other, sign in problem.rows_of[cell]
            if kept[other] and sign > 0
        ]
        if len(sums) != 1:
            return False
        _subtract(problem, left, sums[0][0], coefficient * sums[0][1])
    return _clear(problem, kept, left)


def _clear(problem: Problem, kept: list[bool], left: _Expression) -> bool:
    """Whether what is left vanishes by taking off the lines in which it stands."""
    for _ in range(len(left)):
        if not left:
            return True
        cell = min(left)
        lines = [
            (row, sign)
            for row, sign in problem.rows_of[cell]
            if kept[row] and all(other in left for other, _ in problem.rows[row])
        ]
        if not lines:
            return False
        _subtract(problem, left, lines[0][0], left[cell] * lines[0][1])
    return not left


def _subtract(problem: Problem, left: _Expression, row: int, times: int) -> None:
    for cell, coefficient in problem.rows[row]:
        left[cell] = left.get(cell, 0) - times * coefficient
        if not left[cell]:
            del left[cell]
