"""Verbs of casework. Each locks the row, follows an arrow, checks its rules, writes
and records the audit event, in one transaction.

Only somebody's own kwestie can be changed; the teamleider decides whose it is. Forms
never set ``bron``, so nothing they make is exempt from a rule.

Guarded by tests/cases/: test_registration, test_services, test_sql_rules,
test_lifecycle, test_access.
"""

from cases.services.afronden import (
    Afronding,
    Route,
    Traject,
    add_traject,
    add_verwijzing,
    close_kwestie,
    reopen_kwestie,
)
from cases.services.bewerken import Conflict, assign_kwestie, update_kwestie
from cases.services.ondersteunen import (
    Contact,
    add_contactmoment,
    resume_kwestie,
    start_ondersteuning,
    wait_kwestie,
)
from cases.services.regels import KwestieError
from cases.services.registreren import Registratie, moment_on, register_kwestie
from cases.services.rij import VOORBIJ, WACHTEND

__all__ = [
    "VOORBIJ",
    "WACHTEND",
    "Afronding",
    "Conflict",
    "Contact",
    "KwestieError",
    "Registratie",
    "Route",
    "Traject",
    "add_contactmoment",
    "add_traject",
    "add_verwijzing",
    "assign_kwestie",
    "close_kwestie",
    "moment_on",
    "register_kwestie",
    "reopen_kwestie",
    "resume_kwestie",
    "start_ondersteuning",
    "update_kwestie",
    "wait_kwestie",
]
