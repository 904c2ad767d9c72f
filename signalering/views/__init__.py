"""Pages about reports for colleagues and for contacts of the commissioning party."""

from signalering.views.beveiliging import beveiliging, opzet, weglaten
from signalering.views.gevolgen import gevolgen
from signalering.views.rapport import (
    bespreking,
    intrekken,
    lijst,
    nieuw,
    opnieuw,
    pdf,
    place,
    rapportage,
    reactie,
    stap,
    tekst,
    toets,
    versie,
    vertrouwelijk,
    voortgang,
)
from signalering.views.tellen import telwijze, telwijzen

__all__ = [
    "bespreking",
    "beveiliging",
    "gevolgen",
    "intrekken",
    "lijst",
    "nieuw",
    "opnieuw",
    "opzet",
    "pdf",
    "place",
    "rapportage",
    "reactie",
    "stap",
    "tekst",
    "telwijze",
    "telwijzen",
    "toets",
    "versie",
    "vertrouwelijk",
    "voortgang",
    "weglaten",
]
