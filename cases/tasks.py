"""What is done at night, without anybody asking.

Guarded by tests/cases/test_concepten.py and test_retention.py.
"""

from __future__ import annotations

from django.utils import timezone

from cases import logboek, retention
from cases.models import BEWAARTIJD, Concept
from cases.services.wissen import delete_concepten
from tenants.jobs import every_tenant
from tenants.scope import acting_as

BEWAREN = "cases.tasks.bewaartermijnen"
RUIM_CONCEPTEN = "cases.tasks.ruim_concepten"


def throw_away(tenant_id: int) -> None:
    """Remove drafts that nobody touched for thirty days; how many is recorded."""
    old = Concept.objects.filter(bewaard_op__lt=timezone.now() - BEWAARTIJD)
    gone = delete_concepten(tenant_id, old)
    if gone:
        logboek.concepten_opgeruimd(tenant_id, gone)


ruim_concepten = every_tenant(RUIM_CONCEPTEN)(throw_away)


def keep_terms(tenant_id: int) -> None:
    """Erase what is past its term (cases.retention), as the system on the cases."""
    with acting_as(retention.scope(tenant_id)):
        stand = retention.due(tenant_id, timezone.localdate())
        retention.carry_out(stand)


bewaartermijnen = every_tenant(BEWAREN)(keep_terms)
