"""Build the tokens by which named clients are found (privacy.blinde_index).

A name gets its tokens when it is written (``save_client``). This is for names from
before the index, and for after a change of what a token is made of. Batch by batch, each
a transaction of its own: what was broken off goes on where it was.

Guarded by tests/cases/test_zoekindex.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from cases import logboek
from cases.models import Client, Zoekteken
from cases.services.wissen import OP_NAAM
from privacy.blinde_index import tekens_of
from tenants.scope import Scope, acting_as

BATCH = 500
EERSTE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Voortgang:
    """What one batch did. laatste: the client it came to; None: there was none left."""

    laatste: UUID | None
    gelezen: int = 0
    geschreven: int = 0


def index_batch(
    tenant_id: int, na: UUID = EERSTE, *, alles: bool = False, batch: int = BATCH
) -> Voortgang:
    """Tokens for the next ``batch`` named clients after ``na``, in order of id.

    alles: also of those who have tokens; else only of those who have none. Names are
    read in the role of colleagues for this one tenant, by the system: the role of
    background work cannot read them.
    """
    here = (tenant_id,)
    with acting_as(Scope("staff", None, here, tenant_id, here)), transaction.atomic():
        rows = Client.objects.filter(
            tenant_id=tenant_id, identiteitsstatus__in=OP_NAAM, pk__gt=na
        )
        if not alles:
            known = Zoekteken.objects.filter(
                tenant_id=tenant_id, client_id=OuterRef("pk")
            )
            rows = rows.exclude(Exists(known))
        clients = list(rows.order_by("pk").select_for_update()[:batch])
        if not clients:
            return Voortgang(None)
        written = _write(tenant_id, clients)
        ids = [client.pk for client in clients]
        logboek.zoekindex_gemaakt(tenant_id, ids)
        return Voortgang(ids[-1], len(ids), written)


def _write(tenant_id: int, clients: list[Client]) -> int:
    """What is not there yet is made, what no longer belongs goes; the rest stays."""
    ids = [client.pk for client in clients]
    rows = Zoekteken.objects.filter(tenant_id=tenant_id, client_id__in=ids)
    there = {(row.client_id, row.teken): row.pk for row in rows}
    wanted = {
        (client.pk, one)
        for client in clients
        for one in tekens_of(tenant_id, client.naam, client.geboortejaar)
    }
    stale = [pk for key, pk in there.items() if key not in wanted]
    if stale:
        Zoekteken.objects.filter(tenant_id=tenant_id, pk__in=stale).delete()
    made = [
        Zoekteken(tenant_id=tenant_id, client_id=client_id, teken=one)
        for client_id, one in sorted(wanted - there.keys())
    ]
    Zoekteken.objects.bulk_create(made)
    return len(made) + len(stale)
