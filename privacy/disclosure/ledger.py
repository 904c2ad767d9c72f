"""Everything one audience ever received: what a new release has to reckon with.

Invariant: a ledger only grows, and constraints come from what was printed, never
from the current register (tests/privacy/disclosure/test_ledger.py). It holds true
numbers of withheld cells, so it is as confidential as the register itself.

Cells of different releases are told apart by "naam/id" (``qualified``). Releases
are tied by relations over such ids: a half-year is the sum of its quarters and of
the late registrations ("correctie"), which is a hidden cell of the ledger.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from privacy.disclosure.publishable import PublishableTable, Refused
from privacy.disclosure.tables import CountCell, CountTable, Relation

FORMAT: Final = "adviespunt-grootboek/1"


def qualified(naam: str, id: str) -> str:
    """The id of a cell of one release within the ledger."""
    return f"{naam}/{id}"


@dataclass(frozen=True, slots=True)
class Release:
    """One release: the true table, what of it was printed, under which threshold."""

    table: CountTable
    k: int
    te_weinig: bool
    printed: Mapping[str, int]
    sha256: str

    @property
    def withheld(self) -> frozenset[str]:
        """Ids of the displayed cells that were shown as "–"."""
        return frozenset(
            cell.id
            for cell in self.table.cells
            if not cell.hidden and cell.id not in self.printed
        )


@dataclass(frozen=True, slots=True)
class Knower:
    """A reader who knows the ``own`` cells (qualified ids) exactly: a provider its
    own row, a gemeente its own decisions, a colleague the late registrations. Several
    with the same ``id`` are one reader, who knows all of it at once.

    ``excused``: sums in which his own cells are a part, so that he knows the least
    they can be; they are not protected from him.
    """

    id: str
    own: tuple[str, ...]
    excused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Earlier releases to one audience, and how they hang together.

    ``relations`` are over qualified ids, ``hidden`` are cells of no table that they
    need, with qualified ids; ``insiders`` are readers who know more. ``ceiling``: the
    new release may print only what that publication prints.
    """

    releases: tuple[Release, ...] = ()
    relations: tuple[Relation, ...] = ()
    hidden: tuple[CountCell, ...] = ()
    insiders: tuple[Knower, ...] = ()
    ceiling: PublishableTable | None = None

    @classmethod
    def empty(cls) -> "Ledger":
        return cls()

    @classmethod
    def subset_of(cls, publishable: PublishableTable) -> "Ledger":
        """A ledger whose next release prints only what ``publishable`` prints."""
        return cls(ceiling=publishable)

    def within(self, publishable: PublishableTable) -> "Ledger":
        """This ledger, and the next release prints only what that one prints."""
        return replace(self, ceiling=publishable)

    @property
    def withheld(self) -> frozenset[str]:
        """Qualified ids that were withheld and stay withheld."""
        return frozenset(
            qualified(release.table.naam, id)
            for release in self.releases
            for id in release.withheld
        )

    @property
    def printed(self) -> dict[str, int]:
        """Qualified ids that were printed, with the number."""
        return {
            qualified(release.table.naam, id): number
            for release in self.releases
            for id, number in release.printed.items()
        }

    def link(
        self,
        relations: Iterable[Relation],
        hidden: Iterable[CountCell] = (),
        insiders: Iterable[Knower] = (),
    ) -> "Ledger":
        """Tie releases together, also with one that is still to come.

        ``relations`` are over qualified ids; ``hidden`` are cells nobody prints
        (corrections, slices of a period), with qualified ids and true counts;
        ``insiders`` know cells of any release.
        """
        return replace(
            self,
            relations=(*self.relations, *relations),
            hidden=(*self.hidden, *(replace(cell, hidden=True) for cell in hidden)),
            insiders=(*self.insiders, *insiders),
        )

    def add(
        self,
        table: CountTable,
        publishable: PublishableTable,
        relations: Iterable[Relation] = (),
        hidden: Iterable[CountCell] = (),
    ) -> "Ledger":
        """The ledger after this release; the ceiling, if any, is lifted.

        Refused when the publication is not one of this table, or when a number that
        was printed before would be another one now.
        """
        if publishable.naam != table.naam:
            raise Refused("beleid", "Deze cijfers horen niet bij deze tabel.")
        printed = publishable.printed
        for id, number in printed.items():
            if id not in table.by_id or table.by_id[id].kwesties != number:
                raise Refused("beleid", "Deze cijfers horen niet bij deze tabel.")
        for release in self.releases:
            check_same_numbers(release.table, table)
        release = Release(
            table, publishable.k, publishable.te_weinig, printed, publishable.sha256()
        )
        ledger = replace(self, releases=(*self.releases, release), ceiling=None)
        return ledger.link(relations, hidden)

    def to_json(self) -> dict[str, Any]:
        """Plain values, confidential: they hold the withheld numbers."""
        return {
            "format": FORMAT,
            "releases": [
                {
                    "table": _table_to_json(release.table),
                    "k": release.k,
                    "te_weinig": release.te_weinig,
                    "printed": dict(release.printed),
                    "sha256": release.sha256,
                }
                for release in self.releases
            ],
            "relations": [_relation_to_json(r) for r in self.relations],
            "hidden": [_cell_to_json(cell) for cell in self.hidden],
            "insiders": [
                {"id": i.id, "own": list(i.own), "excused": list(i.excused)}
                for i in self.insiders
            ],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Ledger":
        """Read a ledger back; ValueError when it is not in this format."""
        if data.get("format") != FORMAT:
            raise ValueError("not a ledger in " + FORMAT)
        return cls(
            releases=tuple(
                Release(
                    _table_from_json(item["table"]),
                    int(item["k"]),
                    bool(item["te_weinig"]),
                    {str(id): int(number) for id, number in item["printed"].items()},
                    str(item["sha256"]),
                )
                for item in data["releases"]
            ),
            relations=tuple(_relation_from_json(item) for item in data["relations"]),
            hidden=tuple(_cell_from_json(item) for item in data["hidden"]),
            insiders=tuple(
                Knower(
                    str(item["id"]),
                    tuple(item["own"]),
                    tuple(item.get("excused", ())),
                )
                for item in data.get("insiders", ())
            ),
        )


def check_same_numbers(earlier: CountTable, later: CountTable) -> None:
    """Refused when one release is given twice with other numbers in it."""
    if earlier.naam != later.naam:
        return
    for cell in later.cells:
        before = earlier.by_id.get(cell.id)
        if before is not None and before.kwesties != cell.kwesties:
            raise Refused(
                "vastgelegd",
                "Deze tabel is al eerder uitgegeven, met andere aantallen. Neem de "
                "verschillen mee als correctie in de volgende periode.",
                (cell.id,),
                (earlier.naam,),
            )


def _cell_to_json(cell: CountCell) -> dict[str, Any]:
    return {
        "id": cell.id,
        "tabel": cell.tabel,
        "dims": [list(pair) for pair in cell.dims],
        "kwesties": cell.kwesties,
        "clienten": cell.clienten,
        "structural_zero": cell.structural_zero,
        "hidden": cell.hidden,
        "priority": cell.priority,
        "grootste": cell.grootste,
        "organisaties": cell.organisaties,
    }


def _cell_from_json(data: Mapping[str, Any]) -> CountCell:
    fields = dict(data)
    fields["dims"] = tuple((str(name), str(code)) for name, code in data["dims"])
    return CountCell(**fields)


def _relation_to_json(relation: Relation) -> dict[str, Any]:
    return {
        "total": relation.total,
        "parts": list(relation.parts),
        "group": relation.group,
    }


def _relation_from_json(data: Mapping[str, Any]) -> Relation:
    return Relation(data["total"], tuple(data["parts"]), bool(data["group"]))


def _table_to_json(table: CountTable) -> dict[str, Any]:
    return {
        "naam": table.naam,
        "cells": [_cell_to_json(cell) for cell in table.cells],
        "relations": [_relation_to_json(r) for r in table.relations],
        "total": table.total,
        "multi": list(table.multi),
        "quantities": list(table.quantities),
        **({"telwijze": table.telwijze} if table.telwijze else {}),
    }


def _table_from_json(data: Mapping[str, Any]) -> CountTable:
    return CountTable(
        naam=str(data["naam"]),
        cells=tuple(_cell_from_json(cell) for cell in data["cells"]),
        relations=tuple(_relation_from_json(item) for item in data["relations"]),
        total=str(data["total"]),
        multi=tuple(data["multi"]),
        quantities=tuple(data["quantities"]),
        telwijze=str(data.get("telwijze", "")),
    )
