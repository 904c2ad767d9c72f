"""The process of the public pages: its own doors, its own role, and no key at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from psycopg import errors

from adviespunt import embedded
from tenants.checks import refuse_more_than_public
from tests.adviespunt.test_settings import settings_from
from tests.signalering import openbare
from tests.signalering.openbare import ident

OPEN = (
    *("/openbaar/", f"/openbaar/{ident('q3')}/", f"/openbaar/{ident('q3')}/csv"),
    f"/openbaar/{ident('q3')}/vergelijken/?met={ident('q2')}",
    *("/openbaar/feed.atom", "/openbaar/catalogus.jsonld", "/gezond"),
    *("/api/v1/publicaties", f"/api/v1/publicaties/{ident('q3')}"),
)
DICHT = (
    *("/", "/kwesties/", "/accounts/login/", "/rapportages/", "/i18n/setlang/"),
    f"/openbaar/{ident('q3')}/pdf",
)
ASK = """
import json, sys
from adviespunt import wsgi
from django.db import connection
from django.test import Client
found = {}
for path in json.loads(sys.argv[1]):
    answer = Client(headers={"Cookie": "adviespunt_sessie=van-een-ander"}).get(path)
    found[path] = [answer.status_code, "Set-Cookie" in answer,
                   "Content-Security-Policy" in answer]
with connection.cursor() as cursor:
    cursor.execute("SELECT current_user, session_user")
    found["wie"] = list(cursor.fetchone())
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def portaal(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), openbare.portaal() as name:
        yield name


def test_it_has_the_public_doors_and_signs_in_as_its_own_role(portaal: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps([*OPEN, *DICHT])],
        cwd=embedded.ROOT,
        env={
            **{k: v for k, v in os.environ.items() if k != "PYTEST_VERSION"},
            "DJANGO_SETTINGS_MODULE": "adviespunt.settings",
            "ADVIESPUNT_INSTANCE": embedded.current().name,
            "ADVIESPUNT_DATABASE": portaal,
            "ADVIESPUNT_DEEL": "openbaar",
            "ALLOWED_HOSTS": "testserver",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.pop("wie") == ["adviespunt_openbaar", "adviespunt_openbaar"]
    good = {path: [200, False, True] for path in OPEN}
    assert found == good | {path: [404, False, True] for path in DICHT}


def test_its_role_reads_publications_and_nothing_else(portaal: str) -> None:
    entry = embedded.current().database("openbaar", portaal)
    with psycopg.connect(
        host=entry["HOST"],
        user=entry["USER"],
        password=entry["PASSWORD"],
        dbname=portaal,
        autocommit=True,
    ) as public:
        rows = public.execute("SELECT count(*) FROM signalering_publicatie").fetchone()
        assert rows == (len(openbare.ROWS),)
        for table in ("cases_kwestie", "signalering_rapportage", "tenants_user"):
            with pytest.raises(errors.InsufficientPrivilege):
                public.execute(f"SELECT 1 FROM {table}")
        public.execute("SET default_transaction_read_only = off")
        with pytest.raises(errors.InsufficientPrivilege):
            public.execute("DELETE FROM signalering_publicatie")
        for role in ("staff", "public", "app", "owner"):
            with pytest.raises(errors.InsufficientPrivilege):
                public.execute(f"SET ROLE adviespunt_{role}")


def test_it_does_not_start_on_a_role_that_may_do_more(portaal: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="adviespunt_openbaar"):
        refuse_more_than_public()


def test_it_asks_for_no_key_no_cache_and_no_folder() -> None:
    address = "postgres://adviespunt_openbaar@db.example/adviespunt"
    given = {"DATABASE_URL": address, "ADVIESPUNT_DEEL": "openbaar"}
    names = ("RLS_KEY", "MASTER_KEYS", "SECRET_KEY", "ROOT_URLCONF", "REDIS_URL")
    first, second = settings_from(given, *names), settings_from(given, *names)
    assert first["ROOT_URLCONF"] == "adviespunt.urls_openbaar"
    for name in ("RLS_KEY", "MASTER_KEYS", "SECRET_KEY"):
        assert first[name] != second[name]  # of a moment
