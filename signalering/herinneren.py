"""Reminders about reports that are being discussed, by the beat and by mail.

Invariant: a mail says that there is something to look at, and nothing of what; each
kind of reminder goes out once for each report; no reminder takes a step in the life of
a report (tests/signalering/test_gesprek.py).
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from signalering import logboek
from signalering.lifecycle.berichtkeuzes import BERICHT
from signalering.models import Herinnering, Rapportage, Reactie, Status
from tenants.jobs import beat, enqueue
from tenants.roles import Recht
from tenants.scope import Scope, acting_as
from tenants.selectors import holders_of, regioleden, tenant_ids_by_slug
from tenants.services import tell

logger = logging.getLogger(__name__)
VOORAF: Final = timedelta(days=7)  # before the end of the term
DAARNA: Final = timedelta(days=14)  # after it: it ought to have been discussed
IN_GESPREK: Final = (Status.AANGEBODEN, Status.IN_BESPREKING)
Soort = Herinnering.Soort
# Who is told of what. That a report was not discussed is for the house itself.
AAN: Final = {
    Soort.BIJNA: (Recht.RAPPORTAGE_REAGEREN,),
    Soort.VOORBIJ: (Recht.RAPPORTAGE_REAGEREN, Recht.BESPREKING_VASTLEGGEN),
    Soort.NIET_BESPROKEN: (Recht.RAPPORTAGE_VASTSTELLEN, Recht.BESPREKING_VASTLEGGEN),
}


@beat("signalering.herinneren.herinner")
def herinner() -> int:
    """Once a day: remind who has to react or to discuss; returns how many times."""
    return remind_all()


def remind_all() -> int:
    """What is due today, of every tenant."""
    return sum(for_each_tenant(remind))


def for_each_tenant(work: Callable[[int], int]) -> Iterator[int]:
    """What ``work`` gives for each tenant, in the staff role of nobody in particular;
    of a region its members are read as well. What goes wrong at one does not keep the
    others waiting."""
    leden = defaultdict[int, list[int]](list)
    for lid in regioleden():
        leden[lid.tenant_id].append(lid.lid_id)
    for slug, tenant_id in tenant_ids_by_slug().items():
        try:
            with acting_as(nobody(tenant_id, *leden[tenant_id])):
                yield work(tenant_id)
        except Exception:
            logger.exception("%s failed for %s", work.__qualname__, slug)


def nobody(tenant_id: int, *others: int) -> Scope:
    """The system as staff of one tenant; ``others`` are read as well."""
    return Scope("staff", None, (tenant_id, *others), tenant_id)


def remind(tenant_id: int) -> int:
    """Reminders of today for one tenant; in its scope. Returns how many."""
    today = timezone.localdate()
    rows = Rapportage.objects.filter(
        tenant_id=tenant_id, status__in=IN_GESPREK, reactie_tot__isnull=False
    ).order_by("reactie_tot", "pk")
    return sum(_remind(row, soort) for row in rows for soort in kinds_due(row, today))


def kinds_due(rapportage: Rapportage, today: date) -> list[Herinnering.Soort]:
    """Which reminders are due for a report that is being discussed."""
    term = rapportage.reactie_tot
    if term is None:
        return []
    reacted = Reactie.objects.filter(
        tenant_id=rapportage.tenant_id, rapportage=rapportage
    ).exists()
    found = []
    if not reacted and term - VOORAF <= today <= term:
        found.append(Soort.BIJNA)
    if not reacted and today > term:
        found.append(Soort.VOORBIJ)
    if today > term + DAARNA:
        found.append(Soort.NIET_BESPROKEN)
    return found


def _remind(rapportage: Rapportage, soort: Herinnering.Soort) -> int:
    with transaction.atomic():
        # Two beats at once: the second waits here, and finds what the first wrote.
        Rapportage.objects.select_for_update().get(
            tenant_id=rapportage.tenant_id, pk=rapportage.pk
        )
        about = {
            "tenant_id": rapportage.tenant_id,
            "rapportage": rapportage,
            "soort": soort,
        }
        if Herinnering.objects.filter(**about).exists():
            return 0
        to = holders_of(rapportage.tenant_id, *AAN[soort])
        told = tell(BERICHT, rapportage.tenant_id, to, actor=None)
        for row in told:
            enqueue(row)
        Herinnering.objects.create(**about, aantal=len(told))
        logboek.herinnerd(rapportage, soort, len(told))
    return 1
