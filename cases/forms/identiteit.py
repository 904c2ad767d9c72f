"""Forms about who the client is: told about privacy, named, kept, taken away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.basis import Choices, KwestieForm
from cases.models import Client, PrivacyInformatie
from cases.services import Identiteit, Privacy
from tenants.velden import DatumField

UIT = {"autocomplete": "off"}
WENSEN = [
    (Client.Identiteit.BEKEND.value, _("Op naam")),
    (
        Client.Identiteit.ANON_ZORG.value,
        _("Anoniem tegenover de zorg: alleen wij kennen de naam"),
    ),
]


def privacy_keuzes() -> Choices:
    return [
        ("", _("Kies")),
        (str(_("Verteld")), list(PrivacyInformatie.Wijze.choices)),
        (str(_("Nog niet")), list(PrivacyInformatie.Reden.choices)),
    ]


class PrivacyForm(KwestieForm):
    """Whether the client was told how we handle what we know (S22), in one line.

    met_privacy: ask it; not of who is anonymous or was told before.
    """

    privacy = forms.ChoiceField(
        label=_("Hoe heb je verteld wat wij met gegevens doen?"),
        choices=privacy_keuzes,
        error_messages={
            "required": _("Kies hoe je het verteld hebt, of waarom het nog niet kan.")
        },
    )
    privacy_datum = DatumField(
        label=_("Wanneer verteld?"),
        required=False,
        help_text=_("Bijvoorbeeld 05-03-2026 of vandaag"),
    )

    def __init__(self, *args: Any, met_privacy: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["privacy_datum"].initial = _("vandaag")
        if not met_privacy:
            del self.fields["privacy"], self.fields["privacy_datum"]

    def privacy_given(self) -> Privacy | None:
        """What was chosen, for the services; None when it was not asked."""
        data = self.cleaned_data
        chosen = data.get("privacy", "")
        if not chosen:
            return None
        if chosen in PrivacyInformatie.Reden.values:
            return Privacy(reden=chosen)
        return Privacy(wijze=chosen, datum=data["privacy_datum"])


class ClientForm(PrivacyForm):
    """Who the client is. ``met_nummer``: it may be one we know already."""

    voorwaardelijk = ("naam",)

    identiteitsstatus = forms.ChoiceField(
        label=_("Wie mag de naam weten?"), choices=WENSEN, widget=forms.RadioSelect
    )
    naam = forms.CharField(
        label=_("Naam"), max_length=200, required=False, widget=forms.TextInput(UIT)
    )
    geboortejaar = forms.CharField(
        label=_("Geboortejaar"),
        max_length=4,
        required=False,
        help_text=_("Alleen om de cliënt terug te vinden. Bijvoorbeeld 1958"),
        widget=forms.TextInput({**UIT, "class": "app-short", "inputmode": "numeric"}),
    )
    telefoon = forms.CharField(
        label=_("Telefoonnummer"),
        max_length=40,
        required=False,
        widget=forms.TextInput({**UIT, "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        required=False,
        widget=forms.TextInput({**UIT, "inputmode": "email"}),
        error_messages={
            "invalid": _("Dit e-mailadres klopt niet. Bijvoorbeeld naam@voorbeeld.nl.")
        },
    )
    adres = forms.CharField(
        label=_("Adres"), max_length=200, required=False, widget=forms.TextInput(UIT)
    )
    client_van = forms.CharField(
        label=_("Of: nummer van een eerdere kwestie van deze cliënt"),
        max_length=40,
        required=False,
        help_text=_("Dan gebruiken we de naam en gegevens van die kwestie."),
        widget=forms.TextInput({**UIT, "class": "app-short"}),
    )
    field_order = (
        *("identiteitsstatus", "naam", "geboortejaar", "telefoon", "email", "adres"),
        *("client_van", "privacy", "privacy_datum"),
    )

    def __init__(
        self, *args: Any, client: Client | None, met_privacy: bool, **kwargs: Any
    ) -> None:
        if client is not None:
            known = ("naam", "geboortejaar", "telefoon", "email", "adres")
            kwargs["initial"] = {name: getattr(client, name) for name in known}
            kwargs["initial"]["identiteitsstatus"] = client.identiteitsstatus
        else:
            kwargs["initial"] = {"identiteitsstatus": WENSEN[0][0]}
        super().__init__(*args, met_privacy=met_privacy, **kwargs)
        if client is not None:
            del self.fields["client_van"]

    def identiteit(self) -> Identiteit:
        """What was filled in, for the services."""
        data = self.cleaned_data
        return Identiteit(
            status=data["identiteitsstatus"],
            naam=data["naam"],
            telefoon=data["telefoon"],
            email=data["email"],
            adres=data["adres"],
            geboortejaar=data["geboortejaar"],
            client_van=data.get("client_van", ""),
        )


class AnoniemForm(KwestieForm):
    """Twice yes before something is taken away for good (S19).

    met_procedure: a formal route may be running, which the client has to know.
    met_keuze: the client has other kwesties too.
    """

    wat = forms.ChoiceField(
        label=_("Wat maak je anoniem?"),
        choices=[
            ("alles", _("De cliënt, met alle kwesties")),
            ("een", _("Alleen deze kwestie. De andere blijven op naam")),
        ],
        initial="alles",
        widget=forms.RadioSelect,
    )
    wil_het = forms.BooleanField(
        label=_("De cliënt wil dit zelf."),
        error_messages={"required": _("Vink aan dat de cliënt dit zelf wil.")},
    )
    weet_blijvend = forms.BooleanField(
        label=_("Ik weet dat niemand dit kan terugdraaien."),
        error_messages={
            "required": _("Vink aan dat je weet dat dit niet terug te draaien is.")
        },
    )
    weet_procedure = forms.BooleanField(
        label=_("De cliënt weet wat dit betekent voor de procedure die nog loopt."),
        required=False,
    )

    voorwaardelijk = ("weet_procedure",)

    def __init__(
        self, *args: Any, met_procedure: bool, met_keuze: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not met_procedure:
            del self.fields["weet_procedure"]
        if not met_keuze:
            del self.fields["wat"]

    @property
    def is_alles(self) -> bool:
        return bool(self.cleaned_data.get("wat", "alles") == "alles")
