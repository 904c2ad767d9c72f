"""What was made before and is still right: ETag, 304, and a store in memory.

All that is public changes at two moments: something is published, or withdrawn. One
small question to the database tells whether that happened (the stand). In a process of
its own for the public pages even that is asked once in a few seconds, and what was made
is kept: then a page touches no database at all, and stays when the database is away.

Guarded by tests/signalering/test_portaal.py.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, wraps
from typing import Final

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language

from signalering import selectors

View = Callable[..., HttpResponse]
# A page is asked again each time: what is withdrawn is gone at once. That costs a 304.
PAGINA: Final = "public, no-cache"
# Who works with data does not mind a minute.
DATA: Final = "public, max-age=60"
KOPPEN: Final = ("Content-Type", "Content-Disposition", "Link")


@dataclass(frozen=True, slots=True)
class Stand:
    """mark: something else after every change; sinds: when that was."""

    merk: str
    sinds: datetime | None


@dataclass(slots=True)
class Voorraad:
    """Answers by key, the least recently asked for thrown away first."""

    bytes_in: int = 0
    inhoud: OrderedDict[str, tuple[bytes, dict[str, str]]] = field(
        default_factory=OrderedDict
    )
    slot: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: str) -> HttpResponse | None:
        with self.slot:
            found = self.inhoud.get(key)
            if found is None:
                return None
            self.inhoud.move_to_end(key)
        body, headers = found
        return HttpResponse(body, headers=headers)

    def put(self, key: str, response: HttpResponse) -> None:
        body = response.content
        room = settings.OPENBAAR_VOORRAAD_MB << 20
        if len(body) > room:
            return
        headers = {k: response[k] for k in KOPPEN if k in response}
        with self.slot:
            if key not in self.inhoud:
                self.inhoud[key] = (body, headers)
                self.bytes_in += len(body)
            while self.bytes_in > room:
                _key, (gone, _headers) = self.inhoud.popitem(last=False)
                self.bytes_in -= len(gone)


@dataclass(slots=True)
class _Laatst:
    stand: Stand | None = None
    gevraagd: float = 0.0


voorraad = Voorraad()
_laatst = _Laatst()


def stand() -> Stand:
    """How things are, at most OPENBAAR_STAND_SECONDEN ago."""
    young = time.monotonic() - _laatst.gevraagd < settings.OPENBAAR_STAND_SECONDEN
    if _laatst.stand is not None and young:
        return _laatst.stand
    try:
        merk, sinds = selectors.stand_of_publicaties()
    except OperationalError:
        if _laatst.stand is None or not settings.OPENBAAR_STAND_SECONDEN:
            raise
        return _laatst.stand
    _laatst.stand, _laatst.gevraagd = Stand(merk, sinds), time.monotonic()
    return _laatst.stand


@cache
def bouw() -> str:
    """Another one after an upgrade: what pages are made of."""
    found = hashlib.sha256()
    for pattern in ("templates/**/*.html", "signalering/**/*.py", "locale/*/*/*.mo"):
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            found.update(path.read_bytes())
    return found.hexdigest()


def fresh(cache_control: str) -> Callable[[View], View]:
    """Answer 304 to who has it already, and keep what was made, as the module says."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(
            request: HttpRequest, *args: object, **kwargs: object
        ) -> HttpResponse:
            now = stand()
            key = _key(request, now)
            etag = quote_etag(key)
            response = None
            if request.headers.get("If-None-Match") != etag:
                response = voorraad.get(key)
                if response is None:
                    response = view(request, *args, **kwargs)
                    if response.status_code != 200 or response.streaming:
                        return response
                    voorraad.put(key, response)
            return _conditional(request, response, etag, now, cache_control)

        return inner

    return decorate


def _key(request: HttpRequest, now: Stand) -> str:
    language = get_language() or ""
    # What decides the content, and nothing else of the request.
    parts = (bouw(), now.merk, language, request.get_full_path())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


def _conditional(
    request: HttpRequest,
    response: HttpResponse | None,
    etag: str,
    now: Stand,
    cache_control: str,
) -> HttpResponse:
    seconds = int((now.sinds or datetime(2020, 1, 1, tzinfo=UTC)).timestamp())
    if response is not None:
        response["Last-Modified"] = http_date(seconds)
        response["ETag"] = etag
    found = get_conditional_response(request, etag, seconds, response)
    answer: HttpResponse = found if found is not None else HttpResponse(status=304)
    answer["Cache-Control"] = cache_control
    answer["ETag"] = etag
    if cache_control == PAGINA:  # the cookie says in which language
        patch_vary_headers(answer, ["Cookie"])
    return answer
