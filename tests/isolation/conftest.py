"""A committed database with rows of both tenants, used as the application role.

These tests open their own transactions, as a request does; none wraps them. What
they are allowed to write they undo with ``undone``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.defaults import page_not_found

from adviespunt import embedded, urls
from tenants.scope import Scope, acting_as
from tests.conftest import as_owner, connected_to, copy_template, drop
from tests.isolation import planting

DEEP = os.environ.get("ADVIESPUNT_DEEP") == "1"
WALL = "adviespunt_muur"
MADE: list[str] = []


@pytest.fixture
def brief_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a matrix, which asks for a thousand pages that are not there: each person gets
    the page that says so once, and then no more than its status. The answer itself, and
    what is recorded of it, stay what they are. With ADVIESPUNT_DEEP=1 always the page.
    """
    told: set[UUID | None] = set()

    def refusal(request: HttpRequest, exception: Exception) -> HttpResponse:
        who = request.user.pk
        if DEEP or who not in told:
            told.add(who)
            return page_not_found(request, exception)
        return HttpResponseNotFound()

    monkeypatch.setattr(urls, "handler404", refusal, raising=False)


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
