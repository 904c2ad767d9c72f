"""Tenants, people and the roles between them.

Tenant = opdrachtgever: it commissions and pays, and never sees a client.
User = an account; ``soort`` says of whom: of the Adviespunt or of an opdrachtgever.
Nobody can be both (V10: S100, S164); a composite foreign key in the database and
``tenants.services`` keep it so.
"""

from tenants.models.beheer import (
    EigenWaarde,
    Gemeente,
    Huisstijl,
    Publiekepagina,
    TenantInstelling,
)
from tenants.models.inloggen import Inlogpoging
from tenants.models.kaart import FunctieScope, Organisatie, OrganisatieVersie
from tenants.models.loket import Loket, Loketteller
from tenants.models.mensen import SOORTEN, Medewerker, Membership, User, UserManager
from tenants.models.opdrachtgevers import (
    Opdracht,
    Tenant,
    TenantGroupObjectPermission,
    TenantUserObjectPermission,
)
from tenants.models.publiek import Ervaring, Ervaringscode, OpenbaarDocument
from tenants.models.regio import RegioLid
from tenants.models.register import Dpia
from tenants.models.registers import Datalek, InzageNotitie
from tenants.models.taken import Job
from tenants.models.tellen import Telafspraak, Terugkomcode, Terugkomst
from tenants.models.toegang import Aanstelling, Geheimhouding, Rolverzoek, Uitnodiging

__all__ = [
    "Aanstelling",
    "Datalek",
    "Dpia",
    "EigenWaarde",
    "Ervaring",
    "Ervaringscode",
    "FunctieScope",
    "Gemeente",
    "Huisstijl",
    "Geheimhouding",
    "Inlogpoging",
    "InzageNotitie",
    "Job",
    "Loket",
    "Loketteller",
    "Medewerker",
    "Membership",
    "OpenbaarDocument",
    "Opdracht",
    "Organisatie",
    "OrganisatieVersie",
    "RegioLid",
    "Publiekepagina",
    "Rolverzoek",
    "SOORTEN",
    "Telafspraak",
    "Tenant",
    "TenantGroupObjectPermission",
    "TenantInstelling",
    "TenantUserObjectPermission",
    "Terugkomcode",
    "Terugkomst",
    "Uitnodiging",
    "User",
    "UserManager",
]
