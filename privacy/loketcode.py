"""Return codes of the door of visitors: seven groups of three, with a check character.

``7K3-F9Q-2MN-X4R-B8T-WHC-5DP``: three characters say which tenant, seventeen are chance
(84 bits), the last is computed, so that one mistyped character is known before anything
is looked up. A code gives two things: the id of what was sent, which is all that the
database knows of it, and the key that opens what was answered. Neither leads back.

Invariant: no code is stored, and none can be made again without the secret of the
doors (LOKET_SLEUTEL) and the token of the form it was made for.
Guarded by tests/privacy/test_loketcode.py.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from privacy.brievenbus import public_half
from privacy.terugkomen import TEKENS, bare

BASIS: Final = len(TEKENS)  # 31, a prime: the check finds every single slip
VAN_TENANT: Final = 3
TOEVAL: Final = 17
LENGTE: Final = VAN_TENANT + TOEVAL + 1
PER_GROEP: Final = 3
MEEST: Final = BASIS**VAN_TENANT
FACTOR, BEGIN = 7919, 12345  # neighbours do not look like neighbours


@dataclass(frozen=True, slots=True)
class Loketcode:
    """A code that is well formed; whether there is anything behind it is another matter.

    tenant_id: whose door it is of; teken: the 21 characters without lines.
    """

    tenant_id: int
    teken: str = field(repr=False)

    def __str__(self) -> str:
        """As it is written down."""
        groups = range(0, LENGTE, PER_GROEP)
        return "-".join(self.teken[at : at + PER_GROEP] for at in groups)

    @property
    def id(self) -> UUID:
        """By what it is found: keyed with the secret of the doors."""
        return keyed_id("loketcode id", self.teken)

    @property
    def geheim(self) -> bytes:
        """What opens the answers; of the code alone, so the server does not have it."""
        hkdf = HKDF(
            algorithm=hashes.SHA256(),
            length=32,
            salt=None,
            info=b"adviespunt loketcode",
        )
        return hkdf.derive(self.teken.encode())

    @property
    def publiek(self) -> bytes:
        """With what answers are sealed."""
        return public_half(self.geheim)


def _mac(what: str, text: str) -> bytes:
    key = hmac.digest(settings.LOKET_SLEUTEL.encode(), what.encode(), "sha256")
    return hmac.digest(key, text.encode(), "sha256")


def keyed_id(what: str, text: str) -> UUID:
    """An id that only who has the secret of the doors can make from ``text``."""
    made = bytearray(_mac(what, text)[:16])
    made[6], made[8] = made[6] & 0x0F | 0x80, made[8] & 0x3F | 0x80  # UUID 8
    return UUID(bytes=bytes(made))


def _digits(number: int, length: int) -> str:
    made = ""
    for _each in range(length):
        number, rest = divmod(number, BASIS)
        made = TEKENS[rest] + made
    return made


def check_character(text: str) -> str:
    """Of the twenty before it: weighted, so that swapping two neighbours shows too."""
    total = sum((at + 1) * TEKENS.index(char) for at, char in enumerate(text))
    return TEKENS[total % BASIS]


def code_for(tenant_id: int, token: str) -> Loketcode:
    """The code of what is sent with this form; the same when it is sent twice."""
    if not 0 < tenant_id < MEEST:
        raise ValueError("no code for this tenant")
    number = int.from_bytes(_mac(f"loketcode toeval {tenant_id}", token), "big")
    text = _digits((tenant_id * FACTOR + BEGIN) % MEEST, VAN_TENANT)
    text += _digits(number, TOEVAL)
    return Loketcode(tenant_id, text + check_character(text))


def read(typed: str) -> Loketcode | None:
    """The code that somebody typed; None when there is a slip in it."""
    text = bare(typed)
    if len(text) != LENGTE or not set(text) <= set(TEKENS):
        return None
    if check_character(text[:-1]) != text[-1]:
        return None
    number = 0
    for char in text[:VAN_TENANT]:
        number = number * BASIS + TEKENS.index(char)
    tenant_id = (number - BEGIN) * pow(FACTOR, -1, MEEST) % MEEST
    return Loketcode(tenant_id, text) if tenant_id else None
