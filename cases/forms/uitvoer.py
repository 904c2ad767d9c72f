"""Which texts about a client are left out of her export, each with the reason.

Guarded by tests/cases/test_uitvoer.py.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cases.forms.basis import KwestieForm
from cases.uitvoer import REDENEN, Rij
from privacy.meelezen import WAT


class WeglaatForm(KwestieForm):
    """One question per text, shown with the text; who the client is goes along."""

    def __init__(self, *args: Any, rijen: tuple[Rij, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teksten: list[dict[str, Any]] = []
        for rij in rijen:
            for veld in rij.velden if rij.tabel != "client" else ():
                if not veld.is_tekst:
                    continue
                self.fields[veld.sleutel] = forms.ChoiceField(
                    label=f"{rij.titel}: {veld.label}",
                    choices=list(REDENEN.items()),
                    required=False,
                    help_text=_hint(veld.gezien),
                )
                self.teksten.append({"tekst": veld.waarde, "veld": veld.sleutel})

    def vragen(self) -> list[dict[str, Any]]:
        """Each text with its question."""
        return [{**one, "veld": self[one["veld"]]} for one in self.teksten]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        # A text that came after the page was shown has not been looked at.
        for name in self.fields:
            if name not in self.data:
                self.add_error(name, _("Deze tekst is nieuw. Kijk hem eerst na."))
        return data

    def weglaten(self) -> dict[str, str]:
        """sleutel → code of the reason, for what is left out."""
        return {name: why for name, why in self.cleaned_data.items() if why}


def _hint(gezien: tuple[str, ...]) -> str:
    if not gezien:
        return ""
    wat = ", ".join(str(WAT[soort]) for soort in gezien)
    return _("Let op: hierin lijkt %(wat)s te staan.") % {"wat": wat}
