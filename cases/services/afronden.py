"""The end of a kwestie, the routes behind its result, and opening it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import logboek
from cases.codelists import codes
from cases.models import (
    Contactmoment,
    ExternTraject,
    Kwestie,
    Prullenbak,
    Status,
    Verwijzing,
)
from cases.services.achtergrond import record_effects
from cases.services.bewerken import Conflict
from cases.services.handeling import remember, snapshot
from cases.services.meldcode import check_meldcode
from cases.services.ondersteunen import (
    Contact,
    check_contact,
    check_not_stepping_in,
    save_contact,
)
from cases.services.regels import (
    KwestieError,
    check_afgerond,
    check_codes,
    check_datum,
    check_routes,
    check_start,
    check_wetten,
)
from cases.services.registreren import MET_WIE, moment_on
from cases.services.rij import check_alive, move, once, own_locked, store
from cases.services.routes import check_ombudsman
from cases.services.stappen import check_stappen
from tenants.access import Wie


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A body the client was referred to (instantie_type, organisatie)."""

    instantie_type: str
    organisatie: str = ""
    is_warm: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traject:
    """A formal route: its type, the body that decides, what the supporter did.

    bekend_op: when the decision it is against was made known (S105). reden_direct: why the ombudsman without a complaint first; route_gezien: the
    colleague knows of the warning (V14).
    """

    type: str
    instantie: str
    rol_ondersteuner: str
    ingediend_op: date | None = None
    bekend_op: date | None = None
    reden_direct: str = ""
    route_gezien: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Afronding:
    """What closing asks: the result, and what was still missing.

    wet, levensdomein, doel_client: '' and () leave what is there. activiteiten and
    minuten become one last contact. effecten: what support did (S55, S162), '' for
    what is not said.
    """

    resultaat: str
    resultaat_toelichting: str = ""
    wet: str = ""
    levensdomein: tuple[str, ...] = ()
    doel_client: str = ""
    activiteiten: tuple[str, ...] = ()
    minuten: int = 0
    verwijzing: Route | None = None
    traject: Traject | None = None
    route_gezien: bool = False
    effecten: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def close_kwestie(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    afronding: Afronding,
    versie: int | None = None,
) -> Kwestie:
    """AFGEROND today. Raises Refused, KwestieError (V4, V15, S134), and Conflict when
    ``versie``, on which the form was filled in, is not the present one.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    if versie is not None and kwestie.versie != versie:
        raise Conflict(kwestie)
    was = snapshot(kwestie)
    van = move(kwestie, Status.AFGEROND)
    _fill(kwestie, afronding)
    done = set(kwestie.activiteiten) | set(afronding.activiteiten)
    check_codes(kwestie)
    check_wetten(kwestie)
    check_afgerond(kwestie, done)
    check_stappen(kwestie)
    check_meldcode(kwestie)
    if van in (Status.NIEUW, Status.TOEGEWEZEN):
        check_start(kwestie)
    made = _save_with_it(actor, kwestie, afronding)
    check_routes(kwestie)
    coded = ["status", "resultaat", "afgerond_op", "wet", "levensdomein"]
    store(kwestie, [*coded, "doel_client_v", "resultaat_toelichting_v"])
    record_effects(actor, kwestie, afronding.effecten)
    logboek.status_gewijzigd(actor, kwestie, van)
    remember(actor, kwestie, was, gemaakt=made)
    kwestie.refresh_from_db()
    return kwestie


def _save_with_it(
    actor: Wie, kwestie: Kwestie, afronding: Afronding
) -> list[tuple[str, UUID]]:
    """The last contact, the referral, the formal route: what of it was filled in."""
    made: list[tuple[str, UUID]] = []
    if afronding.activiteiten or afronding.minuten:
        contact = _last_contact(actor, kwestie, afronding)
        made.append((Prullenbak.Soort.CONTACT, contact.pk))
    if afronding.verwijzing is not None:
        verwijzing = _save_verwijzing(actor, kwestie, afronding.verwijzing)
        made.append((Prullenbak.Soort.VERWIJZING, verwijzing.pk))
    if afronding.traject is not None:
        traject = _save_traject(actor, kwestie, afronding.traject)
        made.append((Prullenbak.Soort.TRAJECT, traject.pk))
    return made


def _fill(kwestie: Kwestie, afronding: Afronding) -> None:
    kwestie.resultaat = afronding.resultaat
    kwestie.afgerond_op = timezone.localdate()
    kwestie.resultaat_toelichting = afronding.resultaat_toelichting
    if afronding.wet:
        kwestie.wet = afronding.wet
    if afronding.levensdomein:
        kwestie.levensdomein = list(afronding.levensdomein)
    if afronding.doel_client:
        kwestie.doel_client = afronding.doel_client


def _last_contact(actor: Wie, kwestie: Kwestie, afronding: Afronding) -> Contactmoment:
    check_not_stepping_in(afronding.activiteiten)
    contact = Contact(
        datum_tijd=moment_on(timezone.localdate()),
        kanaal=kwestie.kanaal,
        met=(MET_WIE.get(kwestie.rol, "ANDERS"),),
        activiteiten=afronding.activiteiten,
        duur_min=afronding.minuten,
        route_gezien=afronding.route_gezien,
    )
    return save_contact(actor, kwestie, check_contact(actor, kwestie, contact))


def _save_verwijzing(
    actor: Wie, kwestie: Kwestie, route: Route, pk: UUID | None = None
) -> Verwijzing:
    if route.instantie_type not in codes("instantie_type"):
        raise KwestieError(_("Kies waarheen je hebt doorverwezen."), "instantie_type")
    made = Verwijzing.objects.create(
        id=pk or uuid4(),
        tenant_id=kwestie.tenant_id,
        kwestie=kwestie,
        instantie_type=route.instantie_type,
        organisatie=route.organisatie,
        is_warm=route.is_warm,
    )
    logboek.verwijzing_toegevoegd(actor, kwestie, route.instantie_type)
    return made


def _save_traject(
    actor: Wie, kwestie: Kwestie, traject: Traject, pk: UUID | None = None
) -> ExternTraject:
    if traject.type not in ExternTraject.Type.values:
        raise KwestieError(_("Kies het soort procedure."), "traject_type")
    if not traject.instantie:
        raise KwestieError(_("Vul in waar de procedure loopt."), "instantie")
    if traject.rol_ondersteuner not in ExternTraject.Steun.values:
        raise KwestieError(_("Kies wat jij hebt gedaan."), "rol_ondersteuner")
    if traject.ingediend_op is not None:
        check_datum(traject.ingediend_op, "ingediend_op")
    if traject.bekend_op is not None:
        check_datum(traject.bekend_op, "bekend_op")
    if traject.type == ExternTraject.Type.OMBUDSMAN:
        check_ombudsman(
            actor,
            kwestie,
            reden_direct=traject.reden_direct,
            ingediend_op=traject.ingediend_op,
            gezien=traject.route_gezien,
        )
    made = ExternTraject(
        id=pk or uuid4(),
        tenant_id=kwestie.tenant_id,
        kwestie=kwestie,
        type=traject.type,
        instantie=traject.instantie,
        rol_ondersteuner=traject.rol_ondersteuner,
        ingediend_op=traject.ingediend_op,
        bekend_op=traject.bekend_op,
    )
    made.reden_direct = traject.reden_direct
    made.save(force_insert=True)
    logboek.traject_toegevoegd(actor, kwestie, traject.type)
    return made


@transaction.atomic
def add_verwijzing(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    verwijzing: Route,
    verwijzing_id: UUID | None = None,
) -> Verwijzing:
    """Record a referral, also afterwards (what an old register left out).

    verwijzing_id is chosen by the form: sent twice, it is there once.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    verwijzing_id = verwijzing_id or uuid4()
    before = kwestie.verwijzingen.filter(pk=verwijzing_id).first()
    if before is not None:
        return before
    check_alive(kwestie)
    with once("cases_verwijzing_pkey"):
        made = _save_verwijzing(actor, kwestie, verwijzing, verwijzing_id)
    store(kwestie, [])
    new = (Prullenbak.Soort.VERWIJZING, made.pk)
    remember(actor, kwestie, snapshot(kwestie), gemaakt=[new])
    return made


@transaction.atomic
def add_traject(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    traject: Traject,
    traject_id: UUID | None = None,
) -> ExternTraject:
    """Record a formal route, also afterwards; traject_id as in ``add_verwijzing``."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    traject_id = traject_id or uuid4()
    before = kwestie.trajecten.filter(pk=traject_id).first()
    if before is not None:
        return before
    check_alive(kwestie)
    with once("cases_externtraject_pkey"):
        made = _save_traject(actor, kwestie, traject, traject_id)
    store(kwestie, [])
    new = (Prullenbak.Soort.TRAJECT, made.pk)
    remember(actor, kwestie, snapshot(kwestie), gemaakt=[new])
    return made


@transaction.atomic
def reopen_kwestie(*, actor: Wie, tenant_id: int, kwestie_id: UUID) -> Kwestie:
    """HEROPEND: the result no longer stands; the log keeps which it was."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    was = snapshot(kwestie)
    move(kwestie, Status.HEROPEND)
    resultaat, kwestie.resultaat = kwestie.resultaat, ""
    kwestie.afgerond_op = None
    store(kwestie, ["status", "resultaat", "afgerond_op"])
    logboek.kwestie_heropend(actor, kwestie, resultaat)
    remember(actor, kwestie, was)
    return kwestie
