"""Forms of files, letters and shared texts. Guarded by tests/cases/test_brieven.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cases.brieven import BLOKKEN
from cases.brieven.sjablonen import onderwerp_of
from cases.forms.basis import KwestieForm, lange_tekst, sleutel
from cases.models import (
    DOOR_BIJ_LEEFTIJD,
    DOOR_VANAF_16,
    Brief,
    Kwestie,
    Tekstblok,
    Toestemming,
)
from cases.selectors.achtergrond import achtergrond_of
from cases.selectors.brieven import contact_choices, eigen_blokken, toestemming_choices
from cases.services.brieven import Akkoord, Briefgegevens
from privacy.bestanden import SOORTEN
from tenants.velden import DatumField

UIT = {"autocomplete": "off"}
EXTENSIES = ",".join(f".{naam}" for soort in SOORTEN.values() for naam in soort.namen)


class BijlageForm(KwestieForm):
    """One file, and the contact at which it was given."""

    sleutel = sleutel()
    bestand = forms.FileField(
        label=_("Bestand"),
        help_text=_(
            "PDF, Word (docx), OpenDocument (odt), foto (jpg, png) of tekst (txt)."
            " Hoogstens 20 MB."
        ),
        max_length=250,
        widget=forms.FileInput(attrs={"accept": EXTENSIES}),
        error_messages={
            "required": _("Kies een bestand van hoogstens 20 MB."),
            "empty": _("Dit bestand is leeg. Kies een ander bestand."),
            "max_length": _("De naam van dit bestand is te lang. Maak hem korter."),
        },
    )
    contact = forms.ChoiceField(label=_("Bij welk contact hoort het?"), required=False)

    def __init__(self, *args: Any, kwestie: Kwestie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = contact_choices(kwestie)  # type: ignore[attr-defined]

    @property
    def contact_id(self) -> UUID | None:
        chosen = self.cleaned_data["contact"]
        return UUID(chosen) if chosen else None


class BriefForm(KwestieForm):
    """A letter: to whom, in whose words. Starts from what the client said before."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("woorden", "tekst", "wens")

    sleutel = sleutel()
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)
    soort = forms.ChoiceField(
        label=_("Wat wil je maken?"), choices=Brief.Soort.choices, initial="BRIEF"
    )
    aan_soort = forms.ChoiceField(
        label=_("Aan wie is de brief?"),
        choices=Brief.Aan.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies aan wie de brief is.")},
    )
    aan = forms.CharField(
        label=_("Naam en adres op de brief"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4, **UIT}),
    )
    toestemming = forms.ChoiceField(
        label=_("Met welke toestemming van de cliënt?"),
        required=False,
        help_text=_("Nodig voor een brief aan de gemeente of een hulpverlener."),
    )
    onderwerp = forms.CharField(
        label=_("Onderwerp"),
        required=False,
        max_length=120,
        help_text=_("Leeg: het gewone onderwerp van deze brief."),
        widget=forms.TextInput(UIT),
    )
    woorden = lange_tekst(
        _("Wat er is, in de woorden van de cliënt"),
        rows=6,
        help_text=_(
            "Schrijf op zoals de cliënt het zegt. Dit is de kern van de brief."
        ),
    )
    tekst = lange_tekst(
        _("Meer tekst"),
        rows=6,
        help_text=_("Wat er nog bij moet. Je kunt hieronder een tekstblok kiezen."),
    )
    wens = lange_tekst(
        _("Wat de cliënt wil"),
        rows=3,
        help_text=_("Het doel van de cliënt, in eigen woorden."),
    )
    blok = forms.ChoiceField(label=_("Tekstblok"), required=False)

    def __init__(
        self, *args: Any, kwestie: Kwestie, brief: Brief | None = None, **kwargs: Any
    ) -> None:
        if brief is None:
            kwargs.setdefault("initial", _start(kwestie))
        else:
            kwargs.setdefault("initial", _typed(brief))
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["toestemming"].choices = toestemming_choices(kwestie)
        fields["blok"].choices = _blokken(kwestie.tenant_id)

    def gegevens(self) -> Briefgegevens:
        """What was filled in, for ``services.brieven.save_brief``."""
        return as_gegevens(self.cleaned_data)


def _start(kwestie: Kwestie) -> dict[str, Any]:
    """The client's own words, as they are on record."""
    return {
        "soort": "KLACHT" if kwestie.soort == "KLACHT" else "BRIEF",
        "woorden": kwestie.kernvraag,
        "wens": kwestie.gewenste_oplossing or kwestie.doel_client,
    }


def _typed(brief: Brief) -> dict[str, Any]:
    names = ("soort", "aan_soort", "aan", "onderwerp", "woorden", "tekst", "wens")
    return {
        **{name: getattr(brief, name) for name in names},
        "versie": brief.versie,
        "sleutel": brief.pk,
        "toestemming": str(brief.toestemming_id or ""),
    }


def as_gegevens(data: Any) -> Briefgegevens:
    """From fields by name, checked or (for a preview) as they are being typed."""
    soort, aan_soort = data.get("soort") or "", data.get("aan_soort") or ""
    soort = soort if soort in Brief.Soort.values else Brief.Soort.BRIEF.value
    aan_soort = aan_soort if aan_soort in Brief.Aan.values else Brief.Aan.ANDER.value
    return Briefgegevens(
        soort=soort,
        aan_soort=aan_soort,
        aan=data.get("aan") or "",
        onderwerp=(data.get("onderwerp") or "").strip() or onderwerp_of(soort),
        woorden=data.get("woorden") or "",
        tekst=data.get("tekst") or "",
        wens=data.get("wens") or "",
        toestemming_id=_uuid(data.get("toestemming") or ""),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _blokken(tenant_id: int) -> list[tuple[str, Any]]:
    """Shared texts of the team, and those that come with the product, by kind."""
    found: list[tuple[str, Any]] = [("", _t("Kies een tekstblok"))]
    for soort in Brief.Soort:
        own: Iterable[Tekstblok] = eigen_blokken(tenant_id, soort.value)
        rows = [(f"{soort}:{b.pk}", b.titel) for b in own]
        rows += [(f"{soort}:{b.code}", b.titel) for b in BLOKKEN if soort in b.soorten]
        found.append((str(soort.label), rows))
    return found


def block_text(tenant_id: int, chosen: str) -> str:
    """The text of a choice of ``BriefForm.blok``; '' when there is none such."""
    soort, _colon, code = chosen.partition(":")
    texts = {b.code: b.tekst for b in BLOKKEN}
    texts |= {str(b.pk): b.tekst for b in eigen_blokken(tenant_id, soort)}
    return texts.get(code, "")


class AkkoordForm(KwestieForm):
    """When the client saw the letter and agreed with it, and how that was said."""

    versie = forms.IntegerField(widget=forms.HiddenInput)
    besproken_op = DatumField(
        label=_("Wanneer heb je de brief met de cliënt besproken?")
    )
    akkoord_op = DatumField(
        label=_("Wanneer ging de cliënt akkoord?"), initial=_("vandaag")
    )
    gegeven_door = forms.ChoiceField(
        label=_("Wie vindt het goed?"), widget=forms.RadioSelect
    )
    wijze = forms.ChoiceField(
        label=_("Hoe heeft de cliënt dit laten weten?"),
        choices=Toestemming.Wijze.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe de cliënt dit liet weten.")},
    )

    def __init__(
        self, *args: Any, kwestie: Kwestie, brief: Brief, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        leeftijd = achtergrond_of(kwestie).leeftijdsklasse
        door = DOOR_BIJ_LEEFTIJD.get(leeftijd, DOOR_VANAF_16)
        names = dict(Toestemming.Door.choices)
        field = self.fields["gegeven_door"]
        field.choices = [(code, names[code]) for code in door]  # type: ignore[attr-defined]
        self.initial["versie"] = brief.versie

    def akkoord(self) -> Akkoord:
        """What was filled in, for ``services.brieven.finish_brief``."""
        data = self.cleaned_data
        return Akkoord(
            besproken_op=data["besproken_op"],
            akkoord_op=data["akkoord_op"],
            door=data["gegeven_door"],
            wijze=data["wijze"],
        )


class TekstblokForm(KwestieForm):
    """A shared text for letters."""

    sleutel = sleutel()
    titel = forms.CharField(
        label=_("Titel"),
        max_length=80,
        widget=forms.TextInput(UIT),
        error_messages={"required": _("Geef het tekstblok een titel.")},
    )
    tekst = lange_tekst(
        _("Tekst"),
        rows=6,
        required=True,
        help_text=_(
            "Nooit iets over een cliënt. Je mag {ondersteuner}, {nummer}, {vandaag} en"
            " {naam} gebruiken; dat vult Adviespunt later in."
        ),
        error_messages={"required": _("Schrijf de tekst op.")},
    )
    soorten = forms.MultipleChoiceField(
        label=_("In welke brieven?"),
        choices=Brief.Soort.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies in welke brieven het kan.")},
    )
