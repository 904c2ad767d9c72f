"""``portaal``: a thousand questions a second on the public pages, and casework beside it.

Two web servers on loopback, as docker-compose.yml has them: one for casework and one for
the public pages (``ADVIESPUNT_DEEL=openbaar``), which gives way to the first (cpu_shares
there, ``nice`` here). A process of its own offers the load from one address, at a steady
rate whatever the answers are; meanwhile somebody who is signed in asks for the worklist,
page after page. Her 95th percentile under load over that before and after it is the
figure; and how many answers were something else than 200, 304 or 429 (none may be).
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from statistics import quantiles
from threading import Thread
from typing import Any

from adviespunt import embedded
from adviespunt.bench.children import Child
from adviespunt.bench.databases import Database, environment
from adviespunt.bench.page import PAGE
from adviespunt.bench.people import ONDERSTEUNER

HOST = "127.0.0.1"
PATIENCE = 180.0  # seconds for the first answer
WIJKT = 6  # nice of the public pages: about a quarter of the processor under load
RUST = 0.02  # seconds between two pages of the colleague
GOED = ("200", "304", "429")


def portaal(
    database: Database, *, seconden: float, per_seconde: int, workers: int
) -> dict[str, Any]:
    """{"portaal": ratio, "portaal_anders": number, "portaal_details": figures}."""
    with Child("portaal_vullen", database, "owner") as child:
        publicaties = child.ask("vul")
    with Child("portaal_vullen", database) as child:
        cookie = child.ask("aangemeld", naam=ONDERSTEUNER)
    with (
        _server(database, "", workers) as web,
        _server(database, "openbaar", 1) as open_,
    ):
        ask = partial(_page, web, cookie)
        for _turn in range(5):
            ask()
        calm = _for(seconden / 3, ask)
        load: dict[str, Any] = {}
        with Child("portaal_last", database) as child:
            offer = {"poort": open_, "seconden": seconden, "per_seconde": per_seconde}
            thread = Thread(target=lambda: load.update(child.ask("bied", **offer)))
            thread.start()
            busy = _while(thread, ask)
            thread.join()
        calm += _for(seconden / 3, ask)
    before, during = _p95(calm), _p95(busy)
    other = {k: n for k, n in load["antwoorden"].items() if k not in GOED}
    return {
        "portaal": round(during / before, 3),
        "portaal_anders": sum(other.values()),
        "portaal_details": {
            **load,
            "publicaties": publicaties,
            "paginas": len(busy),
            "p95_ms_rustig": round(before * 1000, 2),
            "p95_ms_druk": round(during * 1000, 2),
        },
    }


def _p95(found: list[float]) -> float:
    return quantiles(found, n=20)[-1] if len(found) > 1 else found[0]


def _page(port: int, cookie: str) -> float:
    """Seconds of one page of casework."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    began = time.perf_counter()
    connection.request("GET", PAGE, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    seconds = time.perf_counter() - began
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"status {answer.status} on {PAGE}")
    return seconds


def _for(seconds: float, ask: Callable[[], float]) -> list[float]:
    end, found = time.monotonic() + seconds, [ask()]
    while time.monotonic() < end:
        time.sleep(RUST)
        found.append(ask())
    return found


def _while(thread: Thread, ask: Callable[[], float]) -> list[float]:
    found = [ask()]
    while thread.is_alive():
        time.sleep(RUST)
        found.append(ask())
    return found


@contextmanager
def _server(database: Database, deel: str, workers: int) -> Iterator[int]:
    """A web server of the product for as long as the block lasts: its port."""
    port = _free_port()
    log = database.inst.home / f"bench-{deel or 'web'}.log"
    command = ["gunicorn", "adviespunt.wsgi", "--bind", f"{HOST}:{port}"]
    command += ["--workers", str(workers), "--threads", "4", "--log-level", "warning"]
    env = environment(database.inst, database.naam, "app") | {"ADVIESPUNT_DEEL": deel}
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", *command],
            cwd=embedded.ROOT,
            env=env,
            stdout=out,
            stderr=out,
            preexec_fn=partial(os.nice, WIJKT) if deel else None,
        )
    try:
        _wait(process, port)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.unlink(missing_ok=True)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection((HOST, port), 1).close()
            connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
            connection.request("GET", "/gezond")
            connection.getresponse().read()
            connection.close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the web server did not start")


def _free_port() -> int:
    with socket.socket() as made:
        made.bind((HOST, 0))
        return int(made.getsockname()[1])
