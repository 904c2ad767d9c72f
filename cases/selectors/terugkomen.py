"""Which kwesties are of one anonymous person who came back."""

from __future__ import annotations

from cases.models import Kwestie
from tenants.models import Terugkomst


def has_code(kwestie: Kwestie) -> bool:
    """Whether the caller of this kwestie has a return code."""
    return Terugkomst.objects.filter(
        tenant_id=kwestie.tenant_id, kwestie_id=kwestie.pk
    ).exists()
