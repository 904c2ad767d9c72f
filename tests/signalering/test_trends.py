"""Trends: what is planted is found, and nearly nothing else (S29).

The register is counted from its file here; that the product counts the same from its
database, is compared at the end.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from scipy.stats import false_discovery_control

from signalering import trends
from signalering.lifecycle.trendbesluiten import proposals, reeks_of
from signalering.periodes import parse
from signalering.trends import Onderwerp, Reeks, Richting, find_trends
from tenants.scope import Scope, acting_as
from tests.cases.registers import REGISTER
from tests.conftest import GEHEEL, connected_to

Row = tuple[str, int, Onderwerp, str]  # tenant, quarter, subject, client
PLANTED = {
    ("nijmegen", "ORG.WACHT", Richting.STIJGING): {"2024-Q4", "2025-Q1"},
    ("ede", "WEI.MINDER", Richting.STIJGING): {"2025-Q1", "2025-Q2"},
    ("wulpenhorst", "ORG.WISSEL", Richting.STIJGING): {"2024-Q3", "2024-Q4"},
    ("apeldoorn", "FIN.TERUG", Richting.DALING): {"2024-Q4", "2025-Q1", "2025-Q2"},
}
LAST = 2026 * 4 - 1


def quarter(datum: str) -> int:
    return int(datum[:4]) * 4 + (int(datum[5:7]) - 1) // 3


def code(number: int) -> str:
    return f"{number // 4}-Q{number % 4 + 1}"


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with REGISTER.open(encoding="utf-8-sig", newline="") as source:
        return [
            (
                row["tenant"],
                quarter(row["datum"]),
                Onderwerp(row["wet"].split()[0], row["aard"], row["subaard"]),
                row["client"],
            )
            for row in csv.DictReader(source, delimiter=";")
        ]


def series(rows: list[Row]) -> dict[str, Reeks]:
    """Tenant → its numbers; shares nothing with cases.counts_signalen."""
    by_tenant: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_tenant[row[0]].append(row)
    return {tenant: of_one(own) for tenant, own in by_tenant.items()}


def of_one(own: list[Row]) -> Reeks:
    first = min(row[1] for row in own)
    many = LAST - first + 1
    kwesties: dict[Onderwerp, list[int]] = defaultdict(lambda: [0] * many)
    people: dict[Onderwerp, list[set[object]]] = defaultdict(
        lambda: [set() for _ in range(many)]
    )
    everybody: list[set[object]] = [set() for _ in range(many)]
    for place, (_tenant, when, subject, client) in enumerate(own):
        who = client or place
        everybody[when - first].add(who)
        for one in {subject, Onderwerp(subject.wet, subject.aard)}:
            kwesties[one][when - first] += 1
            people[one][when - first].add(who)
    return Reeks(
        tuple(code(first + n) for n in range(many)),
        dict(kwesties),
        {one: [len(s) for s in sets] for one, sets in people.items()},
        [len(s) for s in everybody],
    )


def until(reeks: Reeks, end: int) -> Reeks:
    return Reeks(
        reeks.kwartalen[:end],
        {o: row[:end] for o, row in reeks.kwesties.items()},
        {o: row[:end] for o, row in reeks.mensen.items()},
        reeks.totaal[:end],
    )


def everything(rows: list[Row]) -> list[tuple[str, str, trends.Trend]]:
    """Every proposal of every tenant in every quarter."""
    return [
        (tenant, reeks.kwartalen[end - 1], trend)
        for tenant, reeks in series(rows).items()
        for end in range(1, len(reeks.kwartalen) + 1)
        for trend in find_trends(until(reeks, end))
    ]


def about(tenant: str, trend: trends.Trend) -> tuple[str, str, Richting]:
    return tenant, trend.onderwerp.sub, trend.richting


@pytest.fixture(scope="module")
def proposed(rows: list[Row]) -> list[tuple[str, str, trends.Trend]]:
    return everything(rows)


def test_s029_the_planted_signals_are_found_and_at_most_two_others(
    proposed: list[tuple[str, str, trends.Trend]],
) -> None:
    found: dict[Any, set[str]] = defaultdict(set)
    for tenant, periode, trend in proposed:
        found[about(tenant, trend)].add(periode)
    for planted, periods in PLANTED.items():
        assert found[planted] & periods, planted
    assert len(found.keys() - PLANTED.keys()) <= 2
    assert not {"rozendaal", "kleinhof"} & {tenant for tenant, _s, _r in found}


def test_every_proposal_stands_on_five_people_in_two_quarters(
    proposed: list[tuple[str, str, trends.Trend]],
) -> None:
    assert proposed
    for _tenant, _periode, trend in proposed:
        if trend.richting == Richting.STIJGING:
            assert len(trend.kwartalen) <= 2
            assert 5 <= trend.mensen <= trend.kwesties
        else:
            before = trend.verloop[: -len(trend.kwartalen)]
            assert sum(before[-2:]) >= 5


def test_a_register_in_which_nothing_happens_hardly_proposes_anything(
    rows: list[Row],
) -> None:
    mixed = shuffled(rows, random.Random(29))
    assert len({about(t, trend) for t, _p, trend in everything(mixed)}) <= 2


def shuffled(rows: list[Row], dice: random.Random) -> list[Row]:
    """The same kwesties, each on the day of another one of its tenant: no trend left."""
    by_tenant: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        by_tenant[row[0]].append(row[1])
    for days in by_tenant.values():
        dice.shuffle(days)
    return [(t, by_tenant[t].pop(), subject, who) for t, _day, subject, who in rows]


def one_subject(
    numbers: list[int], total: list[int], other: list[int] | None = None
) -> Reeks:
    subject = Onderwerp("JW", "ORG", "ORG.WACHT")
    rest = Onderwerp("WMO", "WEI", "WEI.ZORG")
    rows = {subject: numbers, rest: other or [8] * len(numbers)}
    codes = tuple(code(2023 * 4 + n) for n in range(len(numbers)))
    return Reeks(codes, rows, rows, total)


def test_growth_of_the_whole_tenant_is_no_trend() -> None:
    steady = [3, 3, 3, 3, 3, 3, 3, 3]
    assert find_trends(one_subject([*steady, 12], [40] * 9)) != []
    grown = one_subject([*steady, 12], [40] * 8 + [160], [8] * 8 + [32])
    assert find_trends(grown) == []


def test_what_comes_back_every_autumn_is_no_trend() -> None:
    first = [0, 0, 0, 12, 0, 0, 0, 0]
    assert find_trends(one_subject([*first[:3], 0, *first[4:7], 12], [60] * 8)) != []
    assert find_trends(one_subject([*first[:7], 12], [60] * 8)) == []


def test_six_kwesties_of_one_client_are_no_trend() -> None:
    reeks = one_subject([0, 0, 0, 0, 0, 0, 0, 6], [40] * 8)
    assert find_trends(reeks) != []
    (one,) = [o for o in reeks.mensen if o.sub == "ORG.WACHT"]
    few = dict(reeks.mensen) | {one: [0, 0, 0, 0, 0, 0, 0, 1]}
    assert find_trends(Reeks(reeks.kwartalen, reeks.kwesties, few, reeks.totaal)) == []


def test_the_end_of_a_rise_is_no_fall() -> None:
    rise = [1, 1, 1, 1, 12, 11, 0, 0, 0, 0]
    found = find_trends(one_subject(rise, [60] * 10))
    assert [t for t in found if t.richting == Richting.DALING] == []
    level = [6, 6, 6, 6, 6, 6, 0, 0, 0, 0]
    (fall,) = find_trends(one_subject(level, [60] * 10))
    assert (fall.richting, fall.kwesties) == (Richting.DALING, 0)


def test_a_proposal_that_goes_on_says_since_when() -> None:
    numbers = [0, 0, 0, 0, 0, 0, 10, 10]
    (voorstel,) = proposals(one_subject(numbers, [60] * 8))
    assert (voorstel.sinds, voorstel.is_nieuw) == ("2024-Q3", False)


def test_too_short_a_history_says_nothing() -> None:
    assert find_trends(one_subject([0, 0, 9], [20] * 3)) == []
    assert find_trends(Reeks((), {}, {}, [])) == []


def test_the_command_counts_the_same_from_the_database(
    rows: list[Row], register: Any, django_db_blocker: Any
) -> None:
    server, *_printed = register
    query = "SELECT id FROM tenants_tenant WHERE slug = 'wulpenhorst'"
    (tenant_id,) = server.execute(query).fetchone()
    said = io.StringIO()
    with django_db_blocker.unblock(), connected_to(GEHEEL):
        with acting_as(Scope("job", None, (tenant_id,), None, (tenant_id,))):
            counted = reeks_of(tenant_id, parse("2025-Q4"))
        call_command("trends", periode="2024-Q3", stdout=said)
    expected = series(rows)["wulpenhorst"]
    assert counted.kwartalen == expected.kwartalen
    assert dict(counted.kwesties) == dict(expected.kwesties)
    assert dict(counted.mensen) == dict(expected.mensen)
    assert list(counted.totaal) == list(expected.totaal)
    report = json.loads(said.getvalue())
    assert report["opdrachtgevers"] == 25
    ((slug, sub, kwesties),) = [
        (v["tenant"], v["subaard"], v["kwesties"]) for v in report["voorstellen"]
    ]
    assert (slug, sub, kwesties) == ("wulpenhorst", "ORG.WISSEL", 8)


def test_chance_is_corrected_as_scipy_does_it() -> None:
    drawn = np.random.default_rng(7)
    for number in (1, 2, 3, 40, 500):
        for scale in (1.0, 0.01):
            chance = drawn.random(number) * scale
            chance[number // 2] = chance[0]  # the same twice
            ours, theirs = trends.by_discovery(chance), false_discovery_control(chance)
            assert ours.tolist() == theirs.tolist()
