"""Who is this, and what may she do where: read afresh on every request.

Invariant: a right counts only with a membership that is valid today, so revoking
works at once. ``Wie`` is the only thing services and views ask for permission.

Guarded by tests/tenants/test_access.py and tests/isolation/test_url_matrix.py.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from tenants.models import Membership, TenantUserObjectPermission, User
from tenants.roles import rechten_van
from tenants.wie import Plek, Refused, Wie

__all__ = ["Plek", "Refused", "Wie", "wie_for"]


def wie_for(user: User) -> Wie:
    """The person behind ``user`` with her places; needs an ``identity`` scope.

    Two queries, whatever the number of tenants.
    """
    today = timezone.localdate()
    memberships = Membership.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=today), user=user, van__lte=today
    ).select_related("tenant")
    rows: dict[int, list[Membership]] = {}
    for membership in memberships:
        rows.setdefault(membership.tenant_id, []).append(membership)
    granted: dict[int, set[str]] = {}
    for tenant_id, codename in TenantUserObjectPermission.objects.filter(
        user=user
    ).values_list("content_object_id", "permission__codename"):
        granted.setdefault(tenant_id, set()).add(codename)
    plekken = {}
    for tenant_id, held in rows.items():
        tenant = held[0].tenant
        rollen = frozenset(m.rol for m in held)
        # guardian has no dates: only what a role that is valid today gives, counts.
        valid = granted.get(tenant_id, set()) & rechten_van(rollen)
        plekken[tenant_id] = Plek(
            id=tenant_id,
            slug=tenant.slug,
            naam=tenant.naam,
            type=tenant.type,
            is_fictief=tenant.is_fictief,
            rollen=rollen,
            rechten=frozenset(valid),
        )
    return Wie(user.pk, user.naam, user.soort, plekken)
