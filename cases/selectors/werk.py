"""The lists of *Mijn werk*, as kept questions (``privacy.voorbereid``).

Guarded by tests/cases/test_views.py and test_vragen.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from cases.models import OPEN, Kwestie
from cases.selectors.lijsten import KOLOMMEN, Lijst, own_regels
from cases.selectors.zicht import Vorm, cared_for_by, met_vorm, plekken_for, vorm_of
from privacy.voorbereid import Voorbereid
from tenants.access import Wie
from tenants.roles import Recht

Row = dict[str, Any]
Rows = QuerySet[Kwestie, Row]
WERK_MAXIMUM = 100
KORT_MAXIMUM = 20


def _asked(question: Voorbereid[Row], wie: Wie) -> list[Row]:
    """A kept question about all places where she works on kwesties."""
    plekken = plekken_for(wie)
    return question(
        tuple(vorm_of(plek) for plek in plekken),
        wie=wie.user_id,
        tenants=tuple(plek.id for plek in plekken),
    )


def open_kwesties_of(wie: Wie) -> Lijst:
    """Her open kwesties everywhere, the one without contact for longest first."""
    return Lijst(own_regels(wie, _asked(_OPEN, wie)))


def _open_rows(vormen: Sequence[Vorm], *, wie: UUID, tenants: Sequence[int]) -> Rows:
    own = cared_for_by(*met_vorm(wie, tenants, vormen), [])
    heard = Coalesce("laatste_contact_op", Cast("datum", output_field=DateTimeField()))
    found: Rows = (
        own.filter(status__in=OPEN)
        .annotate(laatst=heard)
        .order_by("laatst", "id")
        .values(*KOLOMMEN)[:WERK_MAXIMUM]
    )
    return found


_OPEN = Voorbereid(_open_rows)


def short_lists_of(wie: Wie) -> tuple[Lijst, Lijst]:
    """Two lists in one question: her kwesties in which an old register left something
    out, newest first; and where she leads the team, the open ones without a supporter,
    oldest first. KORT_MAXIMUM of each.
    """
    rows = _asked(_KORT, wie)
    parts = ([row for row in rows if row["deel"] == deel] for deel in (1, 2))
    first, second = (Lijst(own_regels(wie, part)) for part in parts)
    return first, second


def _short_rows(vormen: Sequence[Vorm], *, wie: UUID, tenants: Sequence[int]) -> Rows:
    somebody, plekken = met_vorm(wie, tenants, vormen)
    columns = (*KOLOMMEN, "deel")
    own = cared_for_by(somebody, plekken, [])
    incomplete: Rows = (
        own.exclude(aan_te_vullen=[])
        .annotate(deel=Value(1))
        .order_by("-datum", "id")
        .values(*columns)[:KORT_MAXIMUM]
    )
    team = somebody.with_right(Recht.KWESTIE_TEAM)
    if not team:
        return incomplete
    queued = (
        Kwestie.objects.filter(
            tenant_id__in=team,
            ondersteuner__isnull=True,
            status__in=OPEN,
            vertrouwelijkheid="NORM",
        )
        .exclude(niet_voor__contains=[wie])
        .annotate(deel=Value(2))
        .order_by("datum", "id")
        .values(*columns)[:KORT_MAXIMUM]
    )
    both: Rows = incomplete.union(queued, all=True)
    return both


_KORT = Voorbereid(_short_rows)
