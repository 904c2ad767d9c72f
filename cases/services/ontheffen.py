"""Relieve somebody of her function: at once, and no kwestie stays behind (S102, S174).

Invariant: her roles for a tenant end only together with the handing over of what she
has open there. Beheer decides, and sees nothing of the kwesties: for this one step,
and no reading, the database scope holds the case data of that tenant.
Guarded by tests/cases/test_toegang_ontheffen.py.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import Kwestie, Overdracht, Plaatsvervanging
from cases.selectors import ROLLEN_MET_KWESTIES, colleagues_at
from cases.services.belang import BelangError, check_belang
from cases.services.overdragen import give_to
from cases.services.regels import KwestieError
from cases.services.vervangen import caseload_of, end_now, with_cases
from tenants.access import Wie
from tenants.models import Membership
from tenants.rolbericht import tell_other_administrators
from tenants.roles import Recht
from tenants.scope import acting_as
from tenants.services import end_sessions, revoke_membership

REDENEN = (Overdracht.Reden.ONTHEVEN, Overdracht.Reden.UIT_DIENST)


def open_caseload_of(*, actor: Wie, tenant_id: int, medewerker_id: UUID) -> int:
    """How many open kwesties she would leave behind; a number, nothing else."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    with acting_as(with_cases(actor, tenant_id)):
        return caseload_of(tenant_id, medewerker_id).count()


@transaction.atomic
def relieve(
    *,
    actor: Wie,
    tenant_id: int,
    medewerker_id: UUID,
    reden: str,
    naar: UUID | None = None,
    in_wachtrij: bool = False,
) -> int:
    """End her roles with kwesties here, hand over what is open, sign her out.

    naar: who gets her open kwesties; in_wachtrij: they go to the queue. Returns how
    many went. Her other sessions end when this is committed. Raises Refused,
    KwestieError.
    """
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    if reden not in REDENEN:
        raise KwestieError(_("Kies waarom de taak stopt."), "reden")
    if naar == actor.user_id:  # nobody gives herself what she does not read (S79)
        raise KwestieError(
            _("Je kunt de kwesties niet aan jezelf geven. Kies een collega."), "naar"
        )
    held = list(
        Membership.objects.filter(
            tenant_id=tenant_id, user_id=medewerker_id, rol__in=ROLLEN_MET_KWESTIES
        )
    )
    if not held:
        raise KwestieError(_("Kies een collega met een taak hier."), "medewerker")
    with acting_as(with_cases(actor, tenant_id)):
        gone = _hand_over_all(
            actor, tenant_id, medewerker_id, reden, naar, in_wachtrij=in_wachtrij
        )
        for vervanging in _substitutions(tenant_id, medewerker_id):
            end_now(actor, vervanging)
        for membership in held:
            revoke_membership(actor=actor, membership=membership)
        tell_other_administrators(actor, tenant_id, medewerker_id)
        logboek.medewerker_ontheven(
            actor, tenant_id, medewerker_id, reden=reden, kwesties=gone
        )
    transaction.on_commit(lambda: end_sessions(medewerker_id))
    return gone


def _hand_over_all(
    actor: Wie,
    tenant_id: int,
    medewerker_id: UUID,
    reden: str,
    naar: UUID | None,
    *,
    in_wachtrij: bool,
) -> int:
    kwesties = list(caseload_of(tenant_id, medewerker_id).select_for_update())
    if kwesties and naar is None and not in_wachtrij:
        raise KwestieError(
            _("Kies wie de open kwesties krijgt: een collega of de wachtrij."), "naar"
        )
    if naar is not None:
        _check_receiver(tenant_id, medewerker_id, naar, kwesties)
    for kwestie in kwesties:
        heir = naar if naar and _may_inherit(actor, kwestie, naar) else None
        overdracht = give_to(actor, kwestie, heir, reden)
        if overdracht is not None:
            logboek.kwestie_overgedragen(actor, kwestie, overdracht, "beheer")
    return len(kwesties)


def _may_inherit(actor: Wie, kwestie: Kwestie, naar: UUID) -> bool:
    """Neither the client (S50) nor an interest (V11) is in the way; else the queue."""
    try:
        check_belang(actor, kwestie, naar)
    except BelangError as error:
        logboek.belang_in_de_weg(actor, error.kwestie, error.medewerker_id)
        return False
    return naar not in kwestie.niet_voor


def _check_receiver(
    tenant_id: int, medewerker_id: UUID, naar: UUID, kwesties: list[Kwestie]
) -> None:
    strikt = any(k.vertrouwelijkheid == "STRIKT" for k in kwesties)
    may_have = colleagues_at(tenant_id, strikt=strikt).filter(pk=naar).exists()
    if naar == medewerker_id or not may_have:
        raise KwestieError(
            _("Kies een collega die al deze kwesties mag behandelen."), "naar"
        )


def _substitutions(tenant_id: int, medewerker_id: UUID) -> list[Plaatsvervanging]:
    about_her = Q(afwezige_id=medewerker_id) | Q(vervanger_id=medewerker_id)
    rows = Plaatsvervanging.objects.select_for_update().filter(
        about_her, tenant_id=tenant_id, beeindigd_op__isnull=True
    )
    return [row for row in rows if not row.is_voorbij]
