"""Questions about requests, demands and breaches: whose they are, and how late.

Guarded by tests/cases/test_avg.py.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from cases.models import AvgVerzoek, Kwestie, Vordering
from tenants.access import Wie
from tenants.models import Datalek
from tenants.roles import CASE_RIGHTS, Recht

WACHT_OP_BESLUIT = ("ONTVANGEN", "IDENTITEIT", "IN_BEHANDELING", "VERLENGD")


def verzoeken_of(kwestie: Kwestie) -> QuerySet[AvgVerzoek]:
    """Those of one kwestie, newest first."""
    return AvgVerzoek.objects.filter(
        tenant_id=kwestie.tenant_id, kwestie=kwestie
    ).order_by("-ontvangen_op", "id")


def verzoeken_for(wie: Wie) -> QuerySet[AvgVerzoek]:
    """What the FG has on her desk: the earliest end of a term first."""
    return (
        AvgVerzoek.objects.filter(tenant_id__in=wie.with_right(Recht.AVG_BEHANDELEN))
        .exclude(stand="GESLOTEN")
        .select_related("tenant", "geregistreerd_door")
        .order_by("termijn_op", "id")
    )


def unlinked_for(wie: Wie) -> QuerySet[AvgVerzoek]:
    """Requests of which nobody knows yet whose kwestie it is about."""
    here = wie.with_right(*(Recht(recht) for recht in CASE_RIGHTS))
    return (
        AvgVerzoek.objects.filter(
            tenant_id__in=here, kwestie__isnull=True, stand__in=WACHT_OP_BESLUIT
        )
        .select_related("tenant")
        .order_by("termijn_op", "id")
    )


def open_vorderingen(tenant_id: int, client_id: UUID) -> QuerySet[Vordering]:
    """Demands about any kwestie of this client that were not dealt with."""
    return Vordering.objects.filter(
        tenant_id=tenant_id, kwestie__client_id=client_id, afgedaan_op=None
    )


def datalekken_for(wie: Wie) -> QuerySet[Datalek]:
    """The register of the FG, and what she reported herself; newest first."""
    return (
        Datalek.objects.filter(
            Q(tenant_id__in=wie.with_right(Recht.AVG_BEHANDELEN))
            | Q(tenant_id__in=tuple(wie.plekken), gemeld_door_id=wie.user_id)
        )
        .select_related("tenant", "gemeld_door")
        .order_by("-ontdekt_op", "id")
    )
