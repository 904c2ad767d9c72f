"""How many people stand behind a signal: true counts, for colleagues with case rights.

Invariant: nobody outside gets a number of these, and who has no right on kwesties gets
none either. Counted in the ``job`` role, through the window of ``cases``.

Guarded by tests/signalering/test_signalen.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from cases.counts_signalen import Sterkte, signal_strength
from signalering.lifecycle.telling import counting_of
from signalering.models import Signaal, SignaalStatus
from tenants.access import Wie
from tenants.roles import CASE_RIGHTS
from tenants.scope import Scope, acting_as


def strength_of(wie: Wie, signalen: Iterable[Signaal]) -> dict[UUID, Sterkte]:
    """Per signal what is linked to it; only of tenants whose kwesties she may see."""
    here = set(wie.with_right(*CASE_RIGHTS))
    by_tenant: dict[int, list[UUID]] = {}
    for signaal in signalen:
        if signaal.tenant_id in here:
            by_tenant.setdefault(signaal.tenant_id, []).append(signaal.pk)
    telwijzen = {tenant: counting_of(tenant) for tenant in by_tenant}
    found: dict[UUID, Sterkte] = {}
    for tenant_id, ids in by_tenant.items():
        one = (tenant_id,)
        with acting_as(Scope("job", wie.user_id, one, None, one)):
            counted = signal_strength(tenant_id, ids, telwijzen[tenant_id])
        found |= {pk: counted.get(pk, Sterkte()) for pk in ids}
    return found


def joint_strength(wie: Wie, signaal: Signaal) -> tuple[int, int]:
    """(distinct clients, tenants) behind this signal and those of other tenants about
    the same, as far as she may see their kwesties.
    """
    together = Signaal.objects.filter(
        tenant_id__in=wie.with_right(*CASE_RIGHTS),
        gezamenlijk_id=signaal.gezamenlijk_id,
    ).exclude(status=SignaalStatus.GESLOTEN)
    counted = list(strength_of(wie, together).values())
    return sum(c.clienten for c in counted), sum(c.kwesties > 0 for c in counted)
