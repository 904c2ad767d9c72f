"""What is recorded of the ground floor: one named function per event.

Guarded by tests/tenants/test_sleutels.py.
"""

from __future__ import annotations

from privacy import audit


def sleutels_vernieuwd(tenant_id: int, welke: str, aantal: int) -> None:
    """Keys of a tenant were wrapped again (by ``manage.py sleutels``)."""
    audit.record(
        "sleutels_vernieuwd",
        tenant_id=tenant_id,
        actor_id=None,
        rol="staff",
        onderwerp="sleutel",
        ids=[],
        extra={"welke": welke, "aantal": aantal},
    )
