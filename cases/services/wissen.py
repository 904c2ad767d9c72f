"""Erasure: the rows first, then their keys, so that no copy can be read any more.

Guarded by tests/cases/test_wissen.py.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from cases.models import (
    MET_DOEL,
    Aanmelding,
    Achtergrond,
    AvgVerzoek,
    Client,
    Concept,
    ExternTraject,
    Kwestie,
    Loketbericht,
    Samenvoeging,
    Verwijzing,
)
from cases.services.rij import store
from privacy.fields import GEWIST, GEWIST_TEKST, sealed_columns
from privacy.sleutels import destroy

OP_NAAM = ("BEKEND", "ANON_ZORG")


def delete_concepten(tenant_id: int, rows: QuerySet[Concept]) -> int:
    """Delete these drafts of the tenant with their keys; returns how many."""
    mine = rows.filter(tenant_id=tenant_id)
    ids = list(mine.values_list("pk", flat=True))
    gone, _each = mine.filter(pk__in=ids).delete()
    if ids:
        destroy(tenant_id, "concept", ids)
    return gone


def erase_client(client: Client) -> int:
    """The client, and whoever was merged into it, with all their kwesties; and the
    keys of them all, so that no copy elsewhere can be read either. Returns how many
    kwesties.
    """
    gone = 0
    merged = Samenvoeging.objects.filter(
        tenant_id=client.tenant_id, blijft=client, ongedaan_van__isnull=True
    ).values_list("vervalt_id", flat=True)
    for one in Client.objects.select_for_update().filter(
        tenant_id=client.tenant_id,
        pk__in=[client.pk, *merged],
        identiteitsstatus__in=OP_NAAM,
    ):
        # A merge that was undone: that one is somebody of her own again.
        if one.pk != client.pk and one.kwesties.exists():
            continue
        rows = Kwestie.alles.filter(tenant_id=one.tenant_id, client=one)
        gone += erase_kwesties(rows, "GEANON")
        for column in sealed_columns(Client):
            setattr(one, column, None)
        one.identiteitsstatus = Client.Identiteit.GEANON
        one.leeftijdsklasse = "ONB"
        one.extern_code = None
        one.save()
        destroy(one.tenant_id, "client", [one.pk])
    return gone


def erase_kwesties(rows: QuerySet[Kwestie], identiteit: str) -> int:
    """Take from these kwesties what is text, and who they are about; then their keys.

    Returns how many.
    """
    kwesties = list(rows.select_for_update())
    if not kwesties:
        return 0
    tenant_id, ids = kwesties[0].tenant_id, [kwestie.pk for kwestie in kwesties]
    about = models.Q(kwestie_id__in=ids)
    said = Aanmelding.objects.filter(about, tenant_id=tenant_id)
    remove_aanmeldingen(tenant_id, list(said.values_list("pk", flat=True)))
    delete_concepten(tenant_id, Concept.objects.filter(about))
    for model in apps.get_app_config("cases").get_models():
        names = {field.name for field in model._meta.get_fields()}
        if model is not Concept and {"kwestie", "tenant"} <= names:
            _clear(model, about, tenant_id)
    Achtergrond.objects.filter(about, tenant_id=tenant_id).update(leeftijdsklasse="ONB")
    Verwijzing.alles.filter(about, tenant_id=tenant_id).update(organisatie="")
    ExternTraject.alles.filter(about, tenant_id=tenant_id).update(
        instantie=GEWIST_TEKST
    )
    for kwestie in kwesties:
        for column in sealed_columns(Kwestie):
            setattr(kwestie, column, None)
        if kwestie.status in MET_DOEL:  # a goal that must be there, and is not kept
            setattr(kwestie, Kwestie.doel_client.column, GEWIST)
        kwestie.identiteitsstatus = identiteit
        if identiteit == "ANONIEM":
            kwestie.client = None
        kwestie.extern_rij = None
        kwestie.geanonimiseerd_op = timezone.now()
        columns = ["client", "identiteitsstatus", "extern_rij", "geanonimiseerd_op"]
        store(kwestie, [*sealed_columns(Kwestie), *columns])
    destroy(tenant_id, "kwestie", ids)
    asked = AvgVerzoek.objects.filter(about, tenant_id=tenant_id)
    destroy(tenant_id, "avgverzoek", list(asked.values_list("pk", flat=True)))
    return len(ids)


def remove_aanmeldingen(tenant_id: int, ids: Collection[UUID]) -> None:
    """What came in at the door of visitors goes, with what was said about it."""
    said = Loketbericht.objects.filter(tenant_id=tenant_id, aanmelding_id__in=ids)
    said._raw_delete(said.db)
    rows = Aanmelding.objects.filter(tenant_id=tenant_id, pk__in=ids)
    rows._raw_delete(rows.db)


def erase_verzoeken(tenant_id: int, ids: Collection[UUID]) -> None:
    """Take the texts from these requests, then their keys."""
    _clear(AvgVerzoek, models.Q(pk__in=ids), tenant_id)
    destroy(tenant_id, "avgverzoek", ids)


def _clear(model: type[models.Model], which: models.Q, tenant_id: int) -> None:
    """What is a text becomes a dash, so that it still shows that there was one."""
    rows = model._base_manager.filter(which, tenant_id=tenant_id)
    for column in sealed_columns(model):
        rows.exclude(**{column: None}).update(**{column: GEWIST})
