"""Work without a client."""

from __future__ import annotations

from cases.logboek.basis import _rol
from cases.models import CollectieveActiviteit
from privacy import audit
from tenants.access import Wie


def collectief_vastgelegd(wie: Wie, activiteit: CollectieveActiviteit) -> None:
    """Work without a client was recorded, or put right."""
    audit.record(
        "collectief_vastgelegd",
        tenant_id=activiteit.tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="collectief",
        ids=[activiteit.pk],
        grond="eigen",
        extra={"soort": activiteit.soort},
    )
