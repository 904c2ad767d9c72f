"""Another design of a report: without a table, or with a table in fewer groups.

After a refusal the same concept is tried again. When figures were made already they
stay as they are: the concept, which nobody has read, is withdrawn and a new version
takes its place and its texts (tests/signalering/test_samenvoegen.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cases.counts import GROEPEN
from signalering import logboek
from signalering.lifecycle.afronden import withdraw
from signalering.lifecycle.maken import request_rapportage
from signalering.lifecycle.tabel import RapportageError, locked, print_job
from signalering.models import Druk, Rapportage, Status
from signalering.periodes import parse
from tenants.access import Wie
from tenants.models import Job
from tenants.roles import Recht

ONGELEZEN = (Status.CONCEPT, Status.INTERNE_CONTROLE)


@transaction.atomic
def leave_out(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    tabellen: Sequence[str] = (),
    samengevoegd: Sequence[str] = (),
) -> Job:
    """Try again without these tables, or with these in fewer groups, after no safe
    figures could be made. Raises RapportageError when the figures are there already.
    """
    actor.require(Recht.RAPPORTAGE_MAKEN, tenant_id)
    rapportage = locked(tenant_id, pk)
    if rapportage.cijfers_sha256 or rapportage.status != Status.CONCEPT:
        raise RapportageError(_("De cijfers van deze rapportage staan al vast."))
    rapportage.druk = Druk.WACHT
    _choose(actor, rapportage, rapportage, tabellen, samengevoegd)
    return print_job(actor, rapportage)


@transaction.atomic
def redesign(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    tabellen: Sequence[str] = (),
    samengevoegd: Sequence[str] = (),
) -> tuple[Rapportage, Job]:
    """A new version with this design in the place of a concept that nobody has read.

    Raises RapportageError when it was offered already; Refused without the right.
    """
    actor.require(Recht.RAPPORTAGE_MAKEN, tenant_id)
    old = locked(tenant_id, pk)
    if old.status not in ONGELEZEN:
        raise RapportageError(
            _("De opdrachtgever heeft deze rapportage al. De opzet blijft zo.")
        )
    reden = _("Opnieuw gemaakt met een andere opzet van de tabellen.")
    withdraw(actor=actor, tenant_id=tenant_id, pk=pk, reden=reden)
    new, job = request_rapportage(
        actor=actor, tenant_id=tenant_id, periode=parse(old.periode)
    )
    _choose(actor, new, old, tabellen, samengevoegd)
    return new, job


def _choose(
    actor: Wie,
    rapportage: Rapportage,
    before: Rapportage,
    tabellen: Sequence[str],
    samengevoegd: Sequence[str],
) -> None:
    wrong = set(samengevoegd) - GROEPEN.keys()
    if wrong:
        raise RapportageError(_("Deze tabel heeft geen groepen om samen te voegen."))
    rapportage.weglaten = sorted({*before.weglaten, *tabellen})
    rapportage.samengevoegd = sorted({*before.samengevoegd, *samengevoegd})
    rapportage.save(update_fields=["weglaten", "samengevoegd", "druk"])
    if tabellen:
        logboek.rapportage_stap(actor, rapportage, "rapportage_tabel_weggelaten")
    if samengevoegd:
        logboek.rapportage_stap(actor, rapportage, "rapportage_tabel_samengevoegd")
