"""Audit events about what everybody reads, and about slips for clients.

Of slips only how many were made: not which, for whom, or when one was used.
Guarded by tests/tenants/test_publiek.py and test_ervaring.py.
"""

from __future__ import annotations

from privacy import audit
from tenants.models import OpenbaarDocument
from tenants.wie import Wie


def document_bewaard(wie: Wie, document: OpenbaarDocument) -> None:
    _of_document("document_bewaard", wie, document)


def document_vastgesteld(wie: Wie, document: OpenbaarDocument) -> None:
    _of_document("document_vastgesteld", wie, document)


def _of_document(gebeurtenis: str, wie: Wie, document: OpenbaarDocument) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=document.tenant_id,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp="openbaar_document",
        ids=[document.pk],
        grond="beheer",
        extra={"soort": document.soort, "versie": document.versie},
    )


def briefjes_gemaakt(wie: Wie, tenant_id: int, aantal: int) -> None:
    audit.record(
        "briefjes_gemaakt",
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp="ervaring",
        ids=[],
        grond="kwaliteit",
        extra={"aantal": aantal},
    )


def ervaringen_getoond(wie: Wie, tenant_id: int) -> None:
    audit.record(
        "ervaringen_getoond",
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp="ervaring",
        ids=[],
        grond="kwaliteit",
        extra={},
    )
