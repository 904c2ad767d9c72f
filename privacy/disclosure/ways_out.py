"""What can be done instead of a release that was refused, in the order to try.

"totaal" and "uitsplitsing:<tabel>" (leave the total, or one view, out) and
"samenvoegen" (put small categories together) are listed only when that was tried and
certified. "langere-periode" cannot be tried here; it is listed where no earlier
release is in the way. "niet" (release nothing) always works.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from privacy.disclosure.publishable import Refused
from privacy.disclosure.tables import CountCell, CountTable, Relation

TOTAAL: Final = "totaal"
UITSPLITSING: Final = "uitsplitsing:"
SAMENVOEGEN: Final = "samenvoegen"
LANGERE_PERIODE: Final = "langere-periode"
NIET: Final = "niet"
SAMEN: Final = "#samengevoegd"

_BY_CHANGING: Final = {"groepsonthulling", "tijd"}
_BY_WAITING: Final = {"groepsonthulling", "tijd", "geen-patroon", "heruitgave"}

Attempt = Callable[[CountTable, frozenset[str]], bool]


def ways_out(
    table: CountTable, refusal: Refused, k: int, attempt: Attempt
) -> tuple[str, ...]:
    """Codes of the ways out; ``attempt`` says whether a table is certified when
    these cells of it are withheld.

    Where no set of withheld cells helps at all ("geen-patroon", "vastgelegd"),
    leaving out a view does not help either and is not tried.
    """
    found: list[str] = []
    if refusal.code in _BY_CHANGING:
        found += _by_changing(table, k, attempt)
    if refusal.code in _BY_WAITING:
        found.append(LANGERE_PERIODE)
    return (*found, NIET)


def _by_changing(table: CountTable, k: int, attempt: Attempt) -> Iterable[str]:
    if attempt(table, frozenset([table.total])):
        yield TOTAAL
    views = dict.fromkeys(cell.tabel for cell in table.cells if not cell.hidden)
    for view in views:
        ids = frozenset(cell.id for cell in table.cells if cell.tabel == view)
        if table.total not in ids and attempt(table, ids):
            yield UITSPLITSING + view
    coarser = merged(table, k)
    if coarser is not None and attempt(coarser, frozenset()):
        yield SAMENVOEGEN


def merged(table: CountTable, k: int) -> CountTable | None:
    """The table with the categories of each view that have few clients shown as one
    (its clients: at least as many as of its largest part); None when there are none.

    The categories stay in it as hidden cells: they exist, and a reader knows that.
    """
    cells = {cell.id: cell for cell in table.cells}
    relations: list[Relation] = []
    for relation in table.relations:
        small = [cells[id] for id in relation.parts if cells[id].clienten < k]
        if len(small) < 2 or len(small) == len(relation.parts):
            relations.append(relation)
            continue
        whole = _together(relation.total, small)
        cells[whole.id] = whole
        cells |= {cell.id: replace(cell, hidden=True) for cell in small}
        gone = {cell.id for cell in small}
        rest = tuple(id for id in relation.parts if id not in gone)
        relations.append(replace(relation, parts=(*rest, whole.id)))
        relations.append(Relation(whole.id, tuple(cell.id for cell in small)))
    if len(cells) == len(table.cells):
        return None
    return replace(table, cells=tuple(cells.values()), relations=tuple(relations))


def _together(total: str, small: list[CountCell]) -> CountCell:
    first = small[0]
    return CountCell(
        f"{first.tabel}:{total}{SAMEN}",
        first.tabel,
        (),
        sum(cell.kwesties for cell in small),
        max(cell.clienten for cell in small),
        grootste=max(cell.grootste for cell in small),
    )
