"""Forms around the end: the result, where a client was sent, a formal route."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.forms.achtergrond import effect, effecten_in
from cases.forms.basis import (
    KOLOMMEN,
    KwestieForm,
    activiteiten,
    keuzes,
    lange_tekst,
    met_leeg,
    minuten,
    sleutel,
)
from cases.forms.bewerken import naast_elkaar
from cases.forms.regels import RouteForm
from cases.forms.typen import TypLijst
from cases.functies import oordelende_instanties
from cases.models import ExternTraject, Kwestie, Status
from cases.services import Afronding, Route, Traject
from cases.services.regels import ZONDER_START
from tenants.velden import DatumField


class VerwijzingForm(KwestieForm):
    """Where the client was sent to."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("organisatie",)

    sleutel = sleutel()
    instantie_type = forms.ChoiceField(
        label=_("Waarheen doorverwezen?"),
        choices=met_leeg(keuzes("instantie_type")),
        error_messages={"required": _("Kies waarheen je hebt doorverwezen.")},
    )
    organisatie = forms.CharField(
        label=_("Naam van de organisatie"),
        max_length=160,
        required=False,
        widget=TypLijst,
    )

    def verwijzing(self) -> Route:
        data = self.cleaned_data
        return Route(
            instantie_type=data["instantie_type"], organisatie=data["organisatie"]
        )


class TrajectForm(RouteForm):
    """A formal route at another body."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("instantie", "reden_direct")

    sleutel = sleutel()
    traject_type = forms.ChoiceField(
        label=_("Soort procedure"),
        choices=[("", _("Kies")), *ExternTraject.Type.choices],
        error_messages={"required": _("Kies het soort procedure.")},
    )
    instantie = forms.CharField(
        label=_("Waar loopt de procedure?"),
        max_length=160,
        help_text=_("De naam van de commissie, instelling of rechtbank."),
        widget=TypLijst(oordelende_instanties),
        error_messages={"required": _("Vul in waar de procedure loopt.")},
    )
    rol_ondersteuner = forms.ChoiceField(
        label=_("Wat deed jij?"),
        choices=[("", _("Kies")), *ExternTraject.Steun.choices],
        error_messages={"required": _("Kies wat jij hebt gedaan.")},
    )
    ingediend_op = DatumField(label=_("Wanneer ingediend?"), required=False)
    reden_direct = lange_tekst(
        _("Waarom de ombudsman zonder eerst een klacht?"),
        rows=3,
        help_text=_("Alleen bij de ombudsman, als er nog geen klacht is geweest."),
    )

    def traject(self) -> Traject:
        data = self.cleaned_data
        return Traject(
            type=data["traject_type"],
            instantie=data["instantie"],
            rol_ondersteuner=data["rol_ondersteuner"],
            ingediend_op=data["ingediend_op"],
            reden_direct=data["reden_direct"],
            route_gezien=data["route_gezien"],
        )


class AfrondForm(VerwijzingForm, TrajectForm):
    """The result, and in the same screen whatever closing still needs."""

    vrije_tekst: ClassVar[tuple[str, ...]] = (
        *("resultaat_toelichting", "doel_client", "organisatie", "instantie"),
        "reden_direct",
    )
    voorwaardelijk: ClassVar[tuple[str, ...]] = (
        *("instantie_type", "traject_type", "instantie", "rol_ondersteuner"),
        "doel_client",
    )
    routes: ClassVar[dict[str, tuple[str, ...]]] = {
        "verwijzing": ("instantie_type", "organisatie"),
        "traject": ("traject_type", "instantie", "rol_ondersteuner", "ingediend_op"),
    }

    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)
    resultaat = forms.ChoiceField(
        label=_("Wat is het resultaat?"),
        choices=met_leeg(keuzes("resultaat")),
        error_messages={"required": _("Kies het resultaat.")},
    )
    resultaat_toelichting = lange_tekst(_("Toelichting bij het resultaat"), rows=3)
    wet = forms.ChoiceField(
        label=_("Welke wet?"),
        choices=met_leeg(keuzes("wet", "ONBEKEND")),
        error_messages={"required": _("Kies de wet.")},
    )
    levensdomein = forms.MultipleChoiceField(
        label=_("Welke levensdomeinen?"),
        choices=keuzes("levensdomein"),
        widget=KOLOMMEN,
        error_messages={"required": _("Kies minstens één levensdomein.")},
    )
    doel_client = lange_tekst(
        _("Wat wilde de cliënt bereiken?"),
        help_text=_(
            "Niet nodig als de cliënt stopte of is doorverwezen voordat je begon."
        ),
    )
    activiteiten = forms.MultipleChoiceField(
        label=_("Wat heb je gedaan?"),
        choices=activiteiten,
        widget=KOLOMMEN,
        error_messages={"required": _("Kies wat je hebt gedaan.")},
    )
    minuten = minuten()
    effect_regie = effect("effect_regie")
    effect_zelfredzaamheid = effect("effect_zelfredzaamheid")
    effect_participatie = effect("effect_participatie")

    def __init__(self, *args: Any, kwestie: Kwestie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = kwestie.resultaat_toelichting
        self.fields["resultaat_toelichting"].initial = kept
        self.fields["versie"].initial = kwestie.versie
        for name in (*self.routes["verwijzing"], *self.routes["traject"]):
            self.fields[name].required = False
        complete = kwestie.soort in ZONDER_START
        early = kwestie.status in (Status.NIEUW, Status.TOEGEWEZEN)
        not_asked = {
            "wet": complete or kwestie.wet != "ONBEKEND",
            "levensdomein": complete or bool(kwestie.levensdomein),
            "doel_client": complete or not early or bool(kwestie.doel_client),
            "activiteiten": bool(kwestie.activiteiten),
            "minuten": bool(kwestie.activiteiten),
        }
        for name in (name for name, known in not_asked.items() if known):
            if not self._is_typed(name):
                del self.fields[name]

    def _is_typed(self, name: str) -> bool:
        """It was asked and answered before the kwestie changed; that is not lost."""
        together = ("activiteiten", "minuten")
        names = together if name in together else (name,)
        posted = self.data if isinstance(self.data, QueryDict) else QueryDict()
        return any(
            any(typed.getlist(n)) for typed in (posted, self.getypt) for n in names
        )

    def verschillen(self, nu: Kwestie) -> list[dict[str, str]]:
        """Fields in which the form and the record differ: naam, nu, hier as text."""
        names = ("resultaat", "resultaat_toelichting", "wet", "levensdomein")
        typed = {n: self.cleaned_data.get(n) for n in (*names, "doel_client")}
        return naast_elkaar(self, nu, {n: v for n, v in typed.items() if v})

    def is_gedaan(self, nu: Kwestie) -> bool:
        """The record says already what this form says: it was sent twice."""
        data = self.cleaned_data
        return (nu.status, nu.resultaat, nu.resultaat_toelichting) == (
            Status.AFGEROND,
            data["resultaat"],
            data["resultaat_toelichting"],
        )

    def _filled(self, route: str) -> bool:
        return any(self.cleaned_data[name] for name in self.routes[route])

    def afronding(self) -> Afronding:
        """What was filled in, for ``services.close_kwestie``."""
        data = self.cleaned_data
        return Afronding(
            resultaat=data["resultaat"],
            resultaat_toelichting=data["resultaat_toelichting"],
            wet=data.get("wet", ""),
            levensdomein=tuple(data.get("levensdomein", ())),
            doel_client=data.get("doel_client", ""),
            activiteiten=tuple(data.get("activiteiten", ())),
            minuten=data.get("minuten") or 0,
            verwijzing=self.verwijzing() if self._filled("verwijzing") else None,
            traject=self.traject() if self._filled("traject") else None,
            route_gezien=data["route_gezien"],
            effecten=effecten_in(data),
        )
