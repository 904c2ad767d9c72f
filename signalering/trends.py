"""Trends that the software sees: proposals for people, out of counts alone (S29).

Per subject (law and sub-aard, or law and aard) of one tenant, the newest one or two
quarters are laid beside the tenant's own history. What is compared is the share in all
kwesties of the tenant, so growth of the tenant as a whole and the season in its volume
fall out. Under "nothing changed" the number in the window is binomial, given the number
in window and history together; where subjects of this tenant vary more than that, the
numbers count for less (quasi-likelihood). The same quarters of a year ago have to show
it too, so a subject that comes back every autumn is no trend.

A fall is looked for in the last two to four quarters, and is no fall when it is the end
of a rise: without the two highest quarters of the history it has to hold still.

One person counts once a quarter in a subject: six kwesties of one client are no trend.
The proposals of a tenant in a quarter together hold to the false discovery rate
``RATE`` (Benjamini-Hochberg). Nothing here goes outside: these are true counts.

Pure numbers: no database, no Django. Guarded by tests/signalering/test_trends.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

Counts = NDArray[np.float64]

# The share of proposals that is chance, expected per tenant and quarter. What is
# wanted is a subject that is precise; an aard as a whole has to be surer.
RATE: Final = 0.01
RATE_AARD: Final = 0.002
MINIMUM: Final = 5  # kwesties in the higher window, each of somebody else
WINDOWS_UP: Final = (1, 2)  # quarters
WINDOWS_DOWN: Final = (2, 3, 4)
HISTORY: Final = 3  # fewest quarters to compare with
SEASON: Final = 0.2  # how surely the same quarters of a year ago have to differ
USUAL: Final = 0.05  # how surely a fall has to hold without the two highest quarters
FACTOR: Final = 1.5  # a smaller change is not worth anybody's time


class Richting(StrEnum):
    STIJGING = "stijging"
    DALING = "daling"


@dataclass(frozen=True, slots=True, order=True)
class Onderwerp:
    """What is counted; ``sub`` "" is everything of this law and aard."""

    wet: str
    aard: str
    sub: str = ""


@dataclass(frozen=True, slots=True)
class Reeks:
    """The numbers of one tenant, quarter by quarter, oldest first.

    kwesties, mensen: per subject as many numbers as ``kwartalen``; mensen counts
    somebody once a quarter. totaal: of the tenant, whatever the subject (mensen).
    """

    kwartalen: tuple[str, ...]
    kwesties: Mapping[Onderwerp, Sequence[int]]
    mensen: Mapping[Onderwerp, Sequence[int]]
    totaal: Sequence[int]


@dataclass(frozen=True, slots=True)
class Trend:
    """A proposal. ``kwartalen`` quarters up to and with the last one are compared with
    ``historie`` quarters before; verwacht: kwesties if nothing had changed; p: after
    correction for the windows tried; q: for all subjects of the tenant as well.
    """

    onderwerp: Onderwerp
    richting: Richting
    kwartalen: tuple[str, ...]
    kwesties: int
    mensen: int
    historie: int
    kwesties_historie: int
    mensen_historie: int
    verwacht: float
    verhouding: float | None
    p: float
    q: float
    verloop: tuple[int, ...]


def find_trends(
    reeks: Reeks, rates: tuple[float, float] = (RATE, RATE_AARD)
) -> list[Trend]:
    """The proposals of the last quarter of the series, most certain first.

    rates: for sub-aarden, and for aarden as a whole.
    """
    if len(reeks.kwartalen) <= HISTORY:
        return []
    total = np.asarray(reeks.totaal, dtype=float)
    rows = {
        onderwerp: np.asarray(row, dtype=float)
        for onderwerp, row in reeks.mensen.items()
        if sum(row) >= MINIMUM
    }
    excess = dispersion(list(rows.values()), total)
    tests = list(_tests(total))
    found: list[Trend] = []
    for is_sub, rate in zip((True, False), rates, strict=True):
        level = {o: row for o, row in rows.items() if bool(o.sub) == is_sub}
        if not level:
            continue
        best = [_best(row, total, tests, excess) for row in level.values()]
        reach = [_reach(row, test, excess) for row in level.values() for test in tests]
        chance = [_by_chance(one.p, reach) / len(level) for one in best]
        q = by_discovery(np.minimum(1.0, chance))
        found += [
            _trend(reeks, onderwerp, one, float(value))
            for onderwerp, one, value in zip(level, best, q, strict=True)
            if value <= rate and one.window
        ]
    return sorted(_finest(found), key=lambda trend: (trend.q, trend.onderwerp))


def by_discovery(chance: Counts) -> Counts:
    """Benjamini-Hochberg: per p the lowest false discovery rate that still keeps it.

    The same as ``scipy.stats.false_discovery_control``. Reading ``scipy.stats`` takes
    longer than all of our own modules, in every process that starts.
    """
    number = len(chance)
    order = np.argsort(chance)
    raised = chance[order] * (number / np.arange(1, number + 1))
    adjusted = np.empty(number)
    adjusted[order] = np.minimum.accumulate(raised[::-1])[::-1]
    return np.clip(adjusted, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class _Test:
    """A window of so many quarters at the end, with the share of all kwesties in it."""

    window: int
    is_up: bool
    of_now: float
    of_was: float


@dataclass(frozen=True, slots=True)
class _Found:
    """The window of a subject that stands out most; window 0 when none may."""

    p: float
    window: int = 0
    richting: Richting = Richting.STIJGING


def _tests(total: Counts) -> Iterator[_Test]:
    for is_up, windows in ((True, WINDOWS_UP), (False, WINDOWS_DOWN)):
        for window in windows:
            now, was = float(total[-window:].sum()), float(total[:-window].sum())
            if len(total) - window >= HISTORY and now and was:
                yield _Test(window, is_up, now, was)


def _best(row: Counts, total: Counts, tests: Sequence[_Test], excess: float) -> _Found:
    found = [_Found(1.0)]
    for test in tests:
        now, was = float(row[-test.window :].sum()), float(row[: -test.window].sum())
        high = now if test.is_up else float(row[: -test.window][-2:].sum())
        if (
            high >= MINIMUM
            and _matters(test, now, was)
            and _as_a_year_ago(row, total, test)
            and (test.is_up or _below_usual(row, total, test.window))
        ):
            p = float(tail(test, now, was, excess))
            richting = Richting.STIJGING if test.is_up else Richting.DALING
            found.append(_Found(p, test.window, richting))
    return min(found, key=lambda one: one.p)


def _matters(test: _Test, now: Any, was: Any) -> Any:
    """Changed by FACTOR or more; of numbers or arrays."""
    a, b = now * test.of_was, was * test.of_now
    return a >= FACTOR * b if test.is_up else b >= FACTOR * a


def tail(test: _Test, now: Any, was: Any, excess: float = 1.0) -> Any:
    """P(so many in the window or more; or fewer, for a fall) of ``now + was``, each of
    which has chance of_now / (of_now + of_was) to be in it: the conditional test of two
    Poisson rates. ``excess`` > 1 makes the numbers count for less.
    """
    share = test.of_now / (test.of_now + test.of_was)
    high, low = (now, was) if test.is_up else (was, now)
    chance = share if test.is_up else 1 - share
    return betainc(np.maximum(high, 1e-9) / excess, low / excess + 1, chance)


def _reach(row: Counts, test: _Test, excess: float) -> Counts:
    """Every p that this test can give with as many kwesties in all, lowest first."""
    many = row.sum()
    now = np.arange(many + 1)
    high = now if test.is_up else many - now
    may = (high >= MINIMUM) & _matters(test, now, many - now)
    found: Counts = np.sort(tail(test, now[may], many - now[may], excess))
    return found


def _by_chance(p: float, reach: Sequence[Counts]) -> float:
    """How many tests give ``p`` or less if nothing changed anywhere (Heyse 2011)."""
    expected = 0.0
    for values in reach:
        place = int(np.searchsorted(values, p * (1 + 1e-9), side="right"))
        expected += float(values[place - 1]) if place else 0.0
    return expected


def _as_a_year_ago(row: Counts, total: Counts, test: _Test) -> bool:
    """The same quarters a year earlier differ as well, where there are any."""
    if len(row) < test.window + 4:
        return True
    last_year = slice(-test.window - 4, -4)
    of_was = float(total[last_year].sum())
    beside = replace(test, of_was=of_was)
    now, was = float(row[-test.window :].sum()), float(row[last_year].sum())
    return not of_was or bool(tail(beside, now, was) <= SEASON)


def _below_usual(row: Counts, total: Counts, window: int) -> bool:
    """Lower than before also without the two highest quarters there were."""
    history, of_history = row[:-window], total[:-window]
    usual = np.argsort(history, kind="stable")[:-2]
    test = _Test(
        window, False, float(total[-window:].sum()), float(of_history[usual].sum())
    )
    if not test.of_was:
        return False
    p = tail(test, float(row[-window:].sum()), float(history[usual].sum()))
    return bool(p <= USUAL)


def dispersion(rows: Sequence[Counts], total: Counts) -> float:
    """How much more subjects vary from quarter to quarter than chance (at least 1).

    The lower of two: over all quarters, and over those before the ones that are judged;
    so neither what is looked for now nor a short history hides a signal.
    """
    before = slice(None, -max(WINDOWS_UP))
    return min(
        _dispersion(rows, total),
        _dispersion([row[before] for row in rows], total[before]),
    )


def _dispersion(rows: Sequence[Counts], total: Counts) -> float:
    """Pearson's chi-square per degree of freedom, over all subjects but the tenth that
    varies most (one at least): a signal is no noise.
    """
    used = total > 0
    free = int(used.sum()) - 1
    if free < 1:
        return 1.0
    weight = total[used] / total.sum()
    each = sorted(_chi_square(row[used], weight) / free for row in rows if row.sum())
    kept = each[: len(each) - max(1, round(len(each) / 10))]
    return max(1.0, float(np.mean(kept))) if kept else 1.0


def _chi_square(row: Counts, weight: Counts) -> float:
    expected = row.sum() * weight
    return float(((row - expected) ** 2 / expected).sum())


def _trend(reeks: Reeks, onderwerp: Onderwerp, found: _Found, q: float) -> Trend:
    kwesties, mensen = reeks.kwesties[onderwerp], reeks.mensen[onderwerp]
    split = len(mensen) - found.window
    of_now, of_was = sum(reeks.totaal[split:]), sum(reeks.totaal[:split])
    now, was = sum(mensen[split:]), sum(mensen[:split])
    return Trend(
        onderwerp=onderwerp,
        richting=found.richting,
        kwartalen=tuple(reeks.kwartalen[split:]),
        kwesties=sum(kwesties[split:]),
        mensen=now,
        historie=split,
        kwesties_historie=sum(kwesties[:split]),
        mensen_historie=was,
        verwacht=round(was / of_was * of_now, 1),
        verhouding=round(now * of_was / (was * of_now), 2) if was else None,
        p=found.p,
        q=q,
        verloop=tuple(kwesties),
    )


def _finest(trends: Sequence[Trend]) -> Iterator[Trend]:
    """Each once: an aard as a whole only when no sub-aard of it tells the same."""
    told = {
        (t.onderwerp.wet, t.onderwerp.aard, t.richting)
        for t in trends
        if t.onderwerp.sub
    }
    for trend in trends:
        o = trend.onderwerp
        if o.sub or (o.wet, o.aard, trend.richting) not in told:
            yield trend
