"""The form of a DPIA: what AVG 35 lid 7 asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adviespunt.register.bron import Verwerking
from tenants.dpia import Beoordeling, DpiaError
from tenants.models import Dpia

GEEN_NAMEN = _("Schrijf geen namen van mensen op.")


def _tekst(label: Any, help_text: Any = GEEN_NAMEN) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Vul dit in.")},
    )


class DpiaForm(forms.Form):
    """Filled in beforehand with the newest version, or with what the register says."""

    gelezen = forms.IntegerField(widget=forms.HiddenInput)
    beschrijving = _tekst(_("Wat gebeurt er met de gegevens, en waarvoor?"))
    noodzaak = _tekst(
        _("Waarom is dit nodig, en kan het met minder?"),
        _("Noem de grondslag, en waarom het niet anders kan."),
    )
    risicos = _tekst(
        _("Welke risico's zijn er voor mensen?"),
        _("Bijvoorbeeld: iemand wordt herkend, of krijgt er last van."),
    )
    maatregelen = _tekst(_("Welke maatregelen zijn er?"))
    restrisico = forms.ChoiceField(
        label=_("Welk risico blijft er over?"),
        choices=Dpia.Restrisico.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies welk risico er overblijft.")},
    )
    toelichting = forms.CharField(
        label=_("Advies van de FG"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, *args: Any, verwerking: Verwerking, vorige: Dpia | None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _begin(verwerking, vorige)
        super().__init__(*args, **kwargs)

    def beoordeling(self) -> Beoordeling:
        data = {k: v for k, v in self.cleaned_data.items() if k != "gelezen"}
        return Beoordeling(**data)

    def refuse(self, error: DpiaError) -> None:
        self.add_error(error.veld, str(error))


def _begin(verwerking: Verwerking, vorige: Dpia | None) -> dict[str, Any]:
    if vorige is None:
        return {
            "gelezen": 0,
            "beschrijving": verwerking.doel,
            "noodzaak": verwerking.grondslag,
            "maatregelen": "\n".join(verwerking.maatregelen),
        }
    names = ("beschrijving", "noodzaak", "risicos", "maatregelen", "toelichting")
    return {
        "gelezen": vorige.versie,
        "restrisico": vorige.restrisico,
        **{name: getattr(vorige, name) for name in names},
    }
