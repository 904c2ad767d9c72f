"""Shape of what people fill in about reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy.meelezen import Herkend
from signalering.lifecycle import (
    MOST_WORDS,
    REDENEN,
    Toegestaan,
    herkenbaar,
    toe_te_staan,
)
from signalering.medewerkers import rolwoorden
from signalering.periodes import closed_periods
from tenants.access import Plek
from tenants.models import Opdracht, Telafspraak
from tenants.velden import DatumField


class NieuweRapportageForm(forms.Form):
    """Which closed period the report is about."""

    periode = forms.ChoiceField(
        label=gettext_lazy("Over welke periode?"),
        help_text=gettext_lazy("Alleen perioden die voorbij zijn."),
        error_messages={"required": gettext_lazy("Kies een periode.")},
    )

    def __init__(self, *args: Any, plek: Plek, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opdracht = Opdracht.objects.filter(tenant_id=plek.id).order_by("-van").first()
        frequentie = opdracht.rapportagefrequentie if opdracht else "jaar"
        field = self.fields["periode"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        closed = closed_periods(frequentie, timezone.localdate())
        # What ended last comes first, a quarter before the year that ended with it.
        closed.sort(key=lambda p: (p.tot, p.van), reverse=True)
        field.choices = [(p.code, f"{p.label} ({p.code})") for p in closed]


@dataclass(slots=True)
class Meelezen:
    """The typing aid of one field: where it asks, and what it said last."""

    url: str
    herkend: tuple[Herkend, ...] = ()


class RapportTekstForm(forms.Form):
    """Texts that are printed: what may tell who somebody is, stops them.

    tekst_velden: the fields that are read; leest_mee: also while they are typed (the
    door for that is for colleagues only). Words that a person says are nobody's are
    ticked, with the reason (``woorden``, ``waarom``).
    """

    tekst_velden: ClassVar[tuple[str, ...]] = ()
    leest_mee: ClassVar[bool] = True

    def __init__(self, *args: Any, plek: Plek, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plek = plek
        self.fields["woorden"] = forms.MultipleChoiceField(
            label=_("Welke woorden wijzen naar niemand?"),
            required=False,
            widget=forms.MultipleHiddenInput,
        )
        self.fields["waarom"] = forms.ChoiceField(
            label=_("Waarom mogen die blijven staan?"),
            choices=[("", _("Kies")), *REDENEN.items()],
            required=False,
            widget=forms.HiddenInput,
        )
        for name in self.tekst_velden:
            self._read(name, ())

    def _read(self, name: str, found: tuple[Herkend, ...]) -> None:
        field = self.fields[name]
        url = reverse("meelezen") if self.leest_mee else ""
        field.meelezen = Meelezen(url, found)  # type: ignore[attr-defined]

    def _clean_fields(self) -> None:
        # What can be ticked is what is in the texts as they were sent.
        words = self.fields["woorden"]
        assert isinstance(words, forms.MultipleChoiceField)  # noqa: S101
        raw = [self[name].data or "" for name in self.tekst_velden]
        found = toe_te_staan(herkenbaar(self.plek.naam, raw))
        words.choices = [(word.teken, f"{word.tekst} ({word.wat})") for word in found]
        super()._clean_fields()  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        tekens, reden = data.pop("woorden", None) or [], data.pop("waarom", "")
        data["toegestaan"] = Toegestaan(frozenset(tekens), reden)
        found = {name: self._found(data, name) for name in self.tekst_velden}
        words = self.fields["woorden"]
        assert isinstance(words, forms.MultipleChoiceField)  # noqa: S101
        if words.choices:
            words.widget = forms.CheckboxSelectMultiple()
            words.widget.choices = words.choices
            waarom = self.fields["waarom"]
            assert isinstance(waarom, forms.ChoiceField)  # noqa: S101
            waarom.widget = forms.Select()
            waarom.widget.choices = waarom.choices
        for name, all_of_it in found.items():
            self._read(name, all_of_it)
            self._refuse(name, [w for w in all_of_it if w.teken not in set(tekens)])
        if tekens and not reden:
            self.add_error("waarom", _("Kies waarom deze woorden mogen blijven staan."))
        return data

    def _found(self, data: dict[str, Any], name: str) -> tuple[Herkend, ...]:
        value = data.get(name) or ""
        lines = value if isinstance(value, list) else [value]
        return herkenbaar(self.plek.naam, lines)

    def _refuse(self, name: str, words: list[Herkend]) -> None:
        if not words:
            return
        self.add_error(
            name,
            _(
                "Hieraan is misschien iemand te herkennen: %(woorden)s. Haal dit weg."
                " Is een woord geen naam en wijst het naar niemand? Vink het dan"
                " onderaan aan en kies waarom."
            )
            % {"woorden": ", ".join(dict.fromkeys(word.tekst for word in words))},
        )


class ToetsForm(forms.Form):
    """What the second person declares when signing."""

    personen = forms.BooleanField(
        label=gettext_lazy(
            "In de teksten staat niets dat naar een persoon of los geval wijst."
        ),
        error_messages={
            "required": gettext_lazy("Lees de teksten en bevestig dit, of stuur terug.")
        },
    )
    cijfers = forms.BooleanField(
        label=gettext_lazy(
            "Ik heb beide versies gezien. Kleine aantallen zijn er niet in te zien."
        ),
        error_messages={
            "required": gettext_lazy("Bekijk beide versies en bevestig dit.")
        },
    )


class BesprekingForm(RapportTekstForm):
    """The meeting with the commissioning party."""

    tekst_velden = ("deelnemers", "verslag")

    datum = DatumField(
        label=gettext_lazy("Wanneer was de bespreking?"),
        help_text=gettext_lazy("Bijvoorbeeld 05-03-2026, vandaag of gisteren"),
    )
    deelnemers = forms.CharField(
        label=gettext_lazy("Wie waren erbij namens de opdrachtgever?"),
        help_text=gettext_lazy("Functies, elk op een eigen regel. Geen namen."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Vul minstens één functie in.")},
    )
    verslag = forms.CharField(
        label=gettext_lazy("Kort verslag"),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": gettext_lazy("Schrijf kort op wat er is besproken.")
        },
    )

    def clean_deelnemers(self) -> list[str]:
        lines = self.cleaned_data["deelnemers"].splitlines()
        found = [line.strip()[:120] for line in lines if line.strip()]
        if not found:
            raise forms.ValidationError(_("Vul minstens één functie in."))
        return found


class ReactieForm(RapportTekstForm):
    """The commissioning party's own words; printed as they are.

    Nothing about one colleague goes into a report (S101): a name stops it, like any
    name; a role that may be one person's asks for a second look (``gelezen``).
    """

    tekst_velden = ("tekst", "functie", "bezwaar")
    leest_mee = False

    tekst = forms.CharField(
        label=gettext_lazy("Uw reactie"),
        help_text=gettext_lazy(
            "Hoogstens 500 woorden. Wij nemen uw reactie letterlijk over in het"
            " rapport. Noem geen namen van inwoners of medewerkers. Heeft u een klacht"
            " over een medewerker? Die gaat naar de directie van het Adviespunt."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": gettext_lazy("Schrijf uw reactie op.")},
    )
    functie = forms.CharField(
        label=gettext_lazy("Uw functie"),
        max_length=120,
        help_text=gettext_lazy(
            "Uw functie komt bij de reactie te staan, niet uw naam."
        ),
        error_messages={"required": gettext_lazy("Vul uw functie in.")},
    )
    is_akkoord = forms.BooleanField(
        label=gettext_lazy("Wij vinden het goed dat het rapport deels openbaar wordt."),
        required=False,
    )
    bezwaar = forms.CharField(
        label=gettext_lazy("Heeft u bezwaar tegen openbaar maken? Schrijf dan waarom."),
        help_text=gettext_lazy(
            "Wij besluiten erover en leggen uit waarom. Uw bezwaar en ons besluit komen"
            " in het rapport te staan, net als uw reactie. Noem geen namen."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    gelezen = forms.BooleanField(
        label=gettext_lazy(
            "Ik heb mijn reactie nog eens gelezen. Die gaat niet over één medewerker."
        ),
        required=False,
        widget=forms.HiddenInput,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        is_read = data.pop("gelezen", False)
        words = rolwoorden(data.get("tekst") or "")
        if words:
            self.fields["gelezen"].widget = forms.CheckboxInput()
        if words and not is_read:
            self.add_error(
                "gelezen",
                _(
                    "U noemt: %(woorden)s. Noem geen medewerkers; klachten over een"
                    " medewerker gaan naar de directie. Gaat het niet over één"
                    " medewerker? Lees uw reactie na en vink dit aan."
                )
                % {"woorden": ", ".join(words)},
            )
        return data

    def _refuse(self, name: str, words: list[Herkend]) -> None:
        super()._refuse(name, words)
        if any(word.soort == "PERSOON" for word in words):
            self.add_error(
                name,
                _(
                    "Noem geen medewerkers; klachten over een medewerker gaan naar de"
                    " directie."
                ),
            )

    def clean_bezwaar(self) -> str:
        bezwaar: str = self.cleaned_data["bezwaar"].strip()
        if bezwaar and self.cleaned_data.get("is_akkoord"):
            raise forms.ValidationError(
                _("Kies: u vindt openbaar maken goed, of u heeft bezwaar.")
            )
        return bezwaar

    def clean_tekst(self) -> str:
        tekst: str = self.cleaned_data["tekst"]
        words = len(tekst.split())
        if words > MOST_WORDS:
            raise forms.ValidationError(
                _("Uw reactie heeft %(n)s woorden. Maak er hoogstens %(most)s van.")
                % {"n": words, "most": MOST_WORDS}
            )
        return tekst


class RedenForm(forms.Form):
    """Why a report is withdrawn or kept confidential."""

    reden = forms.CharField(
        label=gettext_lazy("Waarom?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Schrijf de reden op.")},
    )


class TelwijzeForm(forms.Form):
    """How anonymous kwesties count as clients, and why."""

    wijze = forms.ChoiceField(
        label=gettext_lazy("Hoe tellen anonieme kwesties mee bij de drempel?"),
        choices=Telafspraak.Wijze.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies hoe anonieme kwesties tellen.")},
    )
    reden = forms.CharField(
        label=gettext_lazy("Waarom?"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Hoe weet je dat anonieme bellers verschillende mensen zijn? Noem niemand."
        ),
        error_messages={
            "required": gettext_lazy("Schrijf op waarom."),
            "min_length": gettext_lazy("Schrijf iets meer op: waarom kan dit?"),
        },
    )
