"""The only way a view gets a report: fetched and authorised in one call, or 404.

Guarded by tests/isolation/test_contact.py and tests/isolation/test_url_matrix.py.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from signalering import selectors
from signalering.models import (
    DEFINITIEF,
    Bestand,
    Onderzoek,
    Onjuistheid,
    Publicatie,
    Publiek,
    Rapportage,
    Signaal,
    Verbeteractie,
)
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
    """The PDF of a version: for a contact only from VASTGESTELD and when she may
    download; else 404.
    """
    rapportage = rapportage_for(wie, plek, pk)
    may = wie.is_medewerker or wie.may(Recht.RAPPORTAGE_DOWNLOADEN, plek.id)
    if not may or not (wie.is_medewerker or rapportage.status in DEFINITIEF):
        raise Http404
    if publiek not in Publiek.values:
        raise Http404
    bestand = selectors.bestanden_of(rapportage).filter(publiek=publiek).first()
    if bestand is None:
        raise Http404
    return rapportage, bestand


def knelpunten_for(wie: Wie, plek: Plek, pk: UUID) -> Rapportage:
    """A report with signals, for who may download it; for a contact only from
    VASTGESTELD on; else 404.
    """
    found = rapportage_for(
        wie, plek, pk, Recht.RAPPORTAGE_LEZEN, Recht.RAPPORTAGE_DOWNLOADEN
    )
    is_ready = wie.is_medewerker or found.status in DEFINITIEF
    if not (is_ready and found.signalen and found.cijfers):
        raise Http404
    return found


def signaal_for(wie: Wie, plek: Plek, pk: UUID, *rechten: Recht) -> Signaal:
    """The signal, when this person may see it and has one of ``rechten`` (if given).

    Raises Http404 for everything else, whatever the reason.
    """
    if rechten and not any(wie.may(recht, plek.id) for recht in rechten):
        raise Http404
    found = selectors.signalen_for(wie).filter(tenant_id=plek.id, pk=pk).first()
    if found is None:
        raise Http404
    return found


def onderzoek_for(wie: Wie, plek: Plek, pk: UUID, *rechten: Recht) -> Onderzoek:
    """The own investigation, when this person may see it and has one of ``rechten``
    (if given); else 404.
    """
    if rechten and not any(wie.may(recht, plek.id) for recht in rechten):
        raise Http404
    found = selectors.onderzoeken_for(wie).filter(tenant_id=plek.id, pk=pk).first()
    if found is None:
        raise Http404
    return found


def actie_for(signaal: Signaal, pk: UUID) -> Verbeteractie:
    """A promise about this signal; else 404."""
    found = selectors.acties_of(signaal).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def onjuistheid_for(rapportage: Rapportage, pk: UUID) -> Onjuistheid:
    """A mistake of fact that was pointed out in this report; else 404."""
    found = selectors.onjuistheden_of(rapportage).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def publicatie_for(pk: UUID) -> Publicatie:
    """A publication, also the tombstone of a withdrawn one; else 404."""
    publicatie = selectors.publicatie_by_id(pk)
    if publicatie is None:
        raise Http404
    return publicatie
