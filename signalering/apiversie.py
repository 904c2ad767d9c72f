"""The version of the public API; by itself, so that a door can name it at once."""

from typing import Final

VERSIE: Final = "1.2.0"
# What changed for who uses it, newest first; published in the description of the API.
WIJZIGINGEN: Final = {
    "1.2.0": "Het beginadres /api/v1 noemt alle adressen. Tijdstippen eindigen op Z.",
    "1.1.0": "Rapporten van een regio, met de deelnemers.",
    "1.0.0": "De eerste versie.",
}
# Months that a version stays after a newer one with another first number.
OVERGANG: Final = 6
