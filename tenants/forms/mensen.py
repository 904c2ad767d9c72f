"""Forms about people and their roles. What a form does not name, cannot be sent.

Guarded by tests/tenants/test_mensen.py (mass assignment).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.fouten import RegelFout
from tenants.models import Aanstelling, Medewerker, Rolverzoek, User
from tenants.personeel import Besluit, Gegevens
from tenants.roles import LABELS, MEDEWERKER, OPDRACHTGEVER, PER_CONTACT, ROLLEN
from tenants.velden import DatumField

Choices = list[tuple[str, Any]]
STANDEN = {
    "actief": gettext_lazy("Actief"),
    "uitgenodigd": gettext_lazy("Uitgenodigd"),
    "ongetekend": gettext_lazy("Geheimhouding niet getekend"),
    "komt": gettext_lazy("Begint later"),
    "gestopt": gettext_lazy("Gestopt"),
}


class BeheerForm(forms.Form):
    """A form on which a rule that says no can speak."""

    def refuse(self, error: RegelFout) -> None:
        self.add_error(error.veld if error.veld in self.fields else None, error.tekst)


def rollen_of(soort: str) -> Choices:
    return [(r.code, r.naam) for r in ROLLEN.values() if r.soort == soort]


def _met_leeg(choices: Choices) -> Choices:
    return [("", _("Kies")), *choices]


def _tot() -> DatumField:
    return DatumField(
        label=gettext_lazy("Laatste dag"),
        required=False,
        help_text=gettext_lazy("Leeg: zonder einddatum. Bijvoorbeeld 05-03-2026."),
    )


class ZoekForm(forms.Form):
    """Whom to look for."""

    mark_optional = False
    zoek = forms.CharField(
        label=gettext_lazy("Naam of e-mailadres"), required=False, max_length=120
    )
    stand = forms.ChoiceField(
        label=gettext_lazy("Stand"),
        required=False,
        choices=[("", gettext_lazy("Alle")), *STANDEN.items()],
    )


class UitnodigForm(BeheerForm):
    """Whose mailbox, and for which role."""

    email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "Alleen wie de mail op dit adres leest, kan de uitnodiging aannemen."
        ),
        error_messages={
            "required": gettext_lazy("Vul het e-mailadres in."),
            "invalid": gettext_lazy("Vul een heel e-mailadres in, met een @ erin."),
        },
    )
    rol = forms.ChoiceField(
        label=gettext_lazy("Welke rol?"),
        choices=lambda: _met_leeg(
            [
                (_("Bij het Adviespunt"), rollen_of(MEDEWERKER)),
                (_("Bij de opdrachtgever"), rollen_of(OPDRACHTGEVER)),
            ]
        ),
        error_messages={"required": gettext_lazy("Kies een rol.")},
    )
    tot = _tot()


class RolForm(BeheerForm):
    """Which role, in which period; of a contact also what she may do with reports."""

    rol = forms.ChoiceField(
        label=gettext_lazy("Welke rol?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies een rol.")},
    )
    van = DatumField(label=gettext_lazy("Eerste dag"))
    tot = _tot()
    mag = forms.MultipleChoiceField(
        label=gettext_lazy("Wat mag deze contactpersoon?"),
        required=False,
        choices=[(r.value, LABELS[r]) for r in PER_CONTACT],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Wat de rol niet geeft, krijgt deze persoon ook niet: een ontvanger leest"
            " en downloadt alleen wat vaststaat."
        ),
    )

    def __init__(self, *args: Any, soort: str, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("van", timezone.localdate())
        super().__init__(*args, **kwargs)
        self.fields["rol"].choices = rollen_of(soort)  # type: ignore[attr-defined]
        if soort == MEDEWERKER:
            del self.fields["mag"]
        else:
            self.initial.setdefault("mag", [r.value for r in PER_CONTACT])

    @property
    def zonder(self) -> tuple[str, ...]:
        if "mag" not in self.fields:
            return ()
        chosen = set(self.cleaned_data["mag"])
        return tuple(r.value for r in PER_CONTACT if r.value not in chosen)


class VerzoekForm(BeheerForm):
    """What one asks another administrator about one's own roles."""

    wat = forms.ChoiceField(
        label=gettext_lazy("Wat wil je?"),
        choices=[
            (Rolverzoek.Wat.GEVEN, gettext_lazy("Een rol erbij")),
            (Rolverzoek.Wat.STOPPEN, gettext_lazy("Een rol niet meer")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies wat je wilt.")},
    )
    rol = forms.ChoiceField(
        label=gettext_lazy("Welke rol?"),
        choices=lambda: _met_leeg(rollen_of(MEDEWERKER)),
        error_messages={"required": gettext_lazy("Kies een rol.")},
    )
    tot = _tot()
    reden = forms.CharField(
        label=gettext_lazy("Waarom?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Schrijf geen namen van cliënten op."),
        error_messages={"required": gettext_lazy("Schrijf op waarom dit nodig is.")},
    )


class BesluitForm(BeheerForm):
    besluit = forms.ChoiceField(
        label=gettext_lazy("Wat besluit je?"),
        choices=[
            ("ja", gettext_lazy("Goedkeuren")),
            ("nee", gettext_lazy("Afwijzen")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies wat je besluit.")},
    )


class GegevensForm(BeheerForm):
    """What is recorded about a colleague."""

    functie = forms.ChoiceField(
        label=gettext_lazy("Functie"),
        choices=Medewerker.Functie.choices,
        error_messages={"required": gettext_lazy("Kies een functie.")},
    )
    functie_sinds = DatumField(
        label=gettext_lazy("In deze functie sinds"), required=False
    )
    vog_op = DatumField(
        label=gettext_lazy("Datum van de VOG"),
        required=False,
        help_text=gettext_lazy(
            "Nodig voor een vertrouwenspersoon jeugd: op de eerste dag niet ouder dan"
            " drie maanden. Bijvoorbeeld 05-03-2026."
        ),
    )
    laag = forms.TypedChoiceField(
        label=gettext_lazy("Laag"),
        choices=Medewerker.Laag.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies een laag.")},
    )
    specialismen = forms.CharField(
        label=gettext_lazy("Specialismen"),
        required=False,
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Eén op elke regel, bijvoorbeeld: dementie."),
    )
    beroepsregistratie = forms.CharField(
        label=gettext_lazy("Beroepsregistratie"), required=False, max_length=80
    )

    @classmethod
    def of(cls, row: Medewerker) -> dict[str, Any]:
        """What the form begins with."""
        return {
            "functie": row.functie,
            "functie_sinds": row.functie_sinds,
            "vog_op": row.vog_op,
            "laag": row.laag,
            "specialismen": "\n".join(row.specialismen),
            "beroepsregistratie": row.beroepsregistratie,
        }

    def clean_specialismen(self) -> tuple[str, ...]:
        lines = self.cleaned_data["specialismen"].splitlines()
        found = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
        if any(len(one) > 80 for one in found):
            raise ValidationError(_("Maak een specialisme niet langer dan 80 tekens."))
        return found

    def gegevens(self) -> Gegevens:
        return Gegevens(**{k: self.cleaned_data[k] for k in self.fields})


class AanstellingForm(BeheerForm):
    """By whom somebody was appointed (S97)."""

    instantie = forms.CharField(
        label=gettext_lazy("Wie stelde aan?"),
        max_length=160,
        help_text=gettext_lazy("Bijvoorbeeld: het college van B&W van Arnhem."),
        error_messages={"required": gettext_lazy("Vul in wie aanstelde.")},
    )
    besluit_op = DatumField(label=gettext_lazy("Datum van het besluit"))
    functie = forms.ChoiceField(
        label=gettext_lazy("Functie"), choices=Medewerker.Functie.choices
    )
    van = DatumField(label=gettext_lazy("Eerste dag"))
    tot = _tot()

    def besluit(self) -> Besluit:
        return Besluit(**{k: self.cleaned_data[k] for k in self.fields})


class EindeForm(BeheerForm):
    tot = DatumField(label=gettext_lazy("Laatste dag"))
    reden = forms.ChoiceField(
        label=gettext_lazy("Waarom eindigt de aanstelling?"),
        choices=Aanstelling.Einde.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies waarom.")},
    )


class WaaromForm(forms.Form):
    """Who, where, and what."""

    mark_optional = False

    def __init__(
        self, *args: Any, mensen: Choices, plekken: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for naam, label, choices in (
            ("persoon", _("Wie?"), mensen),
            ("waar", _("Bij welke opdrachtgever?"), plekken),
        ):
            self.fields[naam] = forms.ChoiceField(
                label=label,
                choices=_met_leeg(choices),
                error_messages={
                    "required": _("Maak een keuze."),
                    "invalid_choice": _("Kies uit de lijst."),
                },
            )
        self.fields["recht"] = forms.ChoiceField(
            label=_("Wat?"),
            required=False,
            choices=[("", _("Alles")), *((r.value, n) for r, n in LABELS.items())],
        )


# ------------------------------------------------------------ who comes in, or is here


class WelkomForm(BeheerForm):
    """The account of who was invited: her name and a password of her own."""

    naam = forms.CharField(
        label=gettext_lazy("Je naam"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=gettext_lazy("Je voornaam en achternaam."),
        error_messages={"required": gettext_lazy("Vul je naam in.")},
    )
    wachtwoord = forms.CharField(
        label=gettext_lazy("Kies een wachtwoord"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Minstens 12 tekens."),
        error_messages={"required": gettext_lazy("Kies een wachtwoord.")},
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> None:
        naam = self.cleaned_data.get("naam", "")
        password = self.cleaned_data.get("wachtwoord")
        if password:
            try:
                validate_password(password, User(email=self.email, naam=naam))
            except ValidationError as error:
                self.add_error("wachtwoord", error)


class AannemenForm(BeheerForm):
    """Only a button: she is signed in."""


class TekenForm(BeheerForm):
    naam = forms.CharField(
        label=gettext_lazy("Typ je naam om te tekenen"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Typ je naam om te tekenen.")},
    )


class ProfielForm(BeheerForm):
    """What a contact changes herself (S98): this, and nothing else."""

    naam = forms.CharField(
        label=gettext_lazy("Uw naam"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Vul uw naam in.")},
    )
