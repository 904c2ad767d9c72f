"""Shape of what people fill in about signals and trends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import codelists
from signalering.forms import RapportTekstForm
from signalering.lifecycle.signalen import Signaalgegevens
from signalering.models import ActieStand, SignaalStatus
from tenants.access import Wie
from tenants.velden import DatumField

GROEP = gettext_lazy(
    "Schrijf over een groep. Geen namen, plaatsen, leeftijden of losse gevallen."
)


class SignaalForm(RapportTekstForm):
    """A signal, at group level."""

    tekst_velden = ("titel", "omschrijving", "verbeterrichting", "vraag")

    titel = forms.CharField(
        label=gettext_lazy("Waar gaat het signaal over?"),
        max_length=120,
        help_text=gettext_lazy("In één regel, bijvoorbeeld: Lang wachten op jeugdhulp"),
        error_messages={"required": gettext_lazy("Geef het signaal een titel.")},
    )
    aard = forms.ChoiceField(
        label=gettext_lazy("Wat is de aard?"),
        error_messages={"required": gettext_lazy("Kies de aard van het signaal.")},
    )
    sub = forms.ChoiceField(label=gettext_lazy("Nadere aanduiding"), required=False)
    wet = forms.ChoiceField(label=gettext_lazy("Welke wet?"), required=False)
    domein = forms.ChoiceField(label=gettext_lazy("Levensdomein"), required=False)
    doelgroep = forms.ChoiceField(label=gettext_lazy("Doelgroep"), required=False)
    omschrijving = forms.CharField(
        label=gettext_lazy("Wat ervaren cliënten?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=GROEP,
        max_length=8000,
        error_messages={"required": gettext_lazy("Beschrijf wat cliënten ervaren.")},
    )
    verbeterrichting = forms.CharField(
        label=gettext_lazy("Wat kan er beter?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=8000,
    )
    vraag = forms.CharField(
        label=gettext_lazy("Wat vraag je de opdrachtgever?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=4000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leeg = [("", _("Niet bepaald"))]
        lists = {
            "aard": [("", _("Kies")), *codelists.choices("aard")],
            "sub": leeg + codelists.choices("subaard"),
            "wet": leeg + codelists.choices("wet", leave_out=("ONBEKEND",)),
            "domein": leeg + codelists.choices("levensdomein"),
            "doelgroep": leeg + codelists.choices("doelgroep"),
        }
        for name, choices in lists.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        aard, sub = data.get("aard") or "", data.get("sub") or ""
        if aard and sub and not sub.startswith(f"{aard}."):
            self.add_error("sub", _("Deze aanduiding hoort bij een andere aard."))
        return data

    def gegevens(self) -> Signaalgegevens:
        data = self.cleaned_data
        return Signaalgegevens(
            **{name: data[name] for name in Signaalgegevens.__dataclass_fields__}
        )


class SignaalRedenForm(RapportTekstForm):
    """Why a step is taken."""

    tekst_velden = ("reden",)

    reden = forms.CharField(
        label=gettext_lazy("Waarom?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=GROEP,
        max_length=2000,
        error_messages={"required": gettext_lazy("Schrijf op waarom.")},
    )


class OverlegForm(RapportTekstForm):
    """A talk about a signal."""

    tekst_velden = ("deelnemers", "afspraak")

    datum = DatumField(
        label=gettext_lazy("Wanneer was het overleg?"),
        help_text=gettext_lazy("Bijvoorbeeld 05-03-2026, vandaag of gisteren"),
    )
    ontvangers = forms.MultipleChoiceField(
        label=gettext_lazy("Met wie was het overleg?"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "app-choices--columns"}),
        error_messages={"required": gettext_lazy("Kies met wie het overleg was.")},
    )
    deelnemers = forms.CharField(
        label=gettext_lazy("Wie waren erbij?"),
        help_text=gettext_lazy("Functies, elk op een eigen regel. Geen namen."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Vul minstens één functie in.")},
    )
    afspraak = forms.CharField(
        label=gettext_lazy("Wat is er afgesproken?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=GROEP,
        max_length=8000,
        error_messages={"required": gettext_lazy("Schrijf op wat is afgesproken.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ontvangers"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = codelists.choices("ontvanger_signaal")

    def clean_deelnemers(self) -> list[str]:
        lines = self.cleaned_data["deelnemers"].splitlines()
        return [line.strip()[:120] for line in lines if line.strip()]


class ActieForm(RapportTekstForm):
    """What the commissioning party promises."""

    tekst_velden = ("wat", "wie")

    wat = forms.CharField(
        label=gettext_lazy("Wat gaat er gebeuren?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Schrijf op wat er gaat gebeuren.")},
    )
    wie = forms.CharField(
        label=gettext_lazy("Wie doet dat?"),
        max_length=120,
        help_text=gettext_lazy("Een functie of een afdeling, geen naam."),
        error_messages={"required": gettext_lazy("Vul een functie of afdeling in.")},
    )
    uiterlijk = DatumField(label=gettext_lazy("Uiterlijk wanneer?"))

    def __init__(self, *args: Any, wie: Wie, **kwargs: Any) -> None:
        self.leest_mee = wie.is_medewerker  # type: ignore[misc]
        super().__init__(*args, **kwargs)


class ActieStandForm(RapportTekstForm):
    """What came of a promise."""

    tekst_velden = ("toelichting",)

    stand = forms.ChoiceField(
        label=gettext_lazy("Wat kwam ervan?"),
        widget=forms.RadioSelect,
        choices=[(s.value, s.label) for s in ActieStand if s != ActieStand.TOEGEZEGD],
        error_messages={"required": gettext_lazy("Kies wat ervan kwam.")},
    )
    toelichting = forms.CharField(
        label=gettext_lazy("Toelichting"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )


class SignalenFilter(forms.Form):
    """Filter of the list; an unknown value filters nothing."""

    mark_optional = False
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    tenant = forms.ChoiceField(label=gettext_lazy("Opdrachtgever"), required=False)
    aard = forms.ChoiceField(label=gettext_lazy("Aard"), required=False)

    def __init__(self, *args: Any, wie: Wie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alles = [("", _("Alle"))]
        plekken = sorted(wie.plekken.values(), key=lambda plek: plek.naam)
        lists = {
            "status": alles + [(s.value, str(s.label)) for s in SignaalStatus],
            "tenant": alles + [(plek.slug, plek.naam) for plek in plekken],
            "aard": alles + codelists.choices("aard"),
        }
        for name, choices in lists.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = choices


class AfwijsForm(RapportTekstForm):
    """Why a trend is no signal."""

    tekst_velden = ("reden",)

    reden = forms.CharField(
        label=gettext_lazy("Waarom is dit geen signaal?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={"required": gettext_lazy("Schrijf op waarom.")},
    )
