"""Who sees which kwesties: decided here, once.

Invariant: a supporter sees her own kwesties, a teamleider those of the team, and of a
kwestie that is STRIKT and of a colleague only that it is there. A volunteer never sees
STRIKT (model.md §2.7). Guarded by tests/cases/test_access.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from cases.models import Kwestie
from tenants.access import Plek, Wie
from tenants.roles import CASE_RIGHTS, ROLLEN, Recht

VRIJWILLIGER = "VRIJWILLIGER"
ROLLEN_MET_KWESTIES = tuple(
    rol.code for rol in ROLLEN.values() if Recht.KWESTIE_EIGEN in rol.rechten
)


def is_vrijwilliger(plek: Plek) -> bool:
    """True when the only role with kwesties here is that of a volunteer."""
    return not set(plek.rollen) & set(ROLLEN_MET_KWESTIES) - {VRIJWILLIGER}


def own_in(wie: Wie, plekken: Sequence[Plek]) -> Q:
    """Condition on kwesties of these tenants that are this person's own."""
    here = [plek for plek in plekken if Recht.KWESTIE_EIGEN in plek.rechten]
    own = Q(tenant_id__in=[plek.id for plek in here], ondersteuner_id=wie.user_id)
    informal = [plek.id for plek in here if is_vrijwilliger(plek)]
    if informal:
        own &= ~Q(tenant_id__in=informal, vertrouwelijkheid="STRIKT")
    return own


def rows_for(wie: Wie, plek: Plek) -> QuerySet[Kwestie]:
    """Kwesties of which this person knows that they are there."""
    rows = Kwestie.objects.filter(tenant_id=plek.id)
    if Recht.KWESTIE_TEAM in plek.rechten:
        return rows
    return rows.filter(own_in(wie, [plek]))


def readable_for(wie: Wie, plek: Plek) -> QuerySet[Kwestie]:
    """Kwesties that this person may open."""
    rows = rows_for(wie, plek)
    if Recht.KWESTIE_TEAM in plek.rechten:
        return rows.filter(Q(vertrouwelijkheid="NORM") | own_in(wie, [plek]))
    return rows


def writable_for(wie: Wie, plek: Plek) -> QuerySet[Kwestie]:
    """Kwesties that this person may change: her own."""
    return Kwestie.objects.filter(own_in(wie, [plek]), tenant_id=plek.id)


def plekken_for(wie: Wie) -> list[Plek]:
    """The places where this person works on kwesties, by name."""
    plekken = (p for p in wie.plekken.values() if p.rechten & CASE_RIGHTS)
    return sorted(plekken, key=lambda plek: plek.naam)


def plekken_to_register(wie: Wie) -> list[Plek]:
    """The places for which this person may register kwesties, by name."""
    here = wie.with_right(Recht.KWESTIE_REGISTREREN)
    return sorted((wie.plekken[t] for t in here), key=lambda plek: plek.naam)
