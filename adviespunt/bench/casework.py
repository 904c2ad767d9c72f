"""``casework``: do the pages of a working day stay as fast when the register grows?

*Mijn dag*, *Mijn werk* of a supporter and of a teamleider, the desk of the team, the
list, the page of a kwestie with two hundred events (as it opens, and with all of them
shown), and search by name and by number: each through Django's own handler in the
process that is measured (``visits``), in two databases with tenants of about equal size.

A round asks for every page in both databases, the two one right after the other, in
turns; so what else the machine does comes upon both. Rounds make SERIES series, each
with its own 95th percentiles; a page's ratio is the median over the series of the ratio
of those two. Three figures: the worst such ratio of a page, the worst 95th percentile in
the large database in milliseconds, and the most questions to the database a page asks:
those of a visit in which it is written down that somebody is active, too.
"""

from __future__ import annotations

from statistics import median, quantiles
from typing import Any

from adviespunt.bench.children import Child
from adviespunt.bench.databases import Database

WARMING = 8
SERIES = 5
PAGINAS = (
    *("dag", "werk", "werk_teamleider", "team", "lijst"),
    *("kwestie", "kwestie_heel", "zoek_naam", "zoek_nummer"),
)
ZIJDEN = ("groot", "klein")
Times = dict[str, dict[str, list[float]]]  # page → side → milliseconds, in order


def casework(
    groot: Database,
    klein: Database,
    *,
    rounds: int,
    gebeurtenissen: int,
    clienten: int,
) -> dict[str, Any]:
    """{"casework": ratio, "casework_p95_ms", "casework_vragen", "casework_details"}."""
    with Child("visits", groot) as large, Child("visits", klein) as small:
        sides = {"groot": large, "klein": small}
        for child in sides.values():
            child.ask("prepare", gebeurtenissen=gebeurtenissen, clienten=clienten)
            for pagina in PAGINAS:
                child.ask("measure", pagina=pagina, keren=min(WARMING, rounds))
        times, asked = _measure(sides, rounds)
    found = {
        pagina: {**_figures(times[pagina]), "vragen": asked[pagina]}
        for pagina in PAGINAS
    }
    return {
        "casework": max(page["verhouding"] for page in found.values()),
        "casework_p95_ms": max(page["p95_ms_groot"] for page in found.values()),
        "casework_vragen": max(page["vragen"] for page in found.values()),
        "casework_details": found,
    }


def _measure(sides: dict[str, Child], rounds: int) -> tuple[Times, dict[str, int]]:
    """Milliseconds of every visit, and the most questions of each page."""
    times: Times = {pagina: {side: [] for side in ZIJDEN} for pagina in PAGINAS}
    asked = {
        pagina: max(child.ask("count", pagina=pagina) for child in sides.values())
        for pagina in PAGINAS
    }
    for turn in range(rounds):
        for pagina in PAGINAS:
            for side in ZIJDEN if turn % 2 else reversed(ZIJDEN):
                ((seconds, queries),) = sides[side].ask(
                    "measure", pagina=pagina, keren=1
                )
                times[pagina][side].append(seconds * 1000)
                asked[pagina] = max(asked[pagina], queries)
    return times, asked


def _figures(times: dict[str, list[float]]) -> dict[str, float]:
    """Of one page."""
    ratios = [
        _p95(large) / _p95(small)
        for large, small in zip(
            _series(times["groot"]), _series(times["klein"]), strict=True
        )
    ]
    half = {side: median(found) for side, found in times.items()}
    return {
        "verhouding": round(median(ratios), 3),
        "verhouding_medianen": round(half["groot"] / half["klein"], 3),
        "mediaan_ms_groot": round(half["groot"], 2),
        "mediaan_ms_klein": round(half["klein"], 2),
        "p95_ms_groot": round(_p95(times["groot"]), 2),
        "p95_ms_klein": round(_p95(times["klein"]), 2),
    }


def _series(found: list[float]) -> list[list[float]]:
    """SERIES runs after each other, as long as each other; the rest is left out."""
    size = max(1, len(found) // SERIES)
    return [
        found[at : at + size] for at in range(0, size * min(SERIES, len(found)), size)
    ]


def _p95(found: list[float]) -> float:
    return quantiles(found, n=20)[-1] if len(found) > 1 else found[0]
