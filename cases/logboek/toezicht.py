"""Looking at the record itself."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from cases.logboek.basis import _over, _rol
from cases.selectors.spoor import Vraagstelling
from privacy import audit
from tenants.access import Wie
from tenants.models import InzageNotitie


def wie_keek_getoond(wie: Wie, tenant_id: int, kwestie_id: UUID, grond: str) -> None:
    """Who looked in a dossier was shown, perhaps to be printed."""
    audit.record(
        "wie_keek_getoond",
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="kwestie",
        ids=[kwestie_id],
        grond=grond,
    )


def logboek_ingezien(wie: Wie, vraag: Vraagstelling | None, aantal: int) -> None:
    """The record itself was looked at: by which filters, and how much was shown."""
    _of_log("logboek_ingezien", wie, vraag, aantal)


def logboek_geexporteerd(wie: Wie, vraag: Vraagstelling, aantal: int) -> None:
    _of_log("logboek_geexporteerd", wie, vraag, aantal)


def _of_log(
    gebeurtenis: str, wie: Wie, vraag: Vraagstelling | None, aantal: int
) -> None:
    tenants = vraag.tenants if vraag else ()
    _over(
        gebeurtenis,
        wie,
        tenants,
        "logboek",
        grond="toezicht",
        van=f"{vraag.van}" if vraag else None,
        tot=f"{vraag.tot}" if vraag else None,
        persoon=str(vraag.persoon or "") if vraag else None,
        soort=vraag.soort if vraag else None,
        op_nummer=int(bool(vraag and vraag.nummer)),
        aantal=aantal,
    )


def opvallend_ingezien(wie: Wie, tenants: Sequence[int], aantal: int) -> None:
    """The list of unusual access was shown."""
    _over(
        "opvallend_ingezien", wie, tenants, "logboek", grond="toezicht", aantal=aantal
    )


def opvallend_beoordeeld(wie: Wie, oordeel: InzageNotitie) -> None:
    """The FG wrote down what she made of one finding."""
    audit.record(
        "opvallend_beoordeeld",
        tenant_id=oordeel.tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="logboek",
        ids=[oordeel.pk],
        grond="toezicht",
        extra={"sleutel": oordeel.sleutel},
    )
