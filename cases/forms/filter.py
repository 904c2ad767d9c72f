"""The filters of the list."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.basis import keuzes, met_leeg
from cases.models import Status
from cases.selectors import AANVULLEN, ALLE_OPEN, Filter, plekken_for
from tenants.access import Wie
from tenants.velden import DatumField

STATUSSEN = [
    ("", _("Alle")),
    (ALLE_OPEN, _("Alle open kwesties")),
    (AANVULLEN, _("Aan te vullen")),
    *((s.value, s.label) for s in Status if s != Status.VERNIETIGD),
]


class BewaarFilterForm(forms.Form):
    """What to call the view on the list that is on the screen."""

    naam = forms.CharField(
        label=_("Naam van dit filter"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Geef het filter een naam.")},
    )


class FilterForm(forms.Form):
    """Filters as a GET form; fields of one tenant only appear when there are more."""

    mark_optional = False

    tenant = forms.ChoiceField(label=_("Opdrachtgever"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=STATUSSEN, required=False)
    aard = forms.ChoiceField(
        label=_("Aard"), choices=met_leeg(keuzes("aard"), _("Alle")), required=False
    )
    wet = forms.ChoiceField(
        label=_("Wet"), choices=met_leeg(keuzes("wet"), _("Alle")), required=False
    )
    fase = forms.ChoiceField(
        label=_("Fase"), choices=met_leeg(keuzes("fase"), _("Alle")), required=False
    )
    van = DatumField(label=_("Vanaf"), required=False, help_text="")
    tot = DatumField(label=_("Tot en met"), required=False, help_text="")

    def __init__(self, *args: Any, wie: Wie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plekken = {plek.slug: plek for plek in plekken_for(wie)}
        if len(self.plekken) < 2:
            del self.fields["tenant"]
        else:
            named = [(slug, plek.naam) for slug, plek in self.plekken.items()]
            self.fields["tenant"].choices = [  # type: ignore[attr-defined]
                ("", _("Alle")),
                *named,
            ]

    def zoek(self) -> str:
        """The query string of what is filled in; '' when that is nothing or wrong."""
        if not self.is_valid():
            return ""
        typed = [(name, self.data.get(name, "")) for name in self.fields]
        return urlencode([(name, value) for name, value in typed if value])

    def filter(self) -> Filter | None:
        """What the list is narrowed to; None when the form has an error."""
        if not self.is_valid():
            return None
        data = self.cleaned_data
        chosen = data.get("tenant")
        return Filter(
            tenant_id=self.plekken[chosen].id if chosen else None,
            status=data["status"],
            aard=data["aard"],
            wet=data["wet"],
            fase=data["fase"],
            van=data["van"],
            tot=data["tot"],
        )
