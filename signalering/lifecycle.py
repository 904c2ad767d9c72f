"""From concept to discussed, established and partly public: the verbs of a report.

Invariant: a verb is carried out only along an arrow of STAPPEN, by somebody with the
right, with its guard satisfied, on a locked row, with its audit event in the same
transaction. PostgreSQL checks the arrows, the bespreking, the four eyes and the
frozen figures once more (migration 0002). No timer calls any of these.

Guarded by tests/signalering/test_lifecycle.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import counts
from privacy.disclosure import (
    CountTable,
    Ledger,
    Policy,
    PublishableTable,
    protect,
)
from signalering import logboek
from signalering.models import (
    Bespreking,
    Bestand,
    Druk,
    Publicatie,
    Publiek,
    Rapportage,
    Reactie,
    Status,
)
from signalering.periodes import Periode
from tenants.access import Refused, Wie
from tenants.models import Job, Opdracht, Tenant
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


# ------------------------------------------------------------------------- making


@transaction.atomic
def request_rapportage(
    *, actor: Wie | None, tenant_id: int, periode: Periode
) -> tuple[Rapportage, Job]:
    """A concept for this period and the job that counts, protects and prints it.

    actor None is the system. Raises RapportageError when the period is not closed,
    no opdracht covers it or a living version is there already; Refused without the
    right.
    """
    if actor is not None:
        actor.require(Recht.RAPPORTAGE_MAKEN, tenant_id)
    today = timezone.localdate()
    if not periode.is_closed(today):
        raise RapportageError(
            _("Deze periode loopt nog. Een rapportage kan vanaf %(datum)s.")
            % {"datum": f"{periode.tot + timedelta(days=1):%d-%m-%Y}"}
        )
    versions = Rapportage.objects.filter(tenant_id=tenant_id, periode=periode.code)
    if versions.exclude(status=Status.INGETROKKEN).exists():
        raise RapportageError(
            _(
                "Over deze periode is er al een rapportage. Trek die eerst in; daarna"
                " kun je een nieuwe versie maken."
            )
        )
    opdracht = _opdracht(tenant_id, periode)
    last = versions.order_by("-versie").first()
    rapportage = Rapportage.objects.create(
        tenant_id=tenant_id,
        opdracht=opdracht,
        periode=periode.code,
        van=periode.van,
        tot=periode.tot,
        peildatum=today,
        diensten=opdracht.diensten,
        versie=last.versie + 1 if last else 1,
        vorige_versie=last,
        drempel_opdrachtgever=opdracht.drempel_opdrachtgever,
        drempel_openbaar=opdracht.drempel_openbaar,
        opgesteld_door_id=actor.user_id if actor else None,
        schrijvers=[actor.user_id] if actor else [],
    )
    logboek.rapportage_stap(actor, rapportage, "rapportage_aangevraagd")
    return rapportage, _print_job(actor, rapportage)


def living_rapportage(tenant_id: int, periode: Periode) -> Rapportage | None:
    """The version of this period that was not withdrawn, if there is one."""
    return (
        Rapportage.objects.filter(tenant_id=tenant_id, periode=periode.code)
        .exclude(status=Status.INGETROKKEN)
        .first()
    )


def _opdracht(tenant_id: int, periode: Periode) -> Opdracht:
    opdracht = (
        Opdracht.objects.filter(
            Q(tot__isnull=True) | Q(tot__gte=periode.van),
            tenant_id=tenant_id,
            van__lte=periode.tot,
        )
        .order_by("-van")
        .first()
    )
    if opdracht is None:
        raise RapportageError(_("In deze periode was er geen opdracht."))
    return opdracht


def _print_job(actor: Wie | None, rapportage: Rapportage) -> Job:
    return create_job(
        tenant_id=rapportage.tenant_id,
        taak=TAAK,
        onderwerp_id=rapportage.pk,
        actor=actor,
    )


@transaction.atomic
def print_again(*, actor: Wie, tenant_id: int, pk: UUID) -> Job:
    """A new job for a report whose making failed."""
    actor.require(Recht.RAPPORTAGE_MAKEN, tenant_id)
    rapportage = _locked(tenant_id, pk)
    rapportage.druk = Druk.WACHT
    rapportage.save(update_fields=["druk"])
    return _print_job(actor, rapportage)


def freeze_figures(rapportage: Rapportage) -> None:
    """Count, protect and store, once; in the scope of the job. Raises Refused.

    The public version prints nothing that the version for the commissioning party
    withholds, so nobody learns anything by laying the two side by side.
    """
    if rapportage.cijfers_sha256:
        return
    wide, narrow = protect_figures(rapportage, count_figures(rapportage))
    rapportage.cijfers = wide.to_json()
    rapportage.cijfers_openbaar = narrow.to_json()
    rapportage.cijfers_sha256 = wide.sha256()
    rapportage.openbaar_sha256 = narrow.sha256()
    rapportage.save(
        update_fields=[
            "cijfers",
            "cijfers_openbaar",
            "cijfers_sha256",
            "openbaar_sha256",
        ]
    )


def count_figures(rapportage: Rapportage) -> CountTable:
    """The true figures of the period of this report; in the scope of the job."""
    return counts.count_report(
        naam=rapportage.periode,
        tenant_id=rapportage.tenant_id,
        opdracht_id=rapportage.opdracht_id,
        van=rapportage.van,
        tot=rapportage.tot,
    )


def protect_figures(
    rapportage: Rapportage, table: CountTable
) -> tuple[PublishableTable, PublishableTable]:
    """The figures for the commissioning party and for the public. Raises Refused."""
    wide = protect(
        table,
        Policy(rapportage.drempel_opdrachtgever, Publiek.OPDRACHTGEVER.value),
        Ledger.empty(),
    )
    narrow = protect(
        counts.public_part(table),
        Policy(rapportage.drempel_openbaar, Publiek.OPENBAAR.value),
        Ledger.subset_of(wide),
    )
    return wide, narrow


# --------------------------------------------------------------------------- verbs


def _locked(tenant_id: int, pk: UUID) -> Rapportage:
    return Rapportage.objects.select_for_update().get(tenant_id=tenant_id, pk=pk)


def _begin(actor: Wie, tenant_id: int, pk: UUID, verb: str) -> tuple[Rapportage, Stap]:
    """The locked report and the arrow of ``verb``.

    Raises Refused without the right, RapportageError when the arrow is not there.
    """
    arrows = [stap for (_van, name), stap in STAPPEN.items() if name == verb]
    if not any(actor.may(stap.recht, tenant_id) for stap in arrows):
        raise Refused(verb)
    rapportage = _locked(tenant_id, pk)
    stap = STAPPEN.get((rapportage.status, verb))
    if stap is None:
        raise RapportageError(
            _("Deze stap kan niet meer of nog niet: de rapportage is “%(status)s”.")
            % {"status": rapportage.get_status_display().lower()}
        )
    actor.require(stap.recht, tenant_id)
    return rapportage, stap


def _move(actor: Wie, rapportage: Rapportage, stap: Stap, **fields: Any) -> Rapportage:
    rapportage.status = stap.naar
    for name, value in fields.items():
        setattr(rapportage, name, value)
    rapportage.save(update_fields=["status", *fields])
    logboek.rapportage_stap(actor, rapportage, stap.gebeurtenis)
    return rapportage


def _person(actor: Wie) -> UUID:
    """What only a person may do; the system is Refused."""
    if actor.user_id is None:
        raise Refused("persoon")
    return actor.user_id


def _require_printed(rapportage: Rapportage) -> None:
    if rapportage.druk != Druk.KLAAR:
        raise RapportageError(
            _("De pdf's worden nog gemaakt. Wacht tot dat klaar is en probeer opnieuw.")
        )


@transaction.atomic
def edit_texts(
    *, actor: Wie, tenant_id: int, pk: UUID, bevindingen: str, aanbevelingen: str
) -> tuple[Rapportage, Job]:
    """Write findings and recommendations; the writer may not sign the check."""
    actor.require(Recht.RAPPORTAGE_MAKEN, tenant_id)
    rapportage = _locked(tenant_id, pk)
    if rapportage.status != Status.CONCEPT:
        raise RapportageError(_("De tekst kan alleen in een concept veranderen."))
    rapportage.bevindingen, rapportage.aanbevelingen = bevindingen, aanbevelingen
    if actor.user_id not in rapportage.schrijvers and actor.user_id is not None:
        rapportage.schrijvers = [*rapportage.schrijvers, actor.user_id]
    rapportage.druk = Druk.WACHT
    rapportage.save(
        update_fields=["bevindingen", "aanbevelingen", "schrijvers", "druk"]
    )
    logboek.rapportage_stap(actor, rapportage, "rapportage_bewerkt")
    return rapportage, _print_job(actor, rapportage)


@transaction.atomic
def submit(*, actor: Wie, tenant_id: int, pk: UUID) -> Rapportage:
    """CONCEPT → INTERNE_CONTROLE: ready for the check by a second person."""
    rapportage, stap = _begin(actor, tenant_id, pk, "dien_in")
    if not rapportage.cijfers_sha256:
        raise RapportageError(_("De cijfers zijn nog niet gemaakt."))
    _require_printed(rapportage)
    return _move(actor, rapportage, stap, toets_door_id=None, toets_op=None)


@transaction.atomic
def take_back(*, actor: Wie, tenant_id: int, pk: UUID) -> Rapportage:
    """INTERNE_CONTROLE → CONCEPT; a signature no longer counts."""
    rapportage, stap = _begin(actor, tenant_id, pk, "haal_terug")
    return _move(actor, rapportage, stap, toets_door_id=None, toets_op=None)


@transaction.atomic
def sign_check(*, actor: Wie, tenant_id: int, pk: UUID) -> Rapportage:
    """Sign the herleidbaarheidstoets; never of one's own work (V12, four eyes)."""
    rapportage, stap = _begin(actor, tenant_id, pk, "teken_toets")
    authors = {rapportage.opgesteld_door_id, *rapportage.schrijvers}
    if actor.user_id in authors:
        raise RapportageError(
            _(
                "Je hebt zelf aan deze rapportage gewerkt. Een ander tekent de"
                " herleidbaarheidstoets."
            )
        )
    return _move(
        actor, rapportage, stap, toets_door_id=actor.user_id, toets_op=timezone.now()
    )


@transaction.atomic
def offer(*, actor: Wie, tenant_id: int, pk: UUID) -> tuple[Rapportage, Job]:
    """INTERNE_CONTROLE → AANGEBODEN: the commissioning party can read it now."""
    rapportage, stap = _begin(actor, tenant_id, pk, "bied_aan")
    if rapportage.toets_door_id is None:
        raise RapportageError(
            _("De herleidbaarheidstoets is nog niet getekend door een tweede persoon.")
        )
    opdracht = Opdracht.objects.get(tenant_id=tenant_id, pk=rapportage.opdracht_id)
    term = timedelta(days=opdracht.reactietermijn_dagen)
    _move(
        actor,
        rapportage,
        stap,
        aangeboden_op=timezone.now(),
        reactie_tot=timezone.localdate() + term,
        druk=Druk.WACHT,
    )
    return rapportage, _print_job(actor, rapportage)


@transaction.atomic
def open_discussion(*, actor: Wie, tenant_id: int, pk: UUID) -> Rapportage:
    """AANGEBODEN → IN_BESPREKING: a meeting is being arranged or held."""
    rapportage, stap = _begin(actor, tenant_id, pk, "open_bespreking")
    return _move(actor, rapportage, stap)


@transaction.atomic
def record_discussion(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    datum: date,
    deelnemers: list[str],
    verslag: str,
) -> Rapportage:
    """IN_BESPREKING → BESPROKEN, with date, participants (functions) and minutes."""
    rapportage, stap = _begin(actor, tenant_id, pk, "leg_bespreking_vast")
    deelnemers = [naam.strip() for naam in deelnemers if naam.strip()]
    if datum > timezone.localdate():
        raise RapportageError(_("De bespreking kan niet in de toekomst liggen."))
    if rapportage.aangeboden_op and datum < timezone.localdate(
        rapportage.aangeboden_op
    ):
        raise RapportageError(
            _("De bespreking was niet vóór de dag waarop het rapport is aangeboden.")
        )
    if not deelnemers or not verslag.strip():
        raise RapportageError(
            _("Vul in wie er namens de opdrachtgever was, en een kort verslag.")
        )
    Bespreking.objects.create(
        tenant_id=tenant_id,
        rapportage=rapportage,
        datum=datum,
        deelnemers=deelnemers,
        verslag=verslag,
        vastgelegd_door_id=_person(actor),
    )
    return _move(actor, rapportage, stap)


@transaction.atomic
def react(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    tekst: str,
    functie: str,
    is_akkoord: bool,
) -> Reactie:
    """The commissioning party's reaction, printed unedited; the last one counts."""
    actor.require(Recht.RAPPORTAGE_REAGEREN, tenant_id)
    rapportage = Rapportage.objects.get(tenant_id=tenant_id, pk=pk)
    if rapportage.status not in REACTIE_BIJ:
        raise RapportageError(
            _("Op deze rapportage kan niet (meer) worden gereageerd.")
        )
    if len(tekst.split()) > MOST_WORDS:
        raise RapportageError(
            _("Een reactie is hoogstens %(n)s woorden.") % {"n": MOST_WORDS}
        )
    reactie = Reactie.objects.create(
        tenant_id=tenant_id,
        rapportage=rapportage,
        tekst=tekst,
        functie=functie,
        is_akkoord=is_akkoord,
        door_id=_person(actor),
    )
    logboek.rapportage_stap(actor, rapportage, "reactie_gegeven")
    return reactie


@transaction.atomic
def establish(*, actor: Wie, tenant_id: int, pk: UUID) -> tuple[Rapportage, Job]:
    """BESPROKEN → VASTGESTELD; needs a reaction, or its term to be over."""
    rapportage, stap = _begin(actor, tenant_id, pk, "stel_vast")
    term = rapportage.reactie_tot
    reacted = Reactie.objects.filter(tenant_id=tenant_id, rapportage=rapportage)
    if not reacted.exists() and (term is None or term >= timezone.localdate()):
        raise RapportageError(
            _("Er is nog geen reactie en de reactietermijn loopt tot en met %(datum)s.")
            % {"datum": f"{term:%d-%m-%Y}" if term else "?"}
        )
    today = timezone.localdate()
    _move(actor, rapportage, stap, vastgesteld_op=today, druk=Druk.WACHT)
    return rapportage, _print_job(actor, rapportage)


@transaction.atomic
def publish(*, actor: Wie, tenant_id: int, pk: UUID) -> Publicatie:
    """VASTGESTELD → OPENBAAR_DEELS: the four public subjects, and the reaction.

    Not by an author (V12); with consent of the commissioning party when the opdracht
    says so.
    """
    rapportage, stap = _begin(actor, tenant_id, pk, "publiceer")
    if actor.user_id in {rapportage.opgesteld_door_id, *rapportage.schrijvers}:
        raise RapportageError(
            _("Je hebt zelf aan deze rapportage gewerkt. Een ander beslist hierover.")
        )
    _require_printed(rapportage)
    opdracht = Opdracht.objects.get(tenant_id=tenant_id, pk=rapportage.opdracht_id)
    reactie = last_reactie(rapportage)
    needs_consent = opdracht.publicatieafspraak == Opdracht.Afspraak.TOESTEMMING
    if needs_consent and not (reactie and reactie.is_akkoord):
        raise RapportageError(
            _("De opdracht vraagt toestemming van de opdrachtgever. Die is er niet.")
        )
    _move(actor, rapportage, stap, afgerond_op=timezone.now())
    return _publicatie(rapportage, reactie)


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
        pdf=pdf.naam,
        pdf_sha256=pdf.sha256,
    )


@transaction.atomic
def close_confidentially(
    *, actor: Wie, tenant_id: int, pk: UUID, reden: str
) -> Rapportage:
    """VASTGESTELD → VERTROUWELIJK_AFGEROND: not published, with the reason why."""
    rapportage, stap = _begin(actor, tenant_id, pk, "rond_vertrouwelijk_af")
    return _move(
        actor, rapportage, stap, afgerond_op=timezone.now(), afgerond_reden=reden
    )


@transaction.atomic
def withdraw(*, actor: Wie, tenant_id: int, pk: UUID, reden: str) -> Rapportage:
    """→ INGETROKKEN; of a publication only the tombstone with the reason stays."""
    rapportage, stap = _begin(actor, tenant_id, pk, "trek_in")
    now = timezone.now()
    Publicatie.objects.filter(
        tenant_id=tenant_id, rapportage=rapportage, ingetrokken_op__isnull=True
    ).update(
        ingetrokken_op=now,
        ingetrokken_reden=reden,
        cijfers=None,
        reactie="",
        reactie_functie="",
        pdf="",
        pdf_sha256="",
    )
    return _move(actor, rapportage, stap, afgerond_op=now, afgerond_reden=reden)


def last_reactie(rapportage: Rapportage) -> Reactie | None:
    """The reaction that counts: the last one given."""
    return (
        Reactie.objects.filter(
            tenant_id=rapportage.tenant_id, rapportage_id=rapportage.pk
        )
        .order_by("-gegeven_op")
        .first()
    )
