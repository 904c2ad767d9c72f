"""Quick registration: seven fields, and what may be known at once (model.md §2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.forms.basis import (
    KOLOMMEN,
    activiteiten,
    keuzes,
    lange_tekst,
    met_leeg,
    minuten,
    offer_diensten,
)
from cases.forms.regels import RouteForm
from cases.forms.typen import SubaardField, TypLijst
from cases.models import TRAJECT_BIJ_RESULTAAT, Kwestie
from cases.selectors import same_call, same_person
from cases.services import KwestieError, Registratie
from cases.services.regels import check_anoniem, check_datum
from tenants.access import Plek, Wie
from tenants.velden import DatumField

IDENTITEIT = ("naam", "telefoon", "email")
UIT = {"autocomplete": "off"}


class DubbelForm(forms.Form):
    """What of a registration can tell that it is there already; nothing is needed."""

    datum = DatumField(required=False)
    kanaal = forms.CharField(required=False)
    aard = forms.CharField(required=False)
    identiteitsstatus = forms.CharField(required=False)
    naam = forms.CharField(required=False)
    telefoon = forms.CharField(required=False)

    @property
    def is_op_naam(self) -> bool:
        return bool(self.cleaned_data["identiteitsstatus"] != "ANONIEM")

    def gelijkend(self, wie: Wie, plek: Plek) -> list[Kwestie]:
        """Her own kwesties that look like this one; [] while too little is known."""
        self.is_valid()
        data = self.cleaned_data
        if self.is_op_naam:
            return same_person(wie, plek, data["naam"], data["telefoon"])
        if not (data.get("datum") and data["aard"]):
            return []
        return same_call(wie, plek, data["datum"], data["kanaal"], data["aard"])


class RegistratieForm(RouteForm):
    """The form of a new kwestie. ``bij``: an earlier kwestie of the same client."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("toelichting", "organisatie")
    voorwaardelijk: ClassVar[tuple[str, ...]] = ("naam", "instantie_type")

    id = forms.UUIDField(widget=forms.HiddenInput)
    datum = DatumField(
        label=_("Datum van het eerste contact"),
        help_text=_("Bijvoorbeeld 05-03-2026, vandaag of gisteren"),
    )
    kanaal = forms.ChoiceField(
        label=_("Hoe ging het contact?"), choices=keuzes("kanaal"), initial="TEL"
    )
    rol = forms.ChoiceField(
        label=_("Wie nam contact op?"),
        choices=keuzes("rol_hulpvrager"),
        initial="CLIENT",
        error_messages={"required": _("Kies wie contact opnam.")},
    )
    soort = forms.ChoiceField(
        label=_("Wat voor kwestie is het?"),
        choices=keuzes("soort_kwestie"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat voor kwestie het is.")},
    )
    aard = forms.ChoiceField(
        label=_("Wat is de aard?"),
        choices=keuzes("aard"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies de aard van de kwestie.")},
    )
    wet = forms.ChoiceField(
        label=_("Welke wet?"),
        choices=met_leeg(keuzes("wet")),
        help_text=_("Weet je het nog niet? Kies dan “Nog niet bepaald”."),
        error_messages={"required": _("Kies de wet, of “Nog niet bepaald”.")},
    )
    identiteitsstatus = forms.ChoiceField(
        label=_("Wie is de cliënt?"),
        choices=keuzes("identiteitsstatus", "GEANON"),
        widget=forms.RadioSelect,
        initial="ANONIEM",
        error_messages={
            "required": _("Kies of de cliënt anoniem is of op naam."),
        },
    )
    naam = forms.CharField(
        label=_("Naam"), max_length=200, required=False, widget=forms.TextInput(UIT)
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
            "invalid": _("Dit e-mailadres klopt niet. Bijvoorbeeld naam@voorbeeld.nl."),
        },
    )
    dienst = forms.ChoiceField(label=_("Welke dienst?"), required=False)
    terugkomcode = forms.CharField(
        label=_("Terugkomcode"),
        max_length=40,
        required=False,
        help_text=_("Als de beller anoniem blijft en er een kreeg."),
        widget=forms.TextInput({**UIT, "autocapitalize": "characters"}),
    )
    subaard = SubaardField(
        label=_("Nadere aanduiding van de aard"),
        help_text=_("Typ een paar letters, bijvoorbeeld “wacht”."),
    )
    toelichting = lange_tekst(_("Toelichting"))
    activiteiten = forms.MultipleChoiceField(
        label=_("Wat heb je gedaan?"),
        choices=activiteiten,
        required=False,
        widget=KOLOMMEN,
    )
    minuten = minuten()
    resultaat = forms.ChoiceField(
        label=_("Resultaat"),
        choices=met_leeg(
            keuzes("resultaat", *TRAJECT_BIJ_RESULTAAT), _("Nog niet afronden")
        ),
        required=False,
        help_text=_("Kies je een resultaat, dan is de kwestie meteen afgerond."),
    )
    instantie_type = forms.ChoiceField(
        label=_("Waarheen doorverwezen?"),
        choices=met_leeg(keuzes("instantie_type"), _("Niet doorverwezen")),
        required=False,
    )
    organisatie = forms.CharField(
        label=_("Naam van de organisatie"),
        max_length=160,
        required=False,
        help_text=_("De naam van de organisatie, niet van een mens."),
        widget=TypLijst,
    )

    def __init__(
        self,
        *args: Any,
        bij: Kwestie | None = None,
        diensten: Sequence[str] = (),
        eigen: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_diensten(self, diensten)
        self.fields["subaard"].offer(eigen)  # type: ignore[attr-defined]
        if not self.is_bound and not self.getypt:
            self.fields["datum"].widget.attrs["autofocus"] = True
        self.bij = bij
        self.fields["id"].initial = uuid4
        self.fields["datum"].initial = _("vandaag")
        if bij is not None and bij.client is not None:
            # The client is known already: nothing to ask, nothing to mistype.
            for name in ("identiteitsstatus", *IDENTITEIT, "terugkomcode"):
                del self.fields[name]

    @classmethod
    def getypt_in(cls, data: QueryDict) -> dict[str, list[str]]:
        """Without the return code: it is not written down anywhere."""
        typed = super().getypt_in(data)
        typed.pop("terugkomcode", None)
        return typed

    def clean_subaard(self) -> str:
        field: SubaardField = self.fields["subaard"]  # type: ignore[assignment]
        data = self.cleaned_data
        return field.code_for(data["subaard"], data.get("aard", ""))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("datum"):
            self._rule(check_datum, data["datum"])
        status = data.get("identiteitsstatus")
        if status == "ANONIEM":
            for name in IDENTITEIT:
                self._rule(check_anoniem, status, **{name: data.get(name, "")})
        elif status and "naam" in data:
            self._rule(check_anoniem, status, naam=data["naam"])
        return data

    def _rule(self, check: Any, *args: Any, **kwargs: Any) -> None:
        try:
            check(*args, **kwargs)
        except KwestieError as error:
            self.refuse(error)

    @property
    def is_meer_open(self) -> bool:
        """Something in the folded parts is filled in or refused."""
        return self._touched("subaard")

    @property
    def is_gedaan_open(self) -> bool:
        return self._touched(
            *("activiteiten", "minuten", "resultaat", "instantie_type", "organisatie")
        )

    def _touched(self, *names: str) -> bool:
        return any(self.errors.get(n) or self[n].value() for n in names)

    @property
    def kwestie_id(self) -> UUID:
        """The id the kwestie will have: the same each time this form is sent."""
        chosen: UUID = self.cleaned_data["id"]
        return chosen

    def gegevens(self) -> Registratie:
        """What was filled in, for ``services.register_kwestie``."""
        data = self.cleaned_data
        client = self.bij.client if self.bij is not None else None
        return Registratie(
            datum=data["datum"],
            kanaal=data["kanaal"],
            soort=data["soort"],
            aard=data["aard"],
            wet=data["wet"],
            rol=data["rol"],
            identiteitsstatus=(
                client.identiteitsstatus if client else data["identiteitsstatus"]
            ),
            naam=data.get("naam", ""),
            telefoon=data.get("telefoon", ""),
            email=data.get("email", ""),
            client_van=self.bij.pk if client and self.bij else None,
            subaard=data["subaard"],
            dienst=data.get("dienst", ""),
            toelichting=data["toelichting"],
            activiteiten=tuple(data["activiteiten"]),
            minuten=data["minuten"] or 0,
            resultaat=data["resultaat"],
            instantie_type=data["instantie_type"],
            organisatie=data["organisatie"],
            bsn_akkoord=self.is_bsn_akkoord,
            route_gezien=data["route_gezien"],
            terugkomcode=data.get("terugkomcode", ""),
        )
