"""The words we use, explained for who reads them for the first time (S44).

One data file (``begrippen.json``): an anchor, the word, what it means; in Dutch, in
short sentences. Guarded by tests/cases/test_functies.py.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).with_name("begrippen.json")


@dataclass(frozen=True, slots=True)
class Begrip:
    """One word; ``anker`` is where on the page it is."""

    anker: str
    begrip: str
    uitleg: str


@cache
def begrippen() -> tuple[Begrip, ...]:
    """Every word, by alphabet."""
    return tuple(Begrip(**one) for one in json.loads(PATH.read_text(encoding="utf-8")))
