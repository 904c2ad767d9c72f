"""What every event of casework says: by whom, about what, on what ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from cases.models import Kwestie
from cases.selectors import Grond, grond_of
from privacy import audit
from tenants.access import Wie


def _rol(wie: Wie) -> str:
    return "staff" if wie.is_medewerker else "portal"


def _about(
    gebeurtenis: str,
    wie: Wie,
    kwestie: Kwestie,
    grond: str = "",
    **extra: str | int | None,
) -> None:
    waarom = grond or grond_of(kwestie) or Grond.TOEGEWEZEN
    is_namens = waarom == Grond.PLAATSVERVANGING
    audit.record(
        gebeurtenis,
        tenant_id=kwestie.tenant_id,
        actor_id=wie.user_id,
        namens=kwestie.ondersteuner_id if is_namens else None,
        rol=_rol(wie),
        onderwerp="kwestie",
        ids=[kwestie.pk],
        grond=waarom,
        extra=extra,
    )


def _over(
    gebeurtenis: str,
    wie: Wie,
    tenants: Sequence[int],
    onderwerp: str,
    ids: Iterable[UUID] = (),
    grond: str = "",
    *,
    noemt: bool = False,
    **extra: str | int | None,
) -> None:
    """About one tenant or more; noemt: which ones stands in ``extra`` too."""
    named = {"tenants": ",".join(map(str, tenants))} if noemt else {}
    audit.record(
        gebeurtenis,
        tenant_id=tenants[0] if len(tenants) == 1 else None,
        tenants=tenants if len(tenants) > 1 else (),
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp=onderwerp,
        ids=dict.fromkeys(ids),
        grond=grond,
        extra={**named, **extra},
    )
