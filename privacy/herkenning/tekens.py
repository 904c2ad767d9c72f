"""A text as words that know where they are and what is before them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from privacy.herkenning.soorten import Dekking

_WOORD = re.compile(
    r"['’]s-[^\W\d_]+|v/d\b|v\.d\.|v\.(?= ?[A-Z])|['’]t\b|d['’](?=[A-Z])"
    r"|(?:Th|Tj|Chr|Ph|IJ|Jac|Joh|St)\.(?=[ A-Z])"
    r"|(?:[^\W\d_]+-)?(?:Tj[aeiou]ng?|Lie[mn]?|Li|Lo|Loi|Fung|Chin|Wong|Kon|Ho|Sjiem"
    r"|Tsang|Chung|Sang)[ \-]A[ \-][A-Z][a-z]+"  # "Tjon A Ten", one surname
    r"|[A-ZÀ-Þ][^\W\d_]+(?:-[^\W\d_]+)*(?=['’]s(?!\w))"  # "Fatima's"
    r"|[^\W\d_]\.(?:-?[^\W\d_]\.)*(?![^\W\d_]{2})"
    r"|[^\W\d_](?=\.[A-Z])\."
    r"|[^\W\d_]+(?:['’‘\-][^\W\d_]+)*"
)
_EINDE = re.compile(r"[.!?:\n•]")
_AFKORTING = frozenset(
    [
        "dhr",
        "mevr",
        "mw",
        "mr",
        "mrs",
        "drs",
        "dr",
        "prof",
        "ir",
        "ing",
        "ds",
        "fam",
        "gebr",
        "fa",
        "hr",
        "mvr",
        "mej",
        "wed",
        "geb",
        "tel",
        "evt",
        "bijv",
        "nr",
        "st",
        "ca",
        "resp",
        "o.a",
        "m.b.t",
        "t.a.v",
    ]
)


@dataclass(frozen=True, slots=True)
class Woord:
    """A word; ``is_eerste``: a sentence begins here, so its capital says nothing."""

    text: str
    laag: str
    start: int
    end: int
    voor: str  # what stands between the word before it and this one
    is_eerste: bool

    @property
    def is_groot(self) -> bool:
        return self.text[0].isupper() or (
            self.text[0] in "'’" and any(c.isupper() for c in self.text)
        )

    @property
    def is_initiaal(self) -> bool:
        return self.text.endswith(".") and self.text[0].isupper()

    @property
    def is_letterwoord(self) -> bool:
        return len(self.text) > 1 and self.text.isupper() and not self.is_initiaal


@dataclass(slots=True)
class Zin:
    """The words of a text, and what of it was found already."""

    text: str
    dekking: Dekking
    woorden: list[Woord] = field(default_factory=list)

    def at(self, i: int) -> Woord | None:
        return self.woorden[i] if 0 <= i < len(self.woorden) else None

    def is_vrij(self, i: int) -> bool:
        word = self.at(i)
        return word is not None and self.dekking.is_vrij(word.start, word.end)

    def laag(self, i: int) -> str:
        """The word in small letters without its point; '' where there is none."""
        word = self.at(i)
        return word.laag if word else ""

    def sluit_aan(self, i: int, ruim: bool = False) -> bool:
        """Word ``i`` follows the one before it within a phrase."""
        word = self.at(i)
        if word is None or not self.is_vrij(i):
            return False
        voor = word.voor
        return not voor.strip(" ,(-\"“‘'" if ruim else " ") and len(voor) <= 3


def split(text: str, dekking: Dekking) -> Zin:
    """The words of ``text``."""
    zin = Zin(text, dekking)
    end = 0
    for match in _WOORD.finditer(text):
        voor = text[end : match.start()]
        word = match.group()
        last = zin.woorden[-1] if zin.woorden else None
        zin.woorden.append(
            Woord(
                word,
                word.rstrip(".").casefold(),
                match.start(),
                match.end(),
                voor,
                _begins(last, voor),
            )
        )
        end = match.end()
    return zin


def _begins(last: Woord | None, voor: str) -> bool:
    if last is None or "\n" in voor:
        return True
    if voor.lstrip().startswith(".") and last.laag in _AFKORTING:
        return False
    return bool(_EINDE.search(voor)) or voor.strip() in {'"', "“", "‘", "'"}
