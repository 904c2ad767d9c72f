"""Forms about what everybody reads, and the three statements for clients."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.terugkomen import GROEPEN, PER_GROEP, bare
from tenants.ervaring import STAPELS
from tenants.forms.beheer import BeheerForm
from tenants.models import Ervaring
from tenants.velden import DatumField

SCHAAL = (
    (5, _("Helemaal mee eens")),
    (4, _("Mee eens")),
    (3, _("Niet eens, niet oneens")),
    (2, _("Niet mee eens")),
    (1, _("Helemaal niet mee eens")),
)


class DocumentForm(BeheerForm):
    """A version of a document for clients."""

    tekst = forms.CharField(
        label=_("Tekst"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_(
            "Schrijf in gewone woorden en zeg u. Een lege regel maakt een alinea."
        ),
    )
    geldig_vanaf = DatumField(
        label=_("Geldt vanaf"), help_text=_("Vandaag of later. Bijvoorbeeld 05-03-2026")
    )
    mark_optional = False


class ZoekForm(forms.Form):
    """A gemeente or provider by its name."""

    mark_optional = False
    zoek = forms.CharField(
        label=_("Uw gemeente of zorgaanbieder"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class BriefjesForm(BeheerForm):
    """How many slips for clients."""

    aantal = forms.TypedChoiceField(
        label=_("Hoeveel briefjes?"),
        coerce=int,
        choices=[(n, str(n)) for n in STAPELS],
        initial=STAPELS[1],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoeveel briefjes je wilt maken.")},
    )


def _stelling(vraag: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=Ervaring._meta.get_field(vraag).verbose_name,  # type: ignore[union-attr]
        coerce=int,
        choices=SCHAAL,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat het beste past.")},
    )


class ErvaringForm(BeheerForm):
    """Three statements and the code of a slip; nothing to write."""

    code = forms.CharField(
        label=_("De code op uw briefje"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Vul de code van uw briefje in.")},
    )
    naast = _stelling("naast")
    gehoord = _stelling("gehoord")
    verder = _stelling("verder")

    def clean_code(self) -> str:
        code = bare(self.cleaned_data["code"])
        if len(code) != GROEPEN * PER_GROEP:
            raise forms.ValidationError(
                _("Een code heeft 18 letters en cijfers. Kijk of u er een miste.")
            )
        return code

    def antwoorden(self) -> dict[str, Any]:
        return {vraag: self.cleaned_data[vraag] for vraag in Ervaring.VRAGEN}
