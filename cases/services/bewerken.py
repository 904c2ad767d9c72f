"""Change what is on record of a kwestie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import Kwestie
from cases.selectors import is_vrijwilliger
from cases.services.belang import check_again
from cases.services.corrigeren import codes_of, mark_correcties
from cases.services.regels import (
    KwestieError,
    check_afgerond,
    check_codes,
    check_datum,
    check_doel,
    check_subaard,
    check_wetten,
)
from cases.services.registreren import opdracht_on
from cases.services.rij import check_alive, own_locked, store
from tenants.access import Wie

GECODEERD = (
    *("datum", "kanaal", "rol", "vertrouwelijkheid", "soort", "aard", "subaard"),
    *("wet", "wetten", "levensdomein", "fase", "gewezen_op_oco"),
    *("procedure_voorkomen", "wederpartij", "wederpartij_organisatie", "dienst"),
)
TEKSTEN = ("kernvraag", "gewenste_oplossing", "doel_client", "toelichting")
BEWERKBAAR = (*GECODEERD, *TEKSTEN)
VERZEGELD = (*TEKSTEN, "wederpartij_organisatie")


class Conflict(KwestieError):
    """Somebody saved in between; ``nu`` is what is on record now."""

    def __init__(self, nu: Kwestie) -> None:
        super().__init__(
            _(
                "Deze kwestie is intussen veranderd. Hieronder zie je wat er nu staat en"
                " wat jij hebt ingevuld. Pas je tekst aan en sla opnieuw op."
            )
        )
        self.nu = nu


@transaction.atomic
def update_kwestie(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    versie: int,
    wijzigingen: Mapping[str, Any],
) -> Kwestie:
    """Write ``wijzigingen`` (names of BEWERKBAAR → values) on the actor's kwestie.

    versie: the version the changes were made on. Raises Conflict when it is not the
    present one, Refused, KwestieError (V1–V4, V16, S134).
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    if kwestie.versie != versie:
        raise Conflict(kwestie)
    was = codes_of(kwestie)
    changed = _apply(kwestie, wijzigingen)
    if not changed:
        return kwestie
    if kwestie.vertrouwelijkheid == "STRIKT" and is_vrijwilliger(
        actor.plekken[tenant_id]
    ):
        raise KwestieError(
            _("Vraag je teamleider om een collega voor deze kwestie."),
            "vertrouwelijkheid",
        )
    _check(kwestie)
    if "dienst" in changed:
        plek = actor.plekken[tenant_id]
        kwestie.opdracht = opdracht_on(plek, kwestie.datum, kwestie.dienst)
    store(kwestie, [*map(_column, changed), "opdracht"])
    mark_correcties(actor, kwestie, was)
    logboek.kwestie_gewijzigd(actor, kwestie, changed)
    if {"wederpartij", "wederpartij_organisatie"} & set(changed):
        check_again(actor, kwestie)
    return kwestie


def _column(veld: str) -> str:
    return f"{veld}_v" if veld in VERZEGELD else veld


def _apply(kwestie: Kwestie, wijzigingen: Mapping[str, Any]) -> list[str]:
    """Put the new values on the object; returns the names that differ."""
    unknown = set(wijzigingen) - set(BEWERKBAAR)
    if unknown:
        raise ValueError(f"not to be changed here: {sorted(unknown)}")
    changed = [v for v, waarde in wijzigingen.items() if getattr(kwestie, v) != waarde]
    for veld in changed:
        setattr(kwestie, veld, wijzigingen[veld])
    return changed


def _check(kwestie: Kwestie) -> None:
    check_datum(kwestie.datum)
    if kwestie.afgerond_op is not None and kwestie.datum > kwestie.afgerond_op:
        raise KwestieError(
            _("Het eerste contact kan niet na de afronding liggen."), "datum"
        )
    check_codes(kwestie)
    check_subaard(kwestie)
    check_wetten(kwestie)
    check_doel(kwestie)
    if kwestie.bron != "IMPORT":
        check_afgerond(kwestie, kwestie.activiteiten)
