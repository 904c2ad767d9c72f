"""Making a report: asked for by a person, counted and protected by the job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from signalering import logboek
from signalering.lifecycle.regionaal import members_over
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
    no opdracht covers it, a living version is there already or, for a region, a member
    has not discussed its own report over the period; Refused without the right.
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
    tenant = Tenant.objects.get(pk=tenant_id)
    leden = members_over(tenant, periode)
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
        **_thresholds(opdracht, [tenant, *leden]),
        leden=[lid.pk for lid in leden],
        deelnemers=[lid.naam for lid in leden],
        opgesteld_door_id=actor.user_id if actor else None,
        **_texts_of(last, [actor.user_id] if actor else []),
    )
    logboek.rapportage_stap(actor, rapportage, "rapportage_aangevraagd")
    return rapportage, print_job(actor, rapportage)


def _texts_of(last: Rapportage | None, makers: list[UUID | None]) -> dict[str, Any]:
    """A correction begins with the texts of the version before it, and whoever wrote
    those may not sign this one either."""
    if last is None:
        return {"schrijvers": makers}
    return {
        "bevindingen": last.bevindingen,
        "aanbevelingen": last.aanbevelingen,
        "paragrafen": last.paragrafen,
        "schrijvers": [
            *last.schrijvers,
            *(m for m in makers if m not in last.schrijvers),
        ],
    }


def _thresholds(opdracht: Opdracht, tenants: Sequence[Tenant]) -> dict[str, int]:
    """Of this opdracht, and never below that of a tenant in a region; a provider knows
    its clients, so ten towards it."""
    every = [opdracht, *Opdracht.objects.filter(tenant__in=tenants[1:])]
    is_provider = any(t.type == Tenant.Type.ZORGAANBIEDER for t in tenants)
    own = max(each.drempel_opdrachtgever for each in every)
    return {
        "drempel_opdrachtgever": max(own, 10 if is_provider else 5),
        "drempel_openbaar": max(each.drempel_openbaar for each in every),
    }


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
def print_again(*, actor: Wie | None, tenant_id: int, pk: UUID) -> Job:
    """A new job for a report whose making failed; actor None is the system."""
    if actor is not None:
        actor.require(Recht.RAPPORTAGE_MAKEN, tenant_id)
    rapportage = locked(tenant_id, pk)
    rapportage.druk = Druk.WACHT
    rapportage.save(update_fields=["druk"])
    return print_job(actor, rapportage)
