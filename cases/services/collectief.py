"""Record work without a client (S58, S121). Guarded by tests/cases/test_collectief.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cases import logboek
from cases.codelists import codes
from cases.models import CollectieveActiviteit, Publiek, soorten
from cases.services.ondersteunen import MAX_MINUTEN
from cases.services.regels import KwestieError, check_datum
from tenants.access import Wie
from tenants.roles import Recht


@dataclass(frozen=True, slots=True, kw_only=True)
class Collectief:
    """When, what (COL or INT of activiteit), about what, for whom, with how many."""

    datum: date
    soort: str
    thema: str = ""
    publiek: tuple[str, ...] = ()
    doelgroepen: tuple[str, ...] = ()
    aantal_deelnemers: int | None = None
    duur_min: int = 0


@transaction.atomic
def record_collectief(
    *, actor: Wie, tenant_id: int, activiteit_id: UUID, gegevens: Collectief
) -> CollectieveActiviteit:
    """A new one, or the actor's own put right: the form chose ``activiteit_id``.

    Raises Refused, KwestieError.
    """
    actor.require(Recht.KWESTIE_EIGEN, tenant_id)
    _check(gegevens)
    rows = CollectieveActiviteit.objects.select_for_update()
    row = rows.filter(tenant_id=tenant_id, pk=activiteit_id).first()
    if row is not None and row.medewerker_id != actor.user_id:
        raise KwestieError(_("Dit heeft een collega vastgelegd. Vraag het haar."))
    if row is None:
        row = CollectieveActiviteit(
            id=activiteit_id, tenant_id=tenant_id, medewerker_id=actor.user_id
        )
    row.datum, row.soort, row.thema = gegevens.datum, gegevens.soort, gegevens.thema
    row.publiek = list(gegevens.publiek)
    row.doelgroepen = list(gegevens.doelgroepen)
    row.aantal_deelnemers = gegevens.aantal_deelnemers
    row.duur_min = gegevens.duur_min
    row.save()
    logboek.collectief_vastgelegd(actor, row)
    return row


def _check(gegevens: Collectief) -> None:
    check_datum(gegevens.datum)
    if gegevens.soort not in soorten():
        raise KwestieError(_("Kies wat je hebt gedaan."), "soort")
    if gegevens.thema and gegevens.thema not in codes("subaard"):
        raise KwestieError(_("Kies een van de mogelijkheden."), "thema")
    if not set(gegevens.publiek) <= set(Publiek.values):
        raise KwestieError(_("Kies een van de mogelijkheden."), "publiek")
    if not set(gegevens.doelgroepen) <= set(codes("doelgroep")):
        raise KwestieError(_("Kies een van de mogelijkheden."), "doelgroepen")
    if not 0 <= gegevens.duur_min <= MAX_MINUTEN:
        raise KwestieError(_("Vul hoogstens 1440 minuten in."), "duur_min")
    is_overleg = gegevens.soort.startswith("INT.")
    about = gegevens.publiek, gegevens.doelgroepen, gegevens.aantal_deelnemers
    if is_overleg and any(about):
        raise KwestieError(
            _("Bij overleg leg je alleen het thema vast. Maak de rest leeg."), "soort"
        )
    if not is_overleg and not gegevens.publiek:
        raise KwestieError(_("Kies voor wie het was."), "publiek")
