"""Through whom people came, by law: in the report over a year when there is room (S183).

Invariant: it costs nothing. The report is protected without it first; what that prints
and withholds is then fixed, and only the numbers by origin are still to decide. When
they cannot be shown safely next to all the rest, or few would be, none is
(tests/signalering/test_herkomst.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cases.herkomst import KRUISING, TABELLEN
from privacy.disclosure import (
    CountTable,
    Explanation,
    Ledger,
    Policy,
    PublishableTable,
    Refused,
    verify,
)
from privacy.disclosure.effort import OutOfTime
from privacy.disclosure.protecting import out_of_time, protect_once


@dataclass(frozen=True, slots=True)
class Protected:
    """A version with its true table, the policy it was protected with, and the why."""

    table: PublishableTable
    explanation: Explanation
    geteld: CountTable
    policy: Policy


def without_origin(table: CountTable) -> CountTable:
    return table.without(*TABELLEN)


def with_origin(base: CountTable, whole: CountTable) -> CountTable | None:
    """``base`` with the views by origin that ``whole`` has; None when it has none."""
    more = [cell for cell in whole.cells if cell.tabel in TABELLEN]
    known = {cell.id for cell in more}
    ties = [r for r in whole.relations if not known.isdisjoint((r.total, *r.parts))]
    if not more:
        return None
    cells, relations = (*base.cells, *more), (*base.relations, *ties)
    return replace(base, cells=cells, relations=relations)


def broken_down(
    base: Protected, whole: CountTable, ledger: Ledger, *, is_left_out: bool
) -> Protected:
    """``base`` with the numbers by origin; with none of them shown when few could be,
    or as ``base`` was when even that cannot be proven."""
    fixed = ledger.add(base.geteld, base.table)
    views = frozenset(c.id for c in whole.cells if c.tabel in TABELLEN and not c.hidden)
    for gone in (views,) if is_left_out else (frozenset[str](), views):
        policy = replace(base.policy, withhold=base.policy.withhold | gone)
        try:
            table, why = protect_once(whole, policy, fixed, best=True)
        except OutOfTime as late:  # another try may succeed, and gives the same
            raise out_of_time() from late
        except Refused:
            continue
        if not gone and _shows_little(table):
            continue
        why = replace(why, shields={**why.shields, **base.explanation.shields})
        if not verify(whole, table, policy, ledger, why):
            return Protected(table, why, whole, policy)
    return base


def _shows_little(table: PublishableTable) -> bool:
    """More dashes than numbers; a zero is neither."""
    cells = table.view(KRUISING)
    withheld = sum(cell.onderdrukt for cell in cells)
    return sum(bool(cell.kwesties) for cell in cells) < withheld
