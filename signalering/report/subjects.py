"""The subjects of a report: for each a text, a chart and a table.

Invariant: text, chart and table of a subject are made from the same cells of one
``PublishableTable``; the column of an earlier period holds what was printed then
(tests/signalering/test_report.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.utils.safestring import SafeString

from privacy.disclosure import PublishableCell, PublishableTable
from signalering.charts import (
    DRUK,
    DRUK_LANG,
    NIET_GETOOND,
    SCHERM,
    bar_chart,
    label_of,
    toon_getal,
)
from signalering.report import wording
from signalering.report.document import Rapportdocument

# S35: these six, in the order of the founding text.
AARD: Final = ("FIN", "REL", "ORG", "WEI", "BEH", "OVE")
# S130 and S37: the groups in which support and results are made public.
INHOUD: Final = (
    *("Informatie en advies", "Ondersteuning", "Hulp bij procedures"),
    *("Verwijzing", "Collectief"),
)
RESULTAAT: Final = (
    *("opgelost", "deels", "niet", "doorverwezen", "procedure"),
    *("beëindigd", "gemeld", "LOPEND"),
)
WAARVAN: Final = ("soort:KLACHT",)
# With more bars than this a chart is drawn closer: chart and table share a page.
VEEL: Final = 10
# Chapters in the order of the report; one that is not there is not in the contents.
HOOFDSTUKKEN: Final = {
    "kort": "In het kort",
    "wij": "Wie wij zijn en hoe wij onafhankelijk werken",
    "leeswijzer": "Leeswijzer",
    "aantal": "Aantal kwesties",
    "aard": "Aard van de kwesties",
    "inhoud": "Inhoud van de ondersteuning",
    "resultaat": "Resultaat van de ondersteuning",
    "wet": "Wetten waar kwesties over gaan",
    "kanaal": "Hoe mensen ons bereiken",
    "verdieping": "Verdieping",
    "collectief": "Werk met groepen",
    "tijd": "Tijd voor ondersteuning",
    "bevindingen": "Bevindingen en aanbevelingen",
    "signalen": "Signalen",
    "onderzoeken": "Eigen onderzoek",
    "opvolging": "Opvolging van toezeggingen",
    "bespreking": "Bespreking en reactie",
    "reactie": "Reactie van de opdrachtgever",
    "verantwoording": "Verantwoording",
}


@dataclass(frozen=True, slots=True)
class Rij:
    """One row of a table: label, what was printed now, and what was printed then."""

    label: str
    aantal: str
    vorige: str | None
    uitleg: str = ""
    is_waarvan: bool = False
    is_totaal: bool = False


@dataclass(frozen=True, slots=True)
class Onderwerp:
    """A subject: what it shows, its chart and its table (``rijen``).

    ``grafiek`` is drawn for paper, ``grafiek_scherm`` for a page that may be narrow.
    ``is_lang``: many rows, drawn closer so that chart and table share a page.
    Without a number to show there are no ``rijen``: a sentence, no table of dashes.
    """

    id: str
    titel: str
    kolom: str
    tekst: tuple[str, ...]
    grafiek: SafeString
    grafiek_scherm: SafeString
    rijen: tuple[Rij, ...]
    vorige_label: str
    noot: str
    is_lang: bool

    @property
    def heeft_uitleg(self) -> bool:
        return any(rij.uitleg for rij in self.rijen)

    @property
    def heeft_rijkoppen(self) -> bool:
        """Whether the first column heads the row: with one number it only names it."""
        return self.heeft_uitleg or bool(self.vorige_label)


def cells_of(
    cijfers: PublishableTable, tabel: str, codes: Sequence[str]
) -> list[PublishableCell]:
    """The cells of a view in a fixed order; codes not in that order come last."""
    plaats = {f"{tabel}:{code}": nummer for nummer, code in enumerate(codes)}
    return sorted(cijfers.view(tabel), key=lambda cel: plaats.get(cel.id, len(plaats)))


def aantal(document: Rapportdocument) -> Onderwerp:
    """S34: how many, and which of them questions and complaints."""
    cijfers = document.cijfers
    return _subject(
        document,
        "aantal",
        "Soort kwestie",
        cells_of(cijfers, "soort", ("VRAGEN", "KLACHTEN", "KLACHT")),
        (
            wording.total_sentence(cijfers),
            wording.complaint_sentence(cijfers),
            wording.comparison_sentence(
                cijfers, document.vorige, document.vorige_label
            ),
        ),
    )


def aard(document: Rapportdocument) -> Onderwerp:
    """S35: the six, always in this order, zeros and withheld ones included."""
    cellen = cells_of(document.cijfers, "aard", AARD)
    ranking = wording.ranking_sentence(*wording.OVER_AARD, cellen, document.labels)
    return _subject(
        document,
        "aard",
        "Aard",
        cellen,
        (
            "De aard laat zien waar een kwestie over gaat. Elke kwestie telt één keer"
            " mee.",
            wording.join_sentences(
                ranking, wording.zero_sentence(cellen, document.labels)
            ),
        ),
    )


def inhoud(document: Rapportdocument) -> Onderwerp:
    """S36: what the supporters did; a kwestie may count more than once."""
    cellen = cells_of(document.cijfers, "inhoud", INHOUD)
    ranking = wording.ranking_sentence(*wording.OVER_INHOUD, cellen, document.labels)
    return _subject(
        document,
        "inhoud",
        "Wat wij deden",
        cellen,
        (
            "Hier ziet u wat onze cliëntondersteuners deden, en bij hoeveel kwesties.",
            wording.multiple_sentence(document.cijfers, cellen),
            wording.join_sentences(
                ranking, wording.zero_sentence(cellen, document.labels)
            ),
        ),
        met_totaal=False,
    )


def resultaat(document: Rapportdocument) -> Onderwerp:
    """S37: how support ended, with those that had not ended yet."""
    cellen = cells_of(document.cijfers, "resultaat", RESULTAAT)
    return _subject(
        document,
        "resultaat",
        "Resultaat",
        cellen,
        (
            "Het resultaat laat zien hoe onze ondersteuning eindigde. Het is geen"
            " oordeel over wie gelijk had. Elke kwestie telt één keer mee. Kwesties"
            " die op de peildatum niet klaar waren, staan bij ‘nog lopend’.",
            wording.merged_sentence(cellen),
            wording.result_sentence(cellen, document.labels),
        ),
    )


def wet(document: Rapportdocument) -> Onderwerp | None:
    """For the opdrachtgever only; None when the figures hold no view by law."""
    cellen = document.cijfers.view("wet")
    if not cellen:
        return None
    if _shows_nothing(document, cellen):
        return _withheld(document, "wet", cellen)
    return _subject(
        document,
        "wet",
        "Wet",
        cellen,
        (
            "Bij elke kwestie leggen wij vast welke wet het belangrijkst is. Elke"
            " kwestie telt één keer mee.",
            wording.merged_sentence(cellen),
            wording.ranking_sentence(*wording.OVER_WET, cellen, document.labels),
        ),
    )


def kanaal(document: Rapportdocument) -> Onderwerp | None:
    """For the opdrachtgever only; None when the figures hold no view by channel."""
    cellen = document.cijfers.view("kanaal")
    if not cellen:
        return None
    if _shows_nothing(document, cellen):
        return _withheld(document, "kanaal", cellen)
    return _subject(
        document,
        "kanaal",
        "Kanaal",
        cellen,
        (
            "Hier ziet u hoe het eerste contact over een kwestie ontstond.",
            wording.merged_sentence(cellen),
            wording.ranking_sentence(*wording.OVER_KANAAL, cellen, document.labels),
        ),
    )


def _shows_nothing(
    document: Rapportdocument, cellen: Sequence[PublishableCell]
) -> bool:
    """Whether every number is withheld, now and in the earlier report."""
    return all(
        cel.onderdrukt and _then(document, cel.id) in (None, NIET_GETOOND)
        for cel in cellen
    )


def _withheld(
    document: Rapportdocument, id: str, cellen: Sequence[PublishableCell]
) -> Onderwerp:
    """A subject of which no number is shown: why not, instead of a page of dashes."""
    return Onderwerp(
        id=id,
        titel=HOOFDSTUKKEN[id],
        kolom="",
        tekst=(_note(document, cellen, ()),),
        grafiek=SafeString(""),
        grafiek_scherm=SafeString(""),
        rijen=(),
        vorige_label="",
        noot="",
        is_lang=False,
    )


def _subject(
    document: Rapportdocument,
    id: str,
    kolom: str,
    cellen: Sequence[PublishableCell],
    tekst: tuple[str, ...],
    *,
    met_totaal: bool = True,
) -> Onderwerp:
    titel = HOOFDSTUKKEN[id]
    is_lang = len(cellen) > VEEL
    rijen = [_row(document, cel) for cel in cellen]
    if met_totaal:
        rijen.append(_total_row(document))
    klein = titel[0].lower() + titel[1:]
    draw = partial(bar_chart, klein, cellen, document.labels, ingesprongen=WAARVAN)
    return Onderwerp(
        id=id,
        titel=titel,
        kolom=kolom,
        tekst=tuple(filter(None, tekst)),
        grafiek=draw(vorm=DRUK_LANG if is_lang else DRUK),
        grafiek_scherm=draw(vorm=SCHERM),
        rijen=tuple(rijen),
        vorige_label=document.vorige_label if document.vorige is not None else "",
        noot=_note(document, cellen, rijen),
        is_lang=is_lang,
    )


def _note(
    document: Rapportdocument,
    cellen: Sequence[PublishableCell],
    rijen: Sequence[Rij],
) -> str:
    """What is said under a table in which a number, or every number, is withheld."""
    if cellen and all(cel.onderdrukt for cel in cellen):
        is_quarter = "-Q" in document.periode_code
        return wording.NIET_IN_KWARTAAL if is_quarter else wording.NIET_DEZE_TABEL
    withheld = any(NIET_GETOOND in (rij.aantal, rij.vorige) for rij in rijen)
    return wording.NIET_ALLES if withheld else ""


def _row(document: Rapportdocument, cel: PublishableCell) -> Rij:
    return Rij(
        label=label_of(cel, document.labels),
        aantal=toon_getal(cel.kwesties),
        vorige=_then(document, cel.id),
        uitleg=wording.UITLEG.get(cel.id, ""),
        is_waarvan=cel.id in WAARVAN,
    )


def _total_row(document: Rapportdocument) -> Rij:
    return Rij(
        label="Alle kwesties",
        aantal=toon_getal(wording.number_of(document.cijfers, "totaal")),
        vorige=_then(document, "totaal"),
        is_totaal=True,
    )


def _then(document: Rapportdocument, id: str) -> str | None:
    """What was printed in the earlier report; "–" when nothing was."""
    if document.vorige is None:
        return None
    return toon_getal(wording.number_of(document.vorige, id))
