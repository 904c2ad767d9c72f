"""What the forms of casework share: choices from code lists, and free text.

Invariant: a text with a number that can be a BSN is not saved unless the writer says
that it is another number (V9); whatever is refused, everything typed comes back.

Guarded by tests/cases/test_forms.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import codelists
from cases.services import KwestieError
from privacy.herkenning import has_bsn
from privacy.meelezen import DIRECT, Herkend, herkend_in

Choices = list[tuple[str, Any]]
GEEN_NAMEN = gettext_lazy("Schrijf geen namen, adressen of nummers op.")
KOLOMMEN = forms.CheckboxSelectMultiple(attrs={"class": "app-choices--columns"})


def keuzes(lijst: str, *leave_out: str) -> Callable[[], Choices]:
    """Choices of a code list, in the language of the moment."""
    return partial(codelists.choices, lijst, leave_out=leave_out)


def met_leeg(
    choices: Callable[[], Choices], leeg: str | Promise = ""
) -> Callable[[], Choices]:
    """The same with an empty choice on top, for a Select."""
    return lambda: [("", leeg or _("Kies")), *choices()]


def offer_diensten(form: forms.Form, diensten: Sequence[str]) -> None:
    """Ask which dienst only when there is something to choose (S59, S160)."""
    if len(diensten) < 2:
        del form.fields["dienst"]
        return
    form.fields["dienst"].choices = [  # type: ignore[attr-defined]
        (code, codelists.label("dienst", code)) for code in diensten
    ]


def activiteiten() -> Choices:
    """Activities under the groups in which they are reported; the rest last."""
    groups: dict[str, Choices] = {}
    for code, name in codelists.choices("activiteit"):
        group = codelists.publieksgroep("activiteit", code)
        groups.setdefault(group or _("Intern overleg"), []).append((code, name))
    return list(groups.items())


def subaarden(eigen: Iterable[tuple[str, str]] = ()) -> Choices:
    """Further descriptions under their aard; ``eigen``: what the tenant added."""
    groups: dict[str, Choices] = {code: [] for code in codelists.codes("aard")}
    for code, name in [*codelists.choices("subaard"), *eigen]:
        groups[code.partition(".")[0]].append((code, name))
    named = [(codelists.label("aard", a), options) for a, options in groups.items()]
    return [("", _("Geen")), *named]


def ja_nee(**kwargs: Any) -> forms.TypedChoiceField:
    """A question with yes and no: True, False, or None when not answered."""
    return forms.TypedChoiceField(
        choices=[("ja", gettext_lazy("Ja")), ("nee", gettext_lazy("Nee"))],
        coerce=lambda value: value == "ja",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        **kwargs,
    )


def minuten(**kwargs: Any) -> forms.IntegerField:
    kwargs.setdefault("label", gettext_lazy("Hoeveel minuten?"))
    kwargs.setdefault("required", False)
    return forms.IntegerField(
        min_value=0,
        max_value=24 * 60,
        widget=forms.TextInput(attrs={"class": "app-short", "inputmode": "numeric"}),
        error_messages={
            "invalid": gettext_lazy("Vul de minuten in als heel getal."),
            "min_value": gettext_lazy("Vul 0 of meer minuten in."),
            "max_value": gettext_lazy("Vul hoogstens 1440 minuten in."),
        },
        **kwargs,
    )


def lange_tekst(label: Any, rows: int = 4, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("required", False)
    kwargs.setdefault("help_text", GEEN_NAMEN)
    return forms.CharField(
        label=label,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
        **kwargs,
    )


@dataclass(slots=True)
class Meelezen:
    """The typing aid of one field: where it asks, and what it said last."""

    url: str
    herkend: tuple[Herkend, ...] = ()


def sleutel() -> forms.UUIDField:
    """The id of what the form makes, so that sending it twice makes one thing."""
    return forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)


class KwestieForm(forms.Form):
    """A form whose rules may speak through it, with a watch over its free texts.

    vrije_tekst: names of the fields in which people write freely.
    A name or number in a free text that the writer was not shown yet is shown once,
    before it is saved (``gezien``: the hashes of what she saw).
    voorwaardelijk: names of fields that are needed or not by what is chosen
    elsewhere; they are not marked as optional.
    """

    vrije_tekst: ClassVar[tuple[str, ...]] = ()
    voorwaardelijk: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, *args: Any, concept: Mapping[str, list[str]] | None = None, **kwargs: Any
    ) -> None:
        """``concept``: what was typed before (name → values); shown again as it was."""
        super().__init__(*args, **kwargs)
        self.getypt = QueryDict(mutable=True)
        for name, values in (concept or {}).items():
            self.getypt.setlist(name, values)
        for name in [name for name in self.fields if name in self.getypt]:
            widget = self.fields[name].widget
            self.initial[name] = widget.value_from_datadict(self.getypt, {}, name)
        for name in self.vrije_tekst:
            self.fields[name].meelezen = Meelezen(reverse("meelezen"))  # type: ignore[attr-defined]
        if self.vrije_tekst:
            self.fields["geen_bsn"] = forms.BooleanField(
                label=_("Het is geen burgerservicenummer. Bewaar de tekst zo."),
                required=False,
                widget=forms.HiddenInput,
            )

    @classmethod
    def getypt_in(cls, data: QueryDict) -> dict[str, list[str]]:
        """What of ``data`` is in fields of this form: name → values, for a draft."""
        return {n: data.getlist(n) for n in cls.base_fields if n in data}

    @classmethod
    def check_getypt(cls, data: QueryDict) -> None:
        """A draft holds no BSN either (V9). Raises KwestieError."""
        if data.get("geen_bsn"):
            return
        for name in cls.vrije_tekst:
            if any(has_bsn(value) for value in data.getlist(name)):
                raise KwestieError(
                    _(
                        "Niet bewaard: in je tekst staat een getal dat een"
                        " burgerservicenummer kan zijn. Haal het weg."
                    ),
                    name,
                )

    def refuse(self, error: KwestieError) -> None:
        """Show what a rule says, at its field when the form has that."""
        self.add_error(error.veld if error.veld in self.fields else None, error.tekst)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self._texts_with(has_bsn, data):
            # From here on the writer is asked whether it is one.
            self.fields["geen_bsn"].widget = forms.CheckboxInput()
            if not data.get("geen_bsn"):
                self.add_error(
                    name,
                    _(
                        "In deze tekst staat een getal dat een burgerservicenummer kan"
                        " zijn. Dat mag je niet vastleggen. Haal het weg, of vink"
                        " onderaan aan dat het een ander nummer is."
                    ),
                )
        self._show_once(data)
        return data

    def _show_once(self, data: dict[str, Any]) -> None:
        """Refuse a text once when it names somebody and the writer did not see that."""
        seen = set(_gezien_in(self.data))
        for name in self.vrije_tekst:
            found = (
                herkend_in(data.get(name) or "") if name in self.changed_data else ()
            )
            if meelezen := getattr(self.fields.get(name), "meelezen", None):
                meelezen.herkend = found
            if any(_asks_once(w) and w.teken not in seen for w in found):
                self.add_error(
                    name,
                    _(
                        "In deze tekst is misschien iemand te herkennen. Kijk het na"
                        " onder het veld. Wil je het zo laten staan? Sla dan nog een"
                        " keer op."
                    ),
                )

    def _texts_with(
        self, test: Callable[[str], object], data: dict[str, Any]
    ) -> Iterable[str]:
        return [n for n in self.vrije_tekst if n in data and test(data[n] or "")]

    @property
    def is_bsn_akkoord(self) -> bool:
        """The writer said that a number that can be a BSN is something else."""
        data = self.cleaned_data
        return bool(data.get("geen_bsn") and self._texts_with(has_bsn, data))


def _asks_once(word: Herkend) -> bool:
    # A number that passes the 11-proof stops the text anyway.
    return word.soort in DIRECT and not word.is_bsn


def _gezien_in(data: Any) -> list[str]:
    """The hashes of the words that were on the screen of the writer."""
    many = getattr(data, "getlist", None)
    return list(many("gezien")) if many else list(data.get("gezien", ()))
