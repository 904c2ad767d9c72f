"""The list of kwesties in parts that each follow an index (newest first).

Own kwesties, those of whom somebody stands in for, and those shared with her exclude
one another, so the parts add up to what ``zicht.rows_for`` says, without an OR that
would make PostgreSQL read a whole tenant. ``bench --only grant_list`` measures it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from django.db.models import Case, OrderBy, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from cases.models import CaseGrant, Kwestie
from cases.selectors.zicht import (
    Grond,
    let_in,
    own_in,
    readable_for,
    shared_now,
    stands_in,
    substitutions_of,
    with_grond,
)
from tenants.access import Plek, Wie
from tenants.roles import Recht

NIEUWSTE = ("-datum", "id")
OUDSTE = ("datum", "-id")


Grens = tuple[Literal["lte", "gte"], date]


def parts_for(
    wie: Wie,
    plek: Plek,
    found: Q,
    order: Sequence[str],
    *,
    grens: Grens | None = None,
    open_only: bool = False,
) -> list[QuerySet[Kwestie]]:
    """Ordered querysets without a row in common, each row with its ``grond``.

    found: conditions on the kwestie. order: NIEUWSTE or OUDSTE. grens: the bound on
    ``datum`` that found holds, so that it counts for the index on what was shared too.
    open_only: of a teamleider only what she may read.
    """
    if Recht.KWESTIE_TEAM in plek.rechten:
        rows = Kwestie.objects.filter(tenant_id=plek.id)
        team = readable_for(wie, plek) if open_only else with_grond(rows, wie, plek)
        return [team.filter(found).order_by(*order)]
    rows = Kwestie.objects.filter(found, tenant_id=plek.id)
    allowed = let_in(wie, plek)
    absent = substitutions_of(wie, plek.id).values("afwezige_id")
    own = rows.filter(own_in(wie, [plek]))
    namens = rows.filter(allowed, ondersteuner_id__in=absent)
    return [
        own.annotate(grond=Value(Grond.TOEGEWEZEN)).order_by(*order),
        namens.annotate(grond=Value(Grond.PLAATSVERVANGING)).order_by(*_sorted(order)),
        _shared(rows.filter(allowed), wie, plek, order, grens),
    ]


def _sorted(order: Sequence[str]) -> list[OrderBy | str]:
    """The same order, by an expression that no index has.

    Otherwise PostgreSQL walks along the dates of a whole tenant, hoping that the first
    rows are of somebody who is away; mostly nobody is, and it comes to the end. This
    way it starts from who is away, and sorts that one's kwesties.
    """
    datum = Coalesce("datum", "datum")
    is_newest = order[0].startswith("-")
    return [datum.desc() if is_newest else datum.asc(), order[1]]


def _shared(
    rows: QuerySet[Kwestie],
    wie: Wie,
    plek: Plek,
    order: Sequence[str],
    grens: Grens | None,
) -> QuerySet[Kwestie]:
    """Along the index on CaseGrant, whose ``datum`` is that of the kwestie."""
    grants = shared_now(wie, "delingen__") & Q(delingen__tenant_id=plek.id)
    if grens:
        grants &= Q(**{f"delingen__datum__{grens[0]}": grens[1]})
    writes = When(
        delingen__niveau=CaseGrant.Niveau.SCHRIJVEN, then=Value(Grond.GEDEELD)
    )
    by_grant = [name.replace("datum", "delingen__datum") for name in order]
    return (
        rows.filter(grants)
        .exclude(ondersteuner_id=wie.user_id)
        .exclude(stands_in(wie, plek))
        .annotate(grond=Case(writes, default=Value(Grond.MEELEZEN)))
        .order_by(*by_grant)
    )
