"""Thrown away, put back, undone, destroyed."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from cases.logboek.basis import _about, _over
from cases.models import Handeling, Kwestie, Prullenbak
from privacy import audit
from tenants.access import Wie


def weggegooid(wie: Wie, kwestie: Kwestie, prullenbak: Prullenbak) -> None:
    """Something of a kwestie, or the kwestie itself, went into the prullenbak."""
    _about(
        "weggegooid",
        wie,
        kwestie,
        soort=prullenbak.soort,
        ding=str(prullenbak.ding),
        is_gerapporteerd=int(prullenbak.is_gerapporteerd),
    )


def teruggezet(wie: Wie, kwestie: Kwestie, prullenbak: Prullenbak) -> None:
    """Out of the prullenbak again."""
    _about(
        "teruggezet",
        wie,
        kwestie,
        soort=prullenbak.soort,
        ding=str(prullenbak.ding),
    )


def handeling_ongedaan(wie: Wie, handeling: Handeling) -> None:
    """What was done a moment ago was undone."""
    _about(
        "handeling_ongedaan",
        wie,
        handeling.kwestie,
        van=handeling.naar,
        naar=handeling.van,
        gemaakt=len(handeling.gemaakt),
    )


def prullenbak_getoond(
    wie: Wie, kwesties: Iterable[UUID], tenants: Iterable[int], afgeschermd: int
) -> None:
    """Somebody saw the prullenbak; of ``afgeschermd`` rows no content."""
    ids = sorted(set(tenants))
    _over(
        "prullenbak_getoond",
        wie,
        ids,
        "kwestie",
        kwesties,
        noemt=True,
        afgeschermd=afgeschermd,
    )


def prullenbak_vernietigd(
    tenant_id: int, kwesties: Iterable[UUID], **aantallen: int
) -> None:
    """What stood in the prullenbak for thirty days is gone for good."""
    audit.record(
        "prullenbak_vernietigd",
        tenant_id=tenant_id,
        actor_id=None,
        rol="job",
        onderwerp="kwestie",
        ids=kwesties,
        grond="bewaartermijn",
        extra=aantallen,
    )
