"""``rls_cost``: what row-level security costs on the page of the list.

All statements of that page (``replay``), of the teamleider of the median and of the
largest tenant in the large, uneven database; the result is the worse of the two.
The statements alone: setting the context costs one message each time a transaction
begins, whatever the rows; ``ratio_geheel`` has that in it.
"""

from __future__ import annotations

from typing import Any

from adviespunt.bench.children import Child
from adviespunt.bench.databases import Database
from adviespunt.bench.people import leader_of


def rls_cost(database: Database, *, rounds: int) -> dict[str, Any]:
    """{"rls_cost": ratio, "rls_cost_…": the figures behind it}."""
    tenants = database.tenants()
    chosen = {"mediaan": tenants[len(tenants) // 2], "grootste": tenants[-1]}
    found = {}
    with Child("replay", database) as child:
        for name, (tenant, kwesties) in chosen.items():
            times = child.ask("measure", naam=leader_of(tenant), rounds=rounds)
            found[name] = {
                "ratio": round(times["met"] / times["zonder"], 3),
                "ratio_geheel": round(times["met_geheel"] / times["zonder_geheel"], 3),
                "kwesties": kwesties,
                **{f"{key}_ms": times[key] for key in ("met", "zonder")},
                "vragen": times["vragen"],
            }
    return {
        "rls_cost": max(tenant["ratio"] for tenant in found.values()),
        "rls_cost_details": found,
    }
