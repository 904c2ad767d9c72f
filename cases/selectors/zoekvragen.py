"""The questions of a search, kept (``privacy.voorbereid``): what is typed is a value.

Each begins with ``readable_rows`` of a place, as the search itself promises. The ways
to look that give rows of the same columns are one question.

Guarded by tests/cases/test_zoeken.py and test_vragen.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import StrIndex, Upper

from cases.models import (
    OPEN,
    Contactmoment,
    ExternTraject,
    Kwestie,
    Verwijzing,
    Zoekteken,
)
from cases.selectors.lijsten import KOLOMMEN
from cases.selectors.zicht import Vorm, met_vorm, own_in, readable_rows
from privacy.voorbereid import Voorbereid
from tenants.access import Plek, Wie
from tenants.models import Medewerker

MAXIMUM = 50  # hits of one kind
EIGEN_MAXIMUM = 400  # own open kwesties of which the texts are read
KANDIDATEN = 400  # kwesties whose client may have this name
TEKSTEN = ("kernvraag", "gewenste_oplossing", "doel_client", "toelichting")
# For at most a page of rows: not joined, so that the order is read from the index.
NAAM = Subquery(
    Medewerker.objects.filter(pk=OuterRef("ondersteuner_id")).values("naam")
)
VAN_CLIENT = ("client_id", "client__naam_v", "client__geboortejaar_v")
DATUM, NUMMER, CODE, ORGANISATIE = "datum", "nummer", "code", "organisatie"

Row = dict[str, Any]
Rows = QuerySet[Kwestie, Row]
# Field of a kwestie and the codes that are looked for in it; of the code lists.
Codes = tuple[tuple[str, tuple[str, ...]], ...]


def _periode(van: date | None, tot: date | None) -> Q:
    found = Q()
    if van:
        found &= Q(datum__gte=van)
    if tot:
        found &= Q(datum__lte=tot)
    return found


def _open_to(wie: Wie, plek: Plek, periode: Q) -> QuerySet[Kwestie]:
    """What she may open there, the newest first."""
    rows = readable_rows(wie, plek).filter(periode)
    return rows.annotate(ondersteuner_naam=NAAM).order_by("-datum", "id")


def _newest(parts: Sequence[Rows], most: int) -> Rows:
    """Of each part the first, of those the first: at most ``most`` and one more."""
    first = [part[: most + 1] for part in parts]
    if len(first) == 1:
        return first[0]
    return first[0].union(*first[1:], all=True).order_by("-datum", "id")[: most + 1]


def _coded(codes: Codes) -> Q:
    found = Q()
    for veld, wanted in codes:
        found |= Q(**{f"{veld}__in": wanted})
    return found


def _organisatie(plek: Plek, tekst: str) -> Q:
    """Referred to it, or a formal route at it. One set: with an OR PostgreSQL looks at
    every kwestie of the tenant.
    """
    sought = Upper(Value(tekst))
    referred = Verwijzing.objects.annotate(
        plaats=StrIndex(Upper("organisatie"), sought)
    ).filter(tenant_id=plek.id, plaats__gt=0)
    lodged = ExternTraject.objects.annotate(
        plaats=StrIndex(Upper("instantie"), sought)
    ).filter(tenant_id=plek.id, plaats__gt=0)
    ids = referred.values("kwestie_id").union(lodged.values("kwestie_id"))
    return Q(pk__in=ids)


def _gewoon(
    vormen: Sequence[Vorm],
    soorten: Sequence[str],
    codes: Codes,
    *,
    wie: UUID,
    tenants: Sequence[int],
    van: date | None,
    tot: date | None,
    nummers: Sequence[str],
    tekst: str | None,
) -> Rows:
    """Rows of a list, each with its kind: the place of that in ``soorten``."""
    somebody, plekken = met_vorm(wie, tenants, vormen)
    rows = [_open_to(somebody, plek, _periode(van, tot)) for plek in plekken]

    def condition(soort: str, place: int) -> Q:
        if soort == NUMMER:
            *ours, whole, upper = nummers
            return Q(nummer__in=[upper, ours[place]]) | Q(
                extern_nummer__in=[whole, upper]
            )
        if soort == ORGANISATIE:
            return _organisatie(plekken[place], tekst or "")
        return _coded(codes) if soort == CODE else Q()

    kinds = [
        _newest(
            [
                here.filter(condition(soort, place))
                .annotate(deel=Value(deel))
                .values("deel", *KOLOMMEN, "ondersteuner_naam")
                for place, here in enumerate(rows)
            ],
            MAXIMUM,
        )
        for deel, soort in enumerate(soorten)
    ]
    return kinds[0] if len(kinds) == 1 else kinds[0].union(*kinds[1:], all=True)


GEWOON = Voorbereid(_gewoon)


def _op_naam(
    vormen: Sequence[Vorm],
    *,
    wie: UUID,
    tenants: Sequence[int],
    van: date | None,
    tot: date | None,
    tekens: Sequence[str],
) -> Rows:
    """Kwesties of clients with every one of these tokens; of each place as many."""
    somebody, plekken = met_vorm(wie, tenants, vormen)
    words = len(tekens) // len(plekken)
    parts = []
    for place, plek in enumerate(plekken):
        found = Q()
        for teken in tekens[place * words : (place + 1) * words]:
            marked = Zoekteken.objects.filter(tenant_id=plek.id, teken=teken)
            found &= Q(client_id__in=marked.values("client_id"))
        rows = _open_to(somebody, plek, _periode(van, tot)).filter(found)
        parts.append(rows.values(*KOLOMMEN, "ondersteuner_naam", *VAN_CLIENT))
    return _newest(parts, KANDIDATEN)


OP_NAAM = Voorbereid(_op_naam)


def _eigen(
    vormen: Sequence[Vorm],
    *,
    wie: UUID,
    tenants: Sequence[int],
    van: date | None,
    tot: date | None,
) -> Rows:
    """Her own open kwesties with their texts, sealed."""
    rows = Kwestie.objects.filter(
        own_in(*met_vorm(wie, tenants, vormen)),
        _periode(van, tot),
        tenant_id__in=tenants,
        status__in=OPEN,
    )
    columns = (f"{naam}_v" for naam in TEKSTEN)
    newest = rows.order_by("-datum", "id")
    found: Rows = newest.values(*KOLOMMEN, *columns)[:EIGEN_MAXIMUM]
    return found


EIGEN = Voorbereid(_eigen)


def _notities(
    *, tenants: list[int], kwesties: list[UUID]
) -> QuerySet[Contactmoment, tuple[Any, ...]]:
    """Notes of the contacts of these kwesties, sealed: as ``privacy.fields.Cel``."""
    rows = Contactmoment.objects.filter(
        tenant_id__een_van=tenants,
        kwestie_id__een_van=kwesties,
        notitie_v__isnull=False,
    )
    return rows.values_list("tenant_id", "pk", "kwestie_id", "notitie_v")


NOTITIES = Voorbereid(_notities)
