"""What hangs on one kwestie, in two questions to the database.

The page of a kwestie shows rows of many tables, of most of them a handful. Those come
together in one statement, as JSON, and are put on the kwestie as if they were asked for
one by one; the contacts, of which there can be hundreds, are a question of their own.

Guarded by tests/cases/test_vragen.py and test_onderdelen.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from cases.models import (
    AmbtshalveActie,
    CaseGrant,
    Contactmoment,
    Correctie,
    ExternTraject,
    Kwestie,
    Stap,
    Toestemming,
    Verwijzing,
)
from privacy.fields import Verzegeld
from tenants.models import Medewerker


@dataclass(frozen=True, slots=True)
class Onderdeel:
    """Rows of one table. naam: of the relation on Kwestie. wie: keys to colleagues of
    whom the name is shown.
    """

    naam: str
    model: type[models.Model]
    volgorde: tuple[str, ...]
    wie: tuple[str, ...] = ()


# Whoever shows another table on the page adds it here.
ONDERDELEN = (
    Onderdeel("toestemming_rijen", Toestemming, ("-gegeven_op", "id")),
    Onderdeel("stap_rijen", Stap, ("aangemaakt_op", "id")),
    Onderdeel("ambtshalveactie_rijen", AmbtshalveActie, ("aangemaakt_op", "id")),
    Onderdeel("trajecten", ExternTraject, ("aangemaakt_op", "id")),
    Onderdeel("verwijzingen", Verwijzing, ("aangemaakt_op", "id")),
    Onderdeel("correcties", Correctie, ("aangemaakt_op", "id")),
    Onderdeel("delingen", CaseGrant, ("-tot", "id"), ("medewerker",)),
)


def load_parts(kwestie: Kwestie) -> Kwestie:
    """Put its parts and contacts on the kwestie; nothing when they are there already."""
    there: dict[str, Any] = getattr(kwestie, "_prefetched_objects_cache", {})
    if "contactmomenten" in there:
        return kwestie
    asked = Kwestie.alles.filter(tenant_id=kwestie.tenant_id, pk=kwestie.pk)
    (found,) = asked.values_list(*(_as_json(part) for part in ONDERDELEN))
    for part, rows in zip(ONDERDELEN, found, strict=True):
        _put(kwestie, part.naam, [_row(part, row) for row in rows])
    contacts = (
        Contactmoment.objects.filter(tenant_id=kwestie.tenant_id, kwestie=kwestie)
        .select_related("medewerker")
        .order_by("-datum_tijd", "id")
    )
    _put(kwestie, "contactmomenten", list(contacts))
    return kwestie


def _columns(model: type[models.Model]) -> Sequence[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _as_json(part: Onderdeel) -> ArraySubquery:
    rows = part.model._default_manager.filter(
        tenant_id=OuterRef("tenant_id"), kwestie_id=OuterRef("pk")
    ).order_by(*part.volgorde)
    names = {f"{one}__naam": F(f"{one}__naam") for one in part.wie}
    columns = {name: F(name) for name in _columns(part.model)}
    return ArraySubquery(rows.values(rij=JSONObject(**columns, **names)))


def _row(part: Onderdeel, values: dict[str, Any]) -> models.Model:
    fields = part.model._meta.concrete_fields
    read = [_value(field, values[field.attname]) for field in fields]
    row = part.model.from_db("default", _columns(part.model), read)
    for one in part.wie:
        pk = getattr(row, f"{one}_id")
        known = None if pk is None else Medewerker(pk=pk, naam=values[f"{one}__naam"])
        setattr(row, one, known)
    return row


def _value(field: Any, value: Any) -> Any:
    """As the column itself would give it; a blob comes as hexadecimal text."""
    if isinstance(field, Verzegeld):
        return None if value is None else bytes.fromhex(value.removeprefix("\\x"))
    return field.to_python(value)


def _put(kwestie: Kwestie, naam: str, rows: list[Any]) -> None:
    """As ``prefetch_related`` leaves it, so that ``kwestie.<naam>.all()`` asks nothing."""
    query = getattr(kwestie, naam).get_queryset()
    query._result_cache = rows
    query._prefetch_done = True
    if not hasattr(kwestie, "_prefetched_objects_cache"):
        kwestie._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    kwestie._prefetched_objects_cache[naam] = query  # type: ignore[attr-defined]
