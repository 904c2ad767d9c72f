"""The background of a kwestie in words: the five parts of form, page and print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.afgeleid import (
    buiten_bereik,
    is_preventief,
    is_stelseloverstijgend,
    onderdeel_of,
)
from cases.codelists import codes, label
from cases.models import (
    Achtergrond,
    Effect,
    Initiatief,
    Kwestie,
    Netwerk,
    RedenInzet,
    Uitkomst,
    Waarom,
    Woonsituatie,
)
from cases.selectors.achtergrond import achtergrond_of
from cases.wegwijs import Weg, wegen_for

VRAGEN: dict[str, Any] = {
    "leeftijdsklasse": gettext_lazy("Hoe oud is de cliënt?"),
    "doelgroepen": gettext_lazy("Bij welke doelgroep hoort de cliënt?"),
    "woonsituatie": gettext_lazy("Waar woont de cliënt?"),
    "waarom": gettext_lazy("Waarom is ondersteuning nodig?"),
    "initiatief": gettext_lazy("Wie nam het initiatief?"),
    "herkomst": gettext_lazy("Via wie kwam de cliënt bij ons?"),
    "eerder_geprobeerd": gettext_lazy("Wat is er eerder geprobeerd?"),
    "redenen_inzet": gettext_lazy("Waarom past onze ondersteuning hier?"),
    "netwerk": gettext_lazy("Wie uit het netwerk doet mee?"),
    "functies": gettext_lazy("Welke andere functies zijn betrokken?"),
    "is_conflict": gettext_lazy("Er is een conflict"),
    "gewenste_situatie": gettext_lazy("Hoe ziet de gewenste situatie eruit?"),
    "eerste_stap": gettext_lazy("Wat is een eerste haalbare stap?"),
    "effect_regie": gettext_lazy("Regie over het eigen leven"),
    "effect_zelfredzaamheid": gettext_lazy("Zelf dingen kunnen regelen"),
    "effect_participatie": gettext_lazy("Meedoen"),
}
DELEN: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "client": (
        gettext_lazy("De cliënt"),
        ("leeftijdsklasse", "doelgroepen", "woonsituatie", "waarom"),
    ),
    "begin": (
        gettext_lazy("Hoe het begon"),
        ("initiatief", "herkomst", "eerder_geprobeerd", "redenen_inzet"),
    ),
    "mensen": (
        gettext_lazy("Wie erbij betrokken zijn"),
        ("netwerk", "functies", "is_conflict"),
    ),
    "plan": (
        gettext_lazy("Waar het naartoe gaat"),
        ("gewenste_situatie", "eerste_stap"),
    ),
    "effect": (
        gettext_lazy("Wat het de cliënt oplevert"),
        ("effect_regie", "effect_zelfredzaamheid", "effect_participatie"),
    ),
}
LIJSTEN = {
    "leeftijdsklasse": "leeftijdsklasse",
    "doelgroepen": "doelgroep",
    "functies": "functie",
}
KEUZES: dict[str, type[TextChoices]] = {
    "woonsituatie": Woonsituatie,
    "waarom": Waarom,
    "initiatief": Initiatief,
    "redenen_inzet": RedenInzet,
    "netwerk": Netwerk,
    "effect_regie": Effect,
    "effect_zelfredzaamheid": Effect,
    "effect_participatie": Effect,
}
LEEG: tuple[object, ...] = ("", "ONB", False, None, [])
KORT = 110  # characters of a one-line summary


@dataclass(frozen=True, slots=True)
class Deel:
    """One part: its heading and the questions that have an answer."""

    code: str
    kop: str
    rijen: tuple[tuple[str, str], ...]

    @property
    def samenvatting(self) -> str:
        """The answers on one line; '' when there are none."""
        line = " · ".join(self._short(*row) for row in self.rijen)
        return line if len(line) <= KORT else f"{line[: KORT - 1]}…"

    def _short(self, question: str, answer: str) -> str:
        """The answer, with its question where it would say nothing alone."""
        if answer == _("Ja"):
            return question
        return f"{question}: {answer}" if self.code == "effect" else answer


def delen_of(row: Achtergrond) -> tuple[Deel, ...]:
    """All five parts, also those without an answer."""
    return tuple(
        Deel(code, str(kop), tuple(_rows(row, velden)))
        for code, (kop, velden) in DELEN.items()
    )


def _rows(row: Achtergrond, velden: Iterable[str]) -> Iterable[tuple[str, str]]:
    for veld in velden:
        value = getattr(row, veld)
        if value not in LEEG:
            yield str(VRAGEN[veld]), words(veld, value)


def words(veld: str, value: Any) -> str:
    """An answer as text; 'niet ingevuld' when there is none."""
    if value in LEEG:
        return _("niet ingevuld")
    if veld == "is_conflict":
        return _("Ja")
    parts = value if isinstance(value, list) else [value]
    return "; ".join(_word(veld, part) for part in parts)


def _word(veld: str, code: str) -> str:
    if veld in LIJSTEN:
        return label(LIJSTEN[veld], code)
    if veld in KEUZES:
        return str(KEUZES[veld](code).label)
    if veld == "herkomst":
        return label("functie" if code in codes("functie") else "instantie_type", code)
    if veld == "eerder_geprobeerd":
        instantie, _colon, uitkomst = code.partition(":")
        return f"{label('instantie_type', instantie)}: {Uitkomst(uitkomst).label}"
    return code


def afgeleid_of(kwestie: Kwestie) -> list[tuple[str, str]]:
    """What follows from the codes (S149, S150, S168, S169); [] when nothing does."""
    rows = []
    onderdeel = onderdeel_of(kwestie)
    if onderdeel is not None:
        parts = {
            1: _("1: voor en tijdens zorg die goed loopt"),
            2: _("2: bij een knelpunt"),
        }
        rows.append((_("Onderdeel"), parts[onderdeel]))
    before = is_preventief(kwestie)
    if before is not None:
        said = _("Preventief") if before else _("Achteraf")
        rows.append((_("Moment"), said))
    if is_stelseloverstijgend(kwestie):
        rows.append((_("Stelsels"), _("Gaat over meer dan één wet")))
    return rows


@dataclass(frozen=True, slots=True)
class Achtergrondblok:
    """Everything the page shows of it, and which routes fit (S138).

    buiten: the law the dienst is commissioned for, when this is about others (S144).
    """

    delen: tuple[Deel, ...]
    is_conflict: bool
    afgeleid: tuple[tuple[str, str], ...]
    wegen: tuple[Weg, ...]
    buiten: str


def achtergrond_blok(kwestie: Kwestie) -> Achtergrondblok:
    """The block of this kwestie; one query. Parts without an answer are left out."""
    row = achtergrond_of(kwestie)
    return Achtergrondblok(
        delen=tuple(deel for deel in delen_of(row) if deel.rijen),
        is_conflict=row.is_conflict,
        afgeleid=tuple(afgeleid_of(kwestie)),
        wegen=wegen_for(kwestie),
        buiten=buiten_bereik(kwestie),
    )
