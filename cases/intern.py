"""Counts for the own house: never for an opdrachtgever, never printed.

Invariant: only numbers leave here, to the directie alone. She has no right on a kwestie;
so these questions run in the ``job`` database role, which reads coded columns of
contacts and changes of hands (migration 0008), and only after her right was asked.
Small numbers are not protected: nobody else reads them, and import-linter keeps other
apps out of this module. Guarded by tests/cases/test_directie.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import ExtractMonth
from django.utils import timezone

from cases.models import (
    AmbtshalveActie,
    Contactmoment,
    Overdracht,
    Uitzondering,
)
from tenants.access import Plek, Refused, Wie
from tenants.models import Opdracht
from tenants.roles import Recht
from tenants.scope import Scope, acting_as

MAANDEN = range(1, 13)


@dataclass(frozen=True, slots=True)
class Uitzonderingen:
    """How often a rule had its exception in a year, for one tenant.

    zonder_client: contacts about the client without the client, by consent (S13).
    overdrachten: reason (Overdracht.Reden) → how often a kwestie changed hands (S50).
    ambtshalve: actions without the client's assent that were carried out (S84).
    doorbrekingen: how often it was asked to break confidentiality (S25); meldcodes: how
    often the meldcode was followed (S27). The role that counts cannot read those.
    """

    plek: Plek
    zonder_client: int
    overdrachten: Mapping[str, int]
    ambtshalve: int
    doorbrekingen: int = 0
    meldcodes: int = 0

    @property
    def is_any(self) -> bool:
        """Whether there was one of any kind."""
        single = (self.zonder_client, self.ambtshalve, self.doorbrekingen)
        return any((*single, self.meldcodes, *self.overdrachten.values()))


@dataclass(slots=True)
class Uren:
    """Minutes of one opdracht (name '': of none) by month, 1 up to and with 12."""

    plek: Plek
    opdracht: str
    minuten: dict[int, int] = field(default_factory=dict)

    def van(self, maanden: Sequence[int]) -> int:
        return sum(self.minuten.get(maand, 0) for maand in maanden)


@contextmanager
def _counting(actor: Wie, recht: Recht) -> Iterator[tuple[int, ...]]:
    """The tenants where she has this right, in the role that counts. Raises Refused."""
    here = actor.with_right(recht)
    if not here:
        raise Refused(recht)
    with acting_as(Scope("job", actor.user_id, here, None, here)):
        yield here


def _in(jaar: int, column: str) -> Q:
    here = timezone.get_default_timezone()
    start = datetime(jaar, 1, 1, tzinfo=here)
    end = datetime(jaar + 1, 1, 1, tzinfo=here)
    return Q(**{f"{column}__gte": start, f"{column}__lt": end})


def exceptions(actor: Wie, jaar: int) -> list[Uitzonderingen]:
    """The exceptions of a year (by local time), a row a tenant. Raises Refused."""
    reasons: dict[int, dict[str, int]] = defaultdict(dict)
    with _counting(actor, Recht.UITZONDERINGEN_TELLEN) as here:
        without = dict(
            Contactmoment.objects.filter(
                _in(jaar, "datum_tijd"),
                tenant_id__in=here,
                toestemming__isnull=False,
            )
            .order_by()
            .values_list("tenant_id")
            .annotate(aantal=Count("*"))
        )
        for tenant_id, reden, aantal in (
            Overdracht.objects.filter(_in(jaar, "op"), tenant_id__in=here)
            .order_by()
            .values_list("tenant_id", "reden")
            .annotate(aantal=Count("*"))
        ):
            reasons[tenant_id][reden] = aantal
        acted = dict(
            AmbtshalveActie.objects.filter(
                _in(jaar, "uitgevoerd_op"), tenant_id__in=here
            )
            .order_by()
            .values_list("tenant_id")
            .annotate(aantal=Count("*"))
        )
    with acting_as(actor.scope()):
        special = _special(here, jaar)
    return [
        Uitzonderingen(
            plek,
            without.get(plek.id, 0),
            reasons[plek.id],
            acted.get(plek.id, 0),
            special.get((plek.id, Uitzondering.Soort.DOORBREKING.value), 0),
            special.get((plek.id, Uitzondering.Soort.MELDCODE.value), 0),
        )
        for plek in _plekken(actor, here)
    ]


def _special(tenant_ids: Sequence[int], jaar: int) -> dict[tuple[int, str], int]:
    """Procedures that began in this year, by tenant and kind; in the actor's scope."""
    rows = (
        Uitzondering.objects.filter(tenant_id__in=tenant_ids, jaar=jaar)
        .order_by()
        .values_list("tenant_id", "soort")
        .annotate(aantal=Count("id"))
    )
    return {(tenant_id, soort): aantal for tenant_id, soort, aantal in rows}


def _plekken(actor: Wie, tenant_ids: Sequence[int]) -> list[Plek]:
    return sorted((actor.plekken[t] for t in tenant_ids), key=lambda plek: plek.naam)


def hours(actor: Wie, jaar: int) -> list[Uren]:
    """Minutes of contacts by opdracht and month (local time) of a year; an opdracht
    that ran that year shows without a contact too. Raises Refused.
    """
    found: dict[tuple[int, UUID | None], Uren] = {}
    with _counting(actor, Recht.UREN_TELLEN) as here:
        opdrachten = Opdracht.objects.filter(
            Q(tot__isnull=True) | Q(tot__gte=date(jaar, 1, 1)),
            tenant_id__in=here,
            van__lte=date(jaar, 12, 31),
        ).values_list("tenant_id", "id", "naam")
        for tenant_id, pk, naam in opdrachten:
            found[tenant_id, pk] = Uren(actor.plekken[tenant_id], naam)
        rows = (
            Contactmoment.objects.filter(
                _in(jaar, "datum_tijd"), tenant_id__in=here, duur_min__gt=0
            )
            .order_by()
            .annotate(
                maand=ExtractMonth(
                    "datum_tijd", tzinfo=timezone.get_default_timezone()
                ),
                opdracht=F("kwestie__opdracht_id"),
            )
            .values_list("tenant_id", "opdracht", "maand")
            .annotate(som=Sum("duur_min"))
        )
        for tenant_id, pk, maand, som in rows:
            key = (tenant_id, pk)
            one = found.setdefault(key, Uren(actor.plekken[tenant_id], ""))
            one.minuten[maand] = som
    return sorted(found.values(), key=lambda one: (one.plek.naam, one.opdracht))
