"""A file of any size sealed with one key, in pieces: AES-256-GCM in the STREAM way.

Each piece has its number in the nonce and the last one is marked, so pieces cannot be
swapped, repeated, left out or cut off without the reader noticing. ``doel`` is bound
to every piece: what is sealed as one kind of file does not open as another.

Format: b"ADVSTR1", 7 random bytes; then pieces of ``STUK`` bytes and 16 of proof.
STREAM: Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption" (2015).

Guarded by tests/adviespunt/test_stroom.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MERK = b"ADVSTR1"
STUK = 1 << 20
BEWIJS = 16
VOOR = 7


class StroomFout(Exception):
    """The file is not what was sealed, or the key is another one."""


def _key(geheim: str, doel: str) -> AESGCM:
    info = f"adviespunt reservekopie {doel}".encode()
    made = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info)
    return AESGCM(made.derive(geheim.encode()))


def _pieces(source: IO[bytes], size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Number, bytes and whether it is the last one; an empty file is one piece."""
    number, piece = 0, _read(source, size)
    while True:
        after = _read(source, size) if len(piece) == size else b""
        yield number, piece, not after
        if not after:
            return
        number, piece = number + 1, after


def _read(source: IO[bytes], size: int) -> bytes:
    """As many bytes as there are, up to ``size``; a pipe gives them in parts."""
    parts = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4) + bytes([is_last])


def seal(source: IO[bytes], target: IO[bytes], geheim: str, doel: str) -> None:
    """Seal ``source`` into ``target``."""
    prefix, key = os.urandom(VOOR), _key(geheim, doel)
    head = MERK + prefix
    target.write(head)
    for number, piece, is_last in _pieces(source, STUK):
        nonce = _nonce(prefix, number, is_last)
        target.write(key.encrypt(nonce, piece, head + doel.encode()))


def unseal(source: IO[bytes], target: IO[bytes], geheim: str, doel: str) -> None:
    """Open ``source`` into ``target``. Raises StroomFout; what was written until then
    is true, but not the whole.
    """
    head = _read(source, len(MERK) + VOOR)
    if len(head) != len(MERK) + VOOR or not head.startswith(MERK):
        raise StroomFout("not a sealed file")
    prefix, key = head[len(MERK) :], _key(geheim, doel)
    for number, piece, is_last in _pieces(source, STUK + BEWIJS):
        nonce = _nonce(prefix, number, is_last)
        try:
            target.write(key.decrypt(nonce, piece, head + doel.encode()))
        except InvalidTag as error:
            raise StroomFout(f"piece {number} does not open") from error
