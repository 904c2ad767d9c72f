"""Names with a name in between: "A. (Bram) Nijenhuis", "Gerrit 'Appie' de Boer".

Guarded by tests/privacy/herkenning/test_namen.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from privacy.herkenning import soorten
from privacy.herkenning.lijsten import Lijsten
from privacy.herkenning.tekens import Zin

_NAAM = r"[A-ZÀ-Þ][\w'’]+(?:-[\w'’]+)*"
_TUSSEN = r"(?:(?:van|de|den|der|het|'t|ter|ten|te|op|in|el|vd|v\.d\.) ){0,3}"
_ROEPNAAM = re.compile(
    r"(?<![\w.])(?P<voor>(?:(?:[A-ZÀ-Þ]|Th|Chr|Ph|IJ|Joh)\. ?){1,6}"
    rf"|{_NAAM}(?: {_NAAM})? )"
    rf"(?P<open>[(\"“‘'])(?P<roep>{_NAAM})[)\"”’'] (?P<achter>{_TUSSEN}{_NAAM})"
)
_OMGEKEERD = re.compile(rf"^({_NAAM}), ({_NAAM})(?=[,;:(]| [\-–(]|$)", re.MULTILINE)
_INITIALEN = re.compile(r"(?:\w{1,3}\. ?)+")


def roepnamen(text: str, lijst: Lijsten) -> Iterator[tuple[int, int]]:
    """Initials or first names, what somebody is called, and the surname."""
    for match in _ROEPNAAM.finditer(text):
        voor, last = match["voor"].strip(), match["achter"].split()[-1].casefold()
        is_naam = _INITIALEN.fullmatch(voor) or (
            voor.split()[0].casefold() in lijst.voornamen
            and match["roep"].casefold() in lijst.voornamen
        )
        if is_naam and last not in lijst.geen_namen:
            yield match.span()
    for match in _OMGEKEERD.finditer(text):
        words = match.groups()
        schrijf = all(w.istitle() and not re.search(r"[\d_]", w) for w in words)
        if schrijf and all(_kan_naam(word.casefold(), lijst) for word in words):
            yield match.span()


def _kan_naam(laag: str, lijst: Lijsten) -> bool:
    anders = (lijst.gewoon, lijst.geen_namen, lijst.plaatsen)
    return not any(laag in words for words in anders)


def ervoor(zin: Zin, lijst: Lijsten) -> None:
    """ "heeft Xiu Ying": a strange word with a capital right before a name is of it."""
    namen = {v.start for v in zin.dekking.sorted() if v.soort == soorten.PERSOON}
    for word, after in pairwise(zin.woorden):
        if after.start not in namen or after.voor != " " or word.is_eerste:
            continue
        schrijf = word.text[0].isupper() and word.text[1:].islower()
        if schrijf and _kan_naam(word.laag, lijst):
            zin.dekking.add(word.start, word.end, soorten.PERSOON)
