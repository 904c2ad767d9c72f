"""Seals over the audit record, put on after the fact: nobody waits for them.

Invariant: a seal covers all events of the transactions below the oldest one that is
still open, so nothing can come into it later; it holds the hash of the seal before it.
Changing, removing or adding a sealed event shows (``privacy.controle``), and rewriting
all seals shows against a head that was kept elsewhere (``privacy.anker``).

The hashes are made here and not in SQL: who can change functions of the database
cannot change what this compares with. Runs in the scope ``zegel``.

Guarded by tests/privacy/test_zegels.py.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from privacy.models import Keten, Zegel

SLOT = 741_500_005  # of pg_advisory_xact_lock: one sealer at a time
GENESIS = hashlib.sha256(b"adviespunt: het begin van het logboek").digest()
BLOCK = 2_000
EVENTS = """
SELECT keten, txid::text::bigint, id::text,
  (extract(epoch FROM tijdstip) * 1000000)::bigint, tenant_id, tenants::text,
  actor_id::text, namens::text, rol, functie, deur, gebeurtenis, onderwerp,
  onderwerp_ids::text, grond, nood, uitkomst, extra::text
FROM privacy_auditevent
WHERE (keten, txid) >= (%s, %s::text::xid8) AND (keten, txid) < (%s, %s::text::xid8)
ORDER BY keten, txid, id
"""
END = 2**62  # later than any transaction


class AndereCluster(Exception):
    """The database was restored on another server and has no new chain yet."""


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """What the seals need of one event: where it stands, when it was, its hash."""

    keten: int
    txid: int
    tijdstip: datetime
    hash: bytes


def event_hash(row: Sequence[Any]) -> bytes:
    """SHA-256 over every column of an event, in one fixed way of writing."""
    text = json.dumps(list(row), ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def moment_of(microseconds: int) -> datetime:
    whole, rest = divmod(microseconds, 1_000_000)
    return datetime.fromtimestamp(whole, UTC).replace(microsecond=rest)


def events_between(van: tuple[int, int], tot: tuple[int, int]) -> Iterator[Gebeurtenis]:
    """Events from (chain, transaction) to before another, in the order of sealing."""
    bounds: list[int | str] = [van[0], str(van[1]), tot[0], str(tot[1])]
    with connection.chunked_cursor() as cursor:
        cursor.execute(EVENTS, bounds)
        while rows := cursor.fetchmany(BLOCK):
            for row in rows:
                yield Gebeurtenis(row[0], row[1], moment_of(row[3]), event_hash(row))


def zegel_hash(zegel: Zegel) -> bytes:
    """The hash of a seal: over what it says and the hash of the one before."""
    words = (
        *(zegel.nummer, zegel.keten, zegel.soort, zegel.van_tx, zegel.tot_tx),
        *(zegel.aantal, zegel.gezegeld_op.astimezone(UTC).isoformat()),
    )
    text = json.dumps(words, separators=(",", ":")).encode()
    return hashlib.sha256(bytes(zegel.vorige) + bytes(zegel.wortel) + text).digest()


def root_of(events: Iterator[Gebeurtenis]) -> tuple[int, bytes]:
    """How many events, and one hash over all of theirs."""
    digest, count = hashlib.sha256(), 0
    for event in events:
        digest.update(event.hash)
        count += 1
    return count, digest.digest()


def last_zegel() -> Zegel | None:
    return Zegel.objects.order_by("-nummer").first()


def seal() -> int:
    """Seal what can not change any more; returns how many events.

    Raises AndereCluster when the server is not the one of the chain.
    """
    with _alone() as limit:
        keten = _chain()
        last = last_zegel()
        sealed = 0
        if last is None or last.keten != keten.nummer:
            last = _begin(keten, last)
            sealed += last.aantal
        if limit <= last.tot_tx:
            return sealed
        van, tot = (keten.nummer, last.tot_tx), (keten.nummer, limit)
        count, root = root_of(events_between(van, tot))
        if count:
            _put(last, keten.nummer, "reeks", (last.tot_tx, limit), count, root)
        return sealed + count


@contextmanager
def _alone() -> Iterator[int]:
    """One sealer at a time; gives the oldest transaction that is still open.

    Asked before the events are read: what is below it was finished by then.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        yield int(cursor.fetchone()[0])


def cluster() -> str:
    """The identity of the server; a copy of the database elsewhere has another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT system_identifier::text FROM pg_control_system()")
        return str(cursor.fetchone()[0])


def current_chain() -> Keten:
    return Keten.objects.order_by("-nummer")[0]


def _chain() -> Keten:
    keten = current_chain()
    if keten.cluster != cluster():
        raise AndereCluster(
            "The database was restored on another server: run manage.py migrate there,"
            " which begins a new chain (docs/operations.md)."
        )
    return keten


def _begin(keten: Keten, last: Zegel | None) -> Zegel:
    """The first seal of a chain: the head of the former one and what it left over."""
    van = (last.keten, last.tot_tx) if last else (0, 0)
    count, root = root_of(events_between(van, (keten.nummer, 0)))
    return _put(last, keten.nummer, "begin", (0, 0), count, root)


def _put(
    last: Zegel | None,
    keten: int,
    soort: str,
    reeks: tuple[int, int],
    aantal: int,
    wortel: bytes,
) -> Zegel:
    zegel = Zegel(
        nummer=last.nummer + 1 if last else 1,
        keten=keten,
        soort=soort,
        van_tx=reeks[0],
        tot_tx=reeks[1],
        aantal=aantal,
        wortel=wortel,
        vorige=bytes(last.hash) if last else GENESIS,
        gezegeld_op=datetime.now(UTC),
    )
    zegel.hash = zegel_hash(zegel)
    zegel.save(force_insert=True)
    return zegel


def begin_chain() -> bool:
    """As owner, after a restore: the next chain when the server is another one.

    Events that come in from now on carry its number. False: nothing had changed.
    """
    last = Keten.objects.order_by("-nummer").first()
    here = cluster()
    if last is None or last.cluster == here:
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        made = Keten.objects.create(nummer=last.nummer + 1, cluster=here)
        cursor.execute(
            "ALTER TABLE privacy_auditevent ALTER COLUMN keten"
            f" SET DEFAULT {int(made.nummer)}"
        )
    return True


def make_parts(maanden: int) -> int:
    """Parts of the record for this month and the next ones; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT adviespunt.maak_auditdelen(%s)", [maanden])
        return int(cursor.fetchone()[0])


def parts_ahead() -> int:
    """How many of the coming months have a part of their own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace ="
            " 'adviespunt'::regnamespace AND relkind = 'r' AND relname >"
            " 'auditevent_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')"
            " AND relname ~ '^auditevent_[0-9]{4}_[0-9]{2}$'"
        )
        return int(cursor.fetchone()[0])


def unsealed() -> tuple[int, datetime | None]:
    """How many events wait for a seal, and since when the oldest."""
    last = last_zegel()
    van = (last.keten, last.tot_tx) if last else (0, 0)
    waiting = [event.tijdstip for event in events_between(van, (END // 2**32, 0))]
    return len(waiting), min(waiting, default=None)


def drop_parts_before(moment: datetime) -> list[str]:
    """As owner: remove the monthly parts that end before ``moment``; their names."""
    names = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
            " WHERE i.inhparent = 'privacy_auditevent'::regclass"
            " AND c.relname ~ '^auditevent_[0-9]{4}_[0-9]{2}$' ORDER BY 1"
        )
        for (naam,) in cursor.fetchall():
            year, month = int(naam[11:15]), int(naam[16:18])
            end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
            if end <= moment:
                cursor.execute(f"DROP TABLE adviespunt.{naam}")
                names.append(naam)
    return names
