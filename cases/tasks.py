"""What is done at night, without anybody asking.

Guarded by tests/cases/test_concepten.py.
"""

from __future__ import annotations

from django.utils import timezone

from cases import logboek
from cases.models import BEWAARTIJD, Concept
from tenants.jobs import every_tenant

RUIM_CONCEPTEN = "cases.tasks.ruim_concepten"


def throw_away(tenant_id: int) -> None:
    """Remove drafts that nobody touched for thirty days; how many is recorded."""
    gone, _each = Concept.objects.filter(
        tenant_id=tenant_id, bewaard_op__lt=timezone.now() - BEWAARTIJD
    ).delete()
    if gone:
        logboek.concepten_opgeruimd(tenant_id, gone)


ruim_concepten = every_tenant(RUIM_CONCEPTEN)(throw_away)
