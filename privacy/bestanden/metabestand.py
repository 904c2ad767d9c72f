"""Drawings of Windows (EMF, WMF) inside a document: only what draws is left.

Both are a list of records. Gone are those that hold something else: comments of a
program (in which a whole file fits) and escapes, with which a WMF once ran code.
"""

from __future__ import annotations

import struct
from typing import Final

from privacy.bestanden.soorten import Geweigerd, Reden

EMF_KOP, EMF_EIND, EMF_OPMERKING = 1, 14, 70
EMF_TEKEN: Final = b" EMF"
PLAATSBAAR: Final = b"\xd7\xcd\xc6\x9a"
PLAATSBAAR_LENGTE: Final = 22
WMF_KOP: Final = 18
WMF_EIND, WMF_ESCAPE = 0, 0x0626


def clean_emf(inhoud: bytes) -> bytes:
    """Without comments, and nothing behind its end. Raises Geweigerd."""
    if inhoud[40:44] != EMF_TEKEN or len(inhoud) < 88:
        raise Geweigerd(Reden.ANDERS)
    kept: list[bytes] = []
    at, kind = 0, 0
    while kind != EMF_EIND:
        if at + 8 > len(inhoud):
            raise Geweigerd(Reden.KAPOT)
        kind, size = struct.unpack_from("<II", inhoud, at)
        if size < 8 or size % 4 or at + size > len(inhoud):
            raise Geweigerd(Reden.KAPOT)
        if (kind == EMF_KOP) != (at == 0):
            raise Geweigerd(Reden.KAPOT)
        if kind != EMF_OPMERKING:
            kept.append(inhoud[at : at + size])
        at += size
    return _emf_head(kept)


def _emf_head(records: list[bytes]) -> bytes:
    """The head says how long it is, of how many records, and who described it."""
    head = bytearray(records[0])
    size = sum(map(len, records))
    struct.pack_into("<II", head, 48, size, len(records))
    count, at = struct.unpack_from("<II", head, 60)
    if at and at + 2 * count <= len(head):
        head[at : at + 2 * count] = bytes(2 * count)
    struct.pack_into("<II", head, 60, 0, 0)
    return bytes(head) + b"".join(records[1:])


def clean_wmf(inhoud: bytes) -> bytes:
    """Without escapes, and nothing behind its end. Raises Geweigerd."""
    start = PLAATSBAAR_LENGTE if inhoud.startswith(PLAATSBAAR) else 0
    head = bytearray(inhoud[start : start + WMF_KOP])
    if len(head) < WMF_KOP or struct.unpack_from("<HH", head) not in ((1, 9), (2, 9)):
        raise Geweigerd(Reden.ANDERS)
    kept: list[bytes] = []
    at, kind = start + WMF_KOP, -1
    while kind != WMF_EIND:
        if at + 6 > len(inhoud):
            raise Geweigerd(Reden.KAPOT)
        words, kind = struct.unpack_from("<IH", inhoud, at)
        if words < 3 or at + 2 * words > len(inhoud):
            raise Geweigerd(Reden.KAPOT)
        if kind != WMF_ESCAPE:
            kept.append(inhoud[at : at + 2 * words])
        at += 2 * words
    size = len(head) + sum(map(len, kept))
    struct.pack_into("<I", head, 6, size // 2)
    struct.pack_into("<I", head, 12, max(map(len, kept)) // 2)
    return inhoud[:start] + bytes(head) + b"".join(kept)
