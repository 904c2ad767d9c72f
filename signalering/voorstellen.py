"""Reports of all tenants over one period: asked for together, and what is due.

Invariant: what is made here is a concept, by nobody in particular; the beat and the
command never offer, establish or publish. A tenant that has a living report over the
period keeps it, so doing it again goes on with what is not there
(tests/signalering/test_voorstellen.py).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from signalering import lifecycle, selectors
from signalering.herinneren import for_each_tenant, nobody
from signalering.models import Druk, Rapportage
from signalering.periodes import Periode, closed_periods
from tenants.jobs import beat, enqueue
from tenants.models import Job, Opdracht, Tenant
from tenants.scope import acting_as
from tenants.selectors import regioleden, tenant_ids_by_slug

logger = logging.getLogger(__name__)
NA: Final = timedelta(days=14)  # after a period, for what is written down late
LETTER: Final = {"kwartaal": "Q", "halfjaar": "H", "jaar": ""}
KLAAR, BEZIG, GEWEIGERD = "klaar", "bezig", "geweigerd"


@dataclass(frozen=True, slots=True)
class Stand:
    """How far the report of one tenant is: ``stand`` is klaar, bezig or geweigerd.

    reden: of a refusal, in words. job: what a worker has to do, while it is bezig.
    """

    slug: str
    tenant_id: int
    stand: str
    reden: str = ""
    rapportage: UUID | None = None
    job: UUID | None = None


@beat("signalering.voorstellen.stel_voor")
def stel_voor() -> int:
    """Once a day: concepts of what is due; returns how many were made."""
    return propose_all()


def propose_all() -> int:
    """What is due today, of every tenant."""
    return sum(for_each_tenant(propose))


def propose(tenant_id: int) -> int:
    """A concept of the period that is due, when there was none ever; 1 or 0.

    What a person withdrew, is not made again by itself.
    """
    periode = due_period(tenant_id, timezone.localdate())
    if periode is None or Rapportage.objects.filter(
        tenant_id=tenant_id, periode=periode.code
    ):
        return 0
    try:
        with transaction.atomic():
            _row, job = lifecycle.request_rapportage(
                actor=None, tenant_id=tenant_id, periode=periode
            )
    except lifecycle.RapportageError as error:
        logger.info("no concept for tenant %s: %s", tenant_id, error)
        return 0
    enqueue(job)
    return 1


def due_period(tenant_id: int, today: date) -> Periode | None:
    """The last period that is over for two weeks, as long as the newest opdracht of an
    active tenant says (rapportagefrequentie); None without one."""
    tenant = Tenant.objects.get(pk=tenant_id)
    opdracht = (
        Opdracht.objects.filter(
            Q(tot__isnull=True) | Q(tot__gte=today - NA),
            tenant_id=tenant_id,
            van__lte=today,
        )
        .order_by("-van", "pk")
        .first()
    )
    if opdracht is None or tenant.status != Tenant.Status.ACTIEF:
        return None
    letter = LETTER[opdracht.rapportagefrequentie]
    periods = closed_periods(opdracht.rapportagefrequentie, today - NA)
    own = [p for p in periods if p.code[5:6] == letter and p.tot >= opdracht.van]
    return max(own, key=lambda periode: periode.tot, default=None)


# ------------------------------------------------------------------------- in bulk


def in_order(slugs: Iterable[str] | None) -> list[tuple[str, int]]:
    """Tenants to report on, as (slug, id): all or these. Regions come last: theirs adds
    up what their members discussed. KeyError for a slug that is not there."""
    known = tenant_ids_by_slug()
    wanted = list(known) if slugs is None else list(dict.fromkeys(slugs))
    regions = {lid.tenant_id for lid in regioleden()}
    pairs = [(slug, known[slug]) for slug in wanted]
    return sorted(pairs, key=lambda pair: (pair[1] in regions, pair[1]))


def ask_for(slug: str, tenant_id: int, periode: Periode) -> Stand:
    """See to it that this tenant gets a report over this period: there already, on its
    way, asked for now, or refused with the reason. One transaction of its own."""
    leden = (lid.lid_id for lid in regioleden() if lid.tenant_id == tenant_id)
    with acting_as(nobody(tenant_id, *leden)):
        living = lifecycle.living_rapportage(tenant_id, periode)
        if living is not None:
            return _stand_of(slug, living, again=True)
        try:
            with transaction.atomic():
                made, job = lifecycle.request_rapportage(
                    actor=None, tenant_id=tenant_id, periode=periode
                )
        except lifecycle.RapportageError as error:
            return Stand(slug, tenant_id, GEWEIGERD, str(error))
        enqueue(job)
        return Stand(slug, tenant_id, BEZIG, "", made.pk, job.pk)


def look_at(slug: str, tenant_id: int, periode: Periode) -> Stand:
    """How far it is now; nothing is asked for."""
    with acting_as(nobody(tenant_id)):
        living = lifecycle.living_rapportage(tenant_id, periode)
        if living is None:
            return Stand(
                slug, tenant_id, GEWEIGERD, _("De rapportage is er niet meer.")
            )
        return _stand_of(slug, living, again=False)


def _stand_of(slug: str, living: Rapportage, *, again: bool) -> Stand:
    job = selectors.job_of(living)
    stand, reden = judge(living, job)
    if stand == GEWEIGERD and again and not living.weigering:
        # Something broke, and nobody refused anything: try once more.
        job = lifecycle.print_again(
            actor=None, tenant_id=living.tenant_id, pk=living.pk
        )
        enqueue(job)
        stand, reden = BEZIG, ""
    on_its_way = job.pk if job and stand == BEZIG else None
    return Stand(slug, living.tenant_id, stand, reden, living.pk, on_its_way)


def judge(rapportage: Rapportage, job: Job | None) -> tuple[str, str]:
    """klaar, bezig or geweigerd, and why it was refused."""
    if job is not None and job.is_onderweg:
        return BEZIG, ""
    if rapportage.druk == Druk.KLAAR:
        return KLAAR, ""
    if rapportage.weigering:
        return GEWEIGERD, str(rapportage.weigering["reden"])
    return GEWEIGERD, job.fout if job else _("Er is geen taak voor deze rapportage.")
