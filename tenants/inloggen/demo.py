"""The second factor of demonstration accounts: one app for all of them.

Its secret comes from the password that the embedded servers made up for the
demonstration, so there is none outside it. ``manage.py democode`` shows the code.

Guarded by tests/tenants/test_factoren.py.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Iterable
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tenants.inloggen.factoren import sealed

PERIODE = 30


def secret_of(password: str) -> str:
    """The secret of the app, in base32."""
    made = hmac.new(password.encode(), b"democode", hashlib.sha256).digest()
    return base64.b32encode(made[:20]).decode()


def code(secret: str, at: float | None = None) -> tuple[str, int]:
    """(code, seconds it still counts) at this moment, or at ``at`` (Unix time)."""
    now = time.time() if at is None else at
    value = format_hotp_value(hotp_value(secret, int(now) // PERIODE))
    return value, PERIODE - int(now) % PERIODE


def enrol(user_ids: Iterable[UUID], secret: str) -> int:
    """Give these accounts the app, where they have none; returns how many."""
    wanted = list(user_ids)
    held = set(
        Authenticator.objects.filter(
            user_id__in=wanted, type=Authenticator.Type.TOTP
        ).values_list("user_id", flat=True)
    )
    fresh = [user_id for user_id in wanted if user_id not in held]
    Authenticator.objects.bulk_create(
        Authenticator(
            user_id=user_id,
            type=Authenticator.Type.TOTP,
            data={"secret": sealed(user_id, secret)},
        )
        for user_id in fresh
    )
    return len(fresh)
