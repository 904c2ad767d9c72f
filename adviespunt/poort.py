"""How often one address may ask for public pages: counted before anything else.

Counted in the memory of this process, by a keyed hash that is another one every minute.
An address is written nowhere, and after its minute nothing of it is left. What is too
often gets 429 with Retry-After, and costs no page, no session and no database.

Guarded by tests/adviespunt/test_poort.py.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

from signalering.apiversie import VERSIE

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

OPENBAAR: Final = ("/openbaar/", "/api/")
VENSTER: Final = 60.0  # seconds
MEESTE_ADRESSEN: Final = 50_000  # more in one minute: all start afresh
TEKST: Final = "Te veel vragen vanaf dit adres. Probeer het zo weer."


class Poort:
    """WSGI in front of the application; ``proxies``: how many stand before it."""

    def __init__(
        self,
        application: Application,
        *,
        per_minuut: int,
        proxies: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.application = application
        self.per_minuut, self.proxies, self.clock = per_minuut, proxies, clock
        self.slot = threading.Lock()
        self.begon, self.zout = clock(), secrets.token_bytes(32)
        self.geteld: dict[bytes, int] = {}

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(OPENBAAR):
            wait = self.wait(address_of(environ, self.proxies))
            if wait:
                return _refuse(environ, start_response, wait)
        return self.application(environ, start_response)

    def wait(self, address: str) -> int:
        """Count one question; seconds until there is room again, 0 when there is."""
        now = self.clock()
        with self.slot:
            full = len(self.geteld) > MEESTE_ADRESSEN
            if now - self.begon >= VENSTER or full:
                self.begon, self.zout, self.geteld = now, secrets.token_bytes(32), {}
            mark = hashlib.blake2b(address.encode(), key=self.zout, digest_size=16)
            number = self.geteld.get(mark.digest(), 0) + 1
            self.geteld[mark.digest()] = number
        if number <= self.per_minuut:
            return 0
        return max(1, int(self.begon + VENSTER - now + 0.999))


def address_of(environ: Environ, proxies: int) -> str:
    """Who asks, as far as the last trusted proxy says; of IPv6 the network (/64)."""
    given = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
    found = environ.get("REMOTE_ADDR", "")
    if proxies and len(given) >= proxies and given[-proxies].strip():
        found = given[-proxies].strip()
    try:
        parsed = ipaddress.ip_address(found)
    except ValueError:
        return str(found)[:64]
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _refuse(environ: Environ, start_response: Start, wait: int) -> Iterable[bytes]:
    headers = [("Retry-After", str(wait)), ("Cache-Control", "no-store")]
    if environ["PATH_INFO"].startswith("/api/"):
        problem = {"type": "about:blank", "title": "Te vaak", "status": 429}
        body = json.dumps({**problem, "detail": TEKST}, ensure_ascii=False)
        headers += [
            ("Content-Type", "application/problem+json"),
            ("Access-Control-Allow-Origin", "*"),
            ("API-Version", VERSIE),
        ]
    else:
        body = TEKST
        headers.append(("Content-Type", "text/plain; charset=utf-8"))
        headers.append(("Content-Security-Policy", "default-src 'none'"))
        headers.append(("X-Content-Type-Options", "nosniff"))
    data = body.encode()
    start_response(
        "429 Too Many Requests", [*headers, ("Content-Length", str(len(data)))]
    )
    return [data]
