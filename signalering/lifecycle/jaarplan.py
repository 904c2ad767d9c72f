"""The reports of one year, chosen together at the first one.

Quarters in the same detail as the year cost the year its detail: what a quarter
withholds can be subtracted from the year. When the year is over its reports get one
pattern, in which the year weighs most. Before that nobody knows what follows: a
quarter then shows the richest set of tables that would have taken nothing from the
half-years and the year one year earlier (disclosure.md §0.6).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.utils import timezone

from privacy.disclosure import CountTable, Policy, plan_year
from signalering.models import Jaarplan, Rapportage
from signalering.periodes import Periode, parse

# From rich to poor: what a quarter may show when it goes out before its year is over.
NIVEAUS: Final = (
    frozenset(
        {"totaal", "soort", "aard", "inhoud", "resultaat", "wet", "kanaal", "minuten"}
    ),
    frozenset({"totaal", "soort", "aard", "minuten"}),
    frozenset({"totaal", "soort", "minuten"}),
    frozenset({"totaal", "minuten"}),
)
ZONDER_GEGEVENS: Final = NIVEAUS[1]
SECONDS: Final = 1.0

Count = Callable[[Periode], CountTable]


def planned(
    rapportage: Rapportage, publiek: str, table: CountTable, count: Count
) -> frozenset[str]:
    """Ids of the cells this version does not show by the plan of its year; in the
    scope of the job. The year itself has no plan: it weighs most as it is. Neither
    has a region, which comes after its members."""
    periode = parse(rapportage.periode)
    if rapportage.leden or not periode.is_deel:
        return frozenset()
    plan = Jaarplan.objects.filter(
        tenant_id=rapportage.tenant_id, publiek=publiek, jaar=periode.jaar
    ).first() or _plan(rapportage, publiek, periode, count)
    if plan.patroon is not None:
        return frozenset(plan.patroon.get(periode.code, ())) & table.by_id.keys()
    if periode.parts:
        return frozenset()
    return frozenset(
        cell.id
        for cell in table.cells
        if cell.tabel not in plan.tabellen and not cell.hidden
    )


def _plan(
    rapportage: Rapportage, publiek: str, periode: Periode, count: Count
) -> Jaarplan:
    jaar = parse(str(periode.jaar))
    is_over = jaar.is_closed(timezone.localdate())
    basis = jaar if is_over else jaar.earlier
    tables = {p.code: count(p) for p in (basis, *basis.below)}
    tabellen, patroon = ZONDER_GEGEVENS, None
    if tables[basis.code].totaal.clienten:
        policy = Policy(rapportage.drempel_voor(publiek), publiek, SECONDS)
        plan = plan_year(tables, policy, NIVEAUS, pattern=is_over)
        tabellen = plan.shown
        if plan.withhold:
            patroon = {code: sorted(ids) for code, ids in plan.withhold.items()}
    return Jaarplan.objects.create(
        tenant_id=rapportage.tenant_id,
        publiek=publiek,
        jaar=periode.jaar,
        tabellen=sorted(tabellen),
        patroon=patroon,
        grondslag=basis.code,
    )
