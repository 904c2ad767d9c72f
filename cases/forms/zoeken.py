"""What to search for. Sent with POST: a name has no place in an address or a log."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.selectors import Vraag
from privacy.blinde_index import naamwoorden
from tenants.velden import DatumField

MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"),
    *("september", "oktober", "november", "december"),
)
MAAND = re.compile(rf"({'|'.join(MAANDEN)})\s+(\d{{4}})", re.IGNORECASE)
JAAR = re.compile(r"20[1-9]\d")


class ZoekForm(forms.Form):
    """One field for most things; year of birth and period beside it."""

    mark_optional = False

    tekst = forms.CharField(
        label=gettext_lazy("Waar zoek je naar?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Een nummer, een naam, een organisatie, een aard of wet, een datum of maand,"
            " of een woord uit je open kwesties."
        ),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    geboortejaar = forms.RegexField(
        r"^(19|20)\d\d$",
        label=gettext_lazy("Geboortejaar van de cliënt"),
        required=False,
        help_text=gettext_lazy("Alleen samen met een naam. Bijvoorbeeld 1958"),
        widget=forms.TextInput(
            {"class": "app-short", "inputmode": "numeric", "autocomplete": "off"}
        ),
        error_messages={
            "invalid": gettext_lazy("Vul het jaar in als vier cijfers, zoals 1958.")
        },
    )
    van = DatumField(label=gettext_lazy("Eerste contact vanaf"), required=False)
    tot = DatumField(label=gettext_lazy("Eerste contact tot en met"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        if not any(data.get(name) for name in ("tekst", "van", "tot")):
            self.add_error("tekst", _("Vul in waar je naar zoekt."))
        elif data["geboortejaar"] and not naamwoorden(data["tekst"]):
            self.add_error("tekst", _("Vul bij een geboortejaar ook een naam in."))
        if data["van"] and data["tot"] and data["van"] > data["tot"]:
            self.add_error("tot", _("Deze dag ligt voor de eerste. Draai ze om."))
        return data

    def vraag(self) -> Vraag:
        """What was filled in; a day, month or year in the first field becomes the period."""
        data = self.cleaned_data
        van, tot = _period_in(data["tekst"])
        if van is not None:
            return Vraag(van=van, tot=tot)
        return Vraag(
            tekst=data["tekst"],
            geboortejaar=data["geboortejaar"],
            van=data["van"],
            tot=data["tot"],
        )


def _period_in(tekst: str) -> tuple[date | None, date | None]:
    """First and last day of a text that is a day, month or year; else (None, None)."""
    if JAAR.fullmatch(tekst.strip()):
        year = int(tekst)
        return date(year, 1, 1), date(year, 12, 31)
    found = MAAND.fullmatch(tekst.strip())
    if found:
        month, year = MAANDEN.index(found[1].lower()) + 1, int(found[2])
        last = monthrange(year, month)[1]
        return date(year, month, 1), date(year, month, last)
    try:
        day = DatumField().to_python(tekst.strip())
    except forms.ValidationError:
        return None, None
    return day, day
