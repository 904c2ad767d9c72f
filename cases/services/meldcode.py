"""The meldcode in five steps, and two decisions that a second person looks at (S27).

Each step is written down before the next. The talk with the client may be left out
only when it is not safe, with the reason. The afwegingskader says whether a report to
Veilig Thuis is indicated; people decide, about reporting and about help apart, and
somebody who did not do the steps agrees or sends it back (V12). When the kwestie went
to that very person, she asks another colleague to look before she goes on.

Guarded by tests/cases/test_meldcode.py; what PostgreSQL holds of it by
test_geheim_sql.py. Steps: Besluit verplichte meldcode, art. 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.logboek import geheim as logboek
from cases.models import Kwestie, MeldcodeTraject
from cases.selectors.geheim import meldcodes_of, others_at
from cases.selectors.regels import reviewers_at
from cases.services.belang import check_belang
from cases.services.regels import KwestieError
from cases.services.rij import check_alive, own_locked
from tenants.access import Refused, Wie
from tenants.roles import Recht

Stap = MeldcodeTraject.Stap


@dataclass(frozen=True, slots=True, kw_only=True)
class Afweging:
    """The five questions of the afwegingskader; None: not asked any more, because an
    earlier answer settled it. kindcheck: JA, NEE or NVT.
    """

    kindcheck: str
    is_vermoeden: bool | None
    is_onveilig: bool | None = None
    is_hulp_haalbaar: bool | None = None
    is_hulp_aanvaard: bool | None = None
    is_hulp_werkzaam: bool | None = None
    tekst: str = ""


@transaction.atomic
def start_meldcode(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    signalen: str,
    signalen_op: date,
    functie: str,
    verantwoordelijke_id: UUID,
) -> MeldcodeTraject:
    """Step 1: what was seen, when; and who looks at the decisions in the end.

    Raises Refused, KwestieError.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    if meldcodes_of(kwestie).filter(gesloten_op=None).exists():
        raise KwestieError(_("Voor deze kwestie loopt de meldcode al."))
    _needed(signalen, "signalen", _("Schrijf op wat je hebt gezien of gehoord."))
    _needed(functie, "functie", _("Vul in vanuit welke functie je dit doet."))
    _past(signalen_op, "signalen_op")
    others = reviewers_at(tenant_id, actor.user_id)
    if not others.filter(pk=verantwoordelijke_id).exists():
        raise KwestieError(
            _("Kies een collega die meekijkt. Dat kun je niet zelf zijn."),
            "verantwoordelijke",
        )
    check_belang(actor, kwestie, verantwoordelijke_id, "verantwoordelijke")
    made = MeldcodeTraject(
        tenant_id=tenant_id,
        kwestie=kwestie,
        gestart_door_id=actor.user_id,
        verantwoordelijke_id=verantwoordelijke_id,
        functie=functie.strip(),
        signalen_op=signalen_op,
    )
    made.signalen = signalen
    made.save(force_insert=True)
    logboek.meldcode_gestart(actor, made)
    return made


def check_meldcode(kwestie: Kwestie) -> None:
    """A kwestie with an open meldcode does not close. Raises KwestieError."""
    if meldcodes_of(kwestie).filter(gesloten_op=None).exists():
        raise KwestieError(
            _(
                "Voor deze kwestie loopt de meldcode nog. Sluit die eerst af op de"
                " pagina van de meldcode."
            )
        )


def _needed(tekst: str, veld: str, melding: str) -> None:
    if not tekst.strip():
        raise KwestieError(melding, veld)


def _past(dag: date, veld: str) -> None:
    if dag > timezone.localdate():
        raise KwestieError(_("Deze dag is nog niet geweest."), veld)


def _at(actor: Wie, tenant_id: int, pk: UUID, stap: str) -> MeldcodeTraject:
    """The traject, locked, when this step is next. Raises Refused, KwestieError."""
    if tenant_id not in actor.with_right(Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM):
        raise Refused(Recht.KWESTIE_EIGEN)
    rows = MeldcodeTraject.objects.select_for_update()
    found = rows.filter(tenant_id=tenant_id, pk=pk).first()
    if found is None:
        raise Refused(Recht.KWESTIE_EIGEN)
    if found.stap != stap:
        raise KwestieError(
            _("Dit kan nu niet. Wat nu moet gebeuren: %(stap)s.")
            % {"stap": found.stap_label}
        )
    return found


def _own(actor: Wie, tenant_id: int, pk: UUID, stap: str) -> MeldcodeTraject:
    found = _at(actor, tenant_id, pk, stap)
    own_locked(actor, tenant_id, found.kwestie_id)
    if looks_at_herself(actor, found):
        raise KwestieError(
            _(
                "Jij kijkt hier mee. Nu je de kwestie zelf hebt, kies je eerst een"
                " andere collega die meekijkt."
            ),
            "verantwoordelijke",
        )
    return found


def looks_at_herself(actor: Wie, row: MeldcodeTraject) -> bool:
    """She is the second person of what she would now do herself."""
    return actor.user_id == row.verantwoordelijke_id and row.besluit_op is None


@transaction.atomic
def ask_other_colleague(
    *, actor: Wie, tenant_id: int, pk: UUID, verantwoordelijke_id: UUID
) -> MeldcodeTraject:
    """Another second person, by the one who got the kwestie meanwhile (V12).

    Raises Refused, KwestieError.
    """
    rows = MeldcodeTraject.objects.filter(tenant_id=tenant_id, pk=pk)
    stap = next((row.stap for row in rows), Stap.CONSULTATIE)
    found = _at(actor, tenant_id, pk, stap)
    kwestie = own_locked(actor, tenant_id, found.kwestie_id)
    if not looks_at_herself(actor, found):
        raise Refused(Recht.KWESTIE_EIGEN)
    if not others_at(tenant_id, found).filter(pk=verantwoordelijke_id).exists():
        raise KwestieError(
            _("Kies een collega die meekijkt. Dat kun je niet zelf zijn."),
            "verantwoordelijke",
        )
    check_belang(actor, kwestie, verantwoordelijke_id, "verantwoordelijke")
    found.verantwoordelijke_id = verantwoordelijke_id
    found.save(update_fields=["verantwoordelijke"])
    logboek.meldcode_andere_meekijker(actor, found)
    return found


@transaction.atomic
def record_consultatie(
    *, actor: Wie, tenant_id: int, pk: UUID, op: date, tekst: str, is_veilig_thuis: bool
) -> MeldcodeTraject:
    """Step 2: what a colleague, and if need be Veilig Thuis, advised."""
    found = _own(actor, tenant_id, pk, Stap.CONSULTATIE)
    _past(op, "op")
    _needed(tekst, "tekst", _("Schrijf op met welke functie en wat het advies was."))
    found.consultatie_op, found.consultatie = op, tekst
    found.is_veilig_thuis_gevraagd = is_veilig_thuis
    found.save(
        update_fields=["consultatie_op", "consultatie_v", "is_veilig_thuis_gevraagd"]
    )
    logboek.meldcode_stap(actor, found, Stap.CONSULTATIE)
    return found


@transaction.atomic
def record_gesprek(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    op: date | None,
    tekst: str = "",
    geen_gesprek: str = "",
) -> MeldcodeTraject:
    """Step 3: the talk with the client at ``op``; None: why it is not safe."""
    found = _own(actor, tenant_id, pk, Stap.GESPREK)
    if op is None:
        _needed(
            geen_gesprek,
            "geen_gesprek",
            _("Schrijf op waarom een gesprek niet veilig is. Alleen dan mag het niet."),
        )
    else:
        _past(op, "op")
        _needed(tekst, "tekst", _("Schrijf op wat er is besproken."))
    found.gesprek_op = op
    found.gesprek = tekst if op else ""
    found.geen_gesprek = "" if op else geen_gesprek
    found.save(update_fields=["gesprek_op", "gesprek_v", "geen_gesprek_v"])
    logboek.meldcode_stap(actor, found, Stap.GESPREK)
    return found


@transaction.atomic
def weigh(
    *, actor: Wie, tenant_id: int, pk: UUID, afweging: Afweging
) -> MeldcodeTraject:
    """Step 4: the afwegingskader and the kindcheck."""
    found = _own(actor, tenant_id, pk, Stap.AFWEGING)
    _check_afweging(afweging)
    found.kindcheck = afweging.kindcheck
    found.is_vermoeden = afweging.is_vermoeden
    found.is_onveilig = afweging.is_onveilig
    found.is_hulp_haalbaar = afweging.is_hulp_haalbaar
    found.is_hulp_aanvaard = afweging.is_hulp_aanvaard
    found.is_hulp_werkzaam = afweging.is_hulp_werkzaam
    found.afweging, found.afweging_op = afweging.tekst, timezone.now()
    found.save()
    logboek.meldcode_stap(actor, found, Stap.AFWEGING)
    return found


def _check_afweging(afweging: Afweging) -> None:
    if afweging.kindcheck not in MeldcodeTraject.Kindcheck.values:
        raise KwestieError(_("Doe de kindcheck."), "kindcheck")
    if afweging.is_vermoeden is None:
        raise KwestieError(_("Kies ja of nee."), "is_vermoeden")
    asked = ("is_onveilig", "is_hulp_haalbaar", "is_hulp_aanvaard", "is_hulp_werkzaam")
    for veld in asked:
        answer = getattr(afweging, veld)
        settled = not afweging.is_vermoeden
        if not settled and answer is None:
            raise KwestieError(_("Kies ja of nee."), veld)
        # The question after it is asked as long as this one did not settle it.
        if settled or answer is (veld == "is_onveilig"):
            break
    _needed(afweging.tekst, "tekst", _("Schrijf op hoe je tot deze antwoorden komt."))


@transaction.atomic
def decide_meldcode(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    is_melden: bool,
    melden: str,
    is_hulp: bool,
    hulp: str,
) -> MeldcodeTraject:
    """Step 5: two decisions apart, to report and to offer help, each with its reason."""
    found = _own(actor, tenant_id, pk, Stap.BESLUIT)
    _needed(melden, "melden", _("Schrijf op waarom je wel of niet meldt."))
    _needed(hulp, "hulp", _("Schrijf op waarom je wel of geen hulp biedt."))
    found.is_melden, found.melden = is_melden, melden
    found.is_hulp, found.hulp = is_hulp, hulp
    found.besluit_op = timezone.now()
    found.save(
        update_fields=["is_melden", "melden_v", "is_hulp", "hulp_v", "besluit_op"]
    )
    logboek.meldcode_stap(actor, found, Stap.BESLUIT)
    return found


@transaction.atomic
def confirm_meldcode(
    *, actor: Wie, tenant_id: int, pk: UUID, is_akkoord: bool, tekst: str
) -> MeldcodeTraject:
    """The second person agrees, or sends the decisions back with what she thinks."""
    found = _at(actor, tenant_id, pk, Stap.BEVESTIGING)
    if actor.user_id != found.verantwoordelijke_id:
        raise Refused(Recht.KWESTIE_EIGEN)
    _needed(tekst, "tekst", _("Schrijf op wat je hiervan vindt."))
    found.bevestiging = tekst
    if is_akkoord:
        found.bevestigd_op = timezone.now()
    else:
        found.besluit_op = None
    found.save(update_fields=["bevestiging_v", "bevestigd_op", "besluit_op"])
    logboek.meldcode_stap(actor, found, Stap.BEVESTIGING, is_akkoord=is_akkoord)
    return found


@transaction.atomic
def close_meldcode(
    *, actor: Wie, tenant_id: int, pk: UUID, gevolg: str
) -> MeldcodeTraject:
    """What happened afterwards; then it is closed."""
    found = _own(actor, tenant_id, pk, Stap.GEVOLGD)
    _needed(gevolg, "gevolg", _("Schrijf op wat er na het besluit is gebeurd."))
    found.gevolg, found.gesloten_op = gevolg, timezone.now()
    found.save(update_fields=["gevolg_v", "gesloten_op"])
    logboek.meldcode_stap(actor, found, Stap.GESLOTEN)
    return found
