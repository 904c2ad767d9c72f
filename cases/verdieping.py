"""What a report over half a year or a year shows besides the four subjects.

For the commissioning party only, and never over a quarter: a quarter in this detail
would take it from the longer periods (docs/disclosure.md). Each view either adds up to
the total, or counts each cell by itself (``reden``, and ``collectief`` which is about
no client at all).

Guarded by tests/cases/test_verdieping.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from cases import codelists
from cases.afgeleid import PREVENTIEF
from cases.models.achtergrond import RedenInzet
from cases.models.collectief import AFRONDING
from privacy.disclosure import CountCell, Relation
from tenants.diensten import ONDER, with_parts

JA, NEE, ONBEKEND = "JA", "NEE", "ONBEKEND"
TABELLEN = (
    *("dienst", "vooraf", "moment", "stelsel", "gewezen", "voorkomen", "reden"),
    "collectief",
)
MULTI = ("reden",)
HOEVEELHEDEN = ("collectief",)
# Read of each kwestie for this, in this order.
KOLOMMEN = ("dienst", "fase", "wetten", "gewezen_op_oco", "procedure_voorkomen")
# Cells that exist and can be worked out, and are never shown.
VERBORGEN = ("vooraf:NEE",)
GROEPEN, DEELNEMERS = "groepen", "deelnemers"
OVERLEG = "INT"
# A dienst with everything that is a part of it (S95): code of the sum, by its own code.
GEHEEL: Mapping[str, str] = {code: f"{code}_GEHEEL" for code in ONDER.values()}

LABELS: Mapping[str, str] = {
    "vooraf:JA": "Vóór een formele klacht",
    "moment:PREVENTIEF": "Vóór een besluit, of vóór een klacht of bezwaar",
    "moment:CURATIEF": "Na een besluit, of tijdens een klacht of bezwaar",
    "moment:ONBEKEND": "Niet vastgelegd",
    "stelsel:MEER": "Meer dan één wet",
    "stelsel:EEN": "Eén wet, of nog niet bepaald",
    "gewezen:JA": "Ja",
    "gewezen:NEE": "Nee",
    "gewezen:ONBEKEND": "Niet bekend of niet gevraagd",
    "voorkomen:JA": "Ja",
    "voorkomen:NEE": "Nee",
    "voorkomen:ONBEKEND": "Niet bekend of niet gevraagd",
    "collectief:groepen": "Alle bijeenkomsten met groepen",
    "collectief:deelnemers": "Deelnemers, afgerond op vijftallen",
    "collectief:INT": "Overleg over wat wij zien",
}


@dataclass(frozen=True, slots=True)
class Rij:
    """The codes of one kwestie that the deepening looks at."""

    soort: str
    wet: str
    is_klaar: bool
    dienst: str
    fase: str
    wetten: tuple[str, ...]
    gewezen: str
    voorkomen: str

    def cells(self) -> Iterator[tuple[str, str]]:
        """(view, code) of each cell in which this kwestie counts."""
        yield "dienst", self.dienst
        if self.soort != "KLACHT":  # those have a cell of their own, soort:KLACHT
            yield "vooraf", JA if self._is_before_complaint() else NEE
        before = PREVENTIEF.get(self.fase)
        moment = {None: ONBEKEND, True: "PREVENTIEF", False: "CURATIEF"}[before]
        yield "moment", moment
        wetten = {self.wet, *self.wetten} - {"ONBEKEND"}
        yield "stelsel", "MEER" if len(wetten) > 1 else "EEN"
        yield "gewezen", answer(self.gewezen)
        if self.is_klaar:  # the others are in resultaat:LOPEND
            yield "voorkomen", answer(self.voorkomen)

    def _is_before_complaint(self) -> bool:
        """As ``cases.afgeleid.is_voor_klacht`` (S40)."""
        return self.soort == "ONVREDE" or self.fase == "KNELP"


def answer(value: str) -> str:
    """Yes, no, or anything else: not known. Old registers write it in their own way."""
    value = value.upper()
    return value if value in (JA, NEE) else ONBEKEND


def parts(diensten: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The views by code, in order; ``dienst`` only where there are more of them."""
    answers = (JA, NEE, ONBEKEND)
    found = {
        "vooraf": (JA, NEE),
        "moment": ("PREVENTIEF", "CURATIEF", ONBEKEND),
        "stelsel": ("MEER", "EEN"),
        "gewezen": answers,
        "voorkomen": answers,
        "reden": tuple(RedenInzet.values),
    }
    return ({"dienst": _diensten()} if len(diensten) > 1 else {}) | found


def _diensten() -> tuple[str, ...]:
    """The codes, a part right after its whole."""
    loose = (code for code in codelists.codes("dienst") if code not in ONDER)
    return tuple(part for code in loose for part in with_parts(code))


def wholes(diensten: Collection[str]) -> tuple[str, ...]:
    """Of what was commissioned, those that come with a part: shown together, and of
    that each part (S95)."""
    return tuple(w for w in GEHEEL if set(with_parts(w)) <= set(diensten))


def whole_of(dienst: str) -> str:
    """The sum in which a dienst counts as well; "" when there is none."""
    return GEHEEL.get(ONDER.get(dienst, dienst), "")


def codes(diensten: Collection[str]) -> Iterator[tuple[str, str]]:
    """(view, code) of every cell but those about no client; a whole before its parts."""
    together = wholes(diensten)
    for tabel, own in parts(diensten).items():
        for code in own:
            if tabel == "dienst" and code in together:
                yield tabel, GEHEEL[code]
            yield tabel, code


def relations(diensten: Collection[str]) -> Iterator[Relation]:
    """How the views add up, with the cells of others that are a part of them."""
    for whole in wholes(diensten):
        of = tuple(f"dienst:{part}" for part in with_parts(whole))
        yield Relation(f"dienst:{GEHEEL[whole]}", of)
    more = {"vooraf": ("soort:KLACHT",), "voorkomen": ("resultaat:LOPEND",)}
    for tabel, codes in parts(diensten).items():
        if tabel not in MULTI:
            own = tuple(f"{tabel}:{code}" for code in codes)
            yield Relation("totaal", (*own, *more.get(tabel, ())))


def collective_cells(numbers: Mapping[str, int]) -> Iterator[CountCell]:
    """Cells about no client: by kind of activity, and how many took part.

    ``numbers``: by code of the activity, GROEPEN and DEELNEMERS.
    """
    for code in (*soorten(), GROEPEN, DEELNEMERS, OVERLEG):
        number = numbers.get(code, 0)
        dims = (("collectief", code),)
        yield CountCell(f"collectief:{code}", "collectief", dims, number, 0)


def soorten() -> tuple[str, ...]:
    """The kinds of work with groups."""
    return tuple(c for c in codelists.codes("activiteit") if c.startswith("COL."))


def rounded(aantal: int | None) -> int:
    """How many took part, as it is shown; the sum of these is all that is counted."""
    return AFRONDING * round((aantal or 0) / AFRONDING)


def labels(language: str | None = None) -> dict[str, str]:
    """Label of every cell of the deepening that a report can show."""
    found = dict(LABELS)
    for code in codelists.codes("dienst"):
        found[f"dienst:{code}"] = codelists.label("dienst", code, language)
    for code, whole in GEHEEL.items():
        found[f"dienst:{whole}"] = f"{found[f'dienst:{code}']}, alles samen"
    for reden in RedenInzet:
        found[f"reden:{reden.value}"] = str(reden.label)
    for code in soorten():
        found[f"collectief:{code}"] = codelists.label("activiteit", code, language)
    return found
