"""Erasure: the rows first, then their keys, so that no copy can be read any more.

Guarded by tests/cases/test_wissen.py.
"""

from __future__ import annotations

from django.db.models import QuerySet

from cases.models import Concept
from privacy.sleutels import destroy


def delete_concepten(tenant_id: int, rows: QuerySet[Concept]) -> int:
    """Delete these drafts of the tenant with their keys; returns how many."""
    mine = rows.filter(tenant_id=tenant_id)
    ids = list(mine.values_list("pk", flat=True))
    gone, _each = mine.filter(pk__in=ids).delete()
    if ids:
        destroy(tenant_id, "concept", ids)
    return gone
