"""Child process: one report by the product, and the same by the floor beneath it.

The product: a teamleider asks for a report, the commit sends its job id to Celery, a
worker counts, protects, freezes, prints and stores; done when the job is and both
PDFs are on disk.

The floor: the same SQL aggregates with the same parameters on a plain connection
without row security, the pattern search (both calls of ``protect``) on the finished
table of counts, and WeasyPrint on the two final HTMLs, side by side in two processes
that wait for them with fonts loaded. Nothing else: no request, no job, no counting
into cells, no templates, no isolated printing, no storage.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import psycopg
from celery import current_app
from django.conf import settings
from django.db import connection  # noqa: TID251 (listens in on the counting)
from django.utils import timezone
from pypdf import PdfReader

from adviespunt.bench.children import answer
from adviespunt.bench.people import ident, leader_of
from signalering import lifecycle, selectors, storage
from signalering.documents import document_for
from signalering.lifecycle.reeks import Reeks
from signalering.models import Publiek, Rapportage
from signalering.periodes import Periode, parse
from signalering.report import printing, render_html
from tenants.access import Wie, wie_for
from tenants.jobs import enqueue
from tenants.models import Job, User
from tenants.scope import Scope, acting_as

LONGEST = 120  # seconds to wait for a report
POLL = 0.2


@dataclass(frozen=True, slots=True)
class Floor:
    """What the floor needs, taken from one finished report."""

    rapportage: Rapportage
    series: Mapping[str, Reeks]
    statements: tuple[tuple[str, Any], ...]
    htmls: tuple[str, ...]


# ---------------------------------------------------------------------- the product


@cache
def _leader(tenant_id: int) -> Wie:
    user = User.objects.get(pk=ident(leader_of(tenant_id)))
    with acting_as(Scope("identity", user.pk)):
        return wie_for(user)


def withdraw(tenant_id: int, periode: str) -> None:
    """Make room for a new version of the report of this period."""
    wie = _leader(tenant_id)
    with acting_as(wie.scope(tenant_id)):
        living = lifecycle.living_rapportage(tenant_id, parse(periode))
        if living is not None:
            lifecycle.withdraw(
                actor=wie, tenant_id=tenant_id, pk=living.pk, reden="meting"
            )


def product(tenant_id: int, periode: str) -> float:
    """Seconds from the request to both PDFs on disk, by a worker that is running."""
    withdraw(tenant_id, periode)
    wie = _leader(tenant_id)
    scope = wie.scope(tenant_id)
    began = timezone.now()
    with acting_as(scope):
        rapportage, job = lifecycle.request_rapportage(
            actor=wie, tenant_id=tenant_id, periode=parse(periode)
        )
        enqueue(job)
    ended = _end_of(scope, job)
    for path in _paths(scope, rapportage):
        if not path.is_file():
            raise RuntimeError("a PDF is missing")
    return (ended - began).total_seconds()


def _end_of(scope: Scope, job: Job) -> datetime:
    """When the job was done, by its own row: looking often would slow it down."""
    began = time.perf_counter()
    while time.perf_counter() - began < LONGEST:
        time.sleep(POLL)
        with acting_as(scope):
            found = Job.objects.get(tenant_id=job.tenant_id, pk=job.pk)
        if found.status == Job.Status.KLAAR and found.klaar_op:
            return found.klaar_op
        if found.status == Job.Status.MISLUKT or found.fout:
            raise RuntimeError(f"the report failed: {found.fout}")
    raise RuntimeError("the report takes too long; is there a worker?")


def _paths(scope: Scope, rapportage: Rapportage) -> list[Any]:
    with acting_as(scope):
        files = list(selectors.bestanden_of(rapportage))
    if len(files) != len(Publiek):
        raise RuntimeError("there should be two PDFs")
    return [storage.path_of(file.naam) for file in files]


def pages(tenant_id: int, periode: str) -> int:
    """Pages of the larger PDF of the report that stands now."""
    wie = _leader(tenant_id)
    found = _standing(wie.scope(tenant_id), tenant_id, parse(periode))
    paths = _paths(wie.scope(tenant_id), found)
    return max(len(PdfReader(path).pages) for path in paths)


def _standing(scope: Scope, tenant_id: int, periode: Periode) -> Rapportage:
    with acting_as(scope):
        found = lifecycle.living_rapportage(tenant_id, periode)
    if found is None:
        raise RuntimeError("there is no report to look at")
    return found


# ------------------------------------------------------------------------ the floor


@cache
def _printers() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        2, multiprocessing.get_context("fork"), initializer=printing.warm_up
    )


def _print(html: str) -> int:
    return len(printing.warm_up().draw(printing.Drukwerk(html), {}))


@cache
def plain_connection() -> psycopg.Connection[Any]:
    """A connection that row security does not apply to."""
    entry = settings.INSTANCE.database("postgres", connection.settings_dict["NAME"])
    return psycopg.connect(
        host=entry["HOST"],
        user=entry["USER"],
        password=entry["PASSWORD"],
        dbname=entry["NAME"],
        autocommit=True,
        context=connection.connection,
    )


@cache
def _floor(tenant_id: int, periode: str) -> Floor:
    """Taken from the report that stands now; the HTMLs are those it was printed from."""
    scope = Scope("job", None, (tenant_id,), tenant_id, (tenant_id,))
    rapportage = _standing(scope, tenant_id, parse(periode))
    statements: list[tuple[str, Any]] = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        statements.append((sql, params))
        return execute(sql, params, *rest)

    with acting_as(scope), connection.execute_wrapper(listen):
        table = lifecycle.count_figures(rapportage)
    with acting_as(scope):
        series = lifecycle.series_of(rapportage, table)
        htmls = [render_html(document_for(rapportage, p.value)) for p in Publiek]
    return Floor(rapportage, series, tuple(statements), tuple(htmls))


def floor(tenant_id: int, periode: str) -> dict[str, float]:
    """Seconds of each part of the floor, and ``geheel``.

    ``geheel_na_elkaar``: with the two documents printed one after the other.
    """
    held = _floor(tenant_id, periode)
    printers, plain = _printers(), plain_connection()
    began = time.perf_counter()
    for sql, params in held.statements:
        plain.execute(sql, params).fetchall()
    counted = time.perf_counter()
    wide, narrow = lifecycle.protect_figures(held.rapportage, held.series)
    searched = time.perf_counter()
    list(printers.map(_print, held.htmls))
    printed = time.perf_counter()
    if wide.table.sha256() != held.rapportage.cijfers_sha256:
        raise RuntimeError("the floor found other figures than the product")
    for html in held.htmls:
        _print(html)
    in_turn = time.perf_counter() - printed
    return {
        "tellen": counted - began,
        "patroon": searched - counted,
        "drukken": printed - searched,
        "drukken_na_elkaar": in_turn,
        "geheel": printed - began,
        "geheel_na_elkaar": searched - began + in_turn,
    }


def use_queue(naam: str) -> None:
    """Send jobs to the worker of this bench and to no other."""
    current_app.conf.task_default_queue = naam


def main() -> None:
    _printers()
    answer(
        {
            "use_queue": use_queue,
            "product": product,
            "pages": pages,
            "floor": floor,
        }
    )
