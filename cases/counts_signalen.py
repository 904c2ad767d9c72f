"""The same window as ``cases.counts``, for signals and trends: only numbers leave.

Invariant: nothing here returns a kwestie, a client or a text. These are true counts,
for colleagues; none of them is shown to an opdrachtgever or in a report.
Distinct clients are counted as in ``cases.counts``.

It works in the ``job`` database role, which reads coded columns only (S114), except
``own_signals``. Guarded by tests/signalering/test_signalen.py.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, F

from cases.counts import ELK
from cases.models import Kwestie, KwestieSignaal
from cases.personen import Herkenning, Tally

WEG = ("DOORGELEID", "VERNIETIGD")


@dataclass(frozen=True, slots=True)
class Sterkte:
    """How many kwesties of how many distinct clients stand behind a signal."""

    kwesties: int = 0
    clienten: int = 0


def signal_strength(
    tenant_id: int, signalen: Iterable[UUID], telwijze: str = ""
) -> dict[UUID, Sterkte]:
    """Per signal of this tenant what is linked to it now; two queries.

    A kwestie that was passed on to another Adviespunt or destroyed counts no more;
    one whose client was made anonymous still does.
    """
    rows = (
        KwestieSignaal.objects.filter(
            tenant_id=tenant_id, signaal_id__in=list(signalen), los_op__isnull=True
        )
        .filter(kwestie__tenant_id=tenant_id, kwestie__weggegooid_op__isnull=True)
        .exclude(kwestie__status__in=WEG)
        .values_list("signaal_id", "kwestie_id", "kwestie__client_id")
    )
    who = Herkenning(tenant_id, telwijze == ELK)
    tallies: dict[UUID, Tally] = defaultdict(Tally)
    for signaal, kwestie, client in rows:
        person = who.person(client, None if client else kwestie)
        tallies[signaal].add(Counter([person]))
    return {pk: Sterkte(t.aantal, t.clienten) for pk, t in tallies.items()}


def own_signals(medewerker_id: UUID, tenants: Iterable[int]) -> dict[UUID, int]:
    """Signal → how many of this colleague's own kwesties are part of it: for herself
    only, in her own scope. One query.
    """
    rows = (
        KwestieSignaal.objects.filter(
            tenant_id__in=list(tenants),
            los_op__isnull=True,
            kwestie__tenant_id=F("tenant_id"),
            kwestie__ondersteuner_id=medewerker_id,
            kwestie__weggegooid_op__isnull=True,
        )
        .values_list("signaal_id")
        .annotate(aantal=Count("id"))
        .order_by()
    )
    return dict(rows)


@dataclass(slots=True)
class Kwartaalreeks:
    """Per (law, aard, sub-aard or "") the kwesties that began in each quarter.

    kwartalen: codes ("2025-Q4"), oldest first, all with a place in every row. mensen:
    the same, with somebody once a quarter; each anonymous kwestie is somebody.
    """

    kwartalen: tuple[str, ...]
    kwesties: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    mensen: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    totaal: list[int] = field(default_factory=list)


def count_quarters(tenant_id: int, tot: date) -> Kwartaalreeks:
    """All of this tenant up to and with the quarter that ends at ``tot``; one query."""
    rows = (
        Kwestie.objects.filter(tenant_id=tenant_id, datum__lte=tot)
        .exclude(status__in=WEG)
        .values_list("datum", "wet", "aard", "subaard", "client_id")
        .order_by("datum", "id")
    )
    found = [
        (_quarter(day), wet, aard, sub, client) for day, wet, aard, sub, client in rows
    ]
    if not found:
        return Kwartaalreeks(())
    first, last = found[0][0], _quarter(tot)
    reeks = Kwartaalreeks(tuple(_code(q) for q in range(first, last + 1)))
    many = len(reeks.kwartalen)
    reeks.totaal = [0] * many
    seen: set[tuple[object, ...]] = set()
    for quarter, wet, aard, sub, client in found:
        place = quarter - first
        for subject in {(wet, aard, sub or ""), (wet, aard, "")}:
            for rows_of in (reeks.kwesties, reeks.mensen):
                rows_of.setdefault(subject, [0] * many)
            reeks.kwesties[subject][place] += 1
            if _is_new(seen, (subject, quarter), client):
                reeks.mensen[subject][place] += 1
        reeks.totaal[place] += _is_new(seen, (quarter,), client)
    return reeks


def _is_new(
    seen: set[tuple[object, ...]], where: tuple[object, ...], client: UUID | None
) -> bool:
    if client is None:
        return True
    key = (*where, client)
    if key in seen:
        return False
    seen.add(key)
    return True


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def _code(quarter: int) -> str:
    return f"{quarter // 4}-Q{quarter % 4 + 1}"
