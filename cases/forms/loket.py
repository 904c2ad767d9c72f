"""The forms at the door of visitors, and of the team behind it.

A visitor answers five questions at most, of which one is needed (S65, S74). Who fills
in a field that people do not see is no person; nothing is asked of anybody else.

Guarded by tests/cases/test_loket.py.
"""

from __future__ import annotations

import secrets
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms.basis import KwestieForm, keuzes, met_leeg, offer_diensten
from cases.services.aanmeldingen import REDENEN, Codering
from cases.services.loket import Zending
from cases.services.regels import KwestieError
from privacy import loketcode
from privacy.loketcode import Loketcode
from tenants.models import Loket

LANGST = 4000
SOORTEN = [
    ("VRAAG", gettext_lazy("Ik heb een vraag")),
    ("ONVREDE", gettext_lazy("Ik ben ergens niet tevreden over")),
    ("KLACHT", gettext_lazy("Ik heb een klacht")),
    ("", gettext_lazy("Dat weet ik niet")),
]
ROLLEN = [
    ("CLIENT", gettext_lazy("Over mijzelf")),
    ("FAMILIE", gettext_lazy("Over iemand uit mijn familie, of een vriend")),
    ("BURGER", gettext_lazy("Over een buur, of iemand anders die ik ken")),
    ("PROFESS", gettext_lazy("Over iemand voor wie ik werk")),
    ("", gettext_lazy("Dat zeg ik liever niet")),
]
WEG = {
    "GEEN_VRAAG": gettext_lazy("Het is geen vraag, bijvoorbeeld reclame"),
    "DUBBEL": gettext_lazy("Dezelfde vraag is al opgenomen"),
    "TEST": gettext_lazy("Het is een proef"),
}


def _token() -> str:
    return secrets.token_urlsafe(18)


class LoketForm(forms.Form):
    """What a visitor asks. ``token``: of this form; its code is made from it."""

    token = forms.CharField(
        widget=forms.HiddenInput,
        initial=_token,
        validators=[RegexValidator(r"^[A-Za-z0-9_-]{24}\Z")],
    )
    vraag = forms.CharField(
        label=gettext_lazy("Wat is uw vraag of klacht?"),
        max_length=LANGST,
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Schrijf het zoals u het zou vertellen. Namen en uw"
            " burgerservicenummer (BSN) zijn niet nodig."
        ),
        error_messages={
            "required": gettext_lazy("Schrijf op wat uw vraag of klacht is."),
            "max_length": gettext_lazy("Maak uw tekst korter: hoogstens 4000 tekens."),
        },
    )
    soort = forms.ChoiceField(
        label=gettext_lazy("Wat past het best?"),
        choices=SOORTEN,
        required=False,
        widget=forms.RadioSelect,
    )
    rol = forms.ChoiceField(
        label=gettext_lazy("Over wie gaat het?"),
        choices=ROLLEN,
        required=False,
        widget=forms.RadioSelect,
    )
    telefoon = forms.CharField(
        label=gettext_lazy("Uw telefoonnummer"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        help_text=gettext_lazy("Alleen als u wilt dat wij u bellen."),
    )
    naam = forms.CharField(
        label=gettext_lazy("Naar wie vragen we dan?"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=gettext_lazy("Een voornaam is genoeg."),
    )
    # People do not see it; who fills it in is a program (no pictures to puzzle over).
    website = forms.CharField(
        label=gettext_lazy("Laat dit veld leeg"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("website"):
            self.add_error(None, _("Laat het veld “Laat dit veld leeg” leeg."))
        digits = sum(char.isdigit() for char in data.get("telefoon") or "")
        if data.get("telefoon") and digits < 8:
            self.add_error(
                "telefoon", _("Dit nummer klopt niet. Bijvoorbeeld 06 12345678.")
            )
        if data.get("naam") and not data.get("telefoon"):
            self.add_error(
                "telefoon",
                _(
                    "Wilt u dat we u bellen? Vul dan uw telefoonnummer in. Wilt u"
                    " anoniem blijven? Maak dan ook uw naam leeg."
                ),
            )
        return data

    def refuse(self, error: KwestieError) -> None:
        """Show what a rule says."""
        self.add_error(None, error.tekst)

    @property
    def zending(self) -> Zending:
        data = self.cleaned_data
        names = ("vraag", "soort", "rol", "naam", "telefoon")
        return Zending(**{name: (data[name] or "").strip() for name in names})


class TerugForm(forms.Form):
    """The code, and perhaps something to add (``bericht``)."""

    code = forms.CharField(
        label=gettext_lazy("Uw code"),
        max_length=60,
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        help_text=gettext_lazy("Zeven groepjes van drie. Bijvoorbeeld 7K3-F9Q-…"),
        error_messages={"required": gettext_lazy("Vul uw code in.")},
    )

    def clean_code(self) -> Loketcode:
        found = loketcode.read(self.cleaned_data["code"])
        if found is None:
            raise forms.ValidationError(
                _(
                    "In deze code zit een schrijffout. Kijk alle letters en cijfers"
                    " nog eens na."
                )
            )
        return found


class BerichtForm(forms.Form):
    """What the sender adds. The code goes along, so that nothing is remembered."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=60)
    bericht_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    bericht = forms.CharField(
        label=gettext_lazy("Wilt u nog iets zeggen of vragen?"),
        max_length=LANGST,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Schrijf op wat u wilt zeggen.")},
    )

    def refuse(self, error: KwestieError) -> None:
        """Show what a rule says."""
        self.add_error(None, error.tekst)


# -------------------------------------------------------------------------- of the team


class OpnemenForm(KwestieForm):
    """The codes of the kwestie that the question becomes."""

    rol = forms.ChoiceField(
        label=gettext_lazy("Wie nam contact op?"),
        choices=met_leeg(keuzes("rol_hulpvrager")),
        error_messages={"required": gettext_lazy("Kies wie er contact opnam.")},
    )
    soort = forms.ChoiceField(
        label=gettext_lazy("Wat voor kwestie is het?"),
        choices=keuzes("soort_kwestie"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies wat voor kwestie het is.")},
    )
    aard = forms.ChoiceField(
        label=gettext_lazy("Wat is de aard?"),
        choices=keuzes("aard"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies de aard van de kwestie.")},
    )
    wet = forms.ChoiceField(
        label=gettext_lazy("Welke wet?"),
        choices=met_leeg(keuzes("wet")),
        error_messages={"required": gettext_lazy("Kies de wet.")},
    )
    dienst = forms.ChoiceField(label=gettext_lazy("Welke dienst?"))

    def __init__(
        self, *args: Any, zending: Zending, diensten: list[str], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        offer_diensten(self, diensten)
        self.initial.update(soort=zending.soort, rol=zending.rol)

    @property
    def codering(self) -> Codering:
        data = self.cleaned_data
        names = ("soort", "aard", "wet", "rol")
        return Codering(
            **{name: data[name] for name in names}, dienst=data.get("dienst", "")
        )


class DoorsturenForm(KwestieForm):
    """Where a question of the national door belongs. ``deuren``: those that are open."""

    naar = forms.ChoiceField(
        label=gettext_lazy("Naar welk loket stuur je de vraag door?"),
        error_messages={
            "required": gettext_lazy("Kies naar welk loket de vraag gaat.")
        },
    )
    is_met_toestemming = forms.BooleanField(
        label=gettext_lazy("De melder vindt goed dat naam en nummer meegaan"),
        required=False,
        help_text=gettext_lazy(
            "Zet alleen aan als je dit aan de melder hebt gevraagd. Anders gaat alleen"
            " de vraag mee; de code van de melder blijft werken."
        ),
    )

    def __init__(self, *args: Any, deuren: list[Loket], **kw: Any) -> None:
        super().__init__(*args, **kw)
        field = self.fields["naar"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", _("Kies")), *((een.slug, een.naam) for een in deuren)]


class AfwijzenForm(KwestieForm):
    reden = forms.ChoiceField(
        label=gettext_lazy("Waarom verwijder je deze aanmelding?"),
        choices=[(code, WEG[code]) for code in REDENEN],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies waarom je deze aanmelding verwijdert.")
        },
    )


class AntwoordForm(KwestieForm):
    """What we say to whoever has the code."""

    bericht_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    tekst = forms.CharField(
        label=gettext_lazy("Bericht aan de melder"),
        max_length=LANGST,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy(
            "Schrijf eenvoudig, met “u”. Alleen wie de code heeft kan dit lezen."
        ),
        error_messages={"required": gettext_lazy("Schrijf op wat je wilt zeggen.")},
    )
