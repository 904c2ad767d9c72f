"""The process of the public pages: its own doors, its own role, and no key at all."""

from __future__ import annotations

import json
import operator
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from psycopg import errors
from rdflib import DCAT, RDF, Graph

from adviespunt import embedded
from tenants.checks import refuse_more_than_public
from tests.adviespunt.test_settings import settings_from
from tests.signalering import openbare
from tests.signalering.dcat_regels import wanting
from tests.signalering.openbare import ident

OPEN = (
    *("/openbaar/", f"/openbaar/{ident('q3')}/", f"/openbaar/{ident('q3')}/csv"),
    f"/openbaar/{ident('q3')}/vergelijken/?met={ident('q2')}",
    *("/openbaar/feed.atom", "/openbaar/catalogus.jsonld", "/gezond"),
    *("/api/v1/publicaties", f"/api/v1/publicaties/{ident('q3')}"),
    f"/openbaar/{ident('q3')}/pdf",
)
DICHT = (
    *("/", "/kwesties/", "/accounts/login/", "/rapportages/", "/i18n/setlang/"),
    *(f"/openbaar/{ident(naam)}/pdf" for naam in ("q2", "weg")),  # no file, withdrawn
)
ASK = """
import json, re, sys
from adviespunt import wsgi
from django.conf import settings
from django.db import connection
from django.test import Client
found = {}
for path in json.loads(sys.argv[1]):
    answer = Client(headers={"Cookie": "adviespunt_sessie=van-een-ander"}).get(path)
    found[path] = [answer.status_code, "Set-Cookie" in answer,
                   "Content-Security-Policy" in answer]
pdf = Client().get(sys.argv[2])
again = Client().get(sys.argv[2], headers={"If-None-Match": pdf["ETag"]})
found["pdf"] = [
    pdf.getvalue().decode(), pdf["ETag"], pdf["Cache-Control"], pdf["Content-Type"],
    pdf["Content-Disposition"], pdf["Content-Length"], again.status_code,
]
found["rapporten"] = str(settings.RAPPORT_ROOT)
from signalering.public_views import bestanden
bestanden.DATASETS = 2
found["dcat"] = []
asked = ["/openbaar/catalogus.ttl"]
for path in asked:
    text = Client().get(path).content.decode()
    found["dcat"].append(text)
    following = re.search(r"hydra:next <([^>]+)>", text)
    if following:
        asked.append("/openbaar/" + following[1].partition("/openbaar/")[2])
wrong = ["?page=4", "?page=0", "?page=x", "?a=1", "?page=1&a=1"]
found["geen blad"] = [Client().get(asked[0] + one).status_code for one in wrong]
with connection.cursor() as cursor:
    cursor.execute("SELECT current_user, session_user")
    found["wie"] = list(cursor.fetchone())
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def portaal(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), openbare.portaal() as name:
        yield name


def test_it_has_the_public_doors_and_signs_in_as_its_own_role(
    portaal: str, tmp_path: Path
) -> None:
    pdf = f"/openbaar/{ident('q3')}/pdf"
    (tmp_path / f"{ident('q3')}.pdf").write_bytes(openbare.PDF)
    (tmp_path / f"{ident('weg')}.pdf").write_bytes(openbare.PDF)  # not yet taken in
    done = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps([*OPEN, *DICHT]), pdf],
        cwd=embedded.ROOT,
        env={
            **{k: v for k, v in os.environ.items() if k != "PYTEST_VERSION"},
            "DJANGO_SETTINGS_MODULE": "adviespunt.settings",
            "ADVIESPUNT_INSTANCE": embedded.current().name,
            "ADVIESPUNT_DATABASE": portaal,
            "ADVIESPUNT_DEEL": "openbaar",
            "OPENBAAR_ROOT": str(tmp_path),
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
    assert found.pop("rapporten") == "/nergens"
    assert found.pop("pdf") == [
        openbare.PDF.decode(),
        f'"{openbare.PDF_SHA}"',
        "public, max-age=60",
        "application/pdf",
        'attachment; filename="signaleringsrapportage-arnhem-2025-q3-v1.pdf"',
        str(len(openbare.PDF)),
        304,
    ]
    assert found.pop("geen blad") == [404] * 5
    pages = found.pop("dcat")
    graphs = [Graph().parse(data=page, format="turtle") for page in pages]
    # Each page by itself, and all that a harvester puts together.
    for one in (*graphs, reduce(operator.add, graphs)):
        assert wanting(one)[0] == set()
    shown = [set(one.subjects(RDF.type, DCAT.Dataset)) for one in graphs]
    assert [len(page) for page in shown] == [2, 2, 1]
    assert len(set().union(*shown)) == 5
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
    assert first["MASTER_KEYS"] == []
    for name in ("RLS_KEY", "SECRET_KEY"):
        assert first[name] != second[name]  # of a moment
