"""Return codes: an anonymous caller shows to be the same person, and nothing more.

Invariant: a code is shown once and only its keyed hash is kept (HMAC-SHA256, another
key per tenant, derived from the server's secret). A code is 89 random bits, so there is
nothing to guess; whoever loses it gets a new one, which is another person to us.

Guarded by tests/cases/test_terugkomen.py.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from django.conf import settings

# No 0/O, 1/I/L: a code is read out over the phone.
TEKENS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROEPEN: Final = 6
PER_GROEP: Final = 3


def new_code() -> str:
    """A code in groups of three, to write down: 7K3-F9Q-2MN-X4R-B8T-WHC."""
    groups = (
        "".join(secrets.choice(TEKENS) for _ in range(PER_GROEP))
        for _ in range(GROEPEN)
    )
    return "-".join(groups)


def bare(code: str) -> str:
    """What of a typed code counts: letters and digits, in capitals."""
    return "".join(char for char in code.upper() if char.isalnum())


def code_hash(tenant_id: int, code: str) -> str:
    """What is stored of a code and by which it is found again; hexadecimal."""
    key = hmac.digest(
        settings.SECRET_KEY.encode(), f"terugkomcode {tenant_id}".encode(), "sha256"
    )
    return hmac.new(key, bare(code).encode(), hashlib.sha256).hexdigest()
