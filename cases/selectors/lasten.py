"""How the work of a teamleider is spread: one row a colleague, over all her tenants.

Guarded by tests/cases/test_team.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases.selectors.team import Last


@dataclass(frozen=True, slots=True)
class Collega:
    """What one colleague has open. waar: per tenant, where she has something or where
    there is something to know.
    """

    naam: str
    open: int
    strikt: int
    oudste: datetime | None
    waar: tuple[Last, ...]

    @property
    def let_op(self) -> bool:
        """Whether there is something to know of her anywhere."""
        return any(last.let_op for last in self.waar)


def per_collega(lasten: Iterable[Last]) -> list[Collega]:
    """By name; who has nothing open is there too, for she has room."""
    found: dict[tuple[str, UUID], list[Last]] = {}
    for last in lasten:
        found.setdefault((last.naam, last.medewerker_id), []).append(last)
    return [
        Collega(
            naam=naam,
            open=sum(last.open for last in hers),
            strikt=sum(last.strikt for last in hers),
            oudste=min((last.oudste for last in hers if last.oudste), default=None),
            waar=tuple(last for last in hers if last.open or last.let_op),
        )
        for (naam, _pk), hers in sorted(found.items(), key=lambda one: one[0][0])
    ]
