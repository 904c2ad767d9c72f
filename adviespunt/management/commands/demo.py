"""`make demo`: the whole product with fictional data on this machine.

Starts the embedded servers, the web server, a worker and the beat; stops them all
on Ctrl+C, and those that a killed earlier run left behind at the next start.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from adviespunt import embedded
from adviespunt.management.commands.demo_data import ALREADY_LOADED
from cases.demo import AANTAL
from cases.demo.deuren import ask_questions, demo_code, open_doors
from cases.demo.kaart import fill_chart
from tenants.demo import DOMAIN, sign_ins

HOST = "127.0.0.1"
PATIENCE = 60  # seconds for the first page
Processes = list[subprocess.Popen[bytes]]
# Reports and what else happened before; done while the first pages are looked at.
VERHAAL = ["django", "demo_verhaal", "--settings", "adviespunt.settings"]


class Command(BaseCommand):
    """Serve the product with fictional data; Ctrl+C stops everything."""

    help = "Start het product met fictieve gegevens op http://127.0.0.1:8000."
    requires_system_checks = ()  # there is no database yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        port = int(os.environ.get("PORT", "8000"))
        parser.add_argument("--port", type=int, default=port)
        parser.add_argument("--kwesties", type=int, default=AANTAL)

    def handle(self, *args: Any, **options: Any) -> None:
        if not embedded.is_default():
            raise CommandError(
                "De demo gebruikt eigen servers. Haal DATABASE_URL weg, of volg"
                " docs/operations.md voor een echte installatie."
            )
        self.inst = embedded.current()
        self.port = options["port"]
        self.children: list[int] = []
        for sign in (signal.SIGINT, signal.SIGTERM):  # also when started ignoring it
            signal.signal(sign, signal.default_int_handler)
        _clean_up_earlier(self.inst)
        _require_free(self.port)
        processes: Processes = []
        story: Processes = []  # ends by itself
        try:
            with embedded.running(self.inst):
                try:
                    self._prepare(options["kwesties"])
                    self._start(processes, [self._web()])
                    self._wait_for_page(processes)
                    self._start(processes, self._background())
                    self._tell()
                    if not self._told.exists():
                        self._start(story, [VERHAAL])
                    self._watch(processes, story)
                finally:
                    _stop([*story, *processes])
        except KeyboardInterrupt:
            self.stdout.write("\nGestopt.")
        except embedded.EmbeddedError as error:
            raise CommandError(str(error)) from error
        finally:
            _pidfile(self.inst).unlink(missing_ok=True)

    def _prepare(self, kwesties: int) -> None:
        embedded.ensure_migrated(self.inst)
        collect_static()
        # Of a demonstration from before the social chart there is no such stamp yet.
        stamp = self.inst.home / "demo-gegevens-3"
        if stamp.exists():
            # Of before public PDFs had a folder of their own.
            with suppress(CommandError):
                call_command("openbare_bestanden", stdout=StringIO())
            return
        self.stdout.write("Fictieve gegevens maken …")
        yesterday = timezone.localdate() - timedelta(days=1)
        command = ["demo_data", "--tenants", "25", "--kwesties", str(kwesties)]
        command += ["--tot", yesterday.isoformat()]
        done = subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *command],
            cwd=embedded.ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode not in (0, ALREADY_LOADED):
            raise CommandError(f"demo_data: {done.stderr.strip()}")
        leader, anna = f"teamleider@{DOMAIN}", f"ondersteuner@{DOMAIN}"
        open_doors(leader)
        ask_questions(leader, anna)
        fill_chart(anna)
        stamp.touch()

    def _web(self) -> list[str]:
        gunicorn = ["gunicorn", "adviespunt.wsgi", "--bind", f"{HOST}:{self.port}"]
        gunicorn += ["--workers", "2", "--threads", "4", "--log-level", "warning"]
        return [*gunicorn, "--worker-tmp-dir", str(self.inst.home), "--preload"]

    def _background(self) -> list[list[str]]:
        celery = ["celery", "--quiet", "--app", "adviespunt"]
        worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING"]
        worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        beat = [*celery, "beat", "--loglevel", "WARNING", "--pidfile="]
        return [worker, [*beat, "--schedule", str(self.inst.home / "beat")]]

    def _start(self, processes: Processes, commands: list[list[str]]) -> None:
        """Start each command and write down its number, for who cleans up later."""
        for command in commands:
            with (self.inst.home / f"{command[0]}.log").open("ab") as log:
                processes.append(
                    subprocess.Popen(  # noqa: S603
                        [sys.executable, "-m", *command],
                        cwd=embedded.ROOT,
                        env={**os.environ, "ADVIESPUNT_DEMO": "1"},
                        start_new_session=True,
                        stdout=log,
                        stderr=log,
                    )
                )
            self.children.append(processes[-1].pid)
            state = {"supervisor": os.getpid(), "kinderen": self.children}
            _pidfile(self.inst).write_text(json.dumps(state))

    def _wait_for_page(self, processes: Processes) -> None:
        started = time.monotonic()
        while time.monotonic() - started < PATIENCE:
            _require_alive(processes)
            with suppress(OSError):
                url = f"http://{HOST}:{self.port}/gezond"
                urllib.request.urlopen(url, timeout=5).close()
                return
            time.sleep(0.1)
        raise CommandError("De webserver kwam niet op gang.")

    def _tell(self) -> None:
        password = self.inst.secrets()["demo"]
        self.stdout.write(f"\nAdviespunt draait op http://localhost:{self.port}")
        self.stdout.write(f"Inloggen kan met wachtwoord {password} als:")
        for rol, email in sign_ins():
            self.stdout.write(f"  {rol:<36} {email}")
        self.stdout.write(
            "Daarna vraagt de pagina een code. Die geeft, elke 30 seconden:"
        )
        self.stdout.write(f"  {sys.executable} manage.py democode")
        if code := demo_code():
            self.stdout.write("Het antwoord op een vraag van een bezoeker staat op")
            self.stdout.write(f"  http://localhost:{self.port}/loket/terug/ met {code}")
        if not self._told.exists():
            self.stdout.write("De rapportages komen er in de eerste minuten bij.")
        self.stdout.write("FICTIEVE GEGEVENS. Ctrl+C stopt alles.")
        self.stdout.flush()

    @property
    def _told(self) -> Path:
        return self.inst.home / "demo-verhaal"

    def _watch(self, processes: Processes, story: Processes) -> None:
        while True:
            _require_alive(processes)
            if any(told.poll() == 0 for told in story):
                self._told.touch()
            time.sleep(0.5)


def collect_static() -> None:
    """Static files with their hashes, made again only when one changed."""
    sources = sorted(
        path
        for folder in settings.STATICFILES_DIRS
        for path in Path(folder).rglob("*")
        if path.is_file()
    )
    text = "".join(f"{p}{p.stat().st_size}{p.stat().st_mtime_ns}" for p in sources)
    mark = hashlib.sha256(text.encode()).hexdigest()
    stamp = Path(settings.STATIC_ROOT) / ".stempel"
    if stamp.exists() and stamp.read_text() == mark:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(mark)


def _pidfile(inst: embedded.Instance) -> Path:
    return inst.home / "demo.json"


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Poort {port} is in gebruik. Stop dat programma, of kies een andere"
                f" poort: PORT={port + 1} make demo"
            ) from error


def _require_alive(processes: Processes) -> None:
    for process in processes:
        if process.poll() is not None:
            raise CommandError(
                f"Een onderdeel stopte onverwacht: {process.args!r}. Wat er gebeurde,"
                f" staat in de logboeken in {embedded.current().home}."
            )


def _clean_up_earlier(inst: embedded.Instance) -> None:
    """Refuse a second demo on the same data; end what a killed one left behind."""
    path = _pidfile(inst)
    if not path.exists():
        return
    state = json.loads(path.read_text())
    if "demo" in embedded.command_of(state["supervisor"]):
        raise CommandError("De demo draait al. Stop die eerst met Ctrl+C.")
    for pid in state["kinderen"]:
        embedded.end_process(pid, "adviespunt")
    path.unlink(missing_ok=True)


def _stop(processes: Processes) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
    _wait(processes, 15, lambda p: os.killpg(p.pid, signal.SIGKILL))


def _wait(
    processes: Processes,
    seconds: float,
    otherwise: Callable[[subprocess.Popen[bytes]], None],
) -> None:
    end = time.monotonic() + seconds
    for process in processes:
        try:
            process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                otherwise(process)
            process.wait()
