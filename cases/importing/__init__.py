"""Take in a register kept elsewhere: one row a kwestie, from a file with semicolons.

Invariant: a row that does not keep the rules is refused with column, value and
reason; it never stops the file and never lands half. Reading the same file twice
changes nothing. Nothing here can be reached from a form: only this package writes
``bron=IMPORT``, which exempts a kwestie from what an old register lacks.

One transaction per tenant, in the scope of that tenant alone.
Guarded by tests/cases/test_import.py, test_import_again.py, test_import_command.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.importing.reading import (
    COLUMNS,
    Afwijzing,
    Rij,
    UnreadableRegister,
    read_rows,
)
from cases.importing.rules import Registratie, registratie_of
from cases.importing.storing import Telling, Tenantregister
from privacy import audit
from tenants.access import Wie
from tenants.roles import Recht
from tenants.scope import Scope, acting_as
from tenants.selectors import tenant_ids_by_slug

__all__ = ["COLUMNS", "Verslag", "UnreadableRegister", "import_register"]


@dataclass(slots=True)
class Verslag:
    """What came of a file. read = created + updated + unchanged + rejected.

    warnings: how many things the register lacks of kwesties that were taken in.
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    warnings: int = 0
    rejected: list[Afwijzing] = field(default_factory=list)

    def add(self, telling: Telling) -> None:
        self.created += telling.created
        self.updated += telling.updated
        self.unchanged += telling.unchanged
        self.warnings += telling.warnings
        self.rejected += telling.rejected

    def to_json(self) -> dict[str, Any]:
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "warnings": self.warnings,
            "rejected": [
                refusal.to_json()
                for refusal in sorted(self.rejected, key=lambda r: r.regel)
            ],
        }


def import_register(
    path: Path, *, actor: Wie | None = None, dry_run: bool = False
) -> Verslag:
    """Read the register in ``path`` and take its rows in, tenant by tenant.

    actor: in whose name; she registers kwesties for the tenant or its rows are
    refused. None is the system itself. dry_run: tell what would happen, store
    nothing. Raises UnreadableRegister when no row of the file can be read.
    """
    verslag = Verslag()
    tenants = tenant_ids_by_slug()
    batches = _by_tenant(path, verslag, _obstacle(tenants, actor))
    for slug, rows in sorted(batches.items()):
        tenant_id = tenants[slug]
        user_id = actor.user_id if actor else None
        here = (tenant_id,)
        with acting_as(Scope("staff", user_id, here, tenant_id, here)):
            telling = Tenantregister(tenant_id, slug).store(rows)
            register_ingelezen(actor, tenant_id, telling)
            if dry_run:
                transaction.set_rollback(True)
        verslag.add(telling)
    return verslag


def register_ingelezen(actor: Wie | None, tenant_id: int, telling: Telling) -> None:
    """Audit: a register was read for this tenant; counts only."""
    audit.record(
        "register_ingelezen",
        tenant_id=tenant_id,
        actor_id=actor.user_id if actor else None,
        rol="staff",
        onderwerp="register",
        ids=[],
        grond="registratie" if actor else "systeem",
        extra={
            "nieuw": telling.created,
            "gewijzigd": telling.updated,
            "ongewijzigd": telling.unchanged,
            "afgewezen": len(telling.rejected),
            "waarschuwingen": telling.warnings,
        },
    )


def _obstacle(
    tenants: Mapping[str, int], actor: Wie | None
) -> Callable[[Registratie], str]:
    """Why rows of a tenant cannot be taken in; '' when they can."""

    def obstacle(row: Registratie) -> str:
        if row.tenant not in tenants:
            return _("Deze opdrachtgever is niet bekend. Laat die eerst aanmaken.")
        if actor and not actor.may(Recht.KWESTIE_REGISTREREN, tenants[row.tenant]):
            return _("Geen recht om voor deze opdrachtgever kwesties te registreren.")
        return ""

    return obstacle


def _by_tenant(
    path: Path, verslag: Verslag, obstacle: Callable[[Registratie], str]
) -> dict[str, list[Registratie]]:
    """Good rows by slug of their tenant; counts rows and refusals in ``verslag``."""
    today = timezone.localdate()
    first: dict[tuple[str, str], int] = {}
    batches: dict[str, list[Registratie]] = {}
    for item in read_rows(path):
        verslag.read += 1
        row = registratie_of(item, today) if isinstance(item, Rij) else item
        if isinstance(row, Registratie):
            row = _allowed(row, first, obstacle)
        if isinstance(row, Afwijzing):
            verslag.rejected.append(row)
            continue
        first[row.tenant, row.nummer] = row.regel
        batches.setdefault(row.tenant, []).append(row)
    return batches


def _allowed(
    row: Registratie,
    first: Mapping[tuple[str, str], int],
    obstacle: Callable[[Registratie], str],
) -> Registratie | Afwijzing:
    refusal = obstacle(row)
    if refusal:
        return Afwijzing(row.regel, "tenant", row.tenant, refusal)
    earlier = first.get((row.tenant, row.nummer))
    if earlier is not None:
        reason = _("Dubbel: dit nummer staat ook op regel %(regel)d.")
        return Afwijzing(row.regel, "nummer", row.nummer, reason % {"regel": earlier})
    return row
