"""Discussing and establishing: the meeting, the reaction, the final version."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from signalering import logboek
from signalering.certificaat import CertificaatFout, our_place, require_valid
from signalering.lifecycle.bezwaar import require_objection_settled
from signalering.lifecycle.gesprek import require_facts_settled
from signalering.lifecycle.tabel import (
    MOST_WORDS,
    REACTIE_BIJ,
    RapportageError,
    begin,
    move,
    person,
    print_job,
)
from signalering.lifecycle.woorden import NIETS, Toegestaan, require_unnamed
from signalering.models import (
    Bespreking,
    Druk,
    Rapportage,
    Reactie,
)
from tenants.access import Wie
from tenants.models import Job
from tenants.roles import Recht


@transaction.atomic
def open_discussion(*, actor: Wie, tenant_id: int, pk: UUID) -> Rapportage:
    """AANGEBODEN → IN_BESPREKING: a meeting is being arranged or held."""
    rapportage, stap = begin(actor, tenant_id, pk, "open_bespreking")
    return move(actor, rapportage, stap)


@transaction.atomic
def record_discussion(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    datum: date,
    deelnemers: list[str],
    verslag: str,
    toegestaan: Toegestaan = NIETS,
) -> Rapportage:
    """IN_BESPREKING → BESPROKEN, with date, participants (functions) and minutes."""
    rapportage, stap = begin(actor, tenant_id, pk, "leg_bespreking_vast")
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
    require_unnamed(actor, rapportage, (*deelnemers, verslag), toegestaan)
    Bespreking.objects.create(
        tenant_id=tenant_id,
        rapportage=rapportage,
        datum=datum,
        deelnemers=deelnemers,
        verslag=verslag,
        vastgelegd_door_id=person(actor),
    )
    return move(actor, rapportage, stap)


@transaction.atomic
def react(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    tekst: str,
    functie: str,
    is_akkoord: bool,
    bezwaar: str = "",
    toegestaan: Toegestaan = NIETS,
) -> Reactie:
    """The commissioning party's reaction, printed unedited; the last one counts.

    bezwaar: why it should not become public; printed as the reaction is, with what is
    decided about it (``decide_objection``).
    """
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
    if is_akkoord and bezwaar.strip():
        raise RapportageError(
            _("Kies: u vindt openbaar maken goed, of u heeft bezwaar. Niet allebei.")
        )
    require_unnamed(actor, rapportage, (tekst, functie, bezwaar), toegestaan)
    reactie = Reactie.objects.create(
        tenant_id=tenant_id,
        rapportage=rapportage,
        tekst=tekst,
        functie=functie,
        is_akkoord=is_akkoord,
        bezwaar=bezwaar.strip(),
        door_id=person(actor),
    )
    logboek.rapportage_stap(actor, rapportage, "reactie_gegeven")
    if reactie.bezwaar:
        logboek.rapportage_stap(actor, rapportage, "openbaar_bezwaar")
    return reactie


@transaction.atomic
def establish(*, actor: Wie, tenant_id: int, pk: UUID) -> tuple[Rapportage, Job]:
    """BESPROKEN → VASTGESTELD; needs a reaction, or its term to be over, and no mistake
    of fact that waits or was found right, and no objection that waits."""
    rapportage, stap = begin(actor, tenant_id, pk, "stel_vast")
    term = rapportage.reactie_tot
    reacted = Reactie.objects.filter(tenant_id=tenant_id, rapportage=rapportage)
    if not reacted.exists() and (term is None or term >= timezone.localdate()):
        raise RapportageError(
            _("Er is nog geen reactie en de reactietermijn loopt tot en met %(datum)s.")
            % {"datum": f"{term:%d-%m-%Y}" if term else "?"}
        )
    require_facts_settled(rapportage)
    require_objection_settled(rapportage)
    _require_certificate()
    today = timezone.localdate()
    move(actor, rapportage, stap, vastgesteld_op=today, druk=Druk.WACHT)
    return rapportage, print_job(actor, rapportage)


def _require_certificate() -> None:
    """What is established is sealed; without a certificate it waits (ADR 26)."""
    if settings.EMBEDDED:  # the worker makes one there
        return
    try:
        require_valid(our_place())
    except CertificaatFout as failure:
        raise RapportageError(
            _(
                "De rapportage krijgt bij het vaststellen een zegel, en het certificaat"
                " daarvan ontbreekt of is verlopen. Vraag de technisch beheerder om een"
                " nieuw certificaat."
            )
        ) from failure
