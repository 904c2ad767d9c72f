"""The key chain: master → tenant → client, kwestie, concept or medewerker → text.

Each holder (``Houder``) has a key of its own, made with its first text, wrapped with
the key of its tenant, which is wrapped with a master key (``privacy.hoofdsleutel``).
Destroying the row of a key makes every copy of its texts unreadable.

Invariants: keys are fetched for all announced rows at once, never one by one; a text
is sealed only under a key that this transaction holds locked, so that nobody writes
under a key that is being destroyed; a key is never replaced by a new one while its
row is there. Row security decides whose keys can be fetched at all (cases/0010).

Guarded by tests/privacy/test_sleutels.py and tests/isolation/test_gestolen.py.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import QuerySet

from privacy import hoofdsleutel, sleutelring
from privacy.models import Sleutel, Tenantsleutel
from privacy.sleutelring import Houder, Sleutelring
from privacy.voorbereid import Voorbereid
from privacy.zegel import Plaats, ZegelFout, open_bytes, seal_bytes

CHUNK = 2_000


# ------------------------------------------------------------------------- wrapping


def wrap(key: AESGCM, raw: bytes, houder: Houder) -> bytes:
    """The key of ``houder``, sealed with the key of its tenant."""
    return seal_bytes(key, raw, "sleutel", houder.tenant_id, houder.soort, houder.id)


def raw_sleutel(row: Sleutel) -> bytes:
    """The key itself. Raises ZegelFout when the row is not what was stored."""
    raw = open_bytes(
        tenant_key(row.onder),
        bytes(row.sleutel),
        *("sleutel", row.tenant_id, row.soort, row.van),
    )
    if raw is None:
        raise ZegelFout(_plaats(row, "sleutel"), "geknoeid")
    return raw


def tenant_key(row: Tenantsleutel) -> AESGCM:
    """The key of a tenant, ready for use. Raises ZegelFout, OnbekendeHoofdsleutel."""
    return AESGCM(raw_tenant(row))


def raw_tenant(row: Tenantsleutel) -> bytes:
    """The key of a tenant itself. Raises ZegelFout, OnbekendeHoofdsleutel."""
    master = hoofdsleutel.by_name(row.hoofdsleutel)
    where = ("tenantsleutel", row.tenant_id, row.versie)
    raw = open_bytes(master, bytes(row.sleutel), *where)
    if raw is None:
        raise ZegelFout(_plaats(row, "sleutel"), "geknoeid")
    return raw


def _plaats(row: Sleutel | Tenantsleutel, kolom: str) -> Plaats:
    return Plaats(row.tenant_id, row._meta.db_table, row.pk, kolom)


def wrap_tenant(tenant_id: int, versie: int, raw: bytes, zoek: bytes) -> Tenantsleutel:
    """A row for this key and index key, under the master key in use; not saved."""
    naam, master = hoofdsleutel.in_use()
    return Tenantsleutel(
        tenant_id=tenant_id,
        versie=versie,
        hoofdsleutel=naam,
        sleutel=seal_bytes(master, raw, "tenantsleutel", tenant_id, versie),
        zoek=seal_bytes(master, zoek, "zoeksleutel", tenant_id, versie),
    )


def raw_zoek(row: Tenantsleutel) -> bytes:
    """The index key of a tenant. Raises ZegelFout, OnbekendeHoofdsleutel."""
    master = hoofdsleutel.by_name(row.hoofdsleutel)
    where = ("zoeksleutel", row.tenant_id, row.versie)
    raw = open_bytes(master, bytes(row.zoek), *where)
    if raw is None:
        raise ZegelFout(_plaats(row, "zoek"), "geknoeid")
    return raw


# -------------------------------------------------------------------------- reading


def key_of(houder: Houder, ring: Sleutelring) -> AESGCM | None:
    """The key of this holder, or None when there is none; fetches for every row that
    was announced on this ring. Raises ZegelFout.
    """
    if houder not in ring.open:
        wanted = {houder, *ring.waiting} - ring.open.keys()
        ring.waiting.clear()
        ring.open.update(dict.fromkeys(wanted))
        for chunk in _chunks(wanted):
            tenants = sorted({one.tenant_id for one in chunk})
            for cells in _INGEPAKT(tenants=tenants, van=[one.id for one in chunk]):
                _take(ring, Ingepakt(*cells), houder)
    return ring.open[houder]


class Ingepakt(NamedTuple):
    """A wrapped key and what it is wrapped with, as read: fewer objects than rows."""

    id: UUID
    tenant_id: int
    soort: str
    van: UUID
    sleutel: bytes
    onder_id: UUID
    versie: int
    hoofdsleutel: str
    tenantsleutel: bytes


INGEPAKT = (
    *("id", "tenant_id", "soort", "van", "sleutel", "onder_id"),
    *("onder__versie", "onder__hoofdsleutel", "onder__sleutel"),
)


def _ingepakt(
    *, tenants: list[int], van: list[UUID]
) -> QuerySet[Sleutel, tuple[Any, ...]]:
    """The keys of these ids, whatever each is of; by the index of their tenants."""
    rows = Sleutel.objects.filter(tenant_id__een_van=tenants, van__een_van=van)
    return rows.values_list(*INGEPAKT)


_INGEPAKT = Voorbereid(_ingepakt)


def _take(ring: Sleutelring, found: Ingepakt, asked: Houder) -> None:
    """Put this key on the ring. A bad one is refused when it is asked for itself, so
    that the texts of others can be read. Raises ZegelFout.
    """
    houder = Houder(found.tenant_id, found.soort, found.van)
    if houder not in ring.open:
        return  # the same id under another name: not announced
    key = ring.under.get(found.onder_id)
    if key is None:
        onder = Tenantsleutel(
            id=found.onder_id,
            tenant_id=found.tenant_id,
            versie=found.versie,
            hoofdsleutel=found.hoofdsleutel,
            sleutel=found.tenantsleutel,
        )
        key = ring.under[found.onder_id] = tenant_key(onder)
    where = ("sleutel", found.tenant_id, found.soort, found.van)
    raw = open_bytes(key, bytes(found.sleutel), *where)
    if raw is not None:
        ring.open[houder] = AESGCM(raw)
        return
    del ring.open[houder]
    if houder == asked:
        table = Sleutel._meta.db_table
        place = Plaats(found.tenant_id, table, found.id, "sleutel")
        raise ZegelFout(place, "geknoeid")


def _houder(row: Sleutel) -> Houder:
    return Houder(row.tenant_id, row.soort, row.van)


def _chunks(houders: Iterable[Houder]) -> Iterator[list[Houder]]:
    ordered = iter(sorted(houders))
    while chunk := list(islice(ordered, CHUNK)):
        yield chunk


def _of(chunk: Collection[Houder]) -> QuerySet[Sleutel]:
    """The keys of these ids, whatever each is of; by the index of their tenants."""
    return Sleutel.objects.filter(
        tenant_id__in=sorted({one.tenant_id for one in chunk}),
        van__in=[one.id for one in chunk],
    )


def _locked(houders: Collection[Houder]) -> Iterator[Sleutel]:
    """The rows of the keys of ``houders``, locked, with the key of their tenant."""
    for chunk in _chunks(houders):
        rows = _of(chunk).select_related("onder").order_by("van")
        rows = rows.select_for_update(of=("self",), no_key=True)
        wanted = set(chunk)
        yield from (row for row in rows if _houder(row) in wanted)


# -------------------------------------------------------------------------- writing


def keys_for_writing(houders: Collection[Houder]) -> dict[Houder, AESGCM]:
    """A key for each holder, made where there is none; their rows stay locked until
    the transaction ends. Two or four queries, however many. Raises ZegelFout.
    """
    rows = {_houder(row): row for row in _locked(houders)}
    missing = set(houders) - rows.keys()
    if missing:
        _make(missing)
        rows |= {_houder(row): row for row in _locked(missing)}
    made = {houder: AESGCM(raw_sleutel(row)) for houder, row in rows.items()}
    ring = sleutelring.current()
    ring.open.update(made)
    return made


def _make(houders: Iterable[Houder]) -> None:
    """New keys; whoever was first in another transaction wins."""
    under: dict[int, Tenantsleutel] = {}
    for chunk in _chunks(houders):
        for tenant_id in {one.tenant_id for one in chunk} - under.keys():
            under[tenant_id] = tenant_row(tenant_id)
        Sleutel.objects.bulk_create(
            [new_row(one, under[one.tenant_id])[0] for one in chunk],
            ignore_conflicts=True,
        )


def new_row(houder: Houder, onder: Tenantsleutel) -> tuple[Sleutel, AESGCM]:
    """A fresh key for ``houder`` under that of its tenant; not saved."""
    raw = AESGCM.generate_key(256)
    row = Sleutel(
        tenant_id=houder.tenant_id,
        soort=houder.soort,
        van=houder.id,
        onder_id=onder.pk,
        sleutel=wrap(tenant_key(onder), raw, houder),
    )
    return row, AESGCM(raw)


def tenant_row(tenant_id: int) -> Tenantsleutel:
    """The key of a tenant that is in use; its first one is made when there is none."""
    rows = Tenantsleutel.objects.filter(tenant_id=tenant_id).order_by("-versie")
    found = rows.first()
    if found is not None:
        return found
    hoofdsleutel.lay_down()
    made = wrap_tenant(tenant_id, 1, AESGCM.generate_key(256), os.urandom(32))
    Tenantsleutel.objects.bulk_create([made], ignore_conflicts=True)
    sleutelring.current().zoek = None
    return rows[0]


def zoeksleutel(tenant_id: int) -> bytes | None:
    """The key of the search tokens of a tenant; None while nothing is sealed there.

    One query for all tenants of the scope. Raises ZegelFout.
    """
    ring = sleutelring.current()
    if ring.zoek is None:
        newest = Tenantsleutel.objects.order_by("tenant_id", "-versie")
        ring.zoek = {
            row.tenant_id: raw_zoek(row) for row in newest.distinct("tenant_id")
        }
    return ring.zoek.get(tenant_id)


# ------------------------------------------------------------------------ destroying


def destroy(tenant_id: int, soort: str, ids: Collection[UUID]) -> int:
    """Destroy the keys of these holders, for good: erasure. Returns how many.

    PostgreSQL refuses while somebody is still on record by name (cases/0010), so the
    rows go first.
    """
    gone, _each = Sleutel.objects.filter(
        tenant_id=tenant_id, soort=soort, van__in=list(ids)
    ).delete()
    ring = sleutelring.current()
    for one in ids:
        ring.open.pop(Houder(tenant_id, soort, one), None)
    return gone
