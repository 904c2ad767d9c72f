"""Making a report: asked for by a person, counted and protected by the job."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from signalering import logboek
from signalering.lifecycle.tabel import (
    RapportageError,
    locked,
    print_job,
)
from signalering.models import (
    Druk,
    Rapportage,
    Status,
)
from signalering.periodes import Periode
from tenants.access import Wie
from tenants.models import Job, Opdracht, Tenant
from tenants.roles import Recht


@transaction.atomic
def request_rapportage(
    *, actor: Wie | None, tenant_id: int, periode: Periode
) -> tuple[Rapportage, Job]:
    """A concept for this period and the job that counts, protects and prints it.

    actor None is the system. Raises RapportageError when the period is not closed,
    no opdracht covers it or a living version is there already; Refused without the
    right.
    """
    if actor is not None:
        actor.require(Recht.RAPPORTAGE_MAKEN, tenant_id)
    today = timezone.localdate()
    if not periode.is_closed(today):
        raise RapportageError(
            _("Deze periode loopt nog. Een rapportage kan vanaf %(datum)s.")
            % {"datum": f"{periode.tot + timedelta(days=1):%d-%m-%Y}"}
        )
    versions = Rapportage.objects.filter(tenant_id=tenant_id, periode=periode.code)
    if versions.exclude(status=Status.INGETROKKEN).exists():
        raise RapportageError(
            _(
                "Over deze periode is er al een rapportage. Trek die eerst in; daarna"
                " kun je een nieuwe versie maken."
            )
        )
    opdracht = _opdracht(tenant_id, periode)
    last = versions.order_by("-versie").first()
    rapportage = Rapportage.objects.create(
        tenant_id=tenant_id,
        opdracht=opdracht,
        periode=periode.code,
        van=periode.van,
        tot=periode.tot,
        peildatum=today,
        diensten=opdracht.diensten,
        versie=last.versie + 1 if last else 1,
        vorige_versie=last,
        drempel_opdrachtgever=max(opdracht.drempel_opdrachtgever, _floor(tenant_id)),
        drempel_openbaar=opdracht.drempel_openbaar,
        opgesteld_door_id=actor.user_id if actor else None,
        schrijvers=[actor.user_id] if actor else [],
    )
    logboek.rapportage_stap(actor, rapportage, "rapportage_aangevraagd")
    return rapportage, print_job(actor, rapportage)


def _floor(tenant_id: int) -> int:
    """Lowest threshold towards this tenant: a provider knows its clients (10)."""
    tenant = Tenant.objects.get(pk=tenant_id)
    return 10 if tenant.type == Tenant.Type.ZORGAANBIEDER else 5


def living_rapportage(tenant_id: int, periode: Periode) -> Rapportage | None:
    """The version of this period that was not withdrawn, if there is one."""
    return (
        Rapportage.objects.filter(tenant_id=tenant_id, periode=periode.code)
        .exclude(status=Status.INGETROKKEN)
        .first()
    )


def _opdracht(tenant_id: int, periode: Periode) -> Opdracht:
    opdracht = (
        Opdracht.objects.filter(
            Q(tot__isnull=True) | Q(tot__gte=periode.van),
            tenant_id=tenant_id,
            van__lte=periode.tot,
        )
        .order_by("-van")
        .first()
    )
    if opdracht is None:
        raise RapportageError(_("In deze periode was er geen opdracht."))
    return opdracht


@transaction.atomic
def print_again(*, actor: Wie, tenant_id: int, pk: UUID) -> Job:
    """A new job for a report whose making failed."""
    actor.require(Recht.RAPPORTAGE_MAKEN, tenant_id)
    rapportage = locked(tenant_id, pk)
    rapportage.druk = Druk.WACHT
    rapportage.save(update_fields=["druk"])
    return print_job(actor, rapportage)
