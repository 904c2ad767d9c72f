"""The printed signaleringsrapportage: from a frozen document to HTML to PDF.

Invariant: what is printed comes from a ``Rapportdocument``, and its numbers from a
``PublishableTable``; free text is escaped and reaches no network or file
(tests/signalering/test_report.py, tests/signalering/test_printing.py).
"""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils import translation

from signalering import charts, warmtekaart
from signalering.certificaat import Sleutelplek, require_valid
from signalering.report.bijlagen import bijlagen_of, knelpunten_csv
from signalering.report.context import context_for
from signalering.report.document import (
    Actieregel,
    Bezwaar,
    NietOpenbaar,
    Onderzoekregel,
    Rapportdocument,
    Signaalregel,
    openbare_context,
)
from signalering.report.printing import (
    Asset,
    Drukwerk,
    Grenzen,
    PrintFailed,
    PrintRefused,
    print_all,
    print_html,
    warm_up,
)
from signalering.report.sealing import seal
from tenants import thema

__all__ = [
    "Actieregel",
    "Bezwaar",
    "Grenzen",
    "NietOpenbaar",
    "Onderzoekregel",
    "PrintFailed",
    "PrintRefused",
    "Rapportdocument",
    "Signaalregel",
    "knelpunten_csv",
    "openbare_context",
    "print_html",
    "print_pdf",
    "print_pdfs",
    "print_sealed",
    "render_html",
    "warm_up",
]


def render_html(document: Rapportdocument) -> str:
    """The report as one HTML page with its print style inside; Dutch, always.

    For the printer, not for a browser: its inline style breaks the policy of the
    pages.
    """
    template = "te_weinig" if document.cijfers.te_weinig else document.publiek
    with translation.override("nl"):
        html = render_to_string(f"report/{template}.html", context_for(document))
    return _recolour(html, document.kleur) if document.kleur else html


def _recolour(html: str, kleur: str) -> str:
    """The bars of the charts in the colour of the opdrachtgever.

    Quotes in a text are escaped, so what is replaced stands in a drawing only.
    """
    steps = thema.ramp(kleur)
    for ours, step in (
        (charts.STAAF, "color-default"),
        (charts.STAAF_INGESPRONGEN, "border-default"),
    ):
        html = html.replace(f'fill="{ours}"', f'fill="{steps[step]}"')
    for ours, deel in zip(warmtekaart.TINTEN, warmtekaart.DELEN, strict=True):
        theirs = warmtekaart.tint(steps["color-default"], deel)
        html = html.replace(f'fill="{ours}"', f'fill="{theirs}"')
    return html


def print_pdf(document: Rapportdocument) -> bytes:
    """The report as a tagged PDF (PDF/A-3a, PDF/UA-1) with its figures inside. Same
    document, same bytes.

    Raises ``PrintFailed`` (or its ``PrintRefused``) when there is no PDF.
    """
    return print_pdfs([document])[0]


def print_pdfs(documents: Sequence[Rapportdocument]) -> list[bytes]:
    """The artefacts of one report, printed side by side; all of them or none."""
    return print_all(
        [
            Drukwerk(render_html(each), bijlagen_of(each), each.controlecode)
            for each in documents
        ],
        assets=_logos(documents),
    )


def print_sealed(
    documents: Sequence[Rapportdocument], plek: Sleutelplek
) -> list[bytes]:
    """As ``print_pdfs``, and sealed; every document has a ``controlecode``.

    Raises ``CertificaatFout`` when there is no valid certificate, or the key of it.
    """
    require_valid(plek)  # before the work of printing
    pdfs = print_pdfs(documents)
    codes = [document.controlecode for document in documents]
    if not all(codes):
        raise ValueError("a report without a code is not sealed")
    return seal(list(zip(pdfs, codes, strict=True)), plek)


def _logos(documents: Sequence[Rapportdocument]) -> dict[str, Asset]:
    """The one picture a report can hold: the logo of its opdrachtgever, our own PNG."""
    logos = [document.logo for document in documents if document.logo]
    return {"logo": Asset(logos[0], "image/png")} if logos else {}
