"""Breaking confidentiality: asked by one, looked at by another, decided by a third.

On two grounds only: a heavy interest of the client that cannot be served otherwise
(S24), or concrete danger to somebody else (S26). Nothing may be given before a
colleague looked, the directie allowed it, and the client was told or it is on record
why not yet (V12). In an emergency the directie decides by telephone; what was decided
is written down within a day, in the same order.

Guarded by tests/cases/test_doorbreken.py; what PostgreSQL holds of it by
test_geheim_sql.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.logboek import geheim as logboek
from cases.models import Doorbreking
from cases.selectors.geheim import deciders_at
from cases.selectors.regels import reviewers_at
from cases.services.belang import check_belang
from cases.services.regels import KwestieError
from cases.services.rij import check_alive, own_locked
from tenants.access import Refused, Wie
from tenants.roles import Recht

SPOED = timedelta(hours=24)
ALTIJD: dict[str, Promise] = {
    "feiten": gettext_lazy("Schrijf op wat er aan de hand is: alleen feiten."),
    "geen_toestemming": gettext_lazy("Schrijf op waarom er geen toestemming is."),
    "geprobeerd": gettext_lazy(
        "Schrijf op wat je hebt geprobeerd, en waarom het niet anders kan."
    ),
}
BIJ_GROND: dict[str, dict[str, Promise]] = {
    "BELANG_CLIENT": {
        "ernst": gettext_lazy(
            "Schrijf op welk zwaar belang van de cliënt alleen zo te dienen is."
        ),
    },
    "GEVAAR_ANDER": {
        "wie": gettext_lazy("Schrijf op wie er gevaar loopt."),
        "gevaar": gettext_lazy("Schrijf op welk gevaar er is."),
        "concreet": gettext_lazy(
            "Schrijf op waaruit blijkt dat het gevaar concreet is. Zonder concreet"
            " gevaar mag dit niet."
        ),
    },
}
WAT: dict[str, Promise] = {
    "minimaal": gettext_lazy("Schrijf op wat je wilt vertellen: zo weinig mogelijk."),
    "ontvanger": gettext_lazy("Schrijf op aan wie je het wilt vertellen."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Aanvraag:
    """Why, what and to whom; teksten: name of the text → text."""

    grond: str
    teksten: Mapping[str, str]
    toetser_id: UUID
    beslisser_id: UUID
    mondeling_besluit_op: datetime | None = None


def texts_for(grond: str) -> dict[str, Promise]:
    """The texts that this ground needs, with what to say when one is missing."""
    return {**ALTIJD, **BIJ_GROND.get(grond, {}), **WAT}


@transaction.atomic
def request_doorbreking(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, aanvraag: Aanvraag
) -> Doorbreking:
    """Ask for it. Raises Refused, KwestieError (S24, S26)."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    _check(actor, tenant_id, aanvraag)
    check_belang(actor, kwestie, aanvraag.toetser_id, "toetser")
    made = Doorbreking(
        tenant_id=tenant_id,
        kwestie=kwestie,
        grond=aanvraag.grond,
        aanvrager_id=actor.user_id,
        toetser_id=aanvraag.toetser_id,
        beslisser_id=aanvraag.beslisser_id,
        mondeling_besluit_op=aanvraag.mondeling_besluit_op,
    )
    for veld in texts_for(aanvraag.grond):
        setattr(made, veld, aanvraag.teksten[veld])
    made.save(force_insert=True)
    logboek.doorbreking_gevraagd(actor, made)
    return made


def _check(actor: Wie, tenant_id: int, aanvraag: Aanvraag) -> None:
    if aanvraag.grond not in Doorbreking.Grond.values:
        raise KwestieError(
            _("Kies waarom je de geheimhouding wilt doorbreken."), "grond"
        )
    for veld, tekst in texts_for(aanvraag.grond).items():
        if not aanvraag.teksten.get(veld, "").strip():
            raise KwestieError(str(tekst), veld)
    colleagues = reviewers_at(tenant_id, actor.user_id)
    if not colleagues.filter(pk=aanvraag.toetser_id).exists():
        raise KwestieError(
            _("Kies een collega die dit toetst. Dat kun je niet zelf zijn."), "toetser"
        )
    others = deciders_at(tenant_id, [actor.user_id, aanvraag.toetser_id])
    if not others.filter(pk=aanvraag.beslisser_id).exists():
        raise KwestieError(
            _("Kies wie van de directie besluit. Dat is iemand anders dan de toetser."),
            "beslisser",
        )
    spoken = aanvraag.mondeling_besluit_op
    if spoken is not None and not timezone.now() - SPOED <= spoken <= timezone.now():
        raise KwestieError(
            _(
                "Leg een besluit aan de telefoon binnen 24 uur vast. Is het langer"
                " geleden? Vraag de directie dan om een nieuw besluit."
            ),
            "mondeling_besluit_op",
        )


def _asked(
    actor: Wie, tenant_id: int, pk: UUID, recht: Recht, *standen: Doorbreking.Stand
) -> Doorbreking:
    """The request, locked, in one of these states. Raises Refused, KwestieError."""
    actor.require(recht, tenant_id)
    rows = Doorbreking.objects.select_for_update().filter(tenant_id=tenant_id, pk=pk)
    found = rows.first()
    if found is None:
        raise Refused(recht)
    if found.stand not in standen:
        raise KwestieError(
            _("Dit kan nu niet: het is intussen “%(stand)s”.")
            % {"stand": found.stand_label}
        )
    return found


def _motivated(tekst: str, veld: str) -> None:
    if not tekst.strip():
        raise KwestieError(_("Schrijf op waarom."), veld)


@transaction.atomic
def review_doorbreking(
    *, actor: Wie, tenant_id: int, pk: UUID, is_akkoord: bool, advies: str
) -> Doorbreking:
    """The colleague who was asked says what she thinks. Raises as ``_asked``."""
    found = _asked(actor, tenant_id, pk, Recht.KWESTIE_EIGEN, Doorbreking.Stand.TOETS)
    if actor.user_id != found.toetser_id:
        raise Refused(Recht.KWESTIE_EIGEN)
    _motivated(advies, "advies")
    found.toets_op, found.is_toets_akkoord = timezone.now(), is_akkoord
    found.advies = advies
    found.save(update_fields=["toets_op", "is_toets_akkoord", "advies_v"])
    logboek.doorbreking_getoetst(actor, found)
    return found


@transaction.atomic
def decide_doorbreking(
    *, actor: Wie, tenant_id: int, pk: UUID, is_toegestaan: bool, besluit: str
) -> Doorbreking:
    """Yes or no, by the one of the directie who was asked. Raises as ``_asked``."""
    found = _asked(
        actor, tenant_id, pk, Recht.DOORBREKING_BESLISSEN, Doorbreking.Stand.BESLUIT
    )
    if actor.user_id != found.beslisser_id:
        raise Refused(Recht.DOORBREKING_BESLISSEN)
    _motivated(besluit, "besluit")
    found.besluit_op, found.is_toegestaan = timezone.now(), is_toegestaan
    found.besluit = besluit
    found.save(update_fields=["besluit_op", "is_toegestaan", "besluit_v"])
    logboek.doorbreking_besloten(actor, found)
    return found


def _own(
    actor: Wie, tenant_id: int, pk: UUID, *standen: Doorbreking.Stand
) -> Doorbreking:
    """The same for whoever has the kwestie to write now."""
    found = _asked(actor, tenant_id, pk, Recht.KWESTIE_EIGEN, *standen)
    own_locked(actor, tenant_id, found.kwestie_id)
    return found


@transaction.atomic
def tell_client(
    *, actor: Wie, tenant_id: int, pk: UUID, op: datetime | None, uitstel: str = ""
) -> Doorbreking:
    """The client was told at ``op``, or why not yet (None). Raises as ``_asked``."""
    found = _own(actor, tenant_id, pk, Doorbreking.Stand.TOEGESTAAN)
    if op is not None and op > timezone.now():
        raise KwestieError(_("Dit moment is nog niet geweest."), "datum")
    if op is None:
        _motivated(uitstel, "uitstel")
    found.client_geinformeerd_op, found.uitstel = op, uitstel
    found.save(update_fields=["client_geinformeerd_op", "uitstel_v"])
    logboek.doorbreking_client_verteld(actor, found)
    return found


@transaction.atomic
def give_information(
    *, actor: Wie, tenant_id: int, pk: UUID, verstrekt: str
) -> Doorbreking:
    """What was told, and to whom: not more than was allowed. Raises as ``_asked``."""
    found = _own(actor, tenant_id, pk, Doorbreking.Stand.TOEGESTAAN)
    if found.client_geinformeerd_op is None and not found.uitstel:
        raise KwestieError(
            _("Vertel het eerst de cliënt, of leg vast waarom dat nog niet kan.")
        )
    if not verstrekt.strip():
        raise KwestieError(_("Schrijf op wat je aan wie hebt verteld."), "verstrekt")
    found.verstrekt_op, found.verstrekt = timezone.now(), verstrekt
    found.save(update_fields=["verstrekt_op", "verstrekt_v"])
    logboek.doorbreking_verstrekt(actor, found)
    return found


@transaction.atomic
def look_back(*, actor: Wie, tenant_id: int, pk: UUID, evaluatie: str) -> Doorbreking:
    """What came of it. Raises as ``_asked``."""
    found = _own(actor, tenant_id, pk, Doorbreking.Stand.VERSTREKT)
    if not evaluatie.strip():
        raise KwestieError(_("Schrijf op hoe het is gegaan."), "evaluatie")
    found.evaluatie_op, found.evaluatie = timezone.now(), evaluatie
    found.save(update_fields=["evaluatie_op", "evaluatie_v"])
    logboek.doorbreking_geevalueerd(actor, found)
    return found


@transaction.atomic
def withdraw_doorbreking(*, actor: Wie, tenant_id: int, pk: UUID) -> Doorbreking:
    """No longer asked for; before the decision only. Raises as ``_asked``."""
    before = (Doorbreking.Stand.TOETS, Doorbreking.Stand.BESLUIT)
    found = _own(actor, tenant_id, pk, *before)
    found.ingetrokken_op = timezone.now()
    found.save(update_fields=["ingetrokken_op"])
    logboek.doorbreking_ingetrokken(actor, found)
    return found
