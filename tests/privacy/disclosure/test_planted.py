"""An unsafe pattern planted in every way: the judge and the attacker both catch it.

One row per name. What is planted looks safe at first sight (two dashes in a line, a
slice that is fine by itself, a quarter that was protected alone); the enumerating judge
and ``audit`` agree that it is not, and where the search may choose, what it releases
instead is safe by both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from privacy.disclosure.audit import audit
from privacy.disclosure.formats import read_problem, result_of
from privacy.disclosure.solution import solve
from tests.privacy.disclosure.tables import THREE_WAY, Judge, Shape, as_audit


@dataclass(frozen=True)
class Planted:
    """``printed``: what a careless release shows of ``shape`` filled with ``atoms``;
    ``small``: the cells it means to keep. ``own``: what an insider knows."""

    shape: Shape
    atoms: tuple[int, ...]
    printed: frozenset[str]
    small: frozenset[str]
    k: int = 3
    floor: int = 0
    own: tuple[str, ...] = ()
    reach: int = 8
    searches: bool = True

    def count(self, id: str) -> int:
        return sum(self.atoms[place] for place in self.shape.cells[id])

    def interval(self, id: str) -> tuple[int, int]:
        """What a reader of ``printed`` computes for a cell, by writing out all."""
        tables = Judge(self.shape, {"k": self.k, "cells": []}, self.reach).tables
        fits = np.ones(len(next(iter(tables.values()))), dtype=bool)
        for cell, values in tables.items():
            if cell in self.printed or cell in self.own:
                fits &= values == self.count(cell)
            else:
                fits &= values >= self.floor
        return int(tables[id][fits].min()), int(tables[id][fits].max())

    def document(self) -> dict[str, Any]:
        """The careless release in sdc-audit/1."""
        cells = [
            {
                "id": id,
                "value": self.count(id) if id in self.printed else None,
                "hidden": False,
                "sensitive": id in self.small,
                "clients": self.k if id in self.printed else None,
            }
            for id in self.shape.cells
        ]
        knows = {id: self.count(id) for id in self.own}
        insiders = [{"id": "kenner", "own": list(self.own), "knows": knows}]
        return {
            "k": self.k,
            "must_contain": [1, self.k],
            "suppressed_min": self.floor,
            "cells": cells,
            "relations": [{"sum": t, "of": list(of)} for t, of in self.shape.sums],
            "insiders": insiders if self.own else [],
        }

    def question(self) -> dict[str, Any]:
        """The same numbers with everything still to be decided, in sdc-protect/1."""
        document = {
            "k": self.k,
            "must_contain": [1, self.k],
            "width": self.k,
            "suppressed_min": self.floor,
            "cells": [{"id": id, "count": self.count(id)} for id in self.shape.cells],
            "relations": [{"sum": t, "of": list(of)} for t, of in self.shape.sums],
        }
        if self.own:
            document["insiders"] = [{"id": "kenner", "own": list(self.own)}]
        return document


def of(**cells: str) -> dict[str, frozenset[int]]:
    """Cells by the atoms they count: ``T="012"``."""
    return {id: frozenset(map(int, atoms)) for id, atoms in cells.items()}


def but(shape: Shape, *withheld: str) -> frozenset[str]:
    return frozenset(shape.cells) - set(withheld)


HIERARCHY = Shape(
    4,
    of(p="0", r="1", q1="2", q2="3", sub="23", T="0123"),
    (("T", ("p", "r", "sub")), ("sub", ("q1", "q2"))),
)
LINKED = Shape(
    3,
    of(a="0", b="1", c="2", T1="01", T2="12"),
    (("T1", ("a", "b")), ("T2", ("b", "c"))),
)
ROW = Shape(3, of(T="012", a="0", b="1", c="2"), (("T", ("a", "b", "c")),))
REISSUE = Shape(
    3,
    of(v1a="0", v1b="1", v1="01", bij="2", v2a="02", v2="012"),
    (
        ("v1", ("v1a", "v1b")),
        ("v2a", ("v1a", "bij")),
        ("v2", ("v2a", "v1b")),
        ("v2", ("v1", "bij")),
    ),
)
ROLLING = Shape(
    3,
    of(s1="0", s2="1", s3="2", W1="01", W2="12", Y="012"),
    (("W1", ("s1", "s2")), ("W2", ("s2", "s3")), ("Y", ("W1", "s3"))),
)
REGION = Shape(
    4,
    of(Aa="0", Ab="1", A="01", Ba="2", Bb="3", B="23", Ra="02", Rb="13", R="0123"),
    (
        ("A", ("Aa", "Ab")),
        ("B", ("Ba", "Bb")),
        ("Ra", ("Aa", "Ba")),
        ("Rb", ("Ab", "Bb")),
        ("R", ("A", "B")),
        ("R", ("Ra", "Rb")),
    ),
)
# Two triangles of which at most one corner can be 1, each with what is left over of a
# side; halves of all corners fit as well, so only whole numbers give W away.
TRIANGLES = Shape(
    12,
    {
        **{f"x{n}": frozenset([n]) for n in range(6)},
        **{f"l{n}": frozenset([6 + n]) for n in range(6)},
        **{
            f"side{n}": frozenset([n, n - n % 3 + (n + 1) % 3, 6 + n]) for n in range(6)
        },
        "W": frozenset(range(6)),
    },
    (
        *(
            (f"side{n}", (f"x{n}", f"x{n - n % 3 + (n + 1) % 3}", f"l{n}"))
            for n in range(6)
        ),
        ("W", tuple(f"x{n}" for n in range(6))),
    ),
)
INNER = frozenset(id for id in THREE_WAY.cells if "T" not in id)

WAYS: Mapping[str, Planted] = {
    "hierarchical": Planted(
        HIERARCHY, (6, 5, 2, 4), but(HIERARCHY, "q1", "p"), frozenset(["q1"])
    ),
    "linked": Planted(LINKED, (5, 1, 6), but(LINKED, "a", "b"), frozenset(["b"])),
    # (0,0,0) is 1 and the corner opposite, in no slice with it, is 0.
    "three-way with safe-looking slices": Planted(
        THREE_WAY,
        (1, 5, 5, 5, 5, 5, 5, 0),
        frozenset(THREE_WAY.cells) - INNER,
        frozenset(["c000"]),
        k=2,
        reach=6,
    ),
    "singletons with printed zeros": Planted(
        ROW, (1, 1, 1), frozenset(["T"]), frozenset("abc"), k=2, floor=1
    ),
    "integrality": Planted(
        TRIANGLES,
        (1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0),
        frozenset(f"side{n}" for n in range(6)),
        frozenset(["W"]),
        reach=1,
        searches=False,
    ),
    "re-issues": Planted(
        REISSUE, (7, 5, 2), but(REISSUE, "bij", "v2"), frozenset(["bij"]), reach=12
    ),
    "rolling periods": Planted(
        ROLLING, (6, 5, 2), frozenset(["W1", "W2", "Y"]), frozenset(["s3"]), reach=12
    ),
    "regional sums": Planted(
        REGION,
        (6, 5, 2, 7),
        but(REGION, "Ba", "Bb"),
        frozenset(["Ba"]),
        reach=12,
    ),
    "insiders": Planted(ROW, (6, 2, 5), but(ROW, "b", "c"), frozenset("b"), own=("c",)),
}


@pytest.mark.parametrize("name", WAYS)
def test_an_unsafe_pattern_planted_in_this_way_is_caught(name: str) -> None:
    planted = WAYS[name]
    for id in planted.small:
        low, high = planted.interval(id)
        assert not (low <= 1 and high >= planted.k)
    found = audit(planted.document())
    assert {breach.cell for breach in found.breaches} == planted.small


@pytest.mark.parametrize("name", [name for name in WAYS if WAYS[name].searches])
def test_what_is_released_instead_is_safe(name: str) -> None:
    planted = WAYS[name]
    question = planted.question()
    problem, rule = read_problem(question)
    result = result_of(problem, solve(problem, rule.seconds), 0.0)
    assert result["status"] == "safe"
    assert Judge(planted.shape, question, planted.reach).is_safe(result["withheld"])
    assert audit(as_audit(question, result)).breaches == ()


def test_the_three_way_slices_look_safe_one_by_one() -> None:
    """Otherwise that row of the table would be an ordinary two-way mistake."""
    planted = WAYS["three-way with safe-looking slices"]
    for axis in range(3):
        for at in "01":
            inside = {id for id in THREE_WAY.cells if id[1 + axis] == at}
            cells = {id: THREE_WAY.cells[id] for id in inside}
            sums = tuple(
                (total, parts)
                for total, parts in THREE_WAY.sums
                if inside.issuperset((total, *parts))
            )
            document = Planted(
                Shape(8, cells, sums),
                planted.atoms,
                planted.printed & inside,
                planted.small & inside,
                k=2,
            ).document()
            assert audit(document).breaches == ()


def test_linear_programs_alone_would_pass_the_one_of_integrality() -> None:
    """Halves in every corner give W room up to k; whole numbers stop at 2."""
    planted = WAYS["integrality"]
    halves = [0.5] * 6 + [0.0] * 6
    for total, parts in TRIANGLES.sums[:6]:
        assert planted.count(total) == 1
        assert sum(halves[min(TRIANGLES.cells[p])] for p in parts) == 1
    assert sum(halves[:6]) == planted.k
    assert planted.interval("W") == (0, 2)
