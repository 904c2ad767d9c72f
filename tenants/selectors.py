"""Questions about tenants that do not depend on who asks."""

from __future__ import annotations

from tenants.models import RegioLid, Tenant
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
