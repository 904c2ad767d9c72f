"""Opdrachten: what is commissioned, by whom through whom, and how it is reported.

A threshold may go up whenever; down only with a reason, and not while an opdrachtgever
has a report in hand that was made with it (a trigger holds both). What was frozen
keeps the threshold it was made with. Guarded by tests/tenants/test_beheer.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from tenants.beheer import BeheerFout, logboek
from tenants.diensten import DIENSTEN
from tenants.models import Opdracht
from tenants.roles import Recht
from tenants.wie import Wie

LAAGSTE = {"drempel_opdrachtgever": 5, "drempel_openbaar": 10}
# Of these the record holds what they were and became; of the others that they changed.
GECODEERD = (
    *("van", "tot", "drempel_opdrachtgever", "drempel_openbaar"),
    *("rapportagefrequentie", "reactietermijn_dagen", "publicatieafspraak"),
    "onafhankelijkheidsclausule_akkoord_op",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Afspraken:
    """Everything that is agreed about one opdracht; see ``tenants.models.Opdracht``."""

    naam: str
    diensten: list[str]
    van: date
    tot: date | None = None
    drempel_opdrachtgever: int = 5
    drempel_openbaar: int = 10
    drempel_reden: str = ""
    rapportagefrequentie: str = "kwartaal"
    reactietermijn_dagen: int = 28
    publicatieafspraak: str = "deels"
    onafhankelijkheidsclausule_akkoord_op: date | None = None
    hoofdaannemer: str = ""
    onderaannemer: str = ""
    doelgroepafbakening: str = ""
    gebied: str = ""


def opdrachten_of(tenant_id: int) -> QuerySet[Opdracht]:
    """Everything this tenant ever commissioned, the latest first."""
    return Opdracht.objects.filter(tenant_id=tenant_id).order_by(
        F("tot").desc(nulls_first=True), "-van", "id"
    )


def overlapping(opdracht: Opdracht) -> list[Opdracht]:
    """Other opdrachten with one of its diensten in a part of its period."""
    rows = Opdracht.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=opdracht.van),
        tenant_id=opdracht.tenant_id,
        diensten__overlap=opdracht.diensten,
    ).exclude(pk=opdracht.pk)
    if opdracht.tot:
        rows = rows.filter(van__lte=opdracht.tot)
    return list(rows.order_by("van"))


@transaction.atomic
def make_opdracht(*, actor: Wie, tenant_id: int, afspraken: Afspraken) -> Opdracht:
    """A new opdracht. Raises Refused, BeheerFout."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    _check(afspraken)
    opdracht = Opdracht(tenant_id=tenant_id, **_values(afspraken))
    opdracht.save()
    logboek.opdracht_gemaakt(actor, opdracht)
    return opdracht


@transaction.atomic
def change_opdracht(
    *, actor: Wie, tenant_id: int, opdracht_id: UUID, afspraken: Afspraken
) -> Opdracht:
    """Other agreements; what changed is on record. Raises Refused, BeheerFout."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    _check(afspraken)
    opdracht = Opdracht.objects.select_for_update().get(
        tenant_id=tenant_id, pk=opdracht_id
    )
    new = _values(afspraken)
    was = {veld: getattr(opdracht, veld) for veld in new}
    if was == new:
        return opdracht
    _check_thresholds(opdracht, afspraken)
    for veld, waarde in new.items():
        setattr(opdracht, veld, waarde)
    try:
        with transaction.atomic():
            opdracht.save(update_fields=[v for v in new if was[v] != new[v]])
    except IntegrityError as error:
        raise _refused(error) from error
    logboek.opdracht_gewijzigd(actor, opdracht, _differences(was, new))
    return opdracht


def _values(afspraken: Afspraken) -> dict[str, object]:
    return {veld.name: getattr(afspraken, veld.name) for veld in fields(afspraken)}


def _check(afspraken: Afspraken) -> None:
    if not afspraken.diensten or not set(afspraken.diensten) <= set(DIENSTEN):
        raise BeheerFout(_("Kies ten minste één dienst."), "diensten")
    if afspraken.tot and afspraken.tot < afspraken.van:
        raise BeheerFout(_("De opdracht eindigt voordat zij begint."), "tot")
    for veld, least in LAAGSTE.items():
        if getattr(afspraken, veld) < least:
            raise BeheerFout(
                _("Een drempel lager dan %(laagste)s kan niet.") % {"laagste": least},
                veld,
            )


def _check_thresholds(opdracht: Opdracht, afspraken: Afspraken) -> None:
    lower = [
        veld for veld in LAAGSTE if getattr(afspraken, veld) < getattr(opdracht, veld)
    ]
    reason = afspraken.drempel_reden.strip()
    if lower and (not reason or reason == opdracht.drempel_reden):
        raise BeheerFout(
            _(
                "De drempel gaat omlaag: een rapportage toont dan meer. Schrijf op"
                " waarom dat kan."
            ),
            "drempel_reden",
        )


def _refused(error: IntegrityError) -> Exception:
    if "opdracht_drempel_aangeboden" in str(error):
        return BeheerFout(
            _(
                "Er is een rapportage aangeboden die nog niet is vastgesteld. Verlaag"
                " de drempel pas daarna; verhogen kan wel."
            ),
            "drempel_opdrachtgever",
        )
    return error


def _differences(
    was: Mapping[str, object], new: Mapping[str, object]
) -> dict[str, str | int | None]:
    """Field → "old > new" of dates, numbers and codes; of texts only that."""
    found: dict[str, str | int | None] = {}
    for veld, waarde in new.items():
        if was[veld] == waarde:
            continue
        told = veld in GECODEERD
        found[veld] = f"{was[veld] or '–'} > {waarde or '–'}" if told else ""
    return found
