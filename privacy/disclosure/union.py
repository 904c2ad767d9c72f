"""One problem out of a new table and everything its audience already has.

Cells of all releases, hidden cells and relations become one set of unknowns and
equations; what hangs together with nothing of the new table is left out, because
the new release cannot change what a reader knows of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from privacy.disclosure.ledger import (
    Knower,
    Ledger,
    Release,
    check_same_numbers,
    qualified,
)
from privacy.disclosure.problem import (
    Cell,
    Insider,
    Problem,
    Row,
    State,
    is_sensitive,
    level_weights,
    sum_row,
    targets,
)
from privacy.disclosure.publishable import Refused
from privacy.disclosure.tables import CountCell, CountTable, Policy, Relation

REST: Final = "#rest"
FEWEST_ORGANISATIONS: Final = 3


@dataclass
class _Unknowns:
    """Cells by qualified id, and the sums over them, while the union is built."""

    cells: dict[str, Cell] = field(default_factory=dict)
    sums: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


def union_of(table: CountTable, policy: Policy, ledger: Ledger) -> Problem:
    """The problem of releasing ``table`` now; indices follow the qualified ids.

    Refused when printed numbers would change or the numbers contradict each other.
    """
    unknowns = _Unknowns()
    for release in ledger.releases:
        check_same_numbers(release.table, table)
    _add_releases(unknowns, ledger)
    decided = _ceiling_of(table, ledger)
    decided.update((id, State.WITHHELD) for id in policy.withhold)
    _add_table(unknowns, table, policy.k, decided)
    return _finished(unknowns, policy, ledger)


def union_of_ledger(ledger: Ledger, policy: Policy) -> Problem:
    """Everything released so far, with nothing left to decide."""
    unknowns = _Unknowns()
    _add_releases(unknowns, ledger)
    return _finished(unknowns, policy, ledger)


def union_of_tables(
    tables: Iterable[tuple[CountTable, dict[str, State], int]],
    policy: Policy,
    ledger: Ledger,
) -> Problem:
    """The problem of releasing several tables at once: each with what is decided
    about its cells already, and how many times its weights count."""
    unknowns = _Unknowns()
    _add_releases(unknowns, ledger)
    for table, decided, times in tables:
        _add_table(unknowns, table, policy.k, decided, times)
    return _finished(unknowns, policy, ledger)


def _add_releases(unknowns: _Unknowns, ledger: Ledger) -> None:
    for release in ledger.releases:
        _add_table(unknowns, release.table, release.k, _decided(release))


def _finished(unknowns: _Unknowns, policy: Policy, ledger: Ledger) -> Problem:
    for cell in ledger.hidden:
        unknowns.cells[cell.id] = _as_cell(cell, cell.id, policy.k, State.HIDDEN, 1)
    _add_sums(unknowns, ledger.relations, "")
    return _problem(unknowns, ledger.insiders)


def _decided(release: Release) -> dict[str, State]:
    return {
        cell.id: State.PRINTED if cell.id in release.printed else State.WITHHELD
        for cell in release.table.cells
    }


def _ceiling_of(table: CountTable, ledger: Ledger) -> dict[str, State]:
    """What the other publication of this table decides about this one."""
    if ledger.ceiling is None:
        return {}
    printed = ledger.ceiling.printed
    for id, number in printed.items():
        cell = table.by_id.get(id)
        if cell is not None and cell.kwesties != number:
            raise Refused(
                "vastgelegd",
                "De andere versie van dit rapport heeft andere aantallen.",
                (id,),
                (ledger.ceiling.naam,),
            )
    return {cell.id: State.WITHHELD for cell in table.cells if cell.id not in printed}


def _add_table(
    unknowns: _Unknowns,
    table: CountTable,
    k: int,
    decided: dict[str, State],
    times: int = 1,
) -> None:
    """Cells and sums of one release; a cell that is there already stays decided."""
    relations = [*table.relations, *_rests(table)]
    sums: dict[str, set[str]] = {}
    for relation in relations:
        if len(relation.parts) > 1:
            sums.setdefault(relation.total, set()).update(relation.parts)
    rests = {
        part: _rest_cell(table, relation, part)
        for relation in relations
        for part in relation.parts
        if part.endswith(REST) and part not in table.by_id
    }
    every = [*table.cells, *rests.values()]
    weights = level_weights((cell.id for cell in every), sums)
    for cell in every:
        id = qualified(table.naam, cell.id)
        state = _state_of(cell, decided.get(cell.id, State.OPEN))
        new = _as_cell(cell, id, k, state, weights[cell.id], times)
        unknowns.cells[id] = _strictest(unknowns.cells.get(id), new)
    _add_sums(unknowns, relations, table.naam)


def _state_of(cell: CountCell, decided: State) -> State:
    if cell.structural_zero:
        return State.PRINTED
    return State.HIDDEN if cell.hidden else decided


def _as_cell(
    cell: CountCell, id: str, k: int, state: State, weight: int, times: int = 1
) -> Cell:
    sensitive = _needs_protection(cell, k)
    low, high = targets(cell.kwesties, k, (1, k), k, 0) if sensitive else (0, 0)
    if sensitive:
        # Stricter than +- k for few clients with many kwesties: "one" stays possible
        # too, so that one question to every sensitive cell checks a whole ledger.
        low = min(low, 1)
    return Cell(
        id=id,
        count=cell.kwesties,
        state=state,
        weight=max(weight, cell.priority) * times,
        sensitive=sensitive,
        low=low,
        high=high,
    )


def _needs_protection(cell: CountCell, k: int) -> bool:
    """Few clients, one client with more than half of it, or few organisations."""
    few = cell.organisaties is not None and cell.organisaties < FEWEST_ORGANISATIONS
    return cell.clienten > 0 and (
        is_sensitive(cell.kwesties, cell.clienten, k)
        or 2 * cell.grootste > cell.kwesties
        or (few and cell.kwesties > 0)
    )


def _strictest(before: Cell | None, now: Cell) -> Cell:
    """Two views on one cell: what was decided stays, both protections hold."""
    if before is None:
        return now
    open_before = before.state is State.OPEN
    sensitive = [cell for cell in (before, now) if cell.sensitive]
    return Cell(
        id=now.id,
        count=now.count,
        state=now.state if open_before else before.state,
        weight=now.weight,
        sensitive=bool(sensitive),
        low=min((cell.low for cell in sensitive), default=0),
        high=max((cell.high for cell in sensitive), default=0),
    )


def _rests(table: CountTable) -> Iterable[Relation]:
    """ "All the others" of each cell of a view in which a kwestie counts more often.

    A cell that takes part in a relation already is left to that relation.
    """
    if table.total not in table.by_id:
        return
    related = {id for r in table.relations for id in (r.total, *r.parts)}
    related.add(table.total)
    for cell in table.cells:
        alone = cell.tabel in table.multi and cell.id not in related
        if alone and cell.clienten and cell.kwesties <= table.totaal.kwesties:
            yield Relation(table.total, (cell.id, cell.id + REST))


def _rest_cell(table: CountTable, relation: Relation, id: str) -> CountCell:
    """The kwesties outside a cell. Their clients are not counted; fewer than k
    kwesties are certainly fewer than k clients."""
    inside = table.by_id[relation.parts[0]].kwesties
    number = table.by_id[relation.total].kwesties - inside
    return CountCell(id, "", (), number, number, hidden=True)


def _add_sums(unknowns: _Unknowns, relations: Iterable[Relation], naam: str) -> None:
    for relation in relations:
        ids = [relation.total, *relation.parts]
        if naam:
            ids = [qualified(naam, id) for id in ids]
        unknowns.sums.append((ids[0], tuple(ids[1:])))


def _insider(
    knower: Knower,
    cells: tuple[Cell, ...],
    rows: tuple[Row, ...],
    number: dict[str, int],
) -> Insider:
    """A reader with what he is excused: also the sums that he knows, from his own
    parts of them, to be larger than they have to be able to be."""
    own = frozenset(number[id] for id in knower.own if id in number)
    least = {index: cells[index].count for index in own}
    growing = True
    while growing:
        growing = False
        for (total, _), *parts in rows:
            known = sum(least.get(part, 0) for part, _ in parts)
            if known > least.get(total, 0):
                least[total], growing = known, True
    excused = {number[id] for id in knower.excused if id in number}
    excused |= {
        index
        for index, known in least.items()
        if cells[index].sensitive and known > cells[index].low and index not in own
    }
    return Insider(knower.id, own, frozenset(excused))


def _joined(knowers: Iterable[Knower]) -> Iterable[Knower]:
    """Knowers with the same id are one reader, who knows all of it at once."""
    found: dict[str, Knower] = {}
    for knower in knowers:
        before = found.get(knower.id)
        if before is not None:
            own = (*before.own, *knower.own)
            knower = Knower(knower.id, own, (*before.excused, *knower.excused))
        found[knower.id] = knower
    return found.values()


def _problem(unknowns: _Unknowns, knowers: Iterable[Knower]) -> Problem:
    cells = tuple(unknowns.cells[id] for id in sorted(unknowns.cells))
    number = {cell.id: index for index, cell in enumerate(cells)}
    # A relation with a release that is not there yet says nothing yet.
    rows = tuple(
        sum_row(number[total], [number[part] for part in parts])
        for total, parts in sorted(set(unknowns.sums))
        if total in number and all(part in number for part in parts)
    )
    insiders = tuple(
        _insider(knower, cells, rows, number) for knower in _joined(knowers)
    )
    problem = Problem(cells, rows, insiders)
    wrong = problem.contradictions()
    if wrong:
        raise Refused(
            "tegenstrijdig", "De aantallen spreken elkaar tegen: " + wrong[0] + "."
        )
    return problem
