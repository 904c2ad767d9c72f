"""The life of a kwestie as a table (model.md §2.4).

The same arrows are in PostgreSQL (migration 0007, function kwestie_overgang); a test
compares the two. Guards beyond the arrow are in ``cases.services``.

Guarded by tests/cases/test_lifecycle.py.
"""

from __future__ import annotations

from cases.models import Status

OVERGANGEN: frozenset[tuple[str, str]] = frozenset(
    {
        (Status.NIEUW, Status.TOEGEWEZEN),
        (Status.NIEUW, Status.AFGEROND),
        (Status.NIEUW, Status.DOORGELEID),
        (Status.TOEGEWEZEN, Status.IN_ONDERSTEUNING),
        # A question or report that is answered before support starts.
        (Status.TOEGEWEZEN, Status.AFGEROND),
        # Registering assigns at once, so the wrong tenant is seen here too.
        (Status.TOEGEWEZEN, Status.DOORGELEID),
        (Status.IN_ONDERSTEUNING, Status.WACHT_CLIENT),
        (Status.IN_ONDERSTEUNING, Status.WACHT_DERDEN),
        (Status.WACHT_CLIENT, Status.IN_ONDERSTEUNING),
        (Status.WACHT_DERDEN, Status.IN_ONDERSTEUNING),
        (Status.IN_ONDERSTEUNING, Status.AFGEROND),
        (Status.WACHT_CLIENT, Status.AFGEROND),
        (Status.WACHT_DERDEN, Status.AFGEROND),
        (Status.AFGEROND, Status.HEROPEND),
        (Status.HEROPEND, Status.IN_ONDERSTEUNING),
        (Status.AFGEROND, Status.GEANONIMISEERD),
        (Status.GEANONIMISEERD, Status.VERNIETIGD),
    }
)


def allows(van: str, naar: str) -> bool:
    """True when a kwestie may go from status ``van`` to status ``naar``."""
    return (van, naar) in OVERGANGEN
