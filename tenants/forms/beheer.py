"""Forms about opdrachtgevers: they check how something is typed, services the rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants import diensten
from tenants.beheer import BeheerFout
from tenants.beheer.lijsten import AARDEN
from tenants.beheer.opdrachten import Afspraken
from tenants.beheer.opdrachtgevers import Nieuw
from tenants.models import Gemeente, Opdracht, Publiekepagina, Tenant
from tenants.velden import DatumField

Keuzes = list[tuple[str, Any]]
KORT = {"class": "app-short", "autocomplete": "off"}
GETAL = {**KORT, "inputmode": "numeric"}
UIT = {"autocomplete": "off"}
KVK = RegexValidator(r"^\d{8}$", _("Een KvK-nummer heeft acht cijfers."))


class BeheerForm(forms.Form):
    """A form on which a rule of a service can speak."""

    def refuse(self, fout: BeheerFout) -> None:
        known = fout.veld in self.fields
        self.add_error(fout.veld if known else None, fout.tekst)

    def succeeds(self, verb: Callable[[], object]) -> bool:
        """Carry out ``verb`` when this was sent and is valid."""
        if not self.is_bound or not self.is_valid():
            return False
        try:
            verb()
        except BeheerFout as fout:
            self.refuse(fout)
            return False
        return True


class FilterForm(forms.Form):
    """What is sought in the list of opdrachtgevers; everything may stay empty."""

    mark_optional = False
    zoek = forms.CharField(
        label=_("Naam"), required=False, max_length=80, widget=forms.TextInput(UIT)
    )
    status = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[("", _("Alle")), *Tenant.Status.choices],
    )
    type = forms.ChoiceField(
        label=_("Soort"),
        required=False,
        choices=[("", _("Alle")), *Tenant.Type.choices],
    )


def _gemeenten() -> Keuzes:
    rows = Gemeente.objects.filter(is_vervallen=False).order_by("naam")
    return [("", _("Kies een gemeente")), *rows.values_list("code", "naam")]


class NieuwForm(BeheerForm):
    """A new opdrachtgever."""

    type = forms.ChoiceField(
        label=_("Wat voor opdrachtgever is het?"),
        choices=Tenant.Type.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een gemeente of een zorgaanbieder.")},
    )
    gemeentecode = forms.ChoiceField(
        label=_("Welke gemeente?"), choices=_gemeenten, required=False
    )
    naam = forms.CharField(
        label=_("Naam van de zorgaanbieder"),
        max_length=160,
        required=False,
        widget=forms.TextInput(UIT),
    )
    kvk = forms.CharField(
        label=_("KvK-nummer"),
        required=False,
        validators=[KVK],
        widget=forms.TextInput(GETAL),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("type") == Tenant.Type.GEMEENTE:
            data["naam"] = ""
            if not data.get("gemeentecode") and "gemeentecode" not in self.errors:
                self.add_error("gemeentecode", _("Kies een gemeente uit de lijst."))
        elif data.get("type"):
            data["gemeentecode"] = ""
            if not data.get("naam"):
                self.add_error("naam", _("Vul de naam van de zorgaanbieder in."))
        return data

    def nieuw(self) -> Nieuw:
        return Nieuw(**self.cleaned_data)


class GegevensForm(BeheerForm):
    """Name and number of an opdrachtgever."""

    naam = forms.CharField(
        label=_("Naam"),
        max_length=160,
        widget=forms.TextInput(UIT),
        error_messages={"required": _("Vul de naam in.")},
    )
    kvk = forms.CharField(
        label=_("KvK-nummer"),
        required=False,
        validators=[KVK],
        widget=forms.TextInput(GETAL),
    )


def _drempel(label: Any, least: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=100,
        help_text=_("Zoveel verschillende cliënten, of meer."),
        widget=forms.TextInput(GETAL),
        error_messages={
            "required": _("Vul de drempel in."),
            "invalid": _("Vul een heel getal in."),
            "min_value": _("Een drempel lager dan %(limit_value)s kan niet."),
        },
    )


class OpdrachtForm(BeheerForm):
    """What was agreed about one opdracht."""

    naam = forms.CharField(
        label=_("Hoe heet de opdracht?"),
        max_length=160,
        widget=forms.TextInput(UIT),
        error_messages={"required": _("Geef de opdracht een naam.")},
    )
    diensten = forms.MultipleChoiceField(
        label=_("Welke diensten?"),
        choices=diensten.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies ten minste één dienst.")},
    )
    van = DatumField(label=_("Loopt vanaf"))
    tot = DatumField(label=_("Loopt tot en met"), required=False)
    onafhankelijkheidsclausule_akkoord_op = DatumField(
        label=_("Akkoord met onze onafhankelijkheid op"),
        required=False,
        help_text=_("De dag waarop de opdrachtgever tekende. Bijvoorbeeld 05-03-2026"),
    )
    drempel_opdrachtgever = _drempel(_("Drempel voor de opdrachtgever"), 5)
    drempel_openbaar = _drempel(_("Drempel voor iedereen"), 10)
    drempel_reden = forms.CharField(
        label=_("Waarom gaat een drempel omlaag?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )
    rapportagefrequentie = forms.ChoiceField(
        label=_("Hoe vaak een rapportage?"), choices=Opdracht.Frequentie.choices
    )
    reactietermijn_dagen = forms.IntegerField(
        label=_("Dagen om te reageren op een rapportage"),
        min_value=7,
        max_value=120,
        widget=forms.TextInput(GETAL),
    )
    publicatieafspraak = forms.ChoiceField(
        label=_("Wat wordt openbaar?"),
        choices=Opdracht.Afspraak.choices,
        widget=forms.RadioSelect,
    )
    hoofdaannemer = forms.CharField(
        label=_("Hoofdaannemer"),
        required=False,
        max_length=160,
        help_text=_("Als de opdrachtgever via een ander bureau bij ons inkoopt."),
        widget=forms.TextInput(UIT),
    )
    onderaannemer = forms.CharField(
        label=_("Onderaannemer"),
        required=False,
        max_length=160,
        help_text=_("Als een ander het werk voor ons doet."),
        widget=forms.TextInput(UIT),
    )
    doelgroepafbakening = forms.CharField(
        label=_("Voor welke mensen?"),
        required=False,
        max_length=1000,
        help_text=_("Leeg: voor iedereen. Wie er buiten valt, helpen wij ook."),
        widget=forms.Textarea({"rows": 2}),
    )
    gebied = forms.CharField(
        label=_("Voor welk gebied?"),
        required=False,
        max_length=200,
        help_text=_("Leeg: overal waar de opdrachtgever over gaat."),
        widget=forms.TextInput(UIT),
    )

    def afspraken(self) -> Afspraken:
        return Afspraken(**self.cleaned_data)


class HuisstijlForm(BeheerForm):
    """One colour, and a logo if there is one."""

    kleur = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$",
        label=_("Kleur van de opdrachtgever"),
        help_text=_("Bijvoorbeeld #0b5a72. Wij maken er tinten van die leesbaar zijn."),
        widget=forms.TextInput(KORT),
        error_messages={
            "required": _("Vul een kleur in."),
            "invalid": _("Vul de kleur zo in: # en zes cijfers of letters."),
        },
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG of WebP, tot 1 MB."),
        widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp"}),
    )
    houdt = forms.BooleanField(
        label=_("Het logo van nu houden"), required=False, initial=True
    )


def _tekst(veld: str, hulp: Any) -> forms.CharField:
    field: models.TextField[str, str] = Publiekepagina._meta.get_field(veld)  # type: ignore[assignment]
    return forms.CharField(
        label=field.verbose_name,
        required=False,
        max_length=4000,
        help_text=hulp,
        widget=forms.Textarea({"rows": 4}),
    )


class PaginaForm(BeheerForm):
    """The six texts of the public page; half of them may be kept as a draft."""

    mark_optional: ClassVar[bool] = False
    wie_betaalt = _tekst("wie_betaalt", _("Noem de opdrachtgever bij naam."))
    onafhankelijk = _tekst(
        "onafhankelijk", _("Wat de opdrachtgever niet te zien krijgt en niet bepaalt.")
    )
    gratis = _tekst("gratis", _("Dat hulp niets kost, ook niet later."))
    geheimhouding = _tekst("geheimhouding", _("Wat wij wel en niet doorvertellen."))
    klacht = _tekst("klacht", _("Waar iemand terechtkan die over ons wil klagen."))
    bereikbaar = _tekst("bereikbaar", _("Telefoon, e-mail, adres en tijden."))


class WaardeForm(BeheerForm):
    """A new own value."""

    onder = forms.ChoiceField(
        label=_("Onder welke aard?"),
        choices=lambda: list(AARDEN.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waar de waarde onder valt.")},
    )
    naam = forms.CharField(
        label=_("Naam van de waarde"),
        max_length=80,
        widget=forms.TextInput(UIT),
        error_messages={"required": _("Vul een naam in.")},
    )


class HernoemForm(BeheerForm):
    """Another name for an own value."""

    naam = forms.CharField(
        label=_("Naam van de waarde"),
        max_length=80,
        widget=forms.TextInput(UIT),
        error_messages={"required": _("Vul een naam in.")},
    )


class InstellingForm(BeheerForm):
    """What is usual for this tenant."""

    reactienorm = forms.IntegerField(
        label=_("Reactienorm in werkdagen"),
        min_value=1,
        max_value=20,
        help_text=_("Binnen zoveel werkdagen hoort iedereen iets van ons."),
        widget=forms.TextInput(GETAL),
        error_messages={
            "required": _("Vul een aantal werkdagen in."),
            "invalid": _("Vul een heel getal in."),
        },
    )
    standaarddienst = forms.ChoiceField(
        label=_("Welke dienst is het meestal?"),
        required=False,
        choices=lambda: [("", _("Die van de laatste opdracht")), *diensten.choices()],
    )


class GemeentenForm(BeheerForm):
    """A file with gemeenten."""

    bestand = forms.FileField(
        label=_("CSV-bestand"),
        help_text=_("Met de kolommen gemeentecode en naam."),
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
        error_messages={"required": _("Kies een bestand.")},
    )


class OvernemenForm(BeheerForm):
    """The text of a file that was looked at; it is judged once more."""

    inhoud = forms.CharField(max_length=200_000, strip=False, widget=forms.HiddenInput)
