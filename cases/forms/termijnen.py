"""Forms of formal routes with their terms, and of referrals that arrive or not."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.afronding import TrajectForm, VerwijzingForm
from cases.forms.basis import KwestieForm, ja_nee
from cases.forms.typen import TypLijst
from cases.models import ExternTraject, Verwijzing
from cases.services import Route, Traject
from cases.services.termijnen import MET_OPSCHORTING, Termijngegevens
from cases.termijnen import Fase, regel_of
from tenants.velden import DatumField

BEKEND = _("Wanneer werd het besluit bekend, of wanneer gebeurde het?")
BEKEND_UITLEG = _(
    "De dag van het besluit waar het om gaat. Bij een klacht de dag waarop het gebeurde;"
    " bij de ombudsman de dag van de uitkomst van de klacht."
)


def _warm() -> forms.TypedChoiceField:
    return ja_nee(
        label=_("Ging je mee, of droeg je zelf over?"),
        help_text=_("Dat heet warm verwijzen. Alleen een adres geven is koud."),
    )


class NieuweVerwijzingForm(VerwijzingForm):
    """Where the client was sent to, and whether we went along."""

    is_warm = _warm()

    def verwijzing(self) -> Route:
        data = self.cleaned_data
        return Route(
            instantie_type=data["instantie_type"],
            organisatie=data["organisatie"],
            is_warm=data["is_warm"],
        )


class NieuwTrajectForm(TrajectForm):
    """A formal route, with what its term runs from."""

    instantie = forms.CharField(
        label=_("Waar loopt de procedure?"),
        max_length=160,
        help_text=_("De naam van de commissie, instelling of rechtbank."),
        widget=TypLijst,
        error_messages={"required": _("Vul in waar de procedure loopt.")},
    )
    bekend_op = DatumField(label=BEKEND, required=False, help_text=BEKEND_UITLEG)

    def traject(self) -> Traject:
        data = self.cleaned_data
        return Traject(
            type=data["traject_type"],
            instantie=data["instantie"],
            rol_ondersteuner=data["rol_ondersteuner"],
            ingediend_op=data["ingediend_op"],
            bekend_op=data["bekend_op"],
            reden_direct=data["reden_direct"],
            route_gezien=data["route_gezien"],
        )


class TermijnGegevensForm(KwestieForm):
    """From what the term of one route runs; asks only what its law knows."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ()

    bekend_op = DatumField(label=BEKEND, required=False, help_text=BEKEND_UITLEG)
    ingediend_op = DatumField(
        label=_("Wanneer ingediend?"),
        required=False,
        help_text=_("De dag waarop de instantie het ontving."),
    )
    is_lang = forms.BooleanField(label=_("Langere termijn"), required=False)
    verdaagd_weken = forms.IntegerField(
        label=_("Hoeveel weken uitstel gaf de instantie zichzelf?"),
        required=False,
        min_value=0,
        widget=forms.TextInput({"class": "app-short", "inputmode": "numeric"}),
    )
    opgeschort_dagen = forms.IntegerField(
        label=_("Hoeveel dagen stond de termijn stil?"),
        required=False,
        min_value=0,
        help_text=_("Bijvoorbeeld omdat eerst iets moest worden aangevuld."),
        widget=forms.TextInput({"class": "app-short", "inputmode": "numeric"}),
    )
    termijn_tot = DatumField(
        label=_("Is er een andere laatste dag?"),
        required=False,
        help_text=_(
            "Zoals in de brief, in de klachtenregeling of met de cliënt afgesproken. Die"
            " dag geldt dan."
        ),
    )

    def __init__(self, *args: Any, traject: ExternTraject, **kwargs: Any) -> None:
        names = Termijngegevens.__dataclass_fields__
        initial = {name: getattr(traject, name) or None for name in names}
        super().__init__(*args, initial=initial, **kwargs)
        regel = regel_of(traject.type, Fase.BESLISSEN)
        if regel is None or regel.duur_lang is None:
            del self.fields["is_lang"]
        else:
            self.fields["is_lang"].label = str(regel.lang_als)
        if regel is None or not regel.verdagen:
            del self.fields["verdaagd_weken"]
        else:
            self.fields["verdaagd_weken"].help_text = _(
                "Hoogstens %(weken)d weken (%(artikel)s)."
            ) % {"weken": regel.verdagen, "artikel": regel.verdagen_artikel}
        if traject.type != MET_OPSCHORTING:
            del self.fields["opgeschort_dagen"]

    def gegevens(self) -> Termijngegevens:
        data = self.cleaned_data
        return Termijngegevens(
            bekend_op=data["bekend_op"],
            ingediend_op=data["ingediend_op"],
            is_lang=data.get("is_lang", False),
            verdaagd_weken=data.get("verdaagd_weken") or 0,
            opgeschort_dagen=data.get("opgeschort_dagen") or 0,
            termijn_tot=data["termijn_tot"],
        )


class AankomstForm(KwestieForm):
    """What came of a referral."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ()

    aangekomen = forms.ChoiceField(
        label=_("Is de cliënt daar aangekomen?"),
        choices=Verwijzing.Aankomst.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of de cliënt is aangekomen.")},
    )
    is_warm = _warm()

    def __init__(self, *args: Any, verwijzing: Verwijzing, **kwargs: Any) -> None:
        warm = {True: "ja", False: "nee", None: None}[verwijzing.is_warm]
        initial = {"aangekomen": verwijzing.aangekomen, "is_warm": warm}
        super().__init__(*args, initial=initial, **kwargs)
