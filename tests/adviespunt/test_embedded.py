"""The embedded servers start, stop with their last user, and get over any crash.

On instances of their own, beside the servers of the other tests; everything that is
killed here was started here.
"""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from adviespunt import embedded, processen
from adviespunt.embedded import EmbeddedError, Instance, running

# By the instance of this run, so that two runs in one checkout do not meet.
ONE = Instance(f"test-inbouw-{embedded.current().name}")
# So long that its sockets cannot live in its own folder.
OTHER = Instance(f"{ONE.name}-{'lang' * 20}")
USER = """
import sys
from adviespunt import embedded, processen
with embedded.running(embedded.Instance(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module", autouse=True)
def clean() -> Iterator[None]:
    """Both instances as on a machine where they never ran, and no trace afterwards."""
    for inst in (ONE, OTHER):
        _remove(inst)
    # What an interrupted first start leaves: a folder that is no cluster.
    OTHER.pgdata.mkdir(parents=True)
    (OTHER.pgdata / "half").write_text("x")
    yield
    left = [*servers(ONE), *servers(OTHER)]
    for process in left:
        process.kill()
    for inst in (ONE, OTHER):
        _remove(inst)
    assert left == []


def _remove(inst: Instance) -> None:
    shutil.rmtree(inst.home, ignore_errors=True)
    shutil.rmtree(inst.run, ignore_errors=True)


def servers(inst: Instance) -> list[psutil.Process]:
    """Every living process of this instance, children of PostgreSQL included."""
    found = []
    for process in psutil.process_iter(["name", "cmdline", "cwd", "status"]):
        info = process.info
        if info["status"] == psutil.STATUS_ZOMBIE:
            continue
        line = " ".join(info["cmdline"] or [])
        is_valkey = "valkey-server" in line and str(inst.valkey_socket) in line
        if is_valkey or (
            info["name"] == "postgres" and info["cwd"] == str(inst.pgdata)
        ):
            found.append(process)
    return found


def postmaster(inst: Instance) -> psutil.Process:
    pid = int((inst.pgdata / "postmaster.pid").read_text().split()[0])
    return psutil.Process(pid)


def works(inst: Instance) -> bool:
    """Both servers answer."""
    with inst.superuser() as connection:
        connection.execute("SELECT 1")
    broker = redis.Redis(unix_socket_path=str(inst.valkey_socket))
    try:
        return bool(broker.ping())
    finally:
        broker.close()


@contextmanager
def another_user(inst: Instance) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that uses the servers until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", USER, inst.name],
        cwd=embedded.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        with suppress(BrokenPipeError):
            process.communicate(timeout=60)


def is_ready(process: subprocess.Popen[str]) -> bool:
    assert process.stdout is not None
    return process.stdout.readline() == "ready\n"


def test_the_servers_live_as_long_as_the_block_and_keep_their_data() -> None:
    with running(ONE):
        assert works(ONE)
        with ONE.superuser() as connection:
            connection.execute("CREATE TABLE bewaard AS SELECT 42 AS n")
            listens = connection.execute("SHOW listen_addresses").fetchone()
        assert listens == ("",)  # a Unix socket, no network
        names = {process.name() for process in servers(ONE)}
        assert names == {"postgres", "valkey-server"}
    assert servers(ONE) == []
    assert not ONE.valkey_socket.exists()
    assert list(ONE.users.iterdir()) == []
    with running(ONE), ONE.superuser() as connection:
        assert connection.execute("SELECT n FROM bewaard").fetchone() == (42,)
    assert servers(ONE) == []


def test_others_on_the_machine_cannot_look_in() -> None:
    with running(ONE):
        for path, mode in ((ONE.run, 0o700), (ONE.home / "geheim.json", 0o600)):
            assert stat.S_IMODE(path.stat().st_mode) == mode, path
        socket = ONE.run / ".s.PGSQL.5432"
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700


def test_a_block_inside_a_block_does_not_stop_the_servers() -> None:
    with running(ONE):
        with running(ONE):
            assert works(ONE)
        assert works(ONE)
    assert servers(ONE) == []


def test_the_last_user_stops_them() -> None:
    with another_user(ONE) as other:
        assert is_ready(other)
        with running(ONE):
            assert works(ONE)
        assert works(ONE)
    assert other.returncode == 0
    assert servers(ONE) == []


def test_two_who_start_at_once_share_one_set() -> None:
    with another_user(ONE) as one, another_user(ONE) as other:
        assert is_ready(one)
        assert is_ready(other)
        # As it was when it was found: a child may end in between.
        lines = [" ".join(found.info["cmdline"] or []) for found in servers(ONE)]
        tops = [line for line in lines if str(ONE.pgdata) in line]
        assert len(tops) == 1
        assert works(ONE)
    assert servers(ONE) == []


def test_after_a_killed_user_the_next_one_takes_over_and_stops() -> None:
    with another_user(ONE) as crashed:
        assert is_ready(crashed)
        crashed.send_signal(signal.SIGKILL)
        crashed.wait()
    assert servers(ONE) != []  # nobody was left to stop them
    before = postmaster(ONE).pid
    with running(ONE):
        assert postmaster(ONE).pid == before
        assert works(ONE)
    assert servers(ONE) == []


def test_a_pid_that_came_back_is_not_taken_for_a_user() -> None:
    """After a restart of the machine small pids are soon those of other programs."""
    stranger = ONE.users / str(os.getppid())
    with running(ONE):
        stranger.write_text("1000000000.0")
    assert servers(ONE) == []
    assert not stranger.exists()


def test_killed_servers_come_back_with_what_was_committed() -> None:
    with running(ONE):
        with ONE.superuser() as connection:
            connection.execute("SET synchronous_commit = on")  # as in a demo
            connection.execute("CREATE TABLE voor_de_klap AS SELECT 7 AS n")
        for process in servers(ONE):
            if process.name() == "valkey-server" or process.pid == postmaster(ONE).pid:
                process.kill()
        _gone(ONE)
        assert (ONE.pgdata / "postmaster.pid").exists()
        with running(ONE), ONE.superuser() as connection:
            assert connection.execute("SELECT n FROM voor_de_klap").fetchone() == (7,)
            assert works(ONE)
    assert servers(ONE) == []


def _gone(inst: Instance) -> None:
    end = time.monotonic() + 10
    while servers(inst) and time.monotonic() < end:
        time.sleep(0.05)


def test_a_backend_that_outlives_its_postmaster_is_no_obstacle() -> None:
    """Busy computing, it does not notice, and holds the memory of the old server."""
    with running(ONE):
        busy = ONE.superuser()

        def compute() -> None:
            with suppress(psycopg.Error):
                busy.execute("SELECT count(*) FROM generate_series(1, 10_000_000_000)")

        thread = threading.Thread(target=compute, daemon=True)
        thread.start()
        time.sleep(0.5)
        pid = busy.info.backend_pid
        postmaster(ONE).kill()
        time.sleep(0.5)
        assert psutil.pid_exists(pid)
        with running(ONE):
            assert works(ONE)
            assert not psutil.pid_exists(pid)
        thread.join(10)
        busy.close()
    assert servers(ONE) == []


def test_two_instances_live_side_by_side_also_on_a_long_path() -> None:
    assert len(str(OTHER.home / "run")) > embedded.SOCKET_LIMIT
    assert OTHER.run.parent == Path("/tmp")
    with running(ONE), running(OTHER):
        assert works(ONE)
        assert works(OTHER)
        assert stat.S_IMODE(OTHER.run.stat().st_mode) == 0o700
        assert ONE.secrets() != OTHER.secrets()
        with pytest.raises(psycopg.OperationalError, match="authentication failed"):
            psycopg.connect(
                host=str(OTHER.run),
                user="adviespunt_app",
                password=ONE.secrets()["app"],
                dbname="adviespunt",
            )
        other = postmaster(OTHER).pid
    assert (servers(ONE), servers(OTHER)) == ([], [])

    # A pid file that names another PostgreSQL than its own.
    stale = ONE.pgdata / "postmaster.pid"
    with running(OTHER):
        other = postmaster(OTHER).pid
        stale.write_text(f"{other}\n{ONE.pgdata}\n")
        (ONE.run / "valkey.pid").write_text(str(os.getpid()))
        with running(ONE):
            assert works(ONE)
            assert postmaster(ONE).pid != other
        assert works(OTHER)
        assert postmaster(OTHER).pid == other
    assert (servers(ONE), servers(OTHER)) == ([], [])


def test_a_folder_for_sockets_that_somebody_else_put_there_is_refused(
    tmp_path: Path,
) -> None:
    shutil.rmtree(OTHER.run)
    OTHER.run.symlink_to(tmp_path)
    before = stat.S_IMODE(tmp_path.stat().st_mode)
    try:
        with pytest.raises(EmbeddedError, match="belongs to somebody else"):
            with running(OTHER):
                pass
    finally:
        OTHER.run.unlink()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == before
    assert list(tmp_path.iterdir()) == []


def test_secrets_are_made_once_however_many_ask() -> None:
    inst = Instance(f"{ONE.name}-geheim")
    found: list[str] = []
    ready = threading.Barrier(8)

    def ask() -> None:
        ready.wait()
        found.append(inst.secrets()["app"])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 8
        assert len(set(found)) == 1
    finally:
        shutil.rmtree(inst.home, ignore_errors=True)


def test_what_is_missing_is_said_with_what_to_do() -> None:
    for look in (processen.module, processen.wheel_folder):
        with pytest.raises(EmbeddedError, match="'make setup'"):
            look("een_pakket_dat_er_niet_is")


def test_the_servers_of_the_database_are_shut_from_the_first_start() -> None:
    """tenants/database.sql was run on the application's database."""
    with running(ONE):
        entry = ONE.database("app")
        with psycopg.connect(
            host=entry["HOST"],
            user=entry["USER"],
            password=entry["PASSWORD"],
            dbname=entry["NAME"],
        ) as connection:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("SELECT set_config('role', 'none', true)")


def test_without_servers_of_ones_own_the_embedded_ones_are_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert embedded.is_default()
    monkeypatch.setenv("DATABASE_URL", "postgres://x")
    assert not embedded.is_default()


@pytest.mark.parametrize(
    ("named", "under_test", "name"),
    [(None, True, "test"), (None, False, "demo"), ("eigen", True, "eigen")],
)
def test_tests_never_touch_the_data_of_a_demo(
    named: str | None, under_test: bool, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ADVIESPUNT_INSTANCE", raising=False)
    if named:
        monkeypatch.setenv("ADVIESPUNT_INSTANCE", named)
    if not under_test:
        monkeypatch.delenv("PYTEST_VERSION")
    assert embedded.current() == Instance(name)
