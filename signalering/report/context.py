"""What the templates of a document receive.

Invariant: the public template gets its fields through ``openbare_context`` only, so
a chapter added here for the opdrachtgever cannot reach the public by being
forgotten (tests/signalering/test_report.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils import translation
from django.utils.html import format_html

from signalering.charts import toon_getal
from signalering.report import herkomst, subjects, verdieping, wording
from signalering.report.document import (
    Bezwaar,
    Onderzoekregel,
    Rapportdocument,
    Signaalregel,
    openbare_context,
)
from tenants import thema

WATERMERK: Final = "CONCEPT – VERTROUWELIJK"
FICTIEF: Final = "FICTIEVE GEGEVENS"
SOORTEN: Final = {"zorgaanbieder": "Zorgaanbieder", "regio": "Regio"}
KERNCIJFERS: Final = (
    ("totaal", wording.KWESTIES),
    ("soort:VRAGEN", wording.VRAGEN),
    ("soort:KLACHTEN", wording.KLACHTEN),
)


EIGEN_KLEUREN: Final = {
    "merk": "#14606e",
    "merk-donker": "#0d4651",
    "merk-vlak": "#e4eff1",
    "merk-zacht": "#eef5f6",
    "merk-rand": "#8fb6bd",
}
STAPPEN: Final = {
    "merk": "color-default",
    "merk-donker": "color-document",
    "merk-vlak": "bg-hover",
    "merk-zacht": "bg-default",
    "merk-rand": "border-subtle",
}


@dataclass(frozen=True, slots=True)
class Alinea:
    """A paragraph of plain text, then a list when ``punten`` holds anything."""

    tekst: str
    punten: tuple[str, ...] = ()


def context_for(document: Rapportdocument) -> dict[str, object]:
    """Everything the template of this document's audience receives.

    In Dutch whatever the language of the page: the report is a Dutch document.
    """
    with translation.override("nl"):
        return _context(document)


def _context(document: Rapportdocument) -> dict[str, object]:
    context = _shared(document)
    if not document.cijfers.te_weinig:
        context |= _public_subjects(document)
    if not document.is_openbaar:
        context |= _confidential(document)
    context["inhoudsopgave"] = _contents(document, context)
    return openbare_context(**context) if document.is_openbaar else context


def paragraphs(tekst: str) -> tuple[Alinea, ...]:
    """Plain text in paragraphs (blank line between) and lists ("- " or "* ").

    Nothing in the text is markup: the template escapes every part of it.
    """
    alineas: list[Alinea] = []
    for blok in re.split(r"\n\s*\n", tekst.replace("\r\n", "\n").strip()):
        regels = [regel.strip() for regel in blok.split("\n") if regel.strip()]
        gewoon = [regel for regel in regels if not regel.startswith(("- ", "* "))]
        punten = [regel[2:] for regel in regels if regel.startswith(("- ", "* "))]
        if regels:
            alineas.append(Alinea(" ".join(gewoon), tuple(punten)))
    return tuple(alineas)


def _contents(
    document: Rapportdocument, context: Mapping[str, object]
) -> list[tuple[str, str]]:
    """Anchor and title of each chapter of this document."""
    always = {"wij", "leeswijzer"}
    never: set[str] = set()
    if not document.is_openbaar:
        always |= {"bevindingen", "bespreking"}
        never = {"reactie"}  # part of "bespreking"
    return [
        (id, titel)
        for id, titel in subjects.HOOFDSTUKKEN.items()
        if id in always or (context.get(id) and id not in never)
    ]


def _shared(document: Rapportdocument) -> dict[str, object]:
    return {
        "versie_voor": document.publiek,
        "titel": document.titel,
        "documenttitel": _document_title(document),
        "watermerken": _watermarks(document),
        "titelblad": _title_page(document),
        "opdrachtgever": document.tenant_naam,
        "deelnemers": wording.enumerate_nl(document.deelnemers),
        "fictief": document.fictief,
        "drempel": document.drempel,
        "van": wording.datum(document.van),
        "laatste_dag": wording.datum(document.laatste_dag),
        "peildatum": wording.datum(document.peildatum),
        "reactie": paragraphs(document.reactie),
        "reactie_door": document.reactie_door,
        "bezwaar": _objection(document.bezwaar),
        "verantwoording": _account(document),
        "kleuren": colours_of(document.kleur),
        "heeft_logo": bool(document.logo),
    }


def _objection(bezwaar: Bezwaar | None) -> dict[str, object] | None:
    """An objection to publication: its words, what was decided and why."""
    if bezwaar is None:
        return None
    return {
        "tekst": paragraphs(bezwaar.tekst),
        "besluit": wording.objection_sentence(bezwaar.wordt_openbaar, bezwaar.op),
        "waarom": paragraphs(bezwaar.motivering),
    }


def colours_of(kleur: str) -> dict[str, str]:
    """Variables of report.css: our own, or steps of the colour of the opdrachtgever.

    Text on each of them reads well whatever the colour is (``tenants.thema``).
    """
    if not kleur:
        return EIGEN_KLEUREN
    steps = thema.ramp(kleur)
    return {name: steps[step] for name, step in STAPPEN.items()}


def _public_subjects(document: Rapportdocument) -> dict[str, object]:
    return {
        "kort": _in_short(document),
        "aantal": subjects.aantal(document),
        "aard": subjects.aard(document),
        "inhoud": subjects.inhoud(document),
        "resultaat": subjects.resultaat(document),
    }


def _confidential(document: Rapportdocument) -> dict[str, object]:
    """What only the opdrachtgever reads; never part of the public whitelist."""
    op = document.bespreking_op
    context: dict[str, object] = {
        "besproken_op": wording.datum(op) if op else "",
        "besproken_met": document.bespreking_deelnemers.strip().rstrip("."),
    }
    if document.cijfers.te_weinig:
        return context
    return context | {
        "wet": subjects.wet(document),
        "kanaal": subjects.kanaal(document),
        "verdieping": verdieping.blokken(document),
        "herkomstkaart": herkomst.kaart(document),
        "collectief": verdieping.collectief(document),
        "tijd": wording.minutes_sentence(document.cijfers),
        "bevindingen": paragraphs(document.bevindingen),
        "aanbevelingen": paragraphs(document.aanbevelingen),
        "paragrafen": {
            part: {soort: paragraphs(text) for soort, text in texts.items()}
            for part, texts in document.paragrafen.items()
        },
        "signalen": [_signal(document, signaal) for signaal in document.signalen],
        "onderzoeken": [_investigation(each) for each in document.onderzoeken],
        "opvolging": [
            (
                signaal.titel,
                actie.wat,
                actie.wie,
                wording.datum(actie.uiterlijk),
                actie.stand,
            )
            for signaal in document.signalen
            for actie in signaal.acties
        ],
    }


def _signal(document: Rapportdocument, signaal: Signaalregel) -> dict[str, object]:
    """A signal; its only number is one that the report prints anyway."""
    number = wording.number_of(document.cijfers, signaal.cel)
    label = document.labels.get(signaal.cel, "")
    return {
        "titel": signaal.titel,
        "gegevens": [("Onderwerp", signaal.thema), ("Stand", signaal.status)],
        "beeld": paragraphs(signaal.omschrijving),
        "zin": wording.signal_sentence(label, number) if label else "",
        "richting": paragraphs(signaal.verbeterrichting),
        "vraag": paragraphs(signaal.vraag),
    }


def _investigation(regel: Onderzoekregel) -> dict[str, object]:
    op = regel.besproken_op
    facts = [
        ("Aanleiding", regel.aanleiding),
        ("Stand", regel.status),
        ("Besproken op", wording.datum(op) if op else ""),
    ]
    return {
        "titel": regel.titel,
        "gegevens": [(naam, waarde) for naam, waarde in facts if waarde],
        "delen": [
            ("Wat wij wilden weten", paragraphs(regel.vraag)),
            ("Wat wij deden", paragraphs(regel.aanpak)),
            ("Wat eruit kwam", paragraphs(regel.bevindingen)),
            ("Wat wij aanbevelen", paragraphs(regel.aanbevelingen)),
        ],
    }


def _document_title(document: Rapportdocument) -> str:
    versie = "openbare versie" if document.is_openbaar else "versie opdrachtgever"
    return f"{document.titel} – {document.tenant_naam} – {versie}"


def _watermarks(document: Rapportdocument) -> list[str]:
    return [
        *([WATERMERK] if document.is_concept else []),
        *([FICTIEF] if document.fictief else []),
    ]


def _title_page(document: Rapportdocument) -> list[tuple[str, str]]:
    soort = SOORTEN.get(document.tenant_type, "Gemeente")
    van = wording.datum(document.van)
    tot = wording.datum(document.laatste_dag)
    return [
        (soort, document.tenant_naam),
        *_participants(document),
        ("Periode", f"{document.periode_label} ({van} tot en met {tot})"),
        (
            "Dienst" if len(document.diensten) == 1 else "Diensten",
            "; ".join(document.diensten) or "niet vermeld",
        ),
        ("Status", _status(document)),
        ("Versie", str(document.versie)),
        ("Peildatum", wording.datum(document.peildatum)),
        *_code(document),
    ]


def _code(document: Rapportdocument) -> list[tuple[str, str]]:
    """By which anybody can check that this report is real."""
    if not document.controlecode:
        return []
    return [("Controlecode", document.controlecode)]


def _participants(document: Rapportdocument) -> list[tuple[str, str]]:
    """Whose reports a regional one adds up."""
    if not document.deelnemers:
        return []
    return [("Deelnemers", wording.enumerate_nl(document.deelnemers))]


def _status(document: Rapportdocument) -> str:
    status = wording.status_text(document.status)
    if document.vastgesteld_op is None:
        return status
    return f"{status} (vastgesteld op {wording.datum(document.vastgesteld_op)})"


def _in_short(document: Rapportdocument) -> dict[str, object]:
    """Three key figures and at most 150 words."""
    cijfers, labels = document.cijfers, document.labels
    aard = subjects.cells_of(cijfers, "aard", subjects.AARD)
    inhoud = subjects.cells_of(cijfers, "inhoud", subjects.INHOUD)
    resultaat = subjects.cells_of(cijfers, "resultaat", subjects.RESULTAAT)
    return {
        "kerncijfers": [
            _key_figure(wording.number_of(cijfers, id), vorm)
            for id, vorm in KERNCIJFERS
        ],
        "zinnen": [
            wording.total_sentence(cijfers),
            wording.ranking_sentence(*wording.OVER_AARD, aard, labels),
            wording.ranking_sentence(*wording.OVER_INHOUD, inhoud, labels),
            wording.result_sentence(resultaat, labels),
        ],
    }


def _key_figure(aantal: int | None, vorm: wording.Vorm) -> tuple[str, str]:
    enkel, meer = vorm
    label = enkel if aantal == 1 else meer
    return toon_getal(aantal), f"{label} (niet getoond)" if aantal is None else label


def _anonymous(document: Rapportdocument) -> str:
    if document.deelnemers:
        return wording.ANONIEM_REGIO
    return wording.anonymous_sentence(document.cijfers)


def _account(document: Rapportdocument) -> list[tuple[str, str]]:
    """Where the figures come from, and how to check them."""
    bron = wording.BRON_REGIO if document.deelnemers else wording.BRON
    return [
        ("Bron", bron),
        (
            "Peildatum",
            f"{wording.datum(document.peildatum)}. Wat wij daarna registreerden, telt"
            " in dit rapport niet mee.",
        ),
        (
            "Drempel",
            f"Wij tonen een aantal alleen als het over {document.drempel} of meer"
            " verschillende cliënten gaat.",
        ),
        ("Anonieme cliënten", _anonymous(document)),
        (
            "Eerdere rapporten",
            "Cijfers over een eerdere periode nemen wij over zoals zij toen in het"
            " rapport stonden. Wij rekenen ze niet opnieuw uit.",
        ),
        ("Kenmerk", f"{document.rapportage_id}, versie {document.versie}"),
        *_seal(document),
        ("Controlegetal van de cijfers (SHA-256)", document.cijfers_sha256),
    ]


def _seal(document: Rapportdocument) -> list[tuple[str, str]]:
    """What the seal is for, of a report that has one."""
    if not document.controlecode:
        return []
    return [
        (
            "Is dit rapport echt?",
            format_html(
                "Dit bestand heeft een digitaal zegel. Verandert iemand er iets aan, dan"
                ' klopt het zegel niet meer. Controleren kan op <a href="{0}">{0}</a>'
                " met dit bestand, of met de controlecode van de eerste bladzijde.",
                document.controleadres,
            ),
        ),
    ]
