"""What every event of casework says: by whom, about what, on what ground."""

from __future__ import annotations

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
