"""Names of people: by a title, a relation, initials, a list, or how one is spoken of.

A list alone is not enough: "Mei", "Roos" and "De Jong" begin sentences too.

Guarded by tests/privacy/herkenning/test_namen.py and test_maat.py.
"""

from __future__ import annotations

import re

from privacy.herkenning import soorten
from privacy.herkenning.lijsten import Lijsten
from privacy.herkenning.tekens import Woord, Zin

_LIDWOORD = frozenset({"de", "den", "der", "het", "'t", "’t"})
_VOOR_LIDWOORD = frozenset({"op", "aan", "in", "bij", "uit", "onder", "over", "tot"})
_ACHTERVOEGSEL = re.compile(
    r".{2,}(?:sk[aiy]|ck[aiy]|dzk[ai]|wicz|czyk|enko|chuk|ović|ovic|evic|oğlu|oglu"
    r"|shvili|idze|poulos|ouchi|aoui|oudi|stra|inga|ersma|sema|singh|boer|mans|huizen"
    r"|brink|kamp|horst|huis|berg|burg|ink|sen|zoon|aerts|gebre)"
)
_VREEMD = re.compile(r"(?:ziekte|syndroom|wet|hof|methode|schaal|test|toets)")
MEEST = 6  # words of a name, and initials
_KOPPEL = re.compile(r"(?:[Aa]l|[Ee]l|[Vv]an|[Dd]er?|[Tt]e[nr])-[A-Z]")
_EN = frozenset({"en", "of", "&"})


class Namen:
    """Looks through one text."""

    def __init__(self, zin: Zin, lijsten: Lijsten) -> None:
        self.zin = zin
        self.lijst = lijsten

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

    def _note(self, start: int, end: int) -> int:
        """Note the words ``start`` up to ``end``; returns ``end``, or 0."""
        begin, stop = self.zin.woorden[start].start, self.zin.woorden[end - 1].end
        return end if self.zin.dekking.add(begin, stop, soorten.PERSOON) else 0

    def _ook(self, i: int) -> int:
        """ "Tygo en Fenna": what is joined to a name by 'en' is one too."""
        word, after = self.zin.at(i), self.zin.at(i + 1)
        if word is None or after is None or word.laag not in _EN or word.voor != " ":
            return i
        if after.voor == " " and self._kan_naam(after) and self.zin.is_vrij(i + 1):
            end = self._keten(i + 1)
            if end and self._note(i + 1, end):
                return end
        return i

    # -- what can be a name

    def _kan_naam(self, word: Woord) -> bool:
        """A word with a capital that is not known to be something else."""
        return (
            word.is_groot
            and word.laag not in self.lijst.geen_namen
            and not (word.is_letterwoord and not self._bekend(word.laag))
            and (
                word.laag.split("-")[0] not in self.lijst.geen_namen
                or _KOPPEL.match(word.text) is not None  # "Al-Khatib"
            )
        )

    def _bekend(self, laag: str) -> bool:
        delen = laag.split("-")
        return any(
            deel in self.lijst.voornamen or deel in self.lijst.achternamen
            for deel in delen
        )

    def _is_tussen(self, i: int) -> int:
        """How many words of a tussenvoegsel are here."""
        n = 0
        gezag = self.lijst.gezag["tussen"]
        while self.zin.sluit_aan(i + n) and (word := self.zin.at(i + n)):
            known = word.laag in gezag or word.text.casefold() in gezag
            if not known or word.is_initiaal:
                break
            after = self.zin.laag(i + n + 1)
            if word.laag in _VOOR_LIDWOORD and not (
                after in _LIDWOORD or after in gezag or self._op_erve(i + n)
            ):
                break
            n += 1
        return min(n, 3)

    def _op_erve(self, i: int) -> bool:
        """ "mw. Scholten op Reimer": a surname of two farms, of the east."""
        word, lijst = self.zin.at(i + 1), self.lijst
        if self.zin.woorden[i].text != "op" or word is None or not word.is_groot:
            return False
        if self.zin.laag(i - 2) not in lijst.gezag["titel"]:
            return False
        return word.laag not in lijst.plaatsen and self._kan_naam(word)

    def _keten(self, i: int, *, klein: bool = False) -> int:
        """The end of the name that begins at ``i``, or 0.

        klein: small letters will do when they are in a list ("mevr. de wit").
        """
        end, has_core = self._initialen_vanaf(i), False
        only_initials = end > i
        while end - i < 2 * MEEST:
            tussen = self._is_tussen(end) if end > i else self._eerste_tussen(i)
            word = self.zin.at(end + tussen)
            if word is None or not self._kern(end + tussen, i, tussen, klein):
                break
            end, has_core = end + tussen + 1, True
        if has_core:
            return self._met_letter(end)
        return self._met_letter(end) if only_initials else 0

    def _eerste_tussen(self, i: int) -> int:
        word = self.zin.at(i)
        gezag = self.lijst.gezag["tussen"]
        if word is None or word.laag not in gezag:
            return 0
        n = 1
        while self.zin.laag(i + n) in gezag and n < 3 and self.zin.sluit_aan(i + n):
            n += 1
        return n

    def _kern(self, i: int, start: int, tussen: int, klein: bool) -> bool:
        """Word ``i`` is a name itself, in a phrase that began at ``start``."""
        word = self.zin.at(i)
        if word is None or not self.zin.is_vrij(i):
            return False
        if i > start and not self.zin.sluit_aan(i):
            return False
        if word.is_groot:
            if tussen and word.laag in self.lijst.achternamen:
                return True  # "van 't Hof", though the Hof is something else
            return self._kan_naam(word) and not word.is_initiaal
        if not klein or len(word.laag) < 3:
            return False
        lijst = self.lijst
        if tussen:
            return word.laag in lijst.achternamen
        is_first = word.laag in lijst.vaak or word.laag in lijst.achternamen
        geen = word.laag in lijst.gewoon or word.laag in lijst.geen_namen
        return is_first and (not geen or word.laag in lijst.gezag["naamwoord"])

    def _initialen_vanaf(self, i: int) -> int:
        first, last = i, i + MEEST
        while (word := self.zin.at(i)) and word.is_initiaal and i < last:
            loose = i > first and word.voor.strip()
            if loose or not self.zin.is_vrij(i):
                break
            i += 1
        return i

    def _met_letter(self, end: int) -> int:
        """ "Truus W.", "Sanne de J.": an initial behind a first name belongs to it."""
        tussen = self._is_tussen(end)
        word = self.zin.at(end + tussen)
        is_letter = word is not None and word.is_initiaal and len(word.text) == 2
        return (
            end + tussen + 1 if is_letter and self.zin.sluit_aan(end + tussen) else end
        )

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
        if volgende.is_eerste and word.text[0].isupper() and volgende.voor[:1] != ".":
            return 0
        end = self._keten(start, klein=True)
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

    def _na_gezag_groot(self, i: int, kind: str) -> int:
        word = self.zin.woorden[i]
        tussen = word.laag in self.lijst.gezag["tussen"]
        is_often = word.laag in self.lijst.vaak and not tussen
        if is_often and not self._kan_naam(word):
            return self._note(i, i + 1)  # "wijkagent Frans"
        if not (self._kan_naam(word) or self._eerste_tussen(i)):
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
        achter = word.laag in lijst.achternamen or _ACHTERVOEGSEL.fullmatch(word.laag)
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
        word = self.zin.at(i)
        lijst = self.lijst
        if word is None or not self._kan_naam(word) or word.is_initiaal:
            return 0
        if not self._is_voornaam(word):
            return 0
        if self._is_eponiem(i):
            return 0
        end = self._keten(i)
        is_clash = word.laag in lijst.gewoon
        if word.is_eerste and is_clash and end == i + 1:
            return 0
        if word.is_eerste and is_clash and not self._bekend(self.zin.laag(end - 1)):
            return 0
        in_plaats = self.zin.laag(i - 1) in lijst.gezag["plaatswoord"]
        if in_plaats and word.laag in lijst.plaatsen:
            return 0
        return self._note(i, end) if end else 0

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
        if not self._kan_naam(word) or not self.zin.is_vrij(i + tussen):
            return 0
        if tussen and (word.voor not in (" ", "") or not self.zin.is_vrij(i + tussen)):
            return 0
        if not self._is_achternaam(word, begin, tussen):
            return self._na_gesprek(i)
        start = i if begin.is_groot or self._tussen_hoort(i, tussen) else i + tussen
        end = self._keten(start)
        return self._note(start, end) if end else 0

    def _tussen_hoort(self, i: int, tussen: int) -> bool:
        """ "van der Meulen" is a name; "van Jansen" is of Jansen."""
        return tussen > 1 or self.zin.laag(i) in {"vd", "v.d", "v/d", "el", "ter"}

    def _is_achternaam(self, word: Woord, begin: Woord, tussen: int) -> bool:
        lijst = self.lijst
        known = any(
            deel in lijst.achternamen or _ACHTERVOEGSEL.fullmatch(deel)
            for deel in word.laag.split("-")
        )
        if not known or word.is_letterwoord or word.laag in lijst.plaatsen:
            return False
        if not all(deel[:1].isupper() for deel in word.text.split("-")):
            return False
        if word.is_eerste:
            return word.laag not in lijst.gewoon and word.laag in lijst.achternamen
        if begin.is_eerste and tussen and begin.laag in _LIDWOORD:
            return word.laag in lijst.achternamen
        return not (tussen and begin.laag in {"de", "het"} and not begin.is_groot)

    def _na_gesprek(self, i: int) -> int:
        """ "met Xhemile", "volgens Brechtje": nobody else is spoken with."""
        word = self.zin.at(i)
        if word is None or not self._kan_naam(word) or word.is_eerste:
            return 0
        if word.is_letterwoord or word.laag in self.lijst.plaatsen:
            return 0
        after = self.zin.at(i + 1)
        if after and after.is_groot and after.voor == " " and self.zin.is_vrij(i + 1):
            return 0
        gesprek = self.lijst.gezag["gesprek"]
        if word.voor == " " and self.zin.laag(i - 1) in gesprek:
            return self._note(i, self._met_letter(i + 1))
        return 0

    # -- without capitals

    def _is_klein(self, i: int) -> bool:
        word = self.zin.at(i)
        if word is None or word.is_groot or not self.zin.is_vrij(i):
            return False
        lijst = self.lijst
        return (
            len(word.laag) >= 3
            and word.laag in lijst.voornamen
            and word.laag not in lijst.gewoon
            and word.laag not in lijst.geen_namen
        )

    def _kleine_letters(self, i: int) -> int:
        """ "bel henk ff terug": a common first name, or any after such a word."""
        laag = self.zin.laag(i)
        na_gesprek = self.zin.laag(i - 1) in self.lijst.gezag["gesprek"]
        if not self._is_klein(i):
            # "jan" is January too, but "met jan de vries" is a person.
            end = self._kleine_achternaam(i + 1) if na_gesprek else 0
            is_naam = laag in self.lijst.voornamen and end > i + 2
            return self._note(i, end) if is_naam and self.zin.is_vrij(i) else 0
        if na_gesprek or (laag in self.lijst.vaak and len(laag) >= 4):
            return self._note(i, self._kleine_achternaam(i + 1))
        return 0

    def _kleine_achternaam(self, i: int) -> int:
        """ "jan de vries": the end of a surname in small letters at ``i``, or ``i``."""
        tussen, lijst = self._is_tussen(i), self.lijst
        word = self.zin.at(i + tussen)
        if word is None or word.is_groot or not self.zin.sluit_aan(i + tussen):
            return i
        if len(word.laag) < 3 or "," in word.voor or word.laag in lijst.geen_namen:
            return i
        is_known = word.laag in lijst.achternamen
        if tussen and is_known:
            return i + tussen + 1
        if word.laag in lijst.gewoon or word.laag in lijst.plaatsen:
            return i
        heet = self.zin.laag(i - 2) in {"heet", "heette"}
        fits = is_known or heet or _ACHTERVOEGSEL.fullmatch(word.laag)
        return i + tussen + 1 if fits and not tussen else i
