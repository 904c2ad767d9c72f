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
from privacy.herkenning.twijfel import is_vreemd

_NAAM = r"[A-ZÀ-Þ][\w'’]+(?:-[\w'’]+)*"
_BIJ_MENS = frozenset(
    [
        "met",
        "volgens",
        "namens",
        "sprak",
        "door",
        "belde",
        "mailde",
        "mevrouw",
        "meneer",
    ]
)
_TUSSEN = r"(?:(?:van|de|den|der|het|'t|ter|ten|te|op|in|el|vd|v\.d\.) ){0,3}"
_ROEPNAAM = re.compile(
    r"(?<![\w.])(?P<voor>(?:(?:[A-ZÀ-Þ]|Th|Chr|Ph|IJ|Joh)\. ?){1,6}"
    rf"|{_NAAM}(?: {_NAAM})? )"
    rf"(?P<open>[(\"“‘'])(?P<roep>{_NAAM})[)\"”’'] (?P<achter>{_TUSSEN}{_NAAM})"
)
_OMGEKEERD = re.compile(rf"^({_NAAM}), ({_NAAM})(?=[,;:(]| [\-–(]|$)", re.MULTILINE)
_TUSSENWOORD = (
    r"(?:[Vv]an|VAN|[Dd]en?|DE[NR]?|[Dd]er|[Tt]e[nr]?|[Ee]l|['’]t|het|v\.?d\.?)"
)
_VOORVOEGSEL = rf"(?:{_TUSSENWOORD} ){{0,3}}"
# As in a register: "Boer, H. de", "Berg, van den, A.", "DE BOER, Hendrik".
_REGISTER = re.compile(
    rf"(?<![\w.,])(?P<naam>{_VOORVOEGSEL}(?P<kern>{_NAAM}))"
    rf"(?:, {_TUSSENWOORD}(?: {_TUSSENWOORD}){{0,2}})?"
    r",? (?:(?:[A-ZÀ-Þ]|Th|Chr|Ph|IJ|Joh)\. ?){1,5}"
    rf"(?! ?(?:{_TUSSENWOORD} ){{0,3}}[A-ZÀ-Þ][\w'’.])(?:{_TUSSENWOORD}\b ?){{0,3}}"
)
_REGISTER_VOLUIT = re.compile(
    rf"(?<![\w.,])(?P<naam>{_VOORVOEGSEL}(?P<kern>[A-ZÀ-Þ]{{3,}}(?:-[A-ZÀ-Þ]{{3,}})?)), "
    r"(?P<roep>[A-ZÀ-Þ][\w\-]+)"
)
# "de zaak-Kwint"
_ZAAK = re.compile(rf"\b(?:zaak|kwestie|casus|affaire|dossier|familie|gezin)-({_NAAM})")
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
    yield from _register(text, lijst)
    yield from (match.span(1) for match in _ZAAK.finditer(text))
    yield from _slot(text, lijst)
    for match in _OMGEKEERD.finditer(text):
        words = match.groups()
        schrijf = all(w.istitle() and not re.search(r"[\d_]", w) for w in words)
        if schrijf and all(_kan_naam(word.casefold(), lijst) for word in words):
            yield match.span()


def _slot(text: str, lijst: Lijsten) -> Iterator[tuple[int, int]]:
    """A last line with nothing but a name."""
    match = re.search(rf"\n\s*({_NAAM}(?: {_NAAM})?)\.?\s*\Z", text)
    words = match[1].casefold().split() if match else []
    kan = all(_kan_naam(word, lijst) for word in words)
    if match and kan and words[0] in lijst.voornamen:
        yield match.span(1)


def _register(text: str, lijst: Lijsten) -> Iterator[tuple[int, int]]:
    for match in _REGISTER.finditer(text):
        end = match.start() + len(match.group().rstrip())
        kern = match["kern"].casefold()
        if "," not in match.group() or kern in lijst.geen_namen:
            continue
        if kern in lijst.achternamen or not (
            kern in lijst.plaatsen or kern in lijst.gewoon
        ):
            yield match.start(), end
    for match in _REGISTER_VOLUIT.finditer(text):
        if match["roep"].casefold() in lijst.voornamen:
            yield match.span()


def _kan_naam(laag: str, lijst: Lijsten) -> bool:
    anders = (lijst.gewoon, lijst.geen_namen, lijst.plaatsen)
    return not any(laag in words for words in anders)


def ervoor(zin: Zin, lijst: Lijsten) -> None:
    """ "heeft Xiu Ying": a strange word with a capital right before a name is of it."""
    namen = {v.start for v in zin.dekking.sorted() if v.soort == soorten.PERSOON}
    for word, after in pairwise(zin.woorden):
        samen = after.voor == " " or after.voor.strip() in {"+", "&", "/"}
        if word.is_eerste and after.laag in lijst.voornamen and after.voor == " ":
            continue  # "Zorgmedewerker Sanne": what she does
        if after.start in namen and samen and is_vreemd(word, lijst):
            zin.dekking.add(word.start, word.end, soorten.PERSOON)


def vreemden(zin: Zin, lijst: Lijsten) -> None:
    """ "Jurgita Kazlauskaitė is ziek": two strange words with a capital, and a verb."""
    doet = lijst.gezag["doet"] | lijst.gezag["is"]
    for i, (first, last) in enumerate(pairwise(zin.woorden)):
        if last.voor != " " or not (is_vreemd(first, lijst) and is_vreemd(last, lijst)):
            continue
        before, after = zin.at(i - 1), zin.at(i + 2)
        if before is not None and before.is_groot and not first.is_eerste:
            continue
        rest = zin.text[last.end :]
        doet_wat = after is not None and after.voor == " " and after.laag in doet
        slot = re.match(r" ?\(|, (?:\d|geb)|\.?\s*\Z|\n", rest) is not None
        met = before is not None and before.laag in _BIJ_MENS and first.voor == " "
        if doet_wat or (slot and first.is_eerste) or met:
            zin.dekking.add(first.start, last.end, soorten.PERSOON)
