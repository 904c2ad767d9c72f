"""Shape of what people fill in about an own investigation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signalering.forms import RapportTekstForm
from signalering.forms_signaal import GROEP
from signalering.lifecycle.onderzoeken import Onderzoekgegevens
from signalering.models import Signaal, SignaalStatus
from tenants.velden import DatumField


class OnderzoekForm(RapportTekstForm):
    """An investigation, at group level; what came out may be written later."""

    tekst_velden = ("titel", "vraag", "aanpak", "bevindingen", "aanbevelingen")

    titel = forms.CharField(
        label=gettext_lazy("Hoe heet het onderzoek?"),
        max_length=120,
        error_messages={"required": gettext_lazy("Geef het onderzoek een titel.")},
    )
    vraag = forms.CharField(
        label=gettext_lazy("Wat willen we weten?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Schrijf op wat we willen weten.")},
    )
    signalen = forms.MultipleChoiceField(
        label=gettext_lazy("Uit welke signalen komt dit voort?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Kies minstens één signaal.")},
    )
    aanpak = forms.CharField(
        label=gettext_lazy("Wat hebben we gedaan?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Bijvoorbeeld: beleid gelezen, met aanbieders gepraat."),
        required=False,
        max_length=8000,
    )
    bevindingen = forms.CharField(
        label=gettext_lazy("Wat kwam eruit?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=GROEP,
        required=False,
        max_length=8000,
    )
    aanbevelingen = forms.CharField(
        label=gettext_lazy("Wat bevelen we aan?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=8000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Signaal.objects.filter(tenant_id=self.plek.id)
        rows = rows.exclude(status=SignaalStatus.GESLOTEN).order_by("titel")
        field = self.fields["signalen"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = [(str(row.pk), row.titel) for row in rows]
        if not field.choices:
            field.help_text = _("Er is nog geen signaal. Stel eerst een signaal voor.")

    def gegevens(self) -> Onderzoekgegevens:
        data = self.cleaned_data
        ids = [UUID(pk) for pk in data["signalen"]]
        texts = {name: data[name] for name in self.tekst_velden}
        return Onderzoekgegevens(signalen=ids, **texts)


class OnderzoekRedenForm(RapportTekstForm):
    """Why an investigation is withdrawn."""

    tekst_velden = ("reden",)

    reden = forms.CharField(
        label=gettext_lazy("Waarom trek je het in?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=GROEP,
        max_length=2000,
        error_messages={"required": gettext_lazy("Schrijf op waarom.")},
    )


class OnderzoekBesprekingForm(RapportTekstForm):
    """When it was discussed with the commissioning party, and with whom."""

    tekst_velden = ("deelnemers",)

    datum = DatumField(
        label=gettext_lazy("Wanneer is het besproken?"),
        help_text=gettext_lazy("Bijvoorbeeld 05-03-2026, vandaag of gisteren"),
    )
    deelnemers = forms.CharField(
        label=gettext_lazy("Wie waren erbij namens de opdrachtgever?"),
        help_text=gettext_lazy("Functies, elk op een eigen regel. Geen namen."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Vul minstens één functie in.")},
    )

    def clean_deelnemers(self) -> list[str]:
        lines = self.cleaned_data["deelnemers"].splitlines()
        return [line.strip()[:120] for line in lines if line.strip()]
