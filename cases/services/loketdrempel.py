"""Limits at the doors of visitors, without knowing who is there.

Invariant: nothing is kept of a visitor; what is counted is how often something was done
at all doors together, and at one door. Who sends when it is too busy is asked to wait or
to call. A code that is of nobody is counted, and past the limit told to wait; a code of
somebody opens whatever the counter says, so no guessing keeps its holder out
(docs/adr/0033-guessing-keeps-nobody-out.md). How often one address may try is counted
before this, in memory (``adviespunt.poort``).

Guarded by tests/cases/test_loket_drempel.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import ngettext

from cases.services.regels import KwestieError
from tenants.models import Loketteller


@dataclass(frozen=True, slots=True)
class Maat:
    """At most ``hoogstens`` in a window of ``venster``."""

    venster: timedelta
    hoogstens: int


# Return codes that are of nobody, at all doors together; past it nothing is told of one.
CODES = Maat(timedelta(minutes=10), 60)
ZENDINGEN = Maat(timedelta(hours=1), 400)
ZENDINGEN_HIER = Maat(timedelta(hours=1), 40)
BERICHTEN = Maat(timedelta(hours=24), 20)  # of one sender


class TeDruk(KwestieError):
    """Too often lately; ``minuten`` until it may be tried again."""

    def __init__(self, minuten: int) -> None:
        super().__init__(
            ngettext(
                "Het is nu erg druk. Probeer het over %(minuten)d minuut opnieuw.",
                "Het is nu erg druk. Probeer het over %(minuten)d minuten opnieuw.",
                minuten,
            )
            % {"minuten": minuten}
        )
        self.minuten = minuten


def tally(sleutel: str, maat: Maat, een: bool) -> int:
    """Count one more (or none, at the same cost); 0, or the minutes to wait from here.

    Never waits for another visitor: while the counter is in use it counts as full, so
    who tries many at once does not keep others standing.
    """
    now = timezone.now()
    rows = Loketteller.objects.filter(pk=sleutel)
    teller = rows.select_for_update(skip_locked=True).first()
    if teller is None:
        if rows.exists():
            return 1
        fresh = Loketteller(sleutel=sleutel, begin=now)
        Loketteller.objects.bulk_create([fresh], ignore_conflicts=True)
        teller = rows.select_for_update().get()
    if now - teller.begin >= maat.venster:
        teller.begin, teller.aantal = now, 0
    is_full = teller.aantal >= maat.hoogstens
    add(teller, een and not is_full)
    return _minutes(teller.begin + maat.venster - now) if is_full else 0


def _minutes(rest: timedelta) -> int:
    return max(1, math.ceil(rest.total_seconds() / 60))


def room_for(sleutel: str, maat: Maat) -> Loketteller:
    """The counter, locked until the transaction ends. Raises TeDruk when it is full."""
    now = timezone.now()
    fresh = Loketteller(sleutel=sleutel, begin=now)
    Loketteller.objects.bulk_create([fresh], ignore_conflicts=True)
    teller = Loketteller.objects.select_for_update().get(pk=sleutel)
    if now - teller.begin >= maat.venster:
        teller.begin, teller.aantal = now, 0
    if teller.aantal >= maat.hoogstens:
        raise TeDruk(_minutes(teller.begin + maat.venster - now))
    return teller


def add(teller: Loketteller, een: bool = True) -> None:
    """One more; or not, at the same cost."""
    teller.aantal += een
    teller.save(update_fields=["begin", "aantal"])
