"""The opened keys of one scope, carried by the rows that were fetched in it.

``tenants.scope`` begins a ring with each scope, so keys that one person may use never
serve another. Rows that come from the database are announced here; the first text
that is read fetches the keys of all of them at once (``privacy.sleutels``), so a page
of fifty rows costs one query for keys. Ring and rows go together: nothing keeps them
after the request.

Knows no models, because the database backend imports it.
Guarded by tests/privacy/test_sleutels.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MOST_WAITING = 5_000


class Houder(NamedTuple):
    """Whose key it is: a client, a kwestie, a concept or a medewerker of a tenant."""

    tenant_id: int
    soort: str
    id: UUID


@dataclass(slots=True)
class Sleutelring:
    """open: key by holder, None when there is none. under: tenant key by its row.
    zoek: index key by tenant.
    """

    open: dict[Houder, AESGCM | None] = field(default_factory=dict)
    waiting: set[Houder] = field(default_factory=set)
    under: dict[UUID, AESGCM] = field(default_factory=dict)
    zoek: dict[int, bytes] | None = None

    def expect(self, houder: Houder) -> None:
        """This key may be asked for soon; the oldest news is forgotten."""
        if len(self.waiting) >= MOST_WAITING:
            self.waiting.clear()
        self.waiting.add(houder)

    def clear(self) -> None:
        self.open.clear()
        self.waiting.clear()
        self.under.clear()
        self.zoek = None


_current: ContextVar[Sleutelring | None] = ContextVar("sleutelring", default=None)


def current() -> Sleutelring:
    """The ring of this scope; outside one an empty ring that nobody keeps."""
    found = _current.get()
    return Sleutelring() if found is None else found


@contextmanager
def fresh() -> Iterator[None]:
    """An empty ring for as long as the block lasts."""
    token = _current.set(Sleutelring())
    try:
        yield
    finally:
        _current.reset(token)
