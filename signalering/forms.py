"""Shape of what people fill in about reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signalering.lifecycle import MOST_WORDS
from signalering.periodes import closed_periods
from tenants.access import Plek
from tenants.models import Opdracht
from tenants.velden import DatumField


class NieuweRapportageForm(forms.Form):
    """Which closed period the report is about."""

    periode = forms.ChoiceField(
        label=gettext_lazy("Over welke periode?"),
        help_text=gettext_lazy("Alleen perioden die voorbij zijn."),
        error_messages={"required": gettext_lazy("Kies een periode.")},
    )

    def __init__(self, *args: Any, plek: Plek, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opdracht = Opdracht.objects.filter(tenant_id=plek.id).order_by("-van").first()
        frequentie = opdracht.rapportagefrequentie if opdracht else "jaar"
        field = self.fields["periode"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        closed = closed_periods(frequentie, timezone.localdate())
        # What ended last comes first, a quarter before the year that ended with it.
        closed.sort(key=lambda p: (p.tot, p.van), reverse=True)
        field.choices = [(p.code, f"{p.label} ({p.code})") for p in closed]


class TekstForm(forms.Form):
    """Findings and recommendations, at group level."""

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


class ToetsForm(forms.Form):
    """What the second person declares when signing."""

    personen = forms.BooleanField(
        label=gettext_lazy(
            "In de teksten staat niets dat naar een persoon of los geval wijst."
        ),
        error_messages={
            "required": gettext_lazy("Lees de teksten en bevestig dit, of stuur terug.")
        },
    )
    cijfers = forms.BooleanField(
        label=gettext_lazy(
            "Ik heb beide versies gezien. Kleine aantallen zijn er niet in te zien."
        ),
        error_messages={
            "required": gettext_lazy("Bekijk beide versies en bevestig dit.")
        },
    )


class BesprekingForm(forms.Form):
    """The meeting with the commissioning party."""

    datum = DatumField(
        label=gettext_lazy("Wanneer was de bespreking?"),
        help_text=gettext_lazy("Bijvoorbeeld 05-03-2026, vandaag of gisteren"),
    )
    deelnemers = forms.CharField(
        label=gettext_lazy("Wie waren erbij namens de opdrachtgever?"),
        help_text=gettext_lazy("Functies, elk op een eigen regel. Geen namen."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Vul minstens één functie in.")},
    )
    verslag = forms.CharField(
        label=gettext_lazy("Kort verslag"),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": gettext_lazy("Schrijf kort op wat er is besproken.")
        },
    )

    def clean_deelnemers(self) -> list[str]:
        lines = self.cleaned_data["deelnemers"].splitlines()
        found = [line.strip()[:120] for line in lines if line.strip()]
        if not found:
            raise forms.ValidationError(_("Vul minstens één functie in."))
        return found


class ReactieForm(forms.Form):
    """The commissioning party's own words; printed as they are."""

    tekst = forms.CharField(
        label=gettext_lazy("Uw reactie"),
        help_text=gettext_lazy(
            "Hoogstens 500 woorden. Wij nemen uw reactie letterlijk over in het"
            " rapport. Noem geen namen van inwoners of medewerkers."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": gettext_lazy("Schrijf uw reactie op.")},
    )
    functie = forms.CharField(
        label=gettext_lazy("Uw functie"),
        max_length=120,
        help_text=gettext_lazy(
            "Uw functie komt bij de reactie te staan, niet uw naam."
        ),
        error_messages={"required": gettext_lazy("Vul uw functie in.")},
    )
    is_akkoord = forms.BooleanField(
        label=gettext_lazy("Wij vinden het goed dat het rapport deels openbaar wordt."),
        required=False,
    )

    def clean_tekst(self) -> str:
        tekst: str = self.cleaned_data["tekst"]
        words = len(tekst.split())
        if words > MOST_WORDS:
            raise forms.ValidationError(
                _("Uw reactie heeft %(n)s woorden. Maak er hoogstens %(most)s van.")
                % {"n": words, "most": MOST_WORDS}
            )
        return tekst


class RedenForm(forms.Form):
    """Why a report is withdrawn or kept confidential."""

    reden = forms.CharField(
        label=gettext_lazy("Waarom?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Schrijf de reden op.")},
    )


class CatalogusForm(forms.Form):
    """Filter of the public catalogue."""

    mark_optional = False
    opdrachtgever = forms.SlugField(required=False)
    jaar = forms.IntegerField(required=False, min_value=2000, max_value=2100)
