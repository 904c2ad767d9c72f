"""Which texts about a client are left out of her export, or a part of them, and why.

Guarded by tests/cases/test_uitvoer.py.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import zwarten
from cases.forms.basis import KwestieForm
from cases.uitvoer import REDENEN, Rij, Veld
from privacy.meelezen import WAT

TEKST = ":zwart"  # after the key of a text: the text with its marks
FOUTEN = {
    "words": gettext_lazy(
        "De tekst zelf is veranderd. Zet alleen [[ en ]] om wat zwart moet."
    ),
    "marks": gettext_lazy(
        "Bij elke [[ hoort één ]], en ze staan niet in elkaar. Kijk de haken na."
    ),
}


class WeglaatForm(KwestieForm):
    """Per text a question and the text itself, in which passages can be marked; who the
    client is goes along. Names of others are marked beforehand.
    """

    mark_optional = False

    def __init__(self, *args: Any, rijen: tuple[Rij, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teksten: dict[str, Veld] = {}
        self.zwart: dict[str, str] = {}
        eigen = " ".join(
            str(veld.waarde)
            for rij in rijen
            for veld in rij.velden
            if rij.tabel == "client" and veld.naam == "naam"
        )
        for rij in rijen:
            for veld in rij.velden if rij.tabel != "client" else ():
                if veld.is_tekst:
                    self._ask(rij, veld, eigen)

    def _ask(self, rij: Rij, veld: Veld, eigen: str) -> None:
        label = f"{rij.titel}: {veld.label}"
        self.fields[veld.sleutel + TEKST] = forms.CharField(
            label=label,
            strip=False,
            required=False,
            initial=zwarten.proposal(veld.waarde, eigen),
            widget=forms.Textarea(attrs={"rows": min(12, 2 + len(veld.waarde) // 70)}),
            help_text=_hint(veld.gezien),
        )
        self.fields[veld.sleutel] = forms.ChoiceField(
            label=_("Wat doe je met deze tekst?"),
            choices=list(REDENEN.items()),
            required=False,
        )
        self.teksten[veld.sleutel] = veld

    def vragen(self) -> list[dict[str, Any]]:
        """Each text with its question."""
        return [
            {
                "tekst": self[sleutel + TEKST],
                "veld": self[sleutel],
            }
            for sleutel in self.teksten
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for sleutel, veld in self.teksten.items():
            # A text that came after the page was shown has not been looked at.
            if sleutel not in self.data or sleutel + TEKST not in self.data:
                self.add_error(sleutel, _("Deze tekst is nieuw. Kijk hem eerst na."))
            elif not data.get(sleutel):
                self._blacken(sleutel, veld.waarde, data.get(sleutel + TEKST, ""))
        return data

    def _blacken(self, sleutel: str, original: str, marked: str) -> None:
        try:
            left = zwarten.blackened(original, marked)
        except zwarten.MerkFout as error:
            self.add_error(sleutel + TEKST, str(FOUTEN[str(error)]))
            return
        if zwarten.ZWART in left:
            self.zwart[sleutel] = left

    def weglaten(self) -> dict[str, str]:
        """sleutel → code of the reason, for what is left out."""
        return {key: self.cleaned_data[key] for key in self.teksten if self._why(key)}

    def _why(self, sleutel: str) -> str:
        return str(self.cleaned_data.get(sleutel) or "")


class LogUitvoerForm(KwestieForm):
    """Whose name is left out of the list of who looked; her function stays."""

    zonder_naam = forms.MultipleChoiceField(
        label=gettext_lazy("Bij wie laat je de naam weg?"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "app-choices--columns"}),
        help_text=gettext_lazy(
            "Alleen als het noemen van de naam voor die persoon een gevaar is (AVG 15"
            " lid 4, UAVG 41). De functie blijft staan."
        ),
    )

    def __init__(self, *args: Any, mensen: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["zonder_naam"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = [(naam, naam) for naam in mensen]
        if not mensen:
            del self.fields["zonder_naam"]


def _hint(gezien: tuple[str, ...]) -> str:
    if not gezien:
        return ""
    wat = ", ".join(str(WAT[soort]) for soort in gezien)
    return _("Let op: hierin lijkt %(wat)s te staan.") % {"wat": wat}
