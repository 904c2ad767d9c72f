"""Institutions: care providers, schools, firms, by a list or by how they are named.

Guarded by tests/privacy/herkenning/test_namen.py and test_maat.py.
"""

from __future__ import annotations

import re
from typing import Final

from privacy.herkenning import soorten
from privacy.herkenning.lijsten import Lijsten
from privacy.herkenning.tekens import Woord, Zin

MEEST: Final = 8  # words in the name of a provider
_LIDWOORD: Final = frozenset({"De", "Het", "'t", "’t", "Ons", "Onze"})
_VOORZETSEL: Final = frozenset(
    {"naar", "bij", "van", "in", "op", "uit", "via", "aan", "binnen", "school"}
)
_VOORZETSEL_GROOT: Final = frozenset(
    {"Van", "Aan", "Op", "In", "Onder", "Bij", "Voor", "Achter", "Over"}
)
_AFDELING: Final = frozenset(
    {"afdeling", "huiskamer", "leefgroep", "vleugel", "gang", "unit", "verdieping"}
)
_KLEIN_IN_TITEL: Final = frozenset(
    [
        "de",
        "het",
        "een",
        "van",
        "voor",
        "in",
        "op",
        "met",
        "je",
        "en",
        "aan",
        "te",
        "uw",
    ]
)
_WINDSTREKEN: Final = frozenset({"oost", "west", "noord", "zuid"})
_ALGEMEEN: Final = frozenset(
    [
        "begeleiding",
        "behandeling",
        "zorg",
        "wonen",
        "groep",
        "advies",
        "vervoer",
        "bouw",
    ]
)
_SOORTEN: Final = frozenset(
    {"ziekenhuis", "verpleeghuis", "kliniek", "college", "lyceum", "apotheek", "school"}
)
# Not "McDonald", "DeVries" or "LaToya", which are people.
_KAMEEL: Final = re.compile(
    r"[A-Z][a-z]+-(?:Hulp|Zorg|Care)|(?!Mc|Mac|De|La|Le|Van|Di|O)[A-Z][a-z]{2,}[A-Z][a-z]{2,}\w*"
)
_KOP: Final = re.compile(
    r".{2,}(?:bedrijf|(?<!t)huis|centrum|praktijk|school|handel|winkel|hoeve|kantoor"
    r"|opvang|-groep|instelling|kliniek|vereniging|onderneming|fabriek|makelaars|coöperatie)"
)


class Instellingen:
    """The institutions in the words of one text."""

    def __init__(self, zin: Zin, lijst: Lijsten) -> None:
        self.zin = zin
        self.lijst = lijst

    def _kameel(self, i: int, word: Woord) -> None:
        """ "FlexCura", "MediMobiel Twente": a capital within is a firm's."""
        if _KAMEEL.fullmatch(word.text) and word.laag not in self.lijst.geen_namen:
            self._noteer(i, self._verder(i + 1))

    def providers(self) -> None:
        """Note the names of institutions: they are nobody's name."""
        for i in range(len(self.zin.woorden)):
            self._afdeling(i)
            self._titel(i)
        for rule in (
            self._met_kop,
            self._met_soort,
            self._uit_lijst,
            self._met_staart,
            self._met_de,
            self._kameel,
        ):
            for i, word in enumerate(self.zin.woorden):
                if self.zin.is_vrij(i):
                    rule(i, word)

    def _afdeling(self, i: int) -> None:
        """ "afdeling de Berk", "bewoners van de Roos, de Tulp": a ward is nobody."""
        if self.zin.laag(i) in {"bewoners", "bewoonsters"}:
            i += self.zin.laag(i + 1) == "van"
        elif self.zin.laag(i) not in _AFDELING:
            return
        while self.zin.laag(i + 1) in {"de", "het"} and self.zin.sluit_aan(i + 2):
            word = self.zin.woorden[i + 2]
            is_woord = word.laag in self.lijst.gewoon or word.is_groot
            if not is_woord or self.zin.laag(i + 3) in {"bv", "zorg"}:
                return
            self.zin.dekking.laat(word.start, word.end)
            i += 2 + (self.zin.laag(i + 3) in {"en", "of"})

    def _titel(self, i: int) -> None:
        """ "podcast Hart voor Zorg", "gang Maanlicht": a title or a ward is nobody's."""
        word, first = self.zin.woorden[i], self.zin.at(i + 1)
        if first is None or not first.is_groot or first.voor.strip("\"'“‘ "):
            return
        is_afdeling = word.laag in _AFDELING
        if not (is_afdeling or word.laag in self.lijst.gezag["titelwoord"]):
            return
        end = i + 2
        while not is_afdeling and end - i < MEEST and (n := self._titel_verder(end)):
            end += n
        vaak = first.laag in self.lijst.vaak and not is_afdeling
        if not (vaak and end == i + 2):
            self.zin.dekking.laat(first.start, self.zin.woorden[end - 1].end)

    def _titel_verder(self, i: int) -> int:
        """How many words a title goes on from ``i``: up to the next capital."""
        for n in range(3):
            word = self.zin.at(i + n)
            if word is None or word.voor != " ":
                return 0
            if word.is_groot:
                return n + 1
            if word.laag not in _KLEIN_IN_TITEL:
                return 0
        return 0

    def _met_soort(self, i: int, word: Woord) -> None:
        """ "het Rijnstate ziekenhuis": the kind behind the name, in small letters."""
        after, gezag = self.zin.laag(i + 1), self.lijst.gezag
        if word.is_eerste or not word.is_groot or not self.zin.sluit_aan(i + 1):
            return
        fits = after in gezag["instelling"] & _SOORTEN and word.laag[-2:] != "se"
        if fits and self.zin.laag(i - 1) in {"het", "de"} and self._is_naamdeel(word):
            self._noteer(i, i + 2)

    def _uit_lijst(self, i: int, word: Woord) -> None:
        """ "Pluryn", "'s Heeren Loo Groot Emaus": the longest that the list has."""
        text, begin = self.zin.text, word.start
        if word.text == "s" and text[begin - 1 : begin] in {"'", "’"}:
            begin -= 1
        elif not word.is_groot:
            return
        for end in range(min(i + MEEST, len(self.zin.woorden)), i, -1):
            last = self.zin.woorden[end - 1]
            name = text[begin : last.end].replace("’", "'")
            before = self.zin.at(i - 1)
            heel = text[before.start : last.end].casefold() if before else ""
            if heel in self.lijst.plaatsen:  # "Utrechtse Heuvelrug"
                return
            if name in self.lijst.instellingen and self._is_eigen(i, end):
                end = self._verder(end)
                self.zin.dekking.add(
                    begin, self.zin.woorden[end - 1].end, soorten.ORGANISATIE
                )
                return

    def _is_eigen(self, i: int, end: int) -> bool:
        """Words ``i`` up to ``end`` can be nothing but the name of an institution."""
        lijst, words = self.lijst, self.zin.woorden[i:end]
        first = words[0]
        if end == i + 1 and first.is_eerste:
            return False
        if first.text == "s" and end > i + 2:
            return True
        namen = (lijst.voornamen, lijst.achternamen)
        if any(first.laag in known for known in (*namen, lijst.gezag["titel"])):
            return False
        anders = (*namen[1:], lijst.gewoon, lijst.geen_namen, lijst.plaatsen)
        return any(
            len(w.laag) >= 4 and not any(w.laag in known for known in anders)
            for w in words
            if w.is_groot
        )

    def _met_de(self, i: int, word: Woord) -> None:
        """ "naar De Klimboom": an article with a capital within a sentence."""
        after = self.zin.at(i + 1)
        before = self.zin.at(i - 1)
        if word.text not in _LIDWOORD or word.is_eerste or after is None:
            return
        if before is None or before.text not in _VOORZETSEL or after.voor != " ":
            return
        if not after.is_groot or not self._is_naamdeel(after):
            return
        lijst = self.lijst
        if after.laag in lijst.achternamen or f"de {after.laag}" in lijst.achternamen:
            return
        if f"{word.laag} {after.laag}" in lijst.plaatsen:
            return
        self._noteer(i, self._verder(i + 2))

    def _verder(self, end: int) -> int:
        """The end of a name of which the words up to ``end`` are known already."""
        while self._volgt(end) == 1:
            end += 1
        return end

    def _noteer(self, i: int, end: int) -> None:
        first, last = self.zin.woorden[i], self.zin.woorden[end - 1]
        self.zin.dekking.add(first.start, last.end, soorten.ORGANISATIE)

    def _met_kop(self, i: int, word: Woord) -> None:
        """ "Zorggroep Wulpenhorst", "obs De Wegwijzer-Zuid", "werkt bij Rijn Bakkers"."""
        werkt = word.laag == "bij" and self.zin.laag(i - 1).startswith(
            ("werk", "huurt")
        )
        if not (werkt or self._is_kop(word.laag)):
            return
        after = self.zin.at(i + 1)
        if after is not None and after.is_initiaal:
            return  # "SO J. Bloemendaal": what she is, not where
        end = i + 1
        while end - i < MEEST and (n := self._volgt(end)) > 0:
            end += n
        if end == i + 1:
            return
        self._noteer(i + 1 if werkt else i, end)

    def _is_kop(self, laag: str) -> bool:
        """ "stichting", "transportbedrijf": what a name of an institution begins with."""
        if laag in self.lijst.gezag["instelling"]:
            return True
        return bool(_KOP.fullmatch(laag)) and laag not in self.lijst.geen_namen

    def _volgt(self, i: int) -> int:
        """How many words the name of a provider goes on from ``i``."""
        word = self.zin.at(i)
        if word is None or not self._sluit_aan(i):
            return 0
        if word.is_groot and self._is_naamdeel(word):
            return 1
        after = self.zin.at(i + 1)
        if word.text in _VOORZETSEL_GROOT and after and self.zin.sluit_aan(i + 1):
            if after.is_groot:  # "Kwekerij Van Ommeren"
                return 2
            verder = after.text in {"de", "het", "den", "der"} and self._volgt(i + 2)
            return 2 + verder if verder else 0  # "Thuishuis Aan de Linge"
        joins = word.laag in {"de", "het", "van", "voor", "en", "'t", "aan", "op"}
        if joins and word.laag in {"de", "het", "'t"} and after and after.is_groot:
            return 2 if self.zin.sluit_aan(i + 1) and self._is_naamdeel(after) else 0
        return 0

    def _sluit_aan(self, i: int) -> bool:
        """As of the sentence; the point of "Gebr. Hulst" does not end the name."""
        if self.zin.sluit_aan(i):
            return True
        if self.zin.is_vrij(i) and self.zin.woorden[i].voor == " & ":
            return True
        kort = self.zin.laag(i - 1) in {"gebr", "fa", "st", "dr", "prof", "mr", "ds"}
        return kort and self.zin.is_vrij(i) and self.zin.woorden[i].voor == ". "

    def _is_naamdeel(self, word: Woord) -> bool:
        gezag = self.lijst.gezag
        if word.laag in gezag["staart"] | gezag["streek"] | {"de", "het"}:
            return True
        return word.laag not in self.lijst.geen_namen

    def _met_staart(self, i: int, first: Woord) -> None:
        """ "Waalkant Jeugdhulp", "Rijnzicht Bewind BV"."""
        if not first.is_groot:
            return
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
        if end == i + 1 or first.laag in self.lijst.geen_namen:
            return
        if not self._is_iemand_anders(first, i, end):
            self._noteer(i, end)

    def _is_iemand_anders(self, first: Woord, i: int, end: int) -> bool:
        """Words ``i`` up to ``end`` only look like the name of an institution."""
        lijst, last, kort = self.lijst, self.zin.laag(end - 1), end == i + 2
        gewoon = first.is_eerste or (kort and last in _ALGEMEEN)
        if gewoon and first.laag in lijst.gewoon:
            return True
        if first.laag in lijst.gezag["titel"] | lijst.gezag["rol"]:
            return True
        return first.laag in lijst.plaatsen and last in _WINDSTREKEN
