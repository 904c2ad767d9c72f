"""Limits of the search: the same answer on a busy machine, and none beyond bounds."""

import subprocess
import sys
import time
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from privacy.disclosure import Ledger, Policy, Refused, plan_year, protect
from privacy.disclosure.bounds import MOST_CELLS, MOST_TERMS, TooLarge, check_size
from privacy.disclosure.components import components_of
from privacy.disclosure.effort import Budget, OutOfTime, Work
from privacy.disclosure.formats import read_problem
from privacy.disclosure.problem import Cell, Problem, State
from privacy.disclosure.solution import solve
from tests.privacy.disclosure.test_planning import BOTH, SMALL, TOTAL, year
from tests.privacy.disclosure.test_protect import BROAD, report
from tests.privacy.disclosure.test_search import two_way

ROOT = Path(__file__).resolve().parents[3]


def clock_of(monkeypatch: pytest.MonkeyPatch, step: float) -> None:
    """A clock that runs ahead by ``step`` seconds at every look: a busy machine."""
    ticks = count()
    monkeypatch.setattr(time, "monotonic", lambda: next(ticks) * step)


@pytest.mark.parametrize("seconds", [0.05, 0.4])
def test_a_search_cut_short_gives_the_same_pattern_on_a_busy_machine(
    monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    """``seconds`` of work, too few for the best pattern; only the clock differs."""
    problem, _ = read_problem(two_way(40, 8, 6, seed=1))
    found = []
    for step in (1e-9, 1e-4):
        with monkeypatch.context() as patched:
            clock_of(patched, step)
            effort = Work(guard=1e6)
            solution = solve(problem, seconds, certify=60, effort=effort)
        assert solution.unmet == ()
        assert solution.bound < solution.loss
        found.append((solution.withheld, solution.loss, solution.bound, effort.done))
    assert found[0] == found[1]


def test_when_the_guard_on_the_clock_ends_there_is_no_other_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock_of(monkeypatch, 1000.0)
    with pytest.raises(Refused) as refusal:
        protect(report(), BROAD, Ledger.empty())
    assert refusal.value.code == "tijd"
    assert "later opnieuw" in refusal.value.reason
    with pytest.raises(Refused) as refusal:
        plan_year(year(SMALL, SMALL, SMALL, SMALL), BROAD, (BOTH, TOTAL))
    assert refusal.value.code == "tijd"


def test_every_part_has_a_limit_of_its_own() -> None:
    """Two tables that do not touch: the first may not spend the time of the second."""
    one, other = two_way(20, 4, 5, seed=1), two_way(20, 4, 5, seed=2)
    both = {
        "k": 5,
        "cells": [
            *one["cells"],
            *({**cell, "id": "x" + cell["id"]} for cell in other["cells"]),
        ],
        "relations": [
            *one["relations"],
            *(
                {"sum": "x" + row["sum"], "of": ["x" + id for id in row["of"]]}
                for row in other["relations"]
            ),
        ],
    }
    problem, _ = read_problem(both)
    parts = components_of(problem)
    assert len(parts) == 2
    alone = [solve(p.problem, 0.1, certify=60, effort=Work(1e6)) for p in parts]
    effort = Work(guard=1e6)
    together = solve(problem, 0.2, certify=60, effort=effort)
    assert together.unmet == ()
    assert together.loss == sum(found.loss for found in alone)


def test_a_budget_of_a_part_ends_before_that_of_the_whole() -> None:
    effort = Work(guard=60)
    whole = Budget(4.0, effort)
    part = whole.part(0.25)
    effort.add(1.5)
    assert part.left() < 0 < whole.left()
    assert whole.left() == pytest.approx(2.5)
    with pytest.raises(OutOfTime):
        Budget(1.0, Work(guard=-1))


def test_a_problem_beyond_the_bounds_is_refused_with_the_reason() -> None:
    cell = Cell("c", 1, State.OPEN)
    cells = tuple(replace(cell, id=f"c{n}") for n in range(MOST_CELLS + 1))
    with pytest.raises(TooLarge):
        check_size(Problem(cells, ()))
    row = tuple((n, 1) for n in range(1000))
    with pytest.raises(TooLarge):
        check_size(Problem(cells[:1000], (row,) * (MOST_TERMS // 1000 + 1)))
    check_size(Problem(cells[:1000], (row,)))


OUT_OF_MEMORY = """
from privacy.disclosure import Ledger, Refused, protect, bounds, protecting
from contextlib import contextmanager
from tests.privacy.disclosure.test_protect import BROAD, report
import numpy as np
real = protecting.solve
def hungry(*args, **kwargs):
    kept = [np.empty(2**23) for _ in range(40)]  # 2.5 GB
    return real(*args, **kwargs)
protecting.solve = hungry
try:
    protect(report(), BROAD, Ledger.empty())
except Refused as refusal:
    print("refused", refusal.code)
protecting.solve = real
print("then", protect(report(), BROAD, Ledger.empty()).te_weinig)
"""


def test_a_search_that_takes_too_much_memory_is_refused_and_the_job_goes_on() -> None:
    done = subprocess.run(
        [sys.executable, "-c", OUT_OF_MEMORY],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert done.stdout.split("\n")[:2] == ["refused omvang", "then False"]


def test_a_policy_without_time_still_refuses_by_work_alone() -> None:
    with pytest.raises(Refused) as refusal:
        protect(report(), Policy(5, "opdrachtgever", time_limit=0), Ledger.empty())
    assert refusal.value.code == "tijd"
    assert refusal.value.uitwegen == ("langere-periode", "niet")
