"""The rows of *Mijn dag*: her open kwesties, and those in which somebody wrote.

Guarded by tests/cases/test_dag.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    DateTimeField,
    ExpressionWrapper,
    Q,
    QuerySet,
)
from django.db.models.functions import Cast, Coalesce

from cases.models import OPEN, Kwestie, Plaatsvervanging
from cases.selectors.loket import unread_by_kwestie
from cases.selectors.zicht import Vorm, cared_for_by, met_vorm, vorm_of
from privacy.voorbereid import Voorbereid
from tenants.access import Plek, Wie

MOST = 500
Zaakrij = tuple[Any, ...]


def zaken_rows(
    wie: Wie, plekken: Sequence[Plek], windows: Sequence[Plaatsvervanging]
) -> list[Zaakrij]:
    """id, number, tenant, date, status, last contact, made, supporter, whether somebody
    wrote; without contact for longest first. windows: in which she stands in now; a
    kept question when there are none.
    """
    if windows:
        mine = cared_for_by(wie, plekken, windows)
        return list(_rows(mine, [plek.id for plek in plekken]))
    return _ZAKEN(
        tuple(vorm_of(plek) for plek in plekken),
        wie=wie.user_id,
        tenants=tuple(plek.id for plek in plekken),
    )


def _rows(
    mine: QuerySet[Kwestie], tenants: Iterable[int]
) -> QuerySet[Kwestie, Zaakrij]:
    written = Q(pk__in=unread_by_kwestie(tenants))
    return (
        mine.filter(Q(status__in=OPEN) | written)
        .annotate(
            bericht=ExpressionWrapper(written, BooleanField()),
            laatst=Coalesce(
                "laatste_contact_op", Cast("datum", output_field=DateTimeField())
            ),
        )
        .order_by("laatst", "id")
        .values_list(
            *("id", "nummer", "tenant_id", "datum", "status", "laatste_contact_op"),
            *("aangemaakt_op", "ondersteuner_id", "bericht"),
        )[:MOST]
    )


def _own(
    vormen: Sequence[Vorm], *, wie: UUID, tenants: Sequence[int]
) -> QuerySet[Kwestie, Zaakrij]:
    somebody, plekken = met_vorm(wie, tenants, vormen)
    return _rows(cared_for_by(somebody, plekken, []), tenants)


_ZAKEN = Voorbereid(_own)
