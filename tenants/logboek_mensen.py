"""Audit events about people: invited, signed, appointed, asked and decided.

An event holds ids and codes: never an address, a name or what was typed.
Guarded by tests/tenants/test_uitnodigen.py and test_mensen.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from privacy import audit
from tenants.logboek import functies
from tenants.models import Aanstelling, Rolverzoek, Uitnodiging
from tenants.scope import Scope, acting_as, current
from tenants.wie import Wie


def _by(
    gebeurtenis: str,
    wie: Wie,
    tenant_id: int,
    onderwerp: str,
    ids: Iterable[UUID],
    **extra: str | int,
) -> None:
    """By somebody of tenant administration, about one tenant."""
    audit.record(
        gebeurtenis,
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp=onderwerp,
        ids=ids,
        grond="beheer",
        extra=extra,
    )


# ------------------------------------------------------------------------ invitations


def uitnodiging_gemaakt(wie: Wie, row: Uitnodiging) -> None:
    _by(
        "uitnodiging_gemaakt",
        wie,
        row.tenant_id,
        "uitnodiging",
        [row.pk],
        rol=row.rol,
    )


def uitnodiging_opnieuw(wie: Wie, row: Uitnodiging) -> None:
    """A new link is mailed; the one before is dead."""
    _by("uitnodiging_opnieuw", wie, row.tenant_id, "uitnodiging", [row.pk])


def uitnodiging_ingetrokken(wie: Wie, row: Uitnodiging) -> None:
    _by("uitnodiging_ingetrokken", wie, row.tenant_id, "uitnodiging", [row.pk])


def uitnodiging_verstuurd(row: Uitnodiging) -> None:
    """By the worker, in the scope of its job."""
    scope = current()
    audit.record(
        "uitnodiging_verstuurd",
        tenant_id=row.tenant_id,
        actor_id=scope.user_id if scope else None,
        rol="job",
        onderwerp="uitnodiging",
        ids=[row.pk],
    )


def uitnodiging_aangenomen(wie: Wie, row: Uitnodiging) -> None:
    """In her own name, at the tenant that invited her."""
    scope = Scope(
        "staff" if wie.is_medewerker else "portal", wie.user_id, (row.tenant_id,)
    )
    with acting_as(scope), audit.through(audit.WEB, functies(wie)):
        audit.record(
            "uitnodiging_aangenomen",
            tenant_id=row.tenant_id,
            actor_id=wie.user_id,
            rol=scope.kind,
            onderwerp="uitnodiging",
            ids=[row.pk],
            extra={"rol": row.rol},
        )


def uitnodiging_geweigerd(tenant_id: int | None, row_id: UUID | None) -> None:
    """A link that does not count (any more): of an invitation, or of none."""
    scope = Scope("job", None, (tenant_id,)) if tenant_id else Scope("public")
    with acting_as(scope), audit.through(audit.WEB):
        audit.record(
            "uitnodiging_geweigerd",
            tenant_id=tenant_id,
            actor_id=None,
            rol=scope.kind,
            onderwerp="uitnodiging",
            ids=[row_id] if row_id else [],
            uitkomst="geweigerd",
        )


# ------------------------------------------------------------------------- colleagues


def geheimhouding_getekend(wie: Wie, versie: int) -> None:
    """In her own name, for whoever reads the log of one of her tenants."""
    with acting_as(wie.scope()), audit.through(audit.WEB, functies(wie)):
        audit.record(
            "geheimhouding_getekend",
            tenant_id=None,
            tenants=wie.plekken,
            actor_id=wie.user_id,
            rol="staff",
            onderwerp="account",
            ids=[wie.user_id] if wie.user_id else [],
            extra={"versie": versie},
        )


def profiel_gewijzigd(wie: Wie) -> None:
    """A contact changed her own name (S98)."""
    with acting_as(wie.scope()), audit.through(audit.WEB, functies(wie)):
        audit.record(
            "profiel_gewijzigd",
            tenant_id=None,
            tenants=wie.plekken,
            actor_id=wie.user_id,
            rol="staff" if wie.is_medewerker else "portal",
            onderwerp="account",
            ids=[wie.user_id] if wie.user_id else [],
        )


def medewerker_gewijzigd(
    wie: Wie, tenant_id: int, user_id: UUID, velden: Iterable[str]
) -> None:
    """velden: the names of the fields that changed, not what was in them."""
    _by(
        "medewerker_gewijzigd",
        wie,
        tenant_id,
        "account",
        [user_id],
        velden="+".join(sorted(velden)),
    )


def aanstelling_vastgelegd(wie: Wie, row: Aanstelling) -> None:
    _by(
        "aanstelling_vastgelegd",
        wie,
        row.tenant_id,
        "aanstelling",
        [row.pk, row.medewerker_id],
    )


def aanstelling_beeindigd(wie: Wie, row: Aanstelling) -> None:
    _by(
        "aanstelling_beeindigd",
        wie,
        row.tenant_id,
        "aanstelling",
        [row.pk, row.medewerker_id],
        reden=row.einde_reden,
    )


def mensen_getoond(wie: Wie, tenants: Iterable[int], user_ids: list[UUID]) -> None:
    """A list of people, or the page of one."""
    audit.record(
        "mensen_getoond",
        tenant_id=None,
        tenants=tenants,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp="account",
        ids=user_ids[:200],
        grond="beheer",
    )


# -------------------------------------------------------------------------- four eyes


def rolverzoek_gedaan(wie: Wie, row: Rolverzoek) -> None:
    _by(
        "rolverzoek_gedaan",
        wie,
        row.tenant_id,
        "rolverzoek",
        [row.pk],
        rol=row.rol,
        wat=row.wat,
    )


def rolverzoek_besloten(wie: Wie, row: Rolverzoek) -> None:
    _by(
        "rolverzoek_besloten",
        wie,
        row.tenant_id,
        "rolverzoek",
        [row.pk, row.door_id],
        besluit=row.besluit or "",
    )
