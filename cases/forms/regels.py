"""Forms of the rules of independence: consent, steps, rulings, interests.

Guarded by tests/cases/test_regels_toestemming.py and its neighbours.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.codelists import label
from cases.forms.basis import (
    GEEN_NAMEN,
    KwestieForm,
    lange_tekst,
    met_leeg,
    sleutel,
)
from cases.models import (
    DOOR_BIJ_LEEFTIJD,
    DOOR_VANAF_16,
    OORDEEL_BIJ_TRAJECT,
    AmbtshalveActie,
    ExternTraject,
    Kwestie,
    Nevenbelang,
    Stap,
    Toestemming,
)
from cases.selectors.achtergrond import JEUGD
from cases.selectors.regels import reviewers_at
from cases.services import KwestieError, moment_on
from cases.services.ambtshalve import Voorstel
from cases.services.belang import NieuwBelang
from cases.services.routes import GEZIEN, Oordeel
from cases.services.toestemming import NieuweToestemming
from tenants.velden import DatumField

UIT = {"autocomplete": "off"}


def tijd_veld() -> forms.TimeField:
    return forms.TimeField(
        label=_("Tijd"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H"],
        help_text=_("Bijvoorbeeld 14:30"),
        widget=forms.TextInput(attrs={"class": "app-short", "autocomplete": "off"}),
        error_messages={"invalid": _("Vul de tijd zo in: 14:30.")},
    )


class RouteForm(KwestieForm):
    """A form in which a warning about the route can be answered (V13, V14).

    The box is there only after the warning.
    """

    route_gezien = forms.BooleanField(
        label=_("Ik heb dit gelezen. Het klopt toch."),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.data.get(GEZIEN):
            self._ask()

    def refuse(self, error: KwestieError) -> None:
        if error.veld == GEZIEN:
            self._ask()
        super().refuse(error)

    def _ask(self) -> None:
        self.fields[GEZIEN].widget = forms.CheckboxInput()


class ToestemmingForm(KwestieForm):
    """What the client allows, and how the client said so."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("ontvanger_naam", "onderwerp")
    voorwaardelijk: ClassVar[tuple[str, ...]] = ("gegeven_door",)

    ontvanger_soort = forms.ChoiceField(
        label=_("Met wie mag je praten zonder de cliënt?"),
        choices=Toestemming.Ontvanger.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies met wie je mag praten.")},
    )
    ontvanger_naam = forms.CharField(
        label=_("Met wie precies?"),
        max_length=160,
        help_text=_("De functie of naam, en de organisatie. Alleen met hen mag het."),
        widget=forms.TextInput(UIT),
        error_messages={"required": _("Schrijf op met wie precies.")},
    )
    onderwerp = lange_tekst(
        _("Waarover?"),
        rows=3,
        required=True,
        help_text=_("Alleen hierover mag je praten. In de woorden van de cliënt."),
        error_messages={"required": _("Schrijf op waarover.")},
    )
    wijze = forms.ChoiceField(
        label=_("Hoe heeft de cliënt dit laten weten?"),
        choices=Toestemming.Wijze.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe de cliënt dit liet weten.")},
    )
    gegeven_door = forms.ChoiceField(
        label=_("Wie vindt het goed?"), required=False, widget=forms.RadioSelect
    )
    datum = DatumField(
        label=_("Wanneer?"), help_text=_("Bijvoorbeeld 05-03-2026, vandaag of gisteren")
    )
    tijd = tijd_veld()
    geldig_tot = DatumField(
        label=_("Tot en met welke dag?"),
        required=False,
        help_text=_("Leeg: totdat de cliënt de toestemming intrekt."),
    )
    is_uitdrukkelijk = forms.BooleanField(
        label=_("De cliënt heeft dit zelf en uitdrukkelijk gezegd of geschreven."),
        error_messages={
            "required": _(
                "Zonder uitdrukkelijke toestemming mag het niet. Vraag het de cliënt."
            )
        },
    )

    def __init__(self, *args: Any, leeftijdsklasse: str = "ONB", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["datum"].initial = _("vandaag")
        self._ask_by_age(leeftijdsklasse)

    def _ask_by_age(self, leeftijdsklasse: str) -> None:
        """Of a young person nothing is filled in beforehand (S118)."""
        is_jong = leeftijdsklasse in JEUGD
        door = DOOR_BIJ_LEEFTIJD.get(leeftijdsklasse, DOOR_VANAF_16)
        names = dict(Toestemming.Door.choices)
        if leeftijdsklasse == "12-15":
            alleen = _("De jeugdige alleen. Een ouder erbij is hier niet nodig")
            names[Toestemming.Door.CLIENT] = alleen
        field = self.fields["gegeven_door"]
        field.choices = [(code, names[code]) for code in door]  # type: ignore[attr-defined]
        field.initial = "" if is_jong else Toestemming.Door.CLIENT
        if is_jong:
            field.help_text = _("Deze cliënt is nog geen 16. Vraag wie het goed vindt.")
            self.fields["is_uitdrukkelijk"].label = _(
                "Zij hebben dit zelf en uitdrukkelijk gezegd of geschreven."
            )

    def toestemming(self) -> NieuweToestemming:
        """What was filled in, for ``services.toestemming.give_toestemming``."""
        data = self.cleaned_data
        return NieuweToestemming(
            ontvanger_soort=data["ontvanger_soort"],
            ontvanger_naam=data["ontvanger_naam"],
            onderwerp=data["onderwerp"],
            wijze=data["wijze"],
            is_uitdrukkelijk=data["is_uitdrukkelijk"],
            gegeven_op=self._moment(),
            geldig_tot=data["geldig_tot"],
            gegeven_door=data["gegeven_door"] or self.fields["gegeven_door"].initial,
        )

    def _moment(self) -> datetime:
        """To the minute; of an earlier day without a time: the whole of that day."""
        dag, tijd = self.cleaned_data["datum"], self.cleaned_data["tijd"]
        if tijd is None and dag != timezone.localdate():
            tijd = time(0)
        return moment_on(dag, tijd).replace(second=0, microsecond=0)


class StapForm(KwestieForm):
    """A step to discuss with the client."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("omschrijving",)

    sleutel = sleutel()
    omschrijving = lange_tekst(
        _("Wat is de stap?"),
        rows=3,
        required=True,
        error_messages={"required": _("Schrijf op wat de stap is.")},
    )
    wie = forms.ChoiceField(
        label=_("Wie zet de stap?"),
        choices=Stap.Wie.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wie de stap zet.")},
    )
    gepland_op = DatumField(label=_("Wanneer?"), required=False)


class VervallenForm(KwestieForm):
    """Why a step is not taken after all."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("reden",)

    reden = lange_tekst(
        _("Waarom vervalt de stap?"),
        rows=3,
        required=True,
        error_messages={"required": _("Schrijf op waarom de stap vervalt.")},
    )


class OordeelForm(KwestieForm):
    """What the body that decides has said; never what we think of it (S11)."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("door", "herstelactie")

    oordeel = forms.ChoiceField(
        label=_("Wat is het oordeel?"),
        error_messages={"required": _("Kies het oordeel van de instantie.")},
    )
    door = forms.CharField(
        label=_("Welke instantie gaf het oordeel?"),
        max_length=160,
        widget=forms.TextInput(UIT),
        error_messages={
            "required": _(
                "Vul in welke instantie dit oordeel gaf. Wij oordelen zelf niet."
            )
        },
    )
    op = DatumField(
        label=_("Op welke dag?"),
        error_messages={"required": _("Vul in op welke dag het oordeel kwam.")},
    )
    herstelactie = lange_tekst(
        _("Wat doet de organisatie met het oordeel?"),
        rows=3,
    )

    def __init__(self, *args: Any, traject: ExternTraject, **kwargs: Any) -> None:
        initial = {
            "oordeel": traject.oordeel,
            "door": traject.oordeel_door or traject.instantie,
            "op": traject.oordeel_op,
            "herstelactie": traject.herstelactie,
        }
        super().__init__(*args, initial=initial, **kwargs)
        codes = OORDEEL_BIJ_TRAJECT[traject.type]
        self.fields["oordeel"].choices = [  # type: ignore[attr-defined]
            ("", _("Kies")),
            *((code, label("extern_oordeel", code)) for code in codes),
        ]

    def ruling(self) -> Oordeel:
        data = self.cleaned_data
        return Oordeel(
            oordeel=data["oordeel"],
            door=data["door"],
            op=data["op"],
            herstelactie=data["herstelactie"],
        )


class BelangForm(KwestieForm):
    """An interest of one's own, in an organisation or in the opdrachtgever."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("toelichting",)
    voorwaardelijk: ClassVar[tuple[str, ...]] = ("organisatie",)

    waarin = forms.ChoiceField(
        label=_("Waarin heb je een belang?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarin je een belang hebt.")},
    )
    organisatie = forms.CharField(
        label=_("Welke organisatie?"),
        max_length=160,
        required=False,
        help_text=_("De naam zoals cliënten en collega's die gebruiken."),
        widget=forms.TextInput(UIT),
    )
    soort = forms.ChoiceField(
        label=_("Wat voor belang is het?"),
        choices=met_leeg(lambda: [*Nevenbelang.Soort.choices]),
        error_messages={"required": _("Kies wat voor belang het is.")},
    )
    van = DatumField(label=_("Sinds wanneer?"))
    tot = DatumField(
        label=_("Tot en met wanneer?"),
        required=False,
        help_text=_("Leeg: het belang is er nog."),
    )
    toelichting = lange_tekst(
        _("Toelichting"),
        rows=3,
        help_text=_("Alleen jij, je teamleider en de beheerder zien dit."),
    )

    def __init__(self, *args: Any, tenant_naam: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["waarin"].choices = [  # type: ignore[attr-defined]
            ("organisatie", _("In een organisatie")),
            ("opdrachtgever", tenant_naam),
        ]

    def belang(self) -> NieuwBelang:
        data = self.cleaned_data
        return NieuwBelang(
            is_opdrachtgever=data["waarin"] == "opdrachtgever",
            organisatie=data["organisatie"],
            soort=data["soort"],
            van=data["van"],
            tot=data["tot"],
            toelichting=data["toelichting"],
        )


class AmbtshalveForm(KwestieForm):
    """To act without the client's assent: on what grounds (S84)."""

    vrije_tekst: ClassVar[tuple[str, ...]] = (
        *("feiten", "bewijs", "niet_in_staat", "actie"),
    )

    feiten = lange_tekst(
        _("Wat is er gebeurd?"),
        required=True,
        help_text=_("Alleen feiten, geen mening. Schrijf geen namen of nummers op."),
    )
    bewijs = lange_tekst(
        _("Waaruit blijkt dat?"),
        rows=3,
        required=True,
        help_text=_("Bijvoorbeeld een besluit, een verslag of wat je zelf zag."),
    )
    is_aantoonbaar = forms.BooleanField(
        label=_("Het is een tekortkoming die iedereen kan nagaan."), required=False
    )
    niet_in_staat = lange_tekst(
        _("Waarom kan de cliënt nu niet zelf handelen?"),
        rows=3,
        required=True,
        help_text=GEEN_NAMEN,
    )
    is_niet_in_staat = forms.BooleanField(
        label=_("De cliënt is zelf niet in staat om te handelen."), required=False
    )
    actie = lange_tekst(_("Wat wil je doen?"), rows=3, required=True)

    def __init__(self, *args: Any, kwestie: Kwestie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["toetser"] = forms.ModelChoiceField(
            label=_("Welke collega toetst dit?"),
            queryset=reviewers_at(kwestie.tenant_id, kwestie.ondersteuner_id),
            empty_label=_("Kies"),
            help_text=_("Je collega ziet alleen wat je hier opschrijft."),
            error_messages={"required": _("Kies een collega die dit toetst.")},
        )

    def voorstel(self) -> Voorstel:
        data = self.cleaned_data
        texts = {name: data[name] for name in self.vrije_tekst}
        return Voorstel(
            **texts,
            is_aantoonbaar=data["is_aantoonbaar"],
            is_niet_in_staat=data["is_niet_in_staat"],
            toetser_id=data["toetser"].pk,
        )


class ToetsForm(KwestieForm):
    """The colleague who looks at it says yes or no."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("toelichting",)
    voorwaardelijk: ClassVar[tuple[str, ...]] = ("toelichting",)

    akkoord = forms.ChoiceField(
        label=_("Ben je akkoord?"),
        choices=[("ja", _("Ja, dit mag zo")), ("nee", _("Nee"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of je akkoord bent.")},
    )
    toelichting = lange_tekst(
        _("Toelichting"), rows=3, help_text=_("Nodig als je niet akkoord bent.")
    )

    def __init__(self, *args: Any, actie: AmbtshalveActie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actie = actie
