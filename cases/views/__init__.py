"""Pages of casework: what somebody sees, and the verbs on one kwestie.

Each view: who may be here (404 otherwise), the form, the verb or the question, the
answer. Showing content writes an audit event in the same transaction.
"""

from cases.views.handelingen import (
    afronden,
    contact,
    heropenen,
    start,
    toewijzen,
    traject,
    verwijzing,
    wacht,
)
from cases.views.kwestie import bewerken, kwestie
from cases.views.lijsten import lijst, werk
from cases.views.registreren import nieuw, registreren

__all__ = [
    "afronden",
    "bewerken",
    "contact",
    "heropenen",
    "kwestie",
    "lijst",
    "nieuw",
    "registreren",
    "start",
    "toewijzen",
    "traject",
    "verwijzing",
    "wacht",
    "werk",
]
