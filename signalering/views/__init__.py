"""Pages about reports for colleagues and for contacts of the commissioning party."""

from signalering.views.berichten import berichten, berichten_hier
from signalering.views.beveiliging import beveiliging, opzet, weglaten
from signalering.views.gesprek import (
    bezwaar,
    onjuistheid,
    onjuistheid_besluit,
    opmerking_klaar,
    opmerkingen,
)
from signalering.views.gevolgen import gevolgen
from signalering.views.lezen import knelpunten, lijst, pdf, versie, voortgang
from signalering.views.onderzoek import (
    onderzoek,
    onderzoek_bewerken,
    onderzoek_nieuw,
    onderzoek_stap,
    onderzoeken,
)
from signalering.views.perioden import periode_voortgang
from signalering.views.plaats import place
from signalering.views.rapport import (
    bespreking,
    intrekken,
    nieuw,
    opnieuw,
    rapportage,
    reactie,
    stap,
    toets,
    vertrouwelijk,
)
from signalering.views.regios import regio, regio_nieuw, regios
from signalering.views.signaal import (
    signaal,
    signaal_actie,
    signaal_actie_stand,
    signaal_bewerken,
    signaal_overleg,
    signaal_stap,
)
from signalering.views.signalen import bij_kwestie, signaal_nieuw, signalen
from signalering.views.teksten import tekst, tekst_voorbeeld
from signalering.views.tellen import telwijze, telwijzen
from signalering.views.trends import trend_besluit, trends, trends_hier

__all__ = [
    "berichten",
    "berichten_hier",
    "bij_kwestie",
    "signaal",
    "signaal_actie",
    "signaal_actie_stand",
    "signaal_bewerken",
    "signaal_nieuw",
    "signaal_overleg",
    "signaal_stap",
    "signalen",
    "trend_besluit",
    "trends",
    "trends_hier",
    "bespreking",
    "beveiliging",
    "bezwaar",
    "gevolgen",
    "intrekken",
    "knelpunten",
    "lijst",
    "nieuw",
    "onjuistheid",
    "onjuistheid_besluit",
    "opmerking_klaar",
    "opmerkingen",
    "periode_voortgang",
    "tekst_voorbeeld",
    "opnieuw",
    "opzet",
    "pdf",
    "place",
    "rapportage",
    "reactie",
    "regio",
    "regio_nieuw",
    "regios",
    "stap",
    "tekst",
    "telwijze",
    "telwijzen",
    "toets",
    "versie",
    "onderzoek",
    "onderzoek_bewerken",
    "onderzoek_nieuw",
    "onderzoek_stap",
    "onderzoeken",
    "vertrouwelijk",
    "voortgang",
    "weglaten",
]
