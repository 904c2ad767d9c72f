"""From concept to the commissioning party: text, check by a second person, offer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from signalering import logboek
from signalering.lifecycle.berichtkeuzes import BERICHT
from signalering.lifecycle.onderzoeken import onderzoeken_for_report
from signalering.lifecycle.opvolging import signals_for_report
from signalering.lifecycle.regionaal import require_discussed
from signalering.lifecycle.tabel import (
    RapportageError,
    begin,
    locked,
    move,
    print_job,
    require_printed,
)
from signalering.lifecycle.uitgeven import release
from signalering.lifecycle.woorden import NIETS, Toegestaan, require_unnamed
from signalering.models import (
    PARAGRAFEN_BIJ,
    Druk,
    Publiek,
    Rapportage,
    Status,
)
from signalering.periodes import parse
from tenants.access import Wie
from tenants.models import Job, Opdracht
from tenants.roles import Recht
from tenants.selectors import holders_of
from tenants.services import tell

Paragrafen = Mapping[str, Mapping[str, str]]
SOORTEN_TEKST = ("bevindingen", "aanbevelingen")


def filled(paragrafen: Paragrafen) -> dict[str, dict[str, str]]:
    """The texts per subject without empty ones; RapportageError for a subject that
    no report has."""
    if set(paragrafen) - {part.value for part in PARAGRAFEN_BIJ}:
        raise RapportageError(_("Dit onderdeel heeft geen eigen tekst."))
    kept = {
        part: {soort: per[soort] for soort in SOORTEN_TEKST if per.get(soort)}
        for part, per in paragrafen.items()
    }
    return {part: per for part, per in kept.items() if per}


@transaction.atomic
def edit_texts(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    bevindingen: str,
    aanbevelingen: str,
    paragrafen: Paragrafen | None = None,
    toegestaan: Toegestaan = NIETS,
) -> tuple[Rapportage, Job]:
    """Write findings and recommendations, of the whole and per subject (None: as they
    are); the writer may not sign the check."""
    actor.require(Recht.RAPPORTAGE_MAKEN, tenant_id)
    rapportage = locked(tenant_id, pk)
    if rapportage.status != Status.CONCEPT:
        raise RapportageError(_("De tekst kan alleen in een concept veranderen."))
    if paragrafen is not None:
        rapportage.paragrafen = filled(paragrafen)
    texts = [bevindingen, aanbevelingen]
    texts += [
        t for per_part in rapportage.paragrafen.values() for t in per_part.values()
    ]
    require_unnamed(actor, rapportage, texts, toegestaan)
    rapportage.bevindingen, rapportage.aanbevelingen = bevindingen, aanbevelingen
    if actor.user_id not in rapportage.schrijvers and actor.user_id is not None:
        rapportage.schrijvers = [*rapportage.schrijvers, actor.user_id]
    rapportage.druk = Druk.WACHT
    rapportage.save(
        update_fields=[
            *("bevindingen", "aanbevelingen", "paragrafen", "schrijvers", "druk")
        ]
    )
    logboek.rapportage_stap(actor, rapportage, "rapportage_bewerkt")
    return rapportage, print_job(actor, rapportage)


@transaction.atomic
def submit(*, actor: Wie, tenant_id: int, pk: UUID) -> Rapportage:
    """CONCEPT → INTERNE_CONTROLE: ready for the check by a second person."""
    rapportage, stap = begin(actor, tenant_id, pk, "dien_in")
    if not rapportage.cijfers_sha256:
        raise RapportageError(_("De cijfers zijn nog niet gemaakt."))
    require_printed(rapportage)
    rapportage.signalen = signals_for_report(actor, tenant_id)
    rapportage.onderzoeken = onderzoeken_for_report(rapportage)
    rapportage.save(update_fields=["signalen", "onderzoeken"])
    return move(actor, rapportage, stap, toets_door_id=None, toets_op=None)


@transaction.atomic
def take_back(*, actor: Wie, tenant_id: int, pk: UUID) -> Rapportage:
    """INTERNE_CONTROLE → CONCEPT; a signature no longer counts."""
    rapportage, stap = begin(actor, tenant_id, pk, "haal_terug")
    return move(actor, rapportage, stap, toets_door_id=None, toets_op=None)


@transaction.atomic
def sign_check(*, actor: Wie, tenant_id: int, pk: UUID) -> Rapportage:
    """Sign the herleidbaarheidstoets; never of one's own work (V12, four eyes)."""
    rapportage, stap = begin(actor, tenant_id, pk, "teken_toets")
    authors = {rapportage.opgesteld_door_id, *rapportage.schrijvers}
    if actor.user_id in authors:
        raise RapportageError(
            _(
                "Je hebt zelf aan deze rapportage gewerkt. Een ander tekent de"
                " herleidbaarheidstoets."
            )
        )
    return move(
        actor, rapportage, stap, toets_door_id=actor.user_id, toets_op=timezone.now()
    )


@transaction.atomic
def offer(*, actor: Wie, tenant_id: int, pk: UUID) -> tuple[Rapportage, Job]:
    """INTERNE_CONTROLE → AANGEBODEN: the commissioning party can read it now, and gets
    a mail that says so without saying what."""
    rapportage, stap = begin(actor, tenant_id, pk, "bied_aan")
    if rapportage.toets_door_id is None:
        raise RapportageError(
            _("De herleidbaarheidstoets is nog niet getekend door een tweede persoon.")
        )
    require_discussed(rapportage.leden, parse(rapportage.periode))
    release(actor, rapportage, Publiek.OPDRACHTGEVER)
    opdracht = Opdracht.objects.get(tenant_id=tenant_id, pk=rapportage.opdracht_id)
    term = timedelta(days=opdracht.reactietermijn_dagen)
    move(
        actor,
        rapportage,
        stap,
        aangeboden_op=timezone.now(),
        reactie_tot=timezone.localdate() + term,
        druk=Druk.WACHT,
    )
    to = holders_of(tenant_id, Recht.RAPPORTAGE_CONCEPT) - {actor.user_id}
    tell(BERICHT, tenant_id, to, actor=actor)
    return rapportage, print_job(actor, rapportage)
