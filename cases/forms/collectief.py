"""Work without a client: eight answers, none of them about a person."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from cases import codelists
from cases.forms.basis import KOLOMMEN, Choices, KwestieForm, keuzes, minuten, subaarden
from cases.models import CollectieveActiviteit, Publiek, soorten
from cases.services.collectief import Collectief
from tenants.velden import DatumField


def soort_keuzes() -> Choices:
    return [(code, codelists.label("activiteit", code)) for code in soorten()]


class CollectiefForm(KwestieForm):
    """``row``: what is put right; None for a new one."""

    voorwaardelijk: ClassVar[tuple[str, ...]] = ("publiek",)

    sleutel = forms.UUIDField(widget=forms.HiddenInput)
    datum = DatumField(label=_("Datum"))
    soort = forms.ChoiceField(
        label=_("Wat heb je gedaan?"),
        choices=soort_keuzes,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat je hebt gedaan.")},
    )
    thema = forms.ChoiceField(
        label=_("Waarover ging het vooral?"), choices=subaarden, required=False
    )
    publiek = forms.MultipleChoiceField(
        label=_("Voor wie?"),
        choices=Publiek.choices,
        required=False,
        widget=KOLOMMEN,
        help_text=_("Niet bij overleg."),
    )
    doelgroepen = forms.MultipleChoiceField(
        label=_("Welke doelgroep?"),
        choices=keuzes("doelgroep", "GEEN"),
        required=False,
        widget=KOLOMMEN,
    )
    aantal_deelnemers = forms.IntegerField(
        label=_("Hoeveel mensen deden mee?"),
        required=False,
        min_value=0,
        max_value=5000,
        help_text=_(
            "We laten het aantal afgerond op vijf zien. Schrijf geen namen op."
        ),
        widget=forms.TextInput(attrs={"class": "app-short", "inputmode": "numeric"}),
    )
    duur_min = minuten()

    def __init__(
        self, *args: Any, row: CollectieveActiviteit | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.fields["sleutel"].initial = uuid4
        self.fields["datum"].initial = _("vandaag")
        if row is not None:
            self.initial = {n: getattr(row, n) for n in self.fields if n != "sleutel"}
            self.initial["sleutel"] = row.pk

    @property
    def activiteit_id(self) -> UUID:
        """The same each time this form is sent, so twice is once."""
        chosen: UUID = self.cleaned_data["sleutel"]
        return self.row.pk if self.row is not None else chosen

    def gegevens(self) -> Collectief:
        """What was filled in, for ``services.collectief.record_collectief``."""
        data = self.cleaned_data
        return Collectief(
            datum=data["datum"],
            soort=data["soort"],
            thema=data["thema"],
            publiek=tuple(data["publiek"]),
            doelgroepen=tuple(data["doelgroepen"]),
            aantal_deelnemers=data["aantal_deelnemers"],
            duur_min=data["duur_min"] or 0,
        )
