"""People of the measurements, made as owner of a bench database.

``team-<tenant id>`` leads the team of that one tenant. ``ondersteuner`` works for the
first PLEKKEN tenants, in a small and a large database alike, and takes over the
fullest caseload in each.
"""

from __future__ import annotations

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection  # noqa: TID251 (the owner's work, in bulk)

from tenants.models import Medewerker, Tenant, User
from tenants.roles import MEDEWERKER
from tenants.scope import loading
from tenants.services import grant_membership

PLEKKEN = 2
ONDERSTEUNER = "ondersteuner"
VAN = date(2015, 1, 1)
TABLES = (
    "tenants_tenant",
    "tenants_membership",
    "tenants_tenantuserobjectpermission",
    "cases_kwestie",
)
OVERNEMEN = """
UPDATE cases_kwestie SET ondersteuner_id = %(wie)s
WHERE tenant_id = %(tenant)s AND ondersteuner_id = (
  SELECT ondersteuner_id FROM cases_kwestie
  WHERE tenant_id = %(tenant)s AND ondersteuner_id IS NOT NULL
  GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)
"""


def ident(naam: str) -> UUID:
    """Id of the account of ``naam``."""
    return uuid5(NAMESPACE_URL, f"https://adviespunt.example/bench/{naam}")


def leader_of(tenant_id: int) -> str:
    """Name of the teamleider of one tenant."""
    return f"team-{tenant_id}"


def main() -> None:
    """Everybody, committed; for a database that demo_data has just filled."""
    with loading(*TABLES):
        tenants = list(Tenant.objects.order_by("pk"))
        for tenant in tenants:
            _person(leader_of(tenant.pk), "TEAMLEIDER", [tenant])
        supporter = _person(ONDERSTEUNER, "ONDERSTEUNER", tenants[:PLEKKEN])
        with connection.cursor() as cursor:
            for tenant in tenants[:PLEKKEN]:
                cursor.execute(OVERNEMEN, {"wie": supporter.pk, "tenant": tenant.pk})


def _person(naam: str, rol: str, tenants: list[Tenant]) -> User:
    """An account without a password, with one role."""
    user = User.objects.create_user(
        f"{naam}@bench.example", None, id=ident(naam), naam=naam, soort=MEDEWERKER
    )
    Medewerker.objects.create(user=user, naam=naam, code=f"bench-{naam}")
    for tenant in tenants:
        grant_membership(actor=None, tenant=tenant, user=user, rol=rol, van=VAN)
    return user
