"""Which kinds of files are taken, what they are called, and why one is not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

GRENS: Final = 20 << 20  # bytes of one file
NAAM_HOOGSTENS: Final = 100
NAAM_BYTES: Final = 200  # with its extension it fits on every disk
# What Windows takes for a device, whatever extension follows.
APPARAAT: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)


class Reden(StrEnum):
    """Why a file is not taken."""

    LEEG = "LEEG"
    GROOT = "GROOT"
    SOORT = "SOORT"
    ANDERS = "ANDERS"  # the content is not what the name says
    DUBBEL = "DUBBEL"  # something else is packed before or behind it
    MACRO = "MACRO"  # it can do things by itself
    BOM = "BOM"  # it unpacks to far more than it is
    SLOT = "SLOT"  # it has a password
    VERWIJST = "VERWIJST"  # it fetches a part of itself elsewhere
    KAPOT = "KAPOT"


class Geweigerd(Exception):
    """This file is not taken."""

    def __init__(self, reden: Reden) -> None:
        super().__init__(reden.value)
        self.reden = reden


@dataclass(frozen=True, slots=True)
class Soort:
    """One kind of file. namen: the extensions it goes by, the first is the usual one."""

    code: str
    namen: tuple[str, ...]
    mime: str


SOORTEN: Final[dict[str, Soort]] = {
    soort.code: soort
    for soort in (
        Soort("PDF", ("pdf",), "application/pdf"),
        Soort(
            "DOCX",
            ("docx",),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        Soort("ODT", ("odt",), "application/vnd.oasis.opendocument.text"),
        Soort("JPEG", ("jpg", "jpeg"), "image/jpeg"),
        Soort("PNG", ("png",), "image/png"),
        Soort("TXT", ("txt",), "text/plain"),
    )
}


@dataclass(frozen=True, slots=True)
class Schoon:
    """What is kept: a name without tricks, the kind, and the file as made anew."""

    naam: str
    soort: Soort
    inhoud: bytes


def soort_of(naam: str) -> Soort:
    """The kind that the name of a file promises. Raises Geweigerd."""
    _stem, dot, extension = naam.rpartition(".")
    wanted = extension.strip().lower() if dot else ""
    for soort in SOORTEN.values():
        if wanted in soort.namen:
            return soort
    raise Geweigerd(Reden.SOORT)


def safe_name(naam: str, soort: Soort) -> str:
    """The last part of a path, one line, no characters with a meaning to a computer,
    and the extension of its kind: only that one.
    """
    last = re.split(r"[\\/:]", unicodedata.normalize("NFC", naam))[-1]
    stem = last.rpartition(".")[0] or last
    kept = "".join(
        char if char.isalnum() or char in " -_()&,'" else " "
        for char in stem
        if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    short = " ".join(kept.split())[:NAAM_HOOGSTENS].lstrip("- ")
    short = short.encode()[:NAAM_BYTES].decode(errors="ignore").strip()
    if APPARAAT.fullmatch(short):
        short = f"bijlage {short}"
    return f"{short or 'bijlage'}.{soort.namen[0]}"
