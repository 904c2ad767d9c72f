"""Questions about the exceptional procedures: whose turn it is, and how many.

Guarded by tests/cases/test_doorbreken.py and test_meldcode.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cases.models import Doorbreking, Kwestie, MeldcodeTraject, Uitzondering
from cases.selectors.regels import reviewers_at
from tenants.access import Wie
from tenants.models import Medewerker, Membership
from tenants.roles import ROLLEN, Recht

BESLIST = tuple(
    sorted(
        code
        for code, rol in ROLLEN.items()
        if Recht.DOORBREKING_BESLISSEN in rol.rechten
    )
)


def doorbrekingen_of(kwestie: Kwestie) -> QuerySet[Doorbreking]:
    """Those of one kwestie, oldest first."""
    return Doorbreking.objects.filter(
        tenant_id=kwestie.tenant_id, kwestie=kwestie
    ).order_by("aangemaakt_op", "id")


def meldcodes_of(kwestie: Kwestie) -> QuerySet[MeldcodeTraject]:
    """Those of one kwestie, oldest first; at most one is open."""
    return MeldcodeTraject.objects.filter(
        tenant_id=kwestie.tenant_id, kwestie=kwestie
    ).order_by("aangemaakt_op", "id")


def doorbrekingen_for(wie: Wie) -> QuerySet[Doorbreking]:
    """Where she is the colleague who looks, or the one who decides; newest first."""
    return (
        Doorbreking.objects.filter(
            Q(
                toetser_id=wie.user_id,
                tenant_id__in=wie.with_right(Recht.KWESTIE_EIGEN),
            )
            | Q(
                beslisser_id=wie.user_id,
                tenant_id__in=wie.with_right(Recht.DOORBREKING_BESLISSEN),
            )
        )
        .select_related("aanvrager", "tenant")
        .order_by("-aangemaakt_op", "id")
    )


def meldcodes_for(wie: Wie) -> QuerySet[MeldcodeTraject]:
    """Where she is the second person, newest first."""
    return (
        MeldcodeTraject.objects.filter(
            verantwoordelijke_id=wie.user_id,
            tenant_id__in=wie.with_right(Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM),
        )
        .select_related("gestart_door", "tenant")
        .order_by("-aangemaakt_op", "id")
    )


def others_at(tenant_id: int, row: MeldcodeTraject) -> QuerySet[Medewerker]:
    """Who can be its second person: neither of the two who were in it."""
    rows = reviewers_at(tenant_id, row.verantwoordelijke_id)
    return rows.exclude(pk=row.gestart_door_id)


def waiting_for(wie: Wie) -> tuple[QuerySet[Doorbreking], QuerySet[MeldcodeTraject]]:
    """What is next is hers to do (``is_her_turn``), asked of the database."""
    asked = doorbrekingen_for(wie).filter(
        Q(toetser_id=wie.user_id, toets_op=None)
        | Q(beslisser_id=wie.user_id, toets_op__isnull=False, besluit_op=None),
        ingetrokken_op=None,
    )
    decided = meldcodes_for(wie).filter(besluit_op__isnull=False, bevestigd_op=None)
    return asked, decided


def is_her_turn(wie: Wie, row: Doorbreking | MeldcodeTraject) -> bool:
    """What is next is hers to do as the colleague, the decider or the second person."""
    if isinstance(row, MeldcodeTraject):
        is_hers = row.verantwoordelijke_id == wie.user_id
        return is_hers and row.stap == MeldcodeTraject.Stap.BEVESTIGING
    return (row.stand, wie.user_id) in {
        (Doorbreking.Stand.TOETS.value, row.toetser_id),
        (Doorbreking.Stand.BESLUIT.value, row.beslisser_id),
    }


def deciders_at(tenant_id: int, without: Iterable[UUID | None]) -> QuerySet[Medewerker]:
    """Who decides about a doorbreking for this tenant today (S24)."""
    today = timezone.localdate()
    members = Membership.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=today),
        tenant_id=tenant_id,
        van__lte=today,
        rol__in=BESLIST,
    )
    return (
        Medewerker.objects.filter(pk__in=members.values("user_id"))
        .exclude(pk__in=[pk for pk in without if pk])
        .order_by("naam")
    )


def exceptions_of_year(tenant_id: int, jaar: int) -> dict[tuple[str, str], int]:
    """How many procedures began in this year, by kind and outcome; for the directie
    only (S25): whoever calls this asks for Recht.DOORBREKING_BESLISSEN first.
    """
    rows = (
        Uitzondering.objects.filter(tenant_id=tenant_id, jaar=jaar)
        .order_by()
        .values_list("soort", "uitkomst")
        .annotate(aantal=Count("id"))
    )
    return {(soort, uitkomst): aantal for soort, uitkomst, aantal in rows}
