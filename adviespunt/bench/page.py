"""Child process: the full page of the list, asked for by somebody who is signed in.

From the request to the last byte, through Django's own handler with every middleware
of the settings: session, sign-in, scope, query, audit event, template.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection  # noqa: TID251 (listens in on a page)
from django.test import Client as Browser

from adviespunt.bench.children import answer
from adviespunt.bench.people import ident
from adviespunt.geheugen import settle
from tenants.models import User
from tenants.scope import Scope, current

PAGE = "/kwesties/"
ROW = b'<th scope="row"'
FULL = 50  # rows of a full page
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as it was sent; scope None: as the login role (sign-in)."""

    scope: Scope | None
    sql: str
    params: Any


@dataclass(slots=True)
class Recorder:
    """Execute wrapper of a page: its statements, and the time they took together."""

    seconds: float = 0.0
    statements: list[Statement] = field(default_factory=list)

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, *rest: Any
    ) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, *rest)
        finally:
            self.seconds += time.perf_counter() - began
            self.statements.append(Statement(current(), sql, params))


_browsers: dict[str, Browser] = {}


def browser_of(naam: str) -> Browser:
    """A signed-in browser; made once for each person."""
    if naam not in _browsers:
        made = Browser(SERVER_NAME="localhost")
        user = User.objects.get(pk=ident(naam))
        made.force_login(user, backend=BACKEND)
        session = made.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        _browsers[naam] = made
    return _browsers[naam]


def visit(naam: str) -> tuple[float, Recorder]:
    """Ask for the page once: seconds and what the database was asked."""
    browser, recorder = browser_of(naam), Recorder()
    with connection.execute_wrapper(recorder):
        began = time.perf_counter()
        response = browser.get(PAGE)
        seconds = time.perf_counter() - began
    rows = response.content.count(ROW)
    if response.status_code != 200 or rows != FULL:
        raise RuntimeError(f"{naam}: status {response.status_code}, {rows} rows")
    return seconds, recorder


def measure(namen: list[str]) -> list[list[float]]:
    """[seconds of the page, of which in queries] for each of these people."""
    found = []
    for naam in namen:
        seconds, recorder = visit(naam)
        found.append([seconds, recorder.seconds])
    return found


def main() -> None:
    settle()  # as a web process does
    answer({"measure": measure})
