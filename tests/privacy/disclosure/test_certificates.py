"""The gate adds up whole numbers and believes nobody."""

import pytest

from privacy.disclosure.certificates import Certificate, holds, is_possible, unmet
from privacy.disclosure.problem import Cell, Insider, Need, Problem, State, sum_row

# 0: total 40, printed or not; 1: 20; 2: 3, sensitive; 3: 17; 4: earlier printed 0
CELLS = (
    Cell("T", 40, State.OPEN),
    Cell("a", 20, State.OPEN),
    Cell("b", 3, State.OPEN, sensitive=True, low=1, high=5),
    Cell("c", 17, State.OPEN),
    Cell("d", 0, State.PRINTED),
)
PROBLEM = Problem(
    CELLS, (sum_row(0, [1, 2, 3, 4]),), (Insider("aanbieder", frozenset([1])),)
)
UP, DOWN = Need(2, 1, 2), Need(2, -1, 2)
KNOWING = (Need(2, 1, 2, 0), Need(2, -1, 2, 0))


def test_needs_are_one_per_side_and_reader() -> None:
    assert set(PROBLEM.needs) == {UP, DOWN, *KNOWING}


@pytest.mark.parametrize(
    ("moves", "possible"),
    [
        ({2: 2, 3: -2}, True),
        ({2: 2, 3: -1}, False),  # does not add up
        ({2: -4, 3: 4}, False),  # below zero
        ({2: 2, 1: -2}, False),  # a is printed
        ({2: 2, 4: -2}, False),  # printed earlier
        ({2: 2.0, 3: -2.0}, False),  # not whole numbers
    ],
)
def test_a_table_counts_only_when_a_reader_could_hold_it_for_true(
    moves: dict[int, int], possible: bool
) -> None:
    assert is_possible(PROBLEM, {2, 3}, moves) is possible


def test_everything_settled_means_nothing_unmet() -> None:
    up, down = Certificate({2: 2, 3: -2}), Certificate({2: -2, 3: 2})
    proof = {UP: up, DOWN: down, KNOWING[0]: up, KNOWING[1]: down}
    assert unmet(PROBLEM, {2, 3}, proof) == []
    assert unmet(PROBLEM, {2, 3}, {UP: up}) == [DOWN, *KNOWING]
    assert DOWN in unmet(PROBLEM, {2, 3}, {**proof, DOWN: up})


def test_a_sensitive_cell_that_is_printed_is_never_settled() -> None:
    assert Need(2, 0, 0) in unmet(PROBLEM, {3}, {})


def test_a_certificate_that_uses_what_an_insider_knows_is_not_for_him() -> None:
    through_a = Certificate({2: 2, 1: -2})
    assert holds(PROBLEM, {1, 2}, UP, through_a)
    assert not holds(PROBLEM, {1, 2}, KNOWING[0], through_a)
    proof = {need: through_a for need in (UP, KNOWING[0])}
    assert KNOWING[0] in unmet(PROBLEM, {1, 2}, proof)
