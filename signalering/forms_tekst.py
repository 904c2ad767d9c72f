"""Shape of what people write about a report: texts per subject, remarks, mistakes."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from signalering.forms import RapportTekstForm
from signalering.lifecycle.aanbieden import SOORTEN_TEKST
from signalering.lifecycle.bezwaar import BESLUITEN as OVER_BEZWAAR
from signalering.lifecycle.gesprek import BESLUITEN
from signalering.models import PARAGRAFEN_BIJ, Onderdeel, Onjuistheid, Reactie
from tenants.access import Plek

PER_DEEL = tuple(
    f"{part.value}_{soort}" for part in PARAGRAFEN_BIJ for soort in SOORTEN_TEKST
)


class TekstForm(RapportTekstForm):
    """Findings and recommendations at group level, per subject and of the whole."""

    tekst_velden = (*PER_DEEL, "bevindingen", "aanbevelingen")

    bevindingen = forms.CharField(
        label=gettext_lazy("Bevindingen"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "Wat ervaren cliënten als groep? Geen namen, plaatsen of losse gevallen."
        ),
        max_length=20000,
    )
    aanbevelingen = forms.CharField(
        label=gettext_lazy("Aanbevelingen"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Wat geef je de opdrachtgever in overweging?"),
        max_length=20000,
    )

    def __init__(self, *args: Any, plek: Plek, **kwargs: Any) -> None:
        fields = {**_fields_per_part(), **self.base_fields}
        self.base_fields = fields  # type: ignore[misc]  # Django copies what it finds
        super().__init__(*args, plek=plek, **kwargs)

    def delen(self) -> list[dict[str, Any]]:
        """The subjects in the order of the report, each with its two fields; open when
        there is something to see."""
        found = []
        for part in PARAGRAFEN_BIJ:
            velden = [self[f"{part.value}_{soort}"] for soort in SOORTEN_TEKST]
            is_open = any(veld.value() or veld.errors for veld in velden)
            found.append({"label": part.label, "velden": velden, "open": is_open})
        return found

    def texts(self) -> dict[str, Any]:
        """The arguments of ``lifecycle.edit_texts``."""
        data = self.cleaned_data
        return {
            "bevindingen": data["bevindingen"],
            "aanbevelingen": data["aanbevelingen"],
            "paragrafen": self.typed_parts(),
            "toegestaan": data["toegestaan"],
        }

    def typed(self) -> dict[str, Any]:
        """What stands in the fields now, right or wrong; for a preview."""
        return {
            "bevindingen": str(self["bevindingen"].value() or ""),
            "aanbevelingen": str(self["aanbevelingen"].value() or ""),
            "paragrafen": self.typed_parts(),
        }

    def typed_parts(self) -> dict[str, dict[str, str]]:
        return {
            part.value: {
                soort: str(self[f"{part.value}_{soort}"].value() or "").strip()
                for soort in SOORTEN_TEKST
            }
            for part in PARAGRAFEN_BIJ
        }


def initial_of(
    bevindingen: str, aanbevelingen: str, paragrafen: dict[str, dict[str, str]]
) -> dict[str, str]:
    """What the fields begin with."""
    return {
        "bevindingen": bevindingen,
        "aanbevelingen": aanbevelingen,
        **{
            f"{part}_{soort}": text
            for part, per in paragrafen.items()
            for soort, text in per.items()
        },
    }


def _fields_per_part() -> dict[str, forms.Field]:
    labels = {
        "bevindingen": gettext_lazy("wat viel op?"),
        "aanbevelingen": gettext_lazy("wat kan beter?"),
    }
    return {
        f"{part.value}_{soort}": forms.CharField(
            label=format_lazy("{}: {}", part.label, labels[soort]),
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=5000,
        )
        for part in PARAGRAFEN_BIJ
        for soort in SOORTEN_TEKST
    }


class OpmerkingForm(RapportTekstForm):
    """A remark for colleagues."""

    tekst_velden = ("tekst",)

    onderdeel = forms.ChoiceField(
        label=gettext_lazy("Over welk onderdeel?"),
        choices=Onderdeel.choices,
        initial=Onderdeel.ALGEMEEN,
    )
    tekst = forms.CharField(
        label=gettext_lazy("Je opmerking"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=gettext_lazy("Alleen collega's lezen dit. Noem geen cliënten."),
        error_messages={"required": gettext_lazy("Schrijf je opmerking op.")},
    )


class OnjuistheidForm(RapportTekstForm):
    """A mistake of fact, by the commissioning party."""

    tekst_velden = ("tekst", "functie")
    leest_mee = False

    onderdeel = forms.ChoiceField(
        label=gettext_lazy("In welk onderdeel staat het?"),
        choices=Onderdeel.choices,
        error_messages={"required": gettext_lazy("Kies een onderdeel.")},
    )
    tekst = forms.CharField(
        label=gettext_lazy("Wat klopt er niet, en hoe is het wel?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        help_text=gettext_lazy(
            "Het gaat om feiten. Wat u van het rapport vindt, schrijft u in uw reactie."
        ),
        error_messages={"required": gettext_lazy("Schrijf op wat er niet klopt.")},
    )
    functie = forms.CharField(
        label=gettext_lazy("Uw functie"),
        max_length=120,
        help_text=gettext_lazy("Een functie of een afdeling, geen naam."),
        error_messages={"required": gettext_lazy("Vul uw functie in.")},
    )


class BesluitForm(RapportTekstForm):
    """A decision of the Adviespunt about what the commissioning party said."""

    tekst_velden = ("motivering",)

    besluit = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies een besluit.")},
    )
    motivering = forms.CharField(
        label=gettext_lazy("Waarom?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        error_messages={"required": gettext_lazy("Schrijf op waarom.")},
    )

    # Texts of each kind of decision.
    vraag: Any
    keuzes: Any
    uitleg: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        besluit = cast(forms.ChoiceField, self.fields["besluit"])
        besluit.label, besluit.choices = self.vraag, self.keuzes
        self.fields["motivering"].help_text = self.uitleg


class OnjuistheidBesluitForm(BesluitForm):
    """About a mistake of fact."""

    vraag = gettext_lazy("Klopt het wat de opdrachtgever schrijft?")
    keuzes = tuple((b, Onjuistheid.Besluit(b).label) for b in BESLUITEN)
    uitleg = gettext_lazy("De opdrachtgever leest dit ook.")


class BezwaarBesluitForm(BesluitForm):
    """About an objection to publication."""

    vraag = gettext_lazy("Wat besluiten jullie?")
    keuzes = tuple((b, Reactie.Besluit(b).label) for b in OVER_BEZWAAR)
    uitleg = gettext_lazy(
        "Dit komt in het rapport te staan, onder het bezwaar. Noem geen namen."
    )
