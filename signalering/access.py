"""The only way a view gets a report: fetched and authorised in one call, or 404.

Guarded by tests/signalering/test_access.py and tests/isolation/test_url_matrix.py.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from signalering import selectors
from signalering.models import DEFINITIEF, Bestand, Publicatie, Publiek, Rapportage
from tenants.access import Plek, Wie
from tenants.roles import Recht


def rapportage_for(wie: Wie, plek: Plek, pk: UUID, *rechten: Recht) -> Rapportage:
    """The report, when this person may see it and has one of ``rechten`` (if given).

    Raises Http404 for everything else, whatever the reason.
    """
    if rechten and not any(wie.may(recht, plek.id) for recht in rechten):
        raise Http404
    found = selectors.rapportages_for(wie).defer(None).filter(tenant_id=plek.id, pk=pk)
    rapportage = found.first()
    if rapportage is None:
        raise Http404
    return rapportage


def bestand_for(
    wie: Wie, plek: Plek, pk: UUID, publiek: str
) -> tuple[Rapportage, Bestand]:
    """The PDF of a version: for a contact only from VASTGESTELD, else 404."""
    rapportage = rapportage_for(wie, plek, pk)
    if not wie.is_medewerker and rapportage.status not in DEFINITIEF:
        raise Http404
    if publiek not in Publiek.values:
        raise Http404
    bestand = selectors.bestanden_of(rapportage).filter(publiek=publiek).first()
    if bestand is None:
        raise Http404
    return rapportage, bestand


def publicatie_for(pk: UUID) -> Publicatie:
    """A publication, also the tombstone of a withdrawn one; else 404."""
    publicatie = selectors.publicatie_by_id(pk)
    if publicatie is None:
        raise Http404
    return publicatie
