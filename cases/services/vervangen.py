"""Plaatsvervanging: who stands in for whom, from when until when (S103).

Invariant: only a teamleider or beheer makes or ends one; its window alone decides, by
the day (selectors.zicht). Guarded by tests/cases/test_toegang_vervangen.py.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import Plaatsvervanging
from cases.selectors import colleagues_at
from cases.services.regels import KwestieError
from tenants.access import Refused, Wie
from tenants.roles import Recht


def _require(actor: Wie, tenant_id: int) -> None:
    if tenant_id not in actor.with_right(Recht.KWESTIE_TEAM, Recht.TENANT_BEHEREN):
        raise Refused(Recht.KWESTIE_TEAM)


@transaction.atomic
def make_plaatsvervanging(
    *,
    actor: Wie,
    tenant_id: int,
    afwezige_id: UUID,
    vervanger_id: UUID,
    van: date,
    tot: date,
    besluit: str,
) -> Plaatsvervanging:
    """``vervanger`` has the kwesties of ``afwezige`` from van up to and with tot.

    besluit: what was decided and by whom. Raises Refused, KwestieError.
    """
    _require(actor, tenant_id)
    here = set(
        colleagues_at(tenant_id)
        .filter(pk__in=[afwezige_id, vervanger_id])
        .values_list("pk", flat=True)
    )
    if vervanger_id == afwezige_id:
        raise KwestieError(_("Kies een ander dan wie er niet is."), "vervanger")
    for veld, medewerker_id in (("afwezige", afwezige_id), ("vervanger", vervanger_id)):
        if medewerker_id not in here:
            raise KwestieError(
                _("Kies een collega die hier kwesties mag behandelen."), veld
            )
    if tot < van:
        raise KwestieError(_("De laatste dag ligt voor de eerste dag."), "tot")
    if tot < timezone.localdate():
        raise KwestieError(_("De laatste dag is al voorbij."), "tot")
    if not besluit.strip():
        raise KwestieError(_("Schrijf op wie dit wanneer besloot."), "besluit")
    made = Plaatsvervanging.objects.create(
        tenant_id=tenant_id,
        afwezige_id=afwezige_id,
        vervanger_id=vervanger_id,
        van=van,
        tot=tot,
        besluit=besluit.strip(),
        door_id=actor.user_id,
    )
    logboek.plaatsvervanging_gemaakt(actor, made)
    return made


@transaction.atomic
def end_plaatsvervanging(
    *, actor: Wie, tenant_id: int, vervanging_id: UUID
) -> Plaatsvervanging:
    """End it now, whatever its last day. Raises Refused, KwestieError."""
    _require(actor, tenant_id)
    found = (
        Plaatsvervanging.objects.select_for_update()
        .filter(tenant_id=tenant_id, pk=vervanging_id)
        .first()
    )
    if found is None:
        raise Refused(Recht.KWESTIE_TEAM)
    if found.is_voorbij:
        raise KwestieError(_("Deze plaatsvervanging is al voorbij."))
    end_now(actor, found)
    return found


def end_now(actor: Wie, vervanging: Plaatsvervanging) -> None:
    vervanging.beeindigd_op = timezone.now()
    vervanging.beeindigd_door_id = actor.user_id
    vervanging.save(update_fields=["beeindigd_op", "beeindigd_door"])
    logboek.plaatsvervanging_beeindigd(actor, vervanging)
