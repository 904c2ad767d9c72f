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


def with_parts(code: str) -> tuple[str, ...]:
    """This dienst and everything that is a part of it: totals roll up (S95)."""
    return (code, *(part for part, whole in ONDER.items() if whole == code))
