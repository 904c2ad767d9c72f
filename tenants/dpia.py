"""Writing down a DPIA: a new version each time, by the FG (AVG 35).

Guarded by tests/adviespunt/test_register.py; PostgreSQL lets nobody else write or
change one (migration 0013).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tenants import logboek
from tenants.access import Wie
from tenants.models import Dpia
from tenants.roles import Recht


class DpiaError(Exception):
    """What is missing, in words for the writer; ``veld``: of which field."""

    def __init__(self, tekst: str, veld: str | None = None) -> None:
        super().__init__(tekst)
        self.veld = veld


@dataclass(frozen=True, slots=True, kw_only=True)
class Beoordeling:
    """What a DPIA has to hold (AVG 35 lid 7), and what risk is left (AVG 36)."""

    beschrijving: str
    noodzaak: str
    risicos: str
    maatregelen: str
    restrisico: str
    toelichting: str = ""


def dpias_of(tenant_id: int, verwerking: str) -> QuerySet[Dpia]:
    """Every version, newest first; of which the first is in force."""
    rows = Dpia.objects.filter(tenant_id=tenant_id, verwerking=verwerking)
    return rows.select_related("door").order_by("-versie")


def record_dpia(
    *,
    actor: Wie,
    tenant_id: int,
    verwerking: str,
    gelezen: int,
    beoordeling: Beoordeling,
) -> Dpia:
    """A new version, made on version ``gelezen`` (0: the first).

    Raises Refused, DpiaError.
    """
    actor.require(Recht.AVG_BEHANDELEN, tenant_id)
    if beoordeling.restrisico not in Dpia.Restrisico.values:
        raise DpiaError(_("Kies welk risico er overblijft."), "restrisico")
    made = Dpia(
        tenant_id=tenant_id,
        verwerking=verwerking,
        versie=gelezen + 1,
        restrisico=beoordeling.restrisico,
        door_id=actor.user_id,
    )
    for veld in ("beschrijving", "noodzaak", "risicos", "maatregelen"):
        tekst = getattr(beoordeling, veld).strip()
        if not tekst:
            raise DpiaError(_("Vul dit in."), veld)
        setattr(made, veld, tekst)
    made.toelichting = beoordeling.toelichting.strip()
    _store(made)
    logboek.dpia_vastgelegd(actor, made)
    return made


def _store(made: Dpia) -> None:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        if "dpia_versie" not in str(error):
            raise
        raise DpiaError(
            _(
                "Er is intussen een nieuwe versie gemaakt. Lees die eerst en sla dan"
                " opnieuw op."
            )
        ) from error
