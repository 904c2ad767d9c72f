"""What the names that were found say of the words beside them.

"Dewi, 16", "Milan van 6": an age; "Cees Raaphorst Noordwijkerhout": a place behind a
signature.

Guarded by tests/privacy/herkenning/test_twijfel.py and test_maat.py.
"""

from __future__ import annotations

import re
from typing import Final

from privacy.herkenning import soorten
from privacy.herkenning.tekens import Zin

_EENHEID = r"(?:jaar(?: oud)?|jr\b\.?|jier|maanden|mnd\b\.?)"
_GEEN_DUUR = r"(?! (?:geleden|lang|later|per|getrouwd|bezig|weg|wachten|na|voor)\b)"
_HAKEN = rf",? ?\((?:toen |nu |bijna |net )?(?P<a>\d{{1,3}}(?: {_EENHEID})?)(?=[);,])"
# Behind a name; what follows must not make it an amount or an hour.
_NA_NAAM: Final = re.compile(
    rf"{_HAKEN}"
    rf"|,?(?: van| is| was| wordt| nu| pas| al| net| bijna){{0,3}} "
    rf"(?P<b>\d{{1,3}} {_EENHEID}){_GEEN_DUUR}(?=[ ,.;)/]|$)"
    r"|(?:, | van | is (?:nu |pas |al )?| wordt )(?P<c>\d{1,2})(?=[,;)]|\.(?!\d)"
    r"| en (?!\d)| (?:krijgt|heeft|zit|woont|is|wil|gaat|moet|kan|weigert|mag)\b|$)"
    r"| (?P<d>[1-9]\d)(?= (?:weigert|woont|heeft|is|wil|zit|kan|belt|belde)\b)"
)
_MENS: Final = re.compile(
    r"\b(?:[Hh]ij|[Zz]ij|[Zz]e|[Mm]oeder|[Vv]ader|[Oo]ma|[Oo]pa|[Tt]weeling|[Jj]ongen"
    r"|[Mm]eisje|[Zz]oon(?:tje)?|[Dd]ochter(?:tje)?|[Bb]roer(?:tje)?|[Zz]us(?:je)?|[Mm]an"
    r"|[Vv]rouw|[Kk]ind|[Bb]aby|[Cc]li[eë]nte?|[Cc]lt?|[Pp]artner|[Mm]em|[Hh]eit)\b\.?"
)
# Behind whom it is about.
_NA_MENS: Final = re.compile(
    rf"{_HAKEN}"
    rf"|,?(?: van| is| was| wordt| nu| pas| al| net| bijna){{0,3}} "
    rf"(?P<b>\d{{1,3}} {_EENHEID}){_GEEN_DUUR}(?=[ ,.;)/]|$)"
    r"|, (?P<c>\d{1,2})(?=,)"
    r"| (?:is|was|wordt)(?: nu| pas| al| net| bijna){0,3} (?P<d>[1-9]\d)"
    r"(?=[,;)]|\.(?!\d)| en (?:woont|zit|heeft|kan|wil|is|gaat)|$)"
    r"| (?P<e>\d{1,2})(?=[,;] )"
)
_EN_IS: Final = re.compile(
    r"\ben is (?:nu |pas |al |net |bijna )+(?P<d>[1-9]\d)(?=[,;]|\.(?!\d)|$)"
)


def leeftijden(zin: Zin) -> None:
    """Ages right behind a name, or behind whom it is about."""
    text = zin.text
    for one in zin.dekking.sorted():
        if one.soort == soorten.PERSOON:
            _noteer(zin, _NA_NAAM.match(text, one.end))
    for mens in _MENS.finditer(text):
        _noteer(zin, _NA_MENS.match(text, mens.end()))
    for match in _EN_IS.finditer(text):
        _noteer(zin, match)


def _noteer(zin: Zin, match: re.Match[str] | None) -> None:
    if match is None or match.lastgroup is None:
        return
    digits = re.match(r"\d+", match[match.lastgroup])
    if digits is not None and int(digits.group()) <= 110:
        zin.dekking.add(*match.span(match.lastgroup), soorten.LEEFTIJD)


def staart(zin: Zin, plaatsen: frozenset[str], namen: frozenset[str]) -> None:
    """ "Cees Raaphorst Noordwijkerhout": the last word is where she lives."""
    for i, word in enumerate(zin.woorden):
        is_plaats = word.is_groot and word.laag in plaatsen and word.laag not in namen
        before, first = zin.at(i - 1), zin.at(i - 2)
        if not is_plaats or word.voor != " " or before is None or first is None:
            continue
        slot = re.match(r"\.?\s*(?:\n|\Z)", zin.text[word.end :])
        if slot and before.is_groot and first.is_groot and before.laag in namen:
            zin.dekking.add(word.start, word.end, soorten.PLAATS)
