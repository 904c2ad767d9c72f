"""A name goes wrong in six ways, and is afterwards in no log, queue or page.

In the log of PostgreSQL, of the application, of a real worker, and in Valkey.
"""

from __future__ import annotations

import importlib
import io
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import redis
from celery import current_app
from django.conf import settings
from django.db import IntegrityError, connection
from django.test import Client as Browser

from adviespunt import embedded
from cases.models import Client, Kwestie
from privacy.logging import WithoutDetail
from tenants.models import User
from tests import people
from tests.cases import seed
from tests.conftest import connected_to, copy_template, drop

NAAM = "Kanarievogel-Zwanenburg"
DATABASE = "adviespunt_kanarie"


@pytest.fixture
def place(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Django on a database of its own, without a transaction around it."""
    with django_db_blocker.unblock():
        copy_template(DATABASE)
        with connected_to(DATABASE):
            yield
        drop(DATABASE)


@pytest.fixture
def app_log() -> Iterator[io.StringIO]:
    """What the handler of the settings would print."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(WithoutDetail())
    root = logging.getLogger()
    root.addHandler(handler)
    yield out
    root.removeHandler(handler)


def server_log() -> str:
    return (embedded.current().pgdata / "server.log").read_text(errors="replace")


def valkey() -> bytes:
    """Every key with its value, whatever kind it is."""
    server = redis.Redis(unix_socket_path=str(embedded.current().valkey_socket))
    found = b""
    for key in server.scan_iter():
        dumped = server.dump(key)
        found += key + (dumped or b"")
    return found


def unique(naam: str) -> None:
    """As the login role: on a table without row security PostgreSQL repeats the key."""
    try:
        for _ in range(2):
            User.objects.create(email=naam, naam=naam, soort="MEDEWERKER", password="x")
    except IntegrityError:
        logging.getLogger("proef").exception("mislukt")


def check(naam: str) -> None:
    Client.objects.create(tenant_id=1, identiteitsstatus="FOUT", naam_v=naam)


def bad_sql(naam: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELEC '{naam}' FROM cases_client")


def unhandled(naam: str) -> None:
    client = {"naam": naam}
    raise LookupError(f"{client} is er niet")


IN_A_VIEW = (check, bad_sql, unhandled)


def pages(kwestie: Kwestie, monkeypatch: Any) -> list[Any]:
    """What a browser gets, with the name in every query string."""
    view = importlib.import_module("cases.views.kwestie")
    browser = people.browser("anna")
    browser.raise_request_exception = False
    path = f"/t/arnhem/kwesties/{kwestie.pk}/"
    answers = []
    for fails in IN_A_VIEW:
        monkeypatch.setattr(view, "tijdlijn_of", lambda *_all, act=fails: act(NAAM))
        answers.append(browser.get(path, {"q": NAAM}))
    monkeypatch.undo()
    assert [answer.status_code for answer in answers] == [500] * 3
    answers += [
        browser.get(f"/t/arnhem/kwesties/{uuid4()}/", {"q": NAAM}),
        browser.get(f"/{NAAM}/", {"q": NAAM}),
        browser.get(f"/t/{NAAM}/kwesties/nieuw/", {"q": NAAM}),
        browser.delete(f"{path}?q={NAAM}"),
        Browser(enforce_csrf_checks=True).post(
            f"/accounts/login/?next=/{NAAM}/",
            {"login": NAAM},
            HTTP_REFERER=f"https://elders.example/?q={NAAM}",
            HTTP_ORIGIN=f"https://{NAAM}.example",
        ),
        browser.get("/werk/", {"q": NAAM}, HTTP_HOST=f"{NAAM}.example"),
    ]
    codes = [answer.status_code for answer in answers[3:]]
    assert codes == [404, 404, 404, 405, 403, 400]
    wrong = {"login": f"{NAAM}@elders.example", "password": NAAM}
    Browser().post("/accounts/login/", wrong)
    return answers


def queue(truth: psycopg.Connection[Any], folder: Path) -> str:
    """A worker that fails on a name in four messages; what it logged."""
    job = uuid4()
    truth.execute(
        "INSERT INTO tenants_job (id, tenant_id, taak, onderwerp_id, status, voortgang,"
        " stap, poging, fout, aangemaakt_op) VALUES (%s, 1, 'proef.stuk', %s, 'WACHT',"
        " 0, '', 0, '', now())",
        [job, uuid4()],
    )
    messages = [
        ("proef.stuk", [str(job)]),
        ("proef.stuk", [NAAM]),
        ("proef.stuk", [NAAM, NAAM]),
        ("proef.bestaat_niet", [NAAM]),
    ]
    for task, args in messages:
        current_app.send_task(task, args)
    log = folder / "worker.log"
    env = {**os.environ, "ADVIESPUNT_DATABASE": DATABASE, "LOG_LEVEL": "INFO"}
    env["ADVIESPUNT_INSTANCE"] = embedded.current().name
    arguments = [sys.executable, "-m", "celery", "--quiet", "--app", "adviespunt"]
    arguments += ["worker", "--pool", "solo", "--without-gossip", "--without-mingle"]
    arguments += ["--include", "tests.tenants.taken", "--loglevel", "INFO"]
    with log.open("wb") as out:
        worker = subprocess.Popen(
            arguments, cwd=embedded.ROOT, env=env, stdout=out, stderr=out
        )
    try:
        for _ in range(600):
            text = log.read_text(errors="replace")
            if text.count("unexpected") >= 2 and "unregistered" in text:
                break
            time.sleep(0.1)
    finally:
        worker.terminate()
        worker.wait(30)
    return log.read_text(errors="replace")


def test_a_name_that_goes_wrong_in_six_ways_is_in_no_log(
    place: None, app_log: io.StringIO, monkeypatch: Any, tmp_path: Path
) -> None:
    before = len(server_log())
    kwestie = seed.register()
    unique(NAAM)
    answers = pages(kwestie, monkeypatch)
    with embedded.current().superuser(DATABASE) as truth:
        worker_log = queue(truth, tmp_path)
    logs = {
        "postgresql": server_log()[before:],
        "app": app_log.getvalue(),
        "worker": worker_log,
        "valkey": valkey().decode(errors="replace"),
        "pages": "".join(a.content.decode(errors="replace") for a in answers),
    }
    for name, text in logs.items():
        assert text.count("Kanarievogel") == 0, name
    # Each of them did see that something went wrong.
    assert "user_email" in logs["postgresql"]
    assert "client_identiteit_lijst" in logs["postgresql"]
    assert 'syntax error at or near "SELEC"' in logs["postgresql"]
    for word in ("UniqueViolation", "CheckViolation", "SyntaxError", "LookupError"):
        assert word in logs["app"]
    for word in ("404 GET", "405 DELETE", "403 POST", "(onbekend adres)"):
        assert word in logs["app"]
    assert "in unhandled" in logs["app"]
    assert "unregistered" in logs["worker"]
    assert "ValueError" in logs["worker"]
    assert "job " in logs["worker"]


def test_a_report_of_django_has_no_values_either() -> None:
    assert settings.DEFAULT_EXCEPTION_REPORTER_FILTER == "privacy.logging.NoValues"
    reporter = importlib.import_module("django.views.debug")
    request = reporter_request()
    try:
        unhandled(NAAM)
    except LookupError:
        told = reporter.ExceptionReporter(request, *sys.exc_info())
        frames = told.get_traceback_data()["frames"]
    assert frames
    assert all(NAAM not in repr(frame["vars"]) for frame in frames)
    data = told.get_traceback_data()
    assert NAAM not in repr(data["filtered_POST_items"])
    assert NAAM not in repr(data["request_meta"])


def reporter_request() -> Any:
    made = importlib.import_module("django.test").RequestFactory()
    return made.post("/", {"naam": NAAM}, HTTP_X_NAAM=NAAM)
