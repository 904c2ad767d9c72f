"""Coming in without typing: a session made on the server, as after signing in.

One journey types everything (test_inloggen.py); the others begin where it ends.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import get_random_string

from adviespunt import embedded
from tenants.models import User
from tests import people


def cookie(database: str, address: str, naam: str) -> Any:
    """The cookie of a session of this person, for a browser on ``address``."""
    key, who = get_random_string(32), people.ident(naam)
    with embedded.current().superuser(database) as server:
        password = server.execute(
            "SELECT password FROM tenants_user WHERE id = %s", [who]
        ).fetchone()[0]
        known = User(id=who, password=password)
        data = {
            SESSION_KEY: str(who),
            BACKEND_SESSION_KEY: people.BACKEND,
            HASH_SESSION_KEY: known.get_session_auth_hash(),
            **people.proof(naam),
        }
        server.execute(
            "INSERT INTO django_session (session_key, session_data, expire_date)"
            " VALUES (%s, %s, %s)",
            [key, SessionStore().encode(data), datetime.now(UTC) + timedelta(hours=8)],
        )
    return {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}
