"""Places, and turns of phrase that make somebody the only one.

Guarded by tests/privacy/herkenning/test_namen.py and test_maat.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.herkenning import soorten
from privacy.herkenning.lijsten import Lijsten
from privacy.herkenning.tekens import Woord, Zin

_PLAATSLABEL = frozenset(
    {"gemeente", "woonplaats", "geboorteplaats", "vestigingsplaats"}
)
_UIT = frozenset({"uit", "te", "nabij", "woonplaats", "wonende"})
_WOONT = ("geboren", "won", "woon", "gevlucht", "verhuis", "afkomstig", "opgegroeid")

_AFGEKORT = re.compile(r" (?:a/d|a\.d\.|ad|a\. ?d\.?) ")


def _voluit(name: str) -> str:
    """ "st. anthonis", "capelle a/d ijssel": as the list has it."""
    name = re.sub(r"^st\.? ", "sint ", name)
    return _AFGEKORT.sub(
        lambda m: " aan de " if "amstel" in name or "zaan" in name else " aan den ",
        name,
    )


class Plekken:
    """Places in the words of one text."""

    def __init__(self, zin: Zin, lijst: Lijsten) -> None:
        self.zin = zin
        self.lijst = lijst

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
            tehuis = self._tehuis(i) if sure else i
            if tehuis > max(end, i + 1):
                last = self.zin.woorden[tehuis - 1]
                self.zin.dekking.add(word.start, last.end, soorten.ORGANISATIE)
            elif end > i:
                last = self.zin.woorden[end - 1]
                self.zin.dekking.add(word.start, last.end, soorten.PLAATS)

    def _is_aangekondigd(self, i: int, word: Woord) -> bool:
        plaatswoord = self.lijst.gezag["plaatswoord"]
        if word.voor == " " and self.zin.laag(i - 1) in plaatswoord:
            return not self._hoort_bij_naam(i - 1)
        label = self.zin.laag(i - 1) in _PLAATSLABEL or (
            self.zin.laag(i - 2) in _PLAATSLABEL and self.zin.laag(i - 1) == "is"
        )
        if label and word.voor in {": ", " "} and word.is_groot:
            return True
        if word.voor == ". " and self.zin.laag(i - 1) in {"gem", "gemeente"}:
            return True
        if self.zin.laag(i - 1) == "bij" and word.text in {"De", "Den", "Het"}:
            return word.voor == " "
        if self._is_briefhoofd(i, word) or self._na_plaats(i, word):
            return True
        if word.voor == " " and self._is_los_van(i - 1):
            return True
        # Behind a postcode or an address, or "Tiel en Culemborg".
        before = self.zin.text[: word.start].rstrip(" ,(")
        return bool(before) and word.start > 0 and self._na_adres(len(before) - 1)

    def _is_briefhoofd(self, i: int, word: Woord) -> bool:
        """ "Zaandam, 3 mei 2025": a place and a day begin a letter."""
        if i and "\n" not in word.voor:
            return False
        for n in range(i + 1, min(i + 5, len(self.zin.woorden) + 1)):
            comma = re.match(
                r", (?:d\.d\. |den |dd\.? )?",
                self.zin.text[self.zin.woorden[n - 1].end :],
            )
            if comma:
                at = self.zin.woorden[n - 1].end + comma.end()
                return self.zin.dekking.beginnen.get(at) == soorten.DATUM
        return False

    def _na_plaats(self, i: int, word: Woord) -> bool:
        """ "in Tiel en Alphen aan den Rijn", "van Goes naar Best"."""
        joins = self.zin.laag(i - 1) in {"en", "of", "naar"} and word.voor == " "
        before = self.zin.at(i - 2 if joins else i - 1)
        if before is None or not (joins or word.voor == ", "):
            return False
        return self.zin.dekking.einden.get(before.end) == soorten.PLAATS

    def _hoort_bij_naam(self, i: int) -> bool:
        """ "dhr. Te Winkel", "mw. In 't Veld": the capital makes it a surname."""
        word, before = self.zin.woorden[i], self.zin.at(i - 1)
        if word.text[0].isupper():
            return self.zin.laag(i - 1) in self.lijst.gezag["titel"]
        if word.text != "te" or before is None or not before.is_groot:
            return False  # "Stefan te Riele", not "J. Jansen te Velp"
        name = self.zin.laag(i + 1)
        return before.laag in self.lijst.vaak and not self._is_plaats(name)

    def _is_los_van(self, i: int) -> bool:
        """The word is 'van' and not of a name ("dhr Van Leeuwen", "Jan van Velp")."""
        word, before = self.zin.at(i), self.zin.at(i - 1)
        if word is None or word.laag != "van":
            return False
        if self.zin.laag(i + 2) == "naar":
            return True
        if word.text != "van":
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
            name = _voluit(name)
            ook = sure and end == i + 1 and name in self.lijst.gemeenten
            if "\n" in name or not (ook or self._is_plaats(name)):
                continue
            if end > i + 1 and (
                (word.is_groot and last.is_groot) or (sure and self._is_klein(i, end))
            ):
                return end
            if end == i + 1 and self._ok(i, word, sure):
                return end
        return self._onbekend(i, word) if sure else i

    def _is_klein(self, i: int, end: int) -> bool:
        """ "uit bergen op zoom", "naar den haag": a town in small letters."""
        words = self.zin.woorden[i:end]
        if any(word.is_groot for word in words):
            return False
        return words[0].laag == "den" or words[0].laag not in self.lijst.gezag["tussen"]

    def _is_plaats(self, name: str) -> bool:
        head, _, tail = name.rpartition("-")
        richting = tail in {"noord", "zuid", "oost", "west", "centrum", "stad"}
        dorp = len(tail) > 2 and tail in self.lijst.plaatsen  # "Ameland-Nes"
        heel = richting or dorp or tail in self.lijst.gemeenten
        return name in self.lijst.plaatsen or (heel and head in self.lijst.plaatsen)

    def _ok(self, at: int, word: Woord, sure: bool) -> bool:
        lijst = self.lijst
        if word.is_groot:
            if word.laag in lijst.geen_namen:
                return False
            if word.laag in lijst.gewoon:  # "in Tiel": the capital says it is a town
                return sure and not word.is_eerste and word.laag in lijst.gemeenten
            return sure or not word.is_eerste
        if sure and self._na_adres(len(self.zin.text[: word.start].rstrip(" ,")) - 1):
            return word.laag in lijst.gemeenten
        if not sure or word.laag in lijst.gewoon:
            return False
        known = lijst.gemeenten
        if (self._woont(at) or self.zin.laag(at - 1) in _UIT) and len(word.laag) > 3:
            known = lijst.plaatsen
        return self.zin.laag(at - 1) != "van" and word.laag in known

    def _woont(self, i: int) -> bool:
        """What is before word ``i`` says where somebody lives or comes from."""
        before = (self.zin.laag(i - 1), self.zin.laag(i - 2), self.zin.laag(i - 3))
        return any(word.startswith(_WOONT) for word in before)

    def _onbekend(self, i: int, word: Woord) -> int:
        """ "geboren te Xyz": no list is needed for that."""
        woont = self._woont(i) and self.zin.laag(i - 1) in {"in", "te", "uit", "naar"}
        te = self.zin.laag(i - 1) in {"te", "woonplaats", "geboorteplaats"}
        fits = word.is_groot and word.laag not in self.lijst.geen_namen
        if fits and not word.is_letterwoord and (te or woont):
            return i + 1
        return i

    def _tehuis(self, i: int) -> int:
        """ "woont in Rumah Kita Wijchen": the end of a name that ends with a town."""
        end = i + 1
        while self.zin.sluit_aan(end) and self.zin.woorden[end].is_groot:
            if self.zin.laag(end) in self.lijst.geen_namen:
                return i
            end += 1
        first, last = self.zin.woorden[i], self.zin.laag(end - 1)
        lijst = self.lijst
        known = (lijst.geen_namen, lijst.voornamen, lijst.achternamen)
        strange = not any(first.laag in words for words in known)
        strange &= not self._is_plaats(first.laag)
        fits = first.is_groot and strange and last in lijst.plaatsen
        return end if fits and end > i + 1 else i


_KENMERK = re.compile(
    r"\b([Dd]e enige [a-zë\-]+(?: [a-zë\-]+){0,3}?)(?= (?:in|van|op|uit|te|met|bij|die)\b)"
    r"(?P<rest>(?: (?:in|van|op|uit|met) (?:de|het|een|dit|ons|haar|zijn) [a-zë\-]+){1,2}"
    r"|(?: met| die)(?: [a-zë\-]+){1,4}(?=[.,;]))?"
    r"|\b(bekend (?:van|uit|als) (?:het|de|haar|zijn|een)[^,.;\n]{3,80})"
    r"|\b((?:[Ee]en van de |[Dd]e |[Hh]et |[Ee]en )[a-zë\-]+ (?:die|dat|wie) [^,.;\n]{0,40}"
    r"\b(?:in het nieuws|op (?:de )?(?:tv|televisie|radio)|in de krant)\b"
    r"(?: (?:was|is|kwam|stond|staat|geweest)\b){0,2})"
    r"|\b(spreekt (?:vooral|alleen|uitsluitend) [A-Z][a-zë]+)"
    r"|\b((?:broer|zus|zoon|dochter|vrouw|man|moeder|vader|partner) van de"
    r" (?:directeur|wethouder|burgemeester|dominee|imam|voorzitter|huisarts))"
)
_EILAND = re.compile(r"\bgeboren[^.\n]{0,30} op (Curaçao|Curacao|Aruba|Bonaire)\b")
_BEROEP = re.compile(
    r"\b((?:voormalig|oud-|gewezen |zelf |is |(?:de )?(?:vroegere|voormalige) )(?: ?)"
    r"(?:wethouder|present(?:ator|atrice)|nieuwslezer(?:es)?|journaliste?|commissaris"
    r"|burgemeester|huisarts"
    r"|raadslid|notaris|predikant|dominee|imam|pastoor|schooldirecteur|rechter|politica"
    r"|politicus|kamerlid|topsporter|olympi[a-zë]+|voetballer|zanger|zangeres|acteur"
    r"|actrice|brandweercommandant|dorpsagent|bakker)"
    r"(?: (?:in|van|bij) (?:het|de|een) (?:(?:klein|groot|[A-Z]?[a-z]+e|[A-Z][a-z]+s) )?[a-z]+)?)"
    r"|\b((?:voormalig|gepensioneerd|gewezen|oud|ex)[ \-](?:directeur|directrice|docent|docente"
    r"|leraar|lerares|onderwijzer(?:es)?|politieagent|wijkagent|verpleegkundige|arts|tandarts"
    r"|apotheker|advocaat|militair|veteraan|ondernemer|schipper|visser|boer|boerin|organist"
    r"|koster|dirigent|kunstenaar|kunstenares|schrijver|schrijfster|trainer|wielrenner"
    r"|schaatser|schaatsster|profvoetballer|kapper|kapster|slager|postbode|buschauffeur"
    r"|machinist|piloot|boswachter|brandweerman|dierenarts|architect|hoogleraar|rector)"
    r"(?: (?:in|van|bij|op) (?:het|de|een) [a-z]+)?)"
)


def traits(text: str) -> Iterator[tuple[int, int, str]]:
    """A few turns of phrase that make somebody the only one; reading finds more."""
    for match in _KENMERK.finditer(text):
        yield *match.span(), soorten.KENMERK
    for match in _EILAND.finditer(text):
        yield *match.span(1), soorten.PLAATS
    for match in _BEROEP.finditer(text):
        start, end = match.span(1 if match.group(1) else 2)
        for word in ("zelf ", "is "):
            if text.startswith(word, start):
                start += len(word)
        yield start, end, soorten.BEROEP
