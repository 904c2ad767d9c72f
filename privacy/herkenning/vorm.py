"""What has a form: mail, web, account, phone, number plate, postcode, numbers.

Only forms that were checked where a check exists: 11-proof (BSN), mod 97 (IBAN of
another country; a Dutch one with a typing error is still somebody's), side codes of
the RDW (number plates).

Guarded by tests/privacy/herkenning/test_vorm.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from privacy.herkenning import soorten
from privacy.herkenning.bsn import NEGEN_CIJFERS, is_bsn

Plek = tuple[int, int]

_EMAIL = re.compile(
    r"(?<![\w.+\-])(?:[\w.+\-]{0,30}\w['’])?[\w.+\-]{0,63}\w ?@ ?\w[\w\-]*(?:\.[\w\-]+)+"
    r"|(?<![\w.+\-])[\w.+\-]{1,64} ?(?:\(at\)|\[at\]| at ) ?[\w\-]+"
    r"(?:\.| ?[(\[]?(?:punt|dot)[)\]]? ?)[a-z]{2,}\b"
    r"|(?<![\w.+\-])(?:[\w+\-]{1,30}(?: punt |\.)){0,3}[\w+\-]{1,30} ?apenstaart(?:je)? ?"
    r"[\w\-]{1,30}(?:(?: punt |\.)[\w\-]{2,30}){1,3}\b",
    re.IGNORECASE,
)
_TLD = (
    "nl|com|org|net|eu|nu|info|online|site|app|frl|amsterdam|example|io|gov|tv|be|biz"
    "|care|blog|shop|co\\.uk|cloud|page"
)
# Also words or the beginning of one: only with a path ("wa.me/31…", "fam.de/foto").
_TLD_MET_PAD = "de|me|ly|gl|uk|fr|es|it|pl|ch|at|tr|ma|sr|cw|to|gg|link|live"
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'()]+(?:\([^\s()]*\)[^\s<>\"'()]*)*"
    rf"|(?<![\w.@\-])(?:[a-z0-9\-]+\.)+(?:{_TLD_MET_PAD})/[^\s<>\"'()]+"
    rf"|(?<![\w.@\-])(?:[a-z0-9\-]+\.)+(?:{_TLD})\b(?:/[^\s<>\"'()]*)?"
    r"|(?<![\w.@/])@[A-Za-z]\w[\w.]+",
    re.IGNORECASE,
)
# Sites of public bodies: nobody is recognised by them, as long as it is the front page.
_OPENBARE_SITES: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:rijksoverheid|overheid|belastingdienst|toeslagen|cak"
    r"|svb|ciz|uwv|regelhulp|mijnoverheid|digid|juridischloket|nationaleombudsman"
    r"|wetten\.overheid|officielebekendmakingen|rechtspraak|vng|autoriteitpersoons"
    r"gegevens|igj|zorgkaartnederland|per-saldo|pgb|mantelzorg|bol)\.(?:nl|com)/?",
    re.IGNORECASE,
)
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ .\-]?[A-Z0-9]){11,30}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_IBAN_NL = re.compile(
    r"(?<![A-Za-z0-9])NL[ .\-]?\d{2}[ .\-]?[A-Z]{4}(?:[ .\-]?\d){10}(?!\d)",
    re.IGNORECASE,
)
_REKENING = re.compile(
    r"(?:rekeningnummer|rekeningnr\.?|banknummer|rekening)\W{1,3}"
    r"(\d(?:[ .]?\d){6,9})(?![\d])",
    re.IGNORECASE,
)
_NA_BSN = re.compile(
    r"(?:\bbsn|burgerservice(?:nummer|nr\.?)|sofi-?(?:nummer|nr\.?)?)"
    r"(?:[- ]?(?:nummer|nr\.?))?[^\d\n]{0,24}(\d(?:[ .\-]?\d){7,8})(?!\d)",
    re.IGNORECASE,
)
# 0800, 0900 and 14 0xx belong to bodies, never to somebody.
_TELEFOON = re.compile(
    r"(?<![\w+])(?:"
    r"\(\+\d{1,3}\)(?:[ .\-/]{0,3}\d){8,11}"
    r"|(?:\+|00)\d{1,3}(?:[ .\-/]{0,3}(?:\(0\)|\d)){8,12}"
    r"|\(?0(?!800|90[0-9])(?:[ .\-/)–]{0,3}\d){9}"
    r")(?!\d)"
)
_KORT_TELEFOON = re.compile(
    r"\b(?:telefoonnummer|telefoon|tel(?:nr)?|mobiel|mob|gsm|nummer|bereikbaar op|bel|belt)\b"
    r"[.: ]{1,3}(?!0[89]00)(6(?:[ .\-]{0,3}\d){8}|\d(?:[ .\-]?\d){5,7})(?![\d.,]*\d)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?<![\w.\-/€])[1-9]\d{3}(?:(?: {0,2}|-)[A-Z]{2}| [A-Z]\.[A-Z]\.|[A-Za-z]{2})"
    r"(?!\w|-[A-Za-z])"
    r"|(?<![\w.,\-/])(?!(?:19|20)\d\d )[1-9]\d{3} [a-z]{2}(?![\w\-])"
)
_POSTCODE_CIJFERS = re.compile(
    r"\bpostcode(?:gebied| is)?:? ([1-9]\d{3})\b(?! ?[A-Z]{2}\b)", re.IGNORECASE
)
_GEEN_LETTERS: Final = frozenset(
    [
        "sa",
        "sd",
        "ss",
        "km",
        "mg",
        "ug",
        "dl",
        "kj",
        "hz",
        "pk",
        "cc",
        "kg",
        "cm",
        "mm",
        "mb",
        "gb",
        "kb",
        "ml",
        "cl",
        "kw",
        "wh",
        "kb",
        "st",
        "nd",
        "jr",
        "ex",
        "de",
        "en",
        "in",
        "is",
        "op",
        "of",
        "te",
        "om",
        "er",
        "we",
        "ze",
        "me",
        "je",
        "al",
        "zo",
        "na",
        "nu",
        "af",
        "an",
        "as",
        "bv",
        "ca",
        "dr",
        "ed",
        "ei",
        "eu",
        "ff",
        "ga",
        "ha",
        "he",
        "ho",
        "hr",
        "hs",
        "ie",
        "ik",
        "ja",
        "la",
        "ma",
        "mw",
        "nr",
        "on",
        "os",
        "pa",
        "po",
        "re",
        "se",
        "tl",
        "ub",
        "ui",
        "uw",
        "ur",
        "vd",
        "wk",
        "wo",
        "zn",
        "x2",
        "eu",
    ]
)
_ZIJCODES: Final = [
    "LL99LL",
    "99LLLL",
    "LLLL99",
    "LL9999",
    "9999LL",
    "99LL99",
    "99LLL9",
    "9LLL99",
    "LL999L",
    "L999LL",
    "LLL99L",
    "L99LLL",
    "9LL999",
    "999LL9",
]
_KENTEKEN = re.compile(
    r"(?<![\w\-])[A-Z0-9]{1,3}-[A-Z0-9]{1,3}-[A-Z0-9]{1,3}(?![\w\-])", re.IGNORECASE
)
_NA_KENTEKEN = re.compile(
    r"\b(?:kenteken(?:plaat)?|nummerbord|nummerplaat|scooter|brommer"
    r"|(?:rolstoel|mini|taxi|lease|bestel|school)?(?:auto|bus|busje))\b"
    r"[^.;\n]{0,24}?(?<!\w)([A-Z0-9]{1,3}[ \-]?[A-Z0-9]{1,3}[ \-]?[A-Z0-9]{1,3})(?!\w)",
    re.IGNORECASE,
)
# Without hyphens only the plates of now, which have no vowels, in capitals.
_MEDE = "[BDFGHJKLMNPRSTVXZ]"
_KENTEKEN_LOS = re.compile(
    rf"(?<![\w\-/.])(?:\d\d{_MEDE}{{3}}\d|\d{_MEDE}{{3}}\d\d|{_MEDE}{{2}}\d{{3}}{_MEDE}"
    rf"|{_MEDE}\d{{3}}{_MEDE}{{2}}|{_MEDE}{{3}}\d\d{_MEDE}|{_MEDE}\d\d{_MEDE}{{3}}"
    rf"|\d{_MEDE}{{2}}\d{{3}}|\d{{3}}{_MEDE}{{2}}\d|{_MEDE}{{2}} \d{{3}} {_MEDE}"
    rf"|{_MEDE} \d{{3}} {_MEDE}{{2}}|\d\d {_MEDE}{{3}} \d|\d {_MEDE}{{3}} \d\d)"
    r"(?![\w\-/]|[.,]\d)"
)
_WOORD_NUMMER = (
    r"(?:zaak|dossier|klant|cliënt|client|polis|beschikkings?|factuur|relatie"
    r"|registratie|aanvraag|meld|meldings|parket|rekest|personeels|patiënt|order"
    r"|inschrijf|lidmaatschaps|contract|huur|debiteuren|v-|agb-|big-|burger)"
    r"-?(?:nummer|nr\.?|code)|\bkenmerk\b|\breferentie(?:nummer)?\b|\bdossier\b"
    r"|\bv-nummer\b|\bpolis\b"
)
_DOSSIER = re.compile(
    rf"(?:{_WOORD_NUMMER})(?: rechtbank| van de rechtbank| is| luidt|:|\.)*[ :#]{{1,3}}"
    r"((?=[^\n]{0,14}\d)[A-Z0-9][A-Z0-9./\-]*(?: ?/ ?[A-Z0-9.\-]+)?"
    r"(?: [A-Z]{2,4})?(?: \d[\d.\-/]*)?)",
    re.IGNORECASE,
)
_ROL = re.compile(
    r"\b(?:C/\d\d/\d{5,7}(?: ?/ ?[A-Z]{2} [A-Z]{2,4} ?\d\d[-/]\d+)?"
    r"|\d{7,8} ?/ ?[A-Z]{2} [A-Z]{3,4} \d\d-\d+"
    r"|[A-Z]{3} \d\d/\d{3,5}(?: [A-Z0-9]+)?"
    r"|ECLI:NL:[A-Z]+:\d{4}:\d+)"
)
_CODE = re.compile(
    r"(?<![\w\-])[A-Z]{1,5}[.\-/](?:\d{2,4}[.\-/])?\d{4,}(?:-\d+)?(?!\w)"
    r"|(?<![\w\-])[A-Z]{1,3}\d{2,6}-\d{4,12}(?!\w)"
)
_LANG_GETAL = re.compile(r"(?<![\w.,€+\-])\d{8,}(?![\w,])")
# "Uw ref.": a number of the one who is written to, whatever it looks like.
_UW_NUMMER = re.compile(
    r"\buw (?:ref(?:erentie)?|kenmerk|zaak(?:nummer)?|dossier(?:nummer)?)\b[.: ]{1,3}"
    r"((?=[^\n]{0,14}\d)[A-Z0-9][A-Z0-9./\-]{3,30})",
    re.IGNORECASE,
)
# The number that this register gives: a pseudonym, meant to be written down.
_EIGEN_NUMMER = re.compile(r"\b[A-Z]{1,4}-20\d\d-\d{3,6}\b")
_GELD = re.compile(r"(?:€|EUR|euro) ?$", re.IGNORECASE)


def is_iban(text: str) -> bool:
    """True when letters and digits pass mod 97 (ISO 13616)."""
    code = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    if not 15 <= len(code) <= 34 or not code.isascii():
        return False
    return int("".join(str(int(c, 36)) for c in code[4:] + code[:4])) % 97 == 1


def is_kenteken(text: str) -> bool:
    """True when it is six signs in one of the side codes of Dutch number plates."""
    kaal = re.sub(r"[ \-]", "", text)
    vorm = "".join("9" if c.isdecimal() else "L" for c in kaal)
    return vorm in _ZIJCODES


def _heel(patroon: re.Pattern[str]) -> Callable[[str], Iterator[Plek]]:
    """All that the pattern matches; of a pattern with a group only that."""
    group = 1 if patroon.groups else 0

    def found(text: str) -> Iterator[Plek]:
        return (match.span(group) for match in patroon.finditer(text))

    return found


def _urls(text: str) -> Iterator[Plek]:
    for match in _URL.finditer(text):
        gevonden = match.group().rstrip(".,;:!?")
        if not _OPENBARE_SITES.fullmatch(gevonden):
            yield match.start(), match.start() + len(gevonden)


def _ibans(text: str) -> Iterator[Plek]:
    yield from _heel(_IBAN_NL)(text)
    for match in _IBAN.finditer(text):
        words = match.group()
        while words:
            if is_iban(words):
                yield match.start(), match.start() + len(words)
                break
            words, _, _ = words.rpartition(" ")


def _bsns(text: str) -> Iterator[Plek]:
    yield from _heel(_NA_BSN)(text)
    for match in NEGEN_CIJFERS.finditer(text):
        if is_bsn(re.sub(r"\D", "", match.group())) and not _GELD.search(
            text[: match.start()]
        ):
            yield match.span()


def _postcodes(text: str) -> Iterator[Plek]:
    yield from _heel(_POSTCODE_CIJFERS)(text)
    for match in _POSTCODE.finditer(text):
        letters = match.group().rstrip(".").replace(".", "")[-2:]
        is_hoofdletter = letters.isupper()
        is_woord = letters.casefold() in _GEEN_LETTERS
        if not is_woord or (
            is_hoofdletter and letters not in {"SA", "SD", "SS", "KM", "KG", "EU", "MB"}
        ):
            yield match.span()


def _kentekens(text: str) -> Iterator[Plek]:
    for match in _KENTEKEN.finditer(text):
        if is_kenteken(match.group()):
            yield match.span()
    yield from _heel(_KENTEKEN_LOS)(text)
    for match in _NA_KENTEKEN.finditer(text):
        gevonden = match.group(1)
        if is_kenteken(gevonden) and any(c.isdecimal() for c in gevonden):
            yield match.span(1)


def dossiers(text: str) -> Iterator[Plek]:
    """Numbers of files; to be looked for after dates and telephones."""
    for start, end in _heel(_UW_NUMMER)(text):
        yield start, start + len(text[start:end].rstrip(".-/"))
    for patroon in (_ROL, _DOSSIER, _CODE, _LANG_GETAL):
        for start, end in _heel(patroon)(text):
            gevonden = text[start:end].rstrip(".-/ ")
            cijfers = sum(c.isdecimal() for c in gevonden)
            if cijfers >= 4 and not _EIGEN_NUMMER.fullmatch(gevonden):
                yield start, start + len(gevonden)


def _telefoons(text: str) -> Iterator[Plek]:
    for start, end in _heel(_TELEFOON)(text):
        # "(055) 123" begins at its bracket only when that closes.
        is_los = text[start] == "(" and ")" not in text[start:end]
        yield start + is_los, end
    yield from _heel(_KORT_TELEFOON)(text)


# In this order: what comes first is not looked at again.
VORMEN: Final[tuple[tuple[str, Callable[[str], Iterator[Plek]]], ...]] = (
    (soorten.EMAIL, _heel(_EMAIL)),
    (soorten.URL, _urls),
    (soorten.IBAN, _ibans),
    (soorten.IBAN, _heel(_REKENING)),
    (soorten.KENTEKEN, _kentekens),
    (soorten.DOSSIERNUMMER, _heel(_ROL)),
    (soorten.TELEFOON, _telefoons),
    (soorten.BSN, _bsns),
    (soorten.POSTCODE, _postcodes),
)
