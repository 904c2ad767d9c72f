"""A committed database with rows of both tenants, used as the application role.

These tests open their own transactions, as a request does; none wraps them. What
they are allowed to write they undo with ``undone``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import transaction

from adviespunt import embedded
from tenants.scope import Scope, acting_as
from tests.conftest import as_owner, connected_to, copy_template, drop
from tests.isolation import planting

WALL = "adviespunt_muur"
MADE: list[str] = []


@pytest.fixture(scope="session")
def planted(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Name of the database; made once per run, also when folders share the fixture."""
    if MADE:
        yield WALL
        return
    MADE.append(WALL)
    with django_db_blocker.unblock():
        copy_template(WALL)
        with as_owner(WALL):
            planting.plant()
        yield WALL
        drop(WALL)


@pytest.fixture
def wall(planted: str, django_db_blocker: Any) -> Iterator[str]:
    """Django on the database with rows of both tenants."""
    with django_db_blocker.unblock(), connected_to(planted):
        yield planted


@pytest.fixture
def truth(wall: str) -> Iterator[psycopg.Connection[Any]]:
    """A superuser beside it, who sees what there really is."""
    with embedded.current().superuser(wall) as made:
        yield made


@contextmanager
def undone(scope: Scope) -> Iterator[None]:
    """A transaction in ``scope`` that is rolled back at the end."""
    with acting_as(scope):
        yield
        transaction.set_rollback(True)


def fingerprint(truth: psycopg.Connection[Any], tenant_id: int) -> dict[str, str]:
    """A hash of every row of a tenant, per table: equal when nothing was touched."""
    marks = {}
    for table, column in planting.TENANT_COLUMN.items():
        row = truth.execute(
            f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
            f" FROM {table} t WHERE {column} = %s",
            [tenant_id],
        ).fetchone()
        assert row is not None
        marks[table] = row[0]
    return marks
