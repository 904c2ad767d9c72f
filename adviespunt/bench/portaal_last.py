"""Child process: so many questions a second from one address, whatever the answers are.

A question is due at its moment, and is not put off when answers are slow: it then waits
for a free connection, and ``achter_s`` tells how long the last ones did.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from itertools import count
from typing import Any

from adviespunt.bench.children import answer

VERBINDINGEN = 32
UITSTEL = 30.0  # seconds that a question may be late; then the load ends
ADRESSEN = (
    *("/openbaar/", "/openbaar/?zoek=bench", "/api/v1/publicaties"),
    *("/openbaar/feed.atom", "/api/v1/openapi.json", "/openbaar/catalogus.ttl"),
)


class Last:
    """One load: its clock, and what came back."""

    def __init__(self, poort: int, seconden: float, per_seconde: int) -> None:
        self.poort, self.seconden, self.per_seconde = poort, seconden, per_seconde
        self.nummers = count()
        self.aantal = int(seconden * per_seconde)
        self.antwoorden: Counter[str] = Counter()
        self.etags: dict[str, str] = {}
        self.begon = time.monotonic()
        self.achter = 0.0

    async def loop(self) -> None:
        """One connection after the other, until all questions have been asked."""
        streams = None
        while (number := next(self.nummers)) < self.aantal:
            due = self.begon + number / self.per_seconde
            late = time.monotonic() - due
            if late < 0:
                await asyncio.sleep(-late)
            self.achter = max(self.achter, late)
            if late > UITSTEL:
                return
            try:
                if streams is None:
                    streams = await asyncio.open_connection("127.0.0.1", self.poort)
                status, closes = await self._ask(number, *streams)
            except (OSError, asyncio.IncompleteReadError, ValueError):
                status, closes = "geen", True
            self.antwoorden[status] += 1
            if closes and streams is not None:
                streams[1].close()
                streams = None

    async def _ask(
        self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[str, bool]:
        """Status, and whether the server hangs up."""
        path = ADRESSEN[number % len(ADRESSEN)]
        etag = self.etags.get(path, "") if number % 2 else ""
        known = f"If-None-Match: {etag}\r\n" if etag else ""
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{known}\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        lines = head.split("\r\n")
        status = lines[0].split()[1]
        fields = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        await reader.readexactly(int(fields.get("content-length", "0")))
        if "etag" in fields:
            self.etags[path] = fields["etag"]
        return status, fields.get("connection") == "close"


async def _offer(last: Last) -> float:
    last.begon = time.monotonic()
    await asyncio.gather(*(last.loop() for _ in range(VERBINDINGEN)))
    return time.monotonic() - last.begon


def bied(poort: int, seconden: float, per_seconde: int) -> dict[str, Any]:
    """Offer the load; what came back, and how it was offered."""
    last = Last(poort, seconden, per_seconde)
    lasted = asyncio.run(_offer(last))
    return {
        "antwoorden": dict(last.antwoorden),
        "gevraagd": sum(last.antwoorden.values()),
        "duurde_s": round(lasted, 2),
        "per_s": round(sum(last.antwoorden.values()) / lasted, 1),
        "achter_s": round(last.achter, 3),
    }


def main() -> None:
    answer({"bied": bied})
