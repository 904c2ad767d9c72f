"""Dates in digits and words, and ages.

Guarded by tests/privacy/herkenning/test_namen.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

Plek = tuple[int, int]

_MAAND = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november"
    "|december|jan|feb|febr|mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec"
)
_EEN = "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen"
_TELWOORD = (
    rf"(?:(?:{_EEN})(?:en|ën)(?:twintig|dertig)|eenendertig|{_EEN}|tien|elf|twaalf"
    r"|dertien|veertien|(?:vijf|zes|zeven|acht|negen)tien|twintig|dertig)"
)
_RANG = (
    r"(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde"
    r"|twaalfde|dertiende|veertiende|vijftiende|zestiende|zeventiende|achttiende"
    rf"|negentiende|(?:(?:{_EEN})(?:en|ën))?twintigste|(?:eenen)?dertigste)"
)
_JAARWOORD = r"(?:tweeduizend\w*|negentien(?:honderd)?\w+)"
_JAAR = rf"(?:(?:19|20)\d\d|['’]\d\d|{_JAARWOORD})"
_DAG = rf"(?:\d{{1,2}}(?:en|e|de|ste)?|{_TELWOORD}|{_RANG})"

# "3 en 5 maart", "1 t/m 14 augustus": one stretch of days.
_DAGEN = (
    rf"(?:\d{{1,2}}(?:(?:, ?| en | op | ?& ?| ?t/m | tot en met | tot | ?[-–] ?)\d{{1,2}})"
    rf"{{0,4}}|{_DAG})"
)
_IN_WOORDEN = re.compile(
    rf"(?<![\w.,/\-–])(?:{_DAGEN}(?: van)?[ \-]{{1,2}}(?:{_MAAND})\b\.?(?:[ \-,]{{1,2}}{_JAAR})?"
    rf"|\d{{1,2}}(?:{_MAAND})(?:{_JAAR})?"
    rf"|(?:{_MAAND})\.?[ \-]{_JAAR})(?![\w/])",
    re.IGNORECASE,
)
_FEEST = re.compile(
    r"\b(?:(?:eerste|tweede|1e|2e) )?(?:kerst|paas|pinkster)dag(?:en)? (?:19|20)\d\d\b"
    r"|\b(?:kerst(?:avond)?|pasen|pinksteren|hemelvaart(?:sdag)?|koningsdag|oudjaar"
    r"|nieuwjaarsdag|lente|voorjaar|zomer|herfst|najaar|winter)(?: van)? (?:19|20)\d\d\b",
    re.IGNORECASE,
)
# "22 nov. ging goed": the point is of the abbreviation, not of the sentence.
_AFKORTING = re.compile(
    r"(?<=\b(?i:jan|feb|mrt|apr|jun|jul|aug|sep|okt|nov|dec))\.(?=[,;:)]| [a-z0-9(])"
)
_SPATIES = re.compile(
    r"(?<![\w.,/\-€])(?:0?[1-9]|[12]\d|3[01]) (?:0?[1-9]|1[0-2]) (?:19|20)\d\d(?![\w.,]\d|\w)"
)
# "2e Jan van der Heijdenstraat": the name of a street goes on.
_STRAATNAAM = re.compile(r"\d{1,2}e (?-i:Jan|Mei)\Z")
_IN_CIJFERS = re.compile(
    r"(?<![\w.,/\-€])(?P<d>\d{1,2}) ?(?P<s>[\-/.–]) ?(?P<m>\d{1,2}) ?(?P=s) ?"
    r"(?P<j>['’]?\d{2}|(?:19|20)\d\d)(?![\w/]|[.\-]\d)"
)
_ISO = re.compile(
    r"(?<![\w.,/\-])(?:19|20)\d\d[\-/.](?P<m>\d{1,2})[\-/.](?P<d>\d{1,2})(?![\w/]|[.\-]\d)"
)
_GEBOORTEJAAR = re.compile(
    r"(?:geb(?:oren|\.)?|geboorte-?(?:jaar|datum)|geb\.? ?(?:datum|dat)\.?|bouwjaar"
    r"|overleden|gb\.?d\.?)(?: is)?(?: (?:in|op|te))?[: ]+"
    r"((?:19|20)\d\d|\d{8}|\d{1,2} \d{1,2} (?:\d{2}){1,2})(?!\d)"
    r"|\b(?:uit|(?:hij|zij|ze|mevrouw|meneer|cliënte?|vader|moeder|oma|opa) is van"
    r"|ik ben van) (19\d\d)\b",
    re.IGNORECASE,
)
_DAG_MAAND = re.compile(
    r"\b(?:d\.d\.?|dd\.?|op|van|per|vanaf|tot|sinds|voor|vóór|na|uiterlijk|(?:maan|dins|woens|donder|vrij|zater"
    r"|zon)dag|(?<!\w)(?:ma|di|wo|do|vr|za|zo)\.?)[ :]+"
    r"((?P<d>\d{1,2})[\-/](?P<m>\d{1,2}))(?![\w/\-]|[.,]\d| (?:dagen|weken|maanden|uur"
    r"|keer|jaar|personen|kinderen|gesprekken|punten|dagdeel|dagdelen|deel|nachten"
    r"|etmalen|minuten|euro|kamers|mensen|bewoners|plaatsen|van de|van het))",
    re.IGNORECASE,
)
# "11/2": no part of anything; "24/7" and the number of a house are no days.
_SCHUIN = re.compile(
    r"(?<![\w.,/\-€])(?!24/7\b)(?P<d>[12]\d|3[01])/(?P<m>0?[1-9]|1[0-2])(?![\w/\-%]|[.,]\d)"
)
# At the beginning of a line: "20250312 mail gestuurd".
_KAAL = re.compile(
    r"^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?=[ :,]|$)", re.MULTILINE
)
# "Gesprek 3-4", "verzet naar 10-4": what is done on a day.
_OP_DAG = re.compile(
    r"\b(?:(?:huis)?bezoek|gesprek|afspr(?:aak)?\.?|overleg|zitting|hoorzitting|mdo|bz|hb"
    r"|(?:verzet|verplaatst|verschoven|uitgesteld) naar|gebeld|terugbellen|mail|brief|gemaild"
    r"|gesproken|komt|besluit|verslag|opname|ontslag|datum|deadline|intake|start|ingang)"
    r"[ :]+((?P<d>[1-9]|[12]\d|3[01])[\-/](?P<m>[1-9]|1[0-2]))(?![\w/\-]|[.,]\d"
    r"| (?:x|dagen|weken|maanden|uur|keer|maal|jaar|kinderen|punten|min\w*|personen|mensen))",
    re.IGNORECASE,
)
_NA_NAAM: Final = re.compile(
    r"(?:(?:[^\s.!?:] |[,;] )[A-ZÀ-Þ][\w'’.\-]*|[\w'’.\-]*(?:straat|str\.?|laan|weg|plein|gracht"
    r"|dijk|kade|hof|pad|park|markt|singel|steeg)) (?:nr\.? )?$"
)
_ARTIKEL: Final = re.compile(
    r"(?:art(?:ikel|ikelen|t)?\.?|lid|par(?:agraaf)?\.?|§|versie|v|hoofdstuk|bijlage"
    r"|punt|onderdeel) ?$",
    re.IGNORECASE,
)

_TIENTAL = "twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig"
_GETAL = (
    rf"(?:\d{{1,3}}|(?:(?:{_EEN})(?:en|ën))?(?:{_TIENTAL})"
    r"|(?:vijf|zes|zeven|acht|negen)tien|dertien|veertien|twaalf|elf|tien)"
)
_MENS = (
    r"(?:man|vrouw|jongen|meisje|zoon|zoontje|dochter|dochtertje|kind|moeder|vader"
    r"|cliënt|cliënte|klant|heer|dame|baby|jongere|oma|opa|broer|broertje|zus|zusje"
    r"|kleinzoon|kleindochter)"
)
_DUUR = r"(?:jaar|jr\.?|maand(?:en)?|mnd\.?|mndn|weken|wkn?|dagen)"
_LEEFTIJD = re.compile(
    rf"(?:(?<![\w.,€])(?P<a>{_GETAL}-?[ ]?jarige?)\b"
    rf"|(?<![\w.,€])(?P<b>{_GETAL}(?: (?:en|of) {_GETAL})? {_DUUR} (?:oud|jong))\b"
    rf"|(?<=\()(?P<c>{_GETAL}(?:(?:,| en|, ) ?{_GETAL})*(?: (?:jaar|jr\.?|maanden))?)(?=[,;)])"
    rf"|\b{_MENS}(?: is| van| wordt|,)+ (?P<d>{_GETAL} (?:jaar(?: oud)?|jr\b\.?|maanden))(?! geleden)"
    rf"|(?<![\w.,])(?P<j>\d{{1,2}}(?:, ?\d{{1,2}})+ en \d{{1,2}} (?:jaar|jr\b\.?))"
    rf"|\b(?:leeftijd)(?: is| van|:)* (?P<e>{_GETAL}(?: jaar)?)"
    rf"|(?:\b(?:is|was|wordt|werd)|,) (?:nu |pas |al |inmiddels )?(?P<f>{_GETAL} (?:jaar(?: oud)?|jr\b\.?))"
    r"(?! (?:geleden|geldig|lang|later|gewacht|wachttijd|en \d|na|voor|bezig|in|op een))"
    r"(?=[ ,.;)]|$)"
    rf"|\b(?-i:[A-ZÀ-Þ][a-zà-ÿ])[\w'’\-]* van (?P<g>{_GETAL} {_DUUR})(?=[ ,.;)]|$)"
    r"(?! (?:geleden|lang|oud|per))"
    rf"|\bik ben (?:nu |pas |al |zelf )*(?P<h>{_GETAL}(?: (?:jaar|jr\b\.?))?)"
    r"(?=[,.;)]| en\b| (?:oud|jong)\b|$)"
    rf"|\b{_MENS} is (?:nu |pas |al |zelf )*(?P<i>\d{{2,3}})(?=[,.;)] ?(?!\d)| en (?!een|\d)|$))",
    re.IGNORECASE,
)


# Before "(9)": a name, or somebody.
_VOOR_HAAKJE = re.compile(
    rf"(?:[A-ZÀ-Þ][\w'’.\-]*|(?i:\b{_MENS}(?:en|s)?)|\w{{3,}}tje|[a-z]+) ?\(\Z"
)
_GRENS = re.compile(
    r"(?:grens|termijn|duur|looptijd|leeftijd|periode|minimum|maximum|wachttijd|straf)\s\Z",
    re.IGNORECASE,
)


def dates(text: str) -> Iterator[Plek]:
    """Days, months with a year, and years of birth."""
    for patroon in (_ISO, _IN_CIJFERS, _DAG_MAAND, _OP_DAG):
        for match in patroon.finditer(text):
            if _is_dag(match) and not _ARTIKEL.search(text[: match.start()]):
                yield match.span(1 if patroon in (_DAG_MAAND, _OP_DAG) else 0)
    yield from _schuin(text)
    for match in _IN_WOORDEN.finditer(text):
        if _in_woorden(match):
            end = match.start() + len(match.group().rstrip(".,- "))
            yield match.start(), end + bool(_AFKORTING.match(text, end))
    for patroon in (_FEEST, _KAAL, _SPATIES):
        yield from (match.span() for match in patroon.finditer(text))
    for match in _GEBOORTEJAAR.finditer(text):
        yield match.span(1 if match.group(1) else 2)


def _in_woorden(match: re.Match[str]) -> bool:
    """The days exist, and no name of a street goes on behind it."""
    days = [int(day) for day in re.findall(r"\d+", match.group()) if len(day) < 4]
    verder = re.match(r" (?:[A-Z]|van |de )", match.string[match.end() :])
    if verder and _STRAATNAAM.match(match.group()):
        return False
    return all(
        day <= 31 or "'" in match.group() or "’" in match.group() for day in days
    )


def _schuin(text: str) -> Iterator[Plek]:
    for match in _SCHUIN.finditer(text):
        voor = text[: match.start()]
        if not (_NA_NAAM.search(voor) or _ARTIKEL.search(voor)):
            yield match.span()


def _is_dag(match: re.Match[str]) -> bool:
    found = match.groupdict()
    if found.get("s") == "." and len(found["j"]) == 2 and len(found["m"]) == 1:
        return False  # 7.1.12 is an article
    return 1 <= int(found["d"]) <= 31 and 1 <= int(found["m"]) <= 12


def ages(text: str) -> Iterator[Plek]:
    """How old somebody is: "83 jaar", "(9)", "7-jarige"."""
    for match in _LEEFTIJD.finditer(text):
        name = match.lastgroup or "a"
        number = re.match(r"\d+", match.group(name))
        is_mens = number is None or int(number.group()) <= 115
        if is_mens and not _is_ander_getal(text, match, name):
            yield match.span(name)


def _is_ander_getal(text: str, match: re.Match[str], name: str) -> bool:
    """ "(1) een melding, (2) een klacht", "de grens is 18 jaar"."""
    voor = text[max(0, match.start() - 40) : match.start()]
    if name == "c" and match[name].isdecimal():
        return _VOOR_HAAKJE.search(voor) is None
    return name == "f" and _GRENS.search(voor) is not None


def heeft_dag(text: str) -> bool:
    """True when a date names a day (not only a month or a year)."""
    return re.fullmatch(rf"(?:{_MAAND})\W.*|\d{{4}}", text, re.IGNORECASE) is None
