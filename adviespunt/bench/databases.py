"""The databases of the measurements: made once, kept, never those of a demo.

A database is used again as long as its mark (sha256 over the migrations, the
generator and its volume) is the same; the mark is the comment on the database, so it
disappears with it.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from adviespunt import embedded

PREFIX = "adviespunt_bench_"
SEED = 20261121
EMPTY = PREFIX + "leeg"
SCHEMA = ("*/migrations/*.py", "tenants/rls.py", "tenants/*.sql")
CONTENT = (
    "adviespunt/bench/people.py",
    "cases/codelists.json",
    "privacy/[bsz]*.py",
    "cases/demo/*",
    "tenants/demo.*",
)


@dataclass(frozen=True, slots=True)
class Volume:
    """One database: how many kwesties, in how many tenants, of equal size or not.

    teksten: with names and texts, sealed; otherwise coded only.
    """

    naam: str
    tenants: int
    kwesties: int
    gelijk: bool = False
    teksten: bool = False

    @property
    def database(self) -> str:
        return PREFIX + self.naam

    def mark(self) -> str:
        """Changes with everything that decides what is in the database."""
        return _mark(repr((self, SEED)), *SCHEMA, *CONTENT)


@dataclass(frozen=True, slots=True)
class Database:
    """A filled database; ``laadtijd``: seconds that demo_data took to fill it."""

    naam: str
    laadtijd: float
    inst: embedded.Instance

    def child(self, module: str, role: str = "app") -> dict[str, Any]:
        """Arguments of Popen for ``module``, working on this database as ``role``."""
        return {
            "args": [sys.executable, "-m", module],
            "cwd": embedded.ROOT,
            "env": environment(self.inst, self.naam, role),
        }

    def rows(self, query: sql.SQL, *parameters: Any) -> list[tuple[Any, ...]]:
        """Answer to a question of the bench itself, as superuser."""
        with self.inst.superuser(self.naam) as connection:
            return connection.execute(query, parameters).fetchall()

    def tenants(self) -> list[tuple[int, int]]:
        """(id, number of kwesties) of every tenant, smallest first."""
        query = sql.SQL(
            "SELECT tenant_id, count(*) FROM cases_kwestie GROUP BY 1 ORDER BY 2, 1"
        )
        return [(tenant, int(kwesties)) for tenant, kwesties in self.rows(query)]


def environment(inst: embedded.Instance, database: str, role: str) -> dict[str, str]:
    """Environment of a process that works on ``database`` of ``inst`` as ``role``."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "adviespunt.settings",
        "ADVIESPUNT_INSTANCE": inst.name,
        "ADVIESPUNT_DATABASE": database,
        "ADVIESPUNT_DB_ROL": role,
        "RAPPORT_ROOT": str(inst.home / "bench"),
        "OPENBAAR_ROOT": str(inst.home / "bench-openbaar"),
    }


def prepare(
    inst: embedded.Instance, volume: Volume, say: Callable[[str], object]
) -> Database:
    """The filled database of ``volume``; made when it is not there or out of date."""
    mark = volume.mark()
    stamp = _stamp(inst, volume.database)
    if stamp.get("mark") != mark:
        say(f"{volume.kwesties} kwesties laden in {volume.database} …")
        stamp = {"mark": mark, "laadtijd": _make(inst, volume)}
        _write_stamp(inst, volume.database, stamp)
    return Database(volume.database, stamp["laadtijd"], inst)


def remove_all(inst: embedded.Instance) -> list[str]:
    """Drop every database of the bench; returns their names."""
    with inst.superuser() as server:
        rows = server.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
        ).fetchall()
    for (name,) in rows:
        _drop(inst, name)
    return sorted(name for (name,) in rows)


def _make(inst: embedded.Instance, volume: Volume) -> float:
    """Copy the empty one, load, add people, analyse; returns seconds of loading."""
    name = volume.database
    _make_empty(inst)
    _create(inst, name, template=EMPTY)
    options = ["--tenants", str(volume.tenants), "--kwesties", str(volume.kwesties)]
    options += ["--seed", str(SEED)]
    options += [] if volume.teksten else ["--coded-only"]
    options += ["--gelijk"] if volume.gelijk else []
    began = time.monotonic()
    _run(inst, name, "manage.py", "demo_data", *options)
    seconds = time.monotonic() - began
    _run(inst, name, "-m", "adviespunt.bench", "people")
    with inst.superuser(name) as connection:
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
    return round(seconds, 1)


def _make_empty(inst: embedded.Instance) -> None:
    """The schema without content, to copy from."""
    mark = _mark(EMPTY, *SCHEMA)
    if _stamp(inst, EMPTY).get("mark") == mark:
        return
    _create(inst, EMPTY, template="template1")
    _run(inst, EMPTY, "manage.py", "migrate", "--verbosity", "0")
    _write_stamp(inst, EMPTY, {"mark": mark})


def adopt_empty(inst: embedded.Instance, schema: str) -> None:
    """Take a copy of the database ``schema``, in which all migrations were applied and
    nothing more, for the empty one: as good as ``_make_empty``, and at once.
    """
    _create(inst, EMPTY, template=schema)
    _write_stamp(inst, EMPTY, {"mark": _mark(EMPTY, *SCHEMA)})


def _mark(text: str, *patterns: str) -> str:
    files = (p for pattern in patterns for p in embedded.ROOT.glob(pattern))
    found = hashlib.sha256(text.encode())
    for path in sorted(p for p in files if p.is_file()):
        found.update(path.read_bytes())
    return found.hexdigest()


def _create(inst: embedded.Instance, name: str, *, template: str) -> None:
    _drop(inst, name)
    with inst.superuser() as server:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER adviespunt_owner")
        server.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
    inst.shut(name)


def _run(inst: embedded.Instance, database: str, *command: str) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, *command],
        cwd=embedded.ROOT,
        env=environment(inst, database, "owner"),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} {command[1]} failed: {done.stderr[-2000:]}")


def _drop(inst: embedded.Instance, name: str) -> None:
    with inst.superuser() as server:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        server.execute(drop.format(sql.Identifier(name)))


def _stamp(inst: embedded.Instance, name: str) -> dict[str, Any]:
    with inst.superuser() as server:
        row = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = %s",
            [name],
        ).fetchone()
    return dict(json.loads(row[0])) if row and row[0] else {}


def _write_stamp(inst: embedded.Instance, name: str, stamp: dict[str, Any]) -> None:
    with inst.superuser() as server:
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
        text = sql.Literal(json.dumps(stamp))
        server.execute(comment.format(sql.Identifier(name), text))
