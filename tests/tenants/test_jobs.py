"""Background work is done exactly once, whatever happens to message or worker.

First in this process, on real transactions; then with a real Celery worker on the
embedded Valkey, that is killed, fed rubbish and started again.
"""

from __future__ import annotations

import base64
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
import redis
from django.db import connection, transaction
from django.utils import timezone

from adviespunt import embedded
from adviespunt.celery import app
from tenants.jobs import (
    LEASE,
    MOST_TRIES,
    Claim,
    JobRefused,
    LostLease,
    claim,
    enqueue,
    run_job,
    sweep,
)
from tenants.models import Job
from tenants.scope import Scope, acting_as, current
from tests import people
from tests.conftest import copy_template, drop
from tests.isolation.conftest import connected_to
from tests.tenants import taken

DATABASE = "adviespunt_taken"
ARNHEM, WULPENHORST = 1, 2
CHANTAL = Scope("staff", people.ident("chantal"), (ARNHEM,), ARNHEM, (ARNHEM,))
QUEUE = "celery"
PATIENCE = 30.0


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock():
        copy_template(DATABASE)
        yield DATABASE
        drop(DATABASE)


@dataclass
class Queue:
    """The queue of record and the carrier of messages, seen from outside."""

    db: psycopg.Connection[Any]
    broker: redis.Redis

    def order(self, taak: str = "proef.klaar", age: int = 0) -> Job:
        """A job of Chantal's, ``age`` seconds old, without a message."""
        with acting_as(CHANTAL):
            return Job.objects.create(
                tenant_id=ARNHEM,
                taak=taak,
                onderwerp_id=uuid4(),
                actor_id=CHANTAL.user_id,
                aangemaakt_op=timezone.now() - timedelta(seconds=age),
            )

    def send(self, taak: str, *args: object) -> None:
        app.send_task(taak, list(args))

    def messages(self) -> list[Any]:
        """The arguments of the messages that wait, oldest first."""
        found = []
        for raw in reversed(self.broker.lrange(QUEUE, 0, -1)):
            body = json.loads(raw)["body"]
            found.append(json.loads(base64.b64decode(body))[0])
        return found

    def state(self, job_id: UUID) -> tuple[str, int]:
        row = self.db.execute(
            "SELECT status, poging FROM tenants_job WHERE id = %s", [job_id]
        ).fetchone()
        assert row is not None
        return row[0], row[1]

    def fout(self, job_id: UUID) -> str:
        row = self.db.execute(
            "SELECT fout FROM tenants_job WHERE id = %s", [job_id]
        ).fetchone()
        assert row is not None
        return str(row[0])

    def lease_runs_out(self, job_id: UUID) -> None:
        """Two minutes later, as far as this job is concerned."""
        self.db.execute(
            "UPDATE tenants_job SET lease_tot = now() - interval '1 second'"
            " WHERE id = %s",
            [job_id],
        )

    def outcomes(self, job_id: UUID) -> list[dict[str, int]]:
        rows = self.db.execute(
            "SELECT extra FROM privacy_auditevent WHERE onderwerp_ids @> ARRAY[%s]",
            [job_id],
        ).fetchall()
        return [row[0] for row in rows]


@pytest.fixture
def queue(database: str, django_db_blocker: Any) -> Iterator[Queue]:
    inst = embedded.current()
    broker = redis.Redis(unix_socket_path=str(inst.valkey_socket))
    broker.delete(QUEUE, "unacked", "unacked_index")
    with django_db_blocker.unblock(), connected_to(database):
        with inst.superuser(database) as db:
            yield Queue(db, broker)
            db.execute("UPDATE tenants_job SET status = 'KLAAR'")
    broker.delete(QUEUE, "unacked", "unacked_index")
    broker.close()


# ------------------------------------------------------------------ the message


def test_a_message_is_a_job_id_and_nothing_else(queue: Queue) -> None:
    with acting_as(CHANTAL):
        row = Job.objects.create(
            tenant_id=ARNHEM,
            taak="proef.klaar",
            onderwerp_id=uuid4(),
            actor_id=CHANTAL.user_id,
        )
        enqueue(row)
        assert queue.messages() == []  # not before the commit
    assert queue.messages() == [[str(row.pk)]]
    envelope = json.loads(queue.broker.lrange(QUEUE, 0, -1)[0])
    assert envelope["content-type"] == "application/json"
    text = json.dumps(envelope)
    for secret in (str(CHANTAL.user_id), str(row.onderwerp_id), "arnhem"):
        assert secret not in text


def test_an_act_that_is_undone_sends_nothing(queue: Queue) -> None:
    with pytest.raises(RuntimeError), acting_as(CHANTAL):
        enqueue(
            Job.objects.create(
                tenant_id=ARNHEM,
                taak="proef.klaar",
                onderwerp_id=uuid4(),
                actor_id=CHANTAL.user_id,
            )
        )
        raise RuntimeError
    assert queue.messages() == []


def test_a_broker_that_is_away_is_no_error_and_the_sweeper_sends_it_later(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = queue.order(age=20)
    with monkeypatch.context() as away:
        away.setattr("tenants.jobs.current_app", _app_without_broker())
        with acting_as(CHANTAL):
            enqueue(row)
    assert queue.messages() == []
    assert queue.state(row.pk) == ("WACHT", 0)
    assert sweep() == 1
    assert queue.messages() == [[str(row.pk)]]


def _app_without_broker() -> Any:
    """The same application, with an address where nobody listens."""
    address = "redis+socket:///nergens/valkey.sock"
    other = type(app)("elders", broker=address, set_as_current=False)
    other.conf.broker_transport_options = {"max_retries": 0}
    return other


# ----------------------------------------------------------------- the sweeper


@pytest.mark.parametrize(
    ("status", "age", "lease", "is_swept"),
    [
        ("WACHT", 20, None, True),  # its message got lost
        ("WACHT", 2, None, False),  # its message is on the way
        ("BEZIG", 500, -1, True),  # its worker died
        ("BEZIG", 500, 60, False),  # it is being done
        ("KLAAR", 500, -1, False),
        ("MISLUKT", 500, -1, False),
    ],
)
def test_the_sweeper_sends_what_was_left_behind(
    queue: Queue, status: str, age: int, lease: int | None, is_swept: bool
) -> None:
    row = queue.order(age=age)
    queue.db.execute(
        "UPDATE tenants_job SET status = %s,"
        " lease_tot = now() + make_interval(secs => %s) WHERE id = %s",
        [status, lease, row.pk],
    )
    assert sweep() == int(is_swept)
    assert queue.messages() == ([[str(row.pk)]] if is_swept else [])


def test_the_sweeper_sees_the_jobs_of_all_tenants(queue: Queue) -> None:
    there = Scope("staff", people.ident("teun"), (WULPENHORST,), WULPENHORST)
    with acting_as(there):
        other = Job.objects.create(
            tenant_id=WULPENHORST,
            taak="proef.klaar",
            onderwerp_id=uuid4(),
            actor_id=there.user_id,
            aangemaakt_op=timezone.now() - timedelta(seconds=20),
        )
    row = queue.order(age=20)
    assert sweep() == 2
    assert sorted(queue.messages()) == sorted([[str(row.pk)], [str(other.pk)]])
    assert current() is None


# ------------------------------------------------------------- lease and fencing


def test_a_job_is_done_in_the_scope_of_its_row(queue: Queue) -> None:
    row = queue.order()
    seen: list[Claim] = []

    def work(held: Claim) -> None:
        seen.append(held)
        with acting_as(held.scope()):
            assert Job.objects.values_list("tenant_id").distinct().get() == (ARNHEM,)
        taken.outcome(held)

    assert run_job(row.pk, work)
    assert queue.state(row.pk) == ("KLAAR", 1)
    assert seen == [
        Claim(row.pk, ARNHEM, row.onderwerp_id, CHANTAL.user_id, 1),
    ]
    assert seen[0].scope() == Scope("job", CHANTAL.user_id, (1,), 1, (1,))
    assert len(queue.outcomes(row.pk)) == 1
    assert current() is None


def test_a_message_that_comes_twice_is_done_once(queue: Queue) -> None:
    row = queue.order()
    assert run_job(row.pk, taken.outcome)
    assert not run_job(row.pk, taken.outcome)
    assert len(queue.outcomes(row.pk)) == 1


def test_a_message_about_nothing_does_nothing(queue: Queue) -> None:
    assert not run_job(uuid4(), taken.outcome)


def test_of_twenty_workers_one_gets_the_job(queue: Queue) -> None:
    row = queue.order()
    won: list[Claim] = []
    ready = threading.Barrier(20)

    def take() -> None:
        connection.ensure_connection()
        ready.wait()
        held = claim(row.pk)
        if held is not None:
            won.append(held)
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [held.poging for held in won] == [1]
    assert queue.state(row.pk) == ("BEZIG", 1)


def test_who_lost_the_lease_cannot_finish_report_or_fail(queue: Queue) -> None:
    row = queue.order()
    slow = claim(row.pk)
    assert slow is not None
    assert claim(row.pk) is None
    queue.lease_runs_out(row.pk)
    quick = claim(row.pk)
    assert quick is not None
    assert (slow.poging, quick.poging) == (1, 2)
    with pytest.raises(LostLease):
        slow.progress(90, "bijna")
    with pytest.raises(LostLease):
        taken.outcome(slow)
    slow.fail("mislukt", again=False)
    assert queue.state(row.pk) == ("BEZIG", 2)
    assert queue.outcomes(row.pk) == []  # the result went with the lost lease
    taken.outcome(quick)
    assert queue.state(row.pk) == ("KLAAR", 2)
    assert [o["poging"] for o in queue.outcomes(row.pk)] == [2]


def test_a_worker_that_is_slow_but_alone_may_still_finish(queue: Queue) -> None:
    row = queue.order()
    held = claim(row.pk)
    assert held is not None
    queue.lease_runs_out(row.pk)
    taken.outcome(held)
    assert queue.state(row.pk) == ("KLAAR", 1)


def test_progress_keeps_the_lease(queue: Queue) -> None:
    row = queue.order()
    held = claim(row.pk)
    assert held is not None
    queue.lease_runs_out(row.pk)
    held.progress(50, "halverwege")
    assert claim(row.pk) is None
    with acting_as(CHANTAL):
        now = Job.objects.get(tenant_id=ARNHEM, pk=row.pk)
    assert (now.voortgang, now.stap) == (50, "halverwege")
    assert now.lease_tot is not None
    assert now.lease_tot > timezone.now() + LEASE - timedelta(seconds=10)


def test_a_claim_of_another_tenant_changes_nothing(queue: Queue) -> None:
    """A worker with a wrong tenant in its hands meets the wall, not the row."""
    row = queue.order()
    held = claim(row.pk)
    assert held is not None
    wrong = Claim(row.pk, WULPENHORST, held.onderwerp_id, held.actor_id, held.poging)
    with pytest.raises(LostLease):
        wrong.progress(50, "x")
    with pytest.raises(LostLease):
        taken.outcome(wrong)
    assert queue.state(row.pk) == ("BEZIG", 1)


# ------------------------------------------------------------------- what fails


def test_what_cannot_be_done_is_not_tried_again(queue: Queue) -> None:
    row = queue.order()

    def work(held: Claim) -> None:
        raise JobRefused("Dat kan niet.")

    assert run_job(row.pk, work)
    assert queue.state(row.pk) == ("MISLUKT", 1)
    assert queue.fout(row.pk) == "Dat kan niet."
    assert claim(row.pk) is None


def test_an_error_is_tried_five_times_and_tells_nobody_what_it_said(
    queue: Queue,
) -> None:
    row = queue.order()
    tries: list[int] = []

    def work(held: Claim) -> None:
        tries.append(held.poging)
        with acting_as(held.scope()):
            Job.objects.filter(tenant_id=ARNHEM).update(stap="half werk")
            raise ValueError("Wilhelmina van Zwanenburg")

    for _turn in range(MOST_TRIES + 2):
        run_job(row.pk, work)
    assert tries == [1, 2, 3, 4, 5]
    assert queue.state(row.pk) == ("MISLUKT", MOST_TRIES)
    assert "Wilhelmina" not in queue.fout(row.pk)
    assert queue.outcomes(row.pk) == []


def test_a_job_whose_worker_dies_every_time_is_given_up(queue: Queue) -> None:
    """A job that kills its worker must not go on killing workers."""
    row = queue.order()
    for turn in range(MOST_TRIES):
        held = claim(row.pk)
        assert held is not None
        assert held.poging == turn + 1
        queue.lease_runs_out(row.pk)
    assert claim(row.pk) is None
    assert queue.state(row.pk) == ("MISLUKT", MOST_TRIES)
    assert queue.fout(row.pk) == "Dit is vijf keer niet gelukt."


def test_a_result_without_its_end_is_undone(queue: Queue) -> None:
    row = queue.order()

    def work(held: Claim) -> None:
        with acting_as(held.scope()):
            taken.outcome(held)
            transaction.set_rollback(True)

    assert run_job(row.pk, work)
    assert queue.state(row.pk) == ("BEZIG", 1)
    assert queue.outcomes(row.pk) == []


# ----------------------------------------------------------------- a real worker


@contextmanager
def worker(folder: Path, database: str = DATABASE) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker in a process of its own, in a group that can be killed."""
    command = [sys.executable, "-m", "celery", "-A", "adviespunt", "worker"]
    command += ["--pool", "solo", "--without-gossip", "--without-mingle"]
    command += ["--without-heartbeat", "--include", "tests.tenants.taken"]
    env = {
        **os.environ,
        "ADVIESPUNT_INSTANCE": embedded.current().name,
        "ADVIESPUNT_DATABASE": database,
        taken.FOLDER: str(folder),
    }
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env=env,
            cwd=embedded.ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(is_so: Callable[[], Any], what: str, folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        log = (folder / "worker.log").read_text(errors="replace")
        assert time.monotonic() < end, f"{what} did not happen\n{log[-3000:]}"
        time.sleep(0.05)


def test_a_worker_killed_halfway_leaves_exactly_one_result(
    queue: Queue, tmp_path: Path
) -> None:
    """kill -9 in the middle; the next worker does it, the message comes from sweep.

    And more messages than jobs, so every one of them is delivered twice.
    """
    halfway = queue.order("proef.wacht")
    queue.send("proef.wacht", str(halfway.pk))
    with worker(tmp_path) as first:
        until(lambda: (tmp_path / f"{halfway.pk}-1").exists(), "the start", tmp_path)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    assert queue.state(halfway.pk) == ("BEZIG", 1)
    assert queue.outcomes(halfway.pk) == []
    assert sweep() == 0  # the lease has not run out yet
    queue.lease_runs_out(halfway.pk)
    (tmp_path / "door").touch()
    assert sweep() == 1
    others = [queue.order() for _ in range(4)]
    for row in (*others, halfway):
        queue.send(row.taak, str(row.pk))
        queue.send(row.taak, str(row.pk))
    with worker(tmp_path):
        for row in (*others, halfway):
            until(
                lambda row=row: queue.state(row.pk)[0] == "KLAAR",  # type: ignore[misc]
                f"{row.taak}",
                tmp_path,
            )
        until(lambda: not queue.broker.llen(QUEUE), "an empty queue", tmp_path)
        time.sleep(0.3)
    assert [o["poging"] for o in queue.outcomes(halfway.pk)] == [2]
    assert [len(queue.outcomes(row.pk)) for row in others] == [1, 1, 1, 1]


class Evil:
    """What unpickling this would do."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.path),)


def envelope(
    body: bytes, kind: str = "application/json", task: str = "proef.klaar"
) -> str:
    """A message in the form of Celery, put in the queue past Celery."""
    return json.dumps(
        {
            "body": base64.b64encode(body).decode(),
            "content-encoding": "utf-8",
            "content-type": kind,
            "headers": {"lang": "py", "task": task, "id": str(uuid4()), "retries": 0},
            "properties": {
                "correlation_id": str(uuid4()),
                "delivery_mode": 2,
                "delivery_info": {"exchange": "", "routing_key": QUEUE},
                "priority": 0,
                "body_encoding": "base64",
                "delivery_tag": str(uuid4()),
            },
        }
    )


def test_rubbish_in_the_queue_is_no_job_and_stops_no_work(
    queue: Queue, tmp_path: Path
) -> None:
    """Whoever can write in Valkey can keep a worker busy, and nothing more than that.

    Each of these is thrown away; nothing is unpickled and no name becomes a function.
    At what is no message at all Celery stops, and a supervisor starts it again. What
    the worker had in its hands is not put back, or it would end every worker after
    it. The jobs behind it are still there: the queue of record is a table.
    """
    evil = tmp_path / "uitgevoerd"
    foreign = uuid4()
    args = json.dumps([[str(foreign)], {}, {}]).encode()
    poison = [
        envelope(pickle.dumps(Evil(evil)), "application/x-python-serialize"),
        envelope(pickle.dumps(Evil(evil)), "application/x-yaml"),
        envelope(b"{{{"),
        envelope(b"[[], {}, {}]"),
        envelope(b'[["geen uuid"], {}, {}]'),
        envelope(b'[[], {"job_id": {"tenant_id": 2}}, {}]'),
        envelope(b'[["x", "y", "z"], {}, {}]'),
        envelope(args, task="os.system"),
        envelope(args, task="tenants.jobs.run_job"),
        envelope(args),
        json.dumps({}),
    ]
    for message in poison:
        queue.broker.lpush(QUEUE, message)
    row, next_row = queue.order(), queue.order(age=20)
    queue.send(row.taak, str(row.pk))
    with worker(tmp_path) as first:
        until(lambda: queue.state(row.pk)[0] == "KLAAR", "the job behind it", tmp_path)
        assert first.poll() is None
        assert not evil.exists()
        assert queue.outcomes(foreign) == []

        unreadable = json.loads(envelope(b""))
        unreadable["body"] = "!"
        queue.broker.lpush(QUEUE, json.dumps(unreadable))
        queue.send(next_row.taak, str(next_row.pk))
        until(lambda: first.poll() is not None, "an end", tmp_path)
    assert first.returncode == 1
    assert queue.state(next_row.pk) == ("WACHT", 0)
    sweep()
    with worker(tmp_path):
        until(lambda: queue.state(next_row.pk)[0] == "KLAAR", "the next job", tmp_path)
    assert queue.state(next_row.pk) == ("KLAAR", 1)
    assert len(queue.outcomes(row.pk)) == len(queue.outcomes(next_row.pk)) == 1
