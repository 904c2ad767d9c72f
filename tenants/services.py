"""Verbs of the ground floor: memberships with their groups of guardian, jobs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants import logboek
from tenants.fouten import RegelFout
from tenants.groepen import sync_permissions
from tenants.models import Job, Membership, Tenant, User
from tenants.roles import PER_CONTACT, ROLLEN, Recht, may_give
from tenants.wie import Refused, Wie


class IncompatibleRole(RegelFout):
    """V10: nobody works for the Adviespunt and for an opdrachtgever (S100, S164)."""


class OwnRole(RegelFout):
    """Nobody gives or takes a role of her own: four eyes (``tenants.vierogen``)."""


def check_giver(actor: Wie, tenant_id: int, rol: str) -> None:
    """Raise Refused unless ``actor`` may give and end this role here."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    if not may_give(actor.plekken[tenant_id].rollen, rol):
        raise Refused(rol)


def check_not_own(actor: Wie, user_id: UUID) -> None:
    """Raise OwnRole when it is about the actor herself."""
    if actor.user_id == user_id:
        raise OwnRole(
            _("Je eigen rollen kun je niet wijzigen. Vraag het een andere beheerder.")
        )


@transaction.atomic
def grant_membership(
    *,
    actor: Wie | None,
    tenant: Tenant,
    user: User,
    rol: str,
    van: date | None = None,
    tot: date | None = None,
    zonder: Iterable[str] = (),
) -> Membership:
    """Give ``user`` the role for ``tenant`` and the permissions that go with it.

    actor None is the owner of the installation (set-up commands). zonder: rights of
    the role that this contact does not get. Raises Refused when the actor may not give
    it, OwnRole when it is for herself, IncompatibleRole by V10, RegelFout.
    """
    if actor is not None:
        check_giver(actor, tenant.pk, rol)
    check_period(van or timezone.localdate(), tot)
    if ROLLEN[rol].soort != user.soort:
        raise IncompatibleRole(
            _(
                "%(naam)s kan deze rol niet krijgen: wie voor het Adviespunt werkt, is"
                " nooit ook contact van een opdrachtgever, en andersom."
            )
            % {"naam": user.naam}
        )
    if actor is not None:
        check_not_own(actor, user.pk)
    membership, _made = Membership.objects.update_or_create(
        tenant=tenant,
        user=user,
        rol=rol,
        defaults={
            "soort": user.soort,
            "van": van or timezone.localdate(),
            "tot": tot,
            "zonder": sorted(set(zonder) & ROLLEN[rol].rechten & set(PER_CONTACT)),
        },
    )
    sync_permissions(tenant_id=tenant.pk, user_id=user.pk)
    logboek.rol_gegeven(actor, membership)
    return membership


def check_period(van: date, tot: date | None) -> None:
    if tot is not None and tot < van:
        raise RegelFout(_("De laatste dag ligt vóór de eerste dag."), "tot")


@transaction.atomic
def revoke_membership(*, actor: Wie | None, membership: Membership) -> None:
    """End a role now: the next request of this person no longer has it.

    It stays on record with yesterday as its last day; one that began today goes.
    """
    if actor is not None:
        check_giver(actor, membership.tenant_id, membership.rol)
        check_not_own(actor, membership.user_id)
    yesterday = timezone.localdate() - timedelta(days=1)
    if membership.van > yesterday:
        membership.delete()
    else:
        membership.tot = yesterday
        membership.save(update_fields=["tot"])
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


def tell(
    taak: str, tenant_id: int, to: Iterable[UUID], *, actor: Wie | None
) -> list[Job]:
    """Ask for this mail (``tenants.mail``) to each of these accounts.

    In the transaction of what it is about, so nothing is mailed of what was undone; the
    sweeper hands the jobs to a worker within seconds.
    """
    return [
        create_job(tenant_id=tenant_id, taak=taak, onderwerp_id=user_id, actor=actor)
        for user_id in sorted(to)
    ]
