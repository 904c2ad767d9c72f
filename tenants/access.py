"""Who is this, and what may she do where: read afresh on every request.

Invariant: a right counts only with a membership that is valid today, so revoking
works at once; and a colleague who did not sign the declaration of secrecy has no
places at all, so no scope of hers reaches a row of a tenant (S17). ``Wie`` is the only
thing services and views ask for permission.

Guarded by tests/tenants/test_access.py and tests/isolation/test_url_matrix.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from privacy.voorbereid import Vandaag, Voorbereid
from tenants.groepen import Lid
from tenants.models import (
    Geheimhouding,
    Membership,
    RegioLid,
    Tenant,
    TenantGroupObjectPermission,
    User,
)
from tenants.regiorecht import regioplekken
from tenants.roles import MEDEWERKER, Recht, rechten_in
from tenants.verklaring import VERSIE
from tenants.wie import Plek, Refused, Wie

__all__ = ["Plek", "Refused", "Wie", "wie_for"]


def has_signed(user: User) -> bool:
    """Whether she signed the declaration of secrecy that is asked for today."""
    return Geheimhouding.objects.filter(medewerker_id=user.pk, versie=VERSIE).exists()


def wie_for(user: User) -> Wie:
    """The person behind ``user`` with her places; needs an ``identity`` scope.

    One query, whatever the number of tenants; one more where one is in a region.
    """
    found = _MEMBERSHIPS(user=user.pk, versie=VERSIE)
    is_signed = (
        getattr(found[0], "heeft_getekend", False) if found else has_signed(user)
    )
    if user.soort == MEDEWERKER and not is_signed:
        return Wie(user.pk, user.naam, user.soort, moet_tekenen=True)
    plekken = _plekken(user, found, timezone.localdate())
    return Wie(user.pk, user.naam, user.soort, plekken)


def _memberships(*, user: UUID, versie: int) -> QuerySet[Membership]:
    """The memberships of today: what is kept is how to ask for them, never an answer."""
    memberships = Membership.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=Vandaag()), user_id=user, van__lte=Vandaag()
    ).select_related("tenant")
    signed = Exists(
        Geheimhouding.objects.filter(medewerker_id=OuterRef("user_id"), versie=versie)
    )
    in_regio = Exists(RegioLid.objects.filter(lid_id=OuterRef("tenant_id")))
    hers = Lid.objects.filter(user_id=OuterRef(OuterRef("user_id"))).values("group_id")
    granted = TenantGroupObjectPermission.objects.filter(
        content_object_id=OuterRef("tenant_id"), group_id__in=hers
    ).values("permission__codename")
    return memberships.annotate(
        heeft_getekend=signed, in_regio=in_regio, verleend=ArraySubquery(granted)
    )


_MEMBERSHIPS = Voorbereid(_memberships)


def _plekken(
    user: User, memberships: Sequence[Membership], today: date
) -> dict[int, Plek]:
    if not memberships:
        return {}
    rows: dict[int, list[Membership]] = {}
    for membership in memberships:
        rows.setdefault(membership.tenant_id, []).append(membership)
    plekken: dict[int, Plek] = {}
    for tenant_id, held in rows.items():
        tenant = held[0].tenant
        rollen = frozenset(m.rol for m in held)
        # A group has no dates: only what a role that is valid today gives, counts.
        given = rechten_in((m.rol, m.zonder) for m in held)
        valid = set(getattr(held[0], "verleend", ())) & given
        if tenant.status != Tenant.Status.ACTIEF:
            valid -= {Recht.KWESTIE_REGISTREREN}  # reading stays, nothing new begins
        plekken[tenant_id] = Plek(
            id=tenant_id,
            slug=tenant.slug,
            naam=tenant.naam,
            type=tenant.type,
            is_fictief=tenant.is_fictief,
            rollen=rollen,
            rechten=frozenset(valid),
            status=tenant.status,
            stijl=tenant.stijl,
        )
    if not any(getattr(one, "in_regio", False) for one in memberships):
        return plekken
    in_regio = RegioLid.objects.filter(lid_id__in=plekken).values("tenant_id")
    leden = RegioLid.objects.filter(tenant_id__in=in_regio).select_related("tenant")
    return plekken | regioplekken(plekken, leden, today, user.soort)
