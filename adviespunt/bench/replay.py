"""Child process: the statements of a page again, with row security and without it.

Everything the request asked of PostgreSQL, from the session to the audit event. With:
as the application, each statement in the role and under the signed context that it
had. Without: the same statements with the same parameters as superuser, for whom
PostgreSQL applies no policy and checks no grant. Both are undone, and they take turns.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import groupby
from statistics import median
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction  # noqa: TID251 (replays a page)

from adviespunt.bench.children import answer
from adviespunt.bench.page import Statement, visit
from tenants.scope import SET

WARMING = 5


def measure(naam: str, rounds: int) -> dict[str, Any]:
    """Median milliseconds of all statements of the page of ``naam``.

    ``met`` and ``zonder``: the statements alone. ``met_geheel``, ``zonder_geheel``:
    from the start of the transaction to its end, so with setting the context.
    """
    page = record(naam)
    times: dict[str, list[float]] = {}
    with _connection("app") as app, _connection("postgres") as plain:
        for turn in range(rounds + WARMING):
            ways = [("met", app, True), ("zonder", plain, False)]
            for way, opened, walled in ways if turn % 2 else reversed(ways):
                whole, alone = _replay(page, opened, walled=walled)
                if turn >= WARMING:
                    times.setdefault(way, []).append(alone)
                    times.setdefault(f"{way}_geheel", []).append(whole)
    found: dict[str, Any] = {
        way: round(median(seconds) * 1000, 4) for way, seconds in times.items()
    }
    return {**found, "vragen": len(page)}


def record(naam: str) -> list[Statement]:
    """The page of ``naam``, warm; undone, so that its audit event can be made again."""
    for _turn in range(WARMING):
        visit(naam)
    with transaction.atomic():
        _seconds, page = visit(naam)
        transaction.set_rollback(True)
    savepoints = ("SAVEPOINT", "RELEASE", "ROLLBACK")
    return [s for s in page.statements if not s.sql.startswith(savepoints)]


def statements(naam: str) -> list[str]:
    """The statements that are replayed, to read."""
    return [statement.sql for statement in record(naam)]


def _connection(role: str) -> psycopg.Connection[Any]:
    """As ``role``, with the settings and adapters of Django's own connection."""
    connection.ensure_connection()
    entry = settings.INSTANCE.database(role, connection.settings_dict["NAME"])
    return psycopg.connect(
        host=entry["HOST"],
        user=entry["USER"],
        password=entry["PASSWORD"],
        dbname=entry["NAME"],
        options="-c TimeZone=UTC",
        prepare_threshold=None,
        autocommit=True,
        context=connection.connection,
        cursor_factory=connection.connection.cursor_factory,
    )


def _replay(
    page: list[Statement], opened: psycopg.Connection[Any], *, walled: bool
) -> tuple[float, float]:
    """(seconds from begin to end, seconds of the statements alone)."""
    pid, alone = opened.info.backend_pid, 0.0
    began = time.perf_counter()
    with opened.transaction(force_rollback=True):
        for scope, group in groupby(page, key=lambda statement: statement.scope):
            if walled and scope is not None:
                with psycopg.ClientCursor(opened) as cursor:
                    cursor.execute(SET, scope.parameters(pid))
            alone += _run(opened, group)
    return time.perf_counter() - began, alone


def _run(opened: psycopg.Connection[Any], page: Iterable[Statement]) -> float:
    began = time.perf_counter()
    with opened.cursor() as cursor:
        for statement in page:
            cursor.execute(statement.sql, statement.params)
            if cursor.description is not None:
                cursor.fetchall()
    return time.perf_counter() - began


def main() -> None:
    answer({"measure": measure, "statements": statements})
