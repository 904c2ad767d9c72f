"""Groups of a tenant and a role: what Membership says is what guardian answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.contrib.auth.models import Group, Permission
from django.db import DatabaseError, transaction
from django.utils import timezone
from guardian.core import ObjectPermissionChecker

from tenants.groepen import Lid, groepsnaam, stray_permissions, sync_permissions
from tenants.models import (
    Membership,
    Tenant,
    TenantGroupObjectPermission,
    TenantUserObjectPermission,
    User,
)
from tenants.roles import (
    MEDEWERKER,
    OPDRACHTGEVER,
    PER_CONTACT,
    ROLLEN,
    Recht,
    rechten_in,
)
from tenants.scope import Scope, acting_as
from tenants.services import grant_membership, revoke_membership
from tests import people

pytestmark = pytest.mark.django_db
ARNHEM = 1


def somebody(naam: str) -> User:
    soort = OPDRACHTGEVER if naam in people.CONTACTS else MEDEWERKER
    return User(id=people.ident(naam), naam=naam.title(), soort=soort)


def by_membership(user: User, tenant: Tenant) -> set[str]:
    today = timezone.localdate()
    rows = Membership.objects.filter(tenant=tenant, user_id=user.pk)
    held = [(m.rol, m.zonder) for m in rows if m.tot is None or m.tot >= today]
    return set(map(str, rechten_in(held)))


def by_guardian(user: User, tenant: Tenant) -> set[str]:
    return set(ObjectPermissionChecker(user).get_perms(tenant))


def same_for_everybody() -> int:
    """Everybody at every tenant; how many rights there are."""
    total = 0
    with acting_as(Scope("staff", None, (1, 2))):
        for tenant in Tenant.objects.all():
            for naam in people.PEOPLE:
                user = somebody(naam)
                found = by_guardian(user, tenant)
                assert found == by_membership(user, tenant), (naam, tenant)
                total += len(found)
    return total


@pytest.fixture
def dewi() -> Iterator[Any]:
    wie = people.wie("dewi")
    with acting_as(wie.scope(ARNHEM)):
        yield wie


def give(actor: Any, naam: str, rol: str, **more: Any) -> Membership:
    tenant = Tenant.objects.get(pk=ARNHEM)
    return grant_membership(
        actor=actor, tenant=tenant, user=somebody(naam), rol=rol, **more
    )


def test_guardian_answers_what_membership_says_whatever_changes() -> None:
    """For all roles and tenants: as they are, each one given, taken, and shortened."""
    before = same_for_everybody()
    assert before > 40
    wie = people.wie("dewi")
    made = []
    with acting_as(wie.scope(ARNHEM)):
        for rol in ROLLEN.values():
            naam = "niemand" if rol.soort == MEDEWERKER else "ivo"
            made.append(give(wie, naam, rol.code))
    assert same_for_everybody() == before + sum(
        len(rechten_in((r.code, []) for r in ROLLEN.values() if r.soort == soort))
        for soort in (MEDEWERKER, OPDRACHTGEVER)
    )
    with acting_as(wie.scope(ARNHEM)):
        for zonder in ([], *([recht] for recht in PER_CONTACT), PER_CONTACT):
            give(wie, "ivo", "CONTACT", zonder=zonder)
            ivo, tenant = somebody("ivo"), Tenant.objects.get(pk=ARNHEM)
            assert by_guardian(ivo, tenant) == by_membership(ivo, tenant)
        for membership in made:
            membership.refresh_from_db()
            revoke_membership(actor=wie, membership=membership)
    assert same_for_everybody() == before


def test_a_person_is_in_one_group_a_role_of_the_name_of_tenant_and_role(
    dewi: Any,
) -> None:
    give(dewi, "ivo", "CONTACT", zonder=[Recht.RAPPORTAGE_REAGEREN])
    names = Lid.objects.values_list("group__name", flat=True)
    assert list(
        names.filter(user_id=people.ident("ivo"), group__name__startswith="1:")
    ) == ["1:contact-rapportage_reageren"]
    assert list(names.filter(user_id=people.ident("anna"))) == ["1:ondersteuner"]
    Tenant.objects.filter(pk=ARNHEM).update(naam="Gemeente Anders")
    assert groepsnaam(ARNHEM, "ONDERSTEUNER") == "1:ondersteuner"


def test_of_a_role_that_is_over_the_group_gives_nothing_and_is_found(
    dewi: Any,
) -> None:
    today = timezone.localdate()
    row = give(dewi, "anna", "TOETSER", van=today - timedelta(days=9))
    assert people.wie("anna").may(Recht.RAPPORTAGE_TOETSEN, ARNHEM)
    Membership.objects.filter(pk=row.pk).update(tot=today - timedelta(days=1))
    assert not people.wie("anna").may(Recht.RAPPORTAGE_TOETSEN, ARNHEM)
    found = [(people.ident("anna"), "rapportage_toetsen")]
    assert stray_permissions(ARNHEM) == found
    sync_permissions(tenant_id=ARNHEM, user_id=people.ident("anna"))
    assert stray_permissions(ARNHEM) == []


# ------------------------------------------------------- what PostgreSQL lets nobody do


def group(naam: str) -> Group:
    return Group.objects.get(name=naam)


def refused(how: str) -> Any:
    return pytest.raises(DatabaseError, match=how)


def test_nobody_is_in_a_group_without_the_role(dewi: Any) -> None:
    for naam in ("1:beheer", "1:teamleider", "1:directie"):
        with refused("groep_zonder_rol"), transaction.atomic():
            Lid.objects.create(user_id=people.ident("anna"), group=group(naam))
    with refused("row-level security"), transaction.atomic():  # she writes for Arnhem
        Lid.objects.create(user_id=people.ident("hanna"), group=group("2:ondersteuner"))


@pytest.mark.parametrize("naam", ["anna", "chantal", "fatma"])
def test_who_does_not_administer_writes_no_group(naam: str) -> None:
    with acting_as(people.wie(naam).scope(ARNHEM)):
        with refused("groep_door_beheer"), transaction.atomic():
            Lid.objects.filter(user_id=people.ident("bram")).delete()
        with refused("groep_door_beheer"), transaction.atomic():
            Group.objects.create(name="1:ondersteuner-kwestie_eigen")
        with refused("groep_door_beheer"), transaction.atomic():
            TenantGroupObjectPermission.objects.create(
                content_object_id=ARNHEM,
                group=group("1:ondersteuner"),
                permission=permission(Recht.KWESTIE_TEAM),
            )


def permission(recht: Recht) -> Permission:
    return Permission.objects.get(codename=recht, content_type__model="tenant")


def test_a_group_holds_rights_on_its_own_tenant_and_no_more_than_its_role(
    dewi: Any,
) -> None:
    with refused("groepsrecht_eigen_tenant"), transaction.atomic():
        TenantGroupObjectPermission.objects.create(
            content_object_id=ARNHEM,
            group=group("2:beheer"),
            permission=permission(Recht.KWESTIE_TEAM),
        )
    # More than its role gives counts for nothing, and is found.
    TenantGroupObjectPermission.objects.create(
        content_object_id=ARNHEM,
        group=group("1:ondersteuner"),
        permission=permission(Recht.KWESTIE_TEAM),
    )
    assert not people.wie("anna").may(Recht.KWESTIE_TEAM, ARNHEM)
    assert (people.ident("anna"), "kwestie_team") in stray_permissions(ARNHEM)


@pytest.mark.parametrize("naam", ["toezicht", "1", ":beheer", "1:Beheer", "1:"])
def test_a_group_is_of_a_tenant_and_a_role(
    naam: str, superuser: psycopg.Connection[Any]
) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="groep_naam"):
        with superuser.transaction():
            superuser.execute("INSERT INTO auth_group (name) VALUES (%s)", [naam])


def test_no_right_is_given_past_the_groups_not_even_by_the_owner(
    superuser: psycopg.Connection[Any],
) -> None:
    tables = (
        "auth_group_permissions",
        "tenants_tenantuserobjectpermission",
        "tenants_user_user_permissions",
    )
    found = superuser.execute(
        "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'c'"
        " AND convalidated AND pg_get_constraintdef(oid) = 'CHECK (false)' ORDER BY 1"
    ).fetchall()
    assert [row[0] for row in found] == list(tables)
    with pytest.raises(psycopg.errors.CheckViolation), superuser.transaction():
        superuser.execute(
            "INSERT INTO tenants_tenantuserobjectpermission"
            " (content_object_id, user_id, permission_id)"
            " SELECT 1, %s, min(id) FROM auth_permission",
            [people.ident("anna")],
        )


def test_a_colleague_has_no_grant_to_give_a_right_directly(dewi: Any) -> None:
    with refused("permission denied"), transaction.atomic():
        TenantUserObjectPermission.objects.create(
            content_object_id=ARNHEM,
            user_id=people.ident("anna"),
            permission=permission(Recht.KWESTIE_TEAM),
        )


# ------------------------------------------------------------------ who was there before

NOW = """
SELECT u.user_id, g.name, p.codename FROM tenants_user_groups u
JOIN auth_group g ON g.id = u.group_id
JOIN tenants_tenantgroupobjectpermission t ON t.group_id = g.id
JOIN auth_permission p ON p.id = t.permission_id
"""


def test_the_migration_puts_who_has_a_role_in_its_group(
    superuser: psycopg.Connection[Any],
) -> None:
    """Its own SQL again, on people who have roles: the same rows as the service makes."""
    before: set[tuple[UUID, str, str]] = set(superuser.execute(NOW).fetchall())
    assert before
    migration: Any = import_module("tenants.migrations.0018_groepen")
    with superuser.transaction(force_rollback=True):
        superuser.execute("DELETE FROM tenants_user_groups")
        superuser.execute(migration.OVER)
        assert set(superuser.execute(NOW).fetchall()) == before
