"""An objection to publication: decided about once, with a reason, and printed.

Invariant: a report is not established while the objection of the last reaction waits;
one that was upheld keeps the report from the public (triggers of migration 0011 say the
same). Objection and decision are printed as the reaction is (rapportage.md §3.4).

Guarded by tests/signalering/test_gesprek.py.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from signalering import logboek
from signalering.lifecycle.tabel import (
    REACTIE_BIJ,
    RapportageError,
    last_reactie,
    locked,
    person,
)
from signalering.lifecycle.woorden import NIETS, Toegestaan, require_unnamed
from signalering.models import Rapportage, Reactie
from tenants.access import Wie
from tenants.models import Opdracht
from tenants.roles import Recht

BESLUITEN = (Reactie.Besluit.GEHONOREERD, Reactie.Besluit.AFGEWEZEN)


def open_objection(rapportage: Rapportage) -> Reactie | None:
    """The last reaction, when it objects and nothing was decided about that yet."""
    if rapportage.status not in REACTIE_BIJ:
        return None
    reactie = last_reactie(rapportage)
    is_open = reactie and reactie.bezwaar and not reactie.bezwaar_besluit
    return reactie if is_open else None


@transaction.atomic
def decide_objection(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    besluit: str,
    motivering: str,
    toegestaan: Toegestaan = NIETS,
) -> Reactie:
    """Decide about the objection of the last reaction, and say why; once.

    Raises Refused, RapportageError.
    """
    actor.require(Recht.RAPPORTAGE_PUBLICEREN, tenant_id)
    rapportage = locked(tenant_id, pk)
    reactie = open_objection(rapportage)
    if reactie is None:
        raise RapportageError(
            _("Er is geen bezwaar waarover nog besloten moet worden.")
        )
    if besluit not in BESLUITEN or not motivering.strip():
        raise RapportageError(_("Kies een besluit en schrijf op waarom."))
    if besluit == Reactie.Besluit.AFGEWEZEN:
        _require_room(rapportage)
    require_unnamed(actor, rapportage, (motivering,), toegestaan)
    reactie.bezwaar_besluit, reactie.bezwaar_motivering = besluit, motivering.strip()
    reactie.bezwaar_besloten_op = timezone.localdate()
    reactie.bezwaar_besloten_door_id = person(actor)
    reactie.save(
        update_fields=[
            *("bezwaar_besluit", "bezwaar_motivering"),
            *("bezwaar_besloten_op", "bezwaar_besloten_door_id"),
        ]
    )
    logboek.bezwaar_beslist(actor, rapportage, besluit)
    return reactie


def _require_room(rapportage: Rapportage) -> None:
    """Whether the Adviespunt may publish over an objection is for the opdracht."""
    asks = Opdracht.objects.filter(
        tenant_id=rapportage.tenant_id,
        pk=rapportage.opdracht_id,
        publicatieafspraak=Opdracht.Afspraak.TOESTEMMING,
    )
    if asks.exists():
        raise RapportageError(
            _(
                "De opdracht vraagt toestemming van de opdrachtgever. Tegen het bezwaar"
                " in kan dit rapport niet openbaar worden."
            )
        )


def require_objection_settled(rapportage: Rapportage) -> None:
    """Nothing is established while an objection waits."""
    if open_objection(rapportage) is not None:
        raise RapportageError(
            _(
                "De opdrachtgever heeft bezwaar tegen openbaar maken. Besluit daar"
                " eerst over."
            )
        )


def require_not_upheld(reactie: Reactie | None) -> None:
    """What was promised not to become public does not."""
    if reactie and reactie.bezwaar_besluit == Reactie.Besluit.GEHONOREERD:
        raise RapportageError(
            _(
                "Over het bezwaar is besloten dat dit rapport niet openbaar wordt. Rond"
                " het vertrouwelijk af."
            )
        )
