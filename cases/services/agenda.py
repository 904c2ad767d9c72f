"""What must happen on a day: agreed, moved, done; and the tally of a day's calls.

S6, S7, S113. Guarded by tests/cases/test_agenda.py; what PostgreSQL holds of it by the
same file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases import logboek, werkdagen
from cases.models import Agendapunt, Dagstaat, Kwestie, Stap
from cases.services.regels import KwestieError
from cases.services.rij import check_alive, own_locked
from tenants.access import Refused, Wie
from tenants.roles import Recht

Soort = Agendapunt.Soort
WETTELIJK = (Soort.BEZWAAR, Soort.BEROEP)
# Awb 6:7 and 6:8: six weeks, from the day after the decision was made known.
ZES_WEKEN = timedelta(weeks=6)
VERST = timedelta(days=731)


@dataclass(frozen=True, slots=True, kw_only=True)
class NieuwPunt:
    """What the form gives. dag: not for a term of the law; that runs from besluit_op."""

    soort: str
    dag: date | None = None
    van: time | None = None
    tot: time | None = None
    besluit_op: date | None = None
    waarover: str = ""


def last_day(besluit_op: date) -> date:
    """Of a term of six weeks; never on a day off (Algemene termijnenwet, art. 1)."""
    return werkdagen.vanaf(besluit_op + ZES_WEKEN)


@transaction.atomic
def plan_agendapunt(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, punt: NieuwPunt
) -> Agendapunt:
    """Put it on the agenda of the kwestie. Raises Refused, KwestieError."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    if punt.soort not in Soort:
        raise KwestieError(_("Kies waar het om gaat."), "soort")
    made = Agendapunt(
        tenant_id=tenant_id,
        kwestie=kwestie,
        soort=punt.soort,
        dag=_day_of(punt),
        van=punt.van,
        tot=punt.tot,
        gemaakt_door_id=actor.user_id,
    )
    if punt.soort in WETTELIJK:
        made.besluit_op = punt.besluit_op
    _check_window(punt.van, punt.tot)
    made.waarover = punt.waarover.strip()
    made.save(force_insert=True)
    logboek.agendapunt_gemaakt(actor, kwestie, made)
    return made


def _day_of(punt: NieuwPunt) -> date:
    if punt.soort not in WETTELIJK:
        return _checked_day(punt.dag)
    if punt.besluit_op is None:
        raise KwestieError(
            _("Vul in wanneer het besluit bekend is gemaakt."), "besluit_op"
        )
    today = timezone.localdate()
    if punt.besluit_op > today:
        raise KwestieError(_("Het besluit kan niet van na vandaag zijn."), "besluit_op")
    last = last_day(punt.besluit_op)
    if last < today:
        raise KwestieError(
            _(
                "De laatste dag was %(dag)s. Bespreek met de cliënt of er een goede"
                " reden is dat het later wordt, en leg dat vast in een contact."
            )
            % {"dag": date_format(last, "j F Y")},
            "besluit_op",
        )
    return last


def _checked_day(dag: date | None) -> date:
    today = timezone.localdate()
    if dag is None:
        raise KwestieError(_("Vul in op welke dag."), "dag")
    if dag < today:
        raise KwestieError(_("Kies vandaag of een dag die nog komt."), "dag")
    if dag > today + VERST:
        raise KwestieError(_("Kies een dag binnen twee jaar."), "dag")
    return dag


def _check_window(van: time | None, tot: time | None) -> None:
    if tot is not None and van is None:
        raise KwestieError(_("Vul ook in vanaf hoe laat."), "van")
    if tot is not None and van is not None and tot <= van:
        raise KwestieError(_("Dit is voor de begintijd."), "tot")


def _locked(
    actor: Wie, tenant_id: int, kwestie_id: UUID, punt_id: UUID
) -> tuple[Kwestie, Agendapunt]:
    """The kwestie is the lock; what is done stands."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    punt = Agendapunt.objects.filter(
        tenant_id=tenant_id, kwestie=kwestie, pk=punt_id
    ).first()
    if punt is None or punt.gedaan_op is not None:
        raise KwestieError(_("Dit is al gedaan."))
    return kwestie, punt


@transaction.atomic
def move_agendapunt(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    punt_id: UUID,
    dag: date,
    van: time | None = None,
    tot: time | None = None,
) -> Agendapunt:
    """To another day. Raises Refused; KwestieError also for a term of the law (S7)."""
    kwestie, punt = _locked(actor, tenant_id, kwestie_id, punt_id)
    if punt.is_wettelijk:
        raise KwestieError(
            _(
                "Deze termijn staat in de wet. Die kun je niet verzetten. Klopt de dag"
                " van het besluit niet? Vink deze af en leg de termijn opnieuw vast."
            )
        )
    was = punt.dag
    punt.dag, punt.van, punt.tot = _checked_day(dag), van, tot
    _check_window(van, tot)
    punt.save(update_fields=["dag", "van", "tot"])
    logboek.agendapunt_verzet(actor, kwestie, punt, was)
    return punt


@transaction.atomic
def finish_agendapunt(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, punt_id: UUID
) -> Agendapunt:
    """It is done. Raises Refused, KwestieError."""
    kwestie, punt = _locked(actor, tenant_id, kwestie_id, punt_id)
    punt.gedaan_op = timezone.now()
    punt.gedaan_door_id = actor.user_id
    punt.save(update_fields=["gedaan_op", "gedaan_door"])
    logboek.agendapunt_gedaan(actor, kwestie, punt)
    return punt


@transaction.atomic
def move_stap(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, stap_id: UUID, dag: date
) -> Stap:
    """The step is taken on another day. Raises Refused, KwestieError."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    stap = Stap.objects.filter(tenant_id=tenant_id, kwestie=kwestie, pk=stap_id).first()
    if stap is None or not stap.is_open:
        raise KwestieError(_("Deze stap is al gedaan of vervallen."))
    stap.gepland_op = _checked_day(dag)
    stap.save(update_fields=["gepland_op"])
    logboek.stap_verzet(actor, kwestie, stap)
    return stap


@transaction.atomic
def keep_tally(*, actor: Wie, tenant_id: int, telefoontjes: int) -> None:
    """How many calls she had today for this tenant (S113); the last number counts.

    Raises Refused, KwestieError.
    """
    actor.require(Recht.KWESTIE_REGISTREREN, tenant_id)
    if actor.user_id is None:
        raise Refused(Recht.KWESTIE_REGISTREREN)
    if not 0 <= telefoontjes <= 500:
        raise KwestieError(_("Vul een getal van 0 tot 500 in."), "telefoontjes")
    about = {
        "tenant_id": tenant_id,
        "medewerker_id": actor.user_id,
        "dag": timezone.localdate(),
    }
    rows = Dagstaat.objects.filter(**about)
    if not rows.update(telefoontjes=telefoontjes):
        Dagstaat.objects.bulk_create(
            [Dagstaat(telefoontjes=telefoontjes, **about)], ignore_conflicts=True
        )
    logboek.dagstaat_bewaard(actor, tenant_id, telefoontjes)
