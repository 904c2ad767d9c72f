"""Tenants, people and the roles between them.

Tenant = opdrachtgever: it commissions and pays, and never sees a client.
User = an account; ``soort`` says of whom: of the Adviespunt or of an opdrachtgever.
Nobody can be both (V10: S100, S164); a composite foreign key in the database and
``tenants.services`` keep it so.
"""

from tenants.models.mensen import SOORTEN, Medewerker, Membership, User, UserManager
from tenants.models.opdrachtgevers import (
    Opdracht,
    Tenant,
    TenantGroupObjectPermission,
    TenantUserObjectPermission,
)
from tenants.models.registers import Datalek, InzageNotitie
from tenants.models.taken import Job
from tenants.models.tellen import Telafspraak, Terugkomcode, Terugkomst

__all__ = [
    "Datalek",
    "InzageNotitie",
    "Job",
    "Medewerker",
    "Membership",
    "Opdracht",
    "SOORTEN",
    "Telafspraak",
    "Tenant",
    "TenantGroupObjectPermission",
    "TenantUserObjectPermission",
    "Terugkomcode",
    "Terugkomst",
    "User",
    "UserManager",
]
