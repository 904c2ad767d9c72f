"""One sealed text: AES-256-GCM, bound to the very place where it is stored.

A blob is ``version byte ‖ nonce (12 bytes) ‖ ciphertext and tag``. What is
authenticated besides it: the version, the tenant, the table, the row and the column,
each with its length in front, so that no two places look alike. Texts are padded to
16 bytes: the length of a name says nothing.

Invariant: a blob opens in its own place with its own key, or not at all.
Pure: no Django. Guarded by tests/privacy/test_zegel.py.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSIE = 1
NONCE = 12
TAG = 16
BLOK = 16
EINDE = b"\x80"
KORTST = 1 + NONCE + TAG


@dataclass(frozen=True, slots=True)
class Plaats:
    """Where a blob belongs: one column of one row of one tenant."""

    tenant_id: int
    tabel: str
    pk: UUID
    kolom: str

    def delen(self) -> tuple[object, ...]:
        return self.tenant_id, self.tabel, self.pk.hex, self.kolom


class ZegelFout(Exception):
    """A sealed text that does not open; says where and why, never what.

    reden: ``vorm`` (no blob of ours), ``geknoeid`` (not the text that was sealed
    here) or ``sleutel_weg`` (its key was destroyed, or never restored).
    """

    def __init__(self, plaats: Plaats, reden: str) -> None:
        super().__init__(f"{plaats.tabel}.{plaats.kolom}: {reden}")
        self.plaats = plaats
        self.reden = reden


def bound(*parts: object) -> bytes:
    """The parts after each other, each with its length: ("ab","c") is not ("a","bc")."""
    whole = bytearray()
    for part in parts:
        text = part if isinstance(part, bytes) else str(part).encode()
        whole += len(text).to_bytes(4, "big") + text
    return bytes(whole)


def seal_bytes(key: AESGCM, plain: bytes, *where: object) -> bytes:
    """Seal ``plain`` (a key, say) for the place ``where``."""
    nonce = os.urandom(NONCE)
    return bytes([VERSIE]) + nonce + key.encrypt(nonce, plain, bound(VERSIE, *where))


def open_bytes(key: AESGCM, blob: bytes, *where: object) -> bytes | None:
    """What was sealed for ``where``; None when this is not that."""
    if len(blob) < KORTST or blob[0] != VERSIE:
        return None
    try:
        return key.decrypt(
            blob[1 : 1 + NONCE], blob[1 + NONCE :], bound(VERSIE, *where)
        )
    except InvalidTag:
        return None


def seal(key: AESGCM, text: str, plaats: Plaats) -> bytes:
    """The blob of a text in its place."""
    plain = text.encode() + EINDE
    plain += b"\0" * (-len(plain) % BLOK)
    return seal_bytes(key, plain, *plaats.delen())


def unseal(key: AESGCM, blob: bytes, plaats: Plaats) -> str:
    """The text of a blob. Raises ZegelFout."""
    plain = open_bytes(key, blob, *plaats.delen())
    if plain is None:
        known = len(blob) >= KORTST and blob[0] == VERSIE
        raise ZegelFout(plaats, "geknoeid" if known else "vorm")
    return plain.rstrip(b"\0")[:-1].decode()
