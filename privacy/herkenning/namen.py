"""Names of people: by a title, a relation, initials, a list, or how one is spoken of.

A list alone is not enough: "Mei", "Roos" and "De Jong" begin sentences too.

Guarded by tests/privacy/herkenning/test_namen.py and test_maat.py.
"""

from __future__ import annotations

import re

from privacy.herkenning.klein import ACHTERVOEGSEL, KleineLetters
from privacy.herkenning.naamdelen import LIDWOORD
from privacy.herkenning.tekens import Woord
from privacy.herkenning.twijfel import doet_iets, is_gewoon, is_vreemd

_VREEMD = re.compile(r"(?:ziekte|syndroom|wet|hof|methode|schaal|test|toets)")
_OUD = frozenset({"der", "den", "ter", "ten", "'t", "vd", "v.d", "v/d"})
_GEEN_VOORNAAM = frozenset(
    ["de", "het", "een", "t", "'t", "deze", "die", "dit", "dat", "geen", "elke"]
)
_DOEN = frozenset(["genoemd", "belt", "belde", "mailt", "mailde", "appt", "appte"])
_VOLUIT = frozenset(
    ["meneer", "mijnheer", "mevrouw", "juffrouw", "heer", "familie", "gezin"]
)
_IERS = re.compile(r"(?:O['’]|D['’]|Mc|Mac)[A-Z][a-z]{2,}")
_EN = frozenset({"en", "of", "&"})


class Namen(KleineLetters):
    """Looks through one text."""

    def find(self) -> None:
        """Note every name in the text."""
        i = 0
        while i < len(self.zin.woorden):
            i = max(i + 1, self._at(i))

    def _at(self, i: int) -> int:
        """The word after a name that begins at ``i`` or is announced by it; or 0."""
        if not self.zin.is_vrij(i):
            return 0
        for rule in (
            self._na_titel,
            self._na_gezag,
            self._na_label,
            self._omgekeerd,
            self._initialen,
            self._voornaam,
            self._achternaam,
            self._kleine_letters,
        ):
            end = rule(i)
            if end:
                return self._ook(end)
        return 0

    def _ook(self, i: int) -> int:
        """ "Tygo en Fenna": what is joined to a name by 'en' is one too."""
        word, after = self.zin.at(i), self.zin.at(i + 1)
        if word and word.voor.strip() in {"+", "&", "/"} and self._kan_naam(word):
            end = 0 if is_gewoon(word, self.lijst) else self._keten(i)
            return end if end and self._note(i, end) else i
        if word is None or after is None or word.laag not in _EN or word.voor != " ":
            return i
        if after.voor == " " and self._kan_naam(after) and self.zin.is_vrij(i + 1):
            end = self._keten(i + 1)
            if end and self._note(i + 1, end):
                return end
        return i

    # -- how a name is announced

    def _na_titel(self, i: int) -> int:
        titel = self.lijst.gezag["titel"]
        word = self.zin.at(i)
        if word is None or word.laag not in titel:
            return 0
        start = i + 1
        while self.zin.laag(start) in titel | {"en"} and self.zin.is_vrij(start):
            start += 1
        volgende = self.zin.at(start)
        if volgende is None or volgende.voor.strip(" .") or "\n" in volgende.voor:
            return 0
        if word.laag in _VOLUIT and volgende.voor.startswith("."):
            return 0  # "ligt bij meneer. Bereikbaar op …"
        if volgende.is_eerste and word.text[0].isupper() and volgende.voor[:1] != ".":
            return 0
        end = self._keten(start, klein=word.laag not in {"gezin", "echtpaar"})
        return self._note(start, end) if end else 0

    def _na_gezag(self, i: int) -> int:
        gezag, laag = self.lijst.gezag, self.zin.laag(i)
        laag = laag.removeprefix("ex-").split("-")[-1] or laag
        kind = next((k for k in ("verwant", "rol", "noemt") if laag in gezag[k]), "")
        volgende = self.zin.at(i + 1)
        if not kind or volgende is None or not self.zin.sluit_aan(i + 1, ruim=True):
            return 0
        if volgende.is_groot:
            return self._na_gezag_groot(i + 1, kind)
        los = kind != "rol" or laag.startswith(("client", "cliënt"))
        if los and volgende.voor == " " and self._is_klein(i + 1):
            return self._note(i + 1, self._kleine_achternaam(i + 2))
        return 0

    def _na_label(self, i: int) -> int:
        """ "terugbellen: Wullem (…", "beller = Tygo"."""
        word, after = self.zin.at(i), self.zin.at(i + 1)
        if word is None or after is None or after.voor.strip() not in {":", "="}:
            return 0
        if word.laag not in self.lijst.gezag["label"] or "\n" in after.voor:
            return 0
        if not self.zin.is_vrij(i + 1):
            return 0
        if not after.is_groot:
            heel = self._is_klein(i + 1)
            return self._note(i + 1, self._kleine_achternaam(i + 2)) if heel else 0
        strange = is_vreemd(after, self.lijst) or self._bekend(after.laag)
        end = self._keten(i + 1) if strange and not is_gewoon(after, self.lijst) else 0
        return self._note(i + 1, end) if end else 0

    def _na_gezag_groot(self, i: int, kind: str) -> int:
        word = self.zin.woorden[i]
        tussen = word.laag in self.lijst.gezag["tussen"]
        is_often = word.laag in self.lijst.vaak and not tussen
        if is_often and not self._kan_naam(word):
            return self._note(i, i + 1)  # "wijkagent Frans"
        if not (self._kan_naam(word) or self._eerste_tussen(i)):
            return 0
        is_familie = kind == "verwant" and self._bekend(word.laag)
        if is_gewoon(word, self.lijst) and not (tussen or is_familie):
            return 0
        is_place = word.laag in self.lijst.plaatsen and not self._bekend(word.laag)
        end = self._keten(i)
        apart = word.voor.strip() and not self._bekend(word.laag)
        if is_place or (apart and not self._tussen_haken(i, end)):
            return 0
        if not end or (end == i + 1 and self._eerste_tussen(i)):
            return 0
        return self._note(i, end)

    def _tussen_haken(self, i: int, end: int) -> bool:
        """ "Moeder (Soerintjee Ramdin)": two words or more and nothing else."""
        if end < i + 2 or not self.zin.woorden[i].voor.endswith("("):
            return False
        return self.zin.text[self.zin.woorden[end - 1].end :].startswith(")")

    def _omgekeerd(self, i: int) -> int:
        """ "Kowalska, Agnieszka"."""
        word, after = self.zin.at(i), self.zin.at(i + 1)
        if word is None or after is None or after.voor != ", ":
            return 0
        lijst = self.lijst
        achter = word.laag in lijst.achternamen or ACHTERVOEGSEL.fullmatch(word.laag)
        if not achter or word.laag in lijst.gewoon or not self._kan_naam(word):
            return 0
        if word.laag in lijst.voornamen and not word.is_eerste:
            return 0
        if after.is_groot and after.laag in lijst.voornamen and self.zin.is_vrij(i + 1):
            return self._note(i, i + 2)
        return 0

    def _initialen(self, i: int) -> int:
        word = self.zin.at(i)
        if word is None or not word.is_initiaal:
            return 0
        end = self._keten(i)
        last = self.zin.at(end - 1) if end else None
        if last is None:
            return 0
        if last.is_initiaal:  # "J. de V."
            return self._note(i, end) if end > i + 2 else 0
        if last.laag in self.lijst.gewoon and not self._bekend(last.laag):
            return 0
        return self._note(i, end)

    # -- names from a list

    def _voornaam(self, i: int) -> int:
        word, lijst = self.zin.at(i), self.lijst
        if word is None or word.is_initiaal or self._is_eponiem(i):
            return 0
        if not self._kan_naam(word):
            return self._toch_voornaam(i, word)
        if not self._is_voornaam(word):
            return 0
        end = self._keten(i)
        if word.laag in lijst.gewoon:
            end = self._gewone_voornaam(i, word, end)
        in_plaats = self.zin.laag(i - 1) in lijst.gezag["plaatswoord"]
        if in_plaats and word.laag in lijst.plaatsen:
            return 0
        return self._note(i, end) if end else 0

    def _gewone_voornaam(self, i: int, word: Woord, end: int) -> int:
        """The end of a name whose first word is an ordinary one too ("Roos"), or 0."""
        alleen = end <= i + 1 or not self._bekend(self.zin.laag(end - 1))
        if word.is_eerste and alleen:
            return i + 1 if doet_iets(self.zin, i, i + 1, self.lijst) else 0
        los = end == i + 1 and is_gewoon(word, self.lijst)
        return 0 if los and not self._is_losse_naam(i) else end

    def _toch_voornaam(self, i: int, word: Woord) -> int:
        """ "Frans Grooten", "Mo el Khattabi": a name, though Frans is a language."""
        if word.laag not in self.lijst.vaak or not word.is_groot:
            return 0
        tussen = self._is_tussen(i + 1)
        last = self.zin.at(i + 1 + tussen)
        if last is None or not last.is_groot or is_gewoon(last, self.lijst):
            return 0
        known = last.laag in self.lijst.achternamen
        if not known or not self.zin.sluit_aan(i + 1 + tussen):
            return 0
        return self._note(i, self._keten(i + 1) or i + 2)

    def _is_losse_naam(self, i: int) -> bool:
        """ "Gisteren sprak ik Storm": no part of a title, nor behind an article."""
        before, after = self.zin.at(i - 1), self.zin.at(i + 1)
        if before and (before.is_groot or before.laag in _GEEN_VOORNAAM):
            return before.is_eerste and before.laag not in _GEEN_VOORNAAM
        return after is None or after.voor != " " or not after.is_groot

    def _is_voornaam(self, word: Woord) -> bool:
        lijst = self.lijst
        first = word.laag.split("-")[0]
        if word.is_letterwoord and len(word.laag) < 4:
            return False
        return word.laag in lijst.voornamen or (
            first in lijst.voornamen and "-" in word.laag and first not in lijst.gewoon
        )

    def _is_eponiem(self, i: int) -> bool:
        """ "de ziekte van Parkinson": not about Parkinson."""
        return self.zin.laag(i - 1) == "van" and bool(
            _VREEMD.fullmatch(self.zin.laag(i - 2))
        )

    def _achternaam(self, i: int) -> int:
        tussen = self._eerste_tussen(i)
        word, begin = self.zin.at(i + tussen), self.zin.at(i)
        if word is None or begin is None or self._is_eponiem(i):
            return 0
        if _IERS.match(word.text) and word.laag not in self.lijst.gewoon:
            return self._note(i, self._keten(i) or i + 1)
        if not self._kan_naam(word) or not self.zin.is_vrij(i + tussen):
            return 0
        if tussen and (word.voor not in (" ", "") or not self.zin.is_vrij(i + tussen)):
            return 0
        if begin.is_eerste and tussen and self._is_opschrift(i + tussen + 1):
            return 0
        if tussen and (end := self._omgekeerd(i + tussen)):
            return end  # "van Okonkwo, Chidi"
        if not self._is_achternaam(i, tussen):
            return self._na_gesprek(i)
        start = i if begin.is_groot or self._tussen_hoort(i, tussen) else i + tussen
        end = self._keten(start)
        return self._note(start, end) if end else 0

    def _is_opschrift(self, i: int) -> bool:
        """ "De Lange Adem": a capital goes on behind what could be a surname."""
        word = self.zin.at(i)
        if word is None or word.voor != " " or not word.is_groot:
            return False
        return not self._bekend(word.laag) or is_gewoon(word, self.lijst)

    def _tussen_hoort(self, i: int, tussen: int) -> bool:
        """ "van der Meulen" is a name; "van Jansen" is of Jansen."""
        return tussen > 1 or self.zin.laag(i) in {"vd", "v.d", "v/d", "el", "ter"}

    def _is_achternaam(self, i: int, tussen: int) -> bool:
        """Words ``i`` up to ``i + tussen`` and the one behind those are a surname."""
        lijst, begin = self.lijst, self.zin.woorden[i]
        word = self.zin.woorden[i + tussen]
        known = any(
            deel in lijst.achternamen or ACHTERVOEGSEL.fullmatch(deel)
            for deel in word.laag.split("-")
        )
        if not known or word.is_letterwoord or word.laag in lijst.plaatsen:
            return False
        if not all(deel[:1].isupper() for deel in word.text.split("-")):
            return False
        delen = word.laag.split("-")
        if delen[1:] and delen[-1] in lijst.achternamen and delen[0] in lijst.plaatsen:
            return True  # "Schoonhoven-Bos"
        oud = tussen and (
            self.zin.laag(i + tussen - 1) in _OUD
            or (begin.text == "Van" and not begin.is_eerste)
        )
        if is_gewoon(word, lijst) and not oud:
            return False
        if word.is_eerste:
            return word.laag not in lijst.gewoon and word.laag in lijst.achternamen
        if begin.is_eerste and tussen and begin.laag in LIDWOORD:
            return word.laag in lijst.achternamen
        return not (tussen and begin.laag in {"de", "het"} and not begin.is_groot)

    def _na_gesprek(self, i: int) -> int:
        """ "met Xhemile", "volgens Brechtje": nobody else is spoken with."""
        word = self.zin.at(i)
        if word is None or not self._kan_naam(word) or word.is_eerste:
            return 0
        if word.is_letterwoord or word.laag in self.lijst.plaatsen:
            return 0
        if is_gewoon(word, self.lijst):
            return 0
        after = self.zin.at(i + 1)
        if after and after.is_groot and after.voor == " " and self.zin.is_vrij(i + 1):
            return 0
        if self.zin.laag(i + 1) in _DOEN and self.zin.sluit_aan(i + 1):
            return self._note(i, i + 1)  # "wordt Tesfu genoemd", "burger Stavros belt"
        gesprek = self.lijst.gezag["gesprek"]
        if word.voor == " " and self.zin.laag(i - 1) in gesprek:
            return self._note(i, self._met_letter(i + 1))
        return 0
