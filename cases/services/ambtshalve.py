"""Acting without the client's assent (S84): when that may, and who looks at it first.

Only with both conditions (a shortcoming that can be shown, a client who is not able to
act), and only after another colleague agreed. Else every step goes by the client.

Guarded by tests/cases/test_regels_ambtshalve.py; what PostgreSQL holds of it by
test_regels_sql.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import logboek
from cases.models import AmbtshalveActie, Kwestie
from cases.selectors.regels import acties_to_review, reviewers_at
from cases.services.belang import check_belang
from cases.services.regels import KwestieError
from cases.services.rij import check_alive, own_locked
from tenants.access import Wie
from tenants.roles import Recht

TEKSTEN = {
    "feiten": _("Schrijf op wat er is gebeurd: alleen feiten, geen mening."),
    "bewijs": _("Schrijf op waaruit dat blijkt."),
    "niet_in_staat": _("Schrijf op waarom de cliënt dit nu niet zelf kan."),
    "actie": _("Schrijf op wat je wilt doen."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voorstel:
    """What somebody wants to do, and on what grounds; toetser_id: who looks at it."""

    feiten: str
    bewijs: str
    niet_in_staat: str
    actie: str
    is_aantoonbaar: bool
    is_niet_in_staat: bool
    toetser_id: UUID


@transaction.atomic
def propose_actie(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, voorstel: Voorstel
) -> AmbtshalveActie:
    """Put it before a colleague. Raises Refused, KwestieError (S84)."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    _check(actor, tenant_id, voorstel)
    check_belang(actor, kwestie, voorstel.toetser_id, "toetser")
    made = AmbtshalveActie(
        tenant_id=tenant_id,
        kwestie=kwestie,
        is_aantoonbaar=True,
        is_niet_in_staat=True,
        voorgesteld_door_id=actor.user_id,
        toetser_id=voorstel.toetser_id,
    )
    for veld in TEKSTEN:
        setattr(made, veld, getattr(voorstel, veld))
    made.save(force_insert=True)
    logboek.ambtshalve_voorgesteld(actor, made)
    return made


def _check(actor: Wie, tenant_id: int, voorstel: Voorstel) -> None:
    for veld in ("is_aantoonbaar", "is_niet_in_staat"):
        if not getattr(voorstel, veld):
            raise KwestieError(
                _(
                    "Zonder beide voorwaarden mag dit niet. Bespreek de stap met de"
                    " cliënt en ga verder als de cliënt akkoord is."
                ),
                veld,
            )
    for veld, tekst in TEKSTEN.items():
        if not getattr(voorstel, veld).strip():
            raise KwestieError(tekst, veld)
    others = reviewers_at(tenant_id, actor.user_id)
    if not others.filter(pk=voorstel.toetser_id).exists():
        raise KwestieError(
            _("Kies een collega die dit toetst. Dat kun je niet zelf zijn."), "toetser"
        )


def check_ambtshalve(kwestie: Kwestie, activiteiten: Iterable[str]) -> None:
    """IND.AMBTSH is for what a colleague agreed with. Raises KwestieError (S84)."""
    if "IND.AMBTSH" not in set(activiteiten):
        return
    agreed = AmbtshalveActie.objects.filter(
        tenant_id=kwestie.tenant_id, kwestie=kwestie, is_akkoord=True
    )
    if not agreed.exists():
        raise KwestieError(
            _(
                "Handelen zonder akkoord van de cliënt mag pas als een collega het heeft"
                " getoetst. Leg het eerst voor op de pagina van de kwestie."
            ),
            "activiteiten",
        )


@transaction.atomic
def review_actie(
    *,
    actor: Wie,
    tenant_id: int,
    actie_id: UUID,
    is_akkoord: bool,
    toelichting: str = "",
) -> AmbtshalveActie:
    """The colleague who was asked agrees or not (V12). Raises Refused, KwestieError."""
    actor.require(Recht.KWESTIE_EIGEN, tenant_id)
    waiting = acties_to_review(actor).filter(tenant_id=tenant_id, pk=actie_id)
    found = waiting.select_for_update(of=("self",)).first()
    if found is None or found.voorgesteld_door_id == actor.user_id:
        raise KwestieError(_("Deze toets is al gedaan of niet aan jou gevraagd."))
    if not is_akkoord and not toelichting.strip():
        raise KwestieError(_("Schrijf op waarom je niet akkoord bent."), "toelichting")
    found.is_akkoord = is_akkoord
    found.toets_op = timezone.now()
    found.toets_toelichting = toelichting
    found.save(update_fields=["is_akkoord", "toets_op", "toets_toelichting_v"])
    logboek.ambtshalve_getoetst(actor, found)
    return found


@transaction.atomic
def execute_actie(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, actie_id: UUID
) -> AmbtshalveActie:
    """It was done. Raises Refused, KwestieError without the colleague's assent."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    found = AmbtshalveActie.objects.filter(
        tenant_id=tenant_id, kwestie=kwestie, pk=actie_id
    ).first()
    if found is None or found.uitgevoerd_op is not None:
        raise KwestieError(_("Dit is al vastgelegd."))
    if not found.is_akkoord:
        raise KwestieError(
            _("Dit mag pas als je collega het heeft getoetst en akkoord is.")
        )
    found.uitgevoerd_op = timezone.now()
    found.save(update_fields=["uitgevoerd_op"])
    logboek.ambtshalve_uitgevoerd(actor, found)
    return found
