"""Word of changed roles to whoever else administers a tenant: the second pair of eyes.

Every way in which a role begins or ends comes past here: given, ended, decided on, taken
with an invitation, lost with a function. Guarded by tests/tenants/test_vierogen.py,
test_uitnodigen.py and tests/cases/test_toegang_ontheffen.py.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tenants.models import Membership
from tenants.services import tell
from tenants.wie import Wie

ROLWIJZIGING = "tenants.post.rolwijziging"


def tell_other_administrators(actor: Wie, tenant_id: int, about: UUID | None) -> int:
    """Mail who administers this tenant besides the actor and who it is about; how many.

    Inside the scope of the change, so nothing changes without the message waiting.
    """
    today = timezone.localdate()
    others = (
        Membership.objects.filter(
            Q(tot__isnull=True) | Q(tot__gte=today),
            tenant_id=tenant_id,
            rol="BEHEER",
            van__lte=today,
        )
        .exclude(user_id__in=[pk for pk in (actor.user_id, about) if pk])
        .values_list("user_id", flat=True)
    )
    return len(tell(ROLWIJZIGING, tenant_id, others, actor=actor))
