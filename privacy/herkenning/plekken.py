"""Addresses, places and providers.

Guarded by tests/privacy/herkenning/test_namen.py and test_maat.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from privacy.herkenning import soorten
from privacy.herkenning.lijsten import Lijsten
from privacy.herkenning.soorten import Dekking
from privacy.herkenning.tekens import Woord, Zin

MEEST: Final = 8  # words in the name of a provider
_SOORT_STRAAT: Final = (
    "straat|str|laan|weg|plein|singel|gracht|steeg|dreef|plantsoen|pad|kade|dijk|hof"
    "|hofje|park|baan|wal|markt|allee|boulevard|ring|brink|erf|kamp|veld|akker|berg"
    "|horst|oord|hoek|burg|poort|haven|werf|dal|donk|es|enk|gaarde|kwartier|bosch|bos"
)
_STERK: Final = re.compile(
    r".{2,}(?:straat|straatje|laan|plein|singel|gracht|steeg|dreef|plantsoen|weg|kade"
    r"|dijk|pad)\Z"
)
_NUMMER: Final = (
    r"(?: ?(?:nr\.?|nummer))? (?P<nr>[1-9]\d{0,3}(?: ?[a-zA-Z](?!\w)|[a-zA-Z]\b)?"
    r"(?: ?[\-/] ?(?:\d{1,4}|[IVX]+|[a-zA-Z]{1,3})(?!\w))?(?: (?:hs|bis|huis|rood)\b)?)"
    r"(?![\w€%]|[.,]\d| (?:jaar|uur|weken|dagen|maanden|keer|procent|euro|jan|feb|mrt))"
)
_DEEL = (
    r"(?:[A-ZÀ-Ý'’1-9][\w'’.\-]{0,40}|van|de|den|der|het|'t|te|ter|ten|op|aan|in|en|à)"
)
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
_GEEN_STRAAT: Final = re.compile(
    r"(?:onderweg|uitweg|omweg|halfweg|arbeidsmarkt|woningmarkt|gerechtshof|hoofdstuk"
    r"|wmo|artikel|groep|kamer|afdeling|team|code|fase|stap|regel|bijlage|lid|nummer"
    r"|plaats|punt|versie|optie|rond|circa|ruim|totaal|samen|klas|deel|blok|zorgpad"
    r"|plan|jaar|week|dag|spoor|route|lijn|bus|perron|wet|nr|cijfer|kwartaal|bel)"
)


def addresses(text: str, dekking: Dekking, lijst: Lijsten) -> None:
    """Note streets with a number, and streets alone when they are sure."""
    for match in _STRAAT_NUMMER.finditer(text):
        start = _begin(match.group("straat"), lijst, los=False)
        if start is not None:
            dekking.add(match.start() + start, match.end("nr"), soorten.ADRES)
    for match in _STRAAT_KLEIN.finditer(text):
        dekking.add(match.start(), match.end("nr"), soorten.ADRES)
    for match in _STRAAT_LOS.finditer(text):
        start = _begin(match.group("straat"), lijst, los=True)
        if start is not None:
            dekking.add(match.start() + start, match.end(), soorten.ADRES)


def _begin(words: str, lijst: Lijsten, *, los: bool) -> int | None:
    """Where in ``words`` the street begins: the longest that the list has.

    los: there is no house number behind it, so a list or a sure ending is needed.
    """
    at = 0
    starts = [0, *(m.end() for m in re.finditer(" ", words))]
    for at in starts:
        if words[at:] in lijst.straten and not (los and " " not in words[at:]):
            return at
    last = words[starts[-1] :]
    laag = last.casefold()
    if _GEEN_STRAAT.fullmatch(laag) or laag in lijst.geen_namen:
        return None
    if last in lijst.straten and (not los or _STERK.match(laag)):
        return _met_titel(words, starts)
    if _STERK.match(laag) and laag not in lijst.gewoon:
        return _met_titel(words, starts)
    return None


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


class Plekken:
    """Places and providers in the words of one text."""

    def __init__(self, zin: Zin, lijst: Lijsten) -> None:
        self.zin = zin
        self.lijst = lijst

    # -- providers

    def providers(self) -> None:
        """Note the names of institutions: they are nobody's name."""
        for i, word in enumerate(self.zin.woorden):
            if self.zin.is_vrij(i):
                self._met_kop(i, word)
        for i, word in enumerate(self.zin.woorden):
            if self.zin.is_vrij(i) and word.is_groot:
                self._met_staart(i)

    def _met_kop(self, i: int, word: Woord) -> None:
        """ "Zorggroep Wulpenhorst", "obs De Wegwijzer-Zuid", "werkt bij Rijn Bakkers"."""
        werkt = word.laag == "bij" and self.zin.laag(i - 1).startswith(
            ("werk", "huurt")
        )
        if word.laag not in self.lijst.gezag["instelling"] and not werkt:
            return
        end = i + 1
        while end - i < MEEST and (n := self._volgt(end)) > 0:
            end += n
        if end == i + 1:
            return
        first = self.zin.woorden[i + 1 if werkt else i]
        self.zin.dekking.add(
            first.start, self.zin.woorden[end - 1].end, soorten.ORGANISATIE
        )

    def _volgt(self, i: int) -> int:
        """How many words the name of a provider goes on from ``i``."""
        word = self.zin.at(i)
        if word is None or not self.zin.sluit_aan(i):
            return 0
        if word.is_groot and self._is_naamdeel(word):
            return 1
        after = self.zin.at(i + 1)
        joins = word.laag in {"de", "het", "van", "voor", "en", "'t", "aan", "op"}
        if joins and word.laag in {"de", "het", "'t"} and after and after.is_groot:
            return 2 if self.zin.sluit_aan(i + 1) and self._is_naamdeel(after) else 0
        return 0

    def _is_naamdeel(self, word: Woord) -> bool:
        if word.laag in self.lijst.gezag["staart"] or word.laag in {"de", "het"}:
            return True
        return word.laag not in self.lijst.geen_namen

    def _met_staart(self, i: int) -> None:
        """ "Waalkant Jeugdhulp", "Rijnzicht Bewind BV"."""
        end = i + 1
        while (
            end - i < MEEST
            and self.zin.sluit_aan(end)
            and self.zin.woorden[end].is_groot
        ):
            end += 1
        staart = self.lijst.gezag["staart"]
        while end > i + 1 and self.zin.laag(end - 1) not in staart:
            end -= 1
        first = self.zin.woorden[i]
        if end == i + 1 or first.laag in self.lijst.geen_namen:
            return
        if first.is_eerste and first.laag in self.lijst.gewoon:
            return
        if first.laag in self.lijst.gezag["titel"] | self.lijst.gezag["rol"]:
            return
        if first.laag in self.lijst.plaatsen and self.zin.laag(end - 1) in {
            "oost",
            "west",
            "noord",
            "zuid",
        }:
            return
        self.zin.dekking.add(
            first.start, self.zin.woorden[end - 1].end, soorten.ORGANISATIE
        )

    # -- places

    def sure_places(self) -> None:
        """Places after a word that says so: "in Tiel", "te 's-Heerenberg"."""
        self._places(sure=True)

    def other_places(self) -> None:
        """Whatever else is in the list of places."""
        self._places(sure=False)

    def _places(self, *, sure: bool) -> None:
        for i, word in enumerate(self.zin.woorden):
            if not self.zin.is_vrij(i):
                continue
            aankondiging = self._is_aangekondigd(i, word)
            if aankondiging != sure:
                continue
            end = self._plaats(i, word, sure)
            if end > i:
                last = self.zin.woorden[end - 1]
                self.zin.dekking.add(word.start, last.end, soorten.PLAATS)

    def _is_aangekondigd(self, i: int, word: Woord) -> bool:
        plaatswoord = self.lijst.gezag["plaatswoord"]
        if word.voor == " " and self.zin.laag(i - 1) in plaatswoord:
            return True
        if word.voor == " " and self._is_los_van(i - 1):
            return True
        # Behind a postcode or an address, or "Tiel en Culemborg".
        before = self.zin.text[: word.start].rstrip(" ,(")
        return bool(before) and word.start > 0 and self._na_adres(len(before) - 1)

    def _is_los_van(self, i: int) -> bool:
        """The word is 'van' and not of a name ("dhr Van Leeuwen", "Jan van Velp")."""
        word, before = self.zin.at(i), self.zin.at(i - 1)
        if word is None or word.text != "van":
            return False
        titel = self.lijst.gezag["titel"]
        return before is None or not (before.is_groot or before.laag in titel)

    def _na_adres(self, at: int) -> bool:
        return self.zin.dekking.einden.get(at + 1) in {soorten.POSTCODE, soorten.ADRES}

    def _plaats(self, i: int, word: Woord, sure: bool) -> int:
        """The end of the place that begins at ``i``; ``i`` when there is none."""
        for end in range(min(i + 5, len(self.zin.woorden)), i, -1):
            last = self.zin.woorden[end - 1]
            name = self.zin.text[word.start : last.end].casefold()
            if "\n" in name or not self._is_plaats(name):
                continue
            if end > i + 1 and word.is_groot:
                return end
            if end == i + 1 and self._ok(word, sure):
                return end
        return self._onbekend(i, word) if sure else i

    def _is_plaats(self, name: str) -> bool:
        head, _, tail = name.rpartition("-")
        richting = tail in {"noord", "zuid", "oost", "west", "centrum", "stad"}
        return name in self.lijst.plaatsen or (richting and head in self.lijst.plaatsen)

    def _ok(self, word: Woord, sure: bool) -> bool:
        lijst = self.lijst
        if word.is_groot:
            if word.laag in lijst.geen_namen:
                return False
            if word.laag in lijst.gewoon:  # "in Tiel": the capital says it is a town
                return sure and not word.is_eerste and word.laag in lijst.gemeenten
            return sure or not word.is_eerste
        return (
            sure
            and self.zin.laag(self.zin.woorden.index(word) - 1) != "van"
            and word.laag in lijst.gemeenten
            and word.laag not in lijst.gewoon
        )

    def _onbekend(self, i: int, word: Woord) -> int:
        """ "geboren te Xyz": no list is needed for that."""
        before = {self.zin.laag(i - 1), self.zin.laag(i - 2)}
        woont = any(
            w.startswith(("geboren", "won", "woon", "gevlucht")) for w in before
        )
        te = self.zin.laag(i - 1) in {"te", "woonplaats", "geboorteplaats"}
        fits = word.is_groot and word.laag not in self.lijst.geen_namen
        if fits and not word.is_letterwoord and (te or woont):
            return i + 1
        return i


_KENMERK = re.compile(
    r"\b([Dd]e enige [a-zë\-]+(?: [a-zë\-]+){0,3}?)(?= (?:in|van|op|uit|te|met|bij|die)\b)"
    r"|\b(bekend (?:van|uit|als) (?:het|de|haar|zijn|een)[^,.;\n]{3,80})"
    r"|\b(spreekt (?:vooral|alleen|uitsluitend) [A-Z][a-zë]+)"
    r"|\b((?:broer|zus|zoon|dochter|vrouw|man|moeder|vader|partner) van de"
    r" (?:directeur|wethouder|burgemeester|dominee|imam|voorzitter|huisarts))"
)
_BEROEP = re.compile(
    r"\b((?:voormalig|oud-|gewezen |zelf |is )(?: ?)(?:wethouder|burgemeester|huisarts"
    r"|raadslid|notaris|predikant|dominee|imam|pastoor|schooldirecteur|rechter|politica"
    r"|politicus|kamerlid|topsporter|olympi[a-zë]+|voetballer|zanger|zangeres|acteur"
    r"|actrice|brandweercommandant|dorpsagent|bakker)"
    r"(?: (?:in|van) (?:het|de|een) [a-z]+)?)",
)


def traits(text: str) -> Iterator[tuple[int, int, str]]:
    """A few turns of phrase that make somebody the only one; reading finds more."""
    for match in _KENMERK.finditer(text):
        yield *match.span(match.lastindex or 0), soorten.KENMERK
    for match in _BEROEP.finditer(text):
        start, end = match.span(1)
        for word in ("zelf ", "is "):
            if text.startswith(word, start):
                start += len(word)
        yield start, end, soorten.BEROEP
