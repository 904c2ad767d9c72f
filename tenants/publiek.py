"""What a visitor reads of a tenant, asked in the database role ``public``.

That role sees active tenants and their established texts only, and no column that a
page does not show (migration 0015), so nothing is filtered away here that it should
not have seen. Guarded by tests/tenants/test_publiek.py.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from tenants.models import (
    Huisstijl,
    Opdracht,
    OpenbaarDocument,
    Publiekepagina,
    Tenant,
)
from tenants.models.beheer import Stand

VAN_EEN_TENANT = ("id", "slug", "naam", "type", "is_fictief", "stijl")
VAN_EEN_PAGINA = ("id", "tenant_id", "versie", "stand", "gewijzigd_op")
VAN_EEN_DOCUMENT = (
    *("id", "tenant_id", "soort", "versie", "stand", "tekst", "geldig_vanaf"),
)
VAN_EEN_STIJL = (
    *("id", "tenant_id", "kleur", "merk"),
    *("logo", "logo_breedte", "logo_hoogte"),
)


def adviespunten(zoek: str = "") -> QuerySet[Tenant]:
    """Active tenants with an established page, by name; ``zoek``: part of the name."""
    page = Publiekepagina.objects.filter(
        tenant_id=OuterRef("pk"), stand=Stand.VASTGESTELD
    )
    found = Tenant.objects.filter(Exists(page)).only(*VAN_EEN_TENANT)
    if zoek:
        found = found.filter(naam__icontains=zoek)
    return found.order_by("naam")


def adviespunt(slug: str) -> Tenant | None:
    """The active tenant with this slug that has an established page."""
    return adviespunten().filter(slug=slug).first()


def versions_of(tenant_id: int) -> QuerySet[Publiekepagina]:
    """Established versions of the page, newest first."""
    return (
        Publiekepagina.objects.filter(tenant_id=tenant_id, stand=Stand.VASTGESTELD)
        .only(*VAN_EEN_PAGINA, *Publiekepagina.TEKSTEN)
        .order_by("-versie")
    )


def documents_of(tenant_id: int, soort: str = "") -> QuerySet[OpenbaarDocument]:
    """Established documents, of each kind the newest first."""
    found = OpenbaarDocument.objects.filter(
        tenant_id=tenant_id, stand=Stand.VASTGESTELD
    )
    if soort:
        found = found.filter(soort=soort)
    return found.only(*VAN_EEN_DOCUMENT).order_by("soort", "-geldig_vanaf", "-versie")


def in_force(tenant_id: int) -> dict[str, OpenbaarDocument]:
    """Of each kind of document the version that holds today, in the fixed order."""
    today = timezone.localdate()
    found: dict[str, OpenbaarDocument] = {}
    for document in documents_of(tenant_id).filter(geldig_vanaf__lte=today):
        found.setdefault(document.soort, document)
    return {s: found[s] for s in OpenbaarDocument.Soort.values if s in found}


def diensten_of(tenant_id: int) -> set[str]:
    """Codes of the diensten that are commissioned today."""
    today = timezone.localdate()
    rows = Opdracht.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=today), tenant_id=tenant_id, van__lte=today
    )
    return {code for codes in rows.values_list("diensten", flat=True) for code in codes}


def look_in_use(tenant: Tenant) -> Huisstijl | None:
    """The look that the tenant uses; None: ours."""
    if not tenant.stijl:
        return None
    rows = Huisstijl.objects.filter(tenant_id=tenant.pk, merk=tenant.stijl)
    return rows.only(*VAN_EEN_STIJL).first()
