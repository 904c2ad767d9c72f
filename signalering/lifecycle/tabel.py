"""The arrows of a report's life, and how every verb takes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from signalering import logboek
from signalering.models import (
    Druk,
    Rapportage,
    Reactie,
    Status,
)
from tenants.access import Refused, Wie
from tenants.models import Job
from tenants.roles import Recht
from tenants.services import create_job

TAAK = "signalering.maak_rapportage"
MOST_WORDS = 500  # of a reactie (rapportage.md §3.4)


class RapportageError(Exception):
    """The verb cannot be carried out now; the text says what has to happen first."""


@dataclass(frozen=True, slots=True)
class Stap:
    """One arrow: where it leads, who may take it, the audit event it leaves."""

    naar: str
    recht: Recht
    gebeurtenis: str


# (status, verb) → arrow. What is not here cannot be done.


# (status, verb) → arrow. What is not here cannot be done.
STAPPEN: Mapping[tuple[str, str], Stap] = {
    (Status.CONCEPT, "dien_in"): Stap(
        Status.INTERNE_CONTROLE, Recht.RAPPORTAGE_MAKEN, "rapportage_ter_controle"
    ),
    (Status.INTERNE_CONTROLE, "haal_terug"): Stap(
        Status.CONCEPT, Recht.RAPPORTAGE_MAKEN, "rapportage_teruggehaald"
    ),
    (Status.INTERNE_CONTROLE, "teken_toets"): Stap(
        Status.INTERNE_CONTROLE,
        Recht.RAPPORTAGE_TOETSEN,
        "herleidbaarheidstoets_getekend",
    ),
    (Status.INTERNE_CONTROLE, "bied_aan"): Stap(
        Status.AANGEBODEN, Recht.RAPPORTAGE_AANBIEDEN, "rapportage_aangeboden"
    ),
    (Status.AANGEBODEN, "open_bespreking"): Stap(
        Status.IN_BESPREKING, Recht.BESPREKING_VASTLEGGEN, "bespreking_begonnen"
    ),
    (Status.IN_BESPREKING, "leg_bespreking_vast"): Stap(
        Status.BESPROKEN, Recht.BESPREKING_VASTLEGGEN, "bespreking_vastgelegd"
    ),
    (Status.BESPROKEN, "stel_vast"): Stap(
        Status.VASTGESTELD, Recht.RAPPORTAGE_VASTSTELLEN, "rapportage_vastgesteld"
    ),
    (Status.VASTGESTELD, "publiceer"): Stap(
        Status.OPENBAAR_DEELS, Recht.RAPPORTAGE_PUBLICEREN, "rapportage_openbaar"
    ),
    (Status.VASTGESTELD, "rond_vertrouwelijk_af"): Stap(
        Status.VERTROUWELIJK_AFGEROND,
        Recht.RAPPORTAGE_PUBLICEREN,
        "rapportage_vertrouwelijk_afgerond",
    ),
    (Status.CONCEPT, "trek_in"): Stap(
        Status.INGETROKKEN, Recht.RAPPORTAGE_MAKEN, "rapportage_ingetrokken"
    ),
    (Status.INTERNE_CONTROLE, "trek_in"): Stap(
        Status.INGETROKKEN, Recht.RAPPORTAGE_MAKEN, "rapportage_ingetrokken"
    ),
    **{
        (status, "trek_in"): Stap(
            Status.INGETROKKEN, Recht.RAPPORTAGE_VASTSTELLEN, "rapportage_ingetrokken"
        )
        for status in (
            Status.AANGEBODEN,
            Status.IN_BESPREKING,
            Status.BESPROKEN,
            Status.VASTGESTELD,
            Status.OPENBAAR_DEELS,
            Status.VERTROUWELIJK_AFGEROND,
        )
    },
}
REACTIE_BIJ = (Status.AANGEBODEN, Status.IN_BESPREKING, Status.BESPROKEN)


def possible_verbs(wie: Wie, rapportage: Rapportage) -> set[str]:
    """The verbs that lead on from here and that this person may carry out."""
    return {
        verb
        for (status, verb), stap in STAPPEN.items()
        if status == rapportage.status and wie.may(stap.recht, rapportage.tenant_id)
    }


def locked(tenant_id: int, pk: UUID) -> Rapportage:
    return Rapportage.objects.select_for_update().get(tenant_id=tenant_id, pk=pk)


def begin(actor: Wie, tenant_id: int, pk: UUID, verb: str) -> tuple[Rapportage, Stap]:
    """The locked report and the arrow of ``verb``.

    Raises Refused without the right, RapportageError when the arrow is not there.
    """
    arrows = [stap for (_van, name), stap in STAPPEN.items() if name == verb]
    if not any(actor.may(stap.recht, tenant_id) for stap in arrows):
        raise Refused(verb)
    rapportage = locked(tenant_id, pk)
    stap = STAPPEN.get((rapportage.status, verb))
    if stap is None:
        raise RapportageError(
            _("Deze stap kan niet meer of nog niet: de rapportage is “%(status)s”.")
            % {"status": rapportage.get_status_display().lower()}
        )
    actor.require(stap.recht, tenant_id)
    return rapportage, stap


def move(actor: Wie, rapportage: Rapportage, stap: Stap, **fields: Any) -> Rapportage:
    rapportage.status = stap.naar
    for name, value in fields.items():
        setattr(rapportage, name, value)
    rapportage.save(update_fields=["status", *fields])
    logboek.rapportage_stap(actor, rapportage, stap.gebeurtenis)
    return rapportage


def person(actor: Wie) -> UUID:
    """What only a person may do; the system is Refused."""
    if actor.user_id is None:
        raise Refused("persoon")
    return actor.user_id


def require_printed(rapportage: Rapportage) -> None:
    if rapportage.druk != Druk.KLAAR:
        raise RapportageError(
            _("De pdf's worden nog gemaakt. Wacht tot dat klaar is en probeer opnieuw.")
        )


def print_job(actor: Wie | None, rapportage: Rapportage) -> Job:
    return create_job(
        tenant_id=rapportage.tenant_id,
        taak=TAAK,
        onderwerp_id=rapportage.pk,
        actor=actor,
    )


def last_reactie(rapportage: Rapportage) -> Reactie | None:
    """The reaction that counts: the last one given."""
    return (
        Reactie.objects.filter(
            tenant_id=rapportage.tenant_id, rapportage_id=rapportage.pk
        )
        .order_by("-gegeven_op")
        .first()
    )
