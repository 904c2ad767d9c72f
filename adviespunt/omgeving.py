"""What the environment gives: settings by name, secrets also by file.

Invariant: what is missing or cannot be read stops the process with the name of the
setting; nothing falls back to a made-up or empty secret. No message repeats a value.

Guarded by tests/adviespunt/test_settings.py.
"""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 50  # characters, what `check --deploy` asks of SECRET_KEY
SEE = "docs/operations.md has the list of settings."


def text(name: str) -> str:
    """The value of ``name``, or the content of the file ``<name>_FILE``; '' if none."""
    path = os.environ.get(f"{name}_FILE", "")
    if not path:
        return os.environ.get(name, "").strip()
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"{name}_FILE cannot be read: {type(error).__name__}. {SEE}"
        ) from error


def required(name: str) -> str:
    """The value of ``name``; ImproperlyConfigured when it is missing or empty."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(
            f"{name} is missing or empty. Set it, or {name}_FILE. {SEE}"
        )
    return value


def secret(name: str, made_up: str = "") -> str:
    """A key of at least 50 characters; ImproperlyConfigured when it is not that.

    made_up: what stands in when none is given, on embedded servers only.
    """
    if made_up and not text(name):
        return made_up
    value = required(name)
    if len(value) < SHORTEST_SECRET:
        raise ImproperlyConfigured(
            f"{name} is too short. Give it a random value of at least"
            f" {SHORTEST_SECRET} characters. {SEE}"
        )
    return value


def momentary() -> str:
    """A key that nobody has and that lasts as long as the process."""
    return token_urlsafe(48)


def secrets(name: str) -> list[str]:
    """Any number of keys, with spaces or on lines of their own; [] when not given."""
    found = text(name).split()
    if any(len(value) < SHORTEST_SECRET for value in found):
        raise ImproperlyConfigured(
            f"{name} holds a key of fewer than {SHORTEST_SECRET} characters. {SEE}"
        )
    return found


def address(server: str) -> str:
    """``<server>_URL``, which is required, with ``<server>_PASSWORD`` when given."""
    return with_password(required(f"{server}_URL"), text(f"{server}_PASSWORD"))


def with_password(url: str, password: str) -> str:
    """``url`` with this password in it; '' leaves the url as it is."""
    if not password:
        return url
    parts = urlsplit(url)
    user = parts.username or ""
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, '')}@{place}"))


def origin(url: str) -> str:
    """Scheme and host of an address, as a content policy names it; '' of none."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def oidc(server: str) -> dict[str, Any]:
    """What the sign-in library wants to know of a provider of OpenID Connect."""
    app = {
        "provider_id": os.environ.get("OIDC_ID") or "organisatie",
        "name": os.environ.get("OIDC_NAAM") or "je organisatie",
        "client_id": required("OIDC_CLIENT_ID") if server else "",
        "secret": text("OIDC_CLIENT_SECRET"),
        # All from one signed token: what two answers say could be about two people.
        "settings": {"server_url": server, "fetch_userinfo": False},
    }
    return {"APPS": [app] if server else [], "OAUTH_PKCE_ENABLED": True}


def content_policy(provider: str) -> dict[str, Any]:
    """Nothing but the site itself, no inline script or style; forms also to provider."""
    return {
        "DIRECTIVES": {
            "default-src": ["'none'"],
            "script-src": ["'self'"],
            "style-src": ["'self'"],
            "img-src": ["'self'"],
            "font-src": ["'self'"],
            "connect-src": ["'self'"],
            "form-action": ["'self'", *filter(None, [provider])],
            "base-uri": ["'none'"],
            "frame-ancestors": ["'none'"],
        }
    }
