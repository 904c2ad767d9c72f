"""Forms of what must happen on a day; the rules are in ``cases.services.agenda``."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.basis import KwestieForm, lange_tekst
from cases.forms.regels import tijd_veld
from cases.models import Agendapunt, Stap
from cases.services import NieuwPunt
from tenants.velden import DatumField

Soort = Agendapunt.Soort
VOORBEELD = _("Bijvoorbeeld 05-03-2026, vandaag of morgen")


def _dag(**kwargs: Any) -> DatumField:
    kwargs.setdefault("label", _("Op welke dag?"))
    return DatumField(help_text=VOORBEELD, **kwargs)


def _vanaf() -> forms.TimeField:
    field = tijd_veld()
    field.label = _("Vanaf hoe laat?")
    return field


def _tot() -> forms.TimeField:
    field = tijd_veld()
    field.label = _("Tot hoe laat?")
    field.help_text = _("Bijvoorbeeld 16:00")
    return field


class BelForm(KwestieForm):
    """A call that is promised: when, and about what."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("waarover",)

    dag = _dag(
        label=_("Op welke dag bel je terug?"),
        error_messages={"required": _("Vul in op welke dag je terugbelt.")},
    )
    van = _vanaf()
    tot = _tot()
    waarover = lange_tekst(_("Waarover?"), rows=2)

    def punt(self) -> NieuwPunt:
        return NieuwPunt(soort=Soort.BELLEN, **_given(self.cleaned_data))


def _given(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("dag", "van", "tot", "waarover")}


class TermijnForm(KwestieForm):
    """A term, or something else that must not be forgotten."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("waarover",)
    voorwaardelijk: ClassVar[tuple[str, ...]] = ("besluit_op", "dag")

    soort = forms.ChoiceField(
        label=_("Waar gaat het om?"),
        choices=[(s.value, s.label) for s in Soort if s != Soort.BELLEN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waar het om gaat.")},
    )
    besluit_op = DatumField(
        label=_("Bij bezwaar of beroep: wanneer is het besluit bekend gemaakt?"),
        required=False,
        help_text=_(
            "Meestal de datum van de brief. De laatste dag rekenen wij uit: zes weken"
            " later."
        ),
    )
    dag = _dag(label=_("Bij iets anders: uiterlijk op welke dag?"), required=False)
    waarover = lange_tekst(_("Waarover?"), rows=2)

    def punt(self) -> NieuwPunt:
        data = self.cleaned_data
        return NieuwPunt(
            soort=data["soort"],
            dag=data["dag"],
            besluit_op=data["besluit_op"],
            waarover=data["waarover"],
        )


class VerzetForm(KwestieForm):
    """To which day something goes."""

    dag = _dag(
        label=_("Naar welke dag?"),
        error_messages={"required": _("Vul in naar welke dag.")},
    )
    van = _vanaf()
    tot = _tot()

    def __init__(self, *args: Any, punt: Agendapunt, **kwargs: Any) -> None:
        times = {name: getattr(punt, name) for name in ("van", "tot")}
        initial: dict[str, Any] = {
            name: f"{time:%H:%M}" for name, time in times.items() if time
        }
        initial["dag"] = _("morgen")
        super().__init__(*args, initial=initial, **kwargs)
        if punt.soort != Soort.BELLEN:
            del self.fields["van"], self.fields["tot"]

    def naar(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {name: data.get(name) for name in ("dag", "van", "tot")}


class StapVerzetForm(KwestieForm):
    dag = _dag(
        label=_("Naar welke dag?"),
        error_messages={"required": _("Vul in naar welke dag.")},
    )

    def __init__(self, *args: Any, stap: Stap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stap = stap


class TurfForm(KwestieForm):
    """How many calls there were today (S113)."""

    telefoontjes = forms.IntegerField(
        label=_("Telefoontjes vandaag"),
        min_value=0,
        max_value=500,
        widget=forms.TextInput(attrs={"class": "app-short", "inputmode": "numeric"}),
        error_messages={
            "required": _("Vul een getal van 0 tot 500 in."),
            "invalid": _("Vul een getal van 0 tot 500 in."),
            "min_value": _("Vul een getal van 0 tot 500 in."),
            "max_value": _("Vul een getal van 0 tot 500 in."),
        },
    )
