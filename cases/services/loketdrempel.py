"""Limits at the doors of visitors, without knowing who is there.

Invariant: nothing is kept of a visitor; what is counted is how often something was done
at all doors together, and at one door. Whoever comes when it is too busy is asked to
wait or to call; so nobody tries codes by the thousand, at the price that he who tries
keeps others waiting for a while (docs/threat-model.md).

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


# Return codes that are of nobody, at all doors together: 8,640 a day at the very most.
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


def room_for(sleutel: str, maat: Maat) -> Loketteller:
    """The counter, locked until the transaction ends. Raises TeDruk when it is full."""
    now = timezone.now()
    fresh = Loketteller(sleutel=sleutel, begin=now)
    Loketteller.objects.bulk_create([fresh], ignore_conflicts=True)
    teller = Loketteller.objects.select_for_update().get(pk=sleutel)
    if now - teller.begin >= maat.venster:
        teller.begin, teller.aantal = now, 0
    if teller.aantal >= maat.hoogstens:
        rest = teller.begin + maat.venster - now
        raise TeDruk(max(1, math.ceil(rest.total_seconds() / 60)))
    return teller


def add(teller: Loketteller, een: bool = True) -> None:
    """One more; or not, at the same cost."""
    teller.aantal += een
    teller.save(update_fields=["begin", "aantal"])
