"""A letter box: who puts something in cannot take it out again.

What is sealed with the public half of a pair (X25519) opens with the other half only.
For each letter a pair is made that is used once; what both halves agree on gives the
key (HKDF-SHA256) of an envelope of ``privacy.zegel``, bound to its own place. Texts are
padded to 256 bytes, so that their length tells little.

So whoever takes over the process of visitors, with its settings and its database role,
reads nothing of what was sent before: the other halves are sealed with the key chain.
Pure: no Django. Guarded by tests/privacy/test_brievenbus.py.
"""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from privacy.zegel import EINDE, open_bytes, seal_bytes

HELFT = 32
BLOK = 256


class BrievenbusFout(Exception):
    """A letter that does not open with this key, or not in this place."""


def public_half(secret: bytes) -> bytes:
    """The half with which anybody may seal."""
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def new_secret() -> bytes:
    """The half that opens; 32 bytes."""
    return X25519PrivateKey.generate().private_bytes_raw()


def _key(shared: bytes, once: bytes, publiek: bytes) -> AESGCM:
    info = b"adviespunt brievenbus" + once + publiek
    made = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info)
    return AESGCM(made.derive(shared))


def post(publiek: bytes, tekst: str, *where: object) -> bytes:
    """Seal ``tekst`` for whoever has the other half, in the place ``where``."""
    once = X25519PrivateKey.generate()
    mine = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(publiek))
    plain = tekst.encode() + EINDE
    plain += b"\0" * (-len(plain) % BLOK)
    return mine + seal_bytes(_key(shared, mine, publiek), plain, *where)


def take_out(secret: bytes, blob: bytes, *where: object) -> str:
    """The text of a letter. Raises BrievenbusFout."""
    mine, rest = blob[:HELFT], blob[HELFT:]
    if len(mine) < HELFT:
        raise BrievenbusFout("vorm")
    try:
        other = X25519PublicKey.from_public_bytes(mine)
        shared = X25519PrivateKey.from_private_bytes(secret).exchange(other)
    except ValueError as error:
        raise BrievenbusFout("geknoeid") from error
    plain = open_bytes(_key(shared, mine, public_half(secret)), rest, *where)
    if plain is None:
        raise BrievenbusFout("geknoeid")
    return plain.rstrip(b"\0")[:-1].decode()
