"""Forms of the verbs between start and end."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.basis import (
    KOLOMMEN,
    KwestieForm,
    activiteiten,
    ja_nee,
    keuzes,
    lange_tekst,
    met_leeg,
    minuten,
)
from cases.lifecycle import allows
from cases.models import Contactmoment, Kwestie, Status
from cases.selectors import colleagues_at
from cases.services import Contact, moment_on
from cases.tijdlijn import MET_LABELS
from tenants.velden import DatumField


class ContactForm(KwestieForm):
    """One contact about a kwestie."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("notitie",)
    voorwaardelijk: ClassVar[tuple[str, ...]] = (
        *("is_inhoudelijk", "is_client_aanwezig"),
    )

    datum = DatumField(
        label=_("Datum"), help_text=_("Bijvoorbeeld 05-03-2026, vandaag of gisteren")
    )
    tijd = forms.TimeField(
        label=_("Tijd"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H"],
        help_text=_("Bijvoorbeeld 14:30"),
        widget=forms.TextInput(attrs={"class": "app-short", "autocomplete": "off"}),
        error_messages={"invalid": _("Vul de tijd zo in: 14:30.")},
    )
    kanaal = forms.ChoiceField(
        label=_("Hoe ging het contact?"), choices=keuzes("kanaal"), initial="TEL"
    )
    richting = forms.ChoiceField(
        label=_("Wie nam contact op?"),
        choices=Contactmoment.Richting.choices,
        widget=forms.RadioSelect,
        initial=Contactmoment.Richting.IN,
    )
    met = forms.MultipleChoiceField(
        label=_("Met wie?"),
        choices=list(MET_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies met wie het contact was.")},
    )
    is_inhoudelijk = ja_nee(
        label=_("Ging het inhoudelijk over de cliënt?"),
        help_text=_("Alleen bij contact met een hulpverlener of de gemeente."),
    )
    is_client_aanwezig = ja_nee(
        label=_("Was de cliënt erbij?"),
        help_text=_("Alleen bij contact met een hulpverlener of de gemeente."),
    )
    activiteiten = forms.MultipleChoiceField(
        label=_("Wat heb je gedaan?"),
        choices=activiteiten,
        widget=KOLOMMEN,
        error_messages={"required": _("Kies wat je hebt gedaan.")},
    )
    duur_min = minuten()
    vindplaats = forms.ChoiceField(
        label=_("Waar?"),
        choices=met_leeg(keuzes("vindplaats"), _("Niet ingevuld")),
        required=False,
    )
    notitie = lange_tekst(_("Notitie"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["datum"].initial = _("vandaag")

    def contact(self) -> Contact:
        """What was filled in, for ``services.add_contactmoment``."""
        data = self.cleaned_data
        return Contact(
            datum_tijd=moment_on(data["datum"], data["tijd"]),
            kanaal=data["kanaal"],
            richting=data["richting"],
            met=tuple(data["met"]),
            is_inhoudelijk=data["is_inhoudelijk"],
            is_client_aanwezig=data["is_client_aanwezig"],
            activiteiten=tuple(data["activiteiten"]),
            duur_min=data["duur_min"] or 0,
            vindplaats=data["vindplaats"],
            notitie=data["notitie"],
        )


class StartForm(KwestieForm):
    vrije_tekst: ClassVar[tuple[str, ...]] = ("doel_client",)

    doel_client = lange_tekst(
        _("Wat wil de cliënt bereiken?"),
        required=True,
        help_text=_("In de woorden van de cliënt. Schrijf geen namen of nummers op."),
        error_messages={"required": _("Schrijf op wat de cliënt wil bereiken.")},
    )


class WachtForm(KwestieForm):
    """Where to from here: on whom to wait, or on with it."""

    naar = forms.ChoiceField(
        label=_("Hoe gaat het verder?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het verder gaat.")},
    )

    def __init__(self, *args: Any, kwestie: Kwestie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = {
            Status.WACHT_CLIENT: _("Wachten op de cliënt"),
            Status.WACHT_DERDEN: _("Wachten op anderen"),
            Status.IN_ONDERSTEUNING: _("Verder met de ondersteuning"),
        }
        self.fields["naar"].choices = [  # type: ignore[attr-defined]
            (status.value, label)
            for status, label in ways.items()
            if allows(kwestie.status, status)
        ]


class ToewijzenForm(KwestieForm):
    """Whose kwestie it is from now on."""

    def __init__(self, *args: Any, kwestie: Kwestie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["medewerker"] = forms.ModelChoiceField(
            label=_("Welke collega?"),
            queryset=colleagues_at(
                kwestie.tenant_id, strikt=kwestie.vertrouwelijkheid == "STRIKT"
            ),
            initial=kwestie.ondersteuner_id,
            empty_label=_("Kies"),
            error_messages={
                "required": _("Kies een collega."),
                "invalid_choice": _("Kies een collega uit de lijst."),
            },
        )
