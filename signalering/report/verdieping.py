"""The deepening of a report, for the commissioning party: short texts and tables.

Invariant: as for the subjects, text and table come from the same cells of one
``PublishableTable``; views that show no number at all are one sentence, not tables of
dashes (tests/signalering/test_verdieping.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from privacy.disclosure import PublishableCell
from signalering.charts import NIET_GETOOND, label_of, toon_getal
from signalering.report import wording
from signalering.report.document import Rapportdocument
from signalering.report.subjects import Rij
from tenants.diensten import ONDER

VOORAF: Final = "vooraf"
# View: title, head of the first column, what is said about it. In order of the report.
BLOKKEN: Final[Mapping[str, tuple[str, str, str]]] = {
    "dienst": (
        "Per dienst",
        "Dienst",
        "U vraagt ons om meer dan één dienst. Elke kwestie hoort bij één dienst.",
    ),
    VOORAF: ("Vóór een formele klacht", "", ""),
    "moment": (
        "Vooraf of achteraf",
        "Wanneer iemand bij ons kwam",
        "Wie vroeg komt, kan vaak nog een besluit of een klacht voorkomen.",
    ),
    "voorkomen": (
        "Een klacht of procedure voorkomen",
        "Is een klacht of procedure voorkomen?",
        "Als een kwestie klaar is, leggen wij vast of onze steun een formele klacht of"
        " procedure voorkwam. Kwesties die nog lopen, tellen hier niet mee.",
    ),
    "gewezen": (
        "Gewezen op cliëntondersteuning",
        "Wees iemand de cliënt op cliëntondersteuning?",
        "Wie zich meldt voor hulp, hoort te horen dat gratis en onafhankelijke"
        " cliëntondersteuning bestaat. Wij vragen of dat is gebeurd.",
    ),
    "stelsel": (
        "Eén wet of meer",
        "Hoeveel wetten",
        "Kwesties over meer dan één wet passen vaak niet bij één loket.",
    ),
    "reden": (
        "Waarom onze ondersteuning nodig was",
        "Reden",
        "Soms leggen wij vast waarom juist onze ondersteuning nodig was. Er kan meer dan"
        " één reden zijn, en niet elke kwestie heeft er een.",
    ),
}
ZONDER_TOTAAL: Final = ("voorkomen", "reden")


@dataclass(frozen=True, slots=True)
class Blok:
    """One view: its text and, when it shows anything, its table (``rijen``)."""

    id: str
    titel: str
    kolom: str
    tekst: tuple[str, ...]
    rijen: tuple[Rij, ...]
    vorige_label: str
    noot: str
    eenheid: str = "Kwesties"


def blokken(document: Rapportdocument) -> list[Blok]:
    """The deepening; empty when the figures hold none of it (a quarter, older ones).

    Views that show no number at all are named together at the end.
    """
    cijfers = document.cijfers
    found, withheld = [], []
    for tabel, (titel, _kolom, _uitleg) in BLOKKEN.items():
        cellen = cijfers.view(tabel)
        if cellen and all(cel.onderdrukt for cel in cellen):
            withheld.append(titel)
        elif cellen and tabel == VOORAF:
            tekst = wording.before_complaint_sentence(cijfers)
            found.append(Blok(VOORAF, titel, "", (tekst,), (), "", ""))
        elif cellen:
            found.append(_blok(document, tabel))
    if withheld:
        tekst = wording.withheld_views_sentence(withheld)
        found.append(Blok("weg", "Wat wij niet tonen", "", (tekst,), (), "", ""))
    return found


def collectief(document: Rapportdocument) -> Blok | None:
    """Work that was about no client in particular (S58); only what there was."""
    cellen = document.cijfers.view("collectief")
    if not cellen:
        return None
    shown = [cel for cel in cellen if cel.kwesties]
    return Blok(
        id="collectief",
        titel="Werk met groepen",
        kolom="Activiteit",
        tekst=(
            wording.participants_sentence(document.cijfers),
            "Dit werk gaat niet over één cliënt en telt niet mee als kwestie. Wij"
            " ronden het aantal deelnemers per bijeenkomst af op vijftallen.",
        ),
        rijen=tuple(_row(document, cel, compare=False) for cel in shown),
        vorige_label="",
        noot="",
        eenheid="Aantal",
    )


def _blok(document: Rapportdocument, tabel: str) -> Blok:
    titel, kolom, uitleg = BLOKKEN[tabel]
    cellen = document.cijfers.view(tabel)
    compare = document.vorige is not None and bool(document.vorige.view(tabel))
    rijen = [
        replace(
            _row(document, cel, compare=compare),
            is_waarvan=_is_part(cel.id, cellen),
        )
        for cel in cellen
    ]
    if tabel not in ZONDER_TOTAAL:
        rijen.append(_total(document, compare=compare))
    return Blok(
        id=f"verdieping-{tabel}",
        titel=titel,
        kolom=kolom,
        tekst=tuple(filter(None, (uitleg, _sentence(document, tabel, cellen)))),
        rijen=tuple(rijen),
        vorige_label=document.vorige_label if compare else "",
        noot=_note(rijen),
    )


def _sentence(
    document: Rapportdocument, tabel: str, cellen: Sequence[PublishableCell]
) -> str:
    """What stands out: the highest shown numbers, for views with names for rows."""
    if tabel not in wording.OVER_VERDIEPING:
        return ""
    named = [
        cel
        for cel in cellen
        if not cel.id.endswith(":ONBEKEND") and not _is_part(cel.id, cellen)
    ]
    over = wording.OVER_VERDIEPING[tabel]
    return wording.ranking_sentence(*over, named, document.labels)


def _is_part(id: str, cellen: Sequence[PublishableCell]) -> bool:
    """A dienst that is counted in a row above it as well (S95)."""
    tabel, _colon, code = id.partition(":")
    whole = f"{tabel}:{ONDER.get(code, code)}_GEHEEL"
    return any(cel.id == whole for cel in cellen)


def _note(rijen: Sequence[Rij]) -> str:
    withheld = any(NIET_GETOOND in (rij.aantal, rij.vorige) for rij in rijen)
    return wording.NIET_ALLES if withheld else ""


def _row(document: Rapportdocument, cel: PublishableCell, *, compare: bool) -> Rij:
    return Rij(
        label=label_of(cel, document.labels),
        aantal=toon_getal(cel.kwesties),
        vorige=_then(document, cel.id) if compare else None,
    )


def _total(document: Rapportdocument, *, compare: bool) -> Rij:
    return Rij(
        label="Alle kwesties",
        aantal=toon_getal(wording.number_of(document.cijfers, "totaal")),
        vorige=_then(document, "totaal") if compare else None,
        is_totaal=True,
    )


def _then(document: Rapportdocument, id: str) -> str | None:
    if document.vorige is None:
        return None
    return toon_getal(wording.number_of(document.vorige, id))
