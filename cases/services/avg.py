"""Requests about one's data: received, established, decided, carried out, closed.

The supporter gathers and carries out, the FG decides; nobody does both for a kwestie.
One month from receipt (AVG 12 lid 3), once two months more; a term that ends on a
Saturday, Sunday or public holiday ends on the next working day (Regulation (EEC,
Euratom) 1182/71, art. 3 lid 4).

Guarded by tests/cases/test_avg.py; what PostgreSQL holds of it by test_avg_sql.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.logboek import avg as logboek
from cases.models import AvgVerzoek, Client, Kwestie
from cases.selectors import writable_for
from cases.services.belang import check_stand_in
from cases.services.identiteit import make_anonymous
from cases.services.regels import KwestieError
from cases.werkdagen import vanaf
from tenants.access import Refused, Wie
from tenants.roles import Recht

Stand = AvgVerzoek.Stand
GRONDSLAGEN = {
    "OVERDRAAGBAARHEID": ("TOESTEMMING", "OVEREENKOMST"),  # AVG 20 lid 1
    "BEZWAAR": ("TAAK", "BELANG"),  # AVG 21 lid 1
}
TEKENT = {
    "TOT_12": ("VERTEGENW",),
    "VAN_12": ("BEIDEN",),
    "VANAF_16": ("ZELF", "VERTEGENW"),
}
LOOPT = (Stand.IN_BEHANDELING, Stand.VERLENGD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verzoek:
    """What was asked, by whom and how she can be reached; codes of AvgVerzoek."""

    soort: str
    ontvangen_op: date
    vraag: str
    bereik: str = ""
    grondslag: str = ""
    leeftijd: str = "VANAF_16"
    ondertekenaar: str = "ZELF"


def end_of_term(ontvangen_op: date, maanden: int) -> date:
    """Last day of a term of so many months from receipt (1182/71, art. 3)."""
    return vanaf(ontvangen_op + relativedelta(months=maanden))


def _check(verzoek: Verzoek) -> None:
    if not verzoek.vraag.strip():
        raise KwestieError(_("Schrijf op wat de persoon vraagt."), "vraag")
    if verzoek.ontvangen_op > timezone.localdate():
        raise KwestieError(_("Deze dag is nog niet geweest."), "ontvangen_op")
    wanted = GRONDSLAGEN.get(verzoek.soort)
    if wanted and verzoek.grondslag not in wanted:
        tekst = {
            "OVERDRAAGBAARHEID": _(
                "Gegevens meenemen kan alleen als we ze hebben door toestemming of een"
                " overeenkomst. Is dat niet zo? Leg dan een verzoek om inzage vast."
            ),
            "BEZWAAR": _(
                "Bezwaar kan alleen als we de gegevens gebruiken voor een taak van"
                " algemeen belang of een gerechtvaardigd belang. Bij toestemming: leg"
                " vast dat die wordt ingetrokken."
            ),
        }
        raise KwestieError(tekst[verzoek.soort], "grondslag")
    if verzoek.ondertekenaar not in TEKENT.get(verzoek.leeftijd, ()):
        raise KwestieError(
            _(
                "Jonger dan 12: de wettelijk vertegenwoordiger vraagt het. Van 12 tot"
                " en met 15: samen. Vanaf 16: de persoon zelf of een vertegenwoordiger."
            ),
            "ondertekenaar",
        )


@transaction.atomic
def register_verzoek(
    *, actor: Wie, tenant_id: int, verzoek: Verzoek, kwestie_id: UUID | None = None
) -> AvgVerzoek:
    """Write a request down; the clock starts on the day of receipt.

    With a kwestie: by who has it to write. Without: by the FG. Raises Refused,
    KwestieError.
    """
    if kwestie_id is None:
        actor.require(Recht.AVG_BEHANDELEN, tenant_id)
    else:
        _own(actor, tenant_id, kwestie_id)
    _check(verzoek)
    made = AvgVerzoek(
        tenant_id=tenant_id,
        kwestie_id=kwestie_id,
        soort=verzoek.soort,
        grondslag=verzoek.grondslag if verzoek.soort in GRONDSLAGEN else "",
        leeftijd=verzoek.leeftijd,
        ondertekenaar=verzoek.ondertekenaar,
        ontvangen_op=verzoek.ontvangen_op,
        termijn_op=end_of_term(verzoek.ontvangen_op, 1),
        geregistreerd_door_id=actor.user_id,
    )
    made.vraag, made.bereik = verzoek.vraag, verzoek.bereik
    made.save(force_insert=True)
    logboek.verzoek_ontvangen(actor, made)
    return made


def _own(actor: Wie, tenant_id: int, kwestie_id: UUID | None) -> Kwestie:
    """A kwestie that she may write. Raises Refused; also when its client's data are
    restricted she may, for that is how the restriction ends.
    """
    actor.require(Recht.KWESTIE_EIGEN, tenant_id)
    rows = writable_for(actor, actor.plekken[tenant_id])
    found = rows.filter(pk=kwestie_id).first() if kwestie_id else None
    if found is None:
        raise Refused(Recht.KWESTIE_EIGEN)
    check_stand_in(actor, found)
    return found


def _asked(tenant_id: int, pk: UUID, *standen: AvgVerzoek.Stand) -> AvgVerzoek:
    """The request, locked, in one of these states. Raises Refused, KwestieError."""
    rows = AvgVerzoek.objects.select_for_update().filter(tenant_id=tenant_id, pk=pk)
    found = rows.first()
    if found is None:
        raise Refused(Recht.AVG_BEHANDELEN)
    if found.stand not in standen:
        raise KwestieError(
            _("Dit kan nu niet: het verzoek is intussen “%(stand)s”.")
            % {"stand": found.get_stand_display()}
        )
    return found


def _handled(
    actor: Wie, tenant_id: int, pk: UUID, *standen: AvgVerzoek.Stand
) -> AvgVerzoek:
    """The same, for who gathers: with a kwestie its supporter, without one the FG."""
    found = _asked(tenant_id, pk, *standen)
    if found.kwestie_id is None:
        actor.require(Recht.AVG_BEHANDELEN, tenant_id)
    else:
        _own(actor, tenant_id, found.kwestie_id)
    return found


def _store(actor: Wie, row: AvgVerzoek, naar: AvgVerzoek.Stand) -> AvgVerzoek:
    row.stand = naar
    row.save()
    logboek.verzoek_verder(actor, row)
    return row


@transaction.atomic
def link_kwestie(*, actor: Wie, tenant_id: int, pk: UUID, nummer: str) -> AvgVerzoek:
    """Say which kwestie it is about; by who has that kwestie. Raises as ``_asked``."""
    found = _asked(tenant_id, pk, Stand.ONTVANGEN, Stand.IDENTITEIT)
    actor.require(Recht.KWESTIE_EIGEN, tenant_id)
    rows = writable_for(actor, actor.plekken[tenant_id])
    kwestie = rows.filter(nummer=nummer.strip().upper()).first()
    if found.kwestie_id is not None or kwestie is None:
        raise KwestieError(
            _("Je hebt geen kwestie met dit nummer. Kijk het nummer na."), "nummer"
        )
    found.kwestie_id = kwestie.pk
    found.save()
    logboek.verzoek_gekoppeld(actor, found)
    return found


@transaction.atomic
def establish_identity(
    *, actor: Wie, tenant_id: int, pk: UUID, vaststelling: str
) -> AvgVerzoek:
    """It is certain who asks ('' = not yet: more was asked, AVG 12 lid 6)."""
    found = _handled(actor, tenant_id, pk, Stand.ONTVANGEN, Stand.IDENTITEIT)
    if not vaststelling:
        return _store(actor, found, Stand.IDENTITEIT)
    if vaststelling not in AvgVerzoek.Vaststelling.values:
        raise KwestieError(_("Kies hoe je het weet."), "vaststelling")
    found.vaststelling = vaststelling
    return _store(actor, found, Stand.IN_BEHANDELING)


@transaction.atomic
def extend_term(*, actor: Wie, tenant_id: int, pk: UUID, reden: str) -> AvgVerzoek:
    """Two months more, once, said within the first (AVG 12 lid 3); by the FG."""
    found = _asked(tenant_id, pk, Stand.IN_BEHANDELING)
    actor.require(Recht.AVG_BEHANDELEN, tenant_id)
    today = timezone.localdate()
    if today > found.termijn_op:
        raise KwestieError(
            _("Verlengen kan niet meer: de maand is voorbij. Beslis zo snel als kan.")
        )
    if not reden.strip():
        raise KwestieError(
            _("Schrijf op waarom. Dat moet de persoon ook horen."), "tekst"
        )
    found.verlengd_op = today
    found.verlengd_tot = end_of_term(found.ontvangen_op, 3)
    found.verlenging = reden
    return _store(actor, found, Stand.VERLENGD)


@transaction.atomic
def decide_verzoek(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    uitkomst: str,
    motivering: str,
    afwijzing: str = "",
) -> AvgVerzoek:
    """INGEWILLIGD, DEELS, AFGEWEZEN or NIET_TE_KOPPELEN (AVG 11), by the FG and with
    the reasons; never by who registered it for a kwestie. Raises as ``_asked``.
    """
    is_unknown = uitkomst == Stand.NIET_TE_KOPPELEN
    before = (Stand.ONTVANGEN, Stand.IDENTITEIT) if is_unknown else LOOPT
    found = _asked(tenant_id, pk, *before)
    actor.require(Recht.AVG_BEHANDELEN, tenant_id)
    if found.kwestie_id and actor.user_id == found.geregistreerd_door_id:
        raise Refused(Recht.AVG_BEHANDELEN)
    if not motivering.strip():
        raise KwestieError(_("Schrijf op waarom je dit besluit."), "motivering")
    if uitkomst in (Stand.AFGEWEZEN, Stand.DEELS):
        if afwijzing not in AvgVerzoek.Afwijzing.values:
            raise KwestieError(
                _("Kies op welke grond je (een deel) afwijst."), "afwijzing"
            )
        found.afwijzing = afwijzing
    found.beslisser_id, found.besluit_op = actor.user_id, timezone.now()
    found.besluit = motivering
    return _store(actor, found, AvgVerzoek.Stand(uitkomst))


@transaction.atomic
def tell_person(*, actor: Wie, tenant_id: int, pk: UUID, op: date) -> AvgVerzoek:
    """The person was told what was decided, on this day (AVG 12 lid 3 and 4)."""
    decided = (Stand.INGEWILLIGD, Stand.DEELS, Stand.AFGEWEZEN, Stand.NIET_TE_KOPPELEN)
    found = _handled(actor, tenant_id, pk, *decided)
    if not timezone.localdate(found.besluit_op) <= op <= timezone.localdate():
        raise KwestieError(_("Kies een dag tussen het besluit en vandaag."), "datum")
    found.verteld_op = op
    return _store(actor, found, AvgVerzoek.Stand(found.stand))


@transaction.atomic
def execute_verzoek(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    tekst: str,
    ontvangers: str = "",
    weet_procedure: bool = False,
) -> AvgVerzoek:
    """Do what was decided. WISSING destroys, BEPERKING puts a hold; of the others is
    written down what was done. ontvangers: whether those who got the data were told
    (AVG 19). Raises as ``_asked``, and what make_anonymous raises.
    """
    found = _handled(actor, tenant_id, pk, Stand.INGEWILLIGD, Stand.DEELS)
    if found.verteld_op is None:
        raise KwestieError(
            _("Vertel de persoon eerst wat er is besloten, en leg dat vast.")
        )
    if not tekst.strip():
        raise KwestieError(_("Schrijf op wat je hebt gedaan."), "tekst")
    needs = found.soort in ("RECTIFICATIE", "WISSING", "BEPERKING")
    if needs and ontvangers not in AvgVerzoek.Ontvangers.values:
        raise KwestieError(
            _("Kies of wie de gegevens kreeg dit ook weet."), "ontvangers"
        )
    found.ontvangers = ontvangers if needs else ""
    found.uitvoering = tekst
    found.uitgevoerd_door_id, found.uitgevoerd_op = actor.user_id, timezone.now()
    if found.soort == "BEPERKING":
        client = _client(actor, found)
        client.beperkt_op = timezone.now()
        client.save(update_fields=["beperkt_op"])
    _store(actor, found, Stand.UITGEVOERD)
    if found.soort == "WISSING" and found.kwestie_id is not None:
        make_anonymous(
            actor=actor,
            tenant_id=tenant_id,
            kwestie_id=found.kwestie_id,
            is_alles=True,
            weet_procedure=weet_procedure,
        )
        found.refresh_from_db()
    return found


def _client(actor: Wie, verzoek: AvgVerzoek) -> Client:
    """The client of the kwestie, locked. Raises KwestieError when it is anonymous."""
    kwestie = _own(actor, verzoek.tenant_id, verzoek.kwestie_id)
    rows = Client.objects.select_for_update().filter(tenant_id=verzoek.tenant_id)
    found = rows.filter(pk=kwestie.client_id).first() if kwestie.client_id else None
    if found is None:
        raise KwestieError(_("Deze kwestie is anoniem. Er is geen cliënt."))
    return found


@transaction.atomic
def close_verzoek(*, actor: Wie, tenant_id: int, pk: UUID) -> AvgVerzoek:
    """Done. Closing a BEPERKING lifts it, so the person is told first (AVG 18 lid 3).

    Raises as ``_asked``.
    """
    ends = (Stand.UITGEVOERD, Stand.AFGEWEZEN, Stand.NIET_TE_KOPPELEN)
    found = _handled(actor, tenant_id, pk, *ends)
    if found.verteld_op is None:
        raise KwestieError(
            _("Vertel de persoon eerst wat er is besloten, en leg dat vast.")
        )
    if found.soort == "BEPERKING" and found.stand == Stand.UITGEVOERD:
        client = _client(actor, found)
        client.beperkt_op = None
        client.save(update_fields=["beperkt_op"])
    found.gesloten_op = timezone.now()
    return _store(actor, found, Stand.GESLOTEN)
