"""What another design would show: for the checker, before a table full of dashes.

A statistician prefers a smaller table to a perforated one. Each design is protected
like the report itself, quickly; the numbers that count are how many would be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from django.utils import timezone

from privacy.disclosure import (
    CountCell,
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
# Results in three groups and what is still open.
SAMEN: Final[Mapping[str, tuple[str, ...]]] = {
    "opgelost": ("opgelost", "deels"),
    "niet": ("niet", "beëindigd"),
    "verder": ("doorverwezen", "procedure", "gemeld"),
    "LOPEND": ("LOPEND",),
}

Design = tuple[str, int, int]


def designs(
    periode: str, policy: Policy, ledger: Ledger, reeks: Reeks, made: PublishableTable
) -> list[Design]:
    """(code, numbers shown, of how many) per design; none when enough is shown.

    Codes: "zonder:<tabel>", "periode:<code>", "samen".
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
    if any(cell.onderdrukt for cell in made.view("resultaat")):
        yield "samen", merged(reeks.table), ledger, ""
    longer = _longer(parse(periode))
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


def merged(table: CountTable) -> CountTable:
    """The table with results in fewer groups. Who counts in two groups counts once:
    distinct clients are at least those of the larger one."""
    old = {cell.id: cell for cell in table.cells if cell.tabel == "resultaat"}
    new = [
        _group(name, [old[f"resultaat:{c}"] for c in of]) for name, of in SAMEN.items()
    ]
    relations = [
        replace(relation, parts=tuple(cell.id for cell in new))
        if set(relation.parts) == old.keys()
        else relation
        for relation in table.relations
    ]
    cells = [cell for cell in table.cells if cell.id not in old]
    return replace(table, cells=(*cells, *new), relations=tuple(relations))


def _group(name: str, cells: list[CountCell]) -> CountCell:
    return replace(
        cells[0],
        id=f"resultaat:+{name}",
        kwesties=sum(cell.kwesties for cell in cells),
        clienten=max(cell.clienten for cell in cells),
        grootste=0,
    )
