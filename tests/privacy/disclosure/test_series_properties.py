"""Random series: re-issues, rolling periods, regions and insiders, by enumeration.

Each number of a series is a sum of a few atoms that nobody prints. After every release
the judge writes out all ways to fill the atoms that agree with what this reader has,
and no number of 1 to k-1 clients may be narrower than [1, k]. ``audit`` is asked too.
The default run is small and seeded; ADVIESPUNT_DEEP=1 runs thousands.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from privacy.disclosure import (
    CountCell,
    CountTable,
    Group,
    Knower,
    Ledger,
    Policy,
    Refused,
    Relation,
    link_period,
    link_reissue,
    protect,
    qualified,
)
from privacy.disclosure.audit import audit
from privacy.disclosure.export import audit_document
from tests.privacy.disclosure.tables import worlds
from tests.privacy.disclosure.test_properties import examples

K = 5
POLICY = Policy(K, "opdrachtgever", time_limit=1)
REACH = 22
Places = frozenset[int]
COUNT = st.integers(0, 9)
FOUR = st.lists(COUNT, min_size=4, max_size=4)


@dataclass
class World:
    """True atoms, the places each cell of the ledger counts, and the ledger."""

    atoms: Sequence[int]
    ledger: Ledger = field(default_factory=Ledger.empty)
    places: dict[str, Places] = field(default_factory=dict)
    released: int = 0

    def table(self, naam: str, total: str, cells: Mapping[str, Iterable[int]]) -> None:
        """Keep what the cells of a table count; see ``made``."""
        for id, places in cells.items():
            self.places[qualified(naam, id)] = frozenset(places)
        self.places[qualified(naam, total)] = frozenset().union(*cells.values())

    def count(self, id: str) -> int:
        return sum(self.atoms[place] for place in self.places[id])

    def made(self, naam: str, cells: Mapping[str, Iterable[int]]) -> CountTable:
        """A table with total "T" over cells; as many clients as kwesties."""
        self.table(naam, "T", cells)
        rows = []
        for id in ("T", *cells):
            number = self.count(qualified(naam, id))
            rows.append(
                CountCell(id, "totaal" if id == "T" else "aard", (), number, number)
            )
        return CountTable(naam, tuple(rows), (Relation("T", tuple(cells)),), "T")

    def hide(self, naam: str, cells: Mapping[str, Iterable[int]]) -> CountTable:
        """A table that exists and is shown to nobody."""
        table = self.made(naam, cells)
        hidden = [
            replace(cell, id=qualified(naam, cell.id), hidden=True)
            for cell in table.cells
        ]
        parts = tuple(qualified(naam, id) for id in cells)
        total = Relation(qualified(naam, "T"), parts)
        self.ledger = self.ledger.link([total], hidden)
        return table

    def forget(self, naam: str, ledger: Ledger) -> None:
        """A release that was refused is nobody's number."""
        self.ledger = ledger
        for id in [id for id in self.places if id.startswith(f"{naam}/")]:
            del self.places[id]

    def release(self, table: CountTable) -> bool:
        """Put it out when it can be; whether it could."""
        try:
            self.ledger = self.ledger.add(table, protect(table, POLICY, self.ledger))
        except Refused as refusal:
            assert refusal.code in {"vastgelegd", "geen-patroon"}
            return False
        self.released += 1
        return True

    def safe(self) -> bool:
        """Nobody can do better than [1, k] for any number of 1 to k-1."""
        readers: list[tuple[Sequence[str], Sequence[str]]] = [((), ())]
        readers += [(one.own, one.excused) for one in self.ledger.insiders]
        return all(self._safe_for(own, excused) for own, excused in readers)

    def _safe_for(self, own: Sequence[str], excused: Sequence[str]) -> bool:
        tables = worlds(len(self.atoms), REACH)
        known = {*self.ledger.printed, *(id for id in own if id in self.places)}
        fits = np.ones(tables.shape[1], dtype=bool)
        for id in known:
            fits &= tables[sorted(self.places[id])].sum(axis=0) == self.count(id)
        left = tables[:, fits]
        theirs = set().union(*(self.places[id] for id in own if id in self.places))
        for id, places in self.places.items():
            if not 1 <= self.count(id) < K or id in own or id in excused:
                continue
            if theirs & places:
                continue  # a sum in which this reader knows a part
            values = left[sorted(places)].sum(axis=0)
            if values.min() > 1 or values.max() < K:
                return False
        return True

    def judged(self) -> None:
        assert self.safe()
        assert audit(audit_document(self.ledger, POLICY)).breaches == ()


@examples(24)
@given(FOUR, st.integers(0, 9), st.booleans())
def test_a_corrected_issue_gives_no_correction_away(
    atoms: list[int], late: int, twice: bool
) -> None:
    """a, b and what came in late for a; then, perhaps, once more for b."""
    world = World([atoms[0], atoms[1], late, atoms[2] if twice else 0])
    first = world.made("v1", {"a": [0], "b": [1]})
    if not world.release(first):
        return
    second = world.made("v2", {"a": [0, 2], "b": [1]})
    issues = [(first, second)]
    if twice:
        issues.append((second, world.made("v3", {"a": [0, 2], "b": [1, 3]})))
    for old, new in issues:
        if not _reissued(world, old, new):
            break
    world.places = {
        id: places
        for id, places in world.places.items()
        if id.partition("/")[0] in {r.table.naam for r in world.ledger.releases}
    }
    world.judged()


def _reissued(world: World, old: CountTable, new: CountTable) -> bool:
    """Whether the corrected issue went out; refused when it differs by too few."""
    more = {c.id: c.kwesties - old.by_id[c.id].kwesties for c in new.cells}
    try:
        world.ledger = link_reissue(world.ledger, old, new, K)
    except Refused as refusal:
        assert refusal.code == "heruitgave"
        assert any(1 <= number < K for number in more.values())
        return False
    assert not any(1 <= number < K for number in more.values())
    for id, place in (("a", 2), ("b", 3)):
        if more[id]:
            for cell in (id, "T"):
                world.places[f"{new.naam}/{cell}#bij"] = frozenset([place])
    return world.release(new)


@examples(24)
@given(FOUR, st.permutations(["W1", "W2", "W3", "Y"]))
def test_rolling_periods_give_no_slice_away(atoms: list[int], order: list[str]) -> None:
    """Four slices of time that nobody prints, every two neighbours, and all of them,
    in any order."""
    world = World(atoms)
    slices = [world.hide(f"s{n}", {"a": [n]}) for n in range(4)]
    inside = {"W1": (0, 1), "W2": (1, 2), "W3": (2, 3), "Y": (0, 1, 2, 3)}
    for naam in order:
        whole = world.made(naam, {"a": inside[naam]})
        before = world.ledger
        parts = [slices[n] for n in inside[naam]]
        world.ledger = link_period(world.ledger, whole, parts)
        if not world.release(whole):
            world.forget(naam, before)
    world.judged()


@examples(24)
@given(FOUR, st.permutations(["A", "B", "R"]), st.sampled_from(["", "A", "B", "a"]))
def test_a_region_and_its_gemeenten_in_any_order_give_nobody_away(
    atoms: list[int], order: list[str], knower: str
) -> None:
    """Two gemeenten by two subjects, and their region; also for a gemeente that knows
    its own register, and for who knows one subject everywhere. What a gemeente did not
    release (yet) exists, so it is in the ledger as a hidden table."""
    world = World(atoms)
    places = {"A": {"a": [0], "b": [1]}, "B": {"a": [2], "b": [3]}}
    both = {"a": [0, 2], "b": [1, 3]}
    registers = {naam: world.hide(f"R~{naam}", of) for naam, of in places.items()}
    if knower:
        own = [f"{t}{knower}/{id}" for t in ("", "R~") for id in ("a", "b", "T")]
        if knower == "a":
            own = ["R~A/a", "R~B/a", "A/a", "B/a", "R/a"]
        world.ledger = world.ledger.link((), (), [Knower(knower, tuple(own))])
    for naam in order:
        table = world.made(naam, both if naam == "R" else places[naam])
        inside = [*registers.values()] if naam == "R" else [registers[naam]]
        before = world.ledger
        world.ledger = link_period(world.ledger, table, inside)
        if not world.release(table):
            world.forget(naam, before)
    world.judged()


@examples(24)
@given(FOUR, st.booleans(), st.lists(st.sampled_from(range(3)), max_size=2))
def test_who_knows_some_cells_finds_no_other_ones(
    atoms: list[int], again: bool, known: list[int]
) -> None:
    """One table of three subjects, then perhaps the next period and the sum."""
    names = ("a", "b", "c")
    world = World(atoms)
    first = world.made("Q1", {"a": [0], "b": [1], "c": [2]})
    own = tuple(f"Q1/{names[n]}" for n in sorted(set(known)))
    if own:
        world.ledger = world.ledger.link((), (), [Knower("aanbieder", own)])
    world.release(first)
    if again:
        both = world.made("H1", {"a": [0, 3], "b": [1], "c": [2]})
        extra = CountCell("H1/a#bij", "aard", (), atoms[3], atoms[3], hidden=True)
        ties = [
            Relation("H1/a", ("Q1/a", extra.id)),
            Relation("H1/b", ("Q1/b",)),
            Relation("H1/c", ("Q1/c",)),
            Relation("H1/T", ("Q1/T", extra.id)),
        ]
        world.places[extra.id] = frozenset([3])
        world.ledger = world.ledger.link(ties, [extra])
        world.release(both)
    out = {release.table.naam for release in world.ledger.releases}
    world.places = {
        id: p for id, p in world.places.items() if id.partition("/")[0] in out
    }
    world.judged()


@examples(24)
@given(FOUR, st.booleans(), st.booleans())
@example([0, 0, 1, 4], False, False)  # the year first, then a half-year of one client
def test_merged_and_fine_tables_of_one_year_give_nobody_away(
    atoms: list[int], fine_first: bool, all_fine: bool
) -> None:
    """A half-year shows three categories, the year two of them as one, or the other
    way round; atoms a, b, c of the half-year and what the rest of the year adds."""
    world = World(atoms)
    half = world.made("H1", {"a": [0], "b": [1], "c": [2]})
    year = world.made("Y", {"a": [0, 3], "b": [1], "c": [2]})
    pair = world.count("Y/b") + world.count("Y/c")
    group = Group(CountCell("bc", "aard", (), pair, pair), ("b", "c"))
    merged = replace(year, groups=(group,)).merged("aard")
    world.places["Y/bc"] = frozenset([1, 2])
    order = [half, year if all_fine else merged]
    for table in order if fine_first else order[::-1]:
        if table is order[1] or not fine_first:
            whole, part = order[1], half
            if not world.ledger.relations:
                world.ledger = link_period(world.ledger, whole, [part])
        world.release(table)
    for id in ("a", "T"):
        if atoms[3]:
            world.places[f"Y/{id}#bij"] = frozenset([3])
    out = {release.table.naam for release in world.ledger.releases}
    world.places = {
        id: p for id, p in world.places.items() if id.partition("/")[0] in out
    }
    if len(out) < 2:
        world.places = {id: p for id, p in world.places.items() if "#" not in id}
    world.judged()
