"""Free text and identity: sealed in the database, one accessor in the code.

A model that has such texts says ``sleutel_van``: whose key they are sealed with. The
column ``toelichting_v`` holds the blob (``Verzegeld``); ``kwestie.toelichting`` reads
and writes the text (``Vertrouwelijk``). What is written is sealed when the row is
stored, what is read is opened then and there and not kept.

Invariant: no text reaches the database unsealed: a column that still holds one is
refused by its own field. Guarded by tests/privacy/test_fields.py and, for the promise
as a whole, tests/isolation/test_gestolen.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, ClassVar, NamedTuple, Self, TypeVar, overload
from uuid import UUID

from django.db import models

from privacy import sleutelring
from privacy.sleutelring import Houder, Sleutelring
from privacy.sleutels import key_of, keys_for_writing
from privacy.zegel import Plaats, ZegelFout, seal, unseal

GEWIST_TEKST = "–"
# In the place of a text that was taken away, where there has to be something.
GEWIST = GEWIST_TEKST.encode()
RING = "_sleutelring"


class Verzegeld(models.BinaryField):  # type: ignore[type-arg]
    """The column of a sealed text. On a row: a blob, None, or a text (str) that is
    sealed as soon as the row is stored.
    """

    def __init__(self, **options: Any) -> None:
        options["null"] = True
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs

    def get_db_prep_value(
        self, value: Any, connection: Any, prepared: bool = False
    ) -> Any:
        if isinstance(value, str):
            raise TypeError(f"{self.name} was not sealed: store the row itself")
        return super().get_db_prep_value(value, connection, prepared)


class Vertrouwelijk:
    """Descriptor for a confidential text in the column ``<name>_v``.

    Reading gives a str ('' when there is nothing). Writing '' stores NULL, so that
    an anonymous person has no identity columns filled at all. Raises ZegelFout when
    what is stored is not what was sealed there, or when its key was destroyed.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.column = f"{name}_v"

    @overload
    def __get__(self, row: None, owner: type) -> Vertrouwelijk: ...
    @overload
    def __get__(self, row: object, owner: type) -> str: ...
    def __get__(self, row: Any, owner: type) -> Vertrouwelijk | str:
        if row is None:
            return self
        value = getattr(row, self.column)
        if not value or isinstance(value, str):
            return value or ""
        return opened(row, self.column, bytes(value))

    def __set__(self, row: object, value: str) -> None:
        setattr(row, self.column, value or None)


Row = TypeVar("Row", bound=models.Model)


class VerzegeldManager(models.Manager[Row]):
    """Seals what is stored in bulk, with one query for all its keys."""

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        rows = list(objs)
        seal_rows(rows)
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> int:
        rows = list(objs)
        seal_rows(rows)
        return super().bulk_update(rows, *args, **kwargs)


class Verzegelbaar(models.Model):
    """A model with sealed texts, of a tenant.

    sleutel_van: whose key: "client", "kwestie", "concept" or "medewerker"; the row
    itself when that is its own name, else the row that ``<sleutel_van>_id`` names.
    """

    sleutel_van: ClassVar[str]
    sleutel_kolom: ClassVar[str] = ""  # when the column is called otherwise

    objects: ClassVar[VerzegeldManager[Self]] = VerzegeldManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        seal_rows([self])
        super().save(*args, **kwargs)

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        row = super().from_db(*args, **kwargs)
        announce([row])
        return row


@cache
def sealed_columns(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a model that hold blobs."""
    fields = model._meta.concrete_fields
    return tuple(f.attname for f in fields if isinstance(f, Verzegeld))


@cache
def holder_column(model: type[Verzegelbaar]) -> str:
    """The column of a row that names whose key its texts have."""
    if model.sleutel_kolom:
        return model.sleutel_kolom
    own = model.sleutel_van == model._meta.model_name
    return "id" if own else f"{model.sleutel_van}_id"


def houder_of(row: Verzegelbaar) -> Houder | None:
    """Whose key the texts of this row have; None when it is not loaded or not there."""
    held, model = row.__dict__, type(row)
    tenant_id, pk = held.get("tenant_id"), held.get(holder_column(model))
    if tenant_id is None or pk is None:
        return None
    return Houder(tenant_id, model.sleutel_van, pk)


def announce(rows: Iterable[Verzegelbaar]) -> None:
    """The texts of these rows may be read soon: their keys are fetched together."""
    ring = sleutelring.current()
    for row in rows:
        row.__dict__[RING] = ring
        houder = houder_of(row)
        if houder is not None and houder not in ring.open:
            ring.expect(houder)


def unlock(rows: Iterable[Verzegelbaar]) -> None:
    """Fetch the keys of these rows now, so they can be read when the scope is over.

    Raises ZegelFout.
    """
    rows = list(rows)
    announce(rows)
    for row in rows:
        houder = houder_of(row)
        if houder is not None:
            key_of(houder, row.__dict__[RING])


def opened(row: Verzegelbaar, kolom: str, blob: bytes) -> str:
    """The text of a blob in this column of this row. Raises ZegelFout."""
    if blob == GEWIST:
        return GEWIST_TEKST
    houder = houder_of(row)
    if houder is None:
        raise ValueError(f"{row!r} lacks its tenant or whose key it has")
    ring = row.__dict__.get(RING) or sleutelring.current()
    return _open(ring, houder, type(row), row.pk, kolom, blob)


def _open(
    ring: Sleutelring,
    houder: Houder,
    model: type[models.Model],
    pk: UUID,
    kolom: str,
    blob: bytes,
) -> str:
    plaats = Plaats(houder.tenant_id, model._meta.db_table, pk, kolom)
    key = key_of(houder, ring)
    if key is None:
        raise ZegelFout(plaats, "sleutel_weg")
    return unseal(key, blob, plaats)


class Cel(NamedTuple):
    """A blob as ``values_list`` gives it; van: id of whose key it has."""

    tenant_id: int
    pk: UUID
    van: UUID
    blob: bytes | None


def announce_cells(model: type[Verzegelbaar], cells: Iterable[Cel]) -> None:
    """As ``announce``, of cells that were read without their rows."""
    ring = sleutelring.current()
    for cell in cells:
        if cell.blob is not None:
            houder = Houder(cell.tenant_id, model.sleutel_van, cell.van)
            if houder not in ring.open:
                ring.expect(houder)


def texts_of(model: type[Verzegelbaar], kolom: str, cells: Iterable[Cel]) -> list[str]:
    """The texts of cells of one column, '' where there is none, for a list of which the
    rows are not needed. Only in the scope in which they were read. Raises ZegelFout.
    """
    cells = list(cells)
    announce_cells(model, cells)
    ring = sleutelring.current()
    return [_text(ring, model, kolom, cell) for cell in cells]


def _text(ring: Sleutelring, model: type[Verzegelbaar], kolom: str, cell: Cel) -> str:
    if cell.blob is None:
        return ""
    blob = bytes(cell.blob)
    if blob == GEWIST:
        return GEWIST_TEKST
    houder = Houder(cell.tenant_id, model.sleutel_van, cell.van)
    return _open(ring, houder, model, cell.pk, kolom, blob)


def seal_rows(rows: Iterable[models.Model]) -> None:
    """Seal every text on these rows that is not sealed yet, in its own column."""
    waiting = [
        (row, column)
        for row in rows
        if isinstance(row, Verzegelbaar)
        for column in sealed_columns(type(row))
        if isinstance(row.__dict__.get(column), str)
    ]
    if not waiting:
        return
    houders = {id(row): houder_of(row) for row, _column in waiting}
    if None in houders.values():
        raise ValueError("a text needs a tenant and somebody whose key seals it")
    keys = keys_for_writing({one for one in houders.values() if one is not None})
    for row, column in waiting:
        houder = houders[id(row)]
        assert houder is not None  # noqa: S101 (seen above)
        plaats = Plaats(houder.tenant_id, row._meta.db_table, row.pk, column)
        setattr(row, column, seal(keys[houder], row.__dict__[column], plaats))
        row.__dict__[RING] = sleutelring.current()
