"""The questions of *Mijn dag*, kept (``privacy.voorbereid``) as long as she stands in
for nobody; with somebody else's kwesties among hers they are put together anew.

Guarded by tests/cases/test_dag.py and test_vragen.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from cases.models import (
    Agendapunt,
    Contactmoment,
    Dagstaat,
    Kwestie,
    Plaatsvervanging,
    Stap,
    Status,
)
from cases.selectors.geheim import waiting_for
from cases.selectors.regels import acties_to_review
from cases.selectors.termijnen import route_rows
from cases.selectors.zicht import Vorm, cared_for_by, met_vorm, vorm_of
from privacy.voorbereid import Vandaag, Voorbereid
from tenants.access import Plek, Wie
from tenants.models import Tenant, TenantInstelling

MAXIMUM = 100
# Nothing can be done any more in these.
GEEN_DOSSIER = (Status.DOORGELEID, Status.GEANONIMISEERD, Status.VERNIETIGD)
Hier = dict[str, Any]


def here_of(mine: QuerySet[Kwestie], tenants: Iterable[int]) -> Hier:
    """Conditions on what hangs on a kwestie of hers in which something can be done."""
    return {
        "tenant_id__in": tuple(tenants),
        "kwestie__in": mine.exclude(status__in=GEEN_DOSSIER),
    }


def with_number(rows: QuerySet, order: str) -> QuerySet:  # type: ignore[type-arg]
    """The first of these rows, each with the number and supporter of its kwestie."""
    columns = ("kwestie__nummer", "kwestie__ondersteuner_id")
    return (
        rows.select_related("kwestie")
        .only(*(f.name for f in rows.model._meta.concrete_fields), *columns)
        .order_by(order, "id")[:MAXIMUM]
    )


def _agenda(here: Hier, tot: date) -> QuerySet[Agendapunt]:
    rows = Agendapunt.objects.filter(gedaan_op__isnull=True, dag__lte=tot, **here)
    return with_number(rows, "dag")


def _stappen(here: Hier, tot: date) -> QuerySet[Stap]:
    rows = Stap.objects.filter(
        gepland_op__isnull=False,
        gepland_op__lte=tot,
        uitgevoerd_op__isnull=True,
        vervallen_op__isnull=True,
        **here,
    )
    return with_number(rows, "gepland_op")


class VanHaar:
    """One of these questions: ``rijen(here, dag)`` gives its queryset."""

    def __init__(self, rijen: Callable[[Hier, date], QuerySet[Any]]) -> None:
        self._rijen = rijen
        self._kept = Voorbereid(self._own)

    def _own(
        self,
        vormen: Sequence[Vorm],
        *,
        wie: UUID,
        tenants: Sequence[int],
        dag: date,
    ) -> QuerySet[Any]:
        somebody, plekken = met_vorm(wie, tenants, vormen)
        mine = cared_for_by(somebody, plekken, [])
        return self._rijen(here_of(mine, tenants), dag)

    def __call__(
        self,
        wie: Wie,
        plekken: Sequence[Plek],
        windows: Sequence[Plaatsvervanging],
        dag: date,
    ) -> list[Any]:
        """windows: in which she stands in now."""
        tenants = tuple(plek.id for plek in plekken)
        if windows:
            mine = cared_for_by(wie, plekken, windows)
            return list(self._rijen(here_of(mine, tenants), dag))
        vormen = tuple(vorm_of(plek) for plek in plekken)
        return self._kept(vormen, wie=wie.user_id, tenants=tenants, dag=dag)


AGENDA, STAPPEN, TRAJECTEN = VanHaar(_agenda), VanHaar(_stappen), VanHaar(route_rows)


def windows_rows(*, wie: UUID, tenants: Sequence[int]) -> QuerySet[Plaatsvervanging]:
    return (
        Plaatsvervanging.objects.filter(
            Q(vervanger_id=wie) | Q(afwezige_id=wie),
            tenant_id__in=tenants,
            tot__gte=Vandaag(),
            beeindigd_op__isnull=True,
        )
        .select_related("afwezige", "vervanger")
        .order_by("van", "id")[:MAXIMUM]
    )


VENSTERS = Voorbereid(windows_rows)


# ------------------------------------------------------------------- for each tenant


def norm_of() -> Subquery:
    """Of a tenant: its reaction norm in working days; None for the usual one."""
    own = TenantInstelling.objects.filter(tenant_id=OuterRef("pk"))
    return Subquery(own.values("reactienorm"))


def usual_norm(norm: int | None) -> int:
    return TenantInstelling.REACTIENORM if norm is None else norm


def number_of(rows: QuerySet) -> Subquery:  # type: ignore[type-arg]
    """How many there are in the tenant of the outer row; None for none."""
    counted = rows.order_by().values("tenant_id").annotate(aantal=Count("pk"))
    return Subquery(counted.values("aantal"))


def day_around(dag: date) -> tuple[datetime, datetime]:
    """When that day begins, and when the next one does."""
    begin = timezone.make_aware(datetime.combine(dag, time(0)))
    return begin, begin + timedelta(days=1)


def calls_between(begin: datetime, eind: datetime) -> QuerySet[Contactmoment]:
    """Telephone calls that came in."""
    return Contactmoment.objects.filter(
        datum_tijd__gte=begin,
        datum_tijd__lt=eind,
        kanaal="TEL",
        richting=Contactmoment.Richting.IN,
    )


def _per_tenant(
    vormen: Sequence[Vorm],
    *,
    wie: UUID,
    tenants: Sequence[int],
    begin: datetime,
    eind: datetime,
) -> QuerySet[Tenant, tuple[Any, ...]]:
    somebody, _plekken = met_vorm(wie, tenants, vormen)
    kept = Dagstaat.objects.filter(
        tenant_id=OuterRef("pk"), medewerker_id=wie, dag=Vandaag()
    ).values("telefoontjes")
    calls = calls_between(begin, eind).filter(
        tenant_id=OuterRef("pk"), medewerker_id=wie
    )
    waiting = [
        number_of(rows.filter(tenant_id=OuterRef("pk")))
        for rows in (acties_to_review(somebody), *waiting_for(somebody))
    ]
    return Tenant.objects.filter(pk__in=tenants).values_list(
        "pk", norm_of(), Subquery(kept), number_of(calls), *waiting
    )


PER_TENANT = Voorbereid(_per_tenant)


def per_tenant(
    wie: Wie, plekken: Sequence[Plek], today: date
) -> dict[int, tuple[int, int | None, int, int]]:
    """By tenant: its norm (S75), her tally of today and her calls registered, how many
    actions (S84), doorbrekingen (S24) and meldcodes (S27) wait for her: one question.
    """
    begin, eind = day_around(today)
    rows = PER_TENANT(
        tuple((plek.rollen, plek.rechten) for plek in plekken),
        wie=wie.user_id,
        tenants=tuple(plek.id for plek in plekken),
        begin=begin,
        eind=eind,
    )
    return {
        pk: (usual_norm(norm), geteld, vast or 0, sum(n or 0 for n in waits))
        for pk, norm, geteld, vast, *waits in rows
    }
