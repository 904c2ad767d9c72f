"""What recognition finds: a stretch of text and the kind of data in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PERSOON: Final = "PERSOON"
PLAATS: Final = "PLAATS"
ADRES: Final = "ADRES"
DATUM: Final = "DATUM"
LEEFTIJD: Final = "LEEFTIJD"
TELEFOON: Final = "TELEFOON"
EMAIL: Final = "EMAIL"
URL: Final = "URL"
BSN: Final = "BSN"
IBAN: Final = "IBAN"
POSTCODE: Final = "POSTCODE"
KENTEKEN: Final = "KENTEKEN"
DOSSIERNUMMER: Final = "DOSSIERNUMMER"
ORGANISATIE: Final = "ORGANISATIE"
BEROEP: Final = "BEROEP"
KENMERK: Final = "KENMERK"

SOORTEN: Final = (
    PERSOON,
    ADRES,
    PLAATS,
    DATUM,
    LEEFTIJD,
    EMAIL,
    TELEFOON,
    URL,
    BSN,
    IBAN,
    POSTCODE,
    KENTEKEN,
    DOSSIERNUMMER,
    ORGANISATIE,
    BEROEP,
    KENMERK,
)


@dataclass(frozen=True, slots=True, order=True)
class Vondst:
    """``text[start:end]`` is of kind ``soort``; offsets count code points."""

    start: int
    end: int
    soort: str


class Dekking:
    """Finds that do not overlap: what was there first stays."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._bezet = bytearray(len(text))
        self._vondsten: list[Vondst] = []
        self.einden: dict[int, str] = {}
        self.beginnen: dict[int, str] = {}

    def is_vrij(self, start: int, end: int) -> bool:
        return not any(self._bezet[start:end])

    def add(self, start: int, end: int, soort: str) -> bool:
        """Note it when it is not empty and nothing in it was found before."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start >= end or not self.is_vrij(start, end):
            return False
        self._bezet[start:end] = b"\1" * (end - start)
        self.einden[end] = soort
        self.beginnen[start] = soort
        self._vondsten.append(Vondst(start, end, soort))
        return True

    def laat(self, start: int, end: int) -> None:
        """Leave this stretch alone: it looks like a name and is nobody's."""
        self._bezet[start:end] = b"\1" * (end - start)

    def sorted(self) -> tuple[Vondst, ...]:
        return tuple(sorted(self._vondsten))
