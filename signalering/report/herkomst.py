"""Through whom people came, by law (S183): a heat map and its table, in a year.

Invariant: map and table are made from the same cells of one ``PublishableTable``; when
it shows none of them there is a sentence, and no page of dashes
(tests/signalering/test_herkomst.py).
"""

from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from signalering.charts import DRUK, SCHERM, label_of, toon_getal
from signalering.report import wording
from signalering.report.document import Rapportdocument
from signalering.warmtekaart import Reeks, heat_map

HERKOMST: Final = "herkomst"
KRUISING: Final = "herkomst_wet"
ONBEKEND: Final = "herkomst:ONBEKEND"
TITEL: Final = "Via wie mensen bij ons kwamen, per wet"
UITLEG: Final = (
    "Soms leggen wij vast welke instantie of functie iemand naar ons wees, of waar iemand"
    " eerder hulp had. Wetten van de gemeente zijn de Wmo, de Jeugdwet, de"
    " Participatiewet en de wetten voor onderwijs. Zorgwetten zijn de Wlz, de Zvw, de"
    " Wzd, de Wvggz en de Wkkgz. Elke kwestie telt één keer mee."
)
LEZEN: Final = "Hoe donkerder een vak, hoe hoger het aantal."
TE_WEINIG: Final = (
    "Dit waren te weinig kwesties om uit te splitsen naar wet en naar wie mensen naar ons"
    " wees. Anders is misschien iemand te herkennen."
)
NIET_VASTGELEGD: Final = (
    "Bij geen kwestie legden wij in deze periode vast via wie iemand bij ons kwam."
)


@dataclass(frozen=True, slots=True)
class Kaart:
    """The map for paper and for a page that may be narrow, and its table: per row the
    label, each column with its number, and those together."""

    titel: str
    tekst: tuple[str, ...]
    kolommen: tuple[str, ...] = ()
    rijen: tuple[tuple[str, tuple[tuple[str, str], ...], str], ...] = ()
    grafiek: SafeString = SafeString("")
    grafiek_scherm: SafeString = SafeString("")
    noot: str = ""


def kaart(document: Rapportdocument) -> Kaart | None:
    """None when the figures hold nothing of it (half-years, quarters, older years)."""
    marges = document.cijfers.view(HERKOMST)
    cellen = {cel.id: cel for cel in document.cijfers.view(KRUISING)}
    if not cellen:
        return None
    if all(cel.onderdrukt for cel in cellen.values()):
        return Kaart(TITEL, (TE_WEINIG,))
    if all(cel.kwesties == 0 for cel in marges if cel.id != ONBEKEND):
        return Kaart(TITEL, (NIET_VASTGELEGD,))
    wetten = tuple(dict.fromkeys(id.rpartition(".")[2] for id in cellen))
    kolommen = tuple(document.labels[f"wetgroep:{wet}"] for wet in wetten)
    reeksen = [
        Reeks(
            label_of(marge, document.labels),
            tuple(cellen[f"{KRUISING}:{_code(marge.id)}.{wet}"] for wet in wetten),
        )
        for marge in marges
    ]
    rijen = tuple(
        (
            reeks.label,
            tuple(
                (kolom, toon_getal(cel.kwesties))
                for kolom, cel in zip(kolommen, reeks.cellen, strict=True)
            ),
            toon_getal(marge.kwesties),
        )
        for reeks, marge in zip(reeksen, marges, strict=True)
    )
    withheld = any(cel.onderdrukt for cel in (*marges, *cellen.values()))
    titel = TITEL[0].lower() + TITEL[1:]
    return Kaart(
        titel=TITEL,
        tekst=(UITLEG, LEZEN),
        kolommen=kolommen,
        rijen=rijen,
        grafiek=heat_map(titel, kolommen, reeksen, DRUK),
        grafiek_scherm=heat_map(titel, kolommen, reeksen, SCHERM),
        noot=wording.NIET_ALLES if withheld else "",
    )


def _code(id: str) -> str:
    return id.partition(":")[2]
