"""The doors of oversight: the record of a dossier, requests under the AVG, breaches.

Invariant: as in ``cases.access``, everything that is not allowed is 404. The FG sees of
a kwestie its number and no more; a colleague only what is about a kwestie of hers.

Guarded by tests/cases/test_spoor.py, test_avg.py, test_datalek.py and
tests/isolation/test_url_matrix.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from cases import selectors
from cases.access import has_to_write, is_kept_out, plek_with
from cases.models import AvgVerzoek, Kwestie, Vordering
from cases.selectors.spoor import number_of
from tenants.access import Plek, Wie
from tenants.models import Datalek
from tenants.roles import CASE_RIGHTS, Recht


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a page about the record of one kwestie may know of it."""

    tenant_id: int
    kwestie_id: UUID
    nummer: str
    client_id: UUID | None
    grond: str


def dossier_to_show(wie: Wie, plek: Plek | None, pk: UUID) -> Dossier:
    """The dossier of which she may show who looked in it (S17): her own to write, for
    her client; for the FG any, by its number and no more. Else 404.
    """
    here = plek_with(wie, plek, Recht.KWESTIE_EIGEN, Recht.LOG_INZIEN)
    if Recht.KWESTIE_EIGEN in here.rechten:
        found = selectors.writable_for(wie, here).filter(pk=pk).first()
        if found is not None and not is_kept_out(wie, here, found):
            grond = selectors.grond_of(found)
            return Dossier(here.id, pk, found.nummer, found.client_id, grond)
    if Recht.LOG_INZIEN not in here.rechten:
        raise Http404
    nummer = number_of(wie, here.id, pk)
    if not nummer:
        raise Http404
    return Dossier(here.id, pk, nummer, None, "toezicht")


def reader_of_log(wie: Wie) -> Wie:
    """This person when she may read the record anywhere (the FG); else 404."""
    if not wie.can(Recht.LOG_INZIEN):
        raise Http404
    return wie


def log_tenants(wie: Wie) -> tuple[int, ...]:
    """The tenants of which she may read the record; 404 when there are none."""
    return reader_of_log(wie).with_right(Recht.LOG_INZIEN)


def log_of(wie: Wie, plek: Plek | None) -> Plek:
    """The place in the path when she may read its record; else 404."""
    return plek_with(wie, plek, Recht.LOG_INZIEN)


def avgverzoek_for(wie: Wie, plek: Plek | None, pk: UUID) -> AvgVerzoek:
    """A request about somebody's data, for the FG and who has its kwestie to write;
    one without a kwestie for whoever may find out whose it is. Else 404.
    """
    here = plek_with(wie, plek, Recht.AVG_BEHANDELEN, *map(Recht, CASE_RIGHTS))
    rows = AvgVerzoek.objects.filter(tenant_id=here.id, pk=pk)
    found = rows.select_related("geregistreerd_door", "beslisser").first()
    if found is None:
        raise Http404
    if Recht.AVG_BEHANDELEN in here.rechten:
        return found
    if found.kwestie_id is None:
        is_hers = Recht.KWESTIE_EIGEN in here.rechten
    else:
        is_hers = has_to_write(wie, here, found.kwestie_id)
    if not is_hers:
        raise Http404
    return found


def datalek_for(wie: Wie, plek: Plek | None, pk: UUID) -> Datalek:
    """A breach, for the FG; else 404."""
    here = plek_with(wie, plek, Recht.AVG_BEHANDELEN)
    rows = Datalek.objects.filter(tenant_id=here.id, pk=pk)
    found = rows.select_related("gemeld_door", "beoordelaar").first()
    if found is None:
        raise Http404
    return found


def vordering_of(kwestie: Kwestie, pk: UUID) -> Vordering:
    """An open demand about a kwestie one has already; else 404."""
    rows = Vordering.objects.filter(tenant_id=kwestie.tenant_id, kwestie=kwestie)
    found = rows.filter(pk=pk, afgedaan_op=None).first()
    if found is None:
        raise Http404
    return found
