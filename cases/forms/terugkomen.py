"""The return code of somebody who stays anonymous."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.basis import KwestieForm


class TerugkomForm(KwestieForm):
    """Empty: a new code. Filled in: the code that the caller has already."""

    terugkomcode = forms.CharField(
        label=_("Terugkomcode van de beller"),
        max_length=40,
        required=False,
        help_text=_("Laat leeg om een nieuwe code te geven."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
