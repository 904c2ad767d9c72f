"""What the term of a formal route runs from, and whether a referral arrived.

S105: the law gives the term (``cases.termijnen``); people say when it began, and what
the body said of putting it off. PostgreSQL holds the same limits (traject_verdaagd,
traject_opgeschort, traject_lange_termijn). Guarded by
tests/cases/test_termijn_pagina.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.logboek import termijnen as logboek
from cases.models import ExternTraject, Kwestie, Verwijzing
from cases.services.regels import KwestieError, check_datum
from cases.services.rij import check_alive, own_locked
from cases.termijnen import Fase, regel_of
from tenants.access import Wie

LANGSTE_OPSCHORTING = 365  # days; longer is a day that somebody types
VERST = timedelta(days=3 * 365)
MET_OPSCHORTING = "bezwaar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Termijngegevens:
    """What the term of a route is computed from; see ``ExternTraject``."""

    bekend_op: date | None = None
    ingediend_op: date | None = None
    is_lang: bool = False
    verdaagd_weken: int = 0
    opgeschort_dagen: int = 0
    termijn_tot: date | None = None


def check_termijn(type: str, gegevens: Termijngegevens) -> None:
    """Raises KwestieError for what the law does not have for this route."""
    if gegevens.bekend_op is not None:
        check_datum(gegevens.bekend_op, "bekend_op")
    if gegevens.ingediend_op is not None:
        check_datum(gegevens.ingediend_op, "ingediend_op")
    regel = regel_of(type, Fase.BESLISSEN)
    if gegevens.is_lang and (regel is None or regel.duur_lang is None):
        raise KwestieError(
            _("Deze procedure heeft maar één termijn. Haal het vinkje weg."), "is_lang"
        )
    most = regel.verdagen if regel else 0
    if not 0 <= gegevens.verdaagd_weken <= most:
        raise KwestieError(
            _(
                "De wet kent hier hoogstens %(weken)d weken uitstel. Is er iets anders"
                " afgesproken? Vul dan de afgesproken laatste dag in."
            )
            % {"weken": most},
            "verdaagd_weken",
        )
    longest = LANGSTE_OPSCHORTING if type == MET_OPSCHORTING else 0
    if not 0 <= gegevens.opgeschort_dagen <= longest:
        raise KwestieError(
            _(
                "Opschorten kan hier niet zo. Vul de laatste dag in die de instantie"
                " noemt."
            ),
            "opgeschort_dagen",
        )
    _check_typed(gegevens)


def _check_typed(gegevens: Termijngegevens) -> None:
    """A day that somebody types is after it was lodged, and not years away."""
    dag = gegevens.termijn_tot
    if dag is None:
        return
    if gegevens.ingediend_op is not None and dag < gegevens.ingediend_op:
        raise KwestieError(_("Dit is voor de dag van indienen."), "termijn_tot")
    if dag > timezone.localdate() + VERST:
        raise KwestieError(_("Kies een dag binnen drie jaar."), "termijn_tot")


@transaction.atomic
def set_termijn(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    traject_id: UUID,
    gegevens: Termijngegevens,
) -> ExternTraject:
    """From what the term runs, and how it was put off. Raises Refused, KwestieError."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    traject = ExternTraject.objects.filter(
        tenant_id=tenant_id, kwestie=kwestie, pk=traject_id
    ).first()
    if traject is None:
        raise KwestieError(_("Deze procedure hoort niet bij de kwestie."))
    check_termijn(traject.type, gegevens)
    _check_decided(traject, gegevens)
    columns = list(gegevens.__dataclass_fields__)
    for column in columns:
        setattr(traject, column, getattr(gegevens, column))
    traject.save(update_fields=columns)
    logboek.termijn_vastgelegd(actor, kwestie, traject)
    return traject


def _check_decided(traject: ExternTraject, gegevens: Termijngegevens) -> None:
    lodged, decided = gegevens.ingediend_op, traject.oordeel_op
    if lodged is not None and decided is not None and lodged > decided:
        raise KwestieError(
            _("De procedure is ingediend na het oordeel. Kijk de dagen na."),
            "ingediend_op",
        )


@transaction.atomic
def record_aankomst(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    verwijzing_id: UUID,
    is_warm: bool | None,
    aangekomen: str,
) -> Verwijzing:
    """Whether we handed over ourselves, and whether the client got there.

    Raises Refused, KwestieError.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    found = _referral(kwestie, verwijzing_id)
    if aangekomen not in ("", *Verwijzing.Aankomst.values):
        raise KwestieError(_("Kies of de cliënt is aangekomen."), "aangekomen")
    found.is_warm, found.aangekomen = is_warm, aangekomen
    found.save(update_fields=["is_warm", "aangekomen"])
    logboek.aankomst_vastgelegd(actor, kwestie, found)
    return found


def _referral(kwestie: Kwestie, pk: UUID) -> Verwijzing:
    rows = Verwijzing.objects.filter(tenant_id=kwestie.tenant_id, kwestie=kwestie)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise KwestieError(_("Deze verwijzing hoort niet bij de kwestie."))
    return found
