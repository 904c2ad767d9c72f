"""The background of a kwestie: five folded parts, nothing required, saved in one go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.achtergrondblok import DELEN, VRAGEN, delen_of, words
from cases.codelists import choices
from cases.forms.basis import (
    KOLOMMEN,
    Choices,
    KwestieForm,
    keuzes,
    lange_tekst,
    met_leeg,
)
from cases.models import (
    EERDER_HOOGSTENS,
    EFFECTEN,
    Achtergrond,
    Effect,
    Initiatief,
    Netwerk,
    RedenInzet,
    Uitkomst,
    Waarom,
    Woonsituatie,
)

LEEG = gettext_lazy("Niet ingevuld")
POGINGEN = range(1, EERDER_HOOGSTENS + 1)


def een(veld: str, found: Any) -> forms.ChoiceField:
    """One choice or none, in a list that folds out."""
    return forms.ChoiceField(
        label=VRAGEN[veld], choices=met_leeg(found, LEEG), required=False
    )


def meer(veld: str, found: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=VRAGEN[veld],
        choices=found,
        required=False,
        widget=KOLOMMEN,
        help_text=help_text,
    )


def effect(veld: str) -> forms.ChoiceField:
    """More, the same or less of it (S55, S162)."""
    return forms.ChoiceField(
        label=VRAGEN[veld],
        choices=Effect.choices,
        required=False,
        widget=forms.RadioSelect,
    )


def herkomst_keuzes() -> Choices:
    """Kinds of bodies, and under them the functions (S163)."""
    return [
        (_("Instanties"), choices("instantie_type")),
        (_("Functies"), choices("functie")),
    ]


@dataclass(frozen=True, slots=True)
class Vak:
    """A folded part of the form: its fields, and what is in it on one line."""

    kop: str
    samenvatting: str
    velden: tuple[forms.BoundField, ...]
    is_open: bool


class AchtergrondForm(KwestieForm):
    """``versie``: the version the answers came from; 0 when there were none."""

    mark_optional = False
    vrije_tekst: ClassVar[tuple[str, ...]] = ("gewenste_situatie", "eerste_stap")

    versie = forms.IntegerField(widget=forms.HiddenInput)
    leeftijdsklasse = een("leeftijdsklasse", keuzes("leeftijdsklasse", "ONB"))
    doelgroepen = meer(
        "doelgroepen",
        keuzes("doelgroep"),
        gettext_lazy("Gaat over gezondheid. Kies alleen wat nodig is om te helpen."),
    )
    woonsituatie = een("woonsituatie", lambda: [*Woonsituatie.choices])
    waarom = meer("waarom", Waarom.choices)
    initiatief = een("initiatief", lambda: [*Initiatief.choices])
    herkomst = een("herkomst", herkomst_keuzes)
    redenen_inzet = meer("redenen_inzet", RedenInzet.choices)
    netwerk = meer("netwerk", Netwerk.choices)
    functies = meer(
        "functies",
        keuzes("functie"),
        gettext_lazy("Zij krijgen hierdoor geen toegang tot de kwestie."),
    )
    is_conflict = forms.BooleanField(
        label=VRAGEN["is_conflict"],
        required=False,
        help_text=gettext_lazy("Denk dan aan bemiddelen of een gesprek met iedereen."),
    )
    gewenste_situatie = lange_tekst(VRAGEN["gewenste_situatie"], rows=3)
    eerste_stap = lange_tekst(VRAGEN["eerste_stap"], rows=2)
    effect_regie = effect("effect_regie")
    effect_zelfredzaamheid = effect("effect_zelfredzaamheid")
    effect_participatie = effect("effect_participatie")

    def __init__(self, *args: Any, row: Achtergrond, **kwargs: Any) -> None:
        initial = {name: getattr(row, name) for name in self.base_fields}
        initial["leeftijdsklasse"] = _or_empty(row.leeftijdsklasse)
        super().__init__(*args, initial=initial, **kwargs)
        self.row = row
        for number in POGINGEN:
            self._attempt(number)

    def _attempt(self, number: int) -> None:
        """Where something was tried before, and what came of it (S175)."""
        tried = self.row.eerder_geprobeerd
        there = tried[number - 1] if len(tried) >= number else ""
        instantie, _colon, uitkomst = there.partition(":")
        self.fields[f"eerder_{number}"] = forms.ChoiceField(
            label=_("Eerder geprobeerd bij (%(nummer)d)") % {"nummer": number},
            choices=met_leeg(keuzes("instantie_type"), LEEG),
            required=False,
            initial=instantie,
        )
        self.fields[f"uitkomst_{number}"] = forms.ChoiceField(
            label=_("Wat kwam daarvan? (%(nummer)d)") % {"nummer": number},
            choices=met_leeg(lambda: [*Uitkomst.choices], LEEG),
            required=False,
            initial=uitkomst,
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for number in POGINGEN:
            waar, wat = data.get(f"eerder_{number}"), data.get(f"uitkomst_{number}")
            if waar and not wat:
                self.add_error(f"uitkomst_{number}", _("Kies wat daarvan kwam."))
            elif wat and not waar:
                self.add_error(f"eerder_{number}", _("Kies bij wie."))
        return data

    def gegevens(self) -> dict[str, Any]:
        """Name → value of every answer, for ``services.save_achtergrond``."""
        data = self.cleaned_data
        told = {v: data[v] for v in VRAGEN if v in data}
        told["leeftijdsklasse"] = data["leeftijdsklasse"] or "ONB"
        told["eerder_geprobeerd"] = [
            f"{data[f'eerder_{n}']}:{data[f'uitkomst_{n}']}"
            for n in POGINGEN
            if data[f"eerder_{n}"]
        ]
        return told

    def verschillen(self, nu: Achtergrond) -> list[dict[str, str]]:
        """Answers in which the form and the record differ: naam, nu, hier as text."""
        return [
            {
                "naam": str(VRAGEN[veld]),
                "nu": words(veld, getattr(nu, veld)),
                "hier": words(veld, value),
            }
            for veld, value in self.gegevens().items()
            if getattr(nu, veld) != value
        ]

    def vakken(self) -> Iterator[Vak]:
        """The folded parts; open are those in which something was refused."""
        filled = {deel.code: deel.samenvatting for deel in delen_of(self.row)}
        for code, (kop, velden) in DELEN.items():
            names = [name for veld in velden for name in self._names(veld)]
            yield Vak(
                kop=str(kop),
                samenvatting=filled[code],
                velden=tuple(self[name] for name in names),
                is_open=any(name in self.errors for name in names),
            )

    def _names(self, veld: str) -> list[str]:
        if veld != "eerder_geprobeerd":
            return [veld]
        pairs = [(f"eerder_{n}", f"uitkomst_{n}") for n in POGINGEN]
        return [name for pair in pairs for name in pair]


def _or_empty(code: str) -> str:
    return "" if code == "ONB" else code


def effecten_in(data: dict[str, Any]) -> dict[str, str]:
    """Of cleaned data what support did, for closing (S55)."""
    return {veld: data.get(veld, "") for veld in EFFECTEN}
