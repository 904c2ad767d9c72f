"""Working days: holidays move, and a year that was printed is checked by hand."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases import werkdagen

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("jaar", "maand", "dag"),
    [
        (2015, 4, 5),
        (2018, 4, 1),
        (2019, 4, 21),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2038, 4, 25),  # as late as it can be
        (2285, 3, 22),  # and as early
    ],
)
def test_easter_falls_where_the_calendar_says(jaar: int, maand: int, dag: int) -> None:
    assert werkdagen.pasen(jaar) == date(jaar, maand, dag)


def test_the_holidays_of_2025_are_those_of_the_law() -> None:
    """Algemene termijnenwet, art. 3."""
    assert sorted(werkdagen.feestdagen(2025)) == [
        date(2025, 1, 1),
        date(2025, 4, 18),  # Goede Vrijdag
        date(2025, 4, 21),  # tweede Paasdag
        date(2025, 4, 26),  # Koningsdag; the 27th is a Sunday
        date(2025, 5, 5),
        date(2025, 5, 29),  # Hemelvaartsdag
        date(2025, 6, 9),  # tweede Pinksterdag
        date(2025, 12, 25),
        date(2025, 12, 26),
    ]


@pytest.mark.parametrize(
    ("now", "aantal", "then"),
    [
        ((2026, 3, 4, 10), 2, (2026, 3, 2, 10)),
        ((2026, 4, 7, 10), 1, (2026, 4, 2, 10)),  # after Easter: the Thursday before
        ((2026, 4, 8, 10), 2, (2026, 4, 2, 10)),
        ((2025, 12, 29, 9), 2, (2025, 12, 23, 9)),
        ((2026, 5, 6, 9), 1, (2026, 5, 4, 9)),
    ],
)
def test_working_days_back_skip_weekends_and_holidays(
    now: tuple[int, ...], aantal: int, then: tuple[int, ...]
) -> None:
    moment = datetime(*now, tzinfo=AMSTERDAM)  # type: ignore[misc,arg-type]
    assert werkdagen.voor(moment, aantal) == datetime(*then, tzinfo=AMSTERDAM)  # type: ignore[misc,arg-type]


def test_a_term_that_ends_on_a_day_off_ends_on_the_next_working_day() -> None:
    assert werkdagen.vanaf(date(2026, 4, 3)) == date(2026, 4, 7)
    assert werkdagen.vanaf(date(2026, 4, 8)) == date(2026, 4, 8)


def test_a_day_made_equal_to_a_holiday_is_one_for_the_law_and_not_for_us() -> None:
    """Algemene termijnenwet, art. 3 lid 3: a Friday between a holiday and a weekend."""
    for dag in werkdagen.GELIJKGESTELD:
        assert dag - werkdagen.ETMAAL in werkdagen.feestdagen(dag.year)
        assert dag.weekday() == 4
        assert werkdagen.is_werkdag(dag)
        assert werkdagen.vanaf(dag) > dag
    moment = datetime(2026, 5, 18, 9, tzinfo=AMSTERDAM)
    assert werkdagen.voor(moment, 1).date() == date(2026, 5, 15)
