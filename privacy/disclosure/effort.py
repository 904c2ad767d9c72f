"""How long a search may take, measured in work or on the clock.

Invariant: ``Work`` counts steps (pivots of the solver, nodes, edges walked), in seconds
of a quiet machine, so the same table gives the same pattern on any machine and under
any load. The clock is then a guard only: when that ends first there is no answer
(``OutOfTime``), never another one (tests/privacy/disclosure/test_effort.py). ``Clock``
is for who asks for an answer within so many seconds and takes what there is.
"""

import time
from dataclasses import dataclass, field
from typing import Final, Protocol

# Seconds per step, measured on two quiet cores; they need not be exact, only the same.
SOLVE: Final = 1e-4
PIVOT: Final = 3e-5
MIXED_SOLVE: Final = 2e-2
MIXED_PIVOT: Final = 2e-4
NODE: Final = 4e-3
EDGE: Final = 1e-6
COLUMN: Final = 4e-7


class OutOfTime(Exception):
    """The guard on the clock ended a search that is measured in work."""


class Effort(Protocol):
    """What a search has spent so far, and what is left of the guard."""

    def spent(self) -> float: ...

    def add(self, work: float) -> None: ...

    def nodes(self, left: float) -> int | None:
        """Nodes of an integer program that fit in what is ``left``; None: any."""

    def seconds(self, left: float | None) -> float | None:
        """Seconds after which the solver has to stop; None: never."""


@dataclass
class Clock:
    """Seconds of the clock: results may depend on how busy the machine is."""

    def spent(self) -> float:
        return time.monotonic()

    def add(self, work: float) -> None:
        """Time passes by itself."""

    def nodes(self, left: float) -> int | None:
        return None

    def seconds(self, left: float | None) -> float | None:
        return None if left is None else max(left, 0.05)


@dataclass
class Work:
    """Counted work; ``guard``: seconds of the clock after which there is no answer."""

    guard: float
    done: float = 0.0
    started: float = field(default_factory=lambda: time.monotonic())

    def spent(self) -> float:
        if time.monotonic() - self.started > self.guard:
            raise OutOfTime
        return self.done

    def add(self, work: float) -> None:
        self.done += work

    def nodes(self, left: float) -> int | None:
        return max(1, int(left / NODE))

    def seconds(self, left: float | None) -> float | None:
        return max(self.guard - (time.monotonic() - self.started), 0.05)


@dataclass
class Budget:
    """What a part of the search may spend, from now on; certificates first."""

    limit: float
    effort: Effort = field(default_factory=Clock)
    since: float = field(init=False)

    def __post_init__(self) -> None:
        self.since = self.effort.spent()

    def left(self) -> float:
        return self.limit - (self.effort.spent() - self.since)

    def part(self, share: float) -> "Budget":
        """A budget of its own that ends when ``share`` of what is left is used."""
        return Budget(max(self.left(), 0.0) * share, self.effort)
