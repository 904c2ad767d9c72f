"""What comes out: the only numbers a report, a page or a file may show.

Invariant: a ``PublishableTable`` is made by ``protect`` alone, or read back from
the JSON it was frozen in. It holds no trace of which withheld number was small and
which was withheld to shield another one
(tests/privacy/disclosure/test_protect.py).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

FORMAT: Final = "adviespunt-cijfers/1"
_MAKER: Final = object()


class Refused(Exception):
    """No safe pattern: nothing may be released.

    ``code``: "tegenstrijdig" (numbers contradict each other), "geen-patroon" (no
    set of withheld cells protects the sensitive ones), "vastgelegd" (an earlier
    release is in the way), "groepsonthulling" (one part holds nearly everybody),
    "tijd" (no certificate in time), "omvang" (too many cells or too much memory),
    "rekenaar" (the solver failed), "beleid".
    ``cellen``: the cells that stay unprotected. ``eerder``: earlier releases in the
    way. ``reason`` is a Dutch sentence for a colleague; it holds no numbers.
    ``uitwegen``: what to do instead, the first one first (privacy.disclosure.ways_out).
    """

    def __init__(
        self,
        code: str,
        reason: str,
        cellen: Iterable[str] = (),
        eerder: Iterable[str] = (),
        uitwegen: Iterable[str] = ("niet",),
    ) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.cellen = tuple(cellen)
        self.eerder = tuple(eerder)
        self.uitwegen = tuple(uitwegen)


@dataclass(frozen=True, slots=True)
class PublishableCell:
    """One place in a table: a number, or None when it is withheld ("–")."""

    id: str
    tabel: str
    dims: tuple[tuple[str, str], ...]
    kwesties: int | None

    @property
    def onderdrukt(self) -> bool:
        return self.kwesties is None


@dataclass(frozen=True, slots=True)
class PublishableTable:
    """The figures of one release to one audience, safe to show as they are.

    ``te_weinig``: the total is below the threshold, every number is withheld (V20).
    ``telwijze``: how anonymous people were counted ("": together as one client).
    """

    naam: str
    k: int
    publiek: str
    te_weinig: bool
    cells: tuple[PublishableCell, ...]
    maker: object = field(repr=False, compare=False)
    telwijze: str = ""

    def __post_init__(self) -> None:
        if self.maker is not _MAKER:
            raise TypeError("only protect() makes a PublishableTable")

    def view(self, tabel: str) -> tuple[PublishableCell, ...]:
        """The cells of one view, in the order of the table; empty when unknown."""
        return tuple(cell for cell in self.cells if cell.tabel == tabel)

    def cell(self, id: str) -> PublishableCell:
        """The cell with this id; KeyError when the release does not hold it."""
        for cell in self.cells:
            if cell.id == id:
                return cell
        raise KeyError(id)

    @property
    def printed(self) -> dict[str, int]:
        """Cell id to number, for every number that is shown."""
        return {c.id: c.kwesties for c in self.cells if c.kwesties is not None}

    @property
    def withheld(self) -> frozenset[str]:
        """Ids of the cells shown as "–"."""
        return frozenset(cell.id for cell in self.cells if cell.onderdrukt)

    def to_json(self) -> dict[str, Any]:
        """Plain values, fit for a JSON column and for open data."""
        counted = {"telwijze": self.telwijze} if self.telwijze else {}
        return {
            "format": FORMAT,
            "naam": self.naam,
            "k": self.k,
            "publiek": self.publiek,
            "te_weinig": self.te_weinig,
            **counted,
            "cells": [
                {
                    "id": cell.id,
                    "tabel": cell.tabel,
                    "dims": [list(pair) for pair in cell.dims],
                    "kwesties": cell.kwesties,
                    "onderdrukt": cell.onderdrukt,
                }
                for cell in self.cells
            ],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PublishableTable":
        """Read frozen figures back; ValueError when they are not in this format."""
        if data.get("format") != FORMAT:
            raise ValueError("not figures in " + FORMAT)
        return make(
            naam=str(data["naam"]),
            k=int(data["k"]),
            publiek=str(data["publiek"]),
            te_weinig=bool(data["te_weinig"]),
            cells=tuple(_cell_from_json(cell) for cell in data["cells"]),
            telwijze=str(data.get("telwijze", "")),
        )

    def sha256(self) -> str:
        """Hex digest over the canonical JSON (sorted keys, no spaces, UTF-8)."""
        text = json.dumps(
            self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        return hashlib.sha256(text.encode()).hexdigest()


def make(
    *,
    naam: str,
    k: int,
    publiek: str,
    te_weinig: bool,
    cells: tuple[PublishableCell, ...],
    telwijze: str = "",
) -> PublishableTable:
    """For ``protect`` and ``from_json`` only; not exported by the package."""
    return PublishableTable(naam, k, publiek, te_weinig, cells, _MAKER, telwijze)


def _cell_from_json(data: Mapping[str, Any]) -> PublishableCell:
    kwesties = data["kwesties"]
    if (kwesties is None) != bool(data["onderdrukt"]):
        raise ValueError(f"cell {data['id']!r}: number and onderdrukt disagree")
    return PublishableCell(
        id=str(data["id"]),
        tabel=str(data["tabel"]),
        dims=tuple((str(name), str(code)) for name, code in data["dims"]),
        kwesties=None if kwesties is None else int(kwesties),
    )
