"""How releases hang together: longer periods, and issues that were corrected.

Late registrations go into the next cumulative period as a hidden cell per number
("bij", and "af" when something was taken out). Two readers are reckoned with: one
who does not know them, from whom a small correction must stay hidden, and one who
knows them (or rightly assumes there are none), who can subtract all the better.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from privacy.disclosure.ledger import Knower, Ledger, qualified
from privacy.disclosure.publishable import Refused
from privacy.disclosure.tables import CountCell, CountTable, Relation


@dataclass(frozen=True, slots=True)
class Correction:
    """What came in and went out of one number since it was released."""

    bij: int = 0
    bij_clienten: int = 0
    af: int = 0
    af_clienten: int = 0


def link_period(
    ledger: Ledger,
    table: CountTable,
    parts: Sequence[CountTable],
    corrections: Mapping[str, Correction] | None = None,
    mark: str = "",
) -> Ledger:
    """Tell the ledger that ``table`` (half-year, year, region) is the sum of
    ``parts`` and of the corrections per cell id.

    Cells that some part does not have, and views that count something else than
    kwesties, are left alone. Without a correction for a cell, the difference itself
    is taken, with as many clients as kwesties. ``mark`` tells one division of a
    table from another one of the same table. Refused when they do not add up.
    """
    relations: list[Relation] = []
    hidden: list[CountCell] = []
    sums: list[str] = []
    for cell in table.cells:
        if cell.tabel in table.quantities or cell.structural_zero:
            continue
        if not all(cell.id in part.by_id for part in parts):
            continue
        before = sum(part.by_id[cell.id].kwesties for part in parts)
        change = (corrections or {}).get(cell.id) or _difference(cell, before)
        if before + change.bij - change.af != cell.kwesties:
            raise Refused(
                "tegenstrijdig",
                "De delen en de correctie tellen niet op tot de langere periode.",
                (cell.id,),
            )
        ids = tuple(qualified(part.naam, cell.id) for part in parts)
        total = qualified(table.naam, cell.id)
        new, tied = _tied(total, ids, cell, change, before, mark)
        hidden += new
        relations += tied
        sums += [total] if new else []
    known = tuple(cell.id for cell in hidden)
    reader = f"correcties {table.naam}{mark}"
    knower = [Knower(reader, known, tuple(sums))] if known else []
    return ledger.link(relations, hidden, knower)


def link_reissue(
    ledger: Ledger,
    old: CountTable,
    new: CountTable,
    k: int,
    corrections: Mapping[str, Correction] | None = None,
) -> Ledger:
    """Tell the ledger that ``new`` is a corrected issue of ``old``: a release of
    the difference.

    Refused ("heruitgave") when any difference belongs to 1..k-1 clients; it then
    has to wait for the next cumulative period.
    """
    small = []
    for cell in new.cells:
        if cell.id in old.by_id and cell.tabel not in new.quantities:
            before = old.by_id[cell.id].kwesties
            change = (corrections or {}).get(cell.id) or _difference(cell, before)
            if 1 <= change.bij_clienten < k or 1 <= change.af_clienten < k:
                small.append(cell.id)
    if small:
        raise Refused(
            "heruitgave",
            "Het verschil met de eerdere uitgave gaat over te weinig cliënten. Neem "
            "het mee als correctie in de volgende periode.",
            small,
            (old.naam,),
            ("langere-periode", "niet"),
        )
    return link_period(ledger, new, [old], corrections)


def _difference(cell: CountCell, before: int) -> Correction:
    more = max(cell.kwesties - before, 0)
    less = max(before - cell.kwesties, 0)
    return Correction(more, more, less, less)


def _tied(
    total: str,
    parts: Iterable[str],
    cell: CountCell,
    change: Correction,
    before: int,
    mark: str,
) -> tuple[list[CountCell], list[Relation]]:
    """parts + bij = total, or parts + bij = total + af when something went out."""
    bij = _hidden(f"{total}#bij{mark}", cell, change.bij, change.bij_clienten)
    if not change.bij and not change.af:
        return [], [Relation(total, tuple(parts))]
    if not change.af:
        return [bij], [Relation(total, (*parts, bij.id))]
    af = _hidden(f"{total}#af{mark}", cell, change.af, change.af_clienten)
    # The sum in between is nobody's number: never sensitive by itself.
    middle = _hidden(f"{total}#samen{mark}", cell, before + change.bij, 0)
    return [bij, af, middle], [
        Relation(middle.id, (*parts, bij.id)),
        Relation(middle.id, (total, af.id)),
    ]


def _hidden(id: str, cell: CountCell, kwesties: int, clienten: int) -> CountCell:
    return CountCell(id, cell.tabel, cell.dims, kwesties, clienten, hidden=True)
