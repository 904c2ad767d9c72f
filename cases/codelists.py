"""Code lists of the practice: read once from ``codelists.json``, the product's own.

Fixed core lists are also CHECK constraints in the database, so a new code is a
migration; labels and public groups are read from the file alone.

Guarded by tests/cases/test_codelists.py.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

PATH = Path(__file__).with_name("codelists.json")


class UnknownCode(KeyError):
    """A code that is not in the list."""


@cache
def _lists() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    return loaded


@cache
def _values(lijst: str) -> dict[str, dict[str, Any]]:
    return {value["code"]: value for value in _lists()[lijst]["values"]}


def codes(lijst: str) -> tuple[str, ...]:
    """The codes of a list, in the order of the file (aard: the order of the seed)."""
    return tuple(_values(lijst))


def label(lijst: str, code: str, language: str | None = None) -> str:
    """The label of a code in ``language`` (by default the active one, else Dutch).

    Raises UnknownCode.
    """
    try:
        value = _values(lijst)[code]
    except KeyError as error:
        raise UnknownCode(f"{lijst}: {code}") from error
    english = (language or get_language() or "nl").startswith("en")
    return str((value["en"] if english else "") or value["nl"])


def choices(lijst: str, *, leave_out: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """(code, label) pairs for a form field."""
    return [
        (code, label(lijst, code)) for code in codes(lijst) if code not in leave_out
    ]


def publieksgroep(lijst: str, code: str) -> str | None:
    """The public group of a soort, activiteit or resultaat; None: never reported."""
    try:
        group = _values(lijst)[code]["publieksgroep"]
    except KeyError as error:
        raise UnknownCode(f"{lijst}: {code}") from error
    return None if group is None else str(group)


def publieksgroepen(lijst: str) -> tuple[str, ...]:
    """The public groups of a list, in the order in which they first occur."""
    found = (publieksgroep(lijst, code) for code in codes(lijst))
    return tuple(dict.fromkeys(group for group in found if group is not None))
