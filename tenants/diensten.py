"""What an opdrachtgever can commission, and which dienst is part of which (S95).

The codes are those of the code list ``dienst`` of the casework, one storey up; a test
keeps the two equal (tests/cases/test_codelists.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

DIENSTEN: Mapping[str, Promise] = {
    "OCO_SD": _("Onafhankelijke cliëntondersteuning sociaal domein"),
    "OCO_WLZ": _("Onafhankelijke cliëntondersteuning Wlz"),
    "VP_SD": _("Vertrouwenspersoon sociaal domein"),
    "VP_JEUGD": _("Vertrouwenspersoon jeugd (onderaanneming AKJ/Jeugdstem)"),
    "CVP_WZD": _("Cliëntenvertrouwenspersoon Wzd"),
    "AP_ALG": _("Adviespunt algemeen (vraag of klacht over de zorg)"),
}
# The law by which there is such a dienst (S2).
GRONDSLAG: Mapping[str, Promise] = {
    "OCO_SD": _("Wet maatschappelijke ondersteuning 2015 (Wmo), artikel 2.2.4"),
    "OCO_WLZ": _("Wet langdurige zorg (Wlz)"),
    "VP_SD": _("Wet maatschappelijke ondersteuning 2015 (Wmo), artikel 2.2.4"),
    "VP_JEUGD": _("Jeugdwet, artikelen 2.6 en 4.1.9"),
    "CVP_WZD": _("Wet zorg en dwang (Wzd), artikel 57"),
    "AP_ALG": _("geen aparte wet: dit spraken wij af met wie ons betaalt"),
}
# A dienst that is a part of another: what is done in it counts for the whole as well.
ONDER: Mapping[str, str] = {"VP_SD": "OCO_SD"}


def choices() -> list[tuple[str, str]]:
    """(code, label) pairs; a part stands after its whole and says so."""
    found = []
    for code, naam in DIENSTEN.items():
        if code in ONDER:
            continue
        found.append((code, str(naam)))
        found += [
            (
                part,
                gettext("%(deel)s (onderdeel van: %(geheel)s)")
                % {"deel": DIENSTEN[part], "geheel": naam},
            )
            for part, whole in ONDER.items()
            if whole == code
        ]
    return found


def labels(codes: Iterable[str]) -> list[str]:
    """The names of these diensten; a code that is unknown stays a code."""
    return [str(DIENSTEN.get(code, code)) for code in codes]


def with_law(codes: Iterable[str]) -> list[tuple[str, str]]:
    """(name, law) of these diensten in the order of the list; unknown codes go."""
    asked = set(codes)
    return [
        (str(naam), str(GRONDSLAG[code]))
        for code, naam in DIENSTEN.items()
        if code in asked
    ]


def with_parts(code: str) -> tuple[str, ...]:
    """This dienst and everything that is a part of it: totals roll up (S95)."""
    return (code, *(part for part, whole in ONDER.items() if whole == code))
