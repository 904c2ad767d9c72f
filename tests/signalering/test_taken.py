"""A real worker, killed halfway: exactly one report, no half file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pypdf
import pytest

from adviespunt import embedded
from signalering import storage
from tests.conftest import copy_template, drop
from tests.signalering import maken

DATABASE = "adviespunt_taken"


@pytest.fixture(scope="module")
def place(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """A database of its own with kwesties, and the environment that points at it."""
    tmp_path = tmp_path_factory.mktemp("taken")
    copy_template(DATABASE)
    env = {
        **os.environ,
        "ADVIESPUNT_DATABASE": DATABASE,
        "ADVIESPUNT_INSTANCE": embedded.current().name,
        "RAPPORT_ROOT": str(tmp_path),
    }
    register = tmp_path / "register.csv"
    register.write_text(maken.register_csv("arnhem", 240), encoding="utf-8")
    command(env, "import_register", str(register))
    yield env
    drop(DATABASE)


def command(env: dict[str, str], *args: str) -> Any:
    done = subprocess.run(
        [sys.executable, "manage.py", *args],
        cwd=embedded.ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


@contextmanager
def worker(env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    args = [sys.executable, "-m", "celery", "--quiet", "--app", "adviespunt", "worker"]
    args += ["--concurrency", "1", "--without-gossip", "--without-mingle"]
    with log.open("ab") as out:
        process = subprocess.Popen(
            args,
            cwd=embedded.ROOT,
            env=env,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def ask(sql: str) -> Any:
    """One row of what there really is, as superuser."""
    with embedded.current().superuser(DATABASE) as connection:
        return connection.execute(sql).fetchone()


def lease_runs_out() -> None:
    """Two minutes later, as far as the jobs are concerned."""
    with embedded.current().superuser(DATABASE) as connection:
        connection.execute(
            "UPDATE tenants_job SET lease_tot = now() - interval '1 second'"
        )


def wait_for(sql: str, seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(psycopg.OperationalError):
            row = ask(sql)
            if row is not None and row[0]:
                return row
        time.sleep(0.05)
    raise AssertionError(f"never true: {sql}")


@pytest.mark.journey
def test_a_worker_killed_halfway_leaves_exactly_one_report(
    place: dict[str, str], tmp_path: Path
) -> None:
    made = command(place, "maak_rapportage", "--tenant", "arnhem", "--periode", "2025")
    assert (made["status"], made["pdf"]) == ("CONCEPT", None)
    this = f"WHERE rapportage_id = '{made['rapportage']}'"
    its_job = f"FROM tenants_job WHERE onderwerp_id = '{made['rapportage']}'"
    log = tmp_path / "worker.log"
    with worker(place, log) as first:
        wait_for(f"SELECT voortgang >= 50 {its_job}")
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    halfway = ask(f"SELECT status, poging {its_job}")
    assert halfway == ("BEZIG", 1), log.read_text()
    reports = "FROM signalering_rapportage WHERE periode = '2025'"
    frozen = ask(f"SELECT cijfers_sha256 {reports}")[0]
    assert len(frozen) == 64
    lease_runs_out()
    done = command(
        place, "maak_rapportage", "--tenant", "arnhem", "--periode", "2025", "--wait"
    )
    assert ask(f"SELECT count(*), min(poging), min(status) {its_job}") == (
        *(1, 2, "KLAAR"),
    )
    assert ask(f"SELECT count(*) {reports}") == (1,)
    assert ask(f"SELECT count(*) FROM signalering_bestand {this}") == (2,)
    assert done["cijfers_sha256"] == frozen
    for path in (done["pdf"], done["pdf_openbaar"]):
        assert len(pypdf.PdfReader(path).pages) >= 5


@pytest.mark.journey
def test_the_command_is_safe_to_repeat_and_works_without_a_worker(
    place: dict[str, str],
) -> None:
    args = ["maak_rapportage", "--tenant", "arnhem", "--periode", "2025-Q2", "--wait"]
    first, second = command(place, *args), command(place, *args)
    assert first == second
    assert set(first) >= {"rapportage", "status", "cijfers_sha256", "pdf"}
    assert Path(first["pdf"]).read_bytes().startswith(b"%PDF")


def test_files_without_a_row_go_when_no_living_job_can_own_them(
    settings: Any, tmp_path: Path
) -> None:
    settings.RAPPORT_ROOT = tmp_path
    rapport = maken.people.ident("rapport")
    kept, _sha = storage.write(rapport, "openbaar", b"%PDF kept")
    young, _sha = storage.write(rapport, "openbaar", b"%PDF young")
    old, _sha = storage.write(rapport, "openbaar", b"%PDF old")
    long_ago = time.time() - settings.JOB_LEASE_SECONDS - 5
    os.utime(tmp_path / old, (long_ago, long_ago))
    os.utime(tmp_path / kept, (long_ago, long_ago))
    storage.tidy(rapport, {kept})
    left = {p.name for p in (tmp_path / str(rapport)).iterdir()}
    assert left == {Path(kept).name, Path(young).name}


@pytest.mark.parametrize("naam", ["../elders.pdf", "/etc/passwd", "a/../../b"])
def test_no_name_leads_outside_the_storage(
    settings: Any, tmp_path: Path, naam: str
) -> None:
    settings.RAPPORT_ROOT = tmp_path
    with pytest.raises(ValueError, match="outside"):
        storage.path_of(naam)
