"""Forms that put right: merging two clients, passing on to another tenant."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.basis import KwestieForm, ja_nee
from tenants.access import Plek


class SamenvoegForm(KwestieForm):
    """The other client, by the number of one of its kwesties; first shown, then done.

    nagekeken: the number that was shown with the name behind it.
    """

    nummer = forms.CharField(
        label=_("Nummer van een kwestie van dezelfde cliënt"),
        max_length=40,
        widget=forms.TextInput({"class": "app-short", "autocomplete": "off"}),
        error_messages={"required": _("Vul het nummer van de andere kwestie in.")},
    )
    nagekeken = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def is_confirmed(self) -> bool:
        data = self.cleaned_data
        return bool(data["nummer"] == data["nagekeken"])


class DoorgeleidForm(KwestieForm):
    """To which tenant, and whether name and story go along."""

    naar = forms.TypedChoiceField(
        label=_("Bij welke opdrachtgever hoort de kwestie?"),
        coerce=int,
        error_messages={"required": _("Kies de opdrachtgever.")},
    )
    is_met_toestemming = ja_nee(
        label=_("Wil de cliënt dat naam en verhaal meegaan?"),
        help_text=_("Bij “Nee” gaan alleen de codes mee, zonder naam en zonder tekst."),
        initial="nee",
    )

    def __init__(self, *args: Any, plekken: list[Plek], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Kies")), *((str(p.id), p.naam) for p in plekken)]
        self.fields["naar"].choices = choices  # type: ignore[attr-defined]
