"""Seal what demo data is about to load: the lines of COPY, their keys and tokens.

``rendering`` writes plain lines; here each text in them becomes a blob, under a key of
its own client or kwestie, exactly as ``privacy.fields`` would have stored it. Coded
data does not come through here.

Guarded by tests/cases/test_demo.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps

from cases.models import Client
from privacy.blinde_index import tekens_of
from privacy.fields import Verzegelbaar, holder_column, sealed_columns
from privacy.models import Tenantsleutel
from privacy.sleutelring import Houder
from privacy.sleutels import new_row, tenant_row, zoeksleutel
from privacy.zegel import Plaats, seal

NULL = "\\N"
BLOCK = 20_000
SLEUTEL = ("id", "tenant_id", "soort", "van", "onder_id", "sleutel")
ZOEKTEKEN = ("id", "tenant_id", "client_id", "teken")


class Zegelaar:
    """Keeps the keys that it made, until they are loaded too."""

    def __init__(self, tenant_ids: Sequence[int]) -> None:
        self.under: dict[int, Tenantsleutel] = {
            tenant_id: tenant_row(tenant_id) for tenant_id in tenant_ids
        }
        for tenant_id in tenant_ids:
            zoeksleutel(tenant_id)  # now: during COPY nothing can be asked
        self.keys: dict[Houder, AESGCM] = {}
        self.key_lines: list[str] = []
        self.token_lines: list[str] = []

    def sealed(
        self, table: str, columns: Sequence[str], blocks: Iterator[str]
    ) -> Iterator[str]:
        """The same blocks of this table, with a blob for each text."""
        model = _models().get(table)
        texts = [] if model is None else _places(columns, sealed_columns(model))
        if model is None or not texts:
            yield from blocks
            return
        place = _Place(table, columns, model)
        for block in blocks:
            lines = block.rstrip("\n").split("\n")
            made = (self._line(line.split("\t"), place, texts) for line in lines)
            yield "\n".join(made) + "\n"

    def _line(
        self, cells: list[str], place: _Place, texts: list[tuple[int, str]]
    ) -> str:
        tenant_id, pk = int(cells[place.tenant]), UUID(cells[place.pk])
        houder = Houder(tenant_id, place.soort, UUID(cells[place.holder]))
        for at, column in texts:
            if cells[at] == NULL:
                continue
            if (place.table, column) == (Client._meta.db_table, Client.naam.column):
                self._tokens(tenant_id, pk, cells[at])
            where = Plaats(tenant_id, place.table, pk, column)
            cells[at] = _bytea(seal(self._key(houder), cells[at], where))
        return "\t".join(cells)

    def _key(self, houder: Houder) -> AESGCM:
        key = self.keys.get(houder)
        if key is None:
            row, key = new_row(houder, self.under[houder.tenant_id])
            self.keys[houder] = key
            cells = (row.pk, row.tenant_id, row.soort, row.van, row.onder_id)
            line = "\t".join(map(str, cells))
            self.key_lines.append(f"{line}\t{_bytea(bytes(row.sleutel))}\n")
        return key

    def _tokens(self, tenant_id: int, client_id: UUID, naam: str) -> None:
        self.token_lines += (
            f"{uuid4()}\t{tenant_id}\t{client_id}\t{teken}\n"
            for teken in tekens_of(tenant_id, naam)
        )

    def tables(self) -> dict[str, tuple[tuple[str, ...], Iterator[str]]]:
        """What belongs with the blocks that went through; to be loaded after them."""
        return {
            "privacy_sleutel": (SLEUTEL, _blocks(self.key_lines)),
            "cases_zoekteken": (ZOEKTEKEN, _blocks(self.token_lines)),
        }


class _Place:
    """Where in a line of this table stand its tenant, its id and whose key it has."""

    def __init__(
        self, table: str, columns: Sequence[str], model: type[Verzegelbaar]
    ) -> None:
        self.table = table
        self.soort = model.sleutel_van
        self.tenant = columns.index("tenant_id")
        self.pk = columns.index("id")
        self.holder = columns.index(holder_column(model))


def _models() -> dict[str, type[Verzegelbaar]]:
    found = apps.get_app_config("cases").get_models()
    return {m._meta.db_table: m for m in found if issubclass(m, Verzegelbaar)}


def _places(columns: Sequence[str], sealed: Sequence[str]) -> list[tuple[int, str]]:
    return [(at, column) for at, column in enumerate(columns) if column in sealed]


def _bytea(blob: bytes) -> str:
    """A blob as COPY reads it: hexadecimal, the backslash doubled."""
    return f"\\\\x{blob.hex()}"


def _blocks(lines: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(lines), BLOCK):
        yield "".join(lines[start : start + BLOCK])
