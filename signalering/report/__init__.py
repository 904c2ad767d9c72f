"""The printed signaleringsrapportage: from a frozen document to HTML to PDF.

Invariant: what is printed comes from a ``Rapportdocument``, and its numbers from a
``PublishableTable``; free text is escaped and reaches no network or file
(tests/signalering/test_report.py, tests/signalering/test_printing.py).
"""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils import translation

from signalering.report.context import context_for
from signalering.report.document import (
    NietOpenbaar,
    Rapportdocument,
    openbare_context,
)
from signalering.report.printing import (
    Grenzen,
    PrintFailed,
    PrintRefused,
    print_html,
    warm_up,
)

__all__ = [
    "Grenzen",
    "NietOpenbaar",
    "PrintFailed",
    "PrintRefused",
    "Rapportdocument",
    "openbare_context",
    "print_html",
    "print_pdf",
    "print_pdfs",
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
        return render_to_string(f"report/{template}.html", context_for(document))


def print_pdf(document: Rapportdocument) -> bytes:
    """The report as a tagged PDF (PDF/UA-1). Same document, same bytes.

    Raises ``PrintFailed`` (or its ``PrintRefused``) when there is no PDF.
    """
    return print_pdfs([document])[0]


def print_pdfs(documents: Sequence[Rapportdocument]) -> list[bytes]:
    """The artefacts of one report, printed side by side; all of them or none."""
    return print_html([render_html(document) for document in documents])
