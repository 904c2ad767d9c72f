"""What goes in: counts of kwesties and of distinct clients, and how they add up.

Invariant: nothing in this module says what may be shown. A ``CountTable`` holds
true numbers and never leaves the process; only ``protect`` turns it into something
that may (tests/privacy/disclosure/test_protect.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

LOWEST_K: Final = 5


@dataclass(frozen=True, slots=True)
class CountCell:
    """One number of a table, with the number of distinct clients behind it.

    ``id`` is unique within its table ("aard:FIN"); ``tabel`` names the view it is
    shown in ("totaal", "soort", "aard", ...); ``dims`` are the (dimension, code)
    pairs. ``clienten`` is the careful lower bound of distinct clients: all
    anonymous kwesties of a cell count as one client.

    ``structural_zero``: the combination cannot occur, everybody knows that.
    ``hidden``: the cell exists and can be reasoned about, but is never displayed.
    ``priority``: whole-number weight by level or category, never by value; the
    higher, the longer the cell stays printed. 1 leaves it to the level.
    ``grootste``: the most kwesties one client brings (0: not known); more than half
    of the cell makes it sensitive. ``organisaties``: organisations behind the cell
    (None: does not apply); fewer than three makes it sensitive.
    """

    id: str
    tabel: str
    dims: tuple[tuple[str, str], ...]
    kwesties: int
    clienten: int
    structural_zero: bool = False
    hidden: bool = False
    priority: int = 1
    grootste: int = 0
    organisaties: int | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """``total`` is the sum of ``parts`` (ids of cells; one part means: the same).

    ``group``: the parts say something about the person, so that one part holding
    (nearly) everybody is a disclosure about everybody in the total.
    """

    total: str
    parts: tuple[str, ...]
    group: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Cells of one view that can be shown as one: ``cell`` with its own count of
    distinct clients, ``parts`` the ids it takes the place of.

    Which cells those are is fixed beforehand, never chosen by their numbers: who
    sees a merged cell would otherwise know that its parts are small.
    """

    cell: CountCell
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountTable:
    """All cells of one release, with the relations a reader knows.

    ``total`` is the id of the grand total. ``multi`` names the views in which one
    kwestie may count in several cells ("inhoud"): those cells do not add up to the
    total, but each of them is a part of it, so "all the others" is a number too.
    ``quantities`` names the views that count something else than kwesties (minutes).
    ``groups``: coarser cells that ``merged`` shows. ``telwijze``: how anonymous people
    were counted ("": together as one), told to the reader.
    """

    naam: str
    cells: tuple[CountCell, ...]
    relations: tuple[Relation, ...]
    total: str
    multi: tuple[str, ...] = ("inhoud",)
    quantities: tuple[str, ...] = ("minuten",)
    groups: tuple[Group, ...] = ()
    telwijze: str = ""
    by_id: Mapping[str, CountCell] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {cell.id: cell for cell in self.cells})

    @property
    def totaal(self) -> CountCell:
        """The grand total; KeyError when the table does not hold it."""
        return self.by_id[self.total]

    def without(self, *tabellen: str) -> "CountTable":
        """The same table without these views: one of the ways out of a refusal."""
        cells = tuple(cell for cell in self.cells if cell.tabel not in tabellen)
        kept = {cell.id for cell in cells}
        relations = tuple(
            relation
            for relation in self.relations
            if kept.issuperset((relation.total, *relation.parts))
        )
        groups = tuple(g for g in self.groups if g.cell.tabel not in tabellen)
        return replace(self, cells=cells, relations=relations, groups=groups)

    def merged(self, *tabellen: str) -> "CountTable":
        """The same table with these views in fewer groups. The parts stay in it as
        hidden cells: they exist, earlier releases may show them, and they are
        protected like any other number."""
        chosen = [group for group in self.groups if group.cell.tabel in tabellen]
        inside = {part: group.cell.id for group in chosen for part in group.parts}
        whole = {group.cell.id: group.cell for group in chosen}
        cells: dict[str, CountCell] = {}
        for cell in self.cells:
            if cell.id in inside:
                cells[inside[cell.id]] = whole[inside[cell.id]]
                cell = replace(cell, hidden=True)
            cells[cell.id] = cell
        relations = [_coarser(relation, inside) for relation in self.relations]
        relations += [Relation(group.cell.id, group.parts) for group in chosen]
        groups = tuple(group for group in self.groups if group not in chosen)
        return replace(
            self,
            cells=tuple(cells.values()),
            relations=tuple(relations),
            groups=groups,
        )


def _coarser(relation: Relation, inside: Mapping[str, str]) -> Relation:
    """The relation over the groups that its parts went into."""
    parts = dict.fromkeys(inside.get(part, part) for part in relation.parts)
    return replace(relation, parts=tuple(parts))


@dataclass(frozen=True, slots=True)
class Policy:
    """Threshold on distinct clients, and who will read it.

    ``k`` is at least 5 (10 for the public and for providers); ``publiek`` is
    "opdrachtgever" or "openbaar". ``time_limit`` in seconds bounds the search for a
    better pattern; the first certified one may take ten times as long. ``withhold``: ids of cells of the new
    table that are not shown whatever the search says (a quarter that is kept coarse,
    a view that the checker leaves out); they may serve as shields.
    """

    k: int
    publiek: str
    time_limit: float = 20.0
    withhold: frozenset[str] = frozenset()


def problems_in(table: CountTable) -> list[str]:
    """What is wrong with the numbers of a table; empty when they are consistent."""
    found = list(_wrong_cells(table))
    found.extend(_wrong_relations(table.by_id, table.relations))
    if table.total not in table.by_id:
        found.append(f"het totaal {table.total!r} ontbreekt")
    return found


def _wrong_cells(table: CountTable) -> Iterable[str]:
    if len(table.by_id) != len(table.cells):
        yield "een cel komt twee keer voor"
    for cell in table.cells:
        if cell.kwesties < 0 or cell.clienten < 0:
            yield f"{cell.id}: een aantal onder nul"
        elif cell.clienten > cell.kwesties and cell.tabel not in table.quantities:
            yield f"{cell.id}: meer cliënten dan kwesties"
        if cell.structural_zero and cell.kwesties:
            yield f"{cell.id}: kan niet voorkomen en is toch geteld"


def _wrong_relations(
    by_id: Mapping[str, CountCell], relations: Iterable[Relation]
) -> Iterable[str]:
    for relation in relations:
        ids = (relation.total, *relation.parts)
        unknown = [id for id in ids if id not in by_id]
        if unknown:
            yield f"onbekende cel {unknown[0]!r} in een optelling"
        elif len(set(ids)) != len(ids):
            yield f"{relation.total}: een cel staat twee keer in de optelling"
        elif by_id[relation.total].kwesties != sum(
            by_id[part].kwesties for part in relation.parts
        ):
            yield f"{relation.total}: de delen tellen niet op tot het totaal"
