"""Forms of the record: what the FG looks for, and her note on a finding."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms.basis import KwestieForm
from cases.selectors.spoor import Vraagstelling, people_at
from cases.spoorwoorden import SOORTEN
from tenants.access import Wie
from tenants.roles import Recht
from tenants.velden import DatumField

PERIODE = timedelta(days=7)


class LogboekForm(forms.Form):
    """Filters of the record, as a GET form. Without any: the last seven days."""

    mark_optional = False

    tenant = forms.ChoiceField(label=gettext_lazy("Opdrachtgever"), required=False)
    persoon = forms.ChoiceField(label=gettext_lazy("Wie"), required=False)
    soort = forms.ChoiceField(label=gettext_lazy("Wat"), required=False)
    nummer = forms.CharField(
        label=gettext_lazy("Nummer van de kwestie"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"class": "app-short", "autocomplete": "off"}),
    )
    van = DatumField(label=gettext_lazy("Vanaf"), required=False, help_text="")
    tot = DatumField(label=gettext_lazy("Tot en met"), required=False, help_text="")

    def __init__(self, *args: Any, wie: Wie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tenants = wie.with_right(Recht.LOG_INZIEN)
        self.plekken = {wie.plekken[t].slug: wie.plekken[t] for t in tenants}
        self._offer("tenant", [(s, p.naam) for s, p in self.plekken.items()])
        people = people_at(tenants)
        self._offer("persoon", [(str(pk), naam) for pk, naam in people])
        self._offer("soort", [(code, words) for code, (words, _n) in SOORTEN.items()])
        if len(self.plekken) < 2:
            del self.fields["tenant"]

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = [("", _("Alle")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        van, tot = data.get("van"), data.get("tot")
        if van and tot and van > tot:
            self.add_error("tot", _("Kies een dag op of na de eerste dag."))
        return data

    def vraag(self) -> Vraagstelling | None:
        """What is asked; None when the form has an error."""
        if not self.is_valid():
            return None
        data = self.cleaned_data
        chosen = self.plekken.get(data.get("tenant", ""))
        tot = data["tot"] or timezone.localdate()
        persoon = data["persoon"]
        return Vraagstelling(
            tenants=(chosen.id,)
            if chosen
            else tuple(sorted(p.id for p in self.plekken.values())),
            van=data["van"] or tot - PERIODE,
            tot=tot,
            persoon=persoon or None,
            soort=data["soort"],
            nummer=data["nummer"],
        )


class OordeelOverInzageForm(KwestieForm):
    """The note of the FG on one finding; which one comes with the form."""

    sleutel = forms.CharField(max_length=120, widget=forms.HiddenInput)
    notitie = forms.CharField(
        label=gettext_lazy("Wat heb je nagegaan?"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": gettext_lazy("Schrijf op wat je hebt nagegaan.")},
    )
