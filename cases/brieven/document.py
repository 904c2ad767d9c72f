"""A letter as it will be read: blocks of text, in order; and as plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KOP, CITAAT, TEKST = "kop", "citaat", "tekst"
LEEG: Final = "\u00a0"  # on an empty line: two line ends part the blocks
VOOR: Final = {KOP: "# ", CITAAT: "> ", TEKST: ""}


@dataclass(frozen=True, slots=True)
class Blok:
    """One block. soort: a heading, the client's own words, or text; lines as typed."""

    soort: str
    tekst: str

    @property
    def regels(self) -> list[str]:
        return self.tekst.split("\n")


@dataclass(frozen=True, slots=True)
class Document:
    """titel: what kind of letter it is, without anybody's name."""

    titel: str
    onderwerp: str
    blokken: tuple[Blok, ...]

    def as_text(self) -> str:
        """Kept with a final letter, and readable by itself; ``from_text`` reads it."""
        parts = [f"{self.titel}\n{self.onderwerp}"]
        for blok in self.blokken:
            mark = VOOR[blok.soort]
            parts.append("\n".join(f"{mark}{line or LEEG}" for line in blok.regels))
        return "\n\n".join(parts)

    @classmethod
    def from_text(cls, text: str) -> Document:
        head, *rest = text.split("\n\n")
        titel, _line, onderwerp = head.partition("\n")
        return cls(titel, onderwerp, tuple(map(_block, rest)))


def _block(part: str) -> Blok:
    soort = KOP if part.startswith("# ") else CITAAT if part.startswith("> ") else TEKST
    lines = [line.removeprefix(VOOR[soort]) for line in part.split("\n")]
    return Blok(soort, "\n".join("" if line == LEEG else line for line in lines))
