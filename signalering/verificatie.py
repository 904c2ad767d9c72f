"""Is this report ours, unchanged, and does it still hold? For anybody, without an account.

Invariant: runs in the ``public`` role, which reads of a seal two hashes, the audience
and how it stands. Of a report that is not public the answer is that it is real, and
nothing else; what is told about a public one stands in its publication. The file is
hashed and searched for a code in memory, never stored and never taken apart.

Guarded by tests/signalering/test_zegel.py.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict, cast
from uuid import UUID

from signalering import selectors
from signalering.controlecode import digest, digests_in
from signalering.models import Publicatie, Publiek, Rapportzegel, Zegelstand


class Oordeel(StrEnum):
    """What is said of a file or a code."""

    ECHT = "ECHT"  # every byte as we sealed it; of a code: a report has it
    GEWIJZIGD = "GEWIJZIGD"  # holds a code of ours, but is not the file we sealed
    ONBEKEND = "ONBEKEND"


@dataclass(frozen=True, slots=True)
class Uitslag:
    """``publicatie`` only when everybody may read this very version, or could before it
    was withdrawn. ``opvolger``: the newer version, when that is public. ``bestand_sha256``
    is of the file that was offered; empty for a code.
    """

    oordeel: Oordeel
    stand: str = ""
    publicatie: Publicatie | None = None
    opvolger: Publicatie | None = None
    bestand_sha256: str = ""
    is_verzegeld: bool = True


class _Zegel(TypedDict):
    rapportage_id: UUID
    publiek: str
    stand: str


READABLE = ("rapportage_id", "publiek", "stand")


def check_file(content: bytes) -> Uitslag:
    """A file: real, changed, or not known here."""
    sha256 = hashlib.sha256(content).hexdigest()
    found = _seal(sha256=sha256)
    if found is not None:
        return _told(Oordeel.ECHT, found, sha256)
    # Made before there were seals, and public: its hash stands in the publication.
    older = Publicatie.objects.filter(pdf_sha256=sha256).first()
    if older is not None:
        return Uitslag(
            Oordeel.ECHT,
            Zegelstand.GELDIG,
            older,
            bestand_sha256=sha256,
            is_verzegeld=False,
        )
    for one in digests_in(content):
        found = _seal(code_sha256=one)
        if found is not None:
            return _told(Oordeel.GEWIJZIGD, found, sha256)
    return Uitslag(Oordeel.ONBEKEND, bestand_sha256=sha256)


def check_code(code: str) -> Uitslag:
    """A code as somebody typed it."""
    one = digest(code)
    found = _seal(code_sha256=one) if one else None
    if found is None:
        return Uitslag(Oordeel.ONBEKEND)
    return _told(Oordeel.ECHT, found)


def _seal(**which: str) -> _Zegel | None:
    # Named columns, and no order: the role may read no other, not even the id.
    found = list(Rapportzegel.objects.filter(**which).values(*READABLE)[:1])
    return cast(_Zegel, found[0]) if found else None


def _told(oordeel: Oordeel, zegel: _Zegel, sha256: str = "") -> Uitslag:
    publicatie = None
    if zegel["publiek"] == Publiek.OPENBAAR:
        publicatie = Publicatie.objects.filter(
            rapportage_id=zegel["rapportage_id"]
        ).first()
    opvolger = None
    if publicatie is not None and zegel["stand"] == Zegelstand.VERVANGEN:
        opvolger = selectors.newer_publicatie(publicatie)
    return Uitslag(oordeel, zegel["stand"], publicatie, opvolger, sha256)
