"""The releases of one year chosen together: how much detail its quarters show.

What a quarter prints can be subtracted from the half-year and the year, so detail in
quarters is paid for by the longer periods. ``plan_year`` answers two questions about
a year of which the tables are known. *If quarters go out as they come*, nobody
knowing what follows: the richest level of detail that costs the longer periods
nothing, found by releasing the year in calendar order once per level. *If everything
is known already*: one pattern for all tables together; who withholds that, one table
after the other, never gets stuck (tests/privacy/disclosure/test_planning.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from privacy.disclosure.bounds import TooLarge, check_size, limited_memory
from privacy.disclosure.effort import OutOfTime, Work
from privacy.disclosure.ledger import Ledger, qualified
from privacy.disclosure.problem import State
from privacy.disclosure.protecting import GUARD, START, out_of_time, protect_once
from privacy.disclosure.publishable import PublishableTable, Refused
from privacy.disclosure.series import link_period
from privacy.disclosure.solution import Solution, solve
from privacy.disclosure.solver import SolverFailed
from privacy.disclosure.tables import CountTable, Policy
from privacy.disclosure.union import union_of_tables

# How many times the weights of a quarter, a half-year and a year count.
TIMES: Final = (1, 64, 4096)
PATIENCE: Final = 10  # times the time limit of one table, for all levels together

Parts = Mapping[str, tuple[str, ...]]
Printed = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """``shown``: the views that quarters show when they go out as they come.

    ``withhold``: per table the ids to withhold (``Policy.withhold``) when all of the
    tables at hand are released, in any order; empty when no joint pattern was
    certified in time. ``detail``: the views that quarters show in that pattern (it
    may be more than ``shown``: the richest that costs the longer periods no more than
    the poorest level). ``loss`` and ``bound`` are those of the pattern.

    ``alone``: how many numbers each longer period prints when there are no quarters;
    ``tried``: the same per level that was tried, richest first (empty when one of
    the releases was refused).
    """

    shown: frozenset[str]
    withhold: Mapping[str, frozenset[str]] = field(default_factory=dict)
    detail: frozenset[str] = frozenset()
    loss: int = 0
    bound: int = 0
    alone: Printed = field(default_factory=dict)
    tried: tuple[tuple[frozenset[str], Printed], ...] = ()


def plan_year(
    tables: Mapping[str, CountTable],
    policy: Policy,
    levels: Sequence[frozenset[str]],
    parts: Parts | None = None,
    *,
    pattern: bool = True,
) -> Plan:
    """A plan for the quarters of a year.

    ``tables``: true figures by period ("2025-Q1", "2025-H1", "2025"), those that are
    known. ``levels``: views that quarters may show, richest first. ``parts``: which
    periods a period is the sum of; by default read from the names. A level costs
    nothing when every longer period prints as many numbers as without quarters; when
    none of them does, when those print nothing to go by, or when the work is done
    first (ten times ``policy.time_limit``) it is the last one. With ``pattern`` off only
    ``shown`` is worked out. ValueError without levels; Refused ("tijd") when the guard
    on the clock ends first.
    """
    if not levels:
        raise ValueError("no levels to choose from")
    year = _Year(tables, policy, _parts_of(tables) if parts is None else parts)
    try:
        return _planned(year, levels, pattern=pattern)
    except OutOfTime as late:
        raise out_of_time() from late


def _planned(year: "_Year", levels: Sequence[frozenset[str]], *, pattern: bool) -> Plan:
    alone = year.released(None) or {}
    tried: list[tuple[frozenset[str], Printed]] = []
    shown = levels[-1]
    for level in levels[:-1]:
        if not any(alone.values()) or year.is_late:
            break
        found = year.released(level)
        tried.append((level, found or {}))
        if found is not None and _costs_nothing(alone, found):
            shown = level
            break
    plan = Plan(shown, alone=alone, tried=tuple(tried))
    return _with_pattern(plan, year, levels) if pattern else plan


def _with_pattern(plan: Plan, year: "_Year", levels: Sequence[frozenset[str]]) -> Plan:
    """The plan with a joint pattern: of the richest level that costs the longer
    periods no more than the last one does."""
    found = least = year.jointly(levels[-1])
    detail = levels[-1]
    for level in levels[:-1]:
        if least is None or year.is_late:
            break
        richer = year.jointly(level)
        if richer and year.worth(richer[0]) >= year.worth(least[0]):
            found, detail = richer, level
            break
    if found is None:
        return plan
    withhold, solution = found
    return replace(
        plan,
        withhold=withhold,
        detail=detail,
        loss=solution.loss,
        bound=solution.bound,
    )


def _costs_nothing(alone: Printed, found: Printed) -> bool:
    return all(found[naam] >= number for naam, number in alone.items())


def _parts_of(tables: Iterable[str]) -> Parts:
    """The sums of a calendar year by name: H1 = Q1 + Q2, H2 = Q3 + Q4, and the year
    from its half-years, or from its quarters when those are not there."""
    names = set(tables)
    found: dict[str, tuple[str, ...]] = {}
    for naam in sorted(names):
        jaar, _, deel = naam.partition("-")
        divisions = {
            "": (("H1", "H2"), ("Q1", "Q2", "Q3", "Q4")),
            "H1": (("Q1", "Q2"),),
            "H2": (("Q3", "Q4"),),
        }.get(deel, ())
        for division in divisions:
            inside = tuple(f"{jaar}-{part}" for part in division)
            if names.issuperset(inside):
                found[naam] = inside
                break
    return found


class _Year:
    """The tables of one year, in calendar order, and ways to release them."""

    def __init__(
        self, tables: Mapping[str, CountTable], policy: Policy, parts: Parts
    ) -> None:
        self.tables = {naam: replace(t, naam=naam) for naam, t in tables.items()}
        self.policy, self.parts = policy, parts
        self.most = PATIENCE * policy.time_limit
        self.effort = Work(3 * GUARD * self.most + START)
        self.order = _calendar(sorted(tables), parts)
        self.longer = [naam for naam in self.order if "-Q" not in naam]

    @property
    def is_late(self) -> bool:
        """Nothing more is tried; what is being tried is finished."""
        return self.effort.done > self.most

    def released(self, level: frozenset[str] | None) -> Printed | None:
        """How many numbers the longer periods print after quarters at this level
        (None: without quarters), one after the other; None when one is refused."""
        ledger = Ledger.empty()
        found: dict[str, int] = {}
        for naam in self.order if level is not None else self.longer:
            table = self.tables[naam]
            ledger = self._tied(ledger, naam, {r.table.naam for r in ledger.releases})
            try:
                figures = self._figures(naam, level, ledger)
            except Refused:
                return None
            ledger = ledger.add(table, figures)
            if naam in self.longer:
                found[naam] = len(figures.printed)
        return found

    def _tied(self, ledger: Ledger, naam: str, known: set[str]) -> Ledger:
        inside = self.parts.get(naam, ())
        if not inside or not known.issuperset(inside):
            return ledger
        smaller = [self.tables[part] for part in inside]
        return link_period(ledger, self.tables[naam], smaller)

    def _figures(
        self, naam: str, level: frozenset[str] | None, ledger: Ledger
    ) -> PublishableTable:
        """A view in which nearly everybody has the same is left out."""
        table = self.tables[naam]
        withhold = self._coarse(naam, level)
        for _turn in table.relations:
            policy = replace(self.policy, withhold=withhold)
            try:
                return self._protected(table, policy, ledger)
            except Refused as refusal:
                crowded = _views_of(table, refusal)
                if crowded <= withhold:
                    raise
                withhold |= crowded
        return self._protected(table, policy, ledger)

    def _protected(
        self, table: CountTable, policy: Policy, ledger: Ledger
    ) -> PublishableTable:
        return protect_once(table, policy, ledger, best=True, effort=self.effort)[0]

    def _coarse(self, naam: str, level: frozenset[str] | None) -> frozenset[str]:
        """The cells that a quarter does not show at this level."""
        if level is None or naam in self.longer:
            return self.policy.withhold
        return self.policy.withhold.union(
            cell.id
            for cell in self.tables[naam].cells
            if cell.tabel not in level and not cell.hidden
        )

    def worth(self, withhold: Mapping[str, frozenset[str]]) -> tuple[int, int]:
        """How many numbers the year prints with this pattern, and the half-years."""
        printed = {True: 0, False: 0}
        for naam in self.longer:
            shown = sum(not cell.hidden for cell in self.tables[naam].cells)
            printed["-" in naam] += shown - len(withhold[naam])
        return printed[False], printed[True]

    def jointly(
        self, level: frozenset[str]
    ) -> tuple[dict[str, frozenset[str]], Solution] | None:
        """One pattern for all tables at hand, longer periods first in weight; None
        when there is none in time."""
        names = self.order
        ledger = Ledger.empty()
        for naam in names:
            ledger = self._tied(ledger, naam, set(names))
        weighed = [self._weighed(naam, level) for naam in names]
        try:
            problem = union_of_tables(weighed, self.policy, ledger)
            seconds = self.policy.time_limit
            check_size(problem)
            with limited_memory():
                solution = solve(
                    problem,
                    seconds,
                    certify=PATIENCE * seconds,
                    effort=self.effort,
                )
        except (Refused, SolverFailed, TooLarge):
            return None
        if solution.unmet:
            return None
        withheld = {problem.cells[index].id for index in solution.withheld}
        pattern = {
            naam: frozenset(
                cell.id
                for cell in self.tables[naam].cells
                if qualified(naam, cell.id) in withheld and not cell.hidden
            )
            for naam in names
        }
        return pattern, solution

    def _weighed(
        self, naam: str, level: frozenset[str]
    ) -> tuple[CountTable, dict[str, State], int]:
        table = self.tables[naam]
        gone = self._coarse(naam, level)
        if table.totaal.clienten < self.policy.k:
            gone = frozenset(table.by_id)
        times = TIMES[2 if "-" not in naam else 1 if naam in self.longer else 0]
        return table, dict.fromkeys(gone, State.WITHHELD), times


def _views_of(table: CountTable, refusal: Refused) -> frozenset[str]:
    """All cells of the views in which a part holds nearly everybody."""
    if refusal.code != "groepsonthulling":
        return frozenset()
    crowded = {id.removeprefix(table.naam + "/") for id in refusal.cellen}
    views = {cell.tabel for cell in table.cells if cell.id in crowded}
    return frozenset(
        cell.id for cell in table.cells if cell.tabel in views and not cell.hidden
    )


def _calendar(names: Sequence[str], parts: Parts) -> list[str]:
    """Every period right after the last one it is the sum of."""
    order: list[str] = []

    def place(naam: str) -> None:
        for part in parts.get(naam, ()):
            place(part)
        if naam not in order:
            order.append(naam)

    inside = {part for own in parts.values() for part in own}
    for naam in sorted(names, key=lambda naam: (naam in inside, naam)):
        place(naam)
    return order
