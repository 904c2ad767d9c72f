"""How it ends: partly public, confidential, or withdrawn."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from signalering import storage
from signalering.lifecycle.berichtkeuzes import tell_public
from signalering.lifecycle.bezwaar import require_not_upheld
from signalering.lifecycle.regionaal import require_publishable
from signalering.lifecycle.tabel import (
    RapportageError,
    begin,
    last_reactie,
    move,
    require_printed,
)
from signalering.lifecycle.uitgeven import release
from signalering.models import (
    Bespreking,
    Bestand,
    Publicatie,
    Publiek,
    Rapportage,
    Reactie,
)
from tenants.access import Wie
from tenants.models import Opdracht, Tenant


@transaction.atomic
def publish(*, actor: Wie, tenant_id: int, pk: UUID) -> Publicatie:
    """VASTGESTELD → OPENBAAR_DEELS: the four public subjects, and the reaction.

    Not by an author (V12); with consent of the commissioning party when the opdracht
    says so.
    """
    rapportage, stap = begin(actor, tenant_id, pk, "publiceer")
    if actor.user_id in {rapportage.opgesteld_door_id, *rapportage.schrijvers}:
        raise RapportageError(
            _("Je hebt zelf aan deze rapportage gewerkt. Een ander beslist hierover.")
        )
    require_printed(rapportage)
    opdracht = Opdracht.objects.get(tenant_id=tenant_id, pk=rapportage.opdracht_id)
    reactie = last_reactie(rapportage)
    needs_consent = opdracht.publicatieafspraak == Opdracht.Afspraak.TOESTEMMING
    if needs_consent and not (reactie and reactie.is_akkoord):
        raise RapportageError(_no_consent(reactie))
    require_not_upheld(reactie)
    require_publishable(rapportage)
    release(actor, rapportage, Publiek.OPENBAAR)
    move(actor, rapportage, stap, afgerond_op=timezone.now())
    tell_public(actor, rapportage)
    publicatie = _publicatie(rapportage, reactie)
    _set_out(publicatie)
    return publicatie


def _set_out(publicatie: Publicatie) -> None:
    try:
        storage.set_out(publicatie.pk, publicatie.pdf, publicatie.pdf_sha256)
    except (OSError, ValueError) as failure:
        raise RapportageError(
            _(
                "De pdf kon niet openbaar worden gezet, en dus is er niets gepubliceerd."
                " Probeer het later opnieuw, of vraag het de technisch beheerder."
            )
        ) from failure


def _no_consent(reactie: Reactie | None) -> str:
    if reactie is None or not reactie.bezwaar:
        return _("De opdracht vraagt toestemming van de opdrachtgever. Die is er niet.")
    return _(
        "De opdracht vraagt toestemming, en de opdrachtgever heeft bezwaar: “%(reden)s”"
        " Rond het rapport vertrouwelijk af, of bespreek het bezwaar."
    ) % {"reden": reactie.bezwaar}


def _publicatie(rapportage: Rapportage, reactie: Reactie | None) -> Publicatie:
    tenant = Tenant.objects.get(pk=rapportage.tenant_id)
    bespreking = (
        Bespreking.objects.filter(tenant=tenant, rapportage=rapportage)
        .order_by("-datum")
        .first()
    )
    pdf = Bestand.objects.get(
        tenant=tenant, rapportage=rapportage, publiek=Publiek.OPENBAAR
    )
    if bespreking is None or rapportage.vastgesteld_op is None:
        raise RapportageError(_("De bespreking is niet vastgelegd."))
    return Publicatie.objects.create(
        tenant=tenant,
        rapportage=rapportage,
        opdrachtgever=tenant.naam,
        opdrachtgever_slug=tenant.slug,
        opdrachtgever_type=tenant.type,
        is_fictief=tenant.is_fictief,
        deelnemers=rapportage.deelnemers,
        periode=rapportage.periode,
        van=rapportage.van,
        tot=rapportage.tot,
        peildatum=rapportage.peildatum,
        versie=rapportage.versie,
        diensten=rapportage.diensten,
        drempel=rapportage.drempel_openbaar,
        cijfers=rapportage.cijfers_openbaar,
        cijfers_sha256=rapportage.openbaar_sha256,
        besproken_op=bespreking.datum,
        vastgesteld_op=rapportage.vastgesteld_op,
        reactie=reactie.tekst if reactie else "",
        reactie_functie=reactie.functie if reactie else "",
        **_objection(reactie),
        pdf=pdf.naam,
        pdf_sha256=pdf.sha256,
    )


def _objection(reactie: Reactie | None) -> dict[str, Any]:
    """An objection that was turned down, as it was printed."""
    if reactie is None or reactie.bezwaar_besluit != Reactie.Besluit.AFGEWEZEN:
        return {}
    return {
        "bezwaar": reactie.bezwaar,
        "bezwaar_motivering": reactie.bezwaar_motivering,
        "bezwaar_besloten_op": reactie.bezwaar_besloten_op,
    }


@transaction.atomic
def close_confidentially(
    *, actor: Wie, tenant_id: int, pk: UUID, reden: str
) -> Rapportage:
    """VASTGESTELD → VERTROUWELIJK_AFGEROND: not published, with the reason why."""
    rapportage, stap = begin(actor, tenant_id, pk, "rond_vertrouwelijk_af")
    return move(
        actor, rapportage, stap, afgerond_op=timezone.now(), afgerond_reden=reden
    )


@transaction.atomic
def withdraw(*, actor: Wie, tenant_id: int, pk: UUID, reden: str) -> Rapportage:
    """→ INGETROKKEN; of a publication only the tombstone with the reason stays."""
    rapportage, stap = begin(actor, tenant_id, pk, "trek_in")
    now = timezone.now()
    public = Publicatie.objects.filter(
        tenant_id=tenant_id, rapportage=rapportage, ingetrokken_op__isnull=True
    )
    for pk_public in public.values_list("pk", flat=True):
        transaction.on_commit(partial(storage.take_in, pk_public), robust=True)
    gone = public.update(
        ingetrokken_op=now,
        ingetrokken_reden=reden,
        cijfers=None,
        reactie="",
        reactie_functie="",
        bezwaar="",
        bezwaar_motivering="",
        bezwaar_besloten_op=None,
        pdf="",
        pdf_sha256="",
    )
    if gone:
        tell_public(actor, rapportage)
    return move(actor, rapportage, stap, afgerond_op=now, afgerond_reden=reden)
