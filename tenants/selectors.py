"""Questions about tenants that do not depend on who asks."""

from __future__ import annotations

from tenants.models import Tenant
from tenants.scope import Scope, acting_as


def tenant_ids_by_slug() -> dict[str, int]:
    """Id of every tenant by its slug, for commands and files that name one.

    In the ``dispatch`` role, which reads these two columns and no others.
    """
    with acting_as(Scope("dispatch")):
        return dict(Tenant.objects.order_by("slug").values_list("slug", "id"))
