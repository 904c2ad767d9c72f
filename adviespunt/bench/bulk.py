"""``bulk_vs_floor``: what the product adds when it makes the reports of a quarter for
many tenants at once.

A sample of tenants spread over size, out of a register of a million kwesties. The
product: ``voorstellen.ask_for`` for each, and a Celery worker of so many processes
that counts, protects, freezes, prints and stores. The floor (``bulking``): the same
SQL, the same searches for a pattern and WeasyPrint on the final HTMLs, in as many
processes. The two take turns, a part of the sample each, so that what else the machine
does comes upon both.

``worker_memory_last_over_tenth``: memory of the worker's processes after the last
report, over that after the first part (the tenth report).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from psycopg import sql

from adviespunt.bench.children import Child
from adviespunt.bench.databases import Database
from adviespunt.bench.report import worker

DEEL = 10
KWARTAAL = """
SELECT extract(year FROM datum)::int, extract(quarter FROM datum)::int
FROM cases_kwestie WHERE datum < date_trunc('quarter', current_date)
GROUP BY 1, 2 ORDER BY count(*) DESC, 1 DESC, 2 DESC LIMIT 1
"""


def bulk_vs_floor(
    database: Database, *, tenants: int, processen: int, opwarmen: int
) -> dict[str, Any]:
    """{"bulk_vs_floor", "worker_memory_last_over_tenth", "bulk_vs_floor_details"}.

    opwarmen: reports a process makes before anything is measured.
    """
    ((jaar, kwartaal),) = database.rows(sql.SQL(KWARTAAL))
    periode = f"{jaar}-Q{kwartaal}"
    sample, warm = spread(database.tenants(), tenants, opwarmen * processen)
    queue = f"bench-{os.getpid()}"
    with ExitStack() as stack:
        floors = [
            stack.enter_context(Child("bulking", database)) for _ in range(processen)
        ]
        child = stack.enter_context(Child("bulking", database))
        child.ask("use_queue", naam=queue)
        process = stack.enter_context(worker(database, queue, processen=processen))
        child.ask("product", tenants=warm, periode=periode)
        products, bare, memory = [], [], []
        for part in in_parts(sample):
            products.append(child.ask("product", tenants=part, periode=periode))
            memory.append(memory_of(process.pid))
            bare.append(_floor(floors, part, periode))
    seconds = sum(done["seconden"] for done in products)
    floor = sum(part["geheel"] for part in bare)
    return {
        "bulk_vs_floor": round(seconds / floor, 3),
        "worker_memory_last_over_tenth": round(memory[-1] / memory[0], 3),
        "bulk_vs_floor_details": {
            "periode": periode,
            "tenants": len(sample),
            "processen": processen,
            "geweigerd": sum(done["geweigerd"] for done in products),
            "seconden": round(seconds, 2),
            "vloer_s": round(floor, 2),
            "per_deel": [
                round(done["seconden"] / part["geheel"], 3)
                for done, part in zip(products, bare, strict=True)
            ],
            **{
                f"{naam}_s": round(sum(part[naam] for part in bare), 2)
                for naam in ("tellen", "patroon", "drukken")
            },
            "geheugen_mb": [round(size / 2**20) for size in memory],
        },
    }


def spread(
    tenants: Sequence[tuple[int, int]], many: int, warm: int
) -> tuple[list[int], list[int]]:
    """(``many`` tenants evenly over size, ``warm`` others of middling size to warm up
    with); ``tenants`` are (id, kwesties), smallest first."""
    step = (len(tenants) - 1) / max(1, many - 1)
    chosen = [tenants[round(n * step)][0] for n in range(min(many, len(tenants)))]
    left = [tenant for tenant, _many in tenants if tenant not in chosen]
    middle = len(left) // 2
    return chosen, left[middle : middle + warm]


def in_parts(sample: Sequence[int]) -> list[list[int]]:
    """Parts of at most DEEL tenants, each spread over size as the whole is."""
    many = -(-len(sample) // DEEL)
    return [list(sample[start::many]) for start in range(many)]


def memory_of(master: int) -> int:
    """Bytes in RAM of the processes that a worker forked to do the work."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    page = os.sysconf("SC_PAGE_SIZE")
    return sum(
        int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * page
        for pid in children
    )


def _floor(
    children: Sequence[Child], tenants: Sequence[int], periode: str
) -> dict[str, float]:
    """The floor of these tenants, in as many processes; each takes the next one."""
    for child in children:
        child.ask("prepare", tenants=list(tenants), periode=periode)
    todo: SimpleQueue[int] = SimpleQueue()
    for tenant in tenants:
        todo.put(tenant)

    def work(child: Child) -> dict[str, float]:
        found = {"tellen": 0.0, "patroon": 0.0, "drukken": 0.0, "geheel": 0.0}
        while not todo.empty():
            done = child.ask("floor", tenant_id=todo.get(), periode=periode)
            found = {naam: value + done[naam] for naam, value in found.items()}
        return found

    with ThreadPoolExecutor(len(children)) as pool:
        each = list(pool.map(work, children))
    total = {naam: sum(one[naam] for one in each) for naam in each[0]}
    # Wall time is that of the process that was last.
    return total | {"geheel": max(one["geheel"] for one in each)}
