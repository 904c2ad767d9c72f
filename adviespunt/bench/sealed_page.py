"""Child process: a page of names, with its seals and without, turn by turn.

The page is a search by surname, asked for by somebody who is signed in, from the
request to the last byte. Without seals is the same page in the same process with the
cipher replaced by a table of the texts it opened before: no key is fetched and
nothing is decrypted.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection  # noqa: TID251 (listens in on a page)

from adviespunt.bench.children import answer
from adviespunt.bench.page import Recorder, browser_of
from privacy import fields

PAGE = "/zoeken/"
ROW = b'<th scope="row"'
_opened: dict[tuple[str, Any, str], str] = {}
_unseal, _announce = fields.opened, fields.announce


def _remembering(row: Any, kolom: str, blob: bytes) -> str:
    text = _unseal(row, kolom, blob)
    _opened[row._meta.db_table, row.pk, kolom] = text
    return text


def _identity(row: Any, kolom: str, _blob: bytes) -> str:
    return _opened[row._meta.db_table, row.pk, kolom]


@contextmanager
def _way(opened: Any, announce: Any) -> Iterator[None]:
    fields.opened, fields.announce = opened, announce
    try:
        yield
    finally:
        fields.opened, fields.announce = _unseal, _announce


def _visit(naam: str, tekst: str) -> tuple[float, int, int]:
    """Seconds, statements and rows of one page."""
    browser, recorder = browser_of(naam), Recorder()
    with connection.execute_wrapper(recorder):
        began = time.perf_counter()
        response = browser.post(PAGE, {"tekst": tekst})
        seconds = time.perf_counter() - began
    if response.status_code != 200:
        raise RuntimeError(f"{naam}: status {response.status_code}")
    return seconds, len(recorder.statements), response.content.count(ROW)


def measure(naam: str, tekst: str, rounds: int) -> dict[str, Any]:
    """Seconds of each visit, sealed and plain, and what the last one of each cost."""
    with _way(_remembering, _announce):
        _visit(naam, tekst)
    ways = {
        "verzegeld": (_unseal, _announce),
        "open": (_identity, lambda rows: None),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    found: dict[str, Any] = {"seconds": times}
    for turn in range(rounds):
        order = list(ways)
        for name in order if turn % 2 else reversed(order):
            with _way(*ways[name]):
                seconds, statements, rows = _visit(naam, tekst)
            times[name].append(seconds)
            found[name] = {"vragen": statements, "rijen": rows}
    return found


def main() -> None:
    answer({"measure": measure})
