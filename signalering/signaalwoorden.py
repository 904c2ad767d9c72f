"""Words and colours of the steps of a signal, for on screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from signalering.models import SignaalStatus as S

STAPWOORDEN: Final[Mapping[str, Promise]] = {
    "bevestig": gettext_lazy("Bevestigen"),
    "breng-in": gettext_lazy("Inbrengen bij de opdrachtgever"),
    "bespreek": gettext_lazy("In gesprek"),
    "zeg-toe": gettext_lazy("Verbetering is toegezegd"),
    "realiseer": gettext_lazy("Verbetering is gerealiseerd"),
    "neem-niet-over": gettext_lazy("Wordt niet overgenomen"),
    "meld-inspectie": gettext_lazy("Gemeld bij de inspectie"),
    "volg": gettext_lazy("Verder volgen"),
    "sluit": gettext_lazy("Sluiten"),
}
KLEUREN: Final[Mapping[S, str]] = {
    S.OPGEPAKT: "neutral",
    S.BEVESTIGD: "active",
    S.INGEBRACHT: "active",
    S.IN_GESPREK: "active",
    S.TOEGEZEGD: "active",
    S.GEREALISEERD: "success",
    S.NIET_OVERGENOMEN: "warning",
    S.GEMELD_INSPECTIE: "warning",
    S.GEMONITORD: "active",
    S.GESLOTEN: "inactive",
}
