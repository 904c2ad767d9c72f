"""A form that was sent just before a proof was asked: kept, and sent once after it.

Invariant: what was typed waits sealed in the session it was typed in, for that person,
that address and ten minutes; it is not in a page, an address or a log. It is sent once,
by a button of that same session; the proof is asked before, as for anything else.
Files are not kept: a form with a file is filled in again.

Guarded by tests/tenants/test_bewaard.py.
"""

from __future__ import annotations

import secrets
import time
from base64 import b64decode, b64encode
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, QueryDict
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from privacy import hoofdsleutel
from privacy.zegel import open_bytes, seal_bytes

SLEUTEL = "bewaard_formulier"  # in the session
VELD = "bewaard"  # the only field of the form that sends it
DUUR = 600  # seconds
GROOTST = 200_000  # bytes


@dataclass(frozen=True, slots=True)
class Bewaard:
    """What waits: its mark, the address it was sent to, the page it came from."""

    merk: str
    naar: str
    van: str


def keep(request: HttpRequest, van: str) -> bool:
    """Keep what was just posted; the page it came from is ``van``. False: it is not."""
    plain = request.POST.urlencode().encode()
    if request.FILES or VELD in request.POST or len(plain) > GROOTST:
        request.session.pop(SLEUTEL, None)
        return False
    merk, naar = secrets.token_urlsafe(24), request.get_full_path()
    naam, key = hoofdsleutel.in_use()
    blob = seal_bytes(key, plain, SLEUTEL, str(request.user.pk), naar, merk)
    request.session[SLEUTEL] = {
        "merk": merk,
        "naar": naar,
        "van": van if url_has_allowed_host_and_scheme(van, None) else "/",
        "op": int(time.time()),
        "sleutel": naam,
        "blob": b64encode(blob).decode(),
    }
    return True


def waiting(request: HttpRequest) -> Bewaard | None:
    """What waits in this session, when it is not too old."""
    held = request.session.get(SLEUTEL)
    if held is None:
        return None
    if time.time() - held["op"] > DUUR:
        del request.session[SLEUTEL]
        return None
    return Bewaard(held["merk"], held["naar"], held["van"])


def take(request: HttpRequest) -> QueryDict | None:
    """What was typed, for the request that sends it now; it is gone afterwards.

    None when this is not the session, the person, the address or the moment, or when
    it was sent before.
    """
    found = waiting(request)
    merk = request.POST.get(VELD, "")
    if found is None or found.naar != request.get_full_path():
        return None
    if not constant_time_compare(found.merk, merk):
        return None
    held = request.session.pop(SLEUTEL)
    try:
        key = hoofdsleutel.by_name(held["sleutel"])
    except hoofdsleutel.OnbekendeHoofdsleutel:
        return None
    where = (SLEUTEL, str(request.user.pk), found.naar, merk)
    plain = open_bytes(key, b64decode(held["blob"]), *where)
    if plain is None or not cache.add(f"{SLEUTEL}:{merk}", 1, DUUR):
        return None  # not hers; or two of them at once, and one wins
    return QueryDict(plain, encoding="utf-8")
