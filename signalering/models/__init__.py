"""Reports: from concept to discussed, established and partly public.

Invariant: a Rapportage holds protected figures only (what may be printed), never
counts; it has no key to a Kwestie or Client. Its lifecycle is the table in
``signalering.lifecycle`` and, for every application role, a trigger in PostgreSQL
(migration 0002): nothing becomes public without a recorded bespreking.

Guarded by tests/signalering/test_lifecycle.py and tests/isolation/test_publication.py.
"""

from signalering.models.gesprek import (
    PARAGRAFEN_BIJ,
    Herinnering,
    Onderdeel,
    Onjuistheid,
    Opmerking,
)
from signalering.models.onderzoek import (
    BIJ_OPDRACHTGEVER,
    Onderzoek,
    OnderzoekStatus,
)
from signalering.models.portaal import Berichtkeuze
from signalering.models.publicatie import Publicatie
from signalering.models.rapport import (
    DEFINITIEF,
    ZICHTBAAR_VOOR_OPDRACHTGEVER,
    Bespreking,
    Bestand,
    Druk,
    Publiek,
    Rapportage,
    Reactie,
    Status,
)
from signalering.models.signaal import (
    IN_RAPPORT,
    ActieStand,
    Besluit,
    Richting,
    Signaal,
    Signaaloverleg,
    Signaalstap,
    SignaalStatus,
    Trendbesluit,
    Verbeteractie,
)
from signalering.models.uitgifte import Beveiliging, Jaarplan, Uitgifte
from signalering.models.zegel import Rapportzegel, Zegelstand

__all__ = [
    "Berichtkeuze",
    "Bespreking",
    "Bestand",
    "Beveiliging",
    "DEFINITIEF",
    "Druk",
    "Jaarplan",
    "Publicatie",
    "Publiek",
    "Rapportage",
    "Reactie",
    "Status",
    "Uitgifte",
    "ZICHTBAAR_VOOR_OPDRACHTGEVER",
    "Herinnering",
    "PARAGRAFEN_BIJ",
    "Onderdeel",
    "Onjuistheid",
    "Opmerking",
    "IN_RAPPORT",
    "ActieStand",
    "Besluit",
    "Richting",
    "Signaal",
    "SignaalStatus",
    "Signaaloverleg",
    "Signaalstap",
    "Trendbesluit",
    "Verbeteractie",
    "Rapportzegel",
    "Zegelstand",
    "BIJ_OPDRACHTGEVER",
    "Onderzoek",
    "OnderzoekStatus",
]
