"""What is done at night, without anybody asking.

Guarded by tests/cases/test_concepten.py, test_retention.py and test_prullenbak_sql.py.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cases import logboek, retention
from cases.models import BEWAARTIJD, Concept, Handeling
from cases.services import aanmeldingen
from cases.services.vernietigen import empty_bin, held
from cases.services.wissen import delete_concepten
from privacy.sleutels import destroy
from tenants.jobs import every_tenant
from tenants.scope import acting_as

BEWAREN = "cases.tasks.bewaartermijnen"
RUIM_CONCEPTEN = "cases.tasks.ruim_concepten"
LEEG_PRULLENBAK = "cases.tasks.leeg_prullenbak"
ONGEDAAN_VERGETEN = timedelta(days=1)


def throw_away(tenant_id: int) -> None:
    """Remove drafts that nobody touched for thirty days; how many is recorded."""
    old = Concept.objects.filter(bewaard_op__lt=timezone.now() - BEWAARTIJD)
    gone = delete_concepten(tenant_id, old)
    if gone:
        logboek.concepten_opgeruimd(tenant_id, gone)


def forget_acts(tenant_id: int) -> None:
    """What could be undone a day ago is forgotten; what was undone is in the record."""
    Handeling.objects.filter(
        tenant_id=tenant_id, op__lt=timezone.now() - ONGEDAAN_VERGETEN
    ).delete()


def clear_bin(tenant_id: int) -> None:
    """Destroy what stood in the prullenbak for thirty days, unless it is held."""
    forget_acts(tenant_id)
    with acting_as(retention.scope(tenant_id)):
        wachten = held(tenant_id)
    gone = empty_bin(tenant_id, wachten)
    with acting_as(retention.scope(tenant_id)):
        for soort, ids in gone.items():
            destroy(tenant_id, soort, ids)


leeg_prullenbak = every_tenant(LEEG_PRULLENBAK)(clear_bin)
ruim_concepten = every_tenant(RUIM_CONCEPTEN)(throw_away)


def keep_terms(tenant_id: int) -> None:
    """Erase what is past its term (cases.retention), as the system on the cases."""
    with acting_as(retention.scope(tenant_id)):
        stand = retention.due(tenant_id, timezone.localdate())
        retention.carry_out(stand)
        aanmeldingen.forget_old(tenant_id)
        aanmeldingen.renew_key(tenant_id)
    retention.close_registers(retention.due_registers(tenant_id, timezone.localdate()))


bewaartermijnen = every_tenant(BEWAREN)(keep_terms)
