"""Blacking out a part of a text that is handed over: passages between [[ and ]].

Invariant: what is blacked out is gone: of the passage nothing is left, not even how
long it was, and a text whose marks do not match is not handed over at all. The words
themselves cannot be changed on the way. Guarded by tests/cases/test_zwarten.py.
"""

from __future__ import annotations

import re

from privacy.herkenning import vind
from privacy.herkenning.soorten import PERSOON

OPEN, DICHT = "[[", "]]"
ZWART = "▇▇▇"
MERK = re.compile(r"\[\[|\]\]")
STUK = re.compile(r"\[\[.*?\]\]", re.DOTALL)


class MerkFout(ValueError):
    """The marks do not match, or the words between them were changed."""


def _bare(text: str) -> str:
    """The words: without marks, line ends alike, no spaces at the ends."""
    return MERK.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def proposal(text: str, eigen: str = "") -> str:
    """The text with marks around names of others; ``eigen``: the name of the client,
    of which every word may be read.
    """
    if OPEN in text or DICHT in text:
        return text
    mine = {word.casefold() for word in re.findall(r"\w+", eigen)}
    parts, last = [], 0
    for one in vind(text):
        words = re.findall(r"\w+", text[one.start : one.end])
        if one.soort != PERSOON or mine.issuperset(map(str.casefold, words)):
            continue
        parts += [text[last : one.start], OPEN, text[one.start : one.end], DICHT]
        last = one.end
    return "".join([*parts, text[last:]])


def blackened(original: str, marked: str) -> str:
    """``marked`` with every marked passage replaced. Raises MerkFout when it is not
    the original with marks.
    """
    if _bare(marked) != _bare(original):
        raise MerkFout("words")
    depth = 0
    for mark in MERK.findall(marked):
        depth += 1 if mark == OPEN else -1
        if depth not in (0, 1):
            raise MerkFout("marks")
    if depth:
        raise MerkFout("marks")
    return STUK.sub(ZWART, marked.replace("\r\n", "\n"))
