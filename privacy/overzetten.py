"""Sealing a column that held plain text until now; for migrations, as the owner.

Invariant: whoever was erased gets no key again: her text is left out, not sealed.
Guarded by tests/tenants/test_migrate.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from privacy.sleutelring import Houder
from privacy.sleutels import keys_for_writing
from privacy.zegel import Plaats, seal

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column of plain text and the one of blobs that takes its place.

    soort, houder: whose key, and the column that names the holder; behalve: SQL, the
    rows that are left out.
    """

    tabel: str
    gewoon: str
    verzegeld: str
    soort: str
    houder: str = "id"
    behalve: str = "false"


def texts(connection: Any, kolom: Kolom) -> Iterator[list[tuple[Any, ...]]]:
    """(id, tenant_id, holder, text) of the rows that have a text, by the thousand."""
    last = UUID(int=0)
    query = (
        f"SELECT id, tenant_id, {kolom.houder}, {kolom.gewoon} FROM {kolom.tabel}"  # noqa: S608
        f" WHERE id > %s AND {kolom.gewoon} <> '' AND NOT ({kolom.behalve})"
        f" ORDER BY id LIMIT {BATCH}"
    )
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [last])
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def seal_texts(connection: Any, kolom: Kolom) -> None:
    """Every text of the one column as a blob in the other."""
    update = f"UPDATE {kolom.tabel} SET {kolom.verzegeld} = %s WHERE id = %s"  # noqa: S608
    for rows in texts(connection, kolom):
        holders = {row[0]: Houder(row[1], kolom.soort, row[2]) for row in rows}
        keys = keys_for_writing(set(holders.values()))
        blobs = []
        for pk, tenant_id, _holder, text in rows:
            plaats = Plaats(tenant_id, kolom.tabel, pk, kolom.verzegeld)
            blobs.append([seal(keys[holders[pk]], text, plaats), pk])
        with connection.cursor() as cursor:
            cursor.executemany(update, blobs)


def replace_in(connection: Any, functie: str, oud: str, nieuw: str) -> None:
    """Change one place in a function of PostgreSQL, whatever else it came to hold.

    Raises ValueError when that place is not there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [functie])
        text = cursor.fetchone()[0]
        if text.count(oud) != 1:
            raise ValueError(f"{functie} does not hold once: {oud}")
        cursor.execute(text.replace(oud, nieuw))
