"""Which route is open, and what the body that decides has said.

V6: a ruling is of a body, on a day, from the list of that route; never ours (S11).
V13: mediation to care belongs to the Wlz. V14: the ombudsman is about government, after
a complaint (S123, S124). V13 and V14 warn: who knows better says so and goes on.

Guarded by tests/cases/test_regels_routes.py; what PostgreSQL holds of it by
test_regels_sql.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import OORDEEL_BIJ_TRAJECT, OVERHEID, ExternTraject, Kwestie
from cases.services.regels import KwestieError, check_datum
from cases.services.rij import check_alive, own_locked
from tenants.access import Wie

GEZIEN = "route_gezien"  # the field in which somebody says that she knows


class RouteWaarschuwing(KwestieError):
    """Probably the wrong route; allowed to who says that it is the right one."""

    def __init__(self, tekst: str) -> None:
        super().__init__(tekst, GEZIEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Oordeel:
    """What a body decided: a code of extern_oordeel, by whom, when, and what follows."""

    oordeel: str
    door: str
    op: date | None
    herstelactie: str = ""


def _warn(actor: Wie, kwestie: Kwestie, regel: str, gezien: bool, tekst: str) -> None:
    if not gezien:
        raise RouteWaarschuwing(tekst)
    logboek.route_bewust_gekozen(actor, kwestie, regel)


def check_zorgbemiddeling(
    actor: Wie, kwestie: Kwestie, activiteiten: Iterable[str], *, gezien: bool
) -> None:
    """V13: IND.ZORGBEM is for the Wlz. Raises RouteWaarschuwing unless ``gezien``."""
    if "IND.ZORGBEM" not in set(activiteiten):
        return
    if "WLZ" not in {kwestie.wet, *kwestie.wetten}:
        _warn(
            actor,
            kwestie,
            "V13",
            gezien,
            _(
                "Zorgbemiddeling hoort bij de Wet langdurige zorg. Deze kwestie gaat"
                " over een andere wet. Kies “Bemiddelen”, verander de wet, of vink aan"
                " dat het toch klopt."
            ),
        )


def check_ombudsman(
    actor: Wie,
    kwestie: Kwestie,
    *,
    reden_direct: str,
    ingediend_op: date | None,
    gezien: bool,
) -> None:
    """V14 (S123, S124): only about government, after a complaint or with a reason.

    Raises KwestieError without a complaint or reason; RouteWaarschuwing unless
    ``gezien`` when it is not about government, or more than a year ago.
    """
    earlier = complaints_of(kwestie)
    if not earlier and not reden_direct.strip():
        raise KwestieError(
            _(
                "De ombudsman komt pas in beeld na een klacht bij de overheid zelf. Leg"
                " die klacht eerst vast als procedure. Is er een reden om dat over te"
                " slaan? Schrijf die dan hier op."
            ),
            "reden_direct",
        )
    about = set(kwestie.wederpartij)
    is_gemeente = actor.plekken[kwestie.tenant_id].type == "gemeente"
    if not (about & set(OVERHEID) if about else is_gemeente):
        _warn(
            actor,
            kwestie,
            "V14",
            gezien,
            _(
                "De ombudsman gaat alleen over de overheid. Voor een zorgaanbieder is"
                " de weg: eerst de klachtenregeling van de zorgaanbieder, daarna de"
                " geschilleninstantie. Is de wederpartij toch een overheid? Vink dat"
                " aan."
            ),
        )
    last = ombudsman_deadline(kwestie)
    if last is not None and (ingediend_op or timezone.localdate()) > last:
        _warn(
            actor,
            kwestie,
            "V14",
            gezien,
            _(
                "De uitkomst van de klacht is meer dan een jaar oud: de laatste dag was"
                " %(dag)s. De ombudsman hoeft de zaak dan niet meer te onderzoeken. Is"
                " dit met de cliënt besproken? Vink dat aan."
            )
            % {"dag": date_format(last, "j F Y")},
        )


def complaints_of(kwestie: Kwestie) -> list[ExternTraject]:
    """The complaint routes of this kwestie, the latest outcome last."""
    found = ExternTraject.objects.filter(
        tenant_id=kwestie.tenant_id, kwestie=kwestie, type__startswith="klacht_"
    )
    return sorted(found, key=lambda traject: traject.oordeel_op or date.min)


def ombudsman_deadline(kwestie: Kwestie) -> date | None:
    """S124: a year after the outcome of the complaint; None while there is none."""
    outcomes = [t.oordeel_op for t in complaints_of(kwestie) if t.oordeel_op]
    if not outcomes:
        return None
    last = outcomes[-1]
    is_leap = (last.month, last.day) == (2, 29)
    return last.replace(year=last.year + 1, day=28 if is_leap else last.day)


@transaction.atomic
def record_oordeel(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, traject_id: UUID, oordeel: Oordeel
) -> ExternTraject:
    """What the body decided, put right if need be. Raises Refused, KwestieError (V6)."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    traject = ExternTraject.objects.filter(
        tenant_id=tenant_id, kwestie=kwestie, pk=traject_id
    ).first()
    if traject is None:
        raise KwestieError(_("Deze procedure hoort niet bij de kwestie."))
    _check_oordeel(traject, oordeel)
    traject.oordeel = oordeel.oordeel
    traject.oordeel_door = oordeel.door.strip()
    traject.oordeel_op = oordeel.op
    traject.herstelactie = oordeel.herstelactie
    columns = ["oordeel", "oordeel_door", "oordeel_op", "herstelactie_v"]
    traject.save(update_fields=columns)
    logboek.oordeel_vastgelegd(actor, kwestie, traject)
    return traject


def _check_oordeel(traject: ExternTraject, oordeel: Oordeel) -> None:
    if oordeel.oordeel not in OORDEEL_BIJ_TRAJECT[traject.type]:
        raise KwestieError(
            _("Kies een oordeel dat deze instantie kan geven."), "oordeel"
        )
    if not oordeel.door.strip():
        raise KwestieError(
            _("Vul in welke instantie dit oordeel gaf. Wij oordelen zelf niet."), "door"
        )
    if oordeel.op is None:
        raise KwestieError(_("Vul in op welke dag het oordeel kwam."), "op")
    check_datum(oordeel.op, "op")
    if traject.ingediend_op is not None and oordeel.op < traject.ingediend_op:
        raise KwestieError(_("Het oordeel ligt voor de dag van indienen."), "op")
