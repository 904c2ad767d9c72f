"""Four eyes where somebody of tenant administration changes her own access.

Invariant: nobody gives or ends a role of her own; she asks, and another administrator
of the same tenant decides. PostgreSQL refuses both: a membership written by its own
holder, and a decision by who asked. Guarded by tests/tenants/test_vierogen.py.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants import logboek_mensen as logboek
from tenants.fouten import RegelFout
from tenants.models import Membership, Rolverzoek, Tenant, User
from tenants.rolbericht import tell_other_administrators
from tenants.roles import Recht, may_give
from tenants.services import check_period, grant_membership, revoke_membership
from tenants.wie import Refused, Wie

Wat, Besluit = Rolverzoek.Wat, Rolverzoek.Besluit


@transaction.atomic
def ask(
    *,
    actor: Wie,
    tenant_id: int,
    wat: str,
    rol: str,
    reden: str,
    tot: date | None = None,
) -> Rolverzoek:
    """Ask another administrator to give or end a role of one's own.

    Raises Refused, RegelFout.
    """
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    if not may_give(actor.plekken[tenant_id].rollen, rol):
        raise Refused(rol)
    check_period(timezone.localdate(), tot)
    holds = rol in actor.plekken[tenant_id].rollen
    if holds is (wat == Wat.GEVEN):
        raise RegelFout(
            _("Deze rol heb je al.") if holds else _("Deze rol heb je niet."), "rol"
        )
    about = {"tenant_id": tenant_id, "door_id": actor.user_id, "rol": rol}
    if Rolverzoek.objects.filter(**about, besluit__isnull=True).exists():
        raise RegelFout(_("Over deze rol staat al een verzoek van je open."), "rol")
    row = Rolverzoek.objects.create(**about, wat=wat, reden=reden.strip(), tot=tot)
    logboek.rolverzoek_gedaan(actor, row)
    if not tell_other_administrators(actor, tenant_id, None):
        raise RegelFout(
            _(
                "Er is hier geen andere beheerder die dit kan goedkeuren. Geef eerst"
                " een collega de rol Tenantbeheer."
            )
        )
    return row


@transaction.atomic
def decide(
    *, actor: Wie, tenant_id: int, verzoek_id: UUID, is_akkoord: bool
) -> Rolverzoek:
    """Say yes, and the role is given or ended; or no. Raises Refused, RegelFout."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    rows = Rolverzoek.objects.select_for_update()
    row = rows.filter(tenant_id=tenant_id, pk=verzoek_id).first()
    if row is None or row.besluit is not None:
        raise RegelFout(_("Over dit verzoek is al besloten."))
    if row.door_id == actor.user_id:
        raise RegelFout(_("Een andere beheerder besluit over je eigen verzoek."))
    row.besluit = Besluit.AKKOORD if is_akkoord else Besluit.AFGEWEZEN
    row.besloten_door_id, row.besloten_op = actor.user_id, timezone.now()
    row.save(update_fields=["besluit", "besloten_door", "besloten_op"])
    logboek.rolverzoek_besloten(actor, row)
    if is_akkoord:
        _carry_out(actor, row)
    return row


def _carry_out(actor: Wie, row: Rolverzoek) -> None:
    if row.wat == Wat.GEVEN:
        give_role(
            actor=actor,
            tenant_id=row.tenant_id,
            user_id=row.door_id,
            rol=row.rol,
            tot=row.tot,
        )
        return
    membership = Membership.objects.filter(
        tenant_id=row.tenant_id, user_id=row.door_id, rol=row.rol
    ).first()
    if membership is not None:
        end_role(actor=actor, membership=membership)


# ------------------------------------------------- what the screens do with one's role


@transaction.atomic
def give_role(
    *,
    actor: Wie,
    tenant_id: int,
    user_id: UUID,
    rol: str,
    van: date | None = None,
    tot: date | None = None,
    zonder: tuple[str, ...] = (),
) -> Membership:
    """Give somebody who is known here a role, and tell another administrator.

    Raises Refused, OwnRole, IncompatibleRole, RegelFout.
    """
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    found = User.objects.filter(pk=user_id).only("id", "naam", "soort").first()
    if found is None:
        raise RegelFout(_("Kies iemand uit de lijst."), "medewerker")
    made = grant_membership(
        actor=actor,
        tenant=Tenant.objects.get(pk=tenant_id),
        user=found,
        rol=rol,
        van=van,
        tot=tot,
        zonder=zonder,
    )
    tell_other_administrators(actor, tenant_id, user_id)
    return made


@transaction.atomic
def end_role(*, actor: Wie, membership: Membership) -> None:
    """End a role now, and tell another administrator. Raises Refused, OwnRole."""
    revoke_membership(actor=actor, membership=membership)
    tell_other_administrators(actor, membership.tenant_id, membership.user_id)
