"""Questions about tenants that do not depend on who asks."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tenants.models import Membership, RegioLid, Tenant
from tenants.roles import ROLLEN, Recht
from tenants.scope import Scope, acting_as


def tenant_ids_by_slug() -> dict[str, int]:
    """Id of every tenant by its slug, for commands and files that name one.

    In the ``dispatch`` role, which reads these two columns and no others.
    """
    with acting_as(Scope("dispatch")):
        return dict(Tenant.objects.order_by("slug").values_list("slug", "id"))


def regioleden() -> list[RegioLid]:
    """Who is or was in which region, for what has to reckon with all of them."""
    with acting_as(Scope("dispatch")):
        return list(RegioLid.objects.order_by("tenant_id", "van", "pk"))


def holders_of(tenant_id: int, *rechten: Recht) -> set[UUID]:
    """Accounts that have one of these rights for this tenant today."""
    today = timezone.localdate()
    rows = Membership.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=today), tenant_id=tenant_id, van__lte=today
    ).values_list("user_id", "rol", "zonder")
    wanted = set(rechten)
    return {
        user_id
        for user_id, rol, zonder in rows
        if (ROLLEN[rol].rechten - set(zonder)) & wanted
    }
