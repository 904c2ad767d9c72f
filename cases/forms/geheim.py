"""Forms of the exceptional procedures; what is needed when is in their services.

Guarded by tests/cases/test_doorbreken.py and test_meldcode.py.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.basis import KwestieForm, ja_nee, lange_tekst
from cases.forms.regels import tijd_veld
from cases.models import Doorbreking, Kwestie, MeldcodeTraject
from cases.selectors.geheim import deciders_at, others_at
from cases.selectors.regels import reviewers_at
from cases.services import moment_on
from cases.services.doorbreken import Aanvraag
from cases.services.meldcode import Afweging
from tenants.models import Medewerker
from tenants.velden import DatumField

GEEN_NAAM = _("Gebruik geen namen als dat niet nodig is.")


def collega(
    kwestie: Kwestie, label: Any, **kwargs: Any
) -> forms.ModelChoiceField[Medewerker]:
    """A colleague with kwesties of this tenant, other than its supporter."""
    return forms.ModelChoiceField(
        label=label,
        queryset=reviewers_at(kwestie.tenant_id, kwestie.ondersteuner_id),
        empty_label=_("Kies"),
        error_messages={"required": _("Kies een collega.")},
        **kwargs,
    )


class DoorbrekingForm(KwestieForm):
    """Why confidentiality must be broken, what is told and to whom."""

    vrije_tekst: ClassVar[tuple[str, ...]] = (
        *("feiten", "geen_toestemming", "geprobeerd", "ernst", "wie", "gevaar"),
        *("concreet", "minimaal", "ontvanger"),
    )
    voorwaardelijk: ClassVar[tuple[str, ...]] = ("ernst", "wie", "gevaar", "concreet")

    grond = forms.ChoiceField(
        label=_("Waarom wil je de geheimhouding doorbreken?"),
        choices=Doorbreking.Grond.choices,
        widget=forms.RadioSelect,
        help_text=_("Alleen deze twee redenen bestaan."),
        error_messages={
            "required": _("Kies waarom je de geheimhouding wilt doorbreken.")
        },
    )
    feiten = lange_tekst(
        _("Wat is er aan de hand?"),
        required=True,
        help_text=_("Alleen feiten, geen mening. Gebruik zo weinig mogelijk namen."),
    )
    geen_toestemming = lange_tekst(
        _("Waarom is er geen toestemming van de cliënt?"),
        rows=3,
        required=True,
        help_text=_("Bijvoorbeeld: gevraagd en geweigerd, of niet te vragen."),
    )
    geprobeerd = lange_tekst(
        _("Wat heb je geprobeerd? Waarom kan het niet anders?"),
        rows=3,
        required=True,
        help_text=GEEN_NAAM,
    )
    ernst = lange_tekst(
        _("Welk zwaar belang van de cliënt is alleen zo te dienen?"),
        rows=3,
        help_text=_("Nodig bij een zwaar belang van de cliënt zelf."),
    )
    wie = lange_tekst(
        _("Wie loopt er gevaar?"),
        rows=2,
        help_text=_("Nodig bij gevaar voor een ander. Gebruik geen naam."),
    )
    gevaar = lange_tekst(
        _("Welk gevaar is dat?"),
        rows=2,
        help_text=_("Nodig bij gevaar voor een ander."),
    )
    concreet = lange_tekst(
        _("Waaruit blijkt dat het gevaar concreet is?"),
        rows=3,
        help_text=_("Nodig bij gevaar voor een ander. Een vermoeden is niet genoeg."),
    )
    minimaal = lange_tekst(
        _("Wat wil je vertellen?"),
        rows=3,
        required=True,
        help_text=_("Zo weinig mogelijk: alleen wat de ander nodig heeft."),
    )
    ontvanger = lange_tekst(
        _("Aan wie wil je het vertellen?"),
        rows=2,
        required=True,
        help_text=_("De functie en de organisatie."),
    )
    is_mondeling = forms.BooleanField(
        label=_("Spoed: de directie heeft aan de telefoon al besloten."),
        required=False,
    )
    datum = DatumField(
        label=_("Op welke dag?"),
        required=False,
        help_text=_("Alleen bij spoed. Leg het binnen 24 uur vast."),
    )
    tijd = tijd_veld()

    def __init__(self, *args: Any, kwestie: Kwestie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["toetser"] = collega(
            kwestie,
            _("Welke collega toetst dit?"),
            help_text=_("Je collega ziet alleen wat je hier opschrijft."),
        )
        self.fields["beslisser"] = forms.ModelChoiceField(
            label=_("Wie van de directie besluit?"),
            queryset=deciders_at(kwestie.tenant_id, []),
            empty_label=_("Kies"),
            help_text=_("De directie ziet alleen wat hier staat, niet de kwestie."),
            error_messages={"required": _("Kies wie van de directie besluit.")},
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("is_mondeling") and not data.get("datum"):
            self.add_error("datum", _("Vul in wanneer de directie heeft besloten."))
        return data

    def aanvraag(self) -> Aanvraag:
        """What was filled in, for ``services.doorbreken.request_doorbreking``."""
        data = self.cleaned_data
        return Aanvraag(
            grond=data["grond"],
            teksten={name: data[name] for name in self.vrije_tekst},
            toetser_id=data["toetser"].pk,
            beslisser_id=data["beslisser"].pk,
            mondeling_besluit_op=self._moment(),
        )

    def _moment(self) -> datetime | None:
        data = self.cleaned_data
        if not data["is_mondeling"]:
            return None
        dag, tijd = data["datum"], data["tijd"]
        if tijd is None and dag != timezone.localdate():
            tijd = time(0)
        return moment_on(dag, tijd)


class OordeelVanCollegaForm(KwestieForm):
    """Yes or no with a reason, for who looks at it or decides."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("tekst",)

    akkoord = forms.ChoiceField(
        label=_("Wat vind je?"),
        choices=[("ja", _("Ja, dit mag")), ("nee", _("Nee, dit mag niet"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies ja of nee.")},
    )
    tekst = lange_tekst(
        _("Waarom?"),
        required=True,
        help_text=GEEN_NAAM,
        error_messages={"required": _("Schrijf op waarom.")},
    )

    @property
    def is_akkoord(self) -> bool:
        return bool(self.cleaned_data["akkoord"] == "ja")


class ClientVertellenForm(KwestieForm):
    """When the client was told, or why that has to wait."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("uitstel",)
    voorwaardelijk: ClassVar[tuple[str, ...]] = ("datum", "uitstel")

    verteld = forms.ChoiceField(
        label=_("Weet de cliënt het?"),
        choices=[
            ("ja", _("Ja, ik heb het de cliënt verteld")),
            ("nee", _("Nee, dat kan nog niet")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of de cliënt het weet.")},
    )
    datum = DatumField(
        label=_("Wanneer?"), required=False, help_text=_("Nodig bij ja.")
    )
    uitstel = lange_tekst(
        _("Waarom kan dat nog niet?"), rows=3, help_text=_("Nodig bij nee.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("verteld") == "ja" and not data.get("datum"):
            self.add_error("datum", _("Vul in wanneer je het hebt verteld."))
        return data

    def moment(self) -> datetime | None:
        if self.cleaned_data["verteld"] != "ja":
            return None
        dag = self.cleaned_data["datum"]
        return moment_on(dag, None if dag == timezone.localdate() else time(0))


class TekstForm(KwestieForm):
    """One text that is asked for at this point; children say which."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("tekst",)

    tekst = lange_tekst(
        _("Tekst"), required=True, error_messages={"required": _("Vul dit in.")}
    )

    def __init__(self, *args: Any, vraag: Any, hulp: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tekst"].label = vraag
        self.fields["tekst"].help_text = hulp


class MeldcodeStartForm(KwestieForm):
    """Step 1: what was seen or heard."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("signalen",)

    signalen = lange_tekst(
        _("Wat heb je gezien of gehoord?"),
        required=True,
        help_text=_("Feiten, en van wie je ze hebt. Schrijf op wat een vermoeden is."),
    )
    signalen_op = DatumField(
        label=_("Wanneer?"), help_text=_("Bijvoorbeeld 05-03-2026, vandaag of gisteren")
    )
    functie = forms.CharField(
        label=_("Vanuit welke functie doe je dit?"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Vul in vanuit welke functie je dit doet.")},
    )

    def __init__(self, *args: Any, kwestie: Kwestie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verantwoordelijke"] = collega(
            kwestie,
            _("Welke collega kijkt mee naar de besluiten?"),
            help_text=_("Deze collega ziet wat je bij de meldcode opschrijft."),
        )


class MeekijkerForm(KwestieForm):
    """Another second person, when the first one has the kwestie now."""

    def __init__(self, *args: Any, row: MeldcodeTraject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verantwoordelijke"] = forms.ModelChoiceField(
            label=_("Welke collega kijkt mee naar de besluiten?"),
            queryset=others_at(row.tenant_id, row),
            empty_label=_("Kies"),
            help_text=_("Jij keek mee, en hebt de kwestie nu zelf."),
            error_messages={"required": _("Kies een collega.")},
        )


class ConsultatieForm(KwestieForm):
    """Step 2: with whom it was talked over."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("tekst",)

    op = DatumField(label=_("Wanneer heb je overlegd?"))
    tekst = lange_tekst(
        _("Met welke functie, en wat was het advies?"),
        required=True,
        help_text=_("Noem de functie, niet de naam. De cliënt blijft naamloos."),
    )
    is_veilig_thuis = forms.BooleanField(
        label=_("Veilig Thuis heeft geadviseerd."), required=False
    )


class GesprekForm(KwestieForm):
    """Step 3: the talk with the client, or why it is not safe."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("tekst", "geen_gesprek")
    voorwaardelijk: ClassVar[tuple[str, ...]] = ("op", "tekst", "geen_gesprek")

    gesproken = forms.ChoiceField(
        label=_("Heb je met de cliënt gepraat?"),
        choices=[
            ("ja", _("Ja")),
            ("nee", _("Nee, dat is niet veilig")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies ja of nee.")},
    )
    op = DatumField(label=_("Wanneer?"), required=False, help_text=_("Nodig bij ja."))
    tekst = lange_tekst(_("Wat is er besproken?"), rows=3, help_text=_("Nodig bij ja."))
    geen_gesprek = lange_tekst(
        _("Waarom is een gesprek niet veilig?"), rows=3, help_text=_("Nodig bij nee.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("gesproken") == "ja" and not data.get("op"):
            self.add_error("op", _("Vul in wanneer jullie hebben gepraat."))
        return data


class AfwegingForm(KwestieForm):
    """Step 4: the five questions, and the kindcheck."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("tekst",)
    VRAGEN: ClassVar[tuple[str, ...]] = (
        *("is_vermoeden", "is_onveilig", "is_hulp_haalbaar", "is_hulp_aanvaard"),
        "is_hulp_werkzaam",
    )
    voorwaardelijk: ClassVar[tuple[str, ...]] = VRAGEN

    kindcheck = forms.ChoiceField(
        label=_(
            "Zijn er kinderen die van de cliënt afhankelijk zijn of voor wie de"
            " cliënt zorgt?"
        ),
        choices=MeldcodeTraject.Kindcheck.choices,
        widget=forms.RadioSelect,
        help_text=_("De kindcheck."),
        error_messages={"required": _("Doe de kindcheck.")},
    )
    is_vermoeden = ja_nee(
        label=_("1. Vermoed je, na stap 1 tot en met 3, geweld of mishandeling?"),
        help_text=_("Nee: dan zijn de volgende vragen niet nodig."),
    )
    is_onveilig = ja_nee(
        label=_("2. Is er acuut gevaar, of is het steeds opnieuw onveilig?"),
        help_text=_("Ja: dan is melden nodig en zijn de volgende vragen niet nodig."),
    )
    is_hulp_haalbaar = ja_nee(
        label=_("3. Kun je zelf goede hulp geven of regelen?"),
        help_text=_("Nee: dan is melden nodig."),
    )
    is_hulp_aanvaard = ja_nee(
        label=_("4. Willen de mensen om wie het gaat die hulp?"),
        help_text=_("Nee: dan is melden nodig."),
    )
    is_hulp_werkzaam = ja_nee(
        label=_("5. Wordt het door die hulp op tijd veilig?"),
        help_text=_("Nee: dan is melden nodig."),
    )
    tekst = lange_tekst(_("Hoe kom je tot deze antwoorden?"), required=True)

    def afweging(self) -> Afweging:
        data = self.cleaned_data
        return Afweging(
            kindcheck=data["kindcheck"],
            tekst=data["tekst"],
            **{name: data[name] for name in self.VRAGEN},
        )


class MeldcodeBesluitForm(KwestieForm):
    """Step 5: two decisions, each with its own reason."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("melden", "hulp")

    is_melden = forms.ChoiceField(
        label=_("Besluit 1: meld je bij Veilig Thuis?"),
        choices=[("ja", _("Ja")), ("nee", _("Nee"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of je meldt.")},
    )
    melden = lange_tekst(_("Waarom wel of niet?"), rows=3, required=True)
    is_hulp = forms.ChoiceField(
        label=_("Besluit 2: bied of regel je hulp?"),
        choices=[("ja", _("Ja")), ("nee", _("Nee"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of je hulp biedt of regelt.")},
    )
    hulp = lange_tekst(_("Welke hulp, of waarom niet?"), rows=3, required=True)
