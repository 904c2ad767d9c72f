"""How anonymous kwesties of a tenant count as clients: agreed with a reason (S18).

Invariant: an agreement holds for figures that are frozen after it. What went out stays
as it was printed, and the ledger keeps the clients as they were counted then
(tests/signalering/test_tellen.py).
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from signalering import logboek
from signalering.lifecycle.tabel import person
from tenants.access import Wie
from tenants.models import Telafspraak
from tenants.roles import Recht


def agreements_of(tenant_id: int) -> QuerySet[Telafspraak]:
    """Every agreement of a tenant, the one that holds first."""
    return Telafspraak.objects.filter(tenant_id=tenant_id).order_by("-gemaakt_op", "pk")


def counting_of(tenant_id: int) -> str:
    """The Telafspraak.Wijze that holds now."""
    last = agreements_of(tenant_id).values_list("wijze", flat=True).first()
    return last or Telafspraak.Wijze.EEN.value


@transaction.atomic
def agree_counting(
    *, actor: Wie, tenant_id: int, wijze: str, reden: str
) -> Telafspraak:
    """Record how anonymous kwesties count from now on, and why. Raises Refused."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    made = Telafspraak.objects.create(
        tenant_id=tenant_id, wijze=wijze, reden=reden, door_id=person(actor)
    )
    logboek.telwijze_afgesproken(actor, made)
    return made
