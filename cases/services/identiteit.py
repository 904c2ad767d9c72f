"""Who the client is: given later, kept from the care, or taken away (S19, S20).

Invariant: a name is written here or by ``save_client`` only, so the tokens by which it
is found are those of the name that is on record. What was made anonymous has no text,
no row of a register and no token left; there is no way back.

Guarded by tests/cases/test_identiteit.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import (
    MET_DOEL,
    Client,
    Concept,
    ExternTraject,
    Kwestie,
    Samenvoeging,
    Verwijzing,
    Zoekteken,
)
from cases.selectors import writable_for
from cases.services.privacyinformatie import Privacy, check_privacy, save_privacy
from cases.services.regels import KwestieError, check_anoniem
from cases.services.rij import check_alive, own_locked, store
from cases.services.wissen import delete_concepten
from privacy.blinde_index import tekens_of
from privacy.fields import GEWIST, GEWIST_TEKST, sealed_columns
from privacy.sleutels import destroy
from tenants.access import Wie

OP_NAAM = ("BEKEND", "ANON_ZORG")
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
        of_client = Kwestie.objects.filter(tenant_id=tenant_id, client=client)
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
    rows = Kwestie.objects.filter(
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
    if has_running_procedure(kwestie, is_alles=is_alles) and not weet_procedure:
        raise KwestieError(
            _(
                "Er loopt nog een procedure. Bespreek met de cliënt wat anoniem worden"
                " daarvoor betekent, en vink dat aan."
            ),
            "weet_procedure",
        )
    if is_alles:
        _empty_client(actor, client)
    else:
        _empty(Kwestie.objects.filter(tenant_id=tenant_id, pk=kwestie.pk), "ANONIEM")
    logboek.anoniem_gemaakt(actor, kwestie, client, is_alles=is_alles)
    kwestie.refresh_from_db()
    return kwestie


def _empty_client(actor: Wie, client: Client) -> None:
    """The client, and whoever was merged into it, with all their kwesties; and the
    keys of them all, so that no copy elsewhere can be read either.
    """
    merged = Samenvoeging.objects.filter(
        tenant_id=client.tenant_id, blijft=client, ongedaan_van__isnull=True
    ).values_list("vervalt_id", flat=True)
    for one in Client.objects.select_for_update().filter(
        tenant_id=client.tenant_id,
        pk__in=[client.pk, *merged],
        identiteitsstatus__in=OP_NAAM,
    ):
        # A merge that was undone: that one is somebody of her own again.
        if one.pk != client.pk and one.kwesties.exists():
            continue
        rows = Kwestie.objects.filter(tenant_id=one.tenant_id, client=one)
        _empty(rows, "GEANON")
        for column in sealed_columns(Client):
            setattr(one, column, None)
        one.identiteitsstatus = Client.Identiteit.GEANON
        one.leeftijdsklasse = "ONB"
        one.extern_code = None
        one.save()
        destroy(one.tenant_id, "client", [one.pk])


def _empty(rows: models.QuerySet[Kwestie], identiteit: str) -> None:
    """Take from these kwesties what is text, and who they are about; then their keys."""
    kwesties = list(rows.select_for_update())
    if not kwesties:
        return
    tenant_id, ids = kwesties[0].tenant_id, [kwestie.pk for kwestie in kwesties]
    about = models.Q(kwestie_id__in=ids)
    delete_concepten(tenant_id, Concept.objects.filter(about))
    for model in apps.get_app_config("cases").get_models():
        names = {field.name for field in model._meta.get_fields()}
        if model is not Concept and {"kwestie", "tenant"} <= names:
            _clear(model, about, tenant_id)
    Verwijzing.objects.filter(about, tenant_id=tenant_id).update(organisatie="")
    ExternTraject.objects.filter(about, tenant_id=tenant_id).update(
        instantie=GEWIST_TEKST
    )
    for kwestie in kwesties:
        for column in sealed_columns(Kwestie):
            setattr(kwestie, column, None)
        if kwestie.status in MET_DOEL:  # a goal that must be there, and is not kept
            setattr(kwestie, Kwestie.doel_client.column, GEWIST)
        kwestie.identiteitsstatus = identiteit
        if identiteit == "ANONIEM":
            kwestie.client = None
        kwestie.extern_rij = None
        kwestie.geanonimiseerd_op = timezone.now()
        columns = ["client", "identiteitsstatus", "extern_rij", "geanonimiseerd_op"]
        store(kwestie, [*sealed_columns(Kwestie), *columns])
    destroy(tenant_id, "kwestie", ids)


def _clear(model: type[models.Model], which: models.Q, tenant_id: int) -> None:
    """What is a text becomes a dash, so that it still shows that there was one."""
    rows = model._default_manager.filter(which, tenant_id=tenant_id)
    for column in sealed_columns(model):
        rows.exclude(**{column: None}).update(**{column: GEWIST})
