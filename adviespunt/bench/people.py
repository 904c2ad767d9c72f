"""People of the measurements, made as owner of a bench database.

``team-<tenant id>`` leads the team of that one tenant. ``ondersteuner`` works for the
first PLEKKEN tenants, in a small and a large database alike, and takes over the
fullest caseload in each. ``meelezer`` works there too, takes over the next caseload,
and GEDEELD kwesties of colleagues are shared with her, newest and oldest alike. Every
client has search tokens, as if all were known by name; the tokens are of no name.
"""

from __future__ import annotations

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection  # noqa: TID251 (the owner's work, in bulk)

from tenants import verklaring
from tenants.models import Medewerker, Tenant, User
from tenants.roles import MEDEWERKER
from tenants.scope import loading
from tenants.services import grant_membership

PLEKKEN = 2
ONDERSTEUNER = "ondersteuner"
MEELEZER = "meelezer"
GEDEELD = 10_000
VAN = date(2015, 1, 1)
TABLES = (
    "tenants_tenant",
    "tenants_membership",
    "tenants_tenantgroupobjectpermission",
    "cases_kwestie",
    "cases_casegrant",
    "cases_zoekteken",
    "cases_client",
)
OVERNEMEN = """
UPDATE cases_kwestie SET ondersteuner_id = %(wie)s
WHERE tenant_id = %(tenant)s AND ondersteuner_id = (
  SELECT ondersteuner_id FROM cases_kwestie
  WHERE tenant_id = %(tenant)s AND ondersteuner_id <> ALL (%(al)s::uuid[])
  GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)
"""
DELEN = """
INSERT INTO cases_casegrant
  (id, tenant_id, kwestie_id, medewerker_id, niveau, reden, datum, tot, door_id, op)
SELECT gen_random_uuid(), tenant_id, id, %(wie)s, 'LEZEN', 'MEEDENKEN', datum,
  '2099-12-31', ondersteuner_id, clock_timestamp()
FROM cases_kwestie
WHERE tenant_id = %(tenant)s AND ondersteuner_id <> %(wie)s
ORDER BY md5(id::text) LIMIT %(aantal)s
"""
# Two words a name; a token of a word is twelve bits (privacy.blinde_index).
TEKENS = """
INSERT INTO cases_zoekteken (id, tenant_id, client_id, teken)
SELECT gen_random_uuid(), tenant_id, id, 'w' || substr(md5(id::text || n), 1, 3)
FROM cases_client, generate_series(1, 2) AS n
ON CONFLICT DO NOTHING
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
        here = tenants[:PLEKKEN]
        taken: list[UUID] = []
        with connection.cursor() as cursor:
            for naam in (ONDERSTEUNER, MEELEZER):
                pk = _person(naam, "ONDERSTEUNER", here).pk
                for tenant in here:
                    cursor.execute(
                        OVERNEMEN, {"wie": pk, "tenant": tenant.pk, "al": taken}
                    )
                taken.append(pk)
            cursor.execute(TEKENS)
            each = GEDEELD // len(here)
            for tenant in here:
                cursor.execute(
                    DELEN, {"wie": taken[-1], "tenant": tenant.pk, "aantal": each}
                )


def _person(naam: str, rol: str, tenants: list[Tenant]) -> User:
    """An account without a password, with one role; she signed the declaration."""
    user = User.objects.create_user(
        f"{naam}@bench.example", None, id=ident(naam), naam=naam, soort=MEDEWERKER
    )
    Medewerker.objects.create(user=user, naam=naam, code=f"bench-{naam}")
    verklaring.sign(user, naam)
    for tenant in tenants:
        grant_membership(actor=None, tenant=tenant, user=user, rol=rol, van=VAN)
    return user
