"""The form of another layer of support (S140)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases import codelists
from cases.forms.basis import KwestieForm
from cases.models import Kwestie
from cases.services.laag import Laagreden


class LaagForm(KwestieForm):
    laag = forms.TypedChoiceField(
        label=_("Naar welke laag?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een laag.")},
    )
    reden = forms.ChoiceField(
        label=_("Waarom?"),
        choices=Laagreden.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarom.")},
    )

    def __init__(self, *args: Any, kwestie: Kwestie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["laag"].choices = [  # type: ignore[attr-defined]
            (code, label)
            for code, label in codelists.choices("laag")
            if code != str(kwestie.laag)
        ]
