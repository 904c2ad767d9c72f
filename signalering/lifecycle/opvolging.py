"""Talks about a signal, and what the commissioning party promised (S30, S115, S117).

Guarded by tests/signalering/test_signalen.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import codelists
from signalering import logboek
from signalering.lifecycle.signalen import (
    ACTIE_BIJ,
    CLIENTEN,
    SignaalError,
    locked_signal,
)
from signalering.lifecycle.sterkte import joint_strength
from signalering.lifecycle.tabel import person
from signalering.lifecycle.woorden import NIETS, Toegestaan, let_pass
from signalering.models import (
    IN_RAPPORT,
    ActieStand,
    Signaal,
    Signaaloverleg,
    Verbeteractie,
)
from tenants.access import Refused, Wie
from tenants.roles import Recht


@transaction.atomic
def record_talk(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    datum: date,
    ontvangers: Sequence[str],
    deelnemers: Sequence[str],
    afspraak: str,
    toegestaan: Toegestaan = NIETS,
) -> Signaaloverleg:
    """A talk with one or more bodies (codes of ontvanger_signaal); deelnemers are
    functions. With the commissioning party only about what was brought in.

    Raises Refused, RapportageError.
    """
    actor.require(Recht.BESPREKING_VASTLEGGEN, tenant_id)
    signaal = locked_signal(actor, tenant_id, pk)
    if signaal.status not in IN_RAPPORT:
        raise SignaalError(_("Overleg kan over een signaal dat bevestigd is."))
    if datum > timezone.localdate():
        raise SignaalError(_("Het overleg ligt nog in de toekomst."))
    if not set(ontvangers) <= set(codelists.codes("ontvanger_signaal")):
        raise SignaalError(_("Kies met wie het overleg was."))
    if not ontvangers or not deelnemers or not afspraak.strip():
        raise SignaalError(_("Vul in met wie het overleg was en wat is afgesproken."))
    if "OPDR" in ontvangers and not signaal.is_ingebracht:
        raise SignaalError(_("Breng het signaal eerst in bij de opdrachtgever."))
    passed = let_pass(tenant_id, (*deelnemers, afspraak), toegestaan)
    made = Signaaloverleg.objects.create(
        tenant_id=tenant_id,
        signaal=signaal,
        datum=datum,
        ontvangers=list(ontvangers),
        deelnemers=list(deelnemers),
        afspraak=afspraak,
        door_id=person(actor),
    )
    logboek.signaal_stap(
        actor, signaal, "signaaloverleg_vastgelegd", passed, toegestaan.reden
    )
    return made


@transaction.atomic
def promise_action(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    wat: str,
    wie: str,
    uiterlijk: date,
    toegestaan: Toegestaan = NIETS,
) -> Verbeteractie:
    """What the commissioning party will do: by its contact, or as a colleague heard it.

    Raises Refused, RapportageError.
    """
    if not may_promise(actor, tenant_id):
        raise Refused(Recht.RAPPORTAGE_REAGEREN)
    rows = Signaal.objects.filter(tenant_id=tenant_id, pk=pk)
    signaal = rows.first()
    if signaal is None or not (actor.is_medewerker or signaal.is_ingebracht):
        raise Refused(Recht.RAPPORTAGE_REAGEREN)
    if signaal.status not in ACTIE_BIJ:
        raise SignaalError(_("Bij dit signaal kan geen verbeteractie (meer) bij."))
    if uiterlijk < timezone.localdate():
        raise SignaalError(_("Kies een dag die nog komt."))
    passed = let_pass(tenant_id, (wat, wie), toegestaan)
    made = Verbeteractie.objects.create(
        tenant_id=tenant_id,
        signaal=signaal,
        wat=wat,
        wie=wie,
        uiterlijk=uiterlijk,
        door_id=person(actor),
    )
    logboek.signaal_stap(
        actor, signaal, "verbeteractie_toegezegd", passed, toegestaan.reden
    )
    return made


def may_promise(wie: Wie, tenant_id: int) -> bool:
    recht = (
        Recht.BESPREKING_VASTLEGGEN if wie.is_medewerker else Recht.RAPPORTAGE_REAGEREN
    )
    return wie.may(recht, tenant_id)


@transaction.atomic
def settle_action(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    actie_id: UUID,
    stand: str,
    toelichting: str = "",
    toegestaan: Toegestaan = NIETS,
) -> Verbeteractie:
    """What came of a promise; said once. Raises Refused, RapportageError."""
    actor.require(Recht.BESPREKING_VASTLEGGEN, tenant_id)
    signaal = locked_signal(actor, tenant_id, pk)
    rows = Verbeteractie.objects.select_for_update()
    actie = rows.filter(tenant_id=tenant_id, signaal=signaal, pk=actie_id).first()
    if actie is None:
        raise Refused(Recht.BESPREKING_VASTLEGGEN)
    if actie.stand != ActieStand.TOEGEZEGD:
        raise SignaalError(_("Van deze actie is al vastgelegd wat ervan kwam."))
    if stand not in (ActieStand.UITGEVOERD, ActieStand.VERVALLEN):
        raise SignaalError(_("Kies wat er van de actie kwam."))
    passed = let_pass(tenant_id, [toelichting], toegestaan)
    actie.stand, actie.stand_op = ActieStand(stand), timezone.localdate()
    actie.toelichting = toelichting
    actie.save(update_fields=["stand", "stand_op", "toelichting"])
    logboek.signaal_stap(
        actor, signaal, "verbeteractie_afgehandeld", passed, toegestaan.reden
    )
    return actie


def signals_for_report(wie: Wie, tenant_id: int) -> list[dict[str, Any]]:
    """What a report tells of the signals of this tenant, as plain values that stay as
    they are: those that were brought in, and confirmed ones about enough clients.
    No numbers.
    """
    rows = Signaal.objects.filter(tenant_id=tenant_id, status__in=IN_RAPPORT)
    acties: dict[UUID, list[dict[str, str]]] = {}
    for actie in Verbeteractie.objects.filter(tenant_id=tenant_id).order_by(
        "uiterlijk", "op"
    ):
        acties.setdefault(actie.signaal_id, []).append(
            {
                "wat": actie.wat,
                "wie": actie.wie,
                "uiterlijk": actie.uiterlijk.isoformat(),
                "stand": actie.stand,
            }
        )
    return [
        {
            "id": str(signaal.pk),
            "titel": signaal.titel,
            "aard": signaal.aard,
            "sub": signaal.sub,
            "wet": signaal.wet,
            "omschrijving": signaal.omschrijving,
            "verbeterrichting": signaal.verbeterrichting,
            "vraag": signaal.vraag,
            "status": signaal.status,
            "acties": acties.get(signaal.pk, []),
        }
        for signaal in rows.order_by("voorgesteld_op", "pk")
        if signaal.is_ingebracht or joint_strength(wie, signaal)[0] >= CLIENTEN
    ]
