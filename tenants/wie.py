"""The person who acts, as services and views know her: plain values, no queries.

``tenants.access.wie_for`` makes one on every request.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from tenants.roles import CASE_RIGHTS, MEDEWERKER, Recht
from tenants.scope import Scope


class Refused(Exception):
    """The actor may not do this here."""


@dataclass(frozen=True, slots=True)
class Plek:
    """A tenant as somebody with a role in it sees it, and what she may do there.

    stijl: the mark of the look that its pages have; '' for our own.
    """

    id: int
    slug: str
    naam: str
    type: str
    is_fictief: bool
    rollen: frozenset[str] = frozenset()
    rechten: frozenset[str] = frozenset()
    status: str = "ACTIEF"
    stijl: str = ""


@dataclass(frozen=True, slots=True)
class Wie:
    """Who acts: a person with her places, or the system (user_id None).

    moet_tekenen: she did not sign the declaration of secrecy of today; until she does
    she has no places (S17).
    """

    user_id: UUID | None
    naam: str
    soort: str
    plekken: Mapping[int, Plek] = field(default_factory=dict)
    moet_tekenen: bool = False

    def may(self, recht: Recht, tenant_id: int) -> bool:
        """True when a valid role gives ``recht`` for this tenant."""
        plek = self.plekken.get(tenant_id)
        return plek is not None and recht in plek.rechten

    def require(self, recht: Recht, tenant_id: int) -> None:
        """Raise Refused unless ``may``."""
        if not self.may(recht, tenant_id):
            raise Refused(recht)

    def with_right(self, *rechten: Recht) -> tuple[int, ...]:
        """Ids of the tenants where she has one of ``rechten``."""
        return tuple(
            sorted(t for t, p in self.plekken.items() if p.rechten & set(rechten))
        )

    def can(self, *rechten: Recht) -> bool:
        """True when she has one of ``rechten`` for any tenant."""
        return bool(self.with_right(*rechten))

    def by_slug(self, slug: str) -> Plek | None:
        return next((p for p in self.plekken.values() if p.slug == slug), None)

    @property
    def is_medewerker(self) -> bool:
        return self.soort == MEDEWERKER

    def scope(self, tenant_id: int | None = None) -> Scope:
        """The database scope of this person; writes only in ``tenant_id``."""
        tenants = tuple(sorted(self.plekken))
        writes = tenant_id if tenant_id in self.plekken else None
        if not self.is_medewerker:
            return Scope("portal", self.user_id, tenants, writes)
        cases = self.with_right(*(Recht(r) for r in CASE_RIGHTS))
        return Scope("staff", self.user_id, tenants, writes, cases)
