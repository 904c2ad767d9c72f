"""``casework``: do the pages of a working day stay as fast when the register grows?

*Mijn werk* of a supporter and of a teamleider, the list, the page of a kwestie with two
hundred events, and search by name and by number: each through Django's own handler in
the process that is measured (``visits``), in two databases with tenants of about equal
size. The two take turns, page by page. Three figures: the worst ratio of medians, the
worst 95th percentile in the large database in milliseconds, and the most questions to
the database that a page asks.
"""

from __future__ import annotations

from statistics import median, quantiles
from typing import Any

from adviespunt.bench.children import Child
from adviespunt.bench.databases import Database

WARMING = 8
PAGINAS = ("werk", "werk_teamleider", "lijst", "kwestie", "zoek_naam", "zoek_nummer")


def casework(
    groot: Database, klein: Database, *, rounds: int, gebeurtenissen: int = 200
) -> dict[str, Any]:
    """{"casework": ratio, "casework_p95_ms", "casework_vragen", "casework_details"}."""
    with Child("visits", groot) as large, Child("visits", klein) as small:
        for child in (large, small):
            child.ask("prepare", gebeurtenissen=gebeurtenissen)
        found = {pagina: _compare(large, small, pagina, rounds) for pagina in PAGINAS}
    return {
        "casework": max(page["verhouding"] for page in found.values()),
        "casework_p95_ms": max(page["p95_ms_groot"] for page in found.values()),
        "casework_vragen": max(page["vragen"] for page in found.values()),
        "casework_details": found,
    }


def _compare(large: Child, small: Child, pagina: str, rounds: int) -> dict[str, float]:
    sides = {"groot": large, "klein": small}
    times: dict[str, list[float]] = {"groot": [], "klein": []}
    asked: list[int] = []
    for child in sides.values():
        child.ask("measure", pagina=pagina, keren=WARMING)
    for turn in range(rounds):
        order = list(sides)
        for side in order if turn % 2 else reversed(order):
            ((seconds, queries),) = sides[side].ask("measure", pagina=pagina, keren=1)
            times[side].append(seconds * 1000)
            asked.append(queries)
    half = {side: median(found) for side, found in times.items()}
    return {
        "verhouding": round(half["groot"] / half["klein"], 3),
        "mediaan_ms_groot": round(half["groot"], 2),
        "mediaan_ms_klein": round(half["klein"], 2),
        "p95_ms_groot": round(_p95(times["groot"]), 2),
        "p95_ms_klein": round(_p95(times["klein"]), 2),
        "vragen": max(asked),
    }


def _p95(found: list[float]) -> float:
    return quantiles(found, n=20)[-1] if len(found) > 1 else found[0]
