"""Are the keys there of what is sealed? After a restore they may not be.

Invariant: a database with texts and without their keys is noticed before anybody works
on it: a new text would get a new key, and nobody would see that the old ones are lost.
Guarded by tests/adviespunt/test_reservekopie.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from privacy.fields import GEWIST, Verzegelbaar, holder_column, sealed_columns
from privacy.models import Sleutel, Tenantsleutel
from tenants.models import Tenant
from tenants.scope import Scope, acting_as


def sealed_models() -> Iterator[type[Verzegelbaar]]:
    """Every model with sealed texts of which the system may read the rows."""
    for model in apps.get_models():
        if issubclass(model, Verzegelbaar) and not model._meta.abstract:
            yield model


def _sealed(model: type[Verzegelbaar], tenants: tuple[int, ...]) -> QuerySet[Any]:
    """Rows that hold a text, not only the mark of one that was erased."""
    has_text = Q(pk__in=[])
    for column in sealed_columns(model):
        has_text |= Q(**{f"{column}__isnull": False}) & ~Q(**{column: GEWIST})
    rows: QuerySet[Any] = model._base_manager.all()
    return rows.filter(has_text, tenant_id__in=tenants)


def _reading(tenants: tuple[int, ...]) -> Scope:
    return Scope("staff", None, tenants, None, tenants)


def _places() -> dict[int, str]:
    with acting_as(Scope("dispatch")):
        return dict(Tenant.objects.order_by("slug").values_list("id", "slug"))


def without_tenant_key() -> list[str]:
    """Slugs of tenants with a sealed text and without any key of their own.

    One question when every tenant has its key.
    """
    places = _places()
    everywhere = tuple(places)
    with acting_as(_reading(everywhere)):
        keyed = set(Tenantsleutel.objects.values_list("tenant_id", flat=True))
        bare = tuple(pk for pk in everywhere if pk not in keyed)
        lost: set[int] = set()
        for model in sealed_models() if bare else ():
            rows: QuerySet[Any] = _sealed(model, bare).order_by()
            lost.update(rows.values_list("tenant_id", flat=True).distinct())
    return [slug for pk, slug in places.items() if pk in lost]


def lost_texts() -> dict[str, int]:
    """Per tenant how many rows hold a text whose key is not there; for ``doctor``."""
    found: dict[str, int] = {}
    for pk, slug in _places().items():
        with acting_as(_reading((pk,))):
            lost = sum(_without_key(model, pk).count() for model in sealed_models())
        if lost:
            found[slug] = lost
    return found


def _without_key(model: type[Verzegelbaar], tenant_id: int) -> QuerySet[Any]:
    keys = Sleutel.objects.filter(
        tenant_id=tenant_id,
        soort=model.sleutel_van,
        van=OuterRef(holder_column(model)),
    )
    return _sealed(model, (tenant_id,)).filter(~Exists(keys))
