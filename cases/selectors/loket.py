"""Questions about what came in at the door of visitors.

Guarded by tests/cases/test_loket.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from cases import werkdagen
from cases.models import Aanmelding, Kwestie, Loketbericht
from privacy.voorbereid import Voorbereid
from tenants.access import Plek, Wie
from tenants.models import Loket
from tenants.roles import Recht

MAXIMUM = 50
KORTSTE_ZOEKTERM = 2


@dataclass(frozen=True, slots=True)
class Wachtend:
    """A question that nobody has taken up yet."""

    id: UUID
    plek: Plek
    sinds: datetime
    is_te_laat: bool


def doors(zoek: str = "") -> list[Loket]:
    """The doors that there are, by name; with ``zoek`` only those that match."""
    rows = Loket.objects.filter(is_actief=True)
    for word in zoek.split():
        rows = rows.filter(naam__icontains=word)
    return list(rows.order_by("naam")[:MAXIMUM])


def door_at(slug: str) -> Loket | None:
    """The door of this address, open or not."""
    return Loket.objects.filter(slug=slug).first()


def national_door() -> Loket | None:
    """Where who does not know where to be can ask (S76); None when there is none open.

    Which door that is, the operator says (``LOKET_LANDELIJK``).
    """
    slug = settings.LOKET_LANDELIJK
    rows = Loket.objects.filter(slug=slug, is_actief=True, is_open=True)
    return rows.first() if slug else None


def door_of(tenant_id: int) -> Loket | None:
    """The door of this tenant; None while it has no public page."""
    return Loket.objects.filter(tenant_id=tenant_id).first()


def waiting_for_team(wie: Wie, norm: int) -> list[Wachtend]:
    """What came in for the teams she leads and waits, the longest first.

    norm: working days after which it is too late (S174).
    """
    here = wie.with_right(Recht.KWESTIE_TEAM)
    border = werkdagen.voor(timezone.now(), norm)
    return [
        Wachtend(pk, wie.plekken[tenant_id], op, op < border)
        for pk, tenant_id, op in _WACHTEND(tenants=here)
    ]


def _waiting(*, tenants: Sequence[int]) -> QuerySet[Aanmelding, tuple[Any, ...]]:
    rows = Aanmelding.objects.filter(
        tenant_id__in=tenants, kwestie__isnull=True, naar__isnull=True
    ).order_by("ontvangen_op", "id")
    return rows.values_list("id", "tenant_id", "ontvangen_op")[:MAXIMUM]


_WACHTEND = Voorbereid(_waiting)


def unread_by_kwestie(tenants: Iterable[int]) -> QuerySet[Loketbericht, UUID | None]:
    """Ids of the kwesties in which the sender wrote and nobody looked yet."""
    rows = Loketbericht.objects.filter(
        tenant_id__in=list(tenants),
        is_van_ons=False,
        gelezen_op__isnull=True,
        aanmelding__tenant_id=F("tenant_id"),
        aanmelding__kwestie__isnull=False,
    )
    return rows.values_list("aanmelding__kwestie_id", flat=True)


def from_loket() -> Exists:
    """For a query of kwesties: whether it came in at the door of visitors."""
    return Exists(
        Aanmelding.objects.filter(
            tenant_id=OuterRef("tenant_id"), kwestie_id=OuterRef("pk")
        )
    )


def aanmelding_of(kwestie: Kwestie) -> Aanmelding | None:
    """What this kwestie began with; None when it came in otherwise."""
    rows = Aanmelding.objects.filter(tenant_id=kwestie.tenant_id, kwestie=kwestie)
    return rows.select_related("loketsleutel").first()


def messages_of(aanmelding: Aanmelding) -> Sequence[Loketbericht]:
    """What was said back and forth, in order."""
    rows = Loketbericht.objects.filter(
        tenant_id=aanmelding.tenant_id, aanmelding=aanmelding
    )
    return list(rows.select_related("door").order_by("op", "id"))
