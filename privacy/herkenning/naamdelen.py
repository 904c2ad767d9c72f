"""What a name is made of: initials, first names, "van den", surnames.

Guarded by tests/privacy/herkenning/test_namen.py.
"""

from __future__ import annotations

import re
from typing import Final

from privacy.herkenning.lijsten import Lijsten
from privacy.herkenning.tekens import Woord, Zin
from privacy.herkenning.twijfel import is_vreemd_klein

LIDWOORD: Final = frozenset({"de", "den", "der", "het", "'t", "’t"})
_VOOR_LIDWOORD: Final = frozenset(
    {"op", "aan", "in", "bij", "uit", "onder", "over", "tot"}
)
_KOPPEL: Final = re.compile(r"(?:[Aa]l|[Ee]l|[Vv]an|[Dd]er?|[Tt]e[nr])-[A-Z]")
MEEST: Final = 6  # words of a name, and initials


class Naamdelen:
    """The parts of names in the words of one text."""

    def __init__(self, zin: Zin, lijst: Lijsten) -> None:
        self.zin = zin
        self.lijst = lijst

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
            and not self._is_samengesteld(word)
        )

    def _is_samengesteld(self, word: Woord) -> bool:
        """ "AD-matras", "Steve-aantrekker": a thing, with a name before it."""
        last = word.text.rsplit("-", 1)[-1]
        return "-" in word.text and last[:1].islower() and not self._bekend(last)

    def _bekend(self, laag: str) -> bool:
        delen = laag.split("-")
        return any(
            deel in self.lijst.voornamen or deel in self.lijst.achternamen
            for deel in delen
        )

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
            end = self._met_streep(end)
        if has_core:
            return self._met_letter(end)
        return self._met_letter(end) if only_initials else 0

    def _met_streep(self, end: int) -> int:
        """ "de Vries - van den Berg": a surname with another, and spaces between."""
        word = self.zin.at(end)
        if word is None or word.voor not in {" - ", " -", "- ", " – "}:
            return end
        tussen = self._eerste_tussen(end)
        last, before = self.zin.at(end + tussen), self.zin.woorden[end - 1]
        known = self.lijst.achternamen
        if last is None or last.laag not in known or not before.is_groot:
            return end
        return end + tussen + 1 if last.is_groot and self._kan_naam(last) else end

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
        if i == start and is_vreemd_klein(word, lijst):
            return True
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

    def _is_tussen(self, i: int) -> int:
        """How many words of a tussenvoegsel are here."""
        n = 0
        gezag = self.lijst.gezag["tussen"]
        while n < 3 and self.zin.sluit_aan(i + n) and (word := self.zin.at(i + n)):
            known = word.laag in gezag or word.text.casefold() in gezag
            if not known or word.is_initiaal:
                break
            after = self.zin.laag(i + n + 1)
            if word.laag in _VOOR_LIDWOORD and not (
                after in LIDWOORD or after in gezag or self._op_erve(i + n)
            ):
                break
            n += 1
        return n

    def _op_erve(self, i: int) -> bool:
        """ "mw. Scholten op Reimer": a surname of two farms, of the east."""
        word, lijst = self.zin.at(i + 1), self.lijst
        if word is None or not word.is_groot:
            return False
        if self.zin.woorden[i].text == "tot":  # "Van Nispen tot Pannerden"
            return self.zin.laag(i - 2) in {"van", "de"}
        if (
            self.zin.woorden[i].text != "op"
            or self.zin.laag(i - 2) not in lijst.gezag["titel"]
        ):
            return False
        return word.laag not in lijst.plaatsen and self._kan_naam(word)

    def _eerste_tussen(self, i: int) -> int:
        word = self.zin.at(i)
        gezag = self.lijst.gezag["tussen"]
        if word is None or word.laag not in gezag:
            return 0
        n = 1
        while self.zin.laag(i + n) in gezag and n < 3 and self.zin.sluit_aan(i + n):
            n += 1
        return n
