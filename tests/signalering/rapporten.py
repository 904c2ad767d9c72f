"""Documents to print in tests: figures are read back from frozen JSON, as in life."""

from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from privacy.disclosure import PublishableTable
from signalering.report import Rapportdocument

AARD = {"FIN": 211, "REL": 197, "ORG": 283, "WEI": 229, "BEH": 149, "OVE": 61}
INHOUD = {
    "Informatie en advies": 641,
    "Ondersteuning": 709,
    "Hulp bij procedures": 191,
    "Verwijzing": 241,
    "Collectief": 0,
}
RESULTAAT = {
    "opgelost": 541,
    "deels": 101,
    "niet": 47,
    "doorverwezen": 127,
    "procedure": 97,
    "beëindigd": 53,
    "gemeld": 43,
    "LOPEND": 121,
}
OPENBAAR: dict[str, int | None] = {
    "totaal": 1130,
    "soort:VRAGEN": 431,
    "soort:KLACHTEN": 699,
    "soort:KLACHT": 173,
    **{f"aard:{code}": aantal for code, aantal in AARD.items()},
    **{f"inhoud:{groep}": aantal for groep, aantal in INHOUD.items()},
    **{f"resultaat:{groep}": aantal for groep, aantal in RESULTAAT.items()},
}
OPDRACHTGEVER: dict[str, int | None] = {
    **OPENBAAR,
    "wet:WMO": 467,
    "wet:JW": 663,
    "kanaal:TEL": 577,
    "kanaal:MAIL": 553,
    "minuten": 8137,
}
LABELS = {
    "totaal": "Alle kwesties",
    "soort:VRAGEN": "Vragen en wensen",
    "soort:KLACHTEN": "Klachten, onvrede en meldingen",
    "soort:KLACHT": "waarvan klachten",
    "aard:FIN": "Financiën",
    "aard:REL": "Relatie",
    "aard:ORG": "Organisatie",
    "aard:WEI": "Weigering",
    "aard:BEH": "Behandeling",
    "aard:OVE": "Overig",
    "resultaat:opgelost": "Opgelost",
    "resultaat:deels": "Deels opgelost",
    "resultaat:niet": "Niet opgelost",
    "resultaat:doorverwezen": "Doorverwezen",
    "resultaat:procedure": "Procedure gestart",
    "resultaat:beëindigd": "Beëindigd",
    "resultaat:gemeld": "Alleen gemeld",
    "resultaat:LOPEND": "Nog lopend",
    "wet:WMO": "Wet maatschappelijke ondersteuning",
    "wet:JW": "Jeugdwet",
    "kanaal:TEL": "Telefoon",
    "kanaal:MAIL": "E-mail",
}


def tabel(
    aantallen: Mapping[str, int | None] | None = None,
    *,
    publiek: str = "opdrachtgever",
    te_weinig: bool = False,
    weg: tuple[str, ...] = (),
) -> PublishableTable:
    """Frozen figures; ``weg`` are withheld, all of them when ``te_weinig``."""
    if aantallen is None:
        aantallen = OPDRACHTGEVER if publiek == "opdrachtgever" else OPENBAAR
    shown = {
        id: None if te_weinig or id in weg else aantal
        for id, aantal in aantallen.items()
    }
    return PublishableTable.from_json(
        {
            "format": "adviespunt-cijfers/1",
            "naam": "proef",
            "k": 5 if publiek == "opdrachtgever" else 10,
            "publiek": publiek,
            "te_weinig": te_weinig,
            "cells": [
                {
                    "id": id,
                    "tabel": id.partition(":")[0],
                    "dims": [id.split(":")] if ":" in id else [],
                    "kwesties": aantal,
                    "onderdrukt": aantal is None,
                }
                for id, aantal in shown.items()
            ],
        }
    )


def rapport(**anders: Any) -> Rapportdocument:
    """A draft for the opdrachtgever over 2025; keywords replace fields."""
    cijfers = anders.pop("cijfers", None) or tabel()
    velden: dict[str, Any] = {
        "rapportage_id": "kenmerk-a",
        "titel": "Signaleringsrapportage",
        "tenant_naam": "Gemeente Voorbeeld",
        "tenant_type": "gemeente",
        "fictief": False,
        "publiek": cijfers.publiek,
        "periode_code": "2025",
        "periode_label": "heel 2025",
        "van": date(2025, 1, 1),
        "tot": date(2026, 1, 1),
        "peildatum": date(2026, 1, 15),
        "versie": 1,
        "drempel": cijfers.k,
        "status": "AANGEBODEN",
        "vastgesteld": False,
        "vastgesteld_op": None,
        "diensten": ("Onafhankelijke cliëntondersteuning",),
        "cijfers": cijfers,
        "vorige": None,
        "vorige_label": "",
        "bevindingen": "Cliënten wachten lang op een gesprek.",
        "aanbevelingen": "Noem bij elke aanvraag een contactpersoon.",
        "bespreking_op": date(2026, 2, 12),
        "bespreking_deelnemers": "de beleidsadviseur en de teamleider",
        "reactie": "Wij herkennen dit beeld.",
        "reactie_door": "beleidsadviseur",
        "cijfers_sha256": cijfers.sha256(),
        "labels": LABELS,
    }
    return Rapportdocument(**{**velden, **anders})


def openbaar(**anders: Any) -> Rapportdocument:
    """The public document of an adopted report; keywords replace fields."""
    velden: dict[str, Any] = {
        "cijfers": tabel(publiek="openbaar"),
        "status": "OPENBAAR_DEELS",
        "vastgesteld": True,
        "vastgesteld_op": date(2026, 3, 3),
        "bevindingen": "",
        "aanbevelingen": "",
        "bespreking_op": None,
        "bespreking_deelnemers": "",
    }
    return rapport(**{**velden, **anders})


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    """All text, with spaces for line breaks."""
    return " ".join(" ".join(pages_of(pdf)).split())


def elements_of(pdf: bytes) -> Iterator[Any]:
    """Every element of the structure tree, in reading order."""
    stack = [PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]]
    while stack:
        element = stack.pop().get_object()
        if isinstance(element, list):
            stack.extend(reversed(element))
        elif hasattr(element, "get"):
            if "/S" in element:
                yield element
            if "/K" in element:
                stack.append(element["/K"])
