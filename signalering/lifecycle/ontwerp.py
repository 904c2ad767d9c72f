"""What another design would show: for the checker, before a table full of dashes.

A statistician prefers a smaller table to a perforated one. Each design is protected
like the report itself, quickly; the numbers that count are how many would be shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from django.utils import timezone

from privacy.disclosure import (
    CountTable,
    Ledger,
    Policy,
    PublishableTable,
    Refused,
    protect,
)
from signalering.lifecycle.reeks import Reeks
from signalering.periodes import Periode, parse

ENOUGH: Final = 0.9  # share of numbers shown above which nobody looks for better
SECONDS: Final = 0.5
SPLITS: Final = ("soort", "aard", "inhoud", "resultaat", "wet", "kanaal")
Design = tuple[str, int, int]


def designs(
    periode: str, policy: Policy, ledger: Ledger, reeks: Reeks, made: PublishableTable
) -> list[Design]:
    """(code, numbers shown, of how many) per design; none when enough is shown.

    Codes: "zonder:<tabel>", "periode:<code>", "samen:<tabel>".
    """
    if made.te_weinig or len(made.printed) >= ENOUGH * len(made.cells):
        return []
    quick = replace(policy, time_limit=SECONDS)
    found = []
    for code, table, where, left_out in _options(periode, reeks, ledger, made):
        cells = frozenset(
            c.id for c in table.cells if c.tabel == left_out and not c.hidden
        )
        withhold = (quick.withhold & table.by_id.keys()) | cells
        try:
            shown = protect(table, replace(quick, withhold=withhold), where)
        except Refused:
            continue
        many = sum(cell.id not in cells for cell in shown.cells)
        found.append((code, len(shown.printed), many))
    return found


def _options(
    periode: str, reeks: Reeks, ledger: Ledger, made: PublishableTable
) -> Iterable[tuple[str, CountTable, Ledger, str]]:
    for tabel in SPLITS:
        if any(cell.onderdrukt for cell in made.view(tabel)):
            yield f"zonder:{tabel}", reeks.table, ledger, tabel
    for tabel in dict.fromkeys(group.cell.tabel for group in reeks.table.groups):
        if any(cell.onderdrukt for cell in made.view(tabel)):
            yield f"samen:{tabel}", reeks.table.merged(tabel), ledger, ""
    longer = None if reeks.is_regionaal else _longer(parse(periode))
    if longer is not None:
        yield f"periode:{longer.code}", reeks.count(longer), Ledger.empty(), ""


def _longer(periode: Periode) -> Periode | None:
    """The next longer period, when that is over."""
    jaar = parse(str(periode.jaar))
    today = timezone.localdate()
    for whole in (*jaar.parts, jaar):
        if periode in whole.parts and whole.is_closed(today):
            return whole
    return None
