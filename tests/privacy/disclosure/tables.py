"""Small random tables and an enumerating judge, for the disclosure tests.

The judge knows nothing of flows, programs or certificates: it writes out every
table a reader may hold for true (atoms 0..``reach``) and looks.
"""

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

Atoms = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Shape:
    """Cells as sums of atoms: id to the atoms it counts, and the known sums."""

    atoms: int
    cells: Mapping[str, frozenset[int]]
    sums: tuple[tuple[str, tuple[str, ...]], ...]


def cross(*sizes: int, hidden_inside: bool = False) -> Shape:
    """A full table over ``sizes`` with all its margins; with ``hidden_inside`` the
    finest cells are named "h..." (they exist and are never displayed)."""
    atoms = list(itertools.product(*map(range, sizes)))
    keys = list(itertools.product(*([*range(size), None] for size in sizes)))

    def name(key: tuple[int | None, ...]) -> str:
        text = "".join("T" if part is None else str(part) for part in key)
        return ("h" if hidden_inside and "T" not in text else "c") + text

    cells = {
        name(key): frozenset(
            place
            for place, atom in enumerate(atoms)
            if all(k is None or k == a for k, a in zip(key, atom, strict=True))
        )
        for key in keys
    }
    sums = tuple(
        (
            name(key),
            tuple(name((*key[:axis], i, *key[axis + 1 :])) for i in range(size)),
        )
        for key in keys
        for axis, size in enumerate(sizes)
        if key[axis] is None
    )
    return Shape(len(atoms), cells, sums)


def nested(parts: int, inner: int) -> Shape:
    """One total over ``parts``, the last of which is split in ``inner`` again."""
    leaves = parts - 1 + inner
    cells = {f"p{i}": frozenset([i]) for i in range(parts - 1)}
    cells |= {f"q{i}": frozenset([parts - 1 + i]) for i in range(inner)}
    cells["sub"] = frozenset(range(parts - 1, leaves))
    cells["T"] = frozenset(range(leaves))
    top = (*(f"p{i}" for i in range(parts - 1)), "sub")
    return Shape(
        leaves, cells, (("T", top), ("sub", tuple(f"q{i}" for i in range(inner))))
    )


def series() -> Shape:
    """Two categories over two quarters, with the half-year: atoms category x
    quarter; and each period's total."""
    return Shape(
        4,
        {
            "Q1a": frozenset([0]),
            "Q1b": frozenset([1]),
            "Q1": frozenset([0, 1]),
            "Q2a": frozenset([2]),
            "Q2b": frozenset([3]),
            "Q2": frozenset([2, 3]),
            "Ha": frozenset([0, 2]),
            "Hb": frozenset([1, 3]),
            "H": frozenset([0, 1, 2, 3]),
        },
        (
            ("Q1", ("Q1a", "Q1b")),
            ("Q2", ("Q2a", "Q2b")),
            ("H", ("Ha", "Hb")),
            ("Ha", ("Q1a", "Q2a")),
            ("Hb", ("Q1b", "Q2b")),
            ("H", ("Q1", "Q2")),
        ),
    )


SHAPES = (
    cross(2, 2),
    cross(2, 3),
    cross(2, 2, 1),
    nested(3, 2),
    nested(2, 3),
    series(),
    cross(2, 2, hidden_inside=True),
)
THREE_WAY = cross(2, 2, 2)


@st.composite
def problems(
    draw: st.DrawFn, shapes: Sequence[Shape] = SHAPES, most: int = 5
) -> tuple[Shape, dict[str, Any]]:
    """A shape and an sdc-protect/1 document over it, with every kind of cell."""
    shape = draw(st.sampled_from(shapes))
    k = draw(st.integers(2, 3))
    small = st.integers(0, most)
    atoms = draw(st.lists(small, min_size=shape.atoms, max_size=shape.atoms))
    kinds = draw(
        st.lists(
            st.sampled_from(["", "", "", "", "", "", "released", "withheld_before"]),
            min_size=len(shape.cells),
            max_size=len(shape.cells),
        )
    )
    suppressed_min = draw(st.sampled_from([0, 0, 1]))
    cells = []
    for (id, inside), kind in zip(shape.cells.items(), kinds, strict=True):
        count = sum(atoms[place] for place in inside)
        cell: dict[str, Any] = {"id": id, "count": count}
        if id.startswith("h"):
            cell["hidden"] = True
        elif kind == "released" and (count == 0 or count >= k):
            cell["released"] = True
        elif kind == "withheld_before" and count >= suppressed_min:
            cell["withheld_before"] = True
        if count > 1 and draw(st.integers(0, 9)) == 0 and not cell.get("released"):
            cell["clients"] = draw(st.integers(1, count))
        cells.append(cell)
    document = {
        "k": k,
        "must_contain": [1, k],
        "width": k,
        "suppressed_min": suppressed_min,
        "cells": cells,
        "relations": [{"sum": total, "of": list(of)} for total, of in shape.sums],
        "time_limit": 20,
    }
    if draw(st.integers(0, 3)) == 0:
        own = draw(st.lists(st.sampled_from(sorted(shape.cells)), max_size=2))
        document["insiders"] = [{"id": "aanbieder", "own": own}]
    return shape, document


@cache
def worlds(atoms: int, reach: int) -> NDArray[np.int16]:
    """Every way to fill so many atoms with 0..reach: one column each."""
    return np.indices((reach + 1,) * atoms, dtype=np.int16).reshape(atoms, -1)


@cache
def _worlds(shape: "Shape", reach: int) -> dict[str, NDArray[np.int16]]:
    """Every cell of a shape in every table with atoms 0..reach; made once."""
    grid = worlds(shape.atoms, reach)
    return {
        id: grid[sorted(inside)].sum(axis=0, dtype=np.int16)
        for id, inside in shape.cells.items()
    }


class Judge:
    """Every table of a shape with atoms 0..reach; then questions about it."""

    def __init__(self, shape: Shape, document: Mapping[str, Any], reach: int) -> None:
        self.document = document
        self.k = int(document["k"])
        self.tables = _worlds(shape, reach)
        self.cells = {cell["id"]: cell for cell in document["cells"]}

    def sensitive(self) -> list[str]:
        return [
            id
            for id, cell in self.cells.items()
            if 1 <= cell.get("clients", cell["count"]) < self.k
        ]

    def candidates(self) -> list[str]:
        """Cells a pattern may choose to print or withhold."""
        least = self.document["suppressed_min"]
        return [
            id
            for id, cell in self.cells.items()
            if id not in self.sensitive()
            and not cell.get("released")
            and not cell.get("withheld_before")
            and not cell.get("hidden")
            and cell["count"] >= least
        ]

    def forced(self) -> set[str]:
        return {
            id
            for id, cell in self.cells.items()
            if not cell.get("hidden")
            and (cell.get("withheld_before") or id in self.sensitive())
        }

    def possible(
        self, withheld: Iterable[str], own: Iterable[str] = ()
    ) -> NDArray[np.bool_]:
        """Which tables agree with everything this reader knows."""
        held = set(withheld)
        fits = np.ones(len(next(iter(self.tables.values()))), dtype=bool)
        for id, cell in self.cells.items():
            known = not cell.get("hidden") and id not in held
            if known or id in own:
                fits &= self.tables[id] == cell["count"]
            elif not cell.get("hidden"):
                fits &= self.tables[id] >= self.document["suppressed_min"]
        return fits

    def is_safe(self, withheld: Iterable[str]) -> bool:
        """The rule of the design, looked up in the list of possible tables."""
        held = set(withheld)
        if not self.forced() <= held:
            return False
        readers = [[], *(i["own"] for i in self.document.get("insiders", []))]
        return all(self._safe_for(held, own) for own in readers)

    def _safe_for(self, held: set[str], own: Sequence[str]) -> bool:
        fits = self.possible(held, own)
        for id in self.sensitive():
            if id in own:
                continue
            values = self.tables[id][fits]
            low, high = self._wanted(self.cells[id])
            if not (values.min() <= low and values.max() >= high):
                return False
        return True

    def _wanted(self, cell: Mapping[str, Any]) -> tuple[int, int]:
        count = cell["count"]
        if count < self.k:
            return 1, self.k
        floor = 0 if cell.get("hidden") else self.document["suppressed_min"]
        return max(floor, count - self.k), count + self.k

    def cheapest(self, weight: Mapping[str, int]) -> int | None:
        """The least loss of any safe pattern; None when there is none."""
        choices = self.candidates()
        forced = self.forced()
        base = sum(weight[id] for id in forced if id not in self.sensitive())
        if not self.is_safe(forced | set(choices)):
            return None
        best: int | None = None
        for chosen in itertools.product([False, True], repeat=len(choices)):
            picked = {id for id, yes in zip(choices, chosen, strict=True) if yes}
            loss = base + sum(weight[id] for id in picked)
            if (best is None or loss < best) and self.is_safe(forced | picked):
                best = loss
        return best


def as_audit(document: Mapping[str, Any], result: Mapping[str, Any]) -> dict[str, Any]:
    """The sdc-audit/1 document of what a result prints; cells with few clients and
    at least k kwesties are left to the enumerating judge."""
    withheld, sensitive = set(result["withheld"]), set(result["sensitive"])
    k = document["k"]
    counts = {cell["id"]: cell["count"] for cell in document["cells"]}
    cells = []
    for cell in document["cells"]:
        id = cell["id"]
        secret = bool(cell.get("hidden")) or id in withheld
        cells.append(
            {
                "id": id,
                "value": None if secret else cell["count"],
                "hidden": bool(cell.get("hidden")),
                "sensitive": id in sensitive and cell["count"] < k,
                "clients": cell.get("clients", cell["count"]),
            }
        )
    insiders = [
        {"id": i["id"], "own": i["own"], "knows": {id: counts[id] for id in i["own"]}}
        for i in document.get("insiders", [])
    ]
    return json.loads(
        json.dumps(
            {
                "k": k,
                "must_contain": document["must_contain"],
                "suppressed_min": document["suppressed_min"],
                "cells": cells,
                "relations": document["relations"],
                "insiders": insiders,
            }
        )
    )
