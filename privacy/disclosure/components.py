"""Parts of a problem that have nothing to do with each other.

What is printed is a constant, so equations only tie cells that a reader does not
know. Each part is searched by itself; its certificates hold for the whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from privacy.disclosure.problem import Insider, Problem, State


@dataclass(frozen=True)
class Component:
    """A part of a problem; ``cells[i]`` is the index in the whole of its cell i."""

    problem: Problem
    cells: tuple[int, ...]
    readers: tuple[int, ...]


def components_of(problem: Problem) -> list[Component]:
    """The parts that hold a sensitive cell, in order of their first cell."""
    root = list(range(len(problem.cells)))

    def find(index: int) -> int:
        while root[index] != index:
            root[index] = root[root[index]]
            index = root[index]
        return index

    unknown = [cell.state is not State.PRINTED for cell in problem.cells]
    for row in problem.rows:
        tied = [index for index, _ in row if unknown[index]]
        for other in tied[1:]:
            first, second = sorted((find(tied[0]), find(other)))
            root[second] = first
    members: dict[int, list[int]] = {}
    for index, free in enumerate(unknown):
        if free:
            members.setdefault(find(index), []).append(index)
    return [
        _part(problem, cells)
        for cells in members.values()
        if any(problem.cells[index].sensitive for index in cells)
    ]


def _part(problem: Problem, cells: list[int]) -> Component:
    number = {index: place for place, index in enumerate(cells)}
    touched = sorted({row for index in cells for row, _ in problem.rows_of[index]})
    rows = tuple(
        tuple((number[i], c) for i, c in problem.rows[row] if i in number)
        for row in touched
    )
    insiders, readers = _insiders(problem.insiders, number)
    part = Problem(tuple(problem.cells[index] for index in cells), rows, insiders)
    return Component(part, tuple(cells), readers)


def _insiders(
    insiders: Iterable[Insider], number: dict[int, int]
) -> tuple[tuple[Insider, ...], tuple[int, ...]]:
    """Insiders who know something here; the others are outsiders to this part."""
    found: list[Insider] = []
    readers: list[int] = []
    for place, insider in enumerate(insiders):
        own = frozenset(number[index] for index in insider.own if index in number)
        excused = frozenset(number[i] for i in insider.excused if i in number)
        if own:
            found.append(Insider(insider.id, own, excused))
            readers.append(place)
    return tuple(found), tuple(readers)
