"""Counting what goes wrong at the door, in the database: a flushed cache forgets.

Counted per name that was typed, per address it came from and per account whose second
factor was tried. From a threshold on each next attempt has to wait, twice as long as
the one before, an hour at most. What is counted is a keyed hash; unknown names are
counted just like known ones.

Invariant: an attempt is counted before it is judged, under a lock on its row, so a
hundred at once are no more than a hundred one after the other.
Guarded by tests/tenants/test_inloggen_aanval.py.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from allauth.core.internal.cryptokit import normalize_user_code
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from tenants.models import Inlogpoging


class Maat(NamedTuple):
    """drempel: attempts without waiting; vergeet: after so long it starts afresh."""

    drempel: int
    vergeet: timedelta


MATEN = {
    "naam": Maat(5, timedelta(days=1)),
    # An office shares an address; whoever knows her password does not count here.
    "adres": Maat(30, timedelta(hours=1)),
    "factor": Maat(5, timedelta(days=1)),
    "herstel": Maat(5, timedelta(days=1)),
    "koppellink": Maat(5, timedelta(days=1)),
}
EERST, LANGST = timedelta(minutes=1), timedelta(hours=1)
CODE_GELDIG = timedelta(minutes=3)


def key_of(soort: str, waarde: str) -> str:
    """What stands in the table for this name or address."""
    text = f"inlogpoging|{soort}|{waarde.strip().lower()}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


def consume(soort: str, waarde: str) -> bool:
    """Count an attempt; False when it has to wait (then it is not counted)."""
    sleutel, maat, now = key_of(soort, waarde), MATEN[soort], timezone.now()
    with transaction.atomic():
        row = _locked(sleutel, now)
        if row.tot and row.tot > now:
            return False
        if now - row.laatst > maat.vergeet:
            row.aantal = 0
        row.aantal, row.laatst = min(row.aantal + 1, 1000), now
        row.tot = _waits_until(row.aantal - maat.drempel, now)
        row.save(update_fields=["aantal", "laatst", "tot"])
    return True


def _locked(sleutel: str, now: datetime) -> Inlogpoging:
    """The row of this key, made when there is none. One that was there may be cleared
    while we wait for its lock: then there is none again.
    """
    row: Inlogpoging | None = None
    while row is None:
        fresh = Inlogpoging(sleutel=sleutel, laatst=now)
        Inlogpoging.objects.bulk_create([fresh], ignore_conflicts=True)
        row = Inlogpoging.objects.select_for_update().filter(pk=sleutel).first()
    return row


def _waits_until(over: int, now: datetime) -> datetime | None:
    if over < 0:
        return None
    factor: int = 2 ** min(over, 10)
    return now + min(EERST * factor, LANGST)


def give_back(soort: str, waarde: str) -> None:
    """That attempt was right: it does not count. Earlier wrong ones still do."""
    drempel = MATEN[soort].drempel
    with transaction.atomic():
        row = (
            Inlogpoging.objects.select_for_update()
            .filter(pk=key_of(soort, waarde))
            .first()
        )
        if row is not None and row.aantal:
            row.aantal -= 1
            row.tot = _waits_until(row.aantal - drempel, timezone.now())
            row.save(update_fields=["aantal", "tot"])


def clear(soort: str, waarde: str) -> None:
    """Forget all of it: she is who she says she is."""
    Inlogpoging.objects.filter(pk=key_of(soort, waarde)).delete()


def first_use(user_id: UUID, code: str) -> bool:
    """Whether this code of an app was not used yet; of two at once one gets True."""
    sleutel = key_of("code", f"{user_id}|{normalize_user_code(code)}")
    try:
        with transaction.atomic():
            Inlogpoging(sleutel=sleutel).save(force_insert=True)
    except IntegrityError:
        since = timezone.now() - CODE_GELDIG
        return bool(  # the same six figures, by chance, of long ago
            Inlogpoging.objects.filter(pk=sleutel, laatst__lt=since).update(
                laatst=timezone.now()
            )
        )
    return True


def use_once(soort: str, waarde: str) -> bool:
    """Use something up; of two at once one gets True. It has to be worthless by itself
    within a day: then this is forgotten.
    """
    try:
        with transaction.atomic():
            Inlogpoging(sleutel=key_of(f"{soort} op", waarde)).save(force_insert=True)
    except IntegrityError:
        return False
    return True


def is_used(soort: str, waarde: str) -> bool:
    """Whether ``use_once`` was True for it."""
    key = key_of(f"{soort} op", waarde)
    return bool(Inlogpoging.objects.filter(pk=key).exists())


def forget() -> int:
    """Remove what is too old to count; returns how many."""
    since = timezone.now() - timedelta(days=1)
    gone, _each = Inlogpoging.objects.filter(laatst__lt=since).delete()
    return gone
