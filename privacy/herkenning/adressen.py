"""Addresses: a street with a number, a corner of two streets, a post office box.

Guarded by tests/privacy/herkenning/test_namen.py and test_maat.py.
"""

from __future__ import annotations

import re
from typing import Final

from privacy.herkenning import soorten
from privacy.herkenning.lijsten import Lijsten
from privacy.herkenning.soorten import Dekking

_SOORT_STRAAT: Final = (
    "straat|str|laan|weg|plein|singel|gracht|steeg|dreef|plantsoen|pad|kade|dijk|hof"
    "|hofje|park|baan|wal|markt|allee|boulevard|ring|brink|erf|kamp|veld|akker|berg"
    "|horst|oord|hoek|burg|poort|haven|werf|dal|donk|es|enk|gaarde|kwartier|bosch|bos"
)
_STERK: Final = re.compile(
    r".{2,}(?:straat|straatje|laan|plein|singel|gracht|steeg|dreef|plantsoen|weg|kade"
    r"|dijk|pad)\Z"
)
# What stands between a street and its number, and what may follow the number.
_VOOR_NUMMER: Final = r"(?: ?(?:nr\.?|no\.|nummer|t\.?o\.?|t/o|tegenover|naast))?"
_VERDER: Final = (
    r"(?:,? (?:hs|bis|huis|rood|hoog|boven|beneden|zw"
    r"|(?:\d{1,2}|[IVX]{1,4}|een|één|twee|drie|vier)[ \-]?(?:hoog|achter|voor)"
    r"|\d{1,2}e (?:etage|verdieping)"
    r"|(?:app(?:artement|t)?|apt|kamer|unit|flat|etage)\b\.? ?\d{1,4}[a-zA-Z]?)\b)?"
)
_NUMMER: Final = (
    rf"{_VOOR_NUMMER} (?P<nr>[1-9]\d{{0,3}}(?: [IVX]{{2,4}}(?!\w)|(?: ?[a-zA-Z](?!\w)"
    r"|[a-zA-Z]\b)?)"
    rf"(?: ?[\-/] ?(?:\d{{1,4}}|[IVX]+|[a-zA-Z]{{1,3}})(?!\w))?{_VERDER})"
    r"(?![\w€%]|[.,]\d| (?:jaar|uur|weken|dagen|maanden|keer|procent|euro|jan|feb|mrt))"
)
_DEEL = r"(?:[A-ZÀ-Ý'’1-9][\w'’.\-]{0,40}|van|de|den|der|het|'t|te|ter|ten|op|aan|in|en|naar|langs|à)"
_STRAAT_NUMMER = re.compile(
    rf"(?<![\w.])(?P<straat>(?:{_DEEL} ){{0,5}}[A-ZÀ-Ý'’][\w'’.\-]{{1,40}}){_NUMMER}"
)
_STRAAT_KLEIN = re.compile(
    r"(?<![\w.])(?P<straat>[a-zà-ÿ]{3,}(?:straat|laan|plein|singel|gracht|steeg|dreef))"
    rf"{_NUMMER}"
)
_STRAAT_LOS = re.compile(
    rf"(?<![\w.])(?P<straat>(?:{_DEEL} ){{0,4}}[A-ZÀ-Ý'’][\w'’\-]{{0,40}}"
    rf"(?:{_SOORT_STRAAT}))(?![\w\-])"
)
_LOS: Final = (
    rf"(?:{_DEEL} ){{0,4}}[A-ZÀ-Ý'’][\w'’\-]{{0,40}}(?:{_SOORT_STRAAT})(?![\w\-])"
)
_HOEK = re.compile(
    rf"(?<![\w.])(?P<een>{_LOS})(?:,? (?:op de )?hoek(?: van| met)?(?: de| het)? "
    rf"| ?/ ?)(?P<twee>{_LOS})"
)
_POSTBUS = re.compile(r"\b[Pp]ostbus \d{1,5}\b(?![.,]\d)")
# "Burg. van Lanschotlaan", "J.W. Frisostraat": these words are the street's own.
_VOORNAAM_STRAAT: Final = re.compile(
    r"(?:^| )(?P<titel>"
    r"(?:burg|burgem|dr|prof|past|pr|st|kon|gen|kap|kard|mgr|ds|mr|ir|jhr|jkvr|adm|kol"
    r"|lt|maj|min|pres|[a-z])\.(?:[a-z]\.)*|burgemeester|doctor|dokter|professor"
    r"|pastoor|pater|kapelaan|kardinaal|monseigneur|dominee|prins|prinses|koning"
    r"|koningin|graaf|gravin|baron|barones|jonker|jonkheer|generaal|admiraal|kapitein"
    r"|kolonel|luitenant|majoor|minister|president|wethouder|dijkgraaf|sint|oude"
    r"|nieuwe|hoge|lage|korte|lange|kleine|grote|eerste|tweede|derde)"
    r" (?:(?:van|de|den|der|het|ter|ten) ){0,2}\Z",
    re.IGNORECASE,
)
_GEEN_STRAAT: Final = re.compile(
    r"(?:onderweg|uitweg|omweg|halfweg|arbeidsmarkt|woningmarkt|gerechtshof|hoofdstuk"
    r"|wmo|artikel|groep|kamer|afdeling|team|code|fase|stap|regel|bijlage|lid|nummer"
    r"|plaats|punt|versie|optie|rond|circa|ruim|totaal|samen|klas|deel|blok|zorgpad"
    r"|plan|jaar|week|dag|spoor|route|lijn|bus|perron|wet|nr|cijfer|kwartaal|bel)"
)


def addresses(text: str, dekking: Dekking, lijst: Lijsten) -> None:
    """Note streets with a number, and streets alone when they are sure."""
    for match in _POSTBUS.finditer(text):
        dekking.add(*match.span(), soorten.ADRES)
    for match in _STRAAT_NUMMER.finditer(text):
        start = _begin(match.group("straat"), lijst, los=False)
        if start is not None:
            dekking.add(match.start() + start, match.end("nr"), soorten.ADRES)
    for match in _STRAAT_KLEIN.finditer(text):
        dekking.add(match.start(), match.end("nr"), soorten.ADRES)
    _hoeken(text, dekking, lijst)
    for match in _STRAAT_LOS.finditer(text):
        start = _begin(match.group("straat"), lijst, los=True)
        if start is not None:
            dekking.add(match.start() + start, match.end(), soorten.ADRES)


def _hoeken(text: str, dekking: Dekking, lijst: Lijsten) -> None:
    """ "Steenstraat hoek Velperplein"."""
    for match in _HOEK.finditer(text):
        start = _begin(match.group("een"), lijst, los=True)
        if start is not None and _begin(match.group("twee"), lijst, los=True) == 0:
            dekking.add(match.start() + start, match.end(), soorten.ADRES)


def _begin(words: str, lijst: Lijsten, *, los: bool) -> int | None:
    """Where in ``words`` the street begins: the longest that the list has.

    los: there is no house number behind it, so a list or a sure ending is needed.
    """
    if _GEEN_STRAAT.fullmatch(words.casefold()):
        return None
    starts = [0, *(m.end() for m in re.finditer(" ", words))]
    for at in starts:
        if words[at:] in lijst.straten and not (los and " " not in words[at:]):
            return _met_voornaam(words, at)
    last = words[starts[-1] :]
    laag = last.casefold()
    if _GEEN_STRAAT.fullmatch(laag) or laag in lijst.geen_namen:
        return None
    if last in lijst.straten and (not los or _STERK.match(laag)):
        return _met_voornaam(words, _met_titel(words, starts))
    if _STERK.match(laag) and laag not in lijst.gewoon:
        return _met_voornaam(words, _met_titel(words, starts))
    return None


def _met_voornaam(words: str, at: int) -> int:
    """ "Dr. Schaepmanstraat": the title before the street is the street's."""
    seen = at
    while match := _VOORNAAM_STRAAT.search(words[:seen]):
        seen = match.start("titel")
        at = seen if words[seen].isupper() else at
    return at


def _met_titel(words: str, starts: list[int]) -> int:
    """ "Hoge Veldweg": the words with capitals right before it belong to it."""
    begin = starts[-1]
    for at, after in zip(reversed(starts[:-1]), reversed(starts[1:]), strict=True):
        word = words[at : after - 1]
        voor_in = at == 0 and word.casefold() in {"op", "in", "aan", "de", "het"}
        if not word[0].isupper() or voor_in:
            break
        begin = at
    return begin
