"""The master keys: outside the database, several during a rotation, one in use.

Invariant: a key is never made here. What the database knows of a master key is its
name (a fingerprint) and a proof that only that key opens; without a key for each
proof the product does not start.

Guarded by tests/privacy/test_hoofdsleutel.py.
"""

from __future__ import annotations

import hashlib
import logging
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, ProgrammingError
from psycopg.errors import UndefinedTable

from privacy.zegel import open_bytes, seal_bytes

logger = logging.getLogger(__name__)
BEWIJS = b"adviespunt"
NAAM_TEKENS = 16


class OnbekendeHoofdsleutel(Exception):
    """Something is wrapped with a master key that is not among the settings."""


@lru_cache(maxsize=8)
def _derived(secret: str) -> tuple[str, AESGCM]:
    """Name and key of a secret text of the settings."""
    made = HKDF(
        algorithm=hashes.SHA256(), length=32, salt=None, info=b"adviespunt hoofdsleutel"
    ).derive(secret.encode())
    naam = hashlib.sha256(b"naam" + made).hexdigest()[:NAAM_TEKENS]
    return naam, AESGCM(made)


def in_use() -> tuple[str, AESGCM]:
    """Name and key with which new tenant keys are wrapped. Raises
    OnbekendeHoofdsleutel in a process that has none.
    """
    if not settings.MASTER_KEYS:
        raise OnbekendeHoofdsleutel("")
    return _derived(settings.MASTER_KEYS[0])


def by_name(naam: str) -> AESGCM:
    """The master key of this name. Raises OnbekendeHoofdsleutel."""
    for secret in settings.MASTER_KEYS:
        known, key = _derived(secret)
        if known == naam:
            return key
    raise OnbekendeHoofdsleutel(naam)


def proofs() -> Any:
    """The proofs in the database. The doors are imported before the models are."""
    return apps.get_model("privacy", "Hoofdsleutelproef")._default_manager


def lay_down() -> None:
    """Store the proof of the key in use, once; before anything is wrapped with it."""
    naam, key = in_use()
    made = proofs().model(naam=naam, proef=seal_bytes(key, BEWIJS, "proef", naam))
    proofs().bulk_create([made], ignore_conflicts=True)


def forget_others() -> list[str]:
    """Delete the proofs of earlier keys, when nothing needs those keys any more: to be
    called after every tenant was wrapped again. Returns their names.
    """
    naam, _key = in_use()
    old = proofs().exclude(naam=naam)
    names = sorted(old.values_list("naam", flat=True))
    if proofs().filter(naam=naam).exists():
        old.delete()
        return names
    return []


def wrong() -> list[str]:
    """Names of the keys that the database needs and the settings lack or have wrong."""
    found = []
    for row in proofs().order_by("gemaakt_op"):
        try:
            key = by_name(row.naam)
        except OnbekendeHoofdsleutel:
            found.append(row.naam)
            continue
        if open_bytes(key, bytes(row.proef), "proef", row.naam) != BEWIJS:
            found.append(row.naam)
    return found


def complaint() -> str:
    """What is wrong with the master keys and what to do; '' when nothing is.

    A database that has no table for it yet (before ``migrate``) is no complaint.
    """
    try:
        found = wrong()
    except ProgrammingError as error:
        if isinstance(error.__cause__, UndefinedTable):
            return ""
        raise
    if not found:
        return ""
    return (
        f"The texts in this database are sealed with master key {', '.join(found)},"
        f" and HOOFDSLEUTEL is {in_use()[0]}. Without the right key no name and no"
        " text can be read, and no new key replaces it. Put the right HOOFDSLEUTEL"
        " back (during a rotation: the earlier one in HOOFDSLEUTELS_OUD);"
        " see docs/operations.md."
    )


def refuse_wrong_key() -> None:
    """Raise ImproperlyConfigured when sealed texts could not be opened."""
    text = complaint()
    if text:
        raise ImproperlyConfigured(text)


@register(Tags.security)
def check_hoofdsleutel(**_kwargs: Any) -> list[CheckMessage]:
    """privacy.E001 when a master key is missing or wrong.

    While the database cannot be reached there is nothing to compare with; the doors
    of web and worker call ``refuse_wrong_key``, which does not let that pass.
    """
    if not settings.MASTER_KEYS:  # a part, which opens nothing (adviespunt.delen)
        return []
    try:
        text = complaint()
    except DatabaseError:
        logger.warning("master keys not checked: the database does not answer")
        return []
    return [Error(text, id="privacy.E001")] if text else []
