"""Random tables: nothing released can be worked out, nothing is lost for nothing.

The default run is small and seeded; ADVIESPUNT_DEEP=1 runs thousands.
"""

import os
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from privacy.disclosure import (
    CountCell,
    CountTable,
    Knower,
    Ledger,
    Policy,
    Refused,
    Relation,
    link_period,
    protect,
    qualified,
)
from privacy.disclosure.audit import audit
from privacy.disclosure.export import audit_document
from privacy.disclosure.formats import Contradiction, read_problem, result_of
from privacy.disclosure.solution import solve
from tests.privacy.disclosure.tables import (
    SHAPES,
    THREE_WAY,
    Judge,
    Shape,
    as_audit,
    problems,
)

DEEP = os.environ.get("ADVIESPUNT_DEEP") == "1"


def examples(number: int) -> Any:
    return settings(
        max_examples=number * 25 if DEEP else number,
        deadline=None,
        derandomize=not DEEP,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def answered(document: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """Result and problem; examples with contradictory numbers are skipped."""
    try:
        problem, rule = read_problem(document)
    except Contradiction:
        assume(False)
    solution = solve(problem, rule.seconds)
    return result_of(problem, solution, 0.0), problem


@examples(110)
@given(problems())
def test_whatever_is_released_is_safe_by_enumeration_and_by_the_attacker(
    case: tuple[Shape, dict[str, Any]],
) -> None:
    shape, document = case
    result, _ = answered(document)
    assume(result["status"] == "safe")
    judge = Judge(shape, document, reach=_reach(shape))
    assert judge.is_safe(result["withheld"])
    assert audit(as_audit(document, result)).breaches == ()


@examples(20)
@given(problems(shapes=(THREE_WAY,), most=3))
def test_three_way_tables_are_safe_although_every_slice_looks_safe(
    case: tuple[Shape, dict[str, Any]],
) -> None:
    _, document = case
    result, _ = answered(document)
    assume(result["status"] == "safe")
    assert audit(as_audit(document, result)).breaches == ()


@examples(40)
@given(problems(shapes=(SHAPES[0], SHAPES[3], SHAPES[5]), most=3))
def test_no_cheaper_pattern_exists_and_a_refusal_means_there_is_none(
    case: tuple[Shape, dict[str, Any]],
) -> None:
    shape, document = case
    result, problem = answered(document)
    weight = {cell.id: cell.weight for cell in problem.cells}
    cheapest = Judge(shape, document, reach=_reach(shape)).cheapest(weight)
    if result["status"] == "safe":
        assert result["loss"] == result["bound"] == cheapest
    else:
        assert cheapest is None


CATEGORIES = ("a", "b", "c")
COUNTS = st.lists(st.integers(0, 14), min_size=3, max_size=3)


def _release(naam: str, counts: Sequence[int]) -> CountTable:
    total = sum(counts)
    cells = [CountCell("T", "totaal", (), total, total)]
    cells += [
        CountCell(id, "aard", (), n, n)
        for id, n in zip(CATEGORIES, counts, strict=True)
    ]
    return CountTable(naam, tuple(cells), (Relation("T", CATEGORIES),), "T")


@examples(40)
@given(st.lists(COUNTS, min_size=2, max_size=4), COUNTS, st.booleans(), st.booleans())
def test_a_series_with_late_registrations_gives_nothing_away(
    slices: list[list[int]], late: list[int], sliding: bool, insider: bool
) -> None:
    """Slices of time (or gemeenten of a region), then the sum over all (or over every
    two neighbours: rolling periods), then once more with late registrations; also for
    a reader who knows one category everywhere."""
    policy = Policy(5, "opdrachtgever", time_limit=5)
    parts = [_release(f"Q{n}", counts) for n, counts in enumerate(slices)]
    plan: list[tuple[CountTable, list[CountTable]]] = [(part, []) for part in parts]
    if sliding:
        for first, second in pairwise(parts):
            whole = _release(f"{first.naam}{second.naam}", _added(first, second))
            plan.append((whole, [first, second]))
    whole = _release("Y", [sum(c) for c in zip(*slices, late, strict=True)])
    plan.append((whole, parts))
    ledger = Ledger.empty()
    if insider:
        own = tuple(qualified(table.naam, "c") for table, _ in plan)
        ledger = ledger.link((), (), [Knower("gemeente", own)])
    for table, inside in plan:
        tied = link_period(ledger, table, inside) if inside else ledger
        try:
            ledger = tied.add(table, protect(table, policy, tied))
        except Refused as refusal:
            assert refusal.code == "vastgelegd"
    assert audit(audit_document(ledger, policy)).breaches == ()


def _added(first: CountTable, second: CountTable) -> list[int]:
    return [first.by_id[id].kwesties + second.by_id[id].kwesties for id in CATEGORIES]


def _reach(shape: Shape) -> int:
    """Atoms up to here are enough for k <= 3 and counts <= 5."""
    return {4: 12, 5: 9, 6: 8}.get(shape.atoms, 8)
