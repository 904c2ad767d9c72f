"""Destroy what stood in the prullenbak for thirty days: at night, by the worker.

Invariant: the job role sees and removes only rows that were thrown away that long ago,
and what hangs on them (migration 0009); every table with a key to a kwestie is emptied
first, whoever added it. The numbers of a report that was frozen before stay.
What is of a client whose data are restricted (AVG 18), or about whom an authority
demands something (S125), waits until that is over.

Guarded by tests/cases/test_prullenbak_sql.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from cases import logboek
from cases.models import (
    PRULLENBAK_TIJD,
    Aanmelding,
    AvgVerzoek,
    Bijlage,
    BijlageStuk,
    Client,
    Doorbreking,
    Kwestie,
    Loketbericht,
    MeldcodeTraject,
    PrivacyInformatie,
    Prullenbak,
    Vordering,
    Zoekteken,
)
from cases.selectors.prullenbak import SOORTEN

Model = type[models.Model]
# A kwestie with one of these cannot be thrown away (migrations 0012 and 0014).
BLIJFT = (AvgVerzoek, Doorbreking, MeldcodeTraject, Vordering)


def held(tenant_id: int) -> frozenset[UUID]:
    """The kwesties, thrown away or not, of which nothing may be destroyed now: of a
    client who is restricted, or of whom an authority demands something. In a scope
    that reads the cases.
    """
    demanded = Vordering.objects.filter(tenant_id=tenant_id, afgedaan_op=None)
    about = demanded.values("kwestie_id")
    clients = Kwestie.alles.filter(tenant_id=tenant_id, pk__in=about)
    waiting = (
        models.Q(client__beperkt_op__isnull=False)
        | models.Q(pk__in=about)
        | models.Q(client_id__in=clients.exclude(client=None).values("client_id"))
    )
    rows = Kwestie.alles.filter(waiting, tenant_id=tenant_id)
    return frozenset(rows.values_list("pk", flat=True))


def empty_bin(
    tenant_id: int, wachten: frozenset[UUID] = frozenset()
) -> dict[str, list[UUID]]:
    """Everything of this tenant that is due, in one transaction; recorded. Returns whose
    keys are of no use any more: "kwestie" and "client" → ids.

    wachten: the kwesties that are ``held``, with everything of them.
    """
    due: dict[str, Any] = {
        "tenant_id": tenant_id,
        "weggegooid_op__lt": timezone.now() - PRULLENBAK_TIJD,
    }
    stays = models.Q(kwestie_id__in=wachten)
    binned = Kwestie.alles.filter(**due)
    kept = binned.filter(pk__in=wachten).exclude(client=None).values("client_id")
    kwesties = list(binned.exclude(pk__in=wachten).values_list("pk", flat=True))
    clients = list(
        Client.objects.filter(**due).exclude(pk__in=kept).values_list("pk", flat=True)
    )
    files = Bijlage.alles.filter(**due).values("pk")
    _delete(BijlageStuk.objects.filter(tenant_id=tenant_id, bijlage_id__in=files))
    gone = {
        soort.lower(): _delete(SOORTEN[soort].alles.filter(~stays, **due))
        for soort in SOORTEN
        if SOORTEN[soort] is not Kwestie
    }
    sent = _rows(Aanmelding, tenant_id, "kwestie", kwesties).values("pk")
    _delete(Loketbericht.objects.filter(tenant_id=tenant_id, aanmelding_id__in=sent))
    for model, column in hanging_on_kwestie():
        _delete(_rows(model, tenant_id, column, kwesties))
    _delete(_rows(Kwestie, tenant_id, "pk", kwesties))
    for model in (Zoekteken, PrivacyInformatie):
        _delete(_rows(model, tenant_id, "client", clients))
    _delete(_rows(Client, tenant_id, "pk", clients))
    _delete(Prullenbak.objects.filter(~stays, **due))
    if kwesties or any(gone.values()):
        logboek.prullenbak_vernietigd(
            tenant_id, kwesties, clienten=len(clients), **gone
        )
    return {"kwestie": kwesties, "client": clients}


def hanging_on_kwestie() -> Iterator[tuple[Model, str]]:
    """Models with a key to Kwestie and its name; who points at another comes first."""
    found = {
        relation.related_model: relation.field.name
        for relation in Kwestie._meta.related_objects
        if isinstance(relation.related_model, type)
        and relation.related_model not in BLIJFT
    }
    points_at = {
        model: {
            field.related_model
            for field in model._meta.concrete_fields
            if field.related_model in found and field.related_model is not model
        }
        for model in found
    }
    order = list(TopologicalSorter(points_at).static_order())
    for model in reversed(order):
        yield model, found[model]


def _rows(model: Model, tenant_id: int, column: str, ids: list[UUID]) -> Any:
    rows = model._base_manager.filter(tenant_id=tenant_id)
    return rows.filter(**{f"{column}__in": ids}) if ids else rows.none()


def _delete(rows: Any) -> int:
    """One DELETE: the role may read no more of a row than the keys it is found by."""
    return int(rows._raw_delete(rows.db) or 0)
