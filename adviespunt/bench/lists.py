"""``list_scale``: does the list stay as fast when the register grows?

The full page (``page``) of a teamleider of one tenant and of a supporter with two
tenants, in two databases with tenants of about equal size. The two take turns, page by
page; each figure is the ratio of the medians, and the result is the worse person.
In the large database the pages are spread over tenants, so that they do not all come
from the same few blocks.
"""

from __future__ import annotations

from itertools import cycle, islice
from statistics import median
from typing import Any

from adviespunt.bench.children import Child
from adviespunt.bench.databases import Database
from adviespunt.bench.people import ONDERSTEUNER, leader_of

SPREAD = 20  # tenants of the large database whose pages are asked for
WARMING = 12  # pages asked for beforehand (or rounds), at least one of each person


def list_scale(groot: Database, klein: Database, *, rounds: int) -> dict[str, Any]:
    """{"list_scale": ratio, "list_scale_…": the figures behind it}."""
    with Child("page", groot) as large, Child("page", klein) as small:
        found = {
            "teamleider": _compare(
                (large, _leaders(groot)), (small, _leaders(klein)), rounds
            ),
            "ondersteuner": _compare(
                (large, [ONDERSTEUNER]), (small, [ONDERSTEUNER]), rounds
            ),
        }
    return {
        "list_scale": max(person["pagina"] for person in found.values()),
        "list_scale_details": found,
    }


def _leaders(database: Database) -> list[str]:
    tenants = [tenant for tenant, _kwesties in database.tenants()]
    step = max(1, len(tenants) // SPREAD)
    return [leader_of(tenant) for tenant in tenants[::step][:SPREAD]]


def _compare(
    large: tuple[Child, list[str]], small: tuple[Child, list[str]], rounds: int
) -> dict[str, float]:
    """Ratios of the whole page and of its queries; median ms of both pages."""
    sides = {"groot": large, "klein": small}
    times: dict[str, list[list[float]]] = {"groot": [], "klein": []}
    for child, people in sides.values():
        warming = max(min(WARMING, rounds), len(people))
        child.ask("measure", namen=list(islice(cycle(people), warming)))
    for turn in range(rounds):
        order = list(sides.items())
        for side, (child, people) in order if turn % 2 else reversed(order):
            naam = people[turn % len(people)]
            times[side] += child.ask("measure", namen=[naam])
    page = {side: median(t[0] for t in found) for side, found in times.items()}
    queries = {side: median(t[1] for t in found) for side, found in times.items()}
    return {
        "pagina": round(page["groot"] / page["klein"], 3),
        "vragen": round(queries["groot"] / queries["klein"], 3),
        "pagina_ms_groot": round(page["groot"] * 1000, 2),
        "pagina_ms_klein": round(page["klein"] * 1000, 2),
        "vragen_ms_groot": round(queries["groot"] * 1000, 2),
        "vragen_ms_klein": round(queries["klein"] * 1000, 2),
    }
