"""Addresses: a street with a number, a corner of two streets, a post office box.

Guarded by tests/privacy/herkenning/test_namen.py and test_maat.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    r"|dijk|pad|str\.?|pln\.?)\Z"
)
# Streets and surnames alike: "Hoogendijk", "Groeneweg".
_OOK_NAAM: Final = re.compile(r".+(?:dijk|weg|kade|pad)\Z")
_INITIALEN: Final = re.compile(r"(?:[A-ZÀ-Þ]\.)+")
_AAN_STRAAT: Final = re.compile(
    r"\b(?:de|het|'t|op|aan|in|naar|langs|bij|adres|hoek|straat)(?: de| het)?:? \Z",
    re.IGNORECASE,
)
_OP_DE: Final = re.compile(r"\b(?:op|aan|langs|over) de \Z")
_VOOR_ADRES: Final = re.compile(
    r"(?:\b(?:op|aan|in|naar|de|het|adres|woont|wonen|woonde|bij|straat)|[:,;(\n]|^)\s*\Z",
    re.IGNORECASE,
)
_NA_ADRES: Final = re.compile(
    r",? ?(?:\d{4} ?[A-Z]{2}\b|te |in |[A-Z][a-z])|\s*(?:\n|\Z)"
)
_IN_PLAATS: Final = re.compile(r"\b(?:in|te|uit|naar|gemeente) \Z", re.IGNORECASE)
# What stands between a street and its number, and what may follow the number.
_VOOR_NUMMER: Final = (
    r"(?: ?(?:nr\.?|no\.|nummer|huisnummer|t\.?o\.?|t/o|tegenover|naast)| [NZOW])?"
)
_VERDER: Final = (
    r"(?:,? (?:hs|bis|huis|rood|hoog|boven|beneden|zw"
    r"|(?:\d{1,2}|[IVX]{1,4}|een|één|twee|drie|vier)[ \-]?(?:hoog|achter|voor)"
    r"|\d{1,2}e (?:etage|verdieping)"
    r"|(?:app(?:artement|t)?|apt|kamer|unit|flat|etage|chalet|caravan|stacaravan|bungalow"
    r"|huisje|blok|standplaats|woonwagen|woning|toren|ingang|nr|toegang|boot|portiek)"
    r"\b\.? ?(?:\d{1,4}[a-zA-Z]?|[A-Z](?!\w))|(?<=\d )[A-Z]\d{1,3})\b"
    r"| \((?:\d{1,2}e (?:etage|verdieping)|\d{1,2} ?hoog|boven|beneden|begane grond)\))?"
)
_NUMMER: Final = (
    rf"{_VOOR_NUMMER} (?P<nr>[1-9]\d{{0,3}}(?: [IVX]{{2,4}}(?!\w)|(?:hs|bis|bg|rd|zw)(?!\w)"
    r"|(?: ?[a-zA-Z](?!\w)|[a-zA-Z]\b)?)"
    rf"(?: ?[\-/] ?(?:\d{{1,4}}|[IVX]+|[a-zA-Z]{{1,3}})(?!\w))?{_VERDER})"
    r"(?![\w€%]|\.\d|,\d(?!\d{3} ?[A-Z]{2}\b)"
    r"| (?:jaar|uur|weken|dagen|maanden|keer|procent|euro|jan|feb|mrt)\b)"
)
_DEEL = r"(?:[A-ZÀ-Ý'’1-9][\w'’.\-]{0,40}|van|de|den|der|het|'t|te|ter|ten|op|aan|in|en|naar|langs|à)"
_STRAAT_NUMMER = re.compile(
    rf"(?<![\w.])(?P<straat>(?:{_DEEL} ){{0,5}}[A-ZÀ-Ý'’][\w'’.\-]{{1,40}}){_NUMMER}"
)
_STRAAT_KLEIN = re.compile(
    r"(?<![\w.])(?P<straat>(?:(?:lange|korte|oude|nieuwe|hoge|lage|grote|kleine|st\.?|sint"
    r"|burg\.?|prins|prinses|koningin|dr\.?) )?"
    r"[a-zà-ÿ]{3,}(?:straat|laan|plein|singel|gracht|steeg|dreef|str\.?)"
    r"|(?:(?<=op de )|(?<=aan de )|(?<=in de )|(?<=naar de )|(?<=op het )|(?<=aan het )"
    r"|(?<=adres )|(?<=adres: )|(?<=woont )|(?<=nieuw: )|(?<=oud: )|(?<=^))"
    r"(?P<lijst>(?:(?:lange|korte|oude|nieuwe|hoge|lage|grote|kleine) )?[a-zà-ÿ]{3,}(?:weg|dijk|kade|pad|hof|park|wal|kamp|veld|berg|horst|akker"
    r"|markt|ring|baan|es|enk|erf|werf|poort|donk|wijk|laar|oord)))"
    rf"{_NUMMER}",
    re.MULTILINE,
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
# "bij de Markt in Oirschot": a square, with the town behind it.
_PLEIN = re.compile(
    r"\b(?:[Oo]p|[Bb]ij|[Aa]an|[Rr]ond|[Oo]ver) (?:de|het) (Markt|Brink|Dam|Plein|Vismarkt"
    r"|Kade|Haven|Wal|Singel|Dijk|Kerkhof|Grote Markt|Oude Markt)(?= (?:in|te|van) [A-Z])"
)
_POSTBUS = re.compile(r"\b(?:[Pp]ostbus|[Aa]ntwoordnummer) \d{1,5}\b(?![.,]\d)")
# "Burg. van Lanschotlaan", "J.W. Frisostraat": these words are the street's own.
_VOORNAAM_STRAAT: Final = re.compile(
    r"(?:^| )(?P<titel>"
    r"(?:burg|burgem|dr|prof|past|pr|st|kon|gen|kap|kard|mgr|ds|mr|ir|jhr|jkvr|adm|kol"
    r"|lt|maj|min|pres|[a-z])\.(?:[a-z]\.)*|burgemeester|doctor|dokter|professor"
    r"|pastoor|pater|kapelaan|kardinaal|monseigneur|dominee|prins|prinses|koning"
    r"|koningin|graaf|gravin|baron|barones|jonker|jonkheer|generaal|admiraal|kapitein"
    r"|kolonel|luitenant|majoor|minister|president|wethouder|dijkgraaf|sint|oude"
    r"|nieuwe|hoge|lage|korte|lange|kleine|grote|eerste|tweede|derde|\d{1,2}e)"
    r" (?:(?:van|de|den|der|het|ter|ten) ){0,2}\Z",
    re.IGNORECASE,
)
_GEEN_STRAAT: Final = re.compile(
    r"(?:onderweg|uitweg|omweg|halfweg|arbeidsmarkt|woningmarkt|gerechtshof|hoofdstuk"
    r"|wmo|artikel|groep|kamer|afdeling|team|code|fase|stap|regel|bijlage|lid|nummer"
    r"|plaats|punt|top|vraag|stap|actie|doel|thema|versie|optie|rond|circa|ruim|totaal|samen|klas|deel|blok|zorgpad"
    r"|plan|jaar|week|dag|spoor|route|lijn|bus|perron|wet|nr|cijfer|kwartaal|bel)"
)


def addresses(text: str, dekking: Dekking, lijst: Lijsten) -> None:
    """Note streets with a number, and streets alone when they are sure."""
    for match in _POSTBUS.finditer(text):
        dekking.add(*match.span(), soorten.ADRES)
    for match in _STRAAT_NUMMER.finditer(text):
        start = _begin(match.group("straat"), lijst, los=False)
        if start is not None and not _is_telling(match, start, lijst):
            dekking.add(match.start() + start, match.end("nr"), soorten.ADRES)
    for start, end in _klein(text, lijst):
        dekking.add(start, end, soorten.ADRES)
    for match in _PLEIN.finditer(text):
        dekking.add(*match.span(1), soorten.ADRES)
    _hoeken(text, dekking, lijst)
    for match in _STRAAT_LOS.finditer(text):
        voor = text[max(0, match.start() - 12) : match.start()]
        start = _begin(match.group("straat"), lijst, los=True, voor=voor)
        if start is not None and not _is_naam(match, start, lijst):
            dekking.add(match.start() + start, match.end(), soorten.ADRES)


def _is_telling(match: re.Match[str], start: int, lijst: Lijsten) -> bool:
    """ "Top 10 Onderwerpen", "Brief 3": a word with a number, and no address near."""
    word, text = match["straat"][start:].casefold(), match.string
    if " " in word or word not in lijst.gewoon or _STERK.match(word):
        return False
    voor, na = text[: match.start() + start], text[match.end("nr") :]
    return not (_VOOR_ADRES.search(voor) or _NA_ADRES.match(na))


def _klein(text: str, lijst: Lijsten) -> Iterator[tuple[int, int]]:
    """ "molenweg 18a", when the list has it or the word itself is sure."""
    for match in _STRAAT_KLEIN.finditer(text):
        name = match["lijst"]
        if not name or (name in lijst.straten and not _GEEN_STRAAT.fullmatch(name)):
            yield match.start(), match.end("nr")


def _is_naam(match: re.Match[str], start: int, lijst: Lijsten) -> bool:
    """ "mevrouw Hoogendijk", "Anneke Groeneweg", "in Moerdijk": no street."""
    voor = match.string[: match.start() + start]
    words = match.string[match.start() + start : match.end()].split()
    titels = lijst.gezag["titel"] | lijst.gezag["verwant"] | lijst.gezag["rol"]
    for before in (voor.split()[-1:], words[:1]):
        if before and before[0].rstrip(".:").casefold() in titels:
            return True
    if " ".join(words).casefold() in lijst.plaatsen and _IN_PLAATS.search(voor):
        return True
    if not _OOK_NAAM.match(words[-1]) or _AAN_STRAAT.search(voor):
        return False
    first, last = words[0].casefold(), words[-1].casefold()
    gesprek = (voor.split()[-1:] or [""])[0].casefold()
    if len(words) > 1:
        gezegd = first in lijst.gezag["gesprek"]
        return gezegd or first in lijst.voornamen or bool(_INITIALEN.match(words[0]))
    return last in lijst.achternamen or gesprek in lijst.gezag["gesprek"]


def _hoeken(text: str, dekking: Dekking, lijst: Lijsten) -> None:
    """ "Steenstraat hoek Velperplein"."""
    for match in _HOEK.finditer(text):
        start = _begin(match.group("een"), lijst, los=True)
        if start is not None and _begin(match.group("twee"), lijst, los=True) == 0:
            dekking.add(match.start() + start, match.end(), soorten.ADRES)


def _begin(words: str, lijst: Lijsten, *, los: bool, voor: str = "") -> int | None:
    """Where in ``words`` the street begins: the longest that the list has.

    los: there is no house number behind it, so a list or a sure ending is needed, or
    what is before it (``voor``) says that somebody is on it.
    """
    if _GEEN_STRAAT.fullmatch(words.casefold()):
        return None
    starts = [0, *(m.end() for m in re.finditer(" ", words))]
    for at in starts:
        is_los = los and (" " not in words[at:] or words[at].islower())
        is_los |= bool(_GEEN_STRAAT.fullmatch(words[at:].casefold()))
        if words[at:] in lijst.straten and not is_los:
            return _met_lidwoord(words, _met_voornaam(words, at))
    last = words[starts[-1] :]
    laag = last.casefold()
    if _GEEN_STRAAT.fullmatch(laag) or laag in lijst.geen_namen:
        return None
    sterk = _STERK.match(laag) or (
        los and _OP_DE.search(voor) and laag not in lijst.gewoon
    )
    if last in lijst.straten and (not los or sterk):
        return _met_voornaam(words, _met_titel(words, starts))
    if _STERK.match(laag) and laag not in lijst.gewoon:
        return _met_voornaam(words, _met_titel(words, starts))
    return None


def _met_voornaam(words: str, at: int) -> int:
    """ "Dr. Schaepmanstraat": the title before the street is the street's."""
    seen = at
    while match := _VOORNAAM_STRAAT.search(words[:seen]):
        seen = match.start("titel")
        at = seen if words[seen].isupper() or words[seen].isdecimal() else at
    return at


def _met_lidwoord(words: str, at: int) -> int:
    """ "'t Zand": the article is the street's."""
    begin = re.search(r"(?:^| )(['’]t )\Z", words[:at])
    return begin.start(1) if begin else at


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
