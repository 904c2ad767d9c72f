"""Write an audit event in the transaction of the act it records.

Guarded by tests/privacy/test_audit.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from privacy.models import AuditEvent


def record(
    gebeurtenis: str,
    *,
    tenant_id: int | None,
    actor_id: UUID | None,
    rol: str,
    onderwerp: str,
    ids: Iterable[UUID],
    grond: str = "",
    uitkomst: str = "gelukt",
    extra: Mapping[str, str | int | None] | None = None,
) -> None:
    """Add one event. ``extra`` holds codes and counts, never names or free text.

    rol: the kind of account (staff, portal, public, job); grond: why it was allowed.
    One page that shows fifty records is one event with fifty ids.
    """
    AuditEvent(
        tenant_id=tenant_id,
        actor_id=actor_id,
        rol=rol,
        gebeurtenis=gebeurtenis,
        onderwerp=onderwerp,
        onderwerp_ids=list(ids),
        grond=grond,
        uitkomst=uitkomst,
        extra=dict(extra or {}),
    ).save(force_insert=True)
