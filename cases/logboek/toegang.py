"""Who has a kwestie: handed over, shared, stood in for."""

from __future__ import annotations

from uuid import UUID

from cases.logboek.basis import _about, _rol
from cases.models import CaseGrant, Kwestie, Overdracht, Plaatsvervanging
from privacy import audit
from tenants.access import Wie


def kwestie_overgedragen(
    wie: Wie, kwestie: Kwestie, overdracht: Overdracht, grond: str = ""
) -> None:
    """Both people are kept: whose it was and whose it is ('' is the queue)."""
    _about(
        "kwestie_overgedragen",
        wie,
        kwestie,
        grond,
        van=str(overdracht.van_id or ""),
        naar=str(overdracht.naar_id or ""),
        reden=overdracht.reden,
    )


def kwestie_gedeeld(wie: Wie, kwestie: Kwestie, deling: CaseGrant) -> None:
    _about(
        "kwestie_gedeeld",
        wie,
        kwestie,
        met=str(deling.medewerker_id),
        niveau=deling.niveau,
        reden=deling.reden,
        tot=f"{deling.tot}",
    )


def delen_gestopt(wie: Wie, kwestie: Kwestie, deling: CaseGrant) -> None:
    _about("kwestie_delen_gestopt", wie, kwestie, met=str(deling.medewerker_id))


def _about_vervanging(
    gebeurtenis: str, wie: Wie, vervanging: Plaatsvervanging, **extra: str
) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=vervanging.tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="plaatsvervanging",
        ids=[vervanging.pk],
        grond="team",
        extra={
            "afwezige": str(vervanging.afwezige_id),
            "vervanger": str(vervanging.vervanger_id),
            **extra,
        },
    )


def plaatsvervanging_gemaakt(wie: Wie, vervanging: Plaatsvervanging) -> None:
    _about_vervanging(
        "plaatsvervanging_gemaakt",
        wie,
        vervanging,
        van=f"{vervanging.van}",
        tot=f"{vervanging.tot}",
    )


def plaatsvervanging_beeindigd(wie: Wie, vervanging: Plaatsvervanging) -> None:
    _about_vervanging("plaatsvervanging_beeindigd", wie, vervanging)


def medewerker_ontheven(
    wie: Wie, tenant_id: int, medewerker_id: UUID, *, reden: str, kwesties: int
) -> None:
    """Her roles here ended; ``kwesties``: how many went to somebody else."""
    audit.record(
        "medewerker_ontheven",
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="medewerker",
        ids=[medewerker_id],
        grond="beheer",
        extra={"reden": reden, "kwesties": kwesties},
    )
