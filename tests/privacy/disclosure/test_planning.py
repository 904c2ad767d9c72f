"""A year planned at once: quarters take nothing from the longer periods."""

import itertools
from collections.abc import Mapping

import pytest

from privacy.disclosure import (
    CountCell,
    CountTable,
    Ledger,
    Policy,
    Relation,
    link_period,
    plan_year,
    protect,
    protect_explained,
    verify,
)
from privacy.disclosure.audit import audit
from privacy.disclosure.export import audit_document

BOTH = frozenset({"totaal", "aard"})
TOTAL = frozenset({"totaal"})
POLICY = Policy(5, "opdrachtgever", time_limit=5)
SUMS = {"H1": ("Q1", "Q2"), "H2": ("Q3", "Q4"), "": ("H1", "H2")}


def year(*quarters: dict[str, int]) -> dict[str, CountTable]:
    """Four quarters with their half-years and the year; as many clients as kwesties."""
    counts = {f"2025-Q{n}": numbers for n, numbers in enumerate(quarters, 1)}
    for part, inside in SUMS.items():
        codes = [f"2025-{short}" for short in inside]
        counts[f"2025-{part}".rstrip("-")] = {
            id: sum(counts[code][id] for code in codes) for id in quarters[0]
        }
    return {code: _table(code, numbers) for code, numbers in counts.items()}


def _table(naam: str, numbers: Mapping[str, int]) -> CountTable:
    total = sum(numbers.values())
    cells = [CountCell("T", "totaal", (), total, total)]
    cells += [CountCell(id, "aard", (), n, n) for id, n in numbers.items()]
    return CountTable(naam, tuple(cells), (Relation("T", tuple(numbers)),), "T")


LARGE = {"a": 20, "b": 30, "c": 40}
SMALL = {"a": 3, "b": 30, "c": 40}


def test_quarters_show_everything_when_that_costs_the_year_nothing() -> None:
    plan = plan_year(year(LARGE, LARGE, LARGE, LARGE), POLICY, (BOTH, TOTAL))
    assert plan.shown == plan.detail == BOTH
    assert set(plan.withhold.values()) == {frozenset()}
    assert plan.alone == {"2025-H1": 4, "2025-H2": 4, "2025": 4}


def test_quarters_stay_coarse_when_their_detail_costs_the_year_a_number() -> None:
    tables = year(SMALL, LARGE, LARGE, LARGE)
    plan = plan_year(tables, POLICY, (BOTH, TOTAL))
    assert plan.tried[0][0] == BOTH
    assert plan.tried[0][1] != plan.alone
    assert plan.shown == TOTAL


def test_only_half_years_can_be_planned_as_well() -> None:
    tables = year(SMALL, LARGE, LARGE, LARGE)
    known = {code: table for code, table in tables.items() if "-Q" not in code}
    plan = plan_year(known, POLICY, (BOTH, TOTAL))
    assert plan.shown == BOTH
    assert set(plan.withhold) == set(known)


def test_a_year_with_hardly_anybody_in_it_is_nothing_to_plan_on() -> None:
    nobody = {"a": 0, "b": 0, "c": 0}
    tables = year({"a": 1, "b": 1, "c": 0}, nobody, nobody, nobody)
    assert plan_year(tables, POLICY, (BOTH, TOTAL)).shown == TOTAL


def test_without_levels_there_is_no_plan() -> None:
    with pytest.raises(ValueError, match="levels"):
        plan_year({}, POLICY, ())


def test_without_the_pattern_only_the_level_is_worked_out() -> None:
    tables = year(SMALL, LARGE, LARGE, LARGE)
    plan = plan_year(tables, POLICY, (BOTH, TOTAL), pattern=False)
    assert (plan.shown, plan.withhold) == (TOTAL, {})


def test_whoever_withholds_the_joint_pattern_never_gets_stuck() -> None:
    """In every order of the first three tables, and with nothing more withheld."""
    tables = year(SMALL, LARGE, {"a": 9, "b": 2, "c": 8}, LARGE)
    plan = plan_year(tables, POLICY, (BOTH, TOTAL))
    sums = Ledger.empty()
    for part, inside in SUMS.items():
        parts = [tables[f"2025-{short}"] for short in inside]
        sums = link_period(sums, tables[f"2025-{part}".rstrip("-")], parts)
    for first in itertools.permutations(["2025-Q1", "2025-H1", "2025"]):
        ledger = sums
        for code in [*first, *(code for code in tables if code not in first)]:
            policy = Policy(5, "opdrachtgever", 5, plan.withhold[code])
            figures, why = protect_explained(tables[code], policy, ledger)
            assert figures.withheld == plan.withhold[code]
            assert verify(tables[code], figures, policy, ledger, why) == []
            ledger = ledger.add(tables[code], figures)


def test_a_year_known_beforehand_prints_more_than_one_released_blindly() -> None:
    """One small number in one quarter: blindly it costs the year two numbers; known
    beforehand, the next quarter withholds the same and the year nothing."""
    tables = year(SMALL, LARGE, LARGE, LARGE)
    blind = _in_order(tables, {})
    plan = plan_year(tables, POLICY, (BOTH, TOTAL))
    ahead = _in_order(tables, plan.withhold)
    assert plan.detail == BOTH
    printed = {r.table.naam: len(r.printed) for r in ahead.releases}
    assert printed["2025-H1"] == printed["2025"] == 4
    assert len(blind.releases[-1].printed) == 2
    for ledger in (blind, ahead):
        assert audit(audit_document(ledger, POLICY)).breaches == ()


def _in_order(
    tables: Mapping[str, CountTable], withhold: Mapping[str, frozenset[str]]
) -> Ledger:
    ledger = Ledger.empty()
    for part in ("Q1", "Q2", "H1", "Q3", "Q4", "H2", ""):
        code = f"2025-{part}".rstrip("-")
        if part in SUMS:
            parts = [tables[f"2025-{short}"] for short in SUMS[part]]
            ledger = link_period(ledger, tables[code], parts)
        policy = Policy(5, "opdrachtgever", 5, withhold.get(code, frozenset()))
        ledger = ledger.add(tables[code], protect(tables[code], policy, ledger))
    return ledger


def test_the_same_year_gives_the_same_plan() -> None:
    tables = year(SMALL, LARGE, {"a": 9, "b": 2, "c": 8}, LARGE)
    turned = dict(reversed(tables.items()))
    assert plan_year(tables, POLICY, (BOTH, TOTAL)) == plan_year(
        turned, POLICY, (BOTH, TOTAL)
    )
