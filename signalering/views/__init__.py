"""Pages about reports for colleagues and for contacts of the commissioning party."""

from signalering.views.beveiliging import beveiliging, weglaten
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

__all__ = [
    "bespreking",
    "beveiliging",
    "gevolgen",
    "intrekken",
    "lijst",
    "nieuw",
    "opnieuw",
    "pdf",
    "place",
    "rapportage",
    "reactie",
    "stap",
    "tekst",
    "toets",
    "versie",
    "vertrouwelijk",
    "voortgang",
    "weglaten",
]
