"""What hangs on one kwestie, in two questions to the database.

The page of a kwestie shows rows of many tables, of most of them a handful. Those come
together in one statement, as JSON, and are put on the kwestie as if they were asked for
one by one; the contacts, of which there can be hundreds, are a question of their own,
for no more of them than are shown. What those hundreds add up to comes with the parts.

Guarded by tests/cases/test_vragen.py and test_onderdelen.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from cases.models import (
    Agendapunt,
    AmbtshalveActie,
    Bijlage,
    Brief,
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
from privacy.voorbereid import Voorbereid
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


TELLING = "_contacten"
# Whoever shows another table on the page adds it here.
ONDERDELEN = (
    Onderdeel("toestemming_rijen", Toestemming, ("-gegeven_op", "id")),
    Onderdeel("stap_rijen", Stap, ("aangemaakt_op", "id")),
    Onderdeel("ambtshalveactie_rijen", AmbtshalveActie, ("aangemaakt_op", "id")),
    Onderdeel("trajecten", ExternTraject, ("aangemaakt_op", "id")),
    Onderdeel("verwijzingen", Verwijzing, ("aangemaakt_op", "id")),
    Onderdeel("correcties", Correctie, ("aangemaakt_op", "id")),
    Onderdeel("bijlage_rijen", Bijlage, ("aangemaakt_op", "id"), ("toegevoegd_door",)),
    Onderdeel("brief_rijen", Brief, ("aangemaakt_op", "id"), ("opgesteld_door",)),
    Onderdeel("agendapunt_rijen", Agendapunt, ("dag", "van", "id"), ("gedaan_door",)),
    Onderdeel("delingen", CaseGrant, ("-tot", "id"), ("medewerker",)),
)


@dataclass(frozen=True, slots=True)
class Contacten:
    """How many contacts a kwestie has; gebruik: the consent of each that needed one."""

    aantal: int
    gebruik: tuple[UUID, ...]


def load_parts(kwestie: Kwestie) -> Kwestie:
    """Put its parts on the kwestie, and what its contacts add up to; nothing when they
    are there already.
    """
    if TELLING in kwestie.__dict__:
        return kwestie
    asked = _PARTS(tenant=kwestie.tenant_id, pk=kwestie.pk)
    ((aantal, gebruik, *found),) = asked
    for part, rows in zip(ONDERDELEN, found, strict=True):
        _put(kwestie, part.naam, [_row(part, row) for row in rows])
    kwestie.__dict__[TELLING] = Contacten(aantal or 0, tuple(gebruik))
    return kwestie


def contacten_in(kwestie: Kwestie) -> Contacten:
    """What the contacts of this kwestie add up to."""
    found: Contacten = load_parts(kwestie).__dict__[TELLING]
    return found


def contacts_of(kwestie: Kwestie, most: int | None = None) -> list[Contactmoment]:
    """Its contacts, newest first, each with the name of whom it was with us (``door``);
    the newest ``most`` of them, or all.
    """
    shape = "" if most is None else str(most)
    return _CONTACTEN(shape, tenant=kwestie.tenant_id, pk=kwestie.pk)


def _contacts(most: str, *, tenant: int, pk: UUID) -> QuerySet[Contactmoment]:
    rows = Contactmoment.objects.filter(tenant_id=tenant, kwestie_id=pk)
    newest = rows.annotate(door=F("medewerker__naam")).order_by("-datum_tijd", "id")
    return newest[: int(most)] if most else newest


_CONTACTEN = Voorbereid(_contacts)


def contacts_at(
    kwestie: Kwestie, known: Sequence[Contactmoment], ids: set[UUID | None]
) -> dict[UUID | None, Contactmoment]:
    """The contacts with these ids; a question only when one is not ``known`` yet."""
    found: dict[UUID | None, Contactmoment] = {c.pk: c for c in known if c.pk in ids}
    more = [one for one in ids if one is not None and one not in found]
    if more:
        rows = Contactmoment.objects.filter(tenant_id=kwestie.tenant_id, pk__in=more)
        found.update({contact.pk: contact for contact in rows})
    return found


def _parts(*, tenant: int, pk: UUID) -> QuerySet[Kwestie, tuple[Any, ...]]:
    """The question of ``load_parts``."""
    contacts = Contactmoment.objects.filter(
        tenant_id=OuterRef("tenant_id"), kwestie_id=OuterRef("pk")
    ).order_by()
    counted = contacts.values("tenant_id").annotate(aantal=Count("pk"))
    used = contacts.filter(toestemming_id__isnull=False)
    return Kwestie.alles.filter(tenant_id=tenant, pk=pk).values_list(
        Subquery(counted.values("aantal")),
        ArraySubquery(used.values("toestemming_id")),
        *(_as_json(part) for part in ONDERDELEN),
    )


_PARTS = Voorbereid(_parts)


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
