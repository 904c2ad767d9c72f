"""How often one address may ask for public pages, or send something at the door of
visitors: counted before anything else.

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
LOKET: Final = "/loket/"
LOKET_PER_MINUUT: Final = 20  # forms and return codes that one address may send
VENSTER: Final = 60.0  # seconds
MEESTE_ADRESSEN: Final = 50_000  # more in one minute: all start afresh
TEKST: Final = "Te veel vragen vanaf dit adres. Probeer het zo weer."


class Poort:
    """WSGI in front of the application; ``proxies``: how many stand before it.

    per_minuut: public pages; loket_per_minuut: what is sent at the door of visitors.
    """

    def __init__(
        self,
        application: Application,
        *,
        per_minuut: int,
        proxies: int,
        loket_per_minuut: int = LOKET_PER_MINUUT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.application = application
        self.per_minuut, self.loket_per_minuut = per_minuut, loket_per_minuut
        self.proxies, self.clock = proxies, clock
        self.slot = threading.Lock()
        self.begon, self.zout = clock(), secrets.token_bytes(32)
        self.geteld: dict[bytes, int] = {}

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        wait = 0
        if path.startswith(OPENBAAR):
            wait = self.wait(address_of(environ, self.proxies), self.per_minuut)
        elif path.startswith(LOKET) and environ.get("REQUEST_METHOD") == "POST":
            who = LOKET + address_of(environ, self.proxies)
            wait = self.wait(who, self.loket_per_minuut)
        if wait:
            return _refuse(environ, start_response, wait)
        return self.application(environ, start_response)

    def wait(self, address: str, most: int) -> int:
        """Count one question; seconds until there is room again, 0 when there is."""
        now = self.clock()
        with self.slot:
            full = len(self.geteld) > MEESTE_ADRESSEN
            if now - self.begon >= VENSTER or full:
                self.begon, self.zout, self.geteld = now, secrets.token_bytes(32), {}
            mark = hashlib.blake2b(address.encode(), key=self.zout, digest_size=16)
            number = self.geteld.get(mark.digest(), 0) + 1
            self.geteld[mark.digest()] = number
        if number <= most:
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
    headers = [
        ("Retry-After", str(wait)),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
    ]
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
    data = body.encode()
    start_response(
        "429 Too Many Requests", [*headers, ("Content-Length", str(len(data)))]
    )
    return [data]
