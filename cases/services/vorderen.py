"""A demand by an authority: on record, with the directie and FG told (S125).

While it is open, nothing of the client is erased. Guarded by tests/cases/test_avg.py.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.logboek import avg as logboek
from cases.models import Vordering
from cases.services.melden import VORDERING
from cases.services.regels import KwestieError
from cases.services.rij import own_locked
from tenants.access import Wie
from tenants.roles import Recht
from tenants.selectors import holders_of
from tenants.services import tell


@transaction.atomic
def record_vordering(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    instantie: str,
    ontvangen_op: date,
    wat: str,
) -> Vordering:
    """Write it down, and directie and FG are told; nothing is given by that.

    Raises Refused, KwestieError.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    if ontvangen_op > timezone.localdate():
        raise KwestieError(_("Deze dag is nog niet geweest."), "ontvangen_op")
    made = Vordering(
        tenant_id=tenant_id,
        kwestie=kwestie,
        instantie=instantie,
        ontvangen_op=ontvangen_op,
        vastgelegd_door_id=actor.user_id,
    )
    made.wat = wat
    made.save(force_insert=True)
    logboek.vordering("vastgelegd", actor, made)
    rechten = (Recht.DOORBREKING_BESLISSEN, Recht.AVG_BEHANDELEN)
    tell(VORDERING, tenant_id, holders_of(tenant_id, *rechten), actor=actor)
    return made


@transaction.atomic
def settle_vordering(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, pk: UUID, afloop: str
) -> Vordering:
    """What directie and FG decided about it. Raises Refused, KwestieError."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    rows = Vordering.objects.filter(tenant_id=tenant_id, kwestie=kwestie, pk=pk)
    found = rows.filter(afgedaan_op=None).first()
    if found is None:
        raise KwestieError(_("Deze vordering is al afgedaan."))
    if not afloop.strip():
        raise KwestieError(_("Schrijf op hoe het is afgelopen."), "tekst")
    found.afloop, found.afgedaan_op = afloop, timezone.now()
    found.save(update_fields=["afloop_v", "afgedaan_op"])
    logboek.vordering("afgedaan", actor, found)
    return found
