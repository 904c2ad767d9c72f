"""Forms of the social chart and of the table of functions."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cases.forms.basis import (
    KwestieForm,
    ja_nee,
    keuzes,
    lange_tekst,
    met_leeg,
    sleutel,
)
from cases.functies import bereik_keuzes, wet_keuzes
from cases.selectors.kaart import (
    KaartVraag,
    gemeenten_named,
    names_of_gemeenten,
)
from tenants.models import Organisatie

UIT = {"autocomplete": "off"}


def _tekst(label: Any, lengte: int = 160, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=lengte,
        required=False,
        widget=forms.TextInput(UIT),
        **kwargs,
    )


def _adres(label: Any, **kwargs: Any) -> forms.URLField:
    return forms.URLField(
        label=label,
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput({**UIT, "inputmode": "url"}),
        error_messages={"invalid": _("Vul een webadres in, zoals www.voorbeeld.nl.")},
        **kwargs,
    )


class ZoekForm(forms.Form):
    """What to look for on the chart."""

    mark_optional = False

    q = forms.CharField(
        label=_("Zoek op naam, onderwerp, plaats of regio"),
        max_length=100,
        required=False,
        help_text=_("Bijvoorbeeld mantelzorg Achterhoek"),
        widget=forms.TextInput(UIT),
    )
    soort = forms.ChoiceField(
        label=_("Soort organisatie"),
        choices=met_leeg(keuzes("instantie_type"), _("Alle")),
        required=False,
    )
    oud = forms.BooleanField(
        label=_("Alleen wat nagekeken moet worden"), required=False
    )
    vervallen = forms.BooleanField(label=_("Ook wat niet meer bestaat"), required=False)

    def vraag(self) -> KaartVraag:
        data = self.cleaned_data if self.is_valid() else {}
        return KaartVraag(
            woorden=data.get("q", ""),
            soort=data.get("soort", ""),
            alleen_oud=data.get("oud", False),
            ook_vervallen=data.get("vervallen", False),
        )


class OrganisatieForm(KwestieForm):
    """One organisation. ``row``: what is changed; None for a new one."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("opmerking",)
    WIE: ClassVar[tuple[str, ...]] = (
        *("naam", "soort", "onderwerpen", "regio", "gemeenten"),
        *("telefoon", "email", "website"),
    )
    KLACHT: ClassVar[tuple[str, ...]] = (
        *("klachtenregeling", "functionaris", "functionaris_contact"),
        *("is_functionaris_in_dienst", "klachtencommissie", "geschilleninstantie"),
    )

    sleutel = sleutel()
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)
    naam = forms.CharField(
        label=_("Naam van de organisatie"),
        max_length=160,
        widget=forms.TextInput(UIT),
        error_messages={"required": _("Vul de naam van de organisatie in.")},
    )
    soort = forms.ChoiceField(
        label=_("Wat voor organisatie is het?"),
        choices=met_leeg(keuzes("instantie_type")),
        error_messages={"required": _("Kies wat voor organisatie het is.")},
    )
    onderwerpen = _tekst(
        _("Waarvoor kunnen mensen er terecht?"),
        300,
        help_text=_("Woorden waarop collega's zoeken, zoals respijtzorg of schulden."),
    )
    regio = _tekst(_("Regio"), 80, help_text=_("Bijvoorbeeld Achterhoek"))
    gemeenten = _tekst(
        _("Voor welke gemeenten?"),
        600,
        help_text=_("Met een komma ertussen. Leeg: overal."),
    )
    telefoon = _tekst(_("Telefoon"), 40)
    email = forms.EmailField(
        label=_("E-mailadres"),
        required=False,
        widget=forms.TextInput({**UIT, "inputmode": "email"}),
        error_messages={"invalid": _("Vul een e-mailadres in, zoals info@naam.nl.")},
    )
    website = _adres(_("Website"))
    klachtenregeling = _adres(_("Webadres van de klachtenregeling"))
    functionaris = _tekst(
        _("Klachtenfunctionaris"),
        help_text=_("De functie, of de naam zoals die op de website staat."),
    )
    functionaris_contact = _tekst(
        _("Hoe is de klachtenfunctionaris te bereiken?"),
        help_text=_("Een algemeen nummer of adres, nooit iets privé."),
    )
    is_functionaris_in_dienst = ja_nee(
        label=_("Is de klachtenfunctionaris in dienst bij deze organisatie?")
    )
    klachtencommissie = _tekst(_("Klachtencommissie"), 200)
    geschilleninstantie = _tekst(_("Geschilleninstantie"), 200)
    opmerking = lange_tekst(
        _("Wat moeten collega's nog weten?"),
        rows=3,
        help_text=_("Nooit iets over een cliënt."),
    )

    def __init__(self, *args: Any, row: Organisatie | None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {}
        if row is not None:
            initial = {name: getattr(row, name) for name in Organisatie.TEKSTEN}
            initial["gemeenten"] = ", ".join(names_of_gemeenten(row.gemeenten))
            initial["versie"] = row.versie
            answer = {True: "ja", False: "nee", None: None}
            initial["is_functionaris_in_dienst"] = answer[row.is_functionaris_in_dienst]
        super().__init__(*args, initial=initial, **kwargs)

    def clean_gemeenten(self) -> list[str]:
        found, unknown = gemeenten_named(self.cleaned_data["gemeenten"].split(","))
        if unknown:
            raise forms.ValidationError(
                _now("Dit is geen gemeente: %(namen)s. Kijk hoe de naam is geschreven.")
                % {"namen": ", ".join(unknown)}
            )
        return sorted(set(found))


class FunctieForm(KwestieForm):
    """A function to add to the table of who does what."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ()

    naam = forms.CharField(
        label=_("Naam van de functie"),
        max_length=120,
        widget=forms.TextInput(UIT),
        error_messages={"required": _("Vul de naam van de functie in.")},
    )
    wet = forms.ChoiceField(
        label=_("Onder welke wet?"),
        choices=wet_keuzes,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies onder welke wet het valt.")},
    )
    bereik = forms.ChoiceField(
        label=_("Hoe ver reikt het?"),
        choices=bereik_keuzes,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe ver het reikt.")},
    )
