"""To which body, in which order and within which term (S138); in words for pages.

Terms are those of the laws named with them; they can differ in a single case, and the
page says so. Guarded by tests/cases/test_afgeleid.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import OVERHEID, Kwestie, Wederpartij

ZORG = (Wederpartij.ZORGINST, Wederpartij.INST_MEDEW)


@dataclass(frozen=True, slots=True)
class Weg:
    """One route: for what, to whom in which order, within which term, by which law."""

    code: str
    titel: Promise
    naar: Promise
    termijn: Promise
    bron: str


WEGEN = (
    Weg(
        "bezwaar",
        _("Een besluit van de gemeente of een andere overheid"),
        _("Bezwaar bij wie het besluit nam. Daarna beroep bij de rechter."),
        _(
            "Bezwaar binnen 6 weken na het besluit. Beslissing binnen 6 weken, of 12"
            " weken met een commissie; hoogstens 6 weken uitstel."
        ),
        "Awb 6:7, 7:10",
    ),
    Weg(
        "klacht_overheid",
        _("Hoe de overheid of een medewerker met iemand omging"),
        _("Klacht bij die overheid. Daarna de ombudsman."),
        _(
            "Klacht het liefst binnen een jaar. Antwoord binnen 6 weken, of 10 weken"
            " met een commissie; 4 weken uitstel. Ombudsman: binnen een jaar daarna."
        ),
        "Awb 9:8, 9:11, 9:24",
    ),
    Weg(
        "klacht_zorg",
        _("Een zorgaanbieder, in de zorgverzekering of de langdurige zorg"),
        _(
            "Eerst de klachtenfunctionaris. Dan een klacht bij de zorgaanbieder. Daarna"
            " de geschilleninstantie."
        ),
        _(
            "Oordeel binnen 6 weken, 4 weken uitstel. Uitspraak van de"
            " geschilleninstantie binnen 6 maanden."
        ),
        "Wkkgz 13–22",
    ),
    Weg(
        "klacht_wmo",
        _("Een aanbieder van Wmo-ondersteuning"),
        _("De klachtenregeling van de aanbieder. De gemeente weet welke dat is."),
        _("De termijn staat in die regeling."),
        "Wmo 2015",
    ),
    Weg(
        "klacht_jeugd",
        _("Jeugdhulp of een gecertificeerde instelling"),
        _(
            "De klachtencommissie van de aanbieder. De vertrouwenspersoon jeugd mag"
            " daarbij helpen."
        ),
        _("De termijn staat in de klachtenregeling."),
        "Jeugdwet",
    ),
    Weg(
        "klacht_wzd",
        _("Onvrijwillige zorg bij een verstandelijke beperking of dementie"),
        _("De klachtencommissie Wzd. De cliëntenvertrouwenspersoon helpt daarbij."),
        _("Beslissing binnen 14 dagen; 4 weken als de zorg al gestopt is."),
        "Wzd 56a",
    ),
    Weg(
        "klacht_wvggz",
        _("Verplichte geestelijke gezondheidszorg"),
        _("De klachtencommissie. De patiëntenvertrouwenspersoon helpt daarbij."),
        _("De termijn staat in de klachtenregeling."),
        "Wvggz",
    ),
    Weg(
        "verzekeraar",
        _("Een zorgverzekeraar of zorgkantoor"),
        _("Eerst de verzekeraar of het zorgkantoor zelf. Vraag hun om de vervolgweg."),
        _("Gaat het om een besluit, kijk dan naar de termijn in de brief."),
        "Zvw, Wlz",
    ),
)


def wegen_for(kwestie: Kwestie) -> tuple[Weg, ...]:
    """The routes that fit whom a kwestie is about and its laws; () when none is sure."""
    wetten = {kwestie.wet, *kwestie.wetten}
    about = set(kwestie.wederpartij)
    overheid, zorg = bool(about & set(OVERHEID)), bool(about & set(ZORG))
    fits = {
        "bezwaar": overheid or "AWB" in wetten,
        "klacht_overheid": overheid,
        "klacht_zorg": zorg and bool(wetten & {"WLZ", "ZVW", "WKKGZ"}),
        "klacht_wmo": (zorg or Wederpartij.DIENSTVERL in about) and "WMO" in wetten,
        "klacht_jeugd": not overheid and "JW" in wetten,
        "klacht_wzd": "WZD" in wetten,
        "klacht_wvggz": "WVGGZ" in wetten,
        "verzekeraar": Wederpartij.VERZEKER in about,
    }
    return tuple(weg for weg in WEGEN if fits[weg.code])
