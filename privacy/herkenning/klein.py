"""Names in small letters, as on a telephone: "kasia nowak werkt", "bel henk ff".

Guarded by tests/privacy/herkenning/test_twijfel.py and test_maat.py.
"""

from __future__ import annotations

import re
from typing import Final

from privacy.herkenning import soorten
from privacy.herkenning.naamdelen import Naamdelen

ACHTERVOEGSEL: Final = re.compile(
    r".{2,}(?:sk[aiy]|ck[aiy]|dzk[ai]|wicz|czyk|enko|chuk|ović|ovic|evic|oğlu|oglu"
    r"|shvili|idze|poulos|ouchi|aoui|oudi|stra|inga|ersma|sema|singh|boer|mans|huizen"
    r"|brink|kamp|horst|huis|berg|burg|ink|sen|zoon|aerts|gebre)"
)
# Who calls is somebody: "tijn belde", also at the beginning of a line.
_BELT: Final = frozenset(
    [
        "belde",
        "belt",
        "gebeld",
        "mailde",
        "mailt",
        "gemaild",
        "appte",
        "appt",
        "geappt",
        "gesproken",
        "zegt",
        "zei",
        "vertelt",
        "vertelde",
        "vraagt",
        "vroeg",
        "woont",
    ]
)
_VAN: Final = frozenset({"van", "v", "vd", "vn", "="})


class KleineLetters(Naamdelen):
    """Names without capitals in the words of one text."""

    def _note(self, start: int, end: int) -> int:
        """Note the words ``start`` up to ``end``; returns ``end``, or 0."""
        begin, stop = self.zin.woorden[start].start, self.zin.woorden[end - 1].end
        return end if self.zin.dekking.add(begin, stop, soorten.PERSOON) else 0

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
        """ "bel henk ff terug": a common first name, or any that somebody has."""
        laag = self.zin.laag(i)
        if laag not in self.lijst.voornamen:
            return 0
        na_gesprek = self.zin.laag(i - 1) in self.lijst.gezag["gesprek"]
        end = self._kleine_achternaam(i + 1)
        if not self._is_klein(i):
            # "jan" is January too, but "met jan de vries" is a person.
            na = na_gesprek or self._heet(i)
            lang = end > i + 2 or (self._heet(i) and end > i + 1)
            is_naam = laag in self.lijst.voornamen and na and lang
            return self._note(i, end) if is_naam and self.zin.is_vrij(i) else 0
        if na_gesprek or (laag in self.lijst.vaak and len(laag) >= 4):
            return self._note(i, end)
        if self._van_iemand(i) or self._heet(i) or self.zin.laag(end) in _BELT:
            return self._note(i, end)
        last = self.zin.laag(end - 1)
        is_heel = end > i + 1 and min(len(laag), len(last)) > 3
        known = last in self.lijst.achternamen
        return self._note(i, end) if is_heel and known else 0

    def _heet(self, i: int) -> bool:
        """ "mijn naam is ali hassan", "ik heet …"."""
        voor = (self.zin.laag(i - 2), self.zin.laag(i - 1))
        return voor in {("naam", "is"), ("ik", "ben")} or voor[1] in {
            "heet",
            "naam",
            "heette",
        }

    def _van_iemand(self, i: int) -> bool:
        """ "papa van tijn", "dochter v mien"."""
        wie = self.zin.laag(i - 2)
        kinds = ("verwant", "rol")
        return self.zin.laag(i - 1) in _VAN and any(
            wie in self.lijst.gezag[kind] for kind in kinds
        )

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
        fits = is_known or heet or ACHTERVOEGSEL.fullmatch(word.laag)
        return i + tussen + 1 if fits and not tussen else i
