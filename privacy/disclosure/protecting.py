"""protect(): the one way from true counts to figures that may be shown.

Invariant: a table comes out only when every sensitive number (of this table and of
every earlier one it hangs together with) has certificates that were checked in
whole numbers; anything else is Refused
(tests/privacy/disclosure/test_protect.py, test_properties.py).
"""

import time
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from privacy.disclosure.bounds import TooLarge, check_size, limited_memory
from privacy.disclosure.effort import OutOfTime, Work
from privacy.disclosure.explaining import Explanation, explained
from privacy.disclosure.groups import crowded_parts
from privacy.disclosure.ledger import Ledger, qualified
from privacy.disclosure.problem import Need, Problem, State
from privacy.disclosure.publishable import (
    PublishableCell,
    PublishableTable,
    Refused,
    make,
)
from privacy.disclosure.solution import Solution, solve
from privacy.disclosure.solver import SolverFailed
from privacy.disclosure.tables import LOWEST_K, CountTable, Policy, problems_in
from privacy.disclosure.union import union_of
from privacy.disclosure.ways_out import ways_out

CERTIFY: Final = 10  # times the time limit, until the first certified pattern
QUICK: Final = 1.0  # seconds to try one way out of a refusal
GUARD: Final = 6  # times all of that on the clock (and START), then no answer
START: Final = 5.0


def protect(table: CountTable, policy: Policy, ledger: Ledger) -> PublishableTable:
    """The figures of ``table`` that this audience may see, the rest withheld.

    A cell with 1 <= distinct clients < k is sensitive. A reader who knows k, this
    code and everything in ``ledger`` can compute for it no narrower whole-number
    interval than one that holds [1, k]; for a cell with few clients and at least k
    kwesties the interval reaches k to both sides, as far as zero allows. Zeros may
    be withheld like any number. A total of fewer than k clients gives a table
    without any number (``te_weinig``, V20).

    Refused (with code, cells, earlier releases in the way and ways out) when no such
    pattern is found; nothing may be released then.
    """
    return protect_explained(table, policy, ledger)[0]


def protect_explained(
    table: CountTable, policy: Policy, ledger: Ledger
) -> tuple[PublishableTable, Explanation]:
    """As ``protect``, with why each number is withheld and the proof of it."""
    try:
        return protect_once(table, policy, ledger, best=True)
    except OutOfTime as late:
        raise out_of_time() from late
    except Refused as refusal:
        refusal.uitwegen = ways_out(
            table, refusal, lambda t, ids: _works(t, ids, policy, ledger)
        )
        raise


def _works(
    table: CountTable, withhold: frozenset[str], policy: Policy, ledger: Ledger
) -> bool:
    """Whether a first certified answer comes quickly when these go as well."""
    coarser = replace(
        policy,
        withhold=policy.withhold | withhold,
        time_limit=min(policy.time_limit, QUICK),
    )
    try:
        protect_once(table, coarser, ledger, best=False)
    except (Refused, OutOfTime):
        return False
    return True


def out_of_time() -> Refused:
    """The machine was too busy: another try may succeed, and gives the same figures."""
    return Refused(
        "tijd",
        "De computer had het te druk. Probeer het later opnieuw.",
        uitwegen=("niet",),
    )


def protect_once(
    table: CountTable,
    policy: Policy,
    ledger: Ledger,
    *,
    best: bool,
    effort: Work | None = None,
) -> tuple[PublishableTable, Explanation]:
    """``protect_explained`` without the ways out of a refusal; with ``best`` off the
    first certified pattern will do. ``effort`` is told what it took; OutOfTime when
    the guard on the clock ends first."""
    started = time.monotonic()
    _check(table, policy)
    if _is_too_small(table, policy, ledger):
        if ledger.printed:
            _silence_holds(table, policy, ledger)
        return _nothing(table, policy), Explanation()
    problem = union_of(table, policy, ledger)
    limit = policy.time_limit
    certify = limit * (CERTIFY if best else 1)
    effort = effort or Work(GUARD * (limit + certify) + START)
    try:
        check_size(problem)
        with limited_memory():
            solution = solve(problem, limit, best=best, certify=certify, effort=effort)
            if solution.unmet:
                raise _refusal(problem, solution, ledger)
            crowded, spread = crowded_parts(table, ledger, problem, solution)
    except SolverFailed as failure:
        raise Refused("rekenaar", "Het rekenprogramma gaf geen antwoord.") from failure
    except TooLarge as failure:
        raise Refused(
            "omvang", "Deze tabellen zijn samen te groot om te beveiligen."
        ) from failure
    if crowded:
        raise Refused(
            "groepsonthulling",
            "Bijna iedereen in een totaal zit in één deel. Laat deze uitsplitsing of "
            "het totaal weg.",
            crowded,
        )
    explanation = explained(
        table, policy, ledger, problem, solution, spread, time.monotonic() - started
    )
    return _publishable(table, policy, problem, solution), explanation


def _check(table: CountTable, policy: Policy) -> None:
    if policy.k < LOWEST_K:
        raise Refused("beleid", "De drempel is te laag.")
    wrong = problems_in(table)
    if wrong:
        raise Refused(
            "tegenstrijdig", "De aantallen spreken elkaar tegen: " + wrong[0] + "."
        )


def _is_too_small(table: CountTable, policy: Policy, ledger: Ledger) -> bool:
    ceiling = ledger.ceiling
    if ceiling is not None and ceiling.te_weinig:
        return True
    return table.totaal.clienten < policy.k


def _silence_holds(table: CountTable, policy: Policy, ledger: Ledger) -> None:
    """Saying that there were too few says something: refused when what was printed
    before already tells somebody how many."""
    everything = frozenset(cell.id for cell in table.cells if not cell.hidden)
    silent = replace(policy, withhold=policy.withhold | everything)
    problem = union_of(table, silent, ledger)
    limit = policy.time_limit
    effort = Work(GUARD * (limit + limit) + START)
    try:
        check_size(problem)
        with limited_memory():
            solution = solve(problem, limit, best=False, certify=limit, effort=effort)
    except SolverFailed as failure:
        raise Refused("rekenaar", "Het rekenprogramma gaf geen antwoord.") from failure
    except TooLarge as failure:
        raise Refused(
            "omvang", "Deze tabellen zijn samen te groot om te beveiligen."
        ) from failure
    if solution.unmet:
        raise _refusal(problem, solution, ledger)


def _nothing(table: CountTable, policy: Policy) -> PublishableTable:
    cells = tuple(
        PublishableCell(cell.id, cell.tabel, cell.dims, None)
        for cell in table.cells
        if not cell.hidden
    )
    return make(
        naam=table.naam,
        k=policy.k,
        publiek=policy.publiek,
        te_weinig=True,
        cells=cells,
        telwijze=table.telwijze,
    )


def _publishable(
    table: CountTable, policy: Policy, problem: Problem, solution: Solution
) -> PublishableTable:
    withheld = {problem.cells[index].id for index in solution.withheld}
    withheld.update(qualified(table.naam, id) for id in policy.withhold)
    cells = tuple(
        PublishableCell(
            cell.id,
            cell.tabel,
            cell.dims,
            None if qualified(table.naam, cell.id) in withheld else cell.kwesties,
        )
        for cell in table.cells
        if not cell.hidden
    )
    return make(
        naam=table.naam,
        k=policy.k,
        publiek=policy.publiek,
        te_weinig=False,
        cells=cells,
        telwijze=table.telwijze,
    )


def _refusal(problem: Problem, solution: Solution, ledger: Ledger) -> Refused:
    """Name the cells without proof, and the releases that leave them no room."""
    cellen = sorted({problem.cells[need.cell].id for need in solution.unmet})
    if not solution.impossible:
        return Refused(
            "tijd", "Er is niet op tijd een veilig patroon gevonden.", cellen
        )
    eerder = _earlier_in_the_way(problem, solution.unmet, ledger)
    if eerder:
        return Refused(
            "vastgelegd",
            "Wat eerder is uitgegeven laat geen veilig patroon over.",
            cellen,
            eerder,
        )
    return Refused("geen-patroon", "Er bestaat geen veilig patroon.", cellen)


def _earlier_in_the_way(
    problem: Problem, needs: Iterable[Need], ledger: Ledger
) -> list[str]:
    """Releases with printed numbers around what the unmet cells hang together with."""
    reached = {need.cell for need in needs}
    waiting = list(reached)
    printed: set[str] = set()
    while waiting:
        for row, _ in problem.rows_of[waiting.pop()]:
            for index, _ in problem.rows[row]:
                if problem.cells[index].state is State.PRINTED:
                    printed.add(problem.cells[index].id)
                elif index not in reached:
                    reached.add(index)
                    waiting.append(index)
    printed.update(problem.cells[need.cell].id for need in needs)
    return [
        release.table.naam
        for release in ledger.releases
        if any(qualified(release.table.naam, id) in printed for id in release.printed)
    ]
