"""Years of the register released in calendar order to both audiences, as the product
does it: planned, protected against everything before, and checked.

``python -m tests.privacy.disclosure.releasing [TENANT|YEAR ...]`` prints how much could be
shown, per way of choosing what quarters show (the tables of docs/disclosure.md).
"""

import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from privacy.disclosure import (
    CountTable,
    Explanation,
    Knower,
    Ledger,
    Policy,
    PublishableTable,
    Refused,
    link_period,
    plan_year,
    protect_explained,
    qualified,
    verify,
)
from privacy.disclosure.audit import audit
from privacy.disclosure.export import audit_document
from tests.privacy.disclosure import register

DEEP = os.environ.get("ADVIESPUNT_DEEP") == "1"
# Work per table; that what comes out is safe does not depend on it.
SECONDS = 2.0 if DEEP or __name__ == "__main__" else 0.4
WIDE = Policy(5, "opdrachtgever", time_limit=SECONDS)
PUBLIC = Policy(10, "openbaar", time_limit=SECONDS)
ALL = frozenset({"totaal", "soort", "aard", "inhoud", "resultaat", "wet", "kanaal"})
LEVELS = (
    ALL,
    frozenset({"totaal", "soort", "aard"}),
    frozenset({"totaal", "soort"}),
    frozenset({"totaal"}),
)
NOT_KNOWN = LEVELS[2]  # when there is no year to plan on
PARTS = {"H1": ("Q1", "Q2"), "H2": ("Q3", "Q4"), "": ("H1", "H2")}

Tables = Mapping[str, CountTable]


@dataclass
class Released:
    """One audience: its ledger, and per period what came out or why nothing did."""

    policy: Policy
    ledger: Ledger = field(default_factory=Ledger.empty)
    figures: dict[str, PublishableTable] = field(default_factory=dict)
    why: dict[str, Explanation] = field(default_factory=dict)
    refused: dict[str, Refused] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    found: list[object] | None = None

    def release(
        self, table: CountTable, withhold: frozenset[str], above: "Released | None"
    ) -> None:
        """Release a table that the ledger is tied to, or note the refusal; a view in
        which nearly everybody has the same is left out."""
        if above is not None and table.naam not in above.figures:
            self.refused[table.naam] = above.refused[table.naam]
            return
        ledger = self.ledger
        if above is not None:
            ledger = ledger.within(above.figures[table.naam])
        for _turn in range(len(table.relations) + 1):
            policy = replace(self.policy, withhold=withhold)
            try:
                figures, why = protect_explained(table, policy, ledger)
            except Refused as refusal:
                self.refused[table.naam] = refusal
                crowded = {id.rpartition("/")[2] for id in refusal.cellen}
                if refusal.code != "groepsonthulling" or crowded <= withhold:
                    return
                views = {table.by_id[id].tabel for id in crowded if id in table.by_id}
                withhold |= cells_in(table, views)
                continue
            self.refused.pop(table.naam, None)
            self.wrong += verify(table, figures, policy, ledger, why)
            self.figures[table.naam], self.why[table.naam] = figures, why
            self.ledger = self.ledger.add(table, figures)
            return

    def breaches(self) -> list[object]:
        """What the attacker finds in everything this audience has."""
        if self.found is None:
            report = audit(audit_document(self.ledger, self.policy))
            self.found = list(report.breaches)
        return self.found


def cells_in(table: CountTable, views: Iterable[str]) -> frozenset[str]:
    """The displayed cells of these views."""
    wanted = set(views)
    return frozenset(c.id for c in table.cells if c.tabel in wanted and not c.hidden)


def tied(ledger: Ledger, tables: Tables, code: str) -> Ledger:
    """The ledger that knows what the period ``code`` is the sum of."""
    jaar, _, part = code.partition("-")
    inside = [f"{jaar}-{short}" for short in PARTS.get(part, ())]
    known = {release.table.naam for release in ledger.releases}
    if not inside or not known.issuperset(inside):
        return ledger
    return link_period(ledger, tables[code], [tables[part] for part in inside])


def release_year(
    tables: Tables,
    wide_out: Mapping[str, frozenset[str]],
    narrow_out: Mapping[str, frozenset[str]],
    periods: Iterable[str] | None = None,
) -> tuple[Released, Released]:
    """All periods of a year in calendar order; ``..._out``: ids to withhold."""
    wide, narrow = Released(WIDE), Released(PUBLIC)
    smaller = {code: register.public_part(table) for code, table in tables.items()}
    for code in tables if periods is None else periods:
        wide.ledger = tied(wide.ledger, tables, code)
        own = Knower("gemeente", (qualified(code, "aard:WEI"),))
        wide.ledger = wide.ledger.link((), (), [own])
        wide.release(tables[code], wide_out.get(code, frozenset()), None)
        narrow.ledger = tied(narrow.ledger, smaller, code)
        narrow.release(smaller[code], narrow_out.get(code, frozenset()), wide)
    return wide, narrow


def coarse(tables: Tables, shown: frozenset[str]) -> dict[str, frozenset[str]]:
    """What quarters withhold when they show only these views."""
    return {
        code: cells_in(table, ALL - shown)
        for code, table in tables.items()
        if "-Q" in code
    }


def planned(tenant: str, jaar: int) -> tuple[Released, Released]:
    """A year with quarters by a plan made on the year before."""
    before, tables = register.year(tenant, jaar - 1), register.year(tenant, jaar)
    shown = []
    for policy, part in ((WIDE, lambda t: t), (PUBLIC, register.public_part)):
        known = {code: part(table) for code, table in before.items()}
        level = NOT_KNOWN
        if known[str(jaar - 1)].totaal.clienten:
            level = plan_year(known, policy, LEVELS, pattern=False).shown
        shown.append(coarse(tables, level))
    return release_year(tables, *shown)


def together(tenant: str, jaar: int) -> tuple[Released, Released]:
    """A year of which all tables are known at the first release."""
    tables = register.year(tenant, jaar)
    smaller = {code: register.public_part(table) for code, table in tables.items()}
    wide = plan_year(tables, WIDE, LEVELS).withhold
    narrow = plan_year(smaller, PUBLIC, LEVELS).withhold
    return release_year(tables, wide, narrow)


def blind(tenant: str, jaar: int) -> tuple[Released, Released]:
    """Every quarter with all its views, nobody thinking of what follows."""
    return release_year(register.year(tenant, jaar), {}, {})


def longer(tenant: str, jaar: int) -> tuple[Released, Released]:
    """Half-years and the year, without quarters."""
    tables = register.year(tenant, jaar)
    return release_year(tables, {}, {}, [code for code in tables if "-Q" not in code])


def renamed(ledger: Ledger, prefix: str) -> Ledger:
    """The same ledger as a part of a larger one: every name with ``prefix``."""

    def ids(found: Iterable[str]) -> tuple[str, ...]:
        return tuple(prefix + id for id in found)

    return Ledger(
        tuple(
            replace(r, table=replace(r.table, naam=prefix + r.table.naam))
            for r in ledger.releases
        ),
        tuple(
            replace(r, total=prefix + r.total, parts=ids(r.parts))
            for r in ledger.relations
        ),
        tuple(replace(cell, id=prefix + cell.id) for cell in ledger.hidden),
        tuple(
            Knower(prefix + i.id, ids(i.own), ids(i.excused)) for i in ledger.insiders
        ),
    )


def joined(ledgers: Iterable[Ledger]) -> Ledger:
    """One ledger out of several."""
    whole = Ledger.empty()
    for one in ledgers:
        whole = replace(
            whole.link(one.relations, one.hidden, one.insiders),
            releases=(*whole.releases, *one.releases),
        )
    return whole


def release_region(
    members: Mapping[str, tuple[Released, Released]], naam: str, jaar: int
) -> tuple[Released, Released]:
    """The year report of several tenants together, after all of their own: one
    reader has the reports of all of them."""
    code = str(jaar)
    whole = register.table(members, naam, [f"{jaar}-{m:02d}" for m in range(1, 13)])
    both = []
    for place, policy in enumerate((WIDE, PUBLIC)):
        table = whole if policy is WIDE else register.public_part(whole)
        ledger = joined(renamed(m[place].ledger, f"{t} ") for t, m in members.items())
        parts = [r.table for r in ledger.releases if r.table.naam.endswith(" " + code)]
        audience = Released(policy, link_period(ledger, table, parts))
        audience.release(table, frozenset(), both[0] if both else None)
        both.append(audience)
    return both[0], both[1]


WAYS = {"blind": blind, "plan": planned, "samen": together, "zonder": longer}
YEARS = (2023, 2024, 2025)
SIZES = ((0, "< 25"), (25, "25-99"), (100, "100-199"), (200, ">= 200"))


def measured(
    tenants: Iterable[str], years: Iterable[int] = YEARS
) -> Iterator[tuple[str, ...]]:
    """(way, audience, size, period, numbers printed, numbers displayed, releases
    refused, leaks found, releases made)."""
    sums: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for tenant in tenants:
        for jaar in years:
            total = register.year(tenant, jaar)[str(jaar)].totaal.kwesties
            size = next(name for least, name in reversed(SIZES) if total >= least)
            for way, run in WAYS.items():
                for audience in run(tenant, jaar):
                    _add(sums, way, audience, size)
    for key, numbers in sums.items():
        yield (*key, *map(str, numbers))


def _add(
    sums: dict[tuple[str, ...], list[int]], way: str, audience: Released, size: str
) -> None:
    found = len(audience.breaches()) + len(audience.wrong)
    for code, figures in audience.figures.items():
        period = "YHQ"["HQ".find(code[5:6]) + 1] if code[5:6] else "Y"
        line = sums[way, audience.policy.publiek, size, period]
        line[0] += len(figures.printed)
        line[1] += len(figures.cells)
        line[4] += 1
    for code in audience.refused:
        period = code[5:6] or "Y"
        sums[way, audience.policy.publiek, size, period][2] += 1
    sums[way, audience.policy.publiek, size, "Y"][3] += found


if __name__ == "__main__":
    started = time.monotonic()
    named = [name for name in sys.argv[1:] if not name.isdigit()]
    jaren = [int(name) for name in sys.argv[1:] if name.isdigit()]
    for line in measured(named or register.tenants(), jaren or YEARS):
        sys.stdout.write("\t".join(line) + "\n")
    sys.stderr.write(f"{time.monotonic() - started:.0f} s\n")
