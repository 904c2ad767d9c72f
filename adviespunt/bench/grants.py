"""``grant_list``: what does sharing cost the list of kwesties?

The newest fifty of two supporters who work for the same tenants, in one database of
100,000 kwesties: one with her own caseload alone, one with whom 10,000 kwesties are
shared besides. They take turns, page by page. The figure is the worse of two ratios of
medians: that of the whole page, and that of its queries.
"""

from __future__ import annotations

from statistics import median
from typing import Any

from adviespunt.bench.children import Child
from adviespunt.bench.databases import Database
from adviespunt.bench.people import MEELEZER, ONDERSTEUNER

WARMING = 12


def grant_list(database: Database, *, rounds: int) -> dict[str, Any]:
    """{"grant_list": ratio, "grant_list_details": the figures behind it}."""
    times: dict[str, list[list[float]]] = {MEELEZER: [], ONDERSTEUNER: []}
    with Child("page", database) as child:
        for naam in times:
            child.ask("measure", namen=[naam] * min(WARMING, rounds))
        for turn in range(rounds):
            order = list(times)
            for naam in order if turn % 2 else reversed(order):
                times[naam] += child.ask("measure", namen=[naam])
    pages = {naam: median(t[0] for t in found) for naam, found in times.items()}
    queries = {naam: median(t[1] for t in found) for naam, found in times.items()}
    page = round(pages[MEELEZER] / pages[ONDERSTEUNER], 3)
    asked = round(queries[MEELEZER] / queries[ONDERSTEUNER], 3)
    return {
        "grant_list": max(page, asked),
        "grant_list_details": {
            "pagina": page,
            "vragen": asked,
            "pagina_ms_gedeeld": round(pages[MEELEZER] * 1000, 2),
            "pagina_ms_eigen": round(pages[ONDERSTEUNER] * 1000, 2),
            "vragen_ms_gedeeld": round(queries[MEELEZER] * 1000, 2),
            "vragen_ms_eigen": round(queries[ONDERSTEUNER] * 1000, 2),
        },
    }
