"""Between start and end: contacts, waiting, going on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import logboek
from cases.codelists import codes
from cases.models import MEE, Contactmoment, Kwestie, Prullenbak, Status
from cases.services.ambtshalve import check_ambtshalve
from cases.services.handeling import remember, snapshot
from cases.services.privacyinformatie import Privacy, check_privacy, save_privacy
from cases.services.regels import (
    KwestieError,
    check_doel,
    check_tijdstip,
    is_zonder_client,
)
from cases.services.rij import (
    WACHTEND,
    check_alive,
    move,
    once,
    own_locked,
    store,
)
from cases.services.routes import check_zorgbemiddeling
from cases.services.toestemming import consent_for
from tenants.access import Wie

MAX_MINUTEN = 24 * 60
INSPRINGEN = "IND.INSPR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact: when, with whom (codes of MEE), what was done, how long.

    is_inhoudelijk, is_client_aanwezig: only with a care worker or the gemeente (V5).
    toestemming_id: the consent under which the talk was without the client (S13).
    route_gezien: the colleague knows that this help belongs to another law (V13).
    inspringen_reden, inspringen_tot: with IND.INSPR why, and until which day (S177).
    """

    datum_tijd: datetime
    kanaal: str
    met: tuple[str, ...]
    activiteiten: tuple[str, ...]
    duur_min: int = 0
    richting: str = Contactmoment.Richting.IN
    vindplaats: str = ""
    is_inhoudelijk: bool | None = None
    is_client_aanwezig: bool | None = None
    notitie: str = ""
    toestemming_id: UUID | None = None
    route_gezien: bool = False
    inspringen_reden: str = ""
    inspringen_tot: date | None = None


def check_contact(actor: Wie, kwestie: Kwestie, contact: Contact) -> Contact:
    """V5, V13, V16 and the code lists; the contact as it is to be saved.

    Raises KwestieError.
    """
    check_tijdstip(contact.datum_tijd)
    if contact.kanaal not in codes("kanaal"):
        raise KwestieError(_("Kies hoe het contact ging."), "kanaal")
    if not contact.met or not set(contact.met) <= set(MEE):
        raise KwestieError(_("Kies met wie het contact was."), "met")
    if not contact.activiteiten or not set(contact.activiteiten) <= set(
        codes("activiteit")
    ):
        raise KwestieError(_("Kies wat je hebt gedaan."), "activiteiten")
    if not 0 <= contact.duur_min <= MAX_MINUTEN:
        raise KwestieError(_("Vul hoogstens 1440 minuten in."), "duur_min")
    check_ambtshalve(kwestie, contact.activiteiten)
    gezien = contact.route_gezien
    check_zorgbemiddeling(actor, kwestie, contact.activiteiten, gezien=gezien)
    contact = _stepping_in(contact)
    if not is_zonder_client(
        contact.met, contact.is_inhoudelijk, contact.is_client_aanwezig
    ):
        return replace(contact, toestemming_id=None)
    consent_for(kwestie, contact.toestemming_id, contact.met, contact.datum_tijd)
    return replace(contact, is_client_aanwezig=False)


def _stepping_in(contact: Contact) -> Contact:
    """S177: stepping in has a reason and an end. Without it there is neither."""
    if INSPRINGEN not in contact.activiteiten:
        return replace(contact, inspringen_reden="", inspringen_tot=None)
    if contact.inspringen_reden not in Contactmoment.Inspringen.values:
        raise KwestieError(
            _(
                "Inspringen doe je alleen als het moet. Kies bij een contact waarom je"
                " insprong, en tot wanneer."
            ),
            "inspringen_reden",
        )
    if contact.inspringen_tot is None:
        raise KwestieError(_("Vul in tot wanneer je inspringt."), "inspringen_tot")
    if contact.inspringen_tot < timezone.localdate(contact.datum_tijd):
        raise KwestieError(
            _("De laatste dag ligt voor de dag van het contact."), "inspringen_tot"
        )
    return contact


def check_not_stepping_in(activiteiten: Iterable[str]) -> None:
    """Where no reason can be given, nobody steps in (S177)."""
    if INSPRINGEN in set(activiteiten):
        raise KwestieError(
            _("Leg inspringen vast bij een contact: daar geef je aan waarom."),
            "activiteiten",
        )


def save_contact(
    actor: Wie, kwestie: Kwestie, contact: Contact, contact_id: UUID | None = None
) -> Contactmoment:
    """Write a checked contact to a locked kwestie; the database adds it up."""
    made = Contactmoment(
        id=contact_id or uuid4(),
        tenant_id=kwestie.tenant_id,
        kwestie=kwestie,
        medewerker_id=actor.user_id,
        datum_tijd=contact.datum_tijd,
        kanaal=contact.kanaal,
        vindplaats=contact.vindplaats,
        richting=contact.richting,
        met=list(contact.met),
        is_inhoudelijk=contact.is_inhoudelijk,
        is_client_aanwezig=contact.is_client_aanwezig,
        toestemming_id=contact.toestemming_id,
        activiteiten=sorted(contact.activiteiten),
        duur_min=contact.duur_min,
        inspringen_reden=contact.inspringen_reden,
        inspringen_tot=contact.inspringen_tot,
    )
    made.notitie = contact.notitie
    made.save(force_insert=True)
    logboek.contact_toegevoegd(actor, kwestie, made)
    return made


@transaction.atomic
def add_contactmoment(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    contact: Contact,
    contact_id: UUID | None = None,
) -> Contactmoment:
    """A contact on the actor's own kwestie. Raises Refused, KwestieError.

    contact_id is chosen by the form, so sending it twice gives one contact: the
    second time the first one is returned.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    contact_id = contact_id or uuid4()
    made_before = Contactmoment.objects.filter(
        tenant_id=tenant_id, kwestie=kwestie, pk=contact_id
    ).first()
    if made_before is not None:
        return made_before
    check_alive(kwestie)
    contact = check_contact(actor, kwestie, contact)
    with once("cases_contactmoment_pkey"):
        made = save_contact(actor, kwestie, contact, contact_id)
    if kwestie.aan_te_vullen:
        kwestie.refresh_from_db(fields=["activiteiten"])
        store(kwestie, [])
    new = (Prullenbak.Soort.CONTACT, made.pk)
    remember(actor, kwestie, snapshot(kwestie), gemaakt=[new])
    return made


@transaction.atomic
def start_ondersteuning(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    doel_client: str,
    privacy: Privacy | None = None,
) -> Kwestie:
    """Begin (or begin again after reopening), with the client's own goal (S134).

    privacy: how a client by name was told what we keep, or why not yet (S22).
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    was = snapshot(kwestie)
    van = move(kwestie, Status.IN_ONDERSTEUNING)
    kwestie.doel_client = doel_client
    check_doel(kwestie)
    check_privacy(kwestie, privacy)
    if privacy is not None and kwestie.client is not None:
        save_privacy(actor, kwestie.client, privacy)
    store(kwestie, ["status", "doel_client_v"])
    logboek.status_gewijzigd(actor, kwestie, van)
    if privacy is None:  # that a client was told something is not taken back
        remember(actor, kwestie, was)
    return kwestie


@transaction.atomic
def wait_kwestie(*, actor: Wie, tenant_id: int, kwestie_id: UUID, naar: str) -> Kwestie:
    """Wait for the client (WACHT_CLIENT) or for others (WACHT_DERDEN)."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    if naar not in WACHTEND:
        raise KwestieError(_("Kies op wie je wacht."), "naar")
    return _go(actor, kwestie, naar)


@transaction.atomic
def resume_kwestie(*, actor: Wie, tenant_id: int, kwestie_id: UUID) -> Kwestie:
    """Go on after waiting."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    if kwestie.status not in WACHTEND:
        raise KwestieError(_("Deze kwestie wacht niet. Open haar opnieuw."), "naar")
    return _go(actor, kwestie, Status.IN_ONDERSTEUNING)


def _go(actor: Wie, kwestie: Kwestie, naar: str) -> Kwestie:
    was = snapshot(kwestie)
    van = move(kwestie, naar)
    check_doel(kwestie)
    store(kwestie, ["status"])
    logboek.status_gewijzigd(actor, kwestie, van)
    remember(actor, kwestie, was)
    return kwestie
