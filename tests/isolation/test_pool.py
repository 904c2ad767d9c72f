"""Sixteen people at once over four connections: nobody ever gets another's row.

With random nesting, exceptions and errors of the database, for three seconds.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from cases.models import Client, Kwestie
from signalering.models import Publicatie, Rapportage
from tenants.scope import Scope, acting_as, current
from tests import people

THREADS, CONNECTIONS, SECONDS = 16, 4, 3.0
ARNHEM, WULPENHORST = 1, 2
SCOPES = (
    Scope("staff", people.ident("anna"), (1,), 1, (1,)),
    Scope("staff", people.ident("hanna"), (2,), 2, (2,)),
    Scope("staff", people.ident("nadia"), (1, 2), 1, (1, 2)),
    Scope("staff", people.ident("els"), (1, 2), 2, ()),
    Scope("portal", people.ident("gerard"), (1,), 1),
    Scope("portal", people.ident("ivo"), (2,), 2),
    Scope("job", people.ident("chantal"), (1,), 1, (1,)),
    Scope("public"),
)


class Oops(Exception):
    """Something goes wrong in the code of a page."""


@dataclass
class Findings:
    rounds: int = 0
    foreign: list[str] = field(default_factory=list)
    pids: set[int] = field(default_factory=set)
    errors: set[str] = field(default_factory=set)


@pytest.fixture
def pool(wall: str) -> Iterator[None]:
    """Django's own pool of psycopg, with four connections for all threads."""
    entry = connection.settings_dict
    kept = entry["OPTIONS"], entry["CONN_MAX_AGE"]
    connection.close()
    entry["CONN_MAX_AGE"] = 0
    entry["OPTIONS"] = {
        **entry["OPTIONS"],
        "pool": {"min_size": 1, "max_size": CONNECTIONS, "timeout": 30},
    }
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()
        entry["OPTIONS"], entry["CONN_MAX_AGE"] = kept


def look(scope: Scope, findings: Findings) -> None:
    """Everything this scope can see must be of its tenants, and must be there."""
    if current() != scope:
        findings.foreign.append(f"scope {current()} for {scope}")
    models: list[tuple[Any, tuple[int, ...]]] = [(Publicatie, scope.tenants)]
    if scope.kind == "public":
        models = [(Publicatie, (1, 2))]
    if scope.kind in ("staff", "portal", "job"):
        models.append((Rapportage, scope.tenants))
    if scope.kind in ("staff", "job"):
        models.append((Kwestie, scope.cases))
    if scope.kind == "staff":
        models.append((Client, scope.cases))
    model, wanted = random.choice(models)
    seen = set(model.objects.values_list("tenant_id", flat=True).distinct())
    if seen != set(wanted):
        findings.foreign.append(f"{model.__name__} of {seen} for {scope}")


def wander(scope: Scope, findings: Findings, depth: int) -> None:
    """Look, perhaps as somebody else inside, and perhaps fail on the way out."""
    with acting_as(scope):
        findings.pids.add(connection.connection.info.backend_pid)
        look(scope, findings)
        if depth and random.random() < 0.6:
            with suppress(Oops, DatabaseError):
                wander(random.choice(SCOPES), findings, depth - 1)
            look(scope, findings)
        chance = random.random()
        if chance < 0.15:
            raise Oops
        if chance < 0.3:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")
        if chance < 0.4:
            Kwestie.objects.filter(tenant_id=scope.tenant).update(minuten="veel")
        if chance < 0.5:
            transaction.set_rollback(True)


def without_scope(findings: Findings) -> None:
    """A connection fresh from the pool belongs to nobody."""
    try:
        findings.foreign.append(f"{Rapportage.objects.count()} without a scope")
    except DatabaseError as error:
        if "permission denied" not in str(error):
            findings.errors.add(str(error))


def work(findings: Findings, stop: float) -> None:
    while time.monotonic() < stop:
        try:
            wander(random.choice(SCOPES), findings, depth=3)
        except (Oops, DatabaseError, ValueError) as error:
            if "pool" in str(error).lower():
                findings.errors.add(str(error))
        finally:
            connection.close()
        if random.random() < 0.1:
            without_scope(findings)
            connection.close()
        findings.rounds += 1


@pytest.mark.usefixtures("pool")
def test_nobody_ever_sees_a_foreign_row() -> None:
    findings = [Findings() for _ in range(THREADS)]
    stop = time.monotonic() + SECONDS
    threads = [threading.Thread(target=work, args=(found, stop)) for found in findings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS + 30)
    assert not any(thread.is_alive() for thread in threads)
    assert [text for found in findings for text in found.foreign] == []
    assert set().union(*(found.errors for found in findings)) == set()
    # It did happen: every thread had its turns, on few connections.
    assert all(found.rounds for found in findings)
    assert sum(found.rounds for found in findings) > 100
    assert 1 < len(set().union(*(found.pids for found in findings))) <= 2 * CONNECTIONS
