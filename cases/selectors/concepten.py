"""Questions about what somebody has not sent yet, and about her own filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import BewaardFilter, Concept, Contactmoment, Kwestie, Verwijzing
from cases.selectors.zicht import Vorm, met_vorm, plekken_for, vorm_of, writable_rows
from privacy.voorbereid import Voorbereid
from tenants.access import Plek, Wie

MOST_CONCEPTEN = 20
MOST_NAMES = 100


def _unsent(wie: Wie, plekken: Sequence[Plek]) -> QuerySet[Concept]:
    """Her drafts here about what she may still change, of which nothing came yet."""
    about_hers = Q(kwestie__isnull=True)
    for plek in plekken:
        # Asked of each draft: there are few of those, and of kwesties a tenant full.
        hers = writable_rows(wie, plek).filter(pk=OuterRef("kwestie_id"))
        about_hers |= Q(Exists(hers), tenant_id=plek.id)
    same = {"tenant_id": OuterRef("tenant_id"), "pk": OuterRef("pk")}
    return (
        Concept.objects.filter(
            about_hers,
            tenant_id__in=[plek.id for plek in plekken],
            medewerker_id=wie.user_id,
        )
        .exclude(Exists(Kwestie.alles.filter(**same)))
        .exclude(Exists(Contactmoment.alles.filter(**same)))
    )


def concepten_of(wie: Wie) -> list[Concept]:
    """Her drafts everywhere, the last one first, each with the kwestie it is about."""
    plekken = plekken_for(wie)
    return _CONCEPTEN(
        tuple(vorm_of(plek) for plek in plekken),
        wie=wie.user_id,
        tenants=tuple(plek.id for plek in plekken),
    )


def _everywhere(
    vormen: Sequence[Vorm], *, wie: UUID, tenants: Sequence[int]
) -> QuerySet[Concept]:
    rows = _unsent(*met_vorm(wie, tenants, vormen)).select_related("kwestie")
    return rows.order_by("-bewaard_op", "id")[:MOST_CONCEPTEN]


_CONCEPTEN = Voorbereid(_everywhere)


def last_concept(
    wie: Wie, plek: Plek, soort: str, kwestie_id: UUID | None, pk: UUID | None
) -> Concept | None:
    """Her draft ``pk`` of this form, or without ``pk`` the last one; None: no such."""
    found = _CONCEPT(
        vorm_of(plek),
        wie=wie.user_id,
        tenant=plek.id,
        soort=str(soort),
        kwestie_id=kwestie_id,
        pk=pk,
    )
    return found[0] if found else None


def _of_form(
    vorm: Vorm,
    *,
    wie: UUID,
    tenant: int,
    soort: str,
    kwestie_id: UUID | None,
    pk: UUID | None,
) -> QuerySet[Concept]:
    about: dict[str, Any] = (
        {"kwestie__isnull": True} if kwestie_id is None else {"kwestie_id": kwestie_id}
    )
    rows = _unsent(*met_vorm(wie, [tenant], [vorm])).filter(soort=soort, **about)
    if pk is not None:
        rows = rows.filter(pk=pk)
    return rows.order_by("-bewaard_op", "id")[:1]


_CONCEPT = Voorbereid(_of_form)


def filters_of(wie: Wie) -> list[BewaardFilter]:
    """Her saved filters, by name."""
    tenants = tuple(plek.id for plek in plekken_for(wie))
    return _FILTERS(wie=wie.user_id, tenants=tenants)


def _filters(*, wie: UUID, tenants: Sequence[int]) -> QuerySet[BewaardFilter]:
    rows = BewaardFilter.objects.filter(tenant_id__in=tenants, medewerker_id=wie)
    return rows.order_by("naam", "id")


_FILTERS = Voorbereid(_filters)


def typed_organisations(wie: Wie, plek: Plek) -> list[str]:
    """Organisations to which she referred before here, to be typed again; by name."""
    hers = writable_rows(wie, plek).values("pk")
    rows = Verwijzing.objects.filter(tenant_id=plek.id, kwestie_id__in=hers)
    names = rows.exclude(organisatie="").order_by("organisatie")
    return list(names.values_list("organisatie", flat=True).distinct()[:MOST_NAMES])
