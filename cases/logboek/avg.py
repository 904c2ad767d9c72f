"""Audit events of the AVG desk. An event holds ids and codes, never a text.

Guarded by tests/cases/test_avg.py.
"""

from __future__ import annotations

from uuid import UUID

from cases.models import AvgVerzoek, Vordering
from privacy import audit
from tenants.access import Wie
from tenants.models import Datalek


def _verzoek(gebeurtenis: str, wie: Wie, row: AvgVerzoek, **extra: str) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=row.tenant_id,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp="avgverzoek",
        ids=[row.pk, *([row.kwestie_id] if row.kwestie_id else [])],
        grond="avg",
        extra={"soort": row.soort, "stand": row.stand, **extra},
    )


def verzoek_ontvangen(wie: Wie, row: AvgVerzoek) -> None:
    _verzoek("avg_verzoek_ontvangen", wie, row)


def verzoek_ingezien(wie: Wie, row: AvgVerzoek) -> None:
    _verzoek("avg_verzoek_ingezien", wie, row)


def verzoek_verder(wie: Wie, row: AvgVerzoek) -> None:
    """It went a step further; to which state is in the event."""
    _verzoek("avg_verzoek_stap", wie, row)


def verzoek_gekoppeld(wie: Wie, row: AvgVerzoek) -> None:
    _verzoek("avg_verzoek_gekoppeld", wie, row)


def avg_export(
    wie: Wie, row: AvgVerzoek, client_id: UUID, weggelaten: int, gezwart: int
) -> None:
    """All that is held on a client left the product as a file."""
    _verzoek(
        "avg_export",
        wie,
        row,
        client=str(client_id),
        weggelaten=str(weggelaten),
        gezwart=str(gezwart),
    )


def avg_log_export(wie: Wie, row: AvgVerzoek, zonder_naam: int) -> None:
    """The list of who looked at a client left the product as a file."""
    _verzoek("avg_log_export", wie, row, zonder_naam=str(zonder_naam))


def avg_nagekeken(wie: Wie, row: AvgVerzoek) -> None:
    """Every text about the client was shown, to see what must be left out."""
    _verzoek("avg_nagekeken", wie, row)


def verzoeken_bekeken(wie: Wie, tenant_id: int, ids: list[UUID]) -> None:
    audit.record(
        "avg_verzoeken_bekeken",
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp="avgverzoek",
        ids=ids,
        grond="avg",
    )


def vordering(gebeurtenis: str, wie: Wie, row: Vordering) -> None:
    audit.record(
        f"vordering_{gebeurtenis}",
        tenant_id=row.tenant_id,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp="kwestie",
        ids=[row.kwestie_id],
        grond="vordering",
        extra={"vordering": str(row.pk)},
    )


def datalek(gebeurtenis: str, wie: Wie, row: Datalek) -> None:
    audit.record(
        f"datalek_{gebeurtenis}",
        tenant_id=row.tenant_id,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp="datalek",
        ids=[row.pk],
        grond="avg",
        extra={"stand": row.stand},
    )
