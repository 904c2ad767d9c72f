"""Between start and end: contacts, waiting, going on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cases import logboek
from cases.codelists import codes
from cases.models import MEE, Contactmoment, Kwestie, Status
from cases.services.regels import (
    KwestieError,
    check_client_erbij,
    check_doel,
    check_tijdstip,
)
from cases.services.rij import WACHTEND, check_alive, move, own_locked, store
from tenants.access import Wie

MAX_MINUTEN = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact: when, with whom (codes of MEE), what was done, how long.

    is_inhoudelijk, is_client_aanwezig: only with a care worker or the gemeente (V5).
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


def check_contact(contact: Contact) -> None:
    """V5, V16 and the code lists. Raises KwestieError."""
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
    check_client_erbij(contact.met, contact.is_inhoudelijk, contact.is_client_aanwezig)


def save_contact(actor: Wie, kwestie: Kwestie, contact: Contact) -> Contactmoment:
    """Write a checked contact to a locked kwestie; the database adds it up."""
    made = Contactmoment(
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
        activiteiten=sorted(contact.activiteiten),
        duur_min=contact.duur_min,
    )
    made.notitie = contact.notitie
    made.save(force_insert=True)
    logboek.contact_toegevoegd(actor, kwestie, made)
    return made


@transaction.atomic
def add_contactmoment(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, contact: Contact
) -> Contactmoment:
    """A contact on the actor's own kwestie. Raises Refused, KwestieError."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    check_contact(contact)
    made = save_contact(actor, kwestie, contact)
    if kwestie.aan_te_vullen:
        kwestie.refresh_from_db(fields=["activiteiten"])
        store(kwestie, [])
    return made


@transaction.atomic
def start_ondersteuning(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, doel_client: str
) -> Kwestie:
    """Begin (or begin again after reopening), with the client's own goal (S134)."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    van = move(kwestie, Status.IN_ONDERSTEUNING)
    kwestie.doel_client = doel_client
    check_doel(kwestie)
    store(kwestie, ["status", "doel_client_v"])
    logboek.status_gewijzigd(actor, kwestie, van)
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
    van = move(kwestie, naar)
    check_doel(kwestie)
    store(kwestie, ["status"])
    logboek.status_gewijzigd(actor, kwestie, van)
    return kwestie
