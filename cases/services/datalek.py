"""A breach: written down by whoever finds it, judged by the FG (AVG 33 and 34).

Guarded by tests/cases/test_datalek.py; PostgreSQL holds order and persons.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.logboek import avg as logboek
from cases.services.melden import ER_WACHT
from cases.services.regels import KwestieError
from tenants.access import Refused, Wie
from tenants.models import Datalek
from tenants.roles import Recht
from tenants.selectors import holders_of
from tenants.services import tell

Stand = Datalek.Stand


@transaction.atomic
def report_datalek(
    *, actor: Wie, tenant_id: int, ontdekt_op: datetime, wat: str
) -> Datalek:
    """By any colleague of this tenant; the FG is told at once. Raises Refused, KwestieError."""
    if not actor.is_medewerker or tenant_id not in actor.plekken:
        raise Refused(Recht.AVG_BEHANDELEN)
    if ontdekt_op > timezone.now():
        raise KwestieError(_("Dit moment is nog niet geweest."), "datum")
    if not wat.strip():
        raise KwestieError(_("Schrijf op wat er is gebeurd."), "wat")
    made = Datalek(
        tenant_id=tenant_id, ontdekt_op=ontdekt_op, gemeld_door_id=actor.user_id
    )
    made.wat = wat
    made.save(force_insert=True)
    logboek.datalek("gemeld", actor, made)
    to = holders_of(tenant_id, Recht.AVG_BEHANDELEN)
    tell(ER_WACHT, tenant_id, to, actor=actor)
    return made


def _asked(actor: Wie, tenant_id: int, pk: UUID, *standen: Datalek.Stand) -> Datalek:
    actor.require(Recht.AVG_BEHANDELEN, tenant_id)
    rows = Datalek.objects.select_for_update().filter(tenant_id=tenant_id, pk=pk)
    found = rows.first()
    if found is None:
        raise Refused(Recht.AVG_BEHANDELEN)
    if found.stand not in standen:
        raise KwestieError(
            _("Dit kan nu niet: het datalek is intussen “%(stand)s”.")
            % {"stand": found.get_stand_display()}
        )
    return found


def _store(actor: Wie, row: Datalek, naar: Datalek.Stand) -> Datalek:
    row.stand = naar
    row.save()
    logboek.datalek("stap", actor, row)
    return row


@transaction.atomic
def judge_datalek(
    *, actor: Wie, tenant_id: int, pk: UUID, is_meldplichtig: bool, tekst: str
) -> Datalek:
    """Must the supervisor know? With the reasons either way (AVG 33 lid 1 and 5)."""
    found = _asked(actor, tenant_id, pk, Stand.ONTDEKT)
    if not tekst.strip():
        raise KwestieError(_("Schrijf op waarom."), "tekst")
    found.beoordelaar_id, found.afgewogen_op = actor.user_id, timezone.now()
    found.beoordeling = tekst
    naar = Stand.BEOORDEELD if is_meldplichtig else Stand.NIET_MELDPLICHTIG
    return _store(actor, found, naar)


@transaction.atomic
def notify_ap(
    *, actor: Wie, tenant_id: int, pk: UUID, op: datetime, te_laat: str = ""
) -> Datalek:
    """The supervisor was told at ``op``; after 72 hours with the reason (AVG 33)."""
    found = _asked(actor, tenant_id, pk, Stand.BEOORDEELD)
    if not found.ontdekt_op <= op <= timezone.now():
        raise KwestieError(_("Kies een moment tussen het ontdekken en nu."), "datum")
    late = op - found.ontdekt_op > Datalek.TERMIJN
    if late and not te_laat.strip():
        raise KwestieError(
            _("Dit is na 72 uur. Schrijf op waarom het later is."), "te_laat"
        )
    found.gemeld_ap_op, found.te_laat = op, te_laat if late else ""
    return _store(actor, found, Stand.GEMELD_AP)


@transaction.atomic
def inform_people(*, actor: Wie, tenant_id: int, pk: UUID, tekst: str) -> Datalek:
    """How the people it is about were told, or why that is not needed (AVG 34)."""
    found = _asked(actor, tenant_id, pk, Stand.GEMELD_AP, Stand.NIET_MELDPLICHTIG)
    if not tekst.strip():
        raise KwestieError(_("Schrijf op hoe, of waarom het niet hoeft."), "tekst")
    found.betrokkenen = tekst
    return _store(actor, found, Stand.BETROKKENEN)


@transaction.atomic
def close_datalek(*, actor: Wie, tenant_id: int, pk: UUID, tekst: str) -> Datalek:
    """What was done so that it does not happen again (AVG 33 lid 5)."""
    found = _asked(actor, tenant_id, pk, Stand.BETROKKENEN, Stand.NIET_MELDPLICHTIG)
    if not tekst.strip():
        raise KwestieError(_("Schrijf op wat je hebt gedaan."), "tekst")
    found.maatregelen, found.gesloten_op = tekst, timezone.now()
    return _store(actor, found, Stand.GESLOTEN)
