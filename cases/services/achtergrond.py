"""The background of a kwestie: written in one go, on the version it was filled in on.

Nothing in it is ever needed for another verb (S74, S96, S163). Guarded by
tests/cases/test_achtergrond.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import logboek
from cases.codelists import codes
from cases.models import (
    EERDER_HOOGSTENS,
    EFFECTEN,
    Achtergrond,
    Effect,
    Initiatief,
    Kwestie,
    Netwerk,
    RedenInzet,
    Waarom,
    Woonsituatie,
    herkomsten,
    pogingen,
)
from cases.selectors.achtergrond import achtergrond_of
from cases.services.regels import KwestieError
from cases.services.rij import check_alive, own_locked
from tenants.access import Wie

TEKSTEN = ("gewenste_situatie", "eerste_stap")
EEN: dict[str, tuple[str, ...]] = {
    "leeftijdsklasse": codes("leeftijdsklasse"),
    "woonsituatie": ("", *Woonsituatie.values),
    "initiatief": ("", *Initiatief.values),
    "herkomst": ("", *herkomsten()),
    **{veld: ("", *Effect.values) for veld in EFFECTEN},
}
MEER: dict[str, tuple[str, ...]] = {
    "doelgroepen": codes("doelgroep"),
    "waarom": tuple(Waarom.values),
    "redenen_inzet": tuple(RedenInzet.values),
    "functies": codes("functie"),
    "netwerk": tuple(Netwerk.values),
    "eerder_geprobeerd": pogingen(),
}
VELDEN = (*EEN, *MEER, "is_conflict", *TEKSTEN)
# "Nobody" or "unknown" beside somebody says nothing.
ALLEEN = {"netwerk": "GEEN", "doelgroepen": "GEEN"}


class AchtergrondConflict(KwestieError):
    """Somebody saved in between; ``nu`` is what is on record now."""

    def __init__(self, nu: Achtergrond) -> None:
        super().__init__(
            _(
                "De achtergrond is intussen veranderd. Hieronder zie je wat er nu staat"
                " en wat jij hebt ingevuld. Pas je antwoorden aan en sla opnieuw op."
            )
        )
        self.nu = nu


@transaction.atomic
def save_achtergrond(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    versie: int,
    gegevens: Mapping[str, Any],
) -> Achtergrond:
    """Write ``gegevens`` (names of VELDEN → values) on the actor's kwestie.

    versie: the version they were filled in on, 0 when there was none. Raises
    AchtergrondConflict when it is not the present one, Refused, KwestieError.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    row = achtergrond_of(kwestie)
    if row.versie != versie:
        raise AchtergrondConflict(row)
    return _write(actor, kwestie, row, gegevens)


def record_effects(actor: Wie, kwestie: Kwestie, effecten: Mapping[str, str]) -> None:
    """What support did, said while closing a locked kwestie (S55, S162).

    '' leaves what is there.
    """
    said = {veld: waarde for veld, waarde in effecten.items() if waarde}
    if set(said) - set(EFFECTEN):
        raise ValueError(f"no effects: {sorted(said)}")
    if said:
        _write(actor, kwestie, achtergrond_of(kwestie), said)


def _write(
    actor: Wie, kwestie: Kwestie, row: Achtergrond, gegevens: Mapping[str, Any]
) -> Achtergrond:
    changed = _apply(row, gegevens)
    if not changed:
        return row
    _check(row)
    row.versie += 1
    row.gewijzigd_op = timezone.now()
    row.save()
    logboek.achtergrond_gewijzigd(actor, kwestie, changed)
    return row


def _apply(row: Achtergrond, gegevens: Mapping[str, Any]) -> list[str]:
    """Put the new values on the object; returns the names that differ."""
    unknown = set(gegevens) - set(VELDEN)
    if unknown:
        raise ValueError(f"not of the background: {sorted(unknown)}")
    changed = [
        veld for veld, waarde in gegevens.items() if getattr(row, veld) != waarde
    ]
    for veld in changed:
        setattr(row, veld, gegevens[veld])
    return changed


def _check(row: Achtergrond) -> None:
    for veld, mogelijk in EEN.items():
        if getattr(row, veld) not in mogelijk:
            raise KwestieError(_("Kies een van de mogelijkheden."), veld)
    for veld, mogelijk in MEER.items():
        if not set(getattr(row, veld)) <= set(mogelijk):
            raise KwestieError(_("Kies een van de mogelijkheden."), veld)
    for veld, niets in ALLEEN.items():
        chosen = getattr(row, veld)
        if niets in chosen and len(chosen) > 1:
            raise KwestieError(
                _("Kies “Niemand” of “Geen” alleen als je verder niets kiest."), veld
            )
    if len(row.eerder_geprobeerd) > EERDER_HOOGSTENS:
        raise KwestieError(_("Kies hoogstens twee pogingen."), "eerder_geprobeerd")
