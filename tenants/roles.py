"""Roles and what they may do: one table (model.md §2.7).

A Membership gives a person a role for a tenant; ``tenants.services`` writes the
role's permissions to django-guardian, as object permissions on that Tenant.

Guarded by tests/tenants/test_roles.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEDEWERKER = "MEDEWERKER"  # of the Adviespunt itself
OPDRACHTGEVER = "OPDRACHTGEVER"  # of a commissioning party


class Recht(StrEnum):
    """Permissions on a Tenant; the codenames django-guardian stores."""

    KWESTIE_REGISTREREN = "kwestie_registreren"
    KWESTIE_EIGEN = "kwestie_eigen"
    KWESTIE_TEAM = "kwestie_team"
    RAPPORTAGE_LEZEN = "rapportage_lezen"
    RAPPORTAGE_MAKEN = "rapportage_maken"
    RAPPORTAGE_TOETSEN = "rapportage_toetsen"
    RAPPORTAGE_AANBIEDEN = "rapportage_aanbieden"
    BESPREKING_VASTLEGGEN = "bespreking_vastleggen"
    RAPPORTAGE_VASTSTELLEN = "rapportage_vaststellen"
    RAPPORTAGE_PUBLICEREN = "rapportage_publiceren"
    RAPPORTAGE_ONTVANGEN = "rapportage_ontvangen"
    RAPPORTAGE_REAGEREN = "rapportage_reageren"
    DOORBREKING_BESLISSEN = "doorbreking_beslissen"
    TENANT_BEHEREN = "tenant_beheren"
    LOG_INZIEN = "log_inzien"
    UITZONDERINGEN_TELLEN = "uitzonderingen_tellen"
    UREN_TELLEN = "uren_tellen"
    AVG_BEHANDELEN = "avg_behandelen"
    RAPPORTAGE_CONCEPT = "rapportage_concept"
    RAPPORTAGE_DOWNLOADEN = "rapportage_downloaden"


LABELS: dict[Recht, Promise] = {
    Recht.KWESTIE_REGISTREREN: _("Kwesties registreren"),
    Recht.KWESTIE_EIGEN: _("Eigen kwesties zien en bijwerken"),
    Recht.KWESTIE_TEAM: _("Kwesties van het team zien"),
    Recht.RAPPORTAGE_LEZEN: _("Rapportages in wording lezen"),
    Recht.RAPPORTAGE_MAKEN: _("Rapportages maken en bewerken"),
    Recht.RAPPORTAGE_TOETSEN: _("De herleidbaarheidstoets tekenen"),
    Recht.RAPPORTAGE_AANBIEDEN: _("Rapportages aanbieden"),
    Recht.BESPREKING_VASTLEGGEN: _("De bespreking vastleggen"),
    Recht.RAPPORTAGE_VASTSTELLEN: _("Rapportages vaststellen of intrekken"),
    Recht.RAPPORTAGE_PUBLICEREN: _("Besluiten over openbaarmaking"),
    Recht.RAPPORTAGE_ONTVANGEN: _("Vastgestelde rapportages lezen"),
    Recht.RAPPORTAGE_REAGEREN: _("Reageren op een rapportage"),
    Recht.DOORBREKING_BESLISSEN: _("Besluiten over doorbreking van de geheimhouding"),
    Recht.TENANT_BEHEREN: _("Opdrachtgever, opdrachten en mensen beheren"),
    Recht.LOG_INZIEN: _("Het logboek inzien"),
    Recht.UITZONDERINGEN_TELLEN: _("Aantallen uitzonderingen zien"),
    Recht.UREN_TELLEN: _("Uren per opdracht zien"),
    Recht.AVG_BEHANDELEN: _("Besluiten over AVG-verzoeken en datalekken"),
    Recht.RAPPORTAGE_CONCEPT: _("Aangeboden rapportages lezen vóór ze vaststaan"),
    Recht.RAPPORTAGE_DOWNLOADEN: _("Vastgestelde rapportages downloaden"),
}
# What can be taken from one contact while another has it.
PER_CONTACT = (
    Recht.RAPPORTAGE_CONCEPT,
    Recht.RAPPORTAGE_REAGEREN,
    Recht.RAPPORTAGE_DOWNLOADEN,
)
# With one of these the case data of the tenant may be read in the database.
CASE_RIGHTS = frozenset({Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM})


@dataclass(frozen=True, slots=True)
class Rol:
    """A role: its code, its name on screen, whose people hold it, what it may do."""

    code: str
    naam: Promise
    soort: str
    rechten: frozenset[Recht]


def _rol(code: str, naam: Promise, soort: str, *rechten: Recht) -> Rol:
    return Rol(code, naam, soort, frozenset(rechten))


ROLLEN: dict[str, Rol] = {
    rol.code: rol
    for rol in (
        _rol(
            "VRIJWILLIGER",
            _("Vrijwilliger"),
            MEDEWERKER,
            Recht.KWESTIE_REGISTREREN,
            Recht.KWESTIE_EIGEN,
        ),
        _rol(
            "ONDERSTEUNER",
            _("Cliëntondersteuner"),
            MEDEWERKER,
            Recht.KWESTIE_REGISTREREN,
            Recht.KWESTIE_EIGEN,
            Recht.RAPPORTAGE_LEZEN,
        ),
        _rol(
            "TEAMLEIDER",
            _("Teamleider"),
            MEDEWERKER,
            Recht.KWESTIE_REGISTREREN,
            Recht.KWESTIE_EIGEN,
            Recht.KWESTIE_TEAM,
            Recht.RAPPORTAGE_LEZEN,
            Recht.RAPPORTAGE_MAKEN,
            Recht.RAPPORTAGE_AANBIEDEN,
            Recht.BESPREKING_VASTLEGGEN,
        ),
        _rol(
            "TOETSER",
            _("Herleidbaarheidstoetser"),
            MEDEWERKER,
            Recht.RAPPORTAGE_LEZEN,
            Recht.RAPPORTAGE_TOETSEN,
        ),
        _rol(
            "DIRECTIE",
            _("Directie"),
            MEDEWERKER,
            Recht.RAPPORTAGE_LEZEN,
            Recht.RAPPORTAGE_VASTSTELLEN,
            Recht.RAPPORTAGE_PUBLICEREN,
            Recht.DOORBREKING_BESLISSEN,
            Recht.UITZONDERINGEN_TELLEN,
            Recht.UREN_TELLEN,
        ),
        _rol(
            "FG",
            _("Functionaris gegevensbescherming"),
            MEDEWERKER,
            Recht.LOG_INZIEN,
            Recht.AVG_BEHANDELEN,
        ),
        _rol("BEHEER", _("Tenantbeheer"), MEDEWERKER, Recht.TENANT_BEHEREN),
        _rol(
            "CONTACT",
            _("Contactpersoon van de opdrachtgever"),
            OPDRACHTGEVER,
            Recht.RAPPORTAGE_ONTVANGEN,
            Recht.RAPPORTAGE_CONCEPT,
            Recht.RAPPORTAGE_REAGEREN,
            Recht.RAPPORTAGE_DOWNLOADEN,
        ),
        _rol(
            "ONTVANGER",
            _("Ontvanger"),
            OPDRACHTGEVER,
            Recht.RAPPORTAGE_ONTVANGEN,
            Recht.RAPPORTAGE_DOWNLOADEN,
        ),
    )
}


# Who gives which role: holder → roles. Nobody gives what is not in here, and nobody
# gives herself anything: that takes a colleague (``tenants.vierogen``).
MAG_GEVEN: dict[str, frozenset[str]] = {"BEHEER": frozenset(ROLLEN)}
MAG_GEVEN_IN_WOORDEN: dict[str, Promise] = {
    "BEHEER": _(
        "Geeft en stopt rollen van collega's en van contactpersonen van de"
        " opdrachtgever, elk bij die ene opdrachtgever. Wie zichzelf een rol wil geven,"
        " vraagt dat aan een andere beheerder."
    ),
}


def may_give(rollen: Iterable[str], rol: str) -> bool:
    """Whether holders of ``rollen`` (codes) may give ``rol`` to somebody else."""
    return any(rol in MAG_GEVEN.get(held, ()) for held in rollen)


def rechten_in(held: Iterable[tuple[str, Iterable[str]]]) -> frozenset[Recht]:
    """What memberships (role, rights without which it is held) give together."""
    return frozenset().union(
        *(ROLLEN[rol].rechten - set(zonder) for rol, zonder in held)
    )


def rechten_van(rollen: Iterable[str]) -> frozenset[Recht]:
    """Everything the holders of ``rollen`` (codes) may do, taken together."""
    return frozenset().union(*(ROLLEN[code].rechten for code in rollen))
