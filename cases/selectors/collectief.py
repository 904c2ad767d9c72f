"""Work without a client: what was done for the tenants somebody works for."""

from __future__ import annotations

from django.db.models import QuerySet

from cases.models import CollectieveActiviteit
from tenants.access import Wie
from tenants.roles import Recht

COLLECTIEF_MAXIMUM = 100


def collectief_for(wie: Wie) -> list[CollectieveActiviteit]:
    """The latest of her tenants, newest first; hers and those of colleagues."""
    rows = CollectieveActiviteit.objects.filter(
        tenant_id__in=wie.with_right(Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM)
    ).select_related("medewerker", "tenant")
    return list(rows.order_by("-datum", "id")[:COLLECTIEF_MAXIMUM])


def own_collectief(wie: Wie, tenant_id: int) -> QuerySet[CollectieveActiviteit]:
    """What she recorded here herself, which she can put right."""
    return CollectieveActiviteit.objects.filter(
        tenant_id=tenant_id, medewerker_id=wie.user_id
    )
