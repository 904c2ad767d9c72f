"""Groups of django-guardian: one for each tenant and role, filled from Membership.

Invariant: here, and nowhere else, are groups, their rights on a Tenant and who is in
them written. A group has the id of its tenant and the code of its role for a name
(``1:ondersteuner``); for a contact without some rights of the role they follow it
(``1:contact-rapportage_reageren``). PostgreSQL refuses a person in a group without
the membership behind it, a right of a group on another tenant than its own, and every
right that is given to a person directly (migration 0018).

Guarded by tests/tenants/test_groepen.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone

from tenants.models import Membership, Tenant, TenantGroupObjectPermission, User
from tenants.roles import ROLLEN

Lid = User.groups.through  # a person in a group


def groepsnaam(tenant_id: int, rol: str, zonder: Iterable[str] = ()) -> str:
    """Name of the group of who has ``rol`` here, without the rights ``zonder``."""
    return "-".join([f"{tenant_id}:{rol.lower()}", *sorted(zonder)])


def rechten_van_groep(naam: str) -> set[str]:
    """What a group of this name is to hold; nothing when no role goes by it."""
    rol, *zonder = naam.partition(":")[2].split("-")
    found = ROLLEN.get(rol.upper())
    return set(map(str, found.rechten)) - set(zonder) if found else set()


def groepen_van(tenant_id: int) -> QuerySet[Group]:
    """The groups of one tenant."""
    return Group.objects.filter(name__startswith=f"{tenant_id}:")


def running(tenant_id: int) -> QuerySet[Membership]:
    """Roles at this tenant that are not over (they may begin later)."""
    today = timezone.localdate()
    return Membership.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=today), tenant_id=tenant_id
    )


def sync_permissions(*, tenant_id: int, user_id: UUID) -> None:
    """Put this person in the groups that her roles here name, and in no others.

    Of a role that is over nothing stays.
    """
    rows = running(tenant_id).filter(user_id=user_id).values_list("rol", "zonder")
    wanted = {groepsnaam(tenant_id, rol, zonder) for rol, zonder in rows}
    held = Lid.objects.filter(user_id=user_id, group__in=groepen_van(tenant_id))
    held.exclude(group__name__in=wanted).delete()
    present = set(held.values_list("group__name", flat=True))
    Lid.objects.bulk_create(
        Lid(user_id=user_id, group=_groep(tenant_id, naam))
        for naam in sorted(wanted - present)
    )


def _groep(tenant_id: int, naam: str) -> Group:
    """The group of this name, made with its rights when it is not there."""
    groep, _made = Group.objects.get_or_create(name=naam)
    _add_rights([groep], TenantGroupObjectPermission.objects.filter(group=groep))
    return groep


def _add_rights(
    groepen: Iterable[Group], held: QuerySet[TenantGroupObjectPermission]
) -> None:
    """What these groups hold too little; ``held`` is what they have."""
    present = set(held.values_list("group_id", "permission__codename"))
    permissions = list(
        Permission.objects.filter(
            content_type=ContentType.objects.get_for_model(Tenant)
        )
    )
    TenantGroupObjectPermission.objects.bulk_create(
        (
            TenantGroupObjectPermission(
                content_object_id=int(groep.name.partition(":")[0]),
                group=groep,
                permission=permission,
            )
            for groep in groepen
            for permission in permissions
            if permission.codename in rechten_van_groep(groep.name)
            and (groep.pk, permission.codename) not in present
        ),
        batch_size=2000,
    )


def fill_groups(rows: Iterable[tuple[UUID, int, str]]) -> None:
    """Put many people with a new role at once: (who, tenant, role); as owner."""
    named = [(user, groepsnaam(tenant, rol)) for user, tenant, rol in rows]
    names = {naam for _user, naam in named}
    there = set(Group.objects.values_list("name", flat=True))
    Group.objects.bulk_create(Group(name=naam) for naam in sorted(names - there))
    groepen = Group.objects.filter(name__in=names)
    _add_rights(groepen, TenantGroupObjectPermission.objects.filter(group__in=groepen))
    groups = dict(groepen.values_list("name", "pk"))
    Lid.objects.bulk_create(
        (Lid(user_id=user, group_id=groups[naam]) for user, naam in named),
        batch_size=2000,
    )


def sync_all_permissions() -> None:
    """The same for everybody: a new version may give a role more, or less.

    Groups that nobody is in go. For the owner of the installation, inside
    ``tenants.scope.loading`` of TABLES.
    """
    held = TenantGroupObjectPermission.objects.select_related("group", "permission")
    for row in held:
        if row.permission.codename not in rechten_van_groep(row.group.name):
            row.delete()
    _add_rights(Group.objects.all(), TenantGroupObjectPermission.objects.all())
    members = Lid.objects.values_list("group__name", "user_id")
    there = {(int(naam.partition(":")[0]), user_id) for naam, user_id in members}
    roles = set(Membership.objects.values_list("tenant_id", "user_id"))
    for tenant_id, user_id in sorted(roles | there):
        sync_permissions(tenant_id=tenant_id, user_id=user_id)
    Group.objects.filter(user__isnull=True).delete()


# What ``sync_all_permissions`` needs open.
TABLES = ("tenants_membership", "tenants_tenantgroupobjectpermission")


def stray_permissions(tenant_id: int) -> list[tuple[UUID, str]]:
    """Rights stored for somebody that no role of hers gives here: (who, right).

    By a group of a role that is over, or one that holds more than its role. They give
    nothing; ``sync_permissions`` and ``migrate`` remove them.
    """
    given: dict[UUID, set[str]] = {}
    for membership in running(tenant_id):
        rights = ROLLEN[membership.rol].rechten - set(membership.zonder)
        given.setdefault(membership.user_id, set()).update(map(str, rights))
    stored = Lid.objects.filter(
        group__tenantgroupobjectpermission__content_object_id=tenant_id
    ).values_list("user_id", "group__tenantgroupobjectpermission__permission__codename")
    return sorted({(u, code) for u, code in stored if code not in given.get(u, ())})
