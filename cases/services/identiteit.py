"""Who the client is: given later, kept from the care, or taken away (S19, S20).

Invariant: a name is written here or by ``save_client`` only, so the tokens by which it
is found are those of the name that is on record. What was made anonymous has no text,
no row of a register and no token left; there is no way back.

Guarded by tests/cases/test_identiteit.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import (
    Client,
    ExternTraject,
    Kwestie,
    Zoekteken,
)
from cases.selectors import writable_for
from cases.selectors.avg import open_vorderingen
from cases.services.privacyinformatie import Privacy, check_privacy, save_privacy
from cases.services.regels import KwestieError, check_anoniem
from cases.services.rij import check_alive, own_locked, store
from cases.services.wissen import OP_NAAM, erase_client, erase_kwesties
from privacy.blinde_index import tekens_of
from tenants.access import Wie

OUDST, EEUW = 1900, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Identiteit:
    """Who a client is; status BEKEND or ANON_ZORG. geboortejaar: four figures or ''.

    client_van: number of an earlier kwestie of the same client, whose record is used.
    """

    status: str
    naam: str = ""
    telefoon: str = ""
    email: str = ""
    adres: str = ""
    geboortejaar: str = ""
    client_van: str = ""


def save_client(client: Client, *, is_new: bool = False) -> None:
    """Write a client and the tokens of the name that it has now."""
    client.save(force_insert=is_new)
    if not is_new:
        Zoekteken.objects.filter(tenant_id=client.tenant_id, client=client).delete()
    Zoekteken.objects.bulk_create(
        Zoekteken(tenant_id=client.tenant_id, client=client, teken=one)
        for one in tekens_of(client.tenant_id, client.naam, client.geboortejaar)
    )


def _check(identiteit: Identiteit) -> None:
    if identiteit.status not in OP_NAAM:
        raise KwestieError(_("Kies wie de naam mag weten."), "identiteitsstatus")
    check_anoniem(identiteit.status, naam=identiteit.naam)
    jaar = identiteit.geboortejaar
    if jaar and not (
        jaar.isdecimal()
        and len(jaar) == EEUW
        and OUDST <= int(jaar) <= timezone.localdate().year
    ):
        raise KwestieError(
            _("Vul het geboortejaar in als vier cijfers. Bijvoorbeeld 1958."),
            "geboortejaar",
        )


def _fill(client: Client, identiteit: Identiteit) -> None:
    client.naam = identiteit.naam
    client.telefoon = identiteit.telefoon
    client.email = identiteit.email
    client.adres = identiteit.adres
    client.geboortejaar = identiteit.geboortejaar


@transaction.atomic
def give_name(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    identiteit: Identiteit,
    privacy: Privacy | None = None,
) -> Kwestie:
    """ANONIEM → BEKEND or ANON_ZORG: the client gives a name (S19), and is told (S22).

    Raises Refused, KwestieError.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    if kwestie.client_id is not None:
        raise KwestieError(_("Deze kwestie staat al op naam."))
    if identiteit.client_van:
        kwestie.client = _client_of(actor, tenant_id, identiteit.client_van)
        kwestie.identiteitsstatus = kwestie.client.identiteitsstatus
    else:
        _check(identiteit)
        client = Client(tenant_id=tenant_id, identiteitsstatus=identiteit.status)
        _fill(client, identiteit)
        save_client(client, is_new=True)
        kwestie.client, kwestie.identiteitsstatus = client, identiteit.status
    check_privacy(kwestie, privacy)
    if privacy is not None:
        save_privacy(actor, kwestie.client, privacy)
    store(kwestie, ["client", "identiteitsstatus"])
    logboek.naam_gegeven(actor, kwestie)
    return kwestie


def _client_of(actor: Wie, tenant_id: int, nummer: str) -> Client:
    """The client of another kwestie of hers, by its number."""
    rows = writable_for(actor, actor.plekken[tenant_id]).select_related("client")
    other = rows.filter(nummer=nummer.strip().upper()).first()
    if other is None or other.client is None or other.identiteitsstatus not in OP_NAAM:
        raise KwestieError(
            _("Je hebt geen kwestie op naam met dit nummer. Kijk het nummer na."),
            "client_van",
        )
    return other.client


def _known(kwestie: Kwestie) -> Client:
    """The client of this kwestie, locked. Raises KwestieError when there is none."""
    rows = Client.objects.select_for_update().filter(tenant_id=kwestie.tenant_id)
    known = kwestie.client_id
    client = None if known is None else rows.filter(pk=known).first()
    if client is None or client.identiteitsstatus not in OP_NAAM:
        raise KwestieError(_("Deze cliënt is anoniem. Er is geen naam om te wijzigen."))
    return client


@transaction.atomic
def change_client(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, identiteit: Identiteit
) -> Client:
    """Put right who the client is; status: the client's wish, at once (S20).

    The wish counts for every kwestie of the client. Raises Refused, KwestieError.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    client = _known(kwestie)
    _check(identiteit)
    was, client.identiteitsstatus = client.identiteitsstatus, identiteit.status
    _fill(client, identiteit)
    save_client(client)
    if was != identiteit.status:
        of_client = Kwestie.alles.filter(tenant_id=tenant_id, client=client)
        of_client.filter(identiteitsstatus=was).update(
            identiteitsstatus=identiteit.status
        )
        logboek.identiteit_gewijzigd(actor, kwestie, client, was)
    logboek.client_gewijzigd(actor, kwestie, client)
    return client


# ------------------------------------------------------------------------ anonymous


def has_other_kwesties(kwestie: Kwestie) -> bool:
    """True when the client of this kwestie has more of them."""
    if kwestie.client_id is None:
        return False
    rows = Kwestie.alles.filter(
        tenant_id=kwestie.tenant_id, client_id=kwestie.client_id
    )
    return rows.exclude(pk=kwestie.pk).exists()


def has_running_procedure(kwestie: Kwestie, *, is_alles: bool = True) -> bool:
    """True when a formal route may still be running in which a name is needed."""
    rows = Kwestie.objects.filter(tenant_id=kwestie.tenant_id)
    if is_alles and kwestie.client_id is not None:
        mine = rows.filter(client_id=kwestie.client_id)
    else:
        mine = rows.filter(pk=kwestie.pk)
    return (
        ExternTraject.objects.filter(
            tenant_id=kwestie.tenant_id, kwestie__in=mine.values("pk")
        )
        .exclude(kwestie__status__in=["AFGEROND", "GEANONIMISEERD", "DOORGELEID"])
        .exists()
    )


@transaction.atomic
def make_anonymous(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    is_alles: bool,
    weet_procedure: bool = False,
) -> Kwestie:
    """Take away who the client is, for good (S19, model.md §2.4).

    is_alles: the client becomes GEANON, with all its kwesties; otherwise this one
    kwestie becomes ANONIEM and the others stay. Texts, notes and the row of an old
    register go; codes stay. weet_procedure: the client knows what it means for a
    procedure that is running. Raises Refused, KwestieError.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    client = _known(kwestie)
    if open_vorderingen(tenant_id, client.pk).exists():
        raise KwestieError(
            _(
                "Een instantie heeft gegevens van deze cliënt gevorderd. Tot dat is"
                " afgedaan, kan er niets worden gewist. Overleg met de FG."
            )
        )
    if has_running_procedure(kwestie, is_alles=is_alles) and not weet_procedure:
        raise KwestieError(
            _(
                "Er loopt nog een procedure. Bespreek met de cliënt wat anoniem worden"
                " daarvoor betekent, en vink dat aan."
            ),
            "weet_procedure",
        )
    if is_alles:
        erase_client(client)
    else:
        mine = Kwestie.objects.filter(tenant_id=tenant_id, pk=kwestie.pk)
        erase_kwesties(mine, "ANONIEM")
    logboek.anoniem_gemaakt(actor, kwestie, client, is_alles=is_alles)
    kwestie.refresh_from_db()
    return kwestie
