"""The doors to one kwestie: fetch it and ask whether this person may have it.

Invariant: everything that is not allowed is 404, so nobody learns that a kwestie
exists. Changing is for its own supporter; the teamleider reads and assigns.

Guarded by tests/cases/test_access.py and tests/isolation/test_url_matrix.py.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from cases import selectors
from cases.models import Kwestie
from tenants.access import Plek, Wie
from tenants.roles import Recht


def plek_with(wie: Wie, plek: Plek | None, *rechten: Recht) -> Plek:
    """The place in the path when she has one of ``rechten`` there; else 404."""
    if plek is None or not any(wie.may(recht, plek.id) for recht in rechten):
        raise Http404
    return plek


def caseworker(wie: Wie) -> Wie:
    """This person when she works on kwesties anywhere; else 404."""
    if not wie.can(Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM):
        raise Http404
    return wie


def _one(rows: QuerySet[Kwestie], pk: UUID) -> Kwestie:
    kwestie = rows.select_related("client", "ondersteuner").filter(pk=pk).first()
    if kwestie is None:
        raise Http404
    return kwestie


def kwestie_for(
    wie: Wie, plek: Plek | None, pk: UUID, *, write: bool = False
) -> Kwestie:
    """The kwestie, with its client and supporter, to read or to change; else 404."""
    here = plek_with(wie, plek, Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM)
    rows = selectors.writable_for if write else selectors.readable_for
    return _one(rows(wie, here), pk)


def kwestie_to_assign(wie: Wie, plek: Plek | None, pk: UUID) -> Kwestie:
    """The kwestie for the teamleider who decides whose it is; else 404."""
    here = plek_with(wie, plek, Recht.KWESTIE_TEAM)
    return _one(selectors.readable_for(wie, here), pk)
