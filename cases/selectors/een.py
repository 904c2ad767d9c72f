"""One kwestie as its page and its forms begin with it, for who may have it.

The question that is asked most of all, with the most conditions: kept for each shape of
rights (``privacy.voorbereid``). Guarded by tests/cases/test_access.py and
tests/isolation/test_kwestie_matrix.py.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from cases.models import Kwestie
from cases.selectors.loket import from_loket
from cases.selectors.signalen import signalen
from cases.selectors.zicht import Vorm, met_vorm, readable_for, vorm_of, writable_for
from privacy.voorbereid import Voorbereid
from tenants.access import Plek, Wie


def one_kwestie(
    wie: Wie, plek: Plek, pk: UUID, *, write: bool = False
) -> Kwestie | None:
    """With its client, supporter, signals and her ``grond``; None when she may not
    read it, or with ``write`` not change it.
    """
    found = _KWESTIE(write, vorm_of(plek), wie=wie.user_id, tenant=plek.id, pk=pk)
    return found[0] if found else None


def _one(
    write: bool, vorm: Vorm, *, wie: UUID, tenant: int, pk: UUID
) -> QuerySet[Kwestie]:
    somebody, (here,) = met_vorm(wie, [tenant], [vorm])
    rows = (writable_for if write else readable_for)(somebody, here)
    return (
        rows.annotate(signalen=signalen(), via_loket=from_loket())
        .select_related("client", "ondersteuner")
        .filter(pk=pk)
    )


_KWESTIE = Voorbereid(_one)
