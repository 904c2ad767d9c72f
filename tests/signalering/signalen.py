"""Signals for tests, made by the product's own verbs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from cases import services
from signalering.lifecycle.opvolging import (
    promise_action,
    record_talk,
    settle_action,
)
from signalering.lifecycle.signalen import (
    Signaalgegevens,
    propose_signal,
    take_step,
)
from signalering.models import Signaal
from tenants.scope import acting_as
from tests import people
from tests.signalering import maken

GEGEVENS = Signaalgegevens(
    titel="Lang wachten op jeugdhulp",
    aard="ORG",
    sub="ORG.WACHT",
    wet="JW",
    omschrijving="Ouders wachten maanden en horen niet waar zij aan toe zijn.",
    verbeterrichting="Laat elke maand weten hoe lang het nog duurt.",
    vraag="Wilt u afspraken maken met de aanbieders over berichten bij wachten?",
)


def acting(verb: Any, door: str, slug: str = "arnhem", /, **arguments: Any) -> Any:
    """Carry out a verb of a signal as this person."""
    wie, tenant_id = people.wie(door), people.tenant_id(slug)
    with acting_as(wie.scope(tenant_id)):
        return verb(actor=wie, tenant_id=tenant_id, **arguments)


def propose(door: str = "anna", slug: str = "arnhem", **more: Any) -> Signaal:
    signaal: Signaal = acting(
        propose_signal, door, slug, **{"gegevens": GEGEVENS, **more}
    )
    return signaal


def link(
    signaal: Signaal, many: int, door: str = "anna", slug: str = "arnhem", **over: Any
) -> list[UUID]:
    """``many`` new kwesties of ``door``, each of another client, linked to it."""
    wie, tenant_id = people.wie(door), people.tenant_id(slug)
    with acting_as(wie.scope(tenant_id)):
        hers = {"ondersteuner_id": wie.user_id, **over}
        known = maken.clients(tenant_id, many)
        made = maken.kwesties(tenant_id, [(client, hers) for client in known])
        for kwestie in made:
            services.link_signaal(
                actor=wie,
                tenant_id=tenant_id,
                kwestie_id=kwestie.pk,
                signaal_id=signaal.pk,
            )
    return [kwestie.pk for kwestie in made]


def step(signaal: Signaal, verb: str, door: str = "chantal", **more: Any) -> Signaal:
    found: Signaal = acting(take_step, door, pk=signaal.pk, verb=verb, **more)
    return found


def talk(signaal: Signaal, *ontvangers: str, **over: Any) -> Any:
    values = {
        "datum": timezone.localdate(),
        "ontvangers": ontvangers or ("OPDR",),
        "deelnemers": ["Beleidsadviseur jeugd"],
        "afspraak": "Er komt een voorstel.",
        **over,
    }
    return acting(record_talk, "chantal", pk=signaal.pk, **values)


def promise(signaal: Signaal, door: str = "gerard", **over: Any) -> Any:
    values = {
        "wat": "Maandelijks bericht over de wachttijd",
        "wie": "Afdeling jeugd",
        "uiterlijk": timezone.localdate() + timedelta(days=60),
        **over,
    }
    return acting(promise_action, door, pk=signaal.pk, **values)


def settle(signaal: Signaal, actie: Any, stand: str) -> Any:
    return acting(
        settle_action, "chantal", pk=signaal.pk, actie_id=actie.pk, stand=stand
    )


def brought_in(many: int = 5) -> Signaal:
    """Proposed by Anna, confirmed and brought in by Chantal."""
    signaal = propose()
    link(signaal, many)
    step(signaal, "bevestig")
    return step(signaal, "breng-in")
