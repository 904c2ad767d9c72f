"""Who is behind a number: people counted carefully, once each.

Distinct clients = distinct known clients, plus one for each return code, or one if
there are only anonymous kwesties without a code (who cannot be told apart count as one
person: the careful lower bound).

Guarded by tests/cases/test_counts.py and tests/cases/test_terugkomen.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from cases.models import Kwestie
from tenants.models import Terugkomst


@dataclass(frozen=True, slots=True)
class Anoniem:
    """An anonymous person: with a return code, one kwestie that counts by itself
    (``code`` is then its own id), or nobody in particular (``code`` 0)."""

    code: int = 0
    is_los: bool = False


NIEMAND = Anoniem()
Person = int | Anoniem  # a known client, or somebody anonymous


@dataclass(slots=True)
class Tally:
    """The number of a cell (kwesties, or minutes) and the people behind it."""

    aantal: int = 0
    people: Counter[Person] = field(default_factory=Counter)

    @property
    def clienten(self) -> int:
        """Distinct known clients and codes; who has neither may be one of those with
        a code, and is somebody else only when there is nobody with a code."""
        codes = any(isinstance(p, Anoniem) and p.code for p in self.people)
        return len(self.people) - (NIEMAND in self.people and codes)

    @property
    def grootste(self) -> int:
        """The most that one person brings who can be told apart."""
        known = (n for person, n in self.people.items() if person != NIEMAND)
        return max(known, default=0)

    def add(self, people: Mapping[Person, int]) -> None:
        """Count in what each of these people brings."""
        self.aantal += sum(people.values())
        for person, number in people.items():
            self.people[person] += number


class Herkenning:
    """Who brought a kwestie: a client, a code, or somebody anonymous.

    A person with a code who is known by name since is that client in all kwesties with
    the code: nobody counts twice.
    """

    def __init__(self, tenant_id: int, is_elk: bool) -> None:
        self.is_elk = is_elk
        rows = Terugkomst.objects.filter(tenant_id=tenant_id)
        self.codes: dict[int, int] = {
            kwestie.int: code.int
            for kwestie, code in rows.values_list("kwestie_id", "code_id")
        }
        self.same: dict[Person, Person] = {}
        if self.codes:
            self._join_clients(tenant_id)

    def _join_clients(self, tenant_id: int) -> None:
        named = Kwestie.objects.filter(
            tenant_id=tenant_id,
            pk__in=[UUID(int=kwestie) for kwestie in self.codes],
            client__isnull=False,
        )
        for kwestie, client in named.values_list("id", "client_id").order_by("id"):
            one = self._first(Anoniem(self.codes[kwestie.int]))
            other = self._first(client.int if client else one)
            if one != other:
                self.same[one] = other

    def _first(self, person: Person) -> Person:
        while person in self.same:
            person = self.same[person]
        return person

    def person(self, client: UUID | None, kwestie: UUID | None) -> Person:
        """``kwestie``: the id, of an anonymous one."""
        if client is not None:
            return self._first(client.int) if self.same else client.int
        if kwestie is None:
            return NIEMAND
        code = self.codes.get(kwestie.int)
        if code is not None:
            return self._first(Anoniem(code))
        return Anoniem(kwestie.int, is_los=True) if self.is_elk else NIEMAND
