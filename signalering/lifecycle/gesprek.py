"""What is said about a report before it stands: remarks, and mistakes of fact.

Remarks are between colleagues. A mistake of fact is pointed out by the commissioning
party while the report is discussed; the Adviespunt decides about it once, with a
reason. What it finds right leads to a new version; the texts that were offered do not
change under anybody's eyes (rapportage.md §3.4, S139).

Guarded by tests/signalering/test_gesprek.py.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from signalering import logboek
from signalering.lifecycle.tabel import RapportageError, locked, person
from signalering.lifecycle.woorden import NIETS, Toegestaan, require_unnamed
from signalering.models import (
    Onderdeel,
    Onjuistheid,
    Opmerking,
    Rapportage,
    Status,
)
from tenants.access import Refused, Wie
from tenants.roles import Recht

ONJUISTHEID_BIJ = (Status.AANGEBODEN, Status.IN_BESPREKING)
BESLUITEN = (Onjuistheid.Besluit.OVERGENOMEN, Onjuistheid.Besluit.NIET_OVERGENOMEN)


@transaction.atomic
def remark(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    onderdeel: str,
    tekst: str,
    toegestaan: Toegestaan = NIETS,
) -> Opmerking:
    """A remark for colleagues; who remarks does not become an author.

    Raises Refused, RapportageError when the report was withdrawn or a text names
    somebody.
    """
    actor.require(Recht.RAPPORTAGE_LEZEN, tenant_id)
    rapportage = locked(tenant_id, pk)
    if rapportage.status == Status.INGETROKKEN:
        raise RapportageError(
            _("Deze rapportage is ingetrokken. Er kan geen opmerking meer bij.")
        )
    _require_part(onderdeel)
    require_unnamed(actor, rapportage, (tekst,), toegestaan)
    made = Opmerking.objects.create(
        tenant_id=tenant_id,
        rapportage=rapportage,
        onderdeel=onderdeel,
        tekst=tekst,
        door_id=person(actor),
    )
    logboek.rapportage_stap(actor, rapportage, "opmerking_geplaatst")
    return made


@transaction.atomic
def settle_remark(
    *, actor: Wie, tenant_id: int, pk: UUID, opmerking_id: UUID
) -> Opmerking:
    """Say that a remark is dealt with; once. Raises Refused, RapportageError."""
    actor.require(Recht.RAPPORTAGE_LEZEN, tenant_id)
    rapportage = locked(tenant_id, pk)
    found = Opmerking.objects.filter(
        tenant_id=tenant_id, rapportage=rapportage, pk=opmerking_id
    ).first()
    if found is None:
        raise Refused("opmerking")
    if found.klaar_op is not None:
        raise RapportageError(_("Deze opmerking was al afgehandeld."))
    found.klaar_op, found.klaar_door_id = timezone.now(), person(actor)
    found.save(update_fields=["klaar_op", "klaar_door_id"])
    logboek.rapportage_stap(actor, rapportage, "opmerking_afgehandeld")
    return found


@transaction.atomic
def point_out(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    onderdeel: str,
    tekst: str,
    functie: str,
    toegestaan: Toegestaan = NIETS,
) -> Onjuistheid:
    """The commissioning party points out a mistake of fact.

    Raises Refused, RapportageError when the report is not being discussed.
    """
    actor.require(Recht.RAPPORTAGE_REAGEREN, tenant_id)
    rapportage = Rapportage.objects.get(tenant_id=tenant_id, pk=pk)
    if rapportage.status not in ONJUISTHEID_BIJ:
        raise RapportageError(
            _(
                "Een feitelijke onjuistheid kunt u doorgeven tot de bespreking is"
                " vastgelegd. Neem daarna contact op met het Adviespunt."
            )
        )
    _require_part(onderdeel)
    require_unnamed(actor, rapportage, (tekst, functie), toegestaan)
    made = Onjuistheid.objects.create(
        tenant_id=tenant_id,
        rapportage=rapportage,
        onderdeel=onderdeel,
        tekst=tekst,
        functie=functie,
        door_id=person(actor),
    )
    logboek.rapportage_stap(actor, rapportage, "onjuistheid_gemeld")
    return made


@transaction.atomic
def decide(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    onjuistheid_id: UUID,
    besluit: str,
    motivering: str,
    toegestaan: Toegestaan = NIETS,
) -> Onjuistheid:
    """Decide about a mistake that was pointed out: right or not, and why; once.

    Raises Refused, RapportageError.
    """
    actor.require(Recht.BESPREKING_VASTLEGGEN, tenant_id)
    rapportage = locked(tenant_id, pk)
    found = Onjuistheid.objects.filter(
        tenant_id=tenant_id, rapportage=rapportage, pk=onjuistheid_id
    ).first()
    if found is None:
        raise Refused("onjuistheid")
    if found.besluit:
        raise RapportageError(_("Hierover is al besloten."))
    if besluit not in BESLUITEN or not motivering.strip():
        raise RapportageError(_("Kies een besluit en schrijf op waarom."))
    require_unnamed(actor, rapportage, (motivering,), toegestaan)
    found.besluit, found.motivering = besluit, motivering
    found.besloten_op, found.besloten_door_id = timezone.now(), person(actor)
    found.save(
        update_fields=["besluit", "motivering", "besloten_op", "besloten_door_id"]
    )
    logboek.onjuistheid_beslist(actor, rapportage, besluit)
    return found


def require_facts_settled(rapportage: Rapportage) -> None:
    """Nothing is established while a mistake waits or was found right."""
    found = Onjuistheid.objects.filter(
        tenant_id=rapportage.tenant_id, rapportage=rapportage
    )
    if found.filter(besluit=Onjuistheid.Besluit.OPEN).exists():
        raise RapportageError(
            _(
                "De opdrachtgever wees op een feitelijke onjuistheid. Besluit daar"
                " eerst over."
            )
        )
    if found.filter(besluit=Onjuistheid.Besluit.OVERGENOMEN).exists():
        raise RapportageError(
            _(
                "In dit rapport staat iets dat niet klopt. Trek het in en maak een"
                " nieuwe versie; de teksten gaan mee."
            )
        )


def _require_part(onderdeel: str) -> None:
    if onderdeel not in Onderdeel.values:
        raise RapportageError(_("Kies over welk onderdeel het gaat."))
