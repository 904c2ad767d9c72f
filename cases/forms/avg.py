"""Forms of the AVG desk; what is needed when is in the services.

Guarded by tests/cases/test_avg.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.basis import KwestieForm, lange_tekst
from cases.forms.regels import tijd_veld
from cases.models import AvgVerzoek
from cases.services import moment_on
from cases.services.avg import Verzoek
from tenants.velden import DatumField


class VerzoekForm(KwestieForm):
    """What is asked, by whom, and since when the clock runs."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("vraag",)
    voorwaardelijk: ClassVar[tuple[str, ...]] = ("grondslag",)

    soort = forms.ChoiceField(
        label=_("Wat wil de persoon?"),
        choices=[("", _("Kies")), *AvgVerzoek.Soort.choices],
        error_messages={"required": _("Kies wat de persoon wil.")},
    )
    ontvangen_op = DatumField(
        label=_("Wanneer kwam het verzoek binnen?"),
        help_text=_("Vanaf deze dag is er een maand. Bijvoorbeeld 05-03-2026"),
    )
    vraag = lange_tekst(
        _("Wat vraagt de persoon precies?"),
        required=True,
        help_text=_("De FG leest dit, en niet de kwestie."),
        error_messages={"required": _("Schrijf op wat de persoon vraagt.")},
    )
    bereik = lange_tekst(
        _("Hoe is de persoon te bereiken?"),
        rows=2,
        help_text=_("Alleen wat nodig is om te antwoorden."),
    )
    leeftijd = forms.ChoiceField(
        label=_("Hoe oud is de persoon?"),
        choices=AvgVerzoek.Leeftijd.choices,
        widget=forms.RadioSelect,
        initial="VANAF_16",
    )
    ondertekenaar = forms.ChoiceField(
        label=_("Wie vraagt het?"),
        choices=AvgVerzoek.Tekent.choices,
        widget=forms.RadioSelect,
        initial="ZELF",
        help_text=_("Van 12 tot en met 15 jaar: de jongere en de ouder samen."),
    )
    grondslag = forms.ChoiceField(
        label=_("Waarom hebben we deze gegevens?"),
        choices=[("", _("Kies")), *AvgVerzoek.Grondslag.choices],
        required=False,
        help_text=_(
            "Alleen nodig bij meenemen en bij bezwaar. Meenemen kan alleen bij"
            " toestemming of een overeenkomst. Bezwaar kan alleen bij een taak van"
            " algemeen belang of een gerechtvaardigd belang."
        ),
    )

    def verzoek(self) -> Verzoek:
        data = self.cleaned_data
        names = ("soort", "ontvangen_op", "vraag", "bereik", "leeftijd")
        given = {name: data[name] for name in (*names, "ondertekenaar", "grondslag")}
        return Verzoek(**given)


class KoppelForm(KwestieForm):
    nummer = forms.CharField(
        label=_("Nummer van de kwestie"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "app-short"}),
        help_text=_("Een kwestie van jou."),
        error_messages={"required": _("Vul het nummer van de kwestie in.")},
    )


class IdentiteitForm(KwestieForm):
    vaststelling = forms.ChoiceField(
        label=_("Hoe weet je wie het is?"),
        choices=[
            *AvgVerzoek.Vaststelling.choices,
            ("NOG_NIET", _("Dat weet ik nog niet: ik vraag het na")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe je het weet.")},
    )

    @property
    def code(self) -> str:
        found: str = self.cleaned_data["vaststelling"]
        return "" if found == "NOG_NIET" else found


class BesluitForm(KwestieForm):
    """is_onbekend: nobody knows yet who asks, so it can only be not to be linked."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("motivering",)
    voorwaardelijk: ClassVar[tuple[str, ...]] = ("afwijzing",)
    UITKOMSTEN = ("INGEWILLIGD", "DEELS", "AFGEWEZEN")

    uitkomst = forms.ChoiceField(
        label=_("Wat besluit je?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat je besluit.")},
    )
    afwijzing = forms.ChoiceField(
        label=_("Op welke grond wijs je (een deel) af?"),
        choices=[("", _("Kies")), *AvgVerzoek.Afwijzing.choices],
        required=False,
    )
    motivering = lange_tekst(
        _("Waarom besluit je dit?"),
        required=True,
        help_text=_("De persoon hoort dit ook."),
        error_messages={"required": _("Schrijf op waarom je dit besluit.")},
    )

    def __init__(self, *args: object, is_onbekend: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        codes = ("NIET_TE_KOPPELEN",) if is_onbekend else self.UITKOMSTEN
        field = self.fields["uitkomst"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(code, AvgVerzoek.Stand(code).label) for code in codes]
        if is_onbekend:
            del self.fields["afwijzing"]


class DagForm(KwestieForm):
    datum = DatumField(label=_("Wanneer heb je het verteld?"))


class UitvoerForm(KwestieForm):
    """What was done; wissing and the like also say who else was told (AVG 19)."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("tekst",)
    tekst = lange_tekst(
        _("Wat heb je gedaan?"),
        required=True,
        error_messages={"required": _("Schrijf op wat je hebt gedaan.")},
    )
    ontvangers = forms.ChoiceField(
        label=_("Weet iedereen die de gegevens kreeg dit ook?"),
        choices=AvgVerzoek.Ontvangers.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of wie de gegevens kreeg dit ook weet.")},
    )
    weet_procedure = forms.BooleanField(
        label=_("Er loopt een procedure, en de cliënt weet wat wissen daarvoor doet."),
        required=False,
    )

    def __init__(self, *args: object, soort: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if soort not in ("RECTIFICATIE", "WISSING", "BEPERKING"):
            del self.fields["ontvangers"]
        if soort != "WISSING":
            del self.fields["weet_procedure"]


class VorderingForm(KwestieForm):
    """Who demands what, since when."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("wat",)
    instantie = forms.CharField(
        label=_("Welke instantie vraagt dit?"),
        max_length=160,
        help_text=_("Bijvoorbeeld: Nationale ombudsman, Openbaar Ministerie."),
        error_messages={"required": _("Vul de instantie in.")},
    )
    ontvangen_op = DatumField(label=_("Wanneer kwam de vordering?"))
    wat = lange_tekst(
        _("Wat wordt er gevorderd?"),
        required=True,
        error_messages={"required": _("Schrijf op wat er wordt gevorderd.")},
    )


class DatalekForm(KwestieForm):
    """A minute's work: what happened, and since when it is known."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("wat",)
    wat = lange_tekst(
        _("Wat is er gebeurd?"),
        required=True,
        help_text=_(
            "Om welke gegevens gaat het, en wie kan ze hebben gezien? Geen namen."
        ),
        error_messages={"required": _("Schrijf op wat er is gebeurd.")},
    )
    datum = DatumField(label=_("Op welke dag ontdekte je het?"), initial="vandaag")
    tijd = tijd_veld()

    def moment(self) -> datetime:
        """The moment as typed; without a time of day the start of that day."""
        return moment_on(self.cleaned_data["datum"], self.cleaned_data.get("tijd"))


class BeoordeelForm(KwestieForm):
    vrije_tekst: ClassVar[tuple[str, ...]] = ("tekst",)
    melden = forms.ChoiceField(
        label=_("Moet de Autoriteit Persoonsgegevens dit weten?"),
        choices=[("ja", _("Ja, melden")), ("nee", _("Nee, er is geen risico"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of dit gemeld moet worden.")},
    )
    tekst = lange_tekst(
        _("Waarom?"),
        required=True,
        error_messages={"required": _("Schrijf op waarom.")},
    )


class MeldForm(KwestieForm):
    datum = DatumField(label=_("Op welke dag is het gemeld?"))
    tijd = tijd_veld()
    te_laat = lange_tekst(
        _("Waarom is het na 72 uur?"), rows=2, help_text=_("Alleen als het later is.")
    )

    def moment(self) -> datetime:
        found = moment_on(self.cleaned_data["datum"], self.cleaned_data.get("tijd"))
        return (
            min(found, timezone.now()) if not self.cleaned_data.get("tijd") else found
        )
