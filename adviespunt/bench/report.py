"""``report_vs_floor``: what the product adds to the work that has to be done anyway.

The year of the largest tenant. A real Celery worker makes the report; it is warm, as
a worker is after its first report (not for a single round). Product and floor
(``reporting``) take turns, and the ratio is that of the two medians.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from psycopg import sql

from adviespunt import embedded
from adviespunt.bench.children import Child
from adviespunt.bench.databases import Database, environment

WORKER = (
    *("-W", "ignore", "-m", "celery", "--quiet", "-A", "adviespunt"),
    *("worker", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
    "--without-heartbeat",
)


def report_vs_floor(database: Database, *, rounds: int) -> dict[str, Any]:
    """{"report_vs_floor", "report_seconds", "report_pages", "report_…"}."""
    tenant, _kwesties = database.tenants()[-1]
    year, kwesties = _year(database, tenant)
    about = {"tenant_id": tenant, "periode": str(year)}
    queue = f"bench-{os.getpid()}"
    with Child("reporting", database) as child, worker(database, queue):
        child.ask("use_queue", naam=queue)
        if rounds > 1:
            child.ask("product", **about)
            child.ask("floor", **about)
        products, floors = [], []
        for _turn in range(rounds):
            products.append(child.ask("product", **about))
            floors.append(child.ask("floor", **about))
        pages = child.ask("pages", **about)
    seconds = median(products)
    bare = {part: median(f[part] for f in floors) for part in floors[0]}
    return {
        "report_vs_floor": round(seconds / bare["geheel"], 3),
        "report_seconds": round(seconds, 3),
        "report_pages": pages,
        "report_vs_floor_details": {
            "jaar": year,
            "kwesties": kwesties,
            "ratio_drukken_na_elkaar": round(seconds / bare["geheel_na_elkaar"], 3),
            **{f"{part}_s": round(value, 3) for part, value in bare.items()},
        },
    }


def _year(database: Database, tenant_id: int) -> tuple[int, int]:
    """The year in which this tenant has most kwesties, and how many."""
    query = sql.SQL(
        "SELECT extract(year FROM datum)::int, count(*) FROM cases_kwestie"
        " WHERE tenant_id = %s GROUP BY 1 ORDER BY 2 DESC LIMIT 1"
    )
    ((year, kwesties),) = database.rows(query, tenant_id)
    return year, kwesties


@contextmanager
def worker(
    database: Database, queue: str, *, processen: int = 1
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker on this database that takes jobs from ``queue`` alone."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, *WORKER, "--concurrency", str(processen), "--queues", queue],
        cwd=embedded.ROOT,
        env=environment(database.inst, database.naam, "app"),
        stdout=sys.stderr,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
