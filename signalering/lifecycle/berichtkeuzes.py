"""Who gets a mail when something of a tenant is published or withdrawn.

A job for every contact who asked for it and still has the role, in the transaction of
the step (``tenants.services.tell``); the worker mails a link (``signalering.post``).

Guarded by tests/signalering/test_berichten.py.
"""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils import timezone

from signalering import logboek
from signalering.models import Berichtkeuze, Rapportage
from tenants.access import Refused, Wie
from tenants.roles import Recht
from tenants.selectors import holders_of
from tenants.services import tell

OPENBAAR: Final = "signalering.post.openbaar"
BERICHT: Final = "signalering.herinneren.bericht"  # so called in queues that wait


def tell_public(actor: Wie, rapportage: Rapportage) -> int:
    """Put a mail on the queue for every contact who wants to know; how many."""
    tenant_id = rapportage.tenant_id
    wanted = Berichtkeuze.objects.filter(tenant_id=tenant_id, openbaar=True)
    may = holders_of(tenant_id, Recht.RAPPORTAGE_ONTVANGEN)
    to = set(wanted.values_list("user_id", flat=True)) & may
    return len(tell(OPENBAAR, tenant_id, to, actor=actor))


def choice_of(wie: Wie, tenant_id: int) -> Berichtkeuze | None:
    """What she chose there; None: nothing yet, so no mail."""
    if wie.user_id is None:
        return None
    return Berichtkeuze.objects.filter(tenant_id=tenant_id, user_id=wie.user_id).first()


@transaction.atomic
def choose(*, actor: Wie, tenant_id: int, openbaar: bool) -> Berichtkeuze:
    """Keep her choice for this tenant."""
    actor.require(Recht.RAPPORTAGE_ONTVANGEN, tenant_id)
    made = choice_of(actor, tenant_id)
    if actor.user_id is None:
        raise Refused(Recht.RAPPORTAGE_ONTVANGEN)
    if made is None:
        made = Berichtkeuze(tenant_id=tenant_id, user_id=actor.user_id)
    made.openbaar, made.gewijzigd_op = openbaar, timezone.now()
    if made._state.adding:
        made.save(force_insert=True)
    else:
        made.save(update_fields=["openbaar", "gewijzigd_op"])
    logboek.berichtkeuze_gewijzigd(actor, made)
    return made
