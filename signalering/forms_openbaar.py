"""Shape of what visitors and programs ask of the public catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signalering.documents import cell_labels
from signalering.models import Publicatie
from signalering.periodes import PATTERN, parse
from signalering.report import subjects


def _ids(tabel: str, codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{tabel}:{code}" for code in codes)


# The four public subjects, each with what can be counted in it (S34-S37).
GROEPEN: Final = (
    (
        gettext_lazy("Vragen en klachten"),
        ("soort:VRAGEN", "soort:KLACHTEN", "soort:KLACHT"),
    ),
    (gettext_lazy("Aard"), _ids("aard", subjects.AARD)),
    (gettext_lazy("Inhoud van de ondersteuning"), _ids("inhoud", subjects.INHOUD)),
    (gettext_lazy("Resultaat"), _ids("resultaat", subjects.RESULTAAT)),
)
DELEN: Final = (
    ("", gettext_lazy("Alle perioden")),
    ("Q1", gettext_lazy("Eerste kwartaal")),
    ("Q2", gettext_lazy("Tweede kwartaal")),
    ("Q3", gettext_lazy("Derde kwartaal")),
    ("Q4", gettext_lazy("Vierde kwartaal")),
    ("H1", gettext_lazy("Eerste half jaar")),
    ("H2", gettext_lazy("Tweede half jaar")),
    ("JAAR", gettext_lazy("Heel jaar")),
)


def onderwerpen() -> list[str]:
    """Ids of all cells that one can search on."""
    return [id for _naam, ids in GROEPEN for id in ids]


class CatalogusForm(forms.Form):
    """Search in the public catalogue."""

    mark_optional = False
    zoek = forms.CharField(
        label=gettext_lazy("Gemeente of zorgaanbieder"), required=False, max_length=100
    )
    jaar = forms.TypedChoiceField(
        label=gettext_lazy("Jaar"), required=False, coerce=int, empty_value=None
    )
    deel = forms.ChoiceField(
        label=gettext_lazy("Periode"), required=False, choices=DELEN
    )
    onderwerp = forms.ChoiceField(label=gettext_lazy("Onderwerp"), required=False)
    opdrachtgever = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, jaren: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = cell_labels()
        self._choices("jaar").choices = [
            ("", _("Alle jaren")),
            *((str(jaar), str(jaar)) for jaar in jaren),
        ]
        self._choices("onderwerp").choices = [
            ("", _("Alle onderwerpen")),
            *(
                (str(naam), [(id, labels[id]) for id in ids if id in labels])
                for naam, ids in GROEPEN
            ),
        ]

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        return field

    @property
    def filters(self) -> dict[str, Any]:
        """What ``selectors.publicaties`` takes; after ``is_valid``."""
        return {name: self.cleaned_data[name] for name in self.fields}

    def label_of(self, onderwerp: str) -> str:
        return cell_labels().get(onderwerp, "") if onderwerp else ""


class VergelijkForm(forms.Form):
    """Which other period of the same opdrachtgever."""

    mark_optional = False
    met = forms.TypedChoiceField(
        label=gettext_lazy("Vergelijk met"),
        error_messages={
            "required": gettext_lazy("Kies een periode."),
            "invalid_choice": gettext_lazy("Kies een periode uit de lijst."),
        },
    )

    def __init__(
        self, *args: Any, anderen: Iterable[Publicatie], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        by_id = {str(p.pk): p for p in anderen}
        field = self.fields["met"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101
        field.choices = [(pk, parse(p.periode).label) for pk, p in by_id.items()]
        field.coerce = by_id.__getitem__


class ApiFilterForm(forms.Form):
    """The query of the API; every message says what to do."""

    opdrachtgever = forms.SlugField(
        required=False,
        error_messages={"invalid": gettext_lazy("Geef de code, zoals arnhem.")},
    )
    zoek = forms.CharField(required=False, max_length=100)
    jaar = forms.IntegerField(
        required=False,
        min_value=2000,
        max_value=2100,
        error_messages={"invalid": gettext_lazy("Geef een jaar, zoals 2025.")},
    )
    periode = forms.RegexField(
        rf"^{PATTERN.pattern}$",
        required=False,
        max_length=7,
        error_messages={"invalid": gettext_lazy("Geef 2025-Q3, 2025-H1 of 2025.")},
    )
    onderwerp = forms.CharField(required=False, max_length=40)
    page = forms.IntegerField(
        required=False,
        min_value=1,
        error_messages={"invalid": gettext_lazy("Geef een getal.")},
    )
    pageSize = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=100,
        error_messages={"invalid": gettext_lazy("Geef een getal.")},
    )

    def clean_onderwerp(self) -> str:
        onderwerp: str = self.cleaned_data["onderwerp"]
        if onderwerp and onderwerp not in onderwerpen():
            known = ", ".join(onderwerpen())
            raise forms.ValidationError(_("Kies uit: %(ids)s.") % {"ids": known})
        return onderwerp

    @property
    def filters(self) -> dict[str, Any]:
        """What ``selectors.publicaties`` takes; after ``is_valid``."""
        paging = ("page", "pageSize")
        return {n: self.cleaned_data[n] for n in self.fields if n not in paging}


class BerichtenForm(forms.Form):
    """Of what a contact wants to be told by mail."""

    VELDEN: ClassVar = ("openbaar",)
    mark_optional = False
    openbaar = forms.BooleanField(
        label=gettext_lazy(
            "Mail mij als er een rapport openbaar wordt of wordt ingetrokken"
        ),
        required=False,
    )
