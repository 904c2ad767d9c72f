"""What somebody offers to have checked: a file, or a code."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy.bestanden import GRENS
from signalering.controlecode import digest

ROND: Final = 100_000  # bytes around the file in one request


class VerifieerForm(forms.Form):
    """One of two. The file is read in memory and goes nowhere."""

    mark_optional = False
    bestand = forms.FileField(
        label=gettext_lazy("Het rapport (pdf)"),
        help_text=gettext_lazy("Hoogstens 20 MB. Wij bewaren het bestand niet."),
        required=False,
        max_length=250,
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        error_messages={
            "empty": gettext_lazy("Dit bestand is leeg. Kies een ander bestand."),
            "max_length": gettext_lazy(
                "De naam van dit bestand is te lang. Maak hem korter."
            ),
        },
    )
    code = forms.CharField(
        label=gettext_lazy("Of de controlecode"),
        help_text=gettext_lazy(
            "Op de eerste bladzijde. Bijvoorbeeld AP-7K3F-9QWM-22XD-0BVN"
        ),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, te_groot: bool = False, **kwargs: Any) -> None:
        """te_groot: the request is larger than any report, so it was not read."""
        super().__init__(*args, **kwargs)
        self.te_groot = te_groot

    def clean_bestand(self) -> Any:
        bestand = self.cleaned_data["bestand"]
        if self.te_groot or (bestand and bestand.size > GRENS):
            raise forms.ValidationError(
                _("Dit bestand is groter dan 20 MB. Dan is het geen rapport van ons.")
            )
        return bestand

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code and not digest(code):
            raise forms.ValidationError(
                _("Een controlecode heeft 16 tekens na AP. Kijk of hij klopt.")
            )
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("bestand") and not cleaned.get("code"):
            raise forms.ValidationError(_("Kies een bestand of vul de code in."))
        return cleaned
