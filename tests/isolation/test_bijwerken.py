"""A database that an earlier version filled comes to the present version whole.

``eerder/0.3.0.sql.gz`` was made by 0.3.0 (pg_dump of a database with the rows of its
own ``planting``: every table filled, reports in every status, all of it made up).
Migrating it takes a minute of processor time: make test-deep. What most often goes wrong
with a filled database is looked for in every run.
"""

from __future__ import annotations

import gzip
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED
from psycopg import sql

from adviespunt import embedded
from adviespunt.reservekopie import program
from tenants.models import Tenant
from tenants.scope import Scope, acting_as
from tests.conftest import as_owner, connected_to, drop

DEEP = os.environ.get("ADVIESPUNT_DEEP") == "1"
EERDER = Path(__file__).parent / "eerder" / "0.3.0.sql.gz"
# The master key of that made-up database; it opens nothing else.
KEY = "rUf3KEBt27D1cesr2BYTMw7ab-_4tJbLyk30uacNZC0DjnwqYqD8vSh4dibQ7K2s"
NAAM = "adviespunt_bijwerken"
COPIED = re.compile(r"^COPY (\S+) \([^\n]*\n(.*?)^\\\.$", re.MULTILINE | re.DOTALL)
APPLIED = re.compile(r"^\d+\t(\w+)\t(\d{4}_\w+)\t", re.MULTILINE)


@pytest.fixture(scope="module")
def dump() -> str:
    return gzip.decompress(EERDER.read_bytes()).decode()


def counted(dump: str) -> dict[str, int]:
    """How many rows of each table are in it."""
    return {table: rows.count("\n") for table, rows in COPIED.findall(dump)}


def had(dump: str) -> set[tuple[str, str]]:
    """Migrations that it had."""
    (rows,) = (r for t, r in COPIED.findall(dump) if t == "public.django_migrations")
    return set(APPLIED.findall(rows))


def test_the_kept_database_is_full(dump: str) -> None:
    found = counted(dump)
    assert ("cases", "0014_avg") in had(dump)
    assert ("cases", "0015_brieven") not in had(dump)
    for table in ("cases_kwestie", "cases_avgverzoek", "signalering_publicatie"):
        assert found[f"public.{table}"] >= 2, table


def _needs_a_value(operation: Any) -> bool:
    """Whether it adds a column that rows that are there have no value for."""
    if not isinstance(operation, migrations.AddField):
        return False
    field = operation.field
    given = (field.default, getattr(field, "db_default", NOT_PROVIDED))
    is_empty = all(value is NOT_PROVIDED for value in given)
    return is_empty and not (field.null or field.many_to_many or field.generated)


def test_no_later_migration_asks_a_value_of_rows_that_are_there(dump: str) -> None:
    loader, before = MigrationLoader(None), had(dump)
    assert before <= set(loader.graph.nodes) | set(loader.replacements)
    later = {key: m for key, m in loader.disk_migrations.items() if key not in before}
    assert len(later) > 20
    made = {
        (key[0], operation.name_lower)
        for key, migration in later.items()
        for operation in migration.operations
        if isinstance(operation, migrations.CreateModel)
    }
    assert [
        (*key, operation.model_name, operation.name)
        for key, migration in sorted(later.items())
        for operation in migration.operations
        if _needs_a_value(operation)
        and (key[0], operation.model_name_lower) not in made
    ] == []


def rows_of(server: psycopg.Connection[Any], table: str) -> int:
    statement = sql.SQL("SELECT count(*) FROM {}").format(
        sql.Identifier(*table.split("."))
    )
    found = server.execute(statement).fetchone()
    assert found is not None
    return int(found[0])


def restored(dump: str) -> None:
    drop(NAAM)
    inst = embedded.current()
    with inst.superuser() as server:
        server.execute(f"CREATE DATABASE {NAAM} OWNER adviespunt_owner")
    entry = inst.database("postgres")
    names = {"PGHOST": "HOST", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    subprocess.run(
        [program("psql"), "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={NAAM}"],
        env={**os.environ, **{key: entry[value] for key, value in names.items()}},
        input=dump.encode(),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    inst.shut(NAAM)


@pytest.mark.deep
@pytest.mark.skipif(not DEEP, reason="a minute; ADVIESPUNT_DEEP=1")
def test_a_full_database_of_0_3_0_migrates_and_loses_no_row(
    dump: str, django_db_setup: None, django_db_blocker: Any, settings: Any
) -> None:
    settings.MASTER_KEYS = [KEY]
    with django_db_blocker.unblock():
        restored(dump)
        with as_owner(NAAM):
            call_command("migrate", verbosity=0)
        with connected_to(NAAM):
            call_command("check", databases=["default"], fail_level="ERROR")
            with acting_as(Scope("dispatch")):
                assert Tenant.objects.count() == 2
            connection.close()
        before = counted(dump)
        with embedded.current().superuser(NAAM) as server:
            after = {table: rows_of(server, table) for table in before}
        drop(NAAM)
    grew = {table for table, n in before.items() if after[table] != n}
    assert {table: after[table] for table in grew if after[table] < before[table]} == {}
    assert len(grew) < 15, grew
