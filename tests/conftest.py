"""Tests run as the unprivileged application role on a database the owner made.

The database is a copy of a template that holds the schema and the people of
``tests.people``; tests work on it inside a transaction, journeys on copies of their
own with real servers.

``make test`` runs them in several processes (``tests.parallel``).
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection, connections, transaction
from django.test import override_settings
from django.test.client import ClientHandler
from django.test.signals import setting_changed
from django.utils import translation
from psycopg import sql

from adviespunt import embedded
from adviespunt.frontend import build_frontend
from adviespunt.management.commands.demo import collect_static
from adviespunt.reservekopie import program
from tests import people
from tests.cases.registers import REGISTER, manage
from tests.parallel import ByFamily

TEMPLATE = "adviespunt_sjabloon"
SCHEMA = "adviespunt_schema"  # the same without people; migrating takes long
CHAIN_OF_HERE = """
UPDATE privacy_keten
SET cluster = (SELECT system_identifier::text FROM pg_control_system())
"""
GEHEEL = "adviespunt_register"  # the whole register of the shared data


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(specs: Sequence[Any]) -> None:
    """Each process its own instance: before it starts, so every setting follows."""
    for spec in specs:
        name = f"{embedded.current().name}-{spec.id}"
        spec.env["ADVIESPUNT_INSTANCE"] = name


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFamily:
    return ByFamily(config, log)


def pytest_collection_finish() -> None:
    """What is loaded stays: there is no need to look through it for rubbish again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def admin() -> psycopg.Connection[Any]:
    """Superuser of the embedded test server."""
    return embedded.current().superuser()


@contextmanager
def as_owner(database: str) -> Iterator[None]:
    """Django's connection as owner of ``database``, for making the template only."""
    entry = connection.settings_dict
    kept = {key: entry[key] for key in ("NAME", "USER", "PASSWORD")}
    owner = embedded.current().database("owner", database)
    connection.close()
    entry.update({key: owner[key] for key in kept})
    settings.DB_ROL = "owner"
    try:
        yield
    finally:
        connection.close()
        settings.DB_ROL = "app"
        entry.update(kept)


def drop(database: str) -> None:
    with admin() as server:
        name = sql.Identifier(database)
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def copy_template(database: str) -> None:
    """A fresh database with schema and people, in a fraction of a second."""
    _make(database, TEMPLATE)


def _make(database: str, template: str) -> None:
    drop(database)
    with admin() as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER adviespunt_owner").format(
                sql.Identifier(database), sql.Identifier(template)
            )
        )
    embedded.current().shut(database)


def make_template() -> None:
    """Migrate as owner and put the people in; again only when the code changed."""
    inst = embedded.current()
    files = [*embedded.ROOT.glob("*/migrations/*.py"), *embedded.ROOT.glob("tenants/*")]
    files += [embedded.ROOT / "tests" / name for name in ("people.py", "conftest.py")]
    text = b"".join(p.read_bytes() for p in sorted(files) if p.is_file())
    mark = hashlib.sha256(text).hexdigest()
    stamp = inst.home / "sjabloon"
    with admin() as server:
        exists = server.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]
        ).fetchone()
    if exists and stamp.exists() and stamp.read_text() == mark:
        return
    stamp.unlink(missing_ok=True)
    _make_schema(inst)
    # Whatever a test works on is a copy, so no command has to migrate first.
    (inst.home / embedded.MIGRATED).write_text(embedded.migrations_mark())
    _make(TEMPLATE, SCHEMA)
    with as_owner(TEMPLATE):
        people.load()
    stamp.write_text(mark)


def _make_schema(inst: embedded.Instance) -> None:
    """Migrate; or put back what another instance of this checkout migrated before.

    Migrating takes more than a minute of processor time. What our own migrate does after
    it (the key of this instance, the rights of roles, the chain of seals) is done in
    each instance.
    """
    _make(SCHEMA, "template1")
    kept = embedded.ROOT / ".data" / f"schema-{embedded.migrations_mark()[:16]}.dump"
    with _one_at_a_time(kept.with_name("schema.slot")):
        if kept.exists():
            _postgres("pg_restore", "--exit-on-error", f"--dbname={SCHEMA}", str(kept))
            with inst.superuser(SCHEMA) as server:  # as if it was migrated here
                server.execute("SET session_replication_role = replica")
                server.execute(CHAIN_OF_HERE)
        else:
            with as_owner(SCHEMA):
                call_command(migrate.Command(), verbosity=0)
            for old in kept.parent.glob("schema-*.dump"):
                old.unlink()
            fresh = kept.with_suffix(".deel")
            _postgres("pg_dump", "--format=custom", f"--file={fresh}", SCHEMA)
            fresh.rename(kept)
    with as_owner(SCHEMA):
        call_command("migrate", verbosity=0)


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _postgres(*command: str) -> None:
    """A program of PostgreSQL, as superuser of the embedded server."""
    entry = embedded.current().database("postgres")
    names = {"PGHOST": "HOST", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    subprocess.run(
        [program(command[0]), *command[1:]],
        env={**os.environ, **{key: entry[value] for key, value in names.items()}},
        check=True,
    )


@pytest.fixture(scope="session")
def servers() -> Iterator[embedded.Instance]:
    """Embedded PostgreSQL and Valkey of the tests, with the template database."""
    with embedded.running() as inst:
        build_frontend(embedded.ROOT)
        collect_static()
        yield inst


@pytest.fixture(scope="session")
def django_db_setup(
    servers: embedded.Instance, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """A copy of the template for this run, used as the application role."""
    with django_db_blocker.unblock():
        make_template()
        copy_template("adviespunt_proef")
        connection.settings_dict["NAME"] = "adviespunt_proef"
        people.remember()
        yield
        connections.close_all()
        drop("adviespunt_proef")


@pytest.fixture(autouse=True)
def _in_dutch() -> None:
    """Every test starts in Dutch: a page asked for in English leaves its thread so."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session", autouse=True)
def _public_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests publish lies in a folder that is thrown away."""
    with override_settings(OPENBAAR_ROOT=tmp_path_factory.mktemp("openbaar")):
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_chain() -> Iterator[None]:
    """All test clients share the middleware, as all requests to a server do.

    Django loads it for each client, and WhiteNoise then looks at every static file.
    After a change of a setting it is loaded again.
    """
    load = ClientHandler.load_middleware
    names = ("view", "template_response", "exception")
    parts = ("_middleware_chain", *(f"_{name}_middleware" for name in names))
    kept: dict[str, Any] = {}

    def load_once(self: ClientHandler, is_async: bool = False) -> None:
        if not kept:
            load(self, is_async)
            kept.update({part: getattr(self, part) for part in parts})
        self.__dict__.update(kept)

    def forget(setting: str, **_more: Any) -> None:
        # Of no middleware, and changed all the time.
        if setting not in ("RAPPORT_ROOT", "OPENBAAR_ROOT"):
            kept.clear()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "load_middleware", load_once)
        setting_changed.connect(forget)
        yield
        setting_changed.disconnect(forget)


@pytest.fixture
def owner(db: None) -> Iterator[psycopg.Connection[Any]]:
    """A second connection, as owner of the tables (row security is forced on it)."""
    entry = embedded.current().database("owner", connection.settings_dict["NAME"])
    with psycopg.connect(
        host=entry["HOST"],
        user=entry["USER"],
        password=entry["PASSWORD"],
        dbname=entry["NAME"],
        autocommit=True,
    ) as made:
        yield made


@pytest.fixture
def superuser(db: None) -> Iterator[psycopg.Connection[Any]]:
    """A superuser connection to the test database, to see what there really is."""
    with embedded.current().superuser(connection.settings_dict["NAME"]) as made:
        yield made


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that is undone at the end; what waits for a commit is checked.

    As around every test with the mark django_db, but it may stand inside another one:
    what a whole file of tests needs is made once, and each test undoes its own.
    """
    with transaction.atomic():
        yield
        if not connection.needs_rollback:
            connection.check_constraints()
        transaction.set_rollback(True)


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Django's connection on the database ``name``, still as the application role."""
    kept = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept


@pytest.fixture(scope="session")
def register(
    django_db_setup: None,
) -> Iterator[tuple[psycopg.Connection[Any], dict[str, Any], dict[str, Any]]]:
    """A database with the 25 tenants and the whole register, read in it twice.

    Gives a superuser connection and what the command printed each time.
    """
    copy_template(GEHEEL)
    with embedded.current().superuser(GEHEEL) as server:
        server.execute("UPDATE tenants_tenant SET is_fictief = true")
        made = manage(GEHEEL, "demo_data", "--kwesties", "0")
        assert made.returncode == 0, made.stderr
        first = manage(GEHEEL, "import_register", str(REGISTER))
        second = manage(GEHEEL, "import_register", str(REGISTER))
        yield server, json.loads(first.stdout), json.loads(second.stdout)
    drop(GEHEEL)
