"""The social chart and the table of functions: nothing about a client."""

from __future__ import annotations

from collections.abc import Iterable

from cases.logboek.basis import _rol
from privacy import audit
from tenants.access import Wie
from tenants.models import FunctieScope, Organisatie


def organisatie_bewaard(wie: Wie, row: Organisatie, velden: Iterable[str]) -> None:
    """A new one, or these fields changed; what they say is in its versions."""
    _kaart("organisatie_bewaard", wie, row, versie=row.versie, velden=",".join(velden))


def organisatie_nagekeken(wie: Wie, row: Organisatie) -> None:
    _kaart("organisatie_nagekeken", wie, row, versie=row.versie)


def functie_toegevoegd(wie: Wie, row: FunctieScope) -> None:
    _kaart("functie_toegevoegd", wie, row, wet=row.wet, bereik=row.bereik)


def functie_beeindigd(wie: Wie, row: FunctieScope) -> None:
    _kaart("functie_beeindigd", wie, row)


def _kaart(
    gebeurtenis: str, wie: Wie, row: Organisatie | FunctieScope, **extra: str | int
) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=row.tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="organisatie" if isinstance(row, Organisatie) else "functie",
        ids=[row.pk],
        grond="",
        extra=extra,
    )
