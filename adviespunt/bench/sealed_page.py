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
ASKED = ("announce", "announce_cells", "_open")
_sealed = {name: getattr(fields, name) for name in ASKED}


def _remembering(
    ring: Any, houder: Any, model: Any, pk: Any, kolom: str, blob: bytes
) -> str:
    text: str = _sealed["_open"](ring, houder, model, pk, kolom, blob)
    _opened[model._meta.db_table, pk, kolom] = text
    return text


def _known(
    _ring: Any, _houder: Any, model: Any, pk: Any, kolom: str, _blob: bytes
) -> str:
    return _opened[model._meta.db_table, pk, kolom]


def _nothing(*_args: Any) -> None:
    pass


WAYS: dict[str, dict[str, Any]] = {
    "verzegeld": _sealed,
    "open": dict(zip(ASKED, (_nothing, _nothing, _known), strict=True)),
}


@contextmanager
def _way(functions: dict[str, Any]) -> Iterator[None]:
    for name, function in functions.items():
        setattr(fields, name, function)
    try:
        yield
    finally:
        for name, function in _sealed.items():
            setattr(fields, name, function)


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
    with _way(_sealed | {"_open": _remembering}):
        _visit(naam, tekst)
    times: dict[str, list[float]] = {name: [] for name in WAYS}
    found: dict[str, Any] = {"seconds": times}
    for turn in range(rounds):
        order = list(WAYS)
        for name in order if turn % 2 else reversed(order):
            with _way(WAYS[name]):
                seconds, statements, rows = _visit(naam, tekst)
            times[name].append(seconds)
            found[name] = {"vragen": statements, "rijen": rows}
    return found


def main() -> None:
    answer({"measure": measure})
