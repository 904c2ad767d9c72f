"""Questions about who may have a kwestie, and about those that nobody looks after.

Guarded by tests/cases/test_toegang.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    DateTimeField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from cases import werkdagen
from cases.models import OPEN, CaseGrant, Kwestie, Overdracht, Plaatsvervanging
from cases.selectors.lijsten import KOLOMMEN, Lijst, regels_of
from cases.selectors.werk import KORT_MAXIMUM, WERK_MAXIMUM
from cases.selectors.zicht import Grond, let_in, plekken_for, valid_now
from privacy.voorbereid import Vandaag, Voorbereid
from tenants.access import Plek, Wie
from tenants.models import Membership
from tenants.roles import Recht

KORT = (
    *("id", "tenant_id", "datum", "nummer", "vertrouwelijkheid", "niet_voor"),
    *("ondersteuner__naam", "sinds"),
)


# ----------------------------------------------------------------- plaatsvervanging


def plaatsvervangingen_at(tenant_ids: Iterable[int]) -> QuerySet[Plaatsvervanging]:
    """All of these tenants, the one that lasts longest first."""
    return (
        Plaatsvervanging.objects.filter(tenant_id__in=list(tenant_ids))
        .select_related("afwezige", "vervanger")
        .order_by("-tot", "id")
    )


@dataclass(frozen=True, slots=True)
class Namens:
    """The open kwesties of somebody for whom she stands in, up to and with ``tot``."""

    afwezige: str
    plek: Plek
    tot: date
    lijst: Lijst


def substituted_kwesties_of(wie: Wie) -> list[Namens]:
    """For each one she stands in for today: what is open, oldest contact first."""
    plekken = {plek.id: plek for plek in plekken_for(wie)}
    windows = _VENSTERS(wie=wie.user_id, tenants=tuple(plekken))
    found = {(w.tenant_id, w.afwezige_id): w for w in windows}
    return [
        Namens(w.afwezige.naam, plekken[tenant_id], w.tot, _open_of(wie, w))
        for (tenant_id, _afwezige), w in found.items()
    ]


def _windows(*, wie: UUID, tenants: Sequence[int]) -> QuerySet[Plaatsvervanging]:
    rows = Plaatsvervanging.objects.filter(
        valid_now(), tenant_id__in=tenants, vervanger_id=wie
    )
    return rows.select_related("afwezige").order_by("afwezige__naam", "tot")


_VENSTERS = Voorbereid(_windows)


def _open_of(wie: Wie, window: Plaatsvervanging) -> Lijst:
    plek = wie.plekken[window.tenant_id]
    rows = (
        Kwestie.objects.filter(
            let_in(wie, plek),
            tenant_id=plek.id,
            ondersteuner_id=window.afwezige_id,
            status__in=OPEN,
        )
        .order_by(F("laatste_contact_op").asc(nulls_first=True), "datum", "id")
        .values(*KOLOMMEN)[:WERK_MAXIMUM]
    )
    marked = ({**row, "grond": Grond.PLAATSVERVANGING} for row in rows)
    names = {window.afwezige_id: window.afwezige.naam}
    return Lijst(regels_of(wie, marked, names))


# ----------------------------------------------------------------- nobody's kwesties


def a_working_day_before(moment: datetime) -> datetime:
    """One working day earlier; weekends and public holidays do not count (S174)."""
    return werkdagen.voor(moment, 1)


@dataclass(frozen=True, slots=True)
class Wachtend:
    """An open kwestie that nobody looks after. Without number and link when STRIKT.

    sinds: since when; None: its supporter (``van``) has no role here any more.
    """

    id: UUID
    plek: Plek
    datum: date
    nummer: str
    is_strikt: bool
    sinds: datetime | None
    van: str = ""


def neglected_kwesties_for(wie: Wie) -> list[Wachtend]:
    """Where she leads the team: without a supporter for longer than a working day,
    or with one whose role has ended (S174). The oldest first, KORT_MAXIMUM of each.
    """
    tenants = wie.with_right(Recht.KWESTIE_TEAM)
    if not tenants:
        return []
    rows = _VERWAARLOOSD(tenants=tenants, grens=a_working_day_before(timezone.now()))
    return [_wachtend(wie, row) for row in rows]


def _neglected(
    *, tenants: Sequence[int], grens: datetime
) -> QuerySet[Kwestie, dict[str, Any]]:
    open_here = Kwestie.objects.filter(tenant_id__in=tenants, status__in=OPEN)
    queued = Overdracht.objects.filter(
        tenant_id=OuterRef("tenant_id"), kwestie_id=OuterRef("pk"), naar__isnull=True
    ).order_by("-op")
    ownerless = (
        open_here.filter(ondersteuner__isnull=True)
        .annotate(sinds=Coalesce(Subquery(queued.values("op")[:1]), F("aangemaakt_op")))
        .filter(sinds__lt=grens)
        .order_by("sinds", "id")
    )
    orphaned = (
        open_here.filter(ondersteuner_id__in=_ended_members(tenants))
        .annotate(sinds=Value(None, output_field=DateTimeField()))
        .order_by("datum", "id")
    )
    parts = [rows.values(*KORT)[:KORT_MAXIMUM] for rows in (ownerless, orphaned)]
    both: QuerySet[Kwestie, dict[str, Any]] = parts[0].union(parts[1], all=True)
    return both


_VERWAARLOOSD = Voorbereid(_neglected)


def _ended_members(tenants: Iterable[int]) -> QuerySet[Membership, UUID]:
    """People whose last role for one of these tenants ended, and is not renewed."""
    here = Membership.objects.filter(tenant_id__in=tenants)
    current = here.exclude(tot__lt=Vandaag())
    return (
        here.filter(tot__lt=Vandaag())
        .exclude(user_id__in=current.values("user_id"))
        .values_list("user_id", flat=True)
    )


def _wachtend(wie: Wie, row: dict[str, Any]) -> Wachtend:
    is_strikt = row["vertrouwelijkheid"] == "STRIKT"
    hidden = is_strikt or wie.user_id in row["niet_voor"]
    return Wachtend(
        id=row["id"],
        plek=wie.plekken[row["tenant_id"]],
        datum=row["datum"],
        nummer="" if hidden else row["nummer"],
        is_strikt=is_strikt,
        sinds=row["sinds"],
        van=row["ondersteuner__naam"] or "",
    )


# ------------------------------------------------------------------- around a kwestie


def grants_of(kwestie: Kwestie) -> QuerySet[CaseGrant]:
    """With whom it is shared, not withdrawn; also what has run out, latest first."""
    return (
        CaseGrant.objects.filter(
            tenant_id=kwestie.tenant_id,
            kwestie=kwestie,
            ingetrokken_op__isnull=True,
        )
        .select_related("medewerker", "door")
        .order_by("-tot", "id")
    )


def overdrachten_of(kwestie: Kwestie) -> QuerySet[Overdracht]:
    """Whose it was before and why it went on, latest first."""
    return (
        Overdracht.objects.filter(tenant_id=kwestie.tenant_id, kwestie=kwestie)
        .select_related("van", "naar", "door")
        .order_by("-op", "id")
    )


def reasons_of_overdracht(tenant_ids: Iterable[int], jaar: int) -> dict[str, int]:
    """How often kwesties changed hands in a year, by reason (S50: counted)."""
    rows = (
        Overdracht.objects.filter(tenant_id__in=list(tenant_ids), op__year=jaar)
        .values("reden")
        .annotate(aantal=Count("id"))
        .values_list("reden", "aantal")
    )
    return dict(rows)
