"""A question of the national door goes to the tenant it belongs to (S76).

Invariant: the team of the national door gets no right at that tenant: the question goes
there as from a visitor, in the scope of the one new row, sealed to the key of that door.
A name and a number go along only when the sender agreed; what stays behind holds no
text. The return code leads to the new row, and the new row leads nowhere.

Guarded by tests/cases/test_doorsturen.py.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from cases.logboek import loket as logboek
from cases.models import Aanmelding, Loketbericht
from cases.selectors.loket import door_at
from cases.services.aanmeldingen import (
    contents,
    messages_before,
    waiting_locked,
)
from cases.services.loket import Zending, letter, place, sent_on
from cases.services.regels import KwestieError
from privacy.brievenbus import post
from tenants.access import Plek, Refused, Wie
from tenants.models import Loket
from tenants.roles import Recht
from tenants.scope import Scope, acting_as

MEEST = 500  # doors to choose from


def is_national(plek: Plek) -> bool:
    """Whether this is the tenant of the national door (``LOKET_LANDELIJK``)."""
    return bool(settings.LOKET_LANDELIJK) and plek.slug == settings.LOKET_LANDELIJK


def targets(tenant_id: int) -> list[Loket]:
    """The doors that are open, but for that of this tenant; by name."""
    with acting_as(Scope("public")):
        rows = Loket.objects.filter(is_open=True).exclude(tenant_id=tenant_id)
        return list(rows.order_by("naam")[:MEEST])


@transaction.atomic
def send_on(
    *,
    actor: Wie,
    tenant_id: int,
    aanmelding_id: UUID,
    naar: str,
    is_met_toestemming: bool,
) -> None:
    """To the door with slug ``naar``. is_met_toestemming: the sender agreed that her
    name and number go along. Raises Refused, KwestieError.
    """
    actor.require(Recht.KWESTIE_TEAM, tenant_id)
    if not is_national(actor.plekken[tenant_id]):
        raise Refused(Recht.KWESTIE_TEAM)
    row = waiting_locked(tenant_id, aanmelding_id)
    with acting_as(Scope("public")):
        deur = door_at(naar)
    if deur is None or not deur.is_open or deur.tenant_id == tenant_id:
        raise KwestieError(_("Kies een loket dat open is."), "naar")
    zending = contents(row)
    if not is_met_toestemming:
        zending = replace(zending, naam="", telefoon="")
    said = [(one.bericht, one.tekst) for one in messages_before(row)]
    _arrive(deur, row, zending, said)
    Loketbericht.objects.filter(tenant_id=tenant_id, aanmelding=row).delete()
    row.naar_id, row.inhoud = deur.tenant_id, None
    row.save(update_fields=["naar", "inhoud"])
    logboek.aanmelding_doorgestuurd(
        actor, tenant_id, row.pk, deur.tenant_id, is_met_toestemming
    )


def _arrive(
    deur: Loket, row: Aanmelding, zending: Zending, said: list[tuple[Loketbericht, str]]
) -> None:
    """What any visitor of that door does, with the day on which it was asked."""
    if deur.publiek is None or deur.sleutel_id is None:
        raise KwestieError(_("Kies een loket dat open is."), "naar")
    there, publiek = deur.tenant_id, bytes(deur.publiek)
    pk = sent_on(row.pk, there)
    where = place("aanmelding", there, pk, "team")
    made = Aanmelding(
        id=pk,
        tenant_id=there,
        ontvangen_op=row.ontvangen_op,
        melder_publiek=row.melder_publiek,
        loketsleutel_id=deur.sleutel_id,
        team_publiek=publiek,
        inhoud=post(publiek, json.dumps(asdict(zending)), *where),
    )
    letters = []
    for bericht, tekst in said:
        new_id = sent_on(bericht.pk, there)
        one = letter(there, pk, new_id, tekst, publiek, row.melder_publiek)
        one.op = bericht.op
        letters.append(one)
    with acting_as(Scope("public", pk, (there,), there)):
        # No RETURNING: the role may not read what it puts in.
        Aanmelding.objects.bulk_create([made], ignore_conflicts=True)
        Loketbericht.objects.bulk_create(letters, ignore_conflicts=True)
    with acting_as(Scope("public", None, (there,))):
        logboek.aanmelding_ontvangen(there, pk)
