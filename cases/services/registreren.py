"""Register a kwestie: the seven fields, and what is known at once (model.md §2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import (
    Belangencheck,
    Bron,
    Client,
    Contactmoment,
    Kwestie,
    Status,
    Verwijzing,
    new_nummer,
    nummer_prefix,
)
from cases.selectors import is_vrijwilliger, writable_for
from cases.selectors.achtergrond import opdrachten_on
from cases.services.ambtshalve import check_ambtshalve
from cases.services.belang import check_belang, record_check
from cases.services.identiteit import save_client
from cases.services.ondersteunen import check_not_stepping_in
from cases.services.regels import (
    ZONDER_START,
    KwestieError,
    check_afgerond,
    check_anoniem,
    check_codes,
    check_datum,
    check_routes,
    check_subaard,
)
from cases.services.rij import move
from cases.services.routes import check_zorgbemiddeling
from cases.services.terugkomen import tie
from tenants.access import Plek, Wie
from tenants.models import Opdracht
from tenants.roles import Recht

# With whom a first contact was, by who made it. A professional counts as a function:
# that a talk was about the client (V5) is never assumed.
MET_WIE = {
    **dict.fromkeys(("CLIENT", "JEUGDIGE"), "CLIENT"),
    **dict.fromkeys(
        ("OUDER", "PLEEG", "MANTEL", "FAMILIE", "VERTEG", "NABEST"), "NAASTE"
    ),
    "PROFESS": "FUNCTIE",
}
LAAG_VRIJWILLIGER = 1  # informal support (code list laag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registratie:
    """What the form of quick registration gives.

    datum … identiteitsstatus: the seven fields. naam, telefoon, email: only of a
    client who is not anonymous. client_van: a kwestie of the same client, whose
    client record this one shares. activiteiten, minuten: this first contact.
    dienst: one of those the tenant commissioned, '' for the usual one.
    resultaat: a question or report that is closed at once; instantie_type and
    organisatie: where to, with resultaat VERWEZEN. terugkomcode: what an anonymous
    caller was given before.
    """

    datum: date
    kanaal: str
    soort: str
    aard: str
    wet: str
    rol: str
    identiteitsstatus: str
    naam: str = ""
    telefoon: str = ""
    email: str = ""
    client_van: UUID | None = None
    subaard: str = ""
    dienst: str = ""
    toelichting: str = ""
    activiteiten: tuple[str, ...] = ()
    minuten: int = 0
    resultaat: str = ""
    instantie_type: str = ""
    organisatie: str = ""
    bsn_akkoord: bool = False
    route_gezien: bool = False
    terugkomcode: str = ""


def register_kwestie(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, gegevens: Registratie
) -> Kwestie:
    """A new kwestie of the actor: TOEGEWEZEN to her, or AFGEROND at once.

    kwestie_id is chosen by the form, so sending it twice gives one kwestie: the
    second time the first one is returned. Raises Refused, KwestieError.
    """
    actor.require(Recht.KWESTIE_REGISTREREN, tenant_id)
    made = _made_before(actor, tenant_id, kwestie_id)
    if made is not None:
        return made
    try:
        with transaction.atomic():
            return _register(actor, actor.plekken[tenant_id], kwestie_id, gegevens)
    except IntegrityError as error:
        if "cases_kwestie_pkey" not in str(error):
            raise
    made = _made_before(actor, tenant_id, kwestie_id)
    if made is None:
        raise KwestieError(
            _("Dit formulier is al gebruikt. Begin een nieuw formulier.")
        )
    return made


def _made_before(actor: Wie, tenant_id: int, kwestie_id: UUID) -> Kwestie | None:
    return Kwestie.objects.filter(
        tenant_id=tenant_id, pk=kwestie_id, ondersteuner_id=actor.user_id
    ).first()


def _register(
    actor: Wie, plek: Plek, kwestie_id: UUID, gegevens: Registratie
) -> Kwestie:
    kwestie = _checked(actor, plek, kwestie_id, gegevens)
    if actor.user_id is not None:
        check_belang(actor, kwestie, actor.user_id)
    kwestie.client = _client(actor, plek, gegevens)
    kwestie.save(force_insert=True)
    if gegevens.terugkomcode:
        tie(actor, kwestie, gegevens.terugkomcode)
    if actor.user_id is not None:
        bij = Belangencheck.Bij.REGISTREREN
        record_check(actor, kwestie, actor.user_id, bij)
    if gegevens.activiteiten:
        check_ambtshalve(kwestie, gegevens.activiteiten)
        gezien = gegevens.route_gezien
        check_zorgbemiddeling(actor, kwestie, gegevens.activiteiten, gezien=gezien)
        check_not_stepping_in(gegevens.activiteiten)
        _first_contact(actor, kwestie, gegevens)
    if gegevens.instantie_type:
        Verwijzing.objects.create(
            tenant_id=plek.id,
            kwestie=kwestie,
            instantie_type=gegevens.instantie_type,
            organisatie=gegevens.organisatie,
        )
    if gegevens.resultaat:
        _close_at_once(kwestie, gegevens)
    else:
        move(kwestie, Status.TOEGEWEZEN)
    kwestie.save(update_fields=["status", "resultaat", "afgerond_op"])
    logboek.kwestie_geregistreerd(actor, kwestie, bsn_akkoord=gegevens.bsn_akkoord)
    kwestie.refresh_from_db()
    return kwestie


def register_for_queue(
    *, actor: Wie, tenant_id: int, sinds: datetime, gegevens: Registratie
) -> Kwestie:
    """A kwestie of nobody yet: NIEUW, for the teamleider to assign (S174).

    sinds: when it came in; the norm for a first answer counts from there (S75).
    Raises Refused, KwestieError.
    """
    actor.require(Recht.KWESTIE_REGISTREREN, tenant_id)
    plek = actor.plekken[tenant_id]
    kwestie = _checked(actor, plek, uuid4(), gegevens)
    kwestie.ondersteuner_id = None
    kwestie.laag = 2
    kwestie.aangemaakt_op = sinds
    kwestie.client = _client(actor, plek, gegevens)
    kwestie.save(force_insert=True)
    logboek.kwestie_geregistreerd(actor, kwestie, bsn_akkoord=gegevens.bsn_akkoord)
    kwestie.refresh_from_db()
    return kwestie


def _checked(
    actor: Wie, plek: Plek, kwestie_id: UUID, gegevens: Registratie
) -> Kwestie:
    """A Kwestie that is not saved yet and keeps V1, V2, V7 and V16."""
    check_datum(gegevens.datum)
    opdracht = opdracht_on(plek, gegevens.datum, gegevens.dienst)
    kwestie = Kwestie(
        id=kwestie_id,
        tenant_id=plek.id,
        nummer=new_nummer(nummer_prefix(plek.slug)),
        bron=Bron.FORMULIER,
        opdracht=opdracht,
        dienst=gegevens.dienst or opdracht.diensten[0],
        ondersteuner_id=actor.user_id,
        datum=gegevens.datum,
        kanaal=gegevens.kanaal,
        soort=gegevens.soort,
        aard=gegevens.aard,
        subaard=gegevens.subaard,
        wet=gegevens.wet,
        rol=gegevens.rol,
        identiteitsstatus=gegevens.identiteitsstatus,
        laag=LAAG_VRIJWILLIGER if is_vrijwilliger(plek) else 2,
    )
    kwestie.toelichting = gegevens.toelichting
    check_codes(kwestie)
    check_subaard(kwestie)
    if gegevens.client_van is None:
        check_anoniem(
            gegevens.identiteitsstatus,
            naam=gegevens.naam,
            telefoon=gegevens.telefoon,
            email=gegevens.email,
        )
    if gegevens.minuten and not gegevens.activiteiten:
        raise KwestieError(
            _("Kies ook wat je in deze minuten hebt gedaan."), "activiteiten"
        )
    return kwestie


def opdracht_on(plek: Plek, dag: date, dienst: str = "") -> Opdracht:
    """The opdracht of that day, for ``dienst`` when that is chosen (S59, S160).

    Raises KwestieError when there was none.
    """
    found = [row for row in opdrachten_on(plek.id, dag) if row.diensten]
    if not found:
        raise KwestieError(
            _(
                "Op deze dag had %(tenant)s geen opdracht bij ons. Kijk de datum na, of"
                " vraag de beheerder om de opdracht vast te leggen."
            )
            % {"tenant": plek.naam},
            "datum",
        )
    fits = [row for row in found if not dienst or dienst in row.diensten]
    if not fits:
        raise KwestieError(
            _("Deze dienst hoorde op die dag niet bij een opdracht. Kies een andere."),
            "dienst",
        )
    return fits[0]


def _client(actor: Wie, plek: Plek, gegevens: Registratie) -> Client | None:
    if gegevens.client_van is not None:
        return _known_client(actor, plek, gegevens, gegevens.client_van)
    if gegevens.identiteitsstatus == "ANONIEM":
        return None
    client = Client(tenant_id=plek.id, identiteitsstatus=gegevens.identiteitsstatus)
    client.naam = gegevens.naam
    client.telefoon = gegevens.telefoon
    client.email = gegevens.email
    save_client(client, is_new=True)
    return client


def _known_client(
    actor: Wie, plek: Plek, gegevens: Registratie, client_van: UUID
) -> Client:
    other = (
        writable_for(actor, plek).select_related("client").filter(pk=client_van).first()
    )
    if other is None or other.client is None:
        raise KwestieError(
            _("De eerdere kwestie is niet gevonden. Registreer zonder die kwestie.")
        )
    if gegevens.identiteitsstatus != other.client.identiteitsstatus:
        raise KwestieError(
            _("Kies dezelfde keuze als bij de eerdere kwestie van deze cliënt."),
            "identiteitsstatus",
        )
    return other.client


def _first_contact(actor: Wie, kwestie: Kwestie, gegevens: Registratie) -> None:
    Contactmoment.objects.create(
        tenant_id=kwestie.tenant_id,
        kwestie=kwestie,
        medewerker_id=actor.user_id,
        datum_tijd=moment_on(gegevens.datum),
        kanaal=gegevens.kanaal,
        met=[MET_WIE.get(gegevens.rol, "ANDERS")],
        activiteiten=sorted(gegevens.activiteiten),
        duur_min=gegevens.minuten,
    )


def moment_on(dag: date, tijd: time | None = None) -> datetime:
    """That time on that day; without a time: now when it is today, else noon."""
    now = timezone.localtime()
    if tijd is None and dag == now.date():
        return now
    return datetime.combine(dag, tijd or time(12), tzinfo=now.tzinfo)


def _close_at_once(kwestie: Kwestie, gegevens: Registratie) -> None:
    if gegevens.soort not in ZONDER_START:
        raise KwestieError(
            _("Alleen een vraag of een melding kun je meteen afronden."), "resultaat"
        )
    move(kwestie, Status.AFGEROND)
    kwestie.resultaat = gegevens.resultaat
    kwestie.afgerond_op = gegevens.datum
    check_afgerond(kwestie, gegevens.activiteiten)
    check_routes(kwestie)
