"""Shape of a region as it is filled in: its name, who is in it, from which day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.access import Plek
from tenants.velden import DatumField


class RegioForm(forms.Form):
    """``plekken``: the tenants that can be in it."""

    naam = forms.CharField(
        label=_("Naam van de regio"),
        max_length=120,
        help_text=_("Zo staat zij op de rapporten. Bijvoorbeeld Regio Foodvalley."),
        error_messages={"required": _("Vul de naam van de regio in.")},
    )
    leden = forms.TypedMultipleChoiceField(
        label=_("Opdrachtgevers in de regio"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "app-choices--columns"}),
        error_messages={"required": _("Kies ten minste twee opdrachtgevers.")},
    )
    vanaf = DatumField(
        label=_("Vanaf welke dag?"),
        help_text=_(
            "Wie erbij komt, hoort er vanaf deze dag bij. Wie eruit gaat, tot en met"
            " deze dag. Bijvoorbeeld 01-01-2026."
        ),
        error_messages={"required": _("Vul een dag in.")},
    )

    def __init__(self, *args: Any, plekken: list[Plek], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["leden"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101
        field.choices = [(plek.id, plek.naam) for plek in plekken]
