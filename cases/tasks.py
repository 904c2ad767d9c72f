"""What is done at night, without anybody asking.

Guarded by tests/cases/test_concepten.py.
"""

from __future__ import annotations

from django.utils import timezone

from cases import logboek
from cases.models import BEWAARTIJD, Concept
from cases.services.wissen import delete_concepten
from tenants.jobs import every_tenant

RUIM_CONCEPTEN = "cases.tasks.ruim_concepten"


def throw_away(tenant_id: int) -> None:
    """Remove drafts that nobody touched for thirty days; how many is recorded."""
    old = Concept.objects.filter(bewaard_op__lt=timezone.now() - BEWAARTIJD)
    gone = delete_concepten(tenant_id, old)
    if gone:
        logboek.concepten_opgeruimd(tenant_id, gone)


ruim_concepten = every_tenant(RUIM_CONCEPTEN)(throw_away)
