"""The series: everything an audience already has, and how a new report hangs on it.

Quarters, half-years and years are sums of each other; a period that no report covered
is counted now, as a hidden part. Registrations that came in late are the difference:
a correction. Reports that are made but not out yet count as if they were, unless they
were withdrawn before anybody read them. A ledger holds true numbers, so all of this
runs in the ``job`` role (tests/signalering/test_reeks.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final
from uuid import UUID

from cases.herkomst import WETTEN
from cases.verdieping import TABELLEN as VERDIEPING
from privacy.disclosure import (
    CountCell,
    CountTable,
    Knower,
    Ledger,
    PublishableTable,
    Relation,
    link_period,
    link_reissue,
    qualified,
)
from signalering.lifecycle.kring import GRENS, around, standing
from signalering.lifecycle.regionaal import tied_to_members
from signalering.models import Publiek, Rapportage
from signalering.periodes import Periode, parse
from tenants.models import Tenant

EIGEN_BESLUITEN: Final = "aard:WEI"  # a gemeente knows its own refusals
# and whom it sent to us; of a year (cases.herkomst)
EIGEN_HERKOMST: Final = (
    "herkomst:gemeente",
    *(f"herkomst_wet:gemeente.{wet}" for wet in WETTEN),
)
MINUTEN: Final = "minuten"

Count = Callable[[Periode], CountTable]


@dataclass(frozen=True, slots=True)
class Reeks:
    """A ledger with a place in it for one new ``table``.

    ``count``: true figures of a period as they are now, of the part this audience sees.
    ``eerder``: ids of the Beveiligingen in it. ``weglaten``: ids of cells that the
    new table may not show because they could be subtracted. ``is_corrected``: an earlier
    version went out. ``met_herkomst``: the table of a year with the views by origin,
    which are in nothing else of the series.
    """

    table: CountTable
    ledger: Ledger
    earlier: Ledger
    eerder: tuple[UUID, ...]
    weglaten: frozenset[str]
    count: Count
    is_regionaal: bool = False
    is_corrected: bool = False
    met_herkomst: CountTable | None = None

    def entry(self, publishable: PublishableTable, table: CountTable) -> dict[str, Any]:
        """The new release with what ties it to earlier ones, as stored. ``table``: the
        new one, or that by origin as well."""
        new = replace(
            self.ledger,
            releases=(),
            relations=self.ledger.relations[len(self.earlier.relations) :],
            hidden=self.ledger.hidden[len(self.earlier.hidden) :],
            insiders=self.ledger.insiders[len(self.earlier.insiders) :],
        )
        return new.add(table, publishable).to_json()


def lock_year(rapportage: Rapportage) -> None:
    """Reports of one year and tenant are protected one after the other."""
    rows = Rapportage.objects.filter(
        tenant_id=rapportage.tenant_id, van__year=rapportage.van.year
    )
    list(rows.order_by("pk").select_for_update().values_list("pk"))


def name_of(rapportage: Rapportage) -> str:
    """Name of the table of a report in the ledger: its period, and later versions."""
    later = f".v{rapportage.versie}" if rapportage.versie > 1 else ""
    return f"{rapportage.periode}{later}"


def joined(ledgers: Iterable[Ledger]) -> Ledger:
    """One ledger out of those of single releases, in their order."""
    every = list(ledgers)
    return Ledger(
        releases=tuple(chain.from_iterable(one.releases for one in every)),
        relations=tuple(chain.from_iterable(one.relations for one in every)),
        hidden=tuple(chain.from_iterable(one.hidden for one in every)),
        insiders=tuple(chain.from_iterable(one.insiders for one in every)),
    )


def reeks_for(
    rapportage: Rapportage, publiek: str, table: CountTable, count: Count
) -> Reeks:
    """The series of this audience, tied to ``table``; ``count`` gives true figures of
    a period as they are now. Refused when a new version differs too little."""
    rows = [
        row
        for row in standing(rapportage.tenant_id, publiek, rapportage.van.year)
        if row.rapportage_id != rapportage.pk
    ]
    others = around(rapportage, publiek)
    own = [Ledger.from_json(row.grootboek) for row in rows]
    earlier = joined([*own, *(ledger for _row, ledger in others)])
    new = views_without_past(table, own)
    k = rapportage.drempel_voor(publiek)

    def counted(periode: Periode) -> CountTable:
        return views_without_past(count(periode), own)

    ties = Ties(earlier, new, parse(rapportage.periode), k, counted)
    ties.to_earlier_version()
    if rapportage.leden:
        ties.ledger = tied_to_members(ties.ledger, rapportage, publiek, new)
    else:
        ties.to_shorter_periods()
        ties.to_longer_period()
    ledger = ties.ledger.link((), insiders=_knowers(rapportage, publiek, new))
    eerder = tuple(row.pk for row in [*rows, *(row for row, _ledger in others)])
    return Reeks(
        table=new,
        ledger=ledger,
        earlier=earlier,
        eerder=eerder,
        weglaten=frozenset(ties.weglaten),
        count=counted,
        is_regionaal=bool(rapportage.leden),
        is_corrected=rapportage.periode in ties.released,
    )


def views_without_past(table: CountTable, own: Iterable[Ledger]) -> CountTable:
    """The table without the views of the deepening that a report over a half-year or
    the year of this series went without: what it did not count then could be
    subtracted now, and nobody protects it."""
    lacking: set[str] = set()
    views = {cell.tabel for cell in table.cells} & set(VERDIEPING)
    for ledger in own:
        for release in ledger.releases:
            if "-Q" not in release.table.naam:
                lacking |= views - {cell.tabel for cell in release.table.cells}
    return table.without(*lacking) if lacking else table


def _knowers(
    rapportage: Rapportage, publiek: str, table: CountTable
) -> Iterable[Knower]:
    tenant = Tenant.objects.get(pk=rapportage.tenant_id)
    if publiek == Publiek.OPDRACHTGEVER and tenant.type == Tenant.Type.GEMEENTE:
        own = (EIGEN_BESLUITEN, *EIGEN_HERKOMST)
        yield Knower("gemeente", tuple(qualified(table.naam, id) for id in own))


class Ties:
    """Ties one new table to the releases in a ledger, step by step."""

    def __init__(
        self,
        ledger: Ledger,
        table: CountTable,
        periode: Periode,
        k: int,
        count: Count,
    ) -> None:
        self.ledger, self.table, self.periode = ledger, table, periode
        self.k, self.count = k, count
        self.gaps: dict[str, CountTable] = {}
        self.printed = defaultdict[str, frozenset[str]](frozenset)
        self.printed.update(
            (r.table.naam, frozenset(r.printed)) for r in ledger.releases
        )
        self.weglaten: set[str] = set()
        self.released: Mapping[str, CountTable] = {
            release.table.naam.partition(".")[0]: release.table
            for release in ledger.releases
            if GRENS not in release.table.naam
        }

    def to_earlier_version(self) -> None:
        old = self.released.get(self.periode.code)
        if old is not None:
            self.ledger = link_reissue(self.ledger, old, self.table, self.k)
            self._watch_minutes(self.table, [old])

    def to_shorter_periods(self) -> None:
        if self._has_released(self.periode.parts):
            self._tie(self.table, self.periode.parts, self.released)

    def to_longer_period(self) -> None:
        """To the shortest one that was released; that one is tied to the others."""
        longer = [
            parse(code)
            for code in self.released
            if self.periode.code in {p.code for p in parse(code).below}
        ]
        if longer:
            whole = min(longer, key=lambda periode: periode.tot - periode.van)
            known = {**self.released, self.periode.code: self.table}
            self._tie(self.released[whole.code], whole.parts, known)

    def _has_released(self, periodes: Iterable[Periode]) -> bool:
        return any(
            below.code in self.released
            for periode in periodes
            for below in (periode, *periode.below)
        )

    def _cover(
        self, periodes: Iterable[Periode], known: Mapping[str, CountTable]
    ) -> list[CountTable]:
        """Tables that add up to these periods: released where there are, else now."""
        found: list[CountTable] = []
        for periode in periodes:
            inside = {below.code for below in periode.below}
            if periode.code in known:
                found.append(known[periode.code])
            elif inside & known.keys():
                found += self._cover(periode.parts, known)
            else:
                found.append(self._gap(periode))
        return found

    def _gap(self, periode: Periode) -> CountTable:
        """A period without a report, as a hidden table in the ledger."""
        gap = self.gaps.get(periode.code)
        if gap is None:
            counted = self.count(periode)
            gap = replace(counted, naam=f"{self.table.naam}~{periode.code}")
            self.gaps[periode.code] = gap
            self.ledger = self.ledger.link(_inner(gap), hidden=_cells(gap))
        return gap

    def _tie(
        self,
        whole: CountTable,
        periodes: Iterable[Periode],
        known: Mapping[str, CountTable],
    ) -> None:
        mark = "" if whole is self.table else f"@{self.table.naam}"
        parts = self._cover(periodes, known)
        self._watch_minutes(whole, parts)
        if _is_deep(whole) and any(_is_deep(part) for part in parts):
            parts = [self._half(periode, known) for periode in periodes]
        self.ledger = link_period(self.ledger, whole, parts, mark=mark)

    def _half(self, periode: Periode, known: Mapping[str, CountTable]) -> CountTable:
        """The table of this period itself: of what quarters do not show, the half-year
        without a report is a number all the same."""
        if periode.code in known:
            return known[periode.code]
        gap = self._gap(periode)
        if {below.code for below in periode.below} & known.keys():
            parts = self._cover(periode.parts, known)
            mark = f"@{self.table.naam}"
            self.ledger = link_period(self.ledger, gap, parts, mark=mark)
        return gap

    def _watch_minutes(self, whole: CountTable, parts: list[CountTable]) -> None:
        """Minutes are not part of the sums above: shown only when what they leave to
        be subtracted is nobody's or of enough clients, and nothing came in late."""
        if MINUTEN not in self.table.by_id:
            return
        tables = [whole, *parts]
        total, *pieces = (table.by_id[MINUTEN] for table in tables)
        unknown = [
            table.by_id[MINUTEN].clienten
            for table in tables
            if table is not self.table and MINUTEN not in self.printed[table.naam]
        ]
        late = total.kwesties != sum(piece.kwesties for piece in pieces)
        if late or 0 < max(unknown, default=0) < self.k:
            self.weglaten.add(MINUTEN)


def _is_deep(table: CountTable) -> bool:
    return any(cell.tabel in VERDIEPING for cell in table.cells)


def _cells(gap: CountTable) -> Iterable[CountCell]:
    for cell in gap.cells:
        if cell.tabel not in gap.quantities:
            yield replace(cell, id=qualified(gap.naam, cell.id), hidden=True)


def _inner(gap: CountTable) -> Iterable[Relation]:
    for relation in gap.relations:
        yield Relation(
            qualified(gap.naam, relation.total),
            tuple(qualified(gap.naam, part) for part in relation.parts),
        )
