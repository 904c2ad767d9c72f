"""Verbs of the ground floor: memberships with their guardian permissions, jobs."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants import logboek
from tenants.models import Job, Membership, Tenant, TenantUserObjectPermission, User
from tenants.roles import ROLLEN, Recht, rechten_van
from tenants.wie import Wie


class IncompatibleRole(Exception):
    """V10: nobody works for the Adviespunt and for an opdrachtgever (S100, S164)."""


@transaction.atomic
def grant_membership(
    *,
    actor: Wie | None,
    tenant: Tenant,
    user: User,
    rol: str,
    van: date | None = None,
    tot: date | None = None,
) -> Membership:
    """Give ``user`` the role for ``tenant`` and the permissions that go with it.

    actor None is the owner of the installation (set-up commands). Raises Refused
    when the actor does not administer the tenant, IncompatibleRole by V10.
    """
    if actor is not None:
        actor.require(Recht.TENANT_BEHEREN, tenant.pk)
    if ROLLEN[rol].soort != user.soort:
        raise IncompatibleRole(
            _(
                "%(naam)s kan deze rol niet krijgen: wie voor het Adviespunt werkt, is"
                " nooit ook contact van een opdrachtgever, en andersom."
            )
            % {"naam": user.naam}
        )
    membership, _made = Membership.objects.update_or_create(
        tenant=tenant,
        user=user,
        rol=rol,
        defaults={
            "soort": user.soort,
            "van": van or timezone.localdate(),
            "tot": tot,
        },
    )
    sync_permissions(tenant_id=tenant.pk, user_id=user.pk)
    logboek.rol_gegeven(actor, membership)
    return membership


@transaction.atomic
def revoke_membership(*, actor: Wie | None, membership: Membership) -> None:
    """End a role now: the next request of this person no longer has it."""
    if actor is not None:
        actor.require(Recht.TENANT_BEHEREN, membership.tenant_id)
    membership.delete()
    sync_permissions(tenant_id=membership.tenant_id, user_id=membership.user_id)
    logboek.rol_ingetrokken(actor, membership)


def end_sessions(user_id: UUID) -> int:
    """Sign this person out everywhere; returns how many sessions ended.

    Sessions belong to no tenant, so this runs outside a scope, as the login role:
    after the commit of whatever made it necessary.
    """
    ended = 0
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.get_decoded().get(SESSION_KEY) == str(user_id):
            session.delete()
            ended += 1
    return ended


def sync_permissions(*, tenant_id: int, user_id: UUID) -> None:
    """Make guardian's rows for (user, tenant) equal to what the roles give."""
    rollen = Membership.objects.filter(tenant_id=tenant_id, user_id=user_id)
    rechten = rechten_van(rollen.values_list("rol", flat=True))
    wanted = {str(recht) for recht in rechten}
    held = TenantUserObjectPermission.objects.filter(
        content_object_id=tenant_id, user_id=user_id
    )
    held.exclude(permission__codename__in=wanted).delete()
    present = set(held.values_list("permission__codename", flat=True))
    type_of_tenant = ContentType.objects.get_for_model(Tenant)
    permissions = Permission.objects.filter(
        content_type=type_of_tenant, codename__in=wanted - present
    )
    TenantUserObjectPermission.objects.bulk_create(
        TenantUserObjectPermission(
            content_object_id=tenant_id, user_id=user_id, permission=permission
        )
        for permission in permissions
    )


def sync_all_permissions() -> None:
    """The same for everybody with a role: a new version may give a role more, or less.

    For the owner of the installation, inside ``tenants.scope.loading``.
    """
    held = Membership.objects.order_by("tenant_id", "user_id")
    for tenant_id, user_id in held.values_list("tenant_id", "user_id").distinct():
        sync_permissions(tenant_id=tenant_id, user_id=user_id)


def create_job(
    *, tenant_id: int, taak: str, onderwerp_id: UUID, actor: Wie | None
) -> Job:
    """Put a task on the queue of record; a door sends its id to Celery on commit."""
    return Job.objects.create(
        tenant_id=tenant_id,
        taak=taak,
        onderwerp_id=onderwerp_id,
        actor_id=actor.user_id if actor else None,
    )
