"""Audit events of administration: ids, codes and numbers, never texts.

Guarded by tests/tenants/test_beheer.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from privacy import audit
from tenants.models import (
    EigenWaarde,
    Huisstijl,
    Opdracht,
    Publiekepagina,
    TenantInstelling,
)
from tenants.wie import Wie

# Subjects of these events; the page of what happened to a tenant shows them.
ONDERWERPEN = (
    *("opdrachtgever", "opdracht", "huisstijl", "publieke_pagina", "lijst"),
    *("instelling", "openbaar_document"),
)
Extra = Mapping[str, str | int | None]


def _record(
    gebeurtenis: str,
    wie: Wie,
    tenant_id: int,
    onderwerp: str,
    ids: Iterable[UUID] = (),
    extra: Extra | None = None,
) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp=onderwerp,
        ids=ids,
        grond="beheer",
        extra=extra or {},
    )


def opdrachtgever_gemaakt(wie: Wie, tenant_id: int, soort: str) -> None:
    _record(
        "opdrachtgever_gemaakt",
        wie,
        tenant_id,
        "opdrachtgever",
        extra={"type": soort},
    )


def opdrachtgever_gewijzigd(wie: Wie, tenant_id: int, velden: Iterable[str]) -> None:
    _record(
        "opdrachtgever_gewijzigd",
        wie,
        tenant_id,
        "opdrachtgever",
        extra={"velden": ",".join(velden)},
    )


def opdrachtgever_stand(wie: Wie, tenant_id: int, van: str, naar: str) -> None:
    _record(
        "opdrachtgever_stand",
        wie,
        tenant_id,
        "opdrachtgever",
        extra={"van": van, "naar": naar},
    )


def opdracht_gemaakt(wie: Wie, opdracht: Opdracht) -> None:
    _record(
        "opdracht_gemaakt",
        wie,
        opdracht.tenant_id,
        "opdracht",
        [opdracht.pk],
        {"diensten": ",".join(opdracht.diensten)},
    )


def opdracht_gewijzigd(wie: Wie, opdracht: Opdracht, was: Extra) -> None:
    """``was``: of each field that changed its old and new value, or '' for a text."""
    _record(
        "opdracht_gewijzigd", wie, opdracht.tenant_id, "opdracht", [opdracht.pk], was
    )


def huisstijl_gemaakt(wie: Wie, stijl: Huisstijl) -> None:
    _record(
        "huisstijl_gemaakt",
        wie,
        stijl.tenant_id,
        "huisstijl",
        [stijl.pk],
        {"kleur": stijl.kleur, "logo": int(stijl.logo is not None)},
    )


def huisstijl_gebruikt(wie: Wie, tenant_id: int, merk: str) -> None:
    """From now on this look is used; '' for our own again."""
    _record("huisstijl_gebruikt", wie, tenant_id, "huisstijl", extra={"merk": merk})


def pagina_bewaard(wie: Wie, pagina: Publiekepagina) -> None:
    _record(
        "pagina_bewaard",
        wie,
        pagina.tenant_id,
        "publieke_pagina",
        [pagina.pk],
        {"versie": pagina.versie},
    )


def pagina_vastgesteld(wie: Wie, pagina: Publiekepagina) -> None:
    _record(
        "pagina_vastgesteld",
        wie,
        pagina.tenant_id,
        "publieke_pagina",
        [pagina.pk],
        {"versie": pagina.versie},
    )


def waarde_toegevoegd(wie: Wie, waarde: EigenWaarde) -> None:
    _of_value("waarde_toegevoegd", wie, waarde)


def waarde_hernoemd(wie: Wie, waarde: EigenWaarde) -> None:
    _of_value("waarde_hernoemd", wie, waarde)


def waarde_uit_gebruik(wie: Wie, waarde: EigenWaarde) -> None:
    _of_value("waarde_uit_gebruik", wie, waarde)


def waarde_weer_in_gebruik(wie: Wie, waarde: EigenWaarde) -> None:
    _of_value("waarde_weer_in_gebruik", wie, waarde)


def _of_value(gebeurtenis: str, wie: Wie, waarde: EigenWaarde) -> None:
    _record(
        gebeurtenis,
        wie,
        waarde.tenant_id,
        "lijst",
        [waarde.pk],
        {"lijst": waarde.lijst, "code": waarde.code},
    )


def instelling_gewijzigd(wie: Wie, instelling: TenantInstelling) -> None:
    _record(
        "instelling_gewijzigd",
        wie,
        instelling.tenant_id,
        "instelling",
        [instelling.pk],
        {
            "reactienorm": instelling.reactienorm,
            "standaarddienst": instelling.standaarddienst,
        },
    )


def gemeenten_ingelezen(wie: Wie, nieuw: int, gewijzigd: int, vervallen: int) -> None:
    """The list of gemeenten belongs to no tenant: of everything she administers."""
    audit.record(
        "gemeenten_ingelezen",
        tenant_id=None,
        tenants=wie.plekken,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp="gemeenten",
        ids=[],
        grond="beheer",
        extra={"nieuw": nieuw, "gewijzigd": gewijzigd, "vervallen": vervallen},
    )


def geschiedenis_getoond(wie: Wie, tenant_id: int, aantal: int) -> None:
    _record(
        "geschiedenis_getoond",
        wie,
        tenant_id,
        "opdrachtgever",
        extra={"aantal": aantal},
    )
