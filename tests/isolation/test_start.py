"""A process that serves people does not start on a role that policies cannot hold."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from psycopg import sql

from adviespunt import embedded
from tenants import checks
from tests.conftest import admin

WEB = [sys.executable, "-W", "ignore", "-c", "import adviespunt.wsgi; print('open')"]
WORKER = [sys.executable, "-m", "celery", "-A", "adviespunt", "worker"]
WORKER += ["--pool", "solo", "--without-gossip", "--without-mingle"]
# Roles of other installations: what each is, and whether it may serve people.
ROLES = {
    "bypass": "LOGIN BYPASSRLS",
    "maker": "LOGIN CREATEROLE",
    "member": "LOGIN NOINHERIT IN ROLE adviespunt_owner",
    "reader": "LOGIN IN ROLE pg_read_all_data",
    "files": "LOGIN NOINHERIT IN ROLE pg_read_server_files",
}


@dataclass(frozen=True)
class Started:
    code: int
    text: str


def environment(user: str, password: str, database: str) -> dict[str, str]:
    """Settings as in production, on the embedded servers."""
    inst = embedded.current()
    who = f"{user}:{quote(password, safe='')}"
    kept = ("PATH", "HOME", "LANG", "PYTHONPATH", "ADVIESPUNT_INSTANCE")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "ADVIESPUNT_INSTANCE": inst.name,
        "DATABASE_URL": f"postgres://{who}@/{inst.run}/{database}",
        "REDIS_URL": "redis://127.0.0.1:1/0",  # a worker is refused before it looks
        "SECRET_KEY": secrets.token_urlsafe(50),
        "RLS_KEY": inst.secrets()["rls_key"],
        "HOOFDSLEUTEL": inst.hoofdsleutel(),
        "RAPPORT_ROOT": str(inst.home / "rapporten"),
        "ZEGEL_SLEUTEL": str(inst.home / "zegel.pem"),
        "ZEGEL_CERTIFICAAT": str(inst.home / "zegel.pem"),
    }


def start(command: list[str], env: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        env=env,
        cwd=embedded.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture(scope="module")
def roles(planted: str) -> Iterator[str]:
    """Makes ROLES; the value is their password."""
    word = secrets.token_urlsafe(12)
    database = sql.Identifier(planted)
    with admin() as server:
        for name, what in ROLES.items():
            role = sql.Identifier(f"adviespunt_start_{name}")
            attributes, _in, group = what.partition(" IN ROLE ")
            server.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(role))
            server.execute(
                sql.SQL("CREATE ROLE {} {} PASSWORD {}").format(
                    role, sql.SQL(attributes), sql.Literal(word)
                )
            )
            if group:
                grant = sql.SQL("GRANT {} TO {}")
                server.execute(grant.format(sql.Identifier(group), role))
            connect = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
            server.execute(connect.format(database, role))
    yield word
    with admin() as server:
        for name in ROLES:
            role = sql.Identifier(f"adviespunt_start_{name}")
            revoke = sql.SQL("REVOKE ALL ON DATABASE {} FROM {}")
            server.execute(revoke.format(database, role))
            server.execute(sql.SQL("DROP ROLE {}").format(role))


@pytest.fixture(scope="module")
def started(planted: str) -> dict[str, Started]:
    """Real processes, two at a time."""
    key = embedded.current().secrets()
    app = environment("adviespunt_app", key["app"], planted)
    owner = environment("adviespunt_owner", key["owner"], planted)
    by_setting = {"ADVIESPUNT_DB_ROL": "owner"}
    by_setting["DATABASE_OWNER_URL"] = owner["DATABASE_URL"]
    other_key = {**app, "HOOFDSLEUTEL": secrets.token_urlsafe(50)}
    return _in_pairs(
        {
            "web other key": (WEB, other_key),
            "worker other key": (WORKER, other_key),
            "web app": (WEB, app),
            "web owner": (WEB, owner),
            "web as owner by setting": (WEB, {**app, **by_setting}),
            "worker superuser": (
                WORKER,
                environment("postgres", key["postgres"], planted),
            ),
        }
    )


def _in_pairs(
    wanted: dict[str, tuple[list[str], dict[str, str]]],
) -> dict[str, Started]:
    done: dict[str, Started] = {}
    names = list(wanted)
    for n in range(0, len(names), 2):
        running: dict[str, subprocess.Popen[str]] = {
            name: start(*wanted[name]) for name in names[n : n + 2]
        }
        for name, process in running.items():
            try:
                text, _none = process.communicate(timeout=40)
            except subprocess.TimeoutExpired:
                process.kill()
                text, _none = process.communicate()
                text += "\n(it did start, and was stopped)"
            done[name] = Started(process.returncode, text)
    return done


@pytest.mark.parametrize(
    "name", ["web owner", "web as owner by setting", "worker superuser"]
)
def test_a_process_does_not_start(name: str, started: dict[str, Started]) -> None:
    outcome = started[name]
    assert outcome.code == 1, outcome.text
    assert "ImproperlyConfigured: This process serves people" in outcome.text
    assert "open" not in outcome.text.splitlines()


@pytest.mark.parametrize("name", ["web other key", "worker other key"])
def test_it_does_not_start_without_the_key_of_what_is_sealed(
    name: str, started: dict[str, Started]
) -> None:
    outcome = started[name]
    assert outcome.code == 1, outcome.text
    assert "sealed with master key" in outcome.text
    assert "HOOFDSLEUTELS_OUD" in outcome.text
    assert "open" not in outcome.text.splitlines()


@pytest.mark.parametrize(
    "user",
    ["postgres", "adviespunt_owner", *(f"adviespunt_start_{name}" for name in ROLES)],
)
def test_no_connection_is_made_as_another_role(
    user: str, roles: str, wall: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What every process of the application goes through, at start and later on."""
    secret = embedded.current().secrets()
    word = secret.get(user.removeprefix("adviespunt_"), roles)
    monkeypatch.setitem(connection.settings_dict, "USER", user)
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", word)
    for work in (checks.refuse_privileged_role, connection.ensure_connection):
        with pytest.raises(ImproperlyConfigured, match="This process serves people"):
            work()
        assert connection.connection is None


def test_it_starts_as_the_application_and_has_nothing_to_warn_of(
    started: dict[str, Started],
) -> None:
    assert started["web app"] == Started(0, "open\n")


def test_it_warns_where_the_database_was_not_shut(
    wall: str, caplog: pytest.LogCaptureFixture, truth: Any
) -> None:
    from_everybody = "EXECUTE ON FUNCTION set_config(text, text, boolean)"
    truth.execute(f"GRANT {from_everybody} TO PUBLIC")
    try:
        checks.refuse_privileged_role()
    finally:
        truth.execute(f"REVOKE {from_everybody} FROM PUBLIC")
    assert ["tenants/database.sql" in r.getMessage() for r in caplog.records] == [True]
    caplog.clear()
    checks.refuse_privileged_role()
    assert caplog.records == []
