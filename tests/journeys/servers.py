"""The product as it runs: gunicorn and a Celery worker on a database of their own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from adviespunt import embedded

HOST = "127.0.0.1"
PATIENCE = 90  # seconds for the first page
Processes = list[subprocess.Popen[bytes]]


@dataclass(frozen=True, slots=True)
class Site:
    """Where the product runs, on which database, and where it keeps its files."""

    address: str
    database: str
    folder: Path

    def command(self, *args: str) -> str:
        """Run a management command as the application role; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "django", *args],
            cwd=embedded.ROOT,
            env=environment(self.database, self.folder),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def complaints(self) -> list[str]:
        """Lines in the logs of the servers that say that something broke."""
        words = ("Traceback", "ERROR", "CRITICAL", "Internal Server Error")
        return [
            line
            for log in sorted(self.folder.glob("*.log"))
            for line in log.read_text(errors="replace").splitlines()
            if any(word in line for word in words)
        ]


def environment(database: str, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "adviespunt.settings",
        "ADVIESPUNT_INSTANCE": embedded.current().name,
        "ADVIESPUNT_DATABASE": database,
        "RAPPORT_ROOT": str(folder / "rapporten"),
        "OPENBAAR_ROOT": str(folder / "openbaar"),
    }


@contextmanager
def serving(database: str, folder: Path) -> Iterator[Site]:
    """A web server and a worker for as long as the block lasts, and not longer."""
    _end_earlier()
    site = Site(f"http://{HOST}:{_free_port()}", database, folder)
    processes: Processes = []
    try:
        processes.append(_start(site, "web", _gunicorn(site)))
        processes.append(_start(site, "worker", _worker()))
        _pidfile().write_text(json.dumps([process.pid for process in processes]))
        _wait(site, processes)
        yield site
    finally:
        _stop(processes)
        _pidfile().unlink(missing_ok=True)


def _gunicorn(site: Site) -> list[str]:
    bind = site.address.removeprefix("http://")
    return [
        *("gunicorn", "adviespunt.wsgi", "--bind", bind, "--log-level", "warning"),
        *("--workers", "1", "--threads", "4", "--worker-tmp-dir", str(site.folder)),
    ]


def _worker() -> list[str]:
    return [
        *("celery", "-A", "adviespunt", "worker", "--concurrency", "1"),
        *("--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
        "--without-heartbeat",
    ]


def _start(site: Site, name: str, command: Sequence[str]) -> subprocess.Popen[bytes]:
    with (site.folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=embedded.ROOT,
            env=environment(site.database, site.folder),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _wait(site: Site, processes: Processes) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for process in processes:
            assert process.poll() is None, f"{process.args!r}: {site.complaints()}"
        with suppress(OSError):
            urllib.request.urlopen(f"{site.address}/gezond", timeout=5).close()
            return
        time.sleep(0.1)
    raise AssertionError("the web server did not answer")


def _stop(processes: Processes) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(15)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _pidfile() -> Path:
    return embedded.current().home / "reis.json"


def _end_earlier() -> None:
    """End what a run that was killed left behind."""
    with suppress(FileNotFoundError):
        for pid in json.loads(_pidfile().read_text()):
            embedded.end_process(pid, "adviespunt")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
