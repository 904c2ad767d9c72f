"""Is this one registered already? A hint while registering, among one's own.

Invariant: only kwesties of her own are looked at, so the hint tells nothing about the
work of colleagues. Guarded by tests/cases/test_dubbel.py.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from django.db.models import QuerySet

from cases.models import Kwestie
from cases.selectors.zicht import writable_for
from tenants.access import Plek, Wie

MOST_HINTS = 5
MOST_LOOKED_AT = 500  # her last kwesties on name; names are compared here, not in SQL


def plain_name(naam: str) -> str:
    """Without case, accents, signs and double spaces: 'Á. de  Boer' → 'a de boer'."""
    parts = unicodedata.normalize("NFKD", naam.casefold())
    letters = "".join(char for char in parts if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", letters))


def plain_phone(nummer: str) -> str:
    """Digits only, in the Dutch way: '+31 (0)6-123' → '06123'."""
    digits = re.sub(r"\D", "", nummer.replace("(0)", ""))
    foreign = re.match(r"(?:0031|31(?=\d{9}$))0?", digits)
    return f"0{digits[foreign.end() :]}" if foreign else digits


def same_person(wie: Wie, plek: Plek, naam: str, telefoon: str) -> list[Kwestie]:
    """Her kwesties here of a client with this name or this phone number."""
    name, phone = plain_name(naam), plain_phone(telefoon)
    if not name and len(phone) < 6:
        return []
    rows = (
        _hers(wie, plek)
        .filter(client__isnull=False)
        .select_related("client")
        .order_by("-datum", "id")
    )
    found = []
    for kwestie in rows[:MOST_LOOKED_AT]:
        client = kwestie.client
        if client is None:
            continue
        is_same_phone = len(phone) >= 6 and plain_phone(client.telefoon) == phone
        if is_same_phone or (name and plain_name(client.naam) == name):
            found.append(kwestie)
    return found[:MOST_HINTS]


def same_call(
    wie: Wie, plek: Plek, datum: date, kanaal: str, aard: str
) -> list[Kwestie]:
    """Her anonymous kwesties here of that day, along that way, of that aard."""
    rows = _hers(wie, plek).filter(
        identiteitsstatus="ANONIEM", datum=datum, kanaal=kanaal, aard=aard
    )
    return list(rows.order_by("-aangemaakt_op", "id")[:MOST_HINTS])


def _hers(wie: Wie, plek: Plek) -> QuerySet[Kwestie]:
    return writable_for(wie, plek).filter(ondersteuner_id=wie.user_id)
