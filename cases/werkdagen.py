"""Working days in the Netherlands: Monday to Friday, without the public holidays.

Holidays are those of the Algemene termijnenwet, art. 3: Nieuwjaarsdag, Goede Vrijdag
(lid 2), tweede Paasdag, Koningsdag, 5 mei, Hemelvaartsdag, tweede Pinksterdag and both
days of Christmas. Easter by the anonymous Gregorian computus (Meeus, Astronomical
Algorithms, ch. 8).

For a term of the law alone, days count as well that were made equal to a holiday by
royal decree (art. 3 lid 3): once in three years, those of three years. Here are those
of 2023 to 2028 (*Besluit gelijkstelling van 28 april 2023, 19 mei 2023, 10 mei 2024,
27 december 2024 en 30 mei 2025* and *van 2 januari 2026, 15 mei 2026, 7 mei 2027,
28 april 2028 en 26 mei 2028 met een algemeen erkende feestdag*). Of other years they
are not known: the real last day may then be later. To ourselves they are working days.

Guarded by tests/cases/test_werkdagen.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

from django.utils import timezone

ZATERDAG, ZONDAG = 5, 6
GELIJKGESTELD = frozenset(
    {
        *(date(2023, 4, 28), date(2023, 5, 19), date(2024, 5, 10), date(2024, 12, 27)),
        *(date(2025, 5, 30), date(2026, 1, 2), date(2026, 5, 15), date(2027, 5, 7)),
        *(date(2028, 4, 28), date(2028, 5, 26)),
    }
)
ETMAAL = timedelta(days=1)


def pasen(jaar: int) -> date:
    """Easter Sunday."""
    a, b, c = jaar % 19, jaar // 100, jaar % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    maand, dag = divmod(h + m - 7 * n + 114, 31)
    return date(jaar, maand, dag + 1)


def koningsdag(jaar: int) -> date:
    """27 April, or the Saturday before when that is a Sunday (since 2014)."""
    dag = date(jaar, 4, 27)
    return dag - ETMAAL if dag.weekday() == ZONDAG else dag


@cache
def feestdagen(jaar: int) -> frozenset[date]:
    """The public holidays of a year (Algemene termijnenwet, art. 3)."""
    eerste = pasen(jaar)
    beweeglijk = {eerste + timedelta(days=days) for days in (-2, 1, 39, 50)}
    vast = {date(jaar, m, d) for m, d in ((1, 1), (5, 5), (12, 25), (12, 26))}
    return frozenset(beweeglijk | vast | {koningsdag(jaar)})


def is_werkdag(dag: date) -> bool:
    return dag.weekday() < ZATERDAG and dag not in feestdagen(dag.year)


def vanaf(dag: date) -> date:
    """This day, or the first one after it on which a term of the law can end
    (Algemene termijnenwet, art. 1 lid 1 and art. 3).
    """
    while not is_werkdag(dag) or dag in GELIJKGESTELD:
        dag += ETMAAL
    return dag


def voor(moment: datetime, werkdagen: int) -> datetime:
    """So many working days before ``moment``, local time; other days do not count."""
    local = timezone.localtime(moment)
    while not is_werkdag(local.date()):
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        local = midnight - timedelta(microseconds=1)
    for _ in range(werkdagen):
        local -= ETMAAL
        while not is_werkdag(local.date()):
            local -= ETMAAL
    return local
