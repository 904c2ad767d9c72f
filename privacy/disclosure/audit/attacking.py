"""The attack itself: every sensitive cell, for every reader.

See ``privacy.disclosure.audit`` for what it is and what it never lets pass.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from privacy.disclosure.audit.knowing import World, parts_of, within, world_of
from privacy.disclosure.audit.reaching import Part

FORMAT: Final = "sdc-audit/1"
GROUP_SHARE: Final = Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing a reader can work out. ``reader`` is "" for an outsider.

    ``kind``: "printed" (a small number is shown), "narrow" (the interval misses part
    of ``must_contain``), "exact" (only one value is left), "group" (nearly everybody
    in a total is in one part), "unproven" (no proof of safety was found), or
    "contradiction" (no table fits the numbers). ``low``/``high``: the interval, None
    when open or not computed.
    """

    cell: str
    kind: str
    reader: str = ""
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class AuditReport:
    """``safe`` only when nothing was found; ``checked`` counts cells times readers."""

    breaches: tuple[Breach, ...]
    checked: int

    @property
    def safe(self) -> bool:
        return not self.breaches


def audit(data: Mapping[str, Any]) -> AuditReport:
    """Attack one sdc-audit/1 document for the outsider and for every insider.

    ValueError or KeyError when the document is not in that format.
    """
    if data.get("format", FORMAT) != FORMAT:
        raise ValueError(f"not {FORMAT}")
    k = int(data["k"])
    wanted = data.get("must_contain") or (1, k)
    least, most = int(wanted[0]), int(wanted[1])
    breaches = list(_printed_small(data["cells"], k))
    checked = 0
    readers = [{"id": "", "knows": {}, "at_least": {}, "own": []}]
    readers += list(data.get("insiders") or [])
    for reader in readers:
        attack = _Attack(world_of(data, reader), str(reader["id"]))
        own = set(reader.get("own") or []) | set(reader.get("knows") or {})
        sensitive = [
            str(cell["id"])
            for cell in data["cells"]
            if cell.get("value") is None
            and cell.get("sensitive", True)
            and str(cell["id"]) not in own
        ]
        checked += len(sensitive)
        breaches += attack.run(sensitive, (least, most), k)
    return AuditReport(tuple(breaches), checked)


def _printed_small(cells: Iterable[Mapping[str, Any]], k: int) -> Iterable[Breach]:
    """Numbers that should never have been printed, by the number itself or by the
    clients behind it."""
    for cell in cells:
        value, clients = cell.get("value"), cell.get("clients")
        if value and 1 <= (value if clients is None else clients) < k:
            yield Breach(str(cell["id"]), "printed", low=int(value), high=int(value))


class _Attack:
    """One reader against one world, part by part."""

    def __init__(self, world: World, reader: str) -> None:
        self.world = world
        self.reader = reader
        self.place = {id: place for place, id in enumerate(world.ids)}
        self.part_of, members = parts_of(world)
        self.parts = [Part(world, cells) for cells in members]

    def run(
        self, sensitive: Sequence[str], wanted: tuple[int, int], k: int
    ) -> list[Breach]:
        wrong = [
            Breach(self.world.ids[part.cells[0]], "contradiction", self.reader)
            for part in self.parts
            if not part.possible()
        ]
        wrong += self._constants()
        if wrong:
            return wrong
        found = [self._judge(self.place[id], wanted) for id in sensitive]
        groups = [self._group(total, part, k) for total, part in self.world.groups]
        return [breach for breach in (*found, *groups) if breach is not None]

    def _constants(self) -> list[Breach]:
        """Rows in which everything is known, and do not hold."""
        known = [
            low if low is not None and low == high else None
            for low, high in zip(self.world.low, self.world.high, strict=True)
        ]
        return [
            Breach(self.world.ids[row.terms[0][0]], "contradiction", self.reader)
            for row in self.world.rows
            if row.terms
            and all(known[place] is not None for place, _ in row.terms)
            and not within(row, sum(c * (known[p] or 0) for p, c in row.terms))
        ]

    def _judge(self, place: int, wanted: tuple[int, int]) -> Breach | None:
        part = self.part_of[place]
        if part is None:
            low, high = self.world.low[place], self.world.high[place]
            inside = (low is None or low <= wanted[0]) and (
                high is None or high >= wanted[1]
            )
            return None if inside else self._breach(place, low, high)
        attacked = self.parts[part]
        if attacked.reaches(place, wanted[0], down=True) and attacked.reaches(
            place, wanted[1], down=False
        ):
            return None
        low = attacked.extreme(place, down=True)
        high = attacked.extreme(place, down=False)
        misses = (low is not None and low > wanted[0]) or (
            high is not None and high < wanted[1]
        )
        if not misses:
            return Breach(self.world.ids[place], "unproven", self.reader, low, high)
        return self._breach(place, low, high)

    def _breach(self, place: int, low: int | None, high: int | None) -> Breach:
        kind = "exact" if low is not None and low == high else "narrow"
        return Breach(self.world.ids[place], kind, self.reader, low, high)

    def _group(self, total: int, part: int, k: int) -> Breach | None:
        """Whether ``part`` certainly holds nearly all of a total of at least k."""
        if self._low(total) < k:
            return None
        if self._spread(total, part):
            return None
        return Breach(self.world.ids[part], "group", self.reader)

    def _low(self, place: int) -> int:
        part = self.part_of[place]
        low = self.world.low[place] or 0
        if part is None:
            return low
        found = self.parts[part].extreme(place, down=True)
        return low if found is None else found

    def _spread(self, total: int, part: int) -> bool:
        """Whether a table exists with the part below its share of the total."""
        weights = {part: GROUP_SHARE.denominator, total: -GROUP_SHARE.numerator}
        where = self.part_of[part]
        if where is None:
            where = self.part_of[total]
        if where is None:
            return sum(w * (self.world.low[p] or 0) for p, w in weights.items()) < 0
        return self.parts[where].below_zero(weights)
