"""What can be done instead of a release that was refused, in the order to try.

"totaal", "uitsplitsing:<tabel>" (leave the total, or one view, out) and
"samenvoegen:<tabel>" (show that view in its fixed coarser groups) are listed only when
that was tried and certified. "langere-periode" cannot be tried here; it is listed where no earlier
release is in the way. "niet" (release nothing) always works.
"""

from collections.abc import Callable, Iterable
from typing import Final

from privacy.disclosure.publishable import Refused
from privacy.disclosure.tables import CountTable

TOTAAL: Final = "totaal"
UITSPLITSING: Final = "uitsplitsing:"
SAMENVOEGEN: Final = "samenvoegen:"
LANGERE_PERIODE: Final = "langere-periode"
NIET: Final = "niet"

_BY_CHANGING: Final = {"groepsonthulling", "omvang", "tijd"}
_BY_WAITING: Final = {"groepsonthulling", "tijd", "geen-patroon", "heruitgave"}

Attempt = Callable[[CountTable, frozenset[str]], bool]


def ways_out(table: CountTable, refusal: Refused, attempt: Attempt) -> tuple[str, ...]:
    """Codes of the ways out; ``attempt`` says whether a table is certified when
    these cells of it are withheld.

    Where no set of withheld cells helps at all ("geen-patroon", "vastgelegd"),
    leaving out a view does not help either and is not tried.
    """
    found: list[str] = []
    if refusal.code in _BY_CHANGING:
        found += _by_changing(table, attempt)
    if refusal.code in _BY_WAITING:
        found.append(LANGERE_PERIODE)
    return (*found, NIET)


def _by_changing(table: CountTable, attempt: Attempt) -> Iterable[str]:
    if attempt(table, frozenset([table.total])):
        yield TOTAAL
    views = dict.fromkeys(cell.tabel for cell in table.cells if not cell.hidden)
    for view in views:
        ids = frozenset(cell.id for cell in table.cells if cell.tabel == view)
        if table.total not in ids and attempt(table, ids):
            yield UITSPLITSING + view
    for view in dict.fromkeys(group.cell.tabel for group in table.groups):
        if attempt(table.merged(view), frozenset()):
            yield SAMENVOEGEN + view
