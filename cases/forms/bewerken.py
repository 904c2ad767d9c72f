"""Change what is on record, without losing what a colleague saved meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.codelists import label
from cases.eigen import of_core, subaard_label
from cases.forms.basis import (
    KOLOMMEN,
    KwestieForm,
    keuzes,
    lange_tekst,
    met_leeg,
    offer_diensten,
    sleutel,
    subaarden,
)
from cases.models import Kwestie, Wederpartij
from tenants.velden import DatumField

ANTWOORDEN = [("JA", _("Ja")), ("NEE", _("Nee")), ("ONBEKEND", _("Weet ik niet"))]


def antwoord(vraag: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=vraag, choices=ANTWOORDEN, widget=forms.RadioSelect, required=False
    )


class BewerkForm(KwestieForm):
    """Codes and texts of a kwestie; ``versie`` is the version they came from."""

    vrije_tekst: ClassVar[tuple[str, ...]] = (
        *("kernvraag", "gewenste_oplossing", "doel_client", "toelichting"),
    )

    sleutel = sleutel()
    versie = forms.IntegerField(widget=forms.HiddenInput)
    kernvraag = lange_tekst(_("Waar loop ik tegenaan?"))
    gewenste_oplossing = lange_tekst(_("Hoe wil ik dat oplossen?"))
    doel_client = lange_tekst(_("Wat wil de cliënt bereiken?"))
    toelichting = lange_tekst(_("Toelichting"))
    datum = DatumField(label=_("Datum van het eerste contact"))
    kanaal = forms.ChoiceField(
        label=_("Hoe ging het eerste contact?"), choices=keuzes("kanaal")
    )
    rol = forms.ChoiceField(
        label=_("Wie nam contact op?"), choices=keuzes("rol_hulpvrager")
    )
    soort = forms.ChoiceField(
        label=_("Wat voor kwestie is het?"),
        choices=keuzes("soort_kwestie"),
        widget=forms.RadioSelect,
    )
    aard = forms.ChoiceField(
        label=_("Wat is de aard?"), choices=keuzes("aard"), widget=forms.RadioSelect
    )
    subaard = forms.ChoiceField(
        label=_("Nadere aanduiding van de aard"), choices=subaarden, required=False
    )
    wet = forms.ChoiceField(label=_("Welke wet vooral?"), choices=keuzes("wet"))
    wetten = forms.MultipleChoiceField(
        label=_("Welke wetten nog meer?"),
        choices=keuzes("wet", "ONBEKEND"),
        required=False,
        widget=KOLOMMEN,
    )
    levensdomein = forms.MultipleChoiceField(
        label=_("Welke levensdomeinen?"),
        choices=keuzes("levensdomein"),
        required=False,
        widget=KOLOMMEN,
    )
    wederpartij = forms.MultipleChoiceField(
        label=_("Over wie gaat het?"),
        choices=Wederpartij.choices,
        required=False,
        widget=KOLOMMEN,
    )
    wederpartij_organisatie = forms.CharField(
        label=_("Over welke organisatie?"),
        max_length=160,
        required=False,
        help_text=_(
            "De naam van de organisatie, niet van een mens. Zijn het er meer? Zet er"
            " een puntkomma tussen."
        ),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    dienst = forms.ChoiceField(label=_("Welke dienst?"), choices=keuzes("dienst"))
    fase = forms.ChoiceField(
        label=_("In welke fase?"),
        choices=met_leeg(keuzes("fase"), _("Niet ingevuld")),
        required=False,
    )
    gewezen_op_oco = antwoord(
        _("Heeft de gemeente of instelling de cliënt op cliëntondersteuning gewezen?")
    )
    procedure_voorkomen = antwoord(_("Is een klacht of procedure voorkomen?"))
    vertrouwelijkheid = forms.ChoiceField(
        label=_("Wie mag dit zien?"),
        choices=keuzes("vertrouwelijkheid"),
        widget=forms.RadioSelect,
        help_text=_(
            "Vertrouwelijk: jij en je teamleider. Strikt vertrouwelijk: alleen jij."
        ),
    )

    def __init__(
        self,
        *args: Any,
        kwestie: Kwestie,
        is_vrijwilliger: bool = False,
        diensten: Sequence[str] = (),
        eigen: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        of_kwestie = (name for name in self.base_fields if name != "sleutel")
        initial = {name: getattr(kwestie, name) for name in of_kwestie}
        super().__init__(*args, initial=initial, **kwargs)
        if is_vrijwilliger:
            del self.fields["vertrouwelijkheid"]
        offer_diensten(self, [*dict.fromkeys([*diensten, kwestie.dienst])])
        self._offer_subaarden(kwestie, dict(eigen))

    def _offer_subaarden(self, kwestie: Kwestie, eigen: dict[str, str]) -> None:
        """With those of the tenant; one that is retired stays where it is chosen."""
        here = kwestie.subaard
        if here and not of_core(here) and here not in eigen:
            eigen[here] = subaard_label(kwestie.tenant_id, here)
        field: forms.ChoiceField = self.fields["subaard"]  # type: ignore[assignment]
        field.choices = subaarden(eigen.items())

    def wijzigingen(self) -> dict[str, Any]:
        """Name → value of every field, for ``services.update_kwestie``."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("sleutel", "versie", "geen_bsn")
        }

    def verschillen(self, nu: Kwestie) -> list[dict[str, str]]:
        """Fields in which the form and the record differ: naam, nu, hier as text."""
        return naast_elkaar(self, nu, self.wijzigingen())


def naast_elkaar(
    form: KwestieForm, nu: Kwestie, ingevuld: Mapping[str, Any]
) -> list[dict[str, str]]:
    """Of the fields in which ``ingevuld`` differs from the record, both as text."""
    rows = []
    for name, value in ingevuld.items():
        stored = getattr(nu, name)
        if stored != value:
            naam = str(form.fields[name].label)
            both = {"nu": _words(name, stored), "hier": _words(name, value)}
            rows.append({"naam": naam, **both})
    return rows


LIJST_VAN = {
    **{n: n for n in ("kanaal", "aard", "subaard", "wet", "levensdomein", "fase")},
    "rol": "rol_hulpvrager",
    "soort": "soort_kwestie",
    "resultaat": "resultaat",
    "wetten": "wet",
    "vertrouwelijkheid": "vertrouwelijkheid",
    "dienst": "dienst",
}


def _words(name: str, value: Any) -> str:
    if not value:
        return gettext("niet ingevuld")
    if name == "datum":
        return f"{value:%d-%m-%Y}"
    if name == "wederpartij":
        return "; ".join(str(Wederpartij(code).label) for code in value)
    if name in LIJST_VAN:
        codes = value if isinstance(value, list) else [value]
        return "; ".join(label(LIJST_VAN[name], code) for code in codes)
    return str(dict(ANTWOORDEN).get(value, value))
