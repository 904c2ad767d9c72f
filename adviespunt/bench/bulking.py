"""Child process: reports of a quarter by the product, and the same by the floor.

The floor of one report: every SQL aggregate the product asked for (of the quarter, and
of the periods that the plan of its year needs) on a plain connection without row
security, the searches for a pattern (the plan of the year when the product made one,
and both calls of ``protect``) on finished tables, and WeasyPrint with its finish on the
two final HTMLs, one after the other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection  # noqa: TID251 (listens in on the counting)
from django.utils import timezone

from adviespunt.bench import reporting
from adviespunt.bench.children import answer
from privacy.disclosure import CountTable, Policy, plan_year
from signalering import lifecycle, voorstellen
from signalering.documents import document_for
from signalering.lifecycle.jaarplan import NIVEAUS, SECONDS
from signalering.lifecycle.reeks import Reeks
from signalering.models import Jaarplan, Publiek, Rapportage
from signalering.periodes import parse
from signalering.report import printing, render_html
from tenants.models import Job, Tenant
from tenants.scope import Scope, acting_as

LONGEST = 1800
POLL = 0.2


@dataclass(frozen=True, slots=True)
class Floor:
    """What the floor of one report needs, taken from the finished report."""

    rapportage: Rapportage
    series: Mapping[str, Reeks]
    plannen: tuple[tuple[Mapping[str, CountTable], Policy, bool], ...]
    statements: tuple[tuple[str, Any], ...]
    htmls: tuple[str, ...]


def product(tenants: list[int], periode: str) -> dict[str, float]:
    """Seconds from the first request to the last report, by a worker that is running;
    and how many were refused."""
    for tenant_id in tenants:
        reporting.withdraw(tenant_id, periode)
    slugs = _slugs(tuple(tenants))
    wanted = parse(periode)
    began = timezone.now()
    stands = [voorstellen.ask_for(slugs[t], t, wanted) for t in tenants]
    ended = _end_of([stand for stand in stands if stand.job], began)
    left = [voorstellen.look_at(s.slug, s.tenant_id, wanted) for s in stands]
    refused = sum(stand.stand == voorstellen.GEWEIGERD for stand in left)
    return {"seconden": (ended - began).total_seconds(), "geweigerd": refused}


def _slugs(tenants: tuple[int, ...]) -> dict[int, str]:
    with acting_as(Scope("staff", None, tenants)):
        rows = Tenant.objects.filter(pk__in=tenants)
        return dict(rows.values_list("pk", "slug"))


def _end_of(stands: list[voorstellen.Stand], began: datetime) -> datetime:
    """When the last job was done, by its own row."""
    tenants = tuple(stand.tenant_id for stand in stands)
    start = time.perf_counter()
    while time.perf_counter() - start < LONGEST:
        with acting_as(Scope("staff", None, tenants)):
            rows = Job.objects.filter(
                tenant_id__in=tenants, pk__in=[stand.job for stand in stands]
            )
            jobs = list(rows)
        if not any(job.is_onderweg for job in jobs):
            return max((job.klaar_op or began for job in jobs), default=began)
        time.sleep(POLL)
    raise RuntimeError("the reports take too long; is there a worker?")


# ------------------------------------------------------------------------ the floor


def prepare(tenants: list[int], periode: str) -> int:
    """Take what the floor needs from these reports; how many there are."""
    return sum(_taken(tenant_id, periode) is not None for tenant_id in tenants)


@cache
def _taken(tenant_id: int, periode: str) -> Floor | None:
    """None when the product was refused a report: then there is no floor either."""
    scope = _job_scope(tenant_id)
    statements: list[tuple[str, Any]] = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        statements.append((sql, params))
        return execute(sql, params, *rest)

    with acting_as(scope):
        found = lifecycle.living_rapportage(tenant_id, parse(periode))
        if found is None or not found.cijfers_sha256:
            return None
        with connection.execute_wrapper(listen):
            table = lifecycle.count_figures(found)
        series = lifecycle.series_of(found, table)
        with connection.execute_wrapper(listen):
            plans = tuple(_plans(found, series))
        htmls = tuple(render_html(document_for(found, p.value)) for p in Publiek)
    return Floor(found, series, plans, tuple(statements), htmls)


def _plans(
    found: Rapportage, series: Mapping[str, Reeks]
) -> list[tuple[Mapping[str, CountTable], Policy, bool]]:
    """What the plan of the year was searched in, when it was made for this report."""
    made = Jaarplan.objects.filter(
        tenant_id=found.tenant_id,
        jaar=found.van.year,
        gemaakt_op__gte=found.aangemaakt_op,
    )
    plans: list[tuple[Mapping[str, CountTable], Policy, bool]] = []
    for plan in made:
        reeks, basis = series[plan.publiek], parse(plan.grondslag)
        tables = {p.code: reeks.count(p) for p in (basis, *basis.below)}
        if tables[basis.code].totaal.clienten:
            k = found.drempel_voor(plan.publiek)
            is_over = basis.jaar == found.van.year
            plans.append((tables, Policy(k, plan.publiek, SECONDS), is_over))
    return plans


def floor(tenant_id: int, periode: str) -> dict[str, float]:
    """Seconds of each part of the floor of one report, and ``geheel``."""
    held = _taken(tenant_id, periode)
    if held is None:
        return dict.fromkeys(("tellen", "patroon", "drukken", "geheel"), 0.0)
    plain, scope = reporting.plain_connection(), _job_scope(tenant_id)
    began = time.perf_counter()
    for sql, params in held.statements:
        plain.execute(sql, params).fetchall()
    counted = time.perf_counter()
    for tables, policy, is_over in held.plannen:
        plan_year(tables, policy, NIVEAUS, pattern=is_over)
    with acting_as(scope):
        lifecycle.protect_figures(held.rapportage, held.series)
    searched = time.perf_counter()
    for html in held.htmls:
        printing.warm_up().draw(printing.Drukwerk(html), {})
    printed = time.perf_counter()
    return {
        "tellen": counted - began,
        "patroon": searched - counted,
        "drukken": printed - searched,
        "geheel": printed - began,
    }


def _job_scope(tenant_id: int) -> Scope:
    return Scope("job", None, (tenant_id,), tenant_id, (tenant_id,))


def main() -> None:
    printing.warm_up()
    answer(
        {
            "use_queue": reporting.use_queue,
            "product": product,
            "prepare": prepare,
            "floor": floor,
        }
    )
