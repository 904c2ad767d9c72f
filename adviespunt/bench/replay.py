"""Child process: the statements of a page again, with row security and without it.

With: in the role ``adviespunt_staff`` under the signed context of that page. Without:
the same statements with the same parameters as superuser, for whom PostgreSQL applies
no policy and checks no grant. Both are undone, and they take turns.
"""

from __future__ import annotations

import time
from statistics import median
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction  # noqa: TID251 (replays a page)

from adviespunt.bench.children import answer
from adviespunt.bench.page import Recorder, visit
from tenants.scope import acting_as

WARMING = 5


def measure(naam: str, rounds: int) -> dict[str, Any]:
    """Median milliseconds of all statements of the page of ``naam``.

    ``met`` and ``zonder``: the statements alone. ``met_geheel``, ``zonder_geheel``:
    from the start of the transaction, so with the setting of the context.
    """
    page = record(naam)
    times: dict[str, list[float]] = {}
    with _without_policies() as plain:
        for turn in range(rounds + WARMING):
            ways = [("met", _with), ("zonder", _without)]
            for way, replay in ways if turn % 2 else reversed(ways):
                whole, alone = replay(page, plain)
                if turn >= WARMING:
                    times.setdefault(way, []).append(alone)
                    times.setdefault(f"{way}_geheel", []).append(whole)
    found: dict[str, Any] = {
        way: round(median(seconds) * 1000, 4) for way, seconds in times.items()
    }
    return {**found, "vragen": len(page.statements)}


def record(naam: str) -> Recorder:
    """The page of ``naam``, warm; undone, so that its audit event can be made again."""
    for _turn in range(WARMING):
        visit(naam)
    with transaction.atomic():
        _seconds, page = visit(naam)
        transaction.set_rollback(True)
    page.statements = [
        (sql, params)
        for sql, params in page.statements
        if not sql.startswith(("SAVEPOINT", "RELEASE"))
    ]
    return page


def statements(naam: str) -> list[str]:
    """The statements that are replayed, to read."""
    return [sql for sql, _params in record(naam).statements]


def _without_policies() -> psycopg.Connection[Any]:
    """As superuser, with the settings and adapters of Django's own connection."""
    connection.ensure_connection()
    entry = settings.INSTANCE.database("postgres", connection.settings_dict["NAME"])
    return psycopg.connect(
        host=entry["HOST"],
        user=entry["USER"],
        password=entry["PASSWORD"],
        dbname=entry["NAME"],
        options="-c TimeZone=UTC",
        prepare_threshold=None,
        context=connection.connection,
        cursor_factory=connection.connection.cursor_factory,
    )


def _with(page: Recorder, _plain: psycopg.Connection[Any]) -> tuple[float, float]:
    if page.scope is None:
        raise RuntimeError("the page asked nothing as staff")
    connection.ensure_connection()
    began = time.perf_counter()
    with acting_as(page.scope):
        alone = _run(connection.connection, page)
        transaction.set_rollback(True)
    return time.perf_counter() - began, alone


def _without(page: Recorder, plain: psycopg.Connection[Any]) -> tuple[float, float]:
    began = time.perf_counter()
    with plain.transaction(force_rollback=True):
        alone = _run(plain, page)
    return time.perf_counter() - began, alone


def _run(open_connection: psycopg.Connection[Any], page: Recorder) -> float:
    began = time.perf_counter()
    with open_connection.cursor() as cursor:
        for sql, params in page.statements:
            cursor.execute(sql, params)
            if cursor.description is not None:
                cursor.fetchall()
    return time.perf_counter() - began


def main() -> None:
    answer({"measure": measure, "statements": statements})
