"""``sealed``: what do the seals cost a page of fifty names?

A search by surname of a teamleider, fifty hits with their names, beside the same page
in the same process without cipher and keys (``sealed_page``); they take turns. The
figure is the ratio of the medians. ``vragen`` says how many statements each took: keys
are fetched together, so the difference does not depend on the number of rows.
"""

from __future__ import annotations

from statistics import median
from typing import Any

from adviespunt.bench.children import Child
from adviespunt.bench.databases import Database
from adviespunt.bench.people import leader_of

NAAM = "Kwikstaart"
FULL = 50


def sealed(database: Database, *, rounds: int) -> dict[str, Any]:
    """{"sealed": ratio, "sealed_vragen": statements more, "sealed_details": …}."""
    largest = max(database.tenants(), key=lambda tenant: tenant[1])[0]
    with Child("sealed_page", database) as child:
        child.ask("measure", naam=leader_of(largest), tekst=NAAM, rounds=min(3, rounds))
        found = child.ask(
            "measure", naam=leader_of(largest), tekst=NAAM, rounds=max(3, rounds)
        )
    times = {name: median(found["seconds"][name]) for name in ("verzegeld", "open")}
    if min(found[name]["rijen"] for name in times) != FULL:
        raise RuntimeError(f"not a page of {FULL} rows: {found}")
    return {
        "sealed": round(times["verzegeld"] / times["open"], 3),
        "sealed_vragen": found["verzegeld"]["vragen"] - found["open"]["vragen"],
        "sealed_details": {
            "rijen": found["verzegeld"]["rijen"],
            "vragen_verzegeld": found["verzegeld"]["vragen"],
            "vragen_open": found["open"]["vragen"],
            "pagina_ms_verzegeld": round(times["verzegeld"] * 1000, 2),
            "pagina_ms_open": round(times["open"] * 1000, 2),
        },
    }
