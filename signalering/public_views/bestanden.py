"""Files for everybody: PDF, CSV, the feed and the catalogue for data portals."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from signalering import publication, selectors, storage
from signalering.access import publicatie_for
from signalering.public_views.api import csv_file
from signalering.public_views.voorraad import DATA, fresh
from signalering.publication import dcat
from signalering.publication import feed as atom_feed

ATOM = "application/atom+xml; charset=utf-8"


@require_safe
def pdf(request: HttpRequest, pk: UUID) -> FileResponse:
    """The public PDF, exactly as it was printed when established.

    Not in the process of the public pages: it has no way to the folder of the reports.
    """
    found = publicatie_for(pk)
    if not found.pdf:
        raise Http404
    return FileResponse(
        storage.path_of(found.pdf).open("rb"),
        as_attachment=True,
        filename=publication.file_name(found, "pdf"),
        content_type="application/pdf",
    )


@require_safe
@fresh(DATA)
def csv(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All public tables as CSV, or one (?tabel=aard)."""
    found = publicatie_for(pk)
    if found.ingetrokken_op:
        raise Http404
    tabel = request.GET.get("tabel", "")
    if tabel and tabel not in publication.tables_of(publication.figures_of(found)):
        raise Http404
    return csv_file(found, tabel)


@require_safe
@fresh(DATA)
def feed(request: HttpRequest, code: str = "") -> HttpResponse:
    """The Atom feed of everything, or of one opdrachtgever."""
    found = list(selectors.publicaties(opdrachtgever=code).defer("cijfers"))
    if code and not found:
        raise Http404
    van = found[0].opdrachtgever if code else ""
    text = atom_feed.atom(found, van=van, pad=request.path)
    return HttpResponse(text, content_type=ATOM)


@require_safe
@fresh(DATA)
def dcat_jsonld(request: HttpRequest) -> HttpResponse:
    """The catalogue for data portals, as JSON-LD."""
    nodes = dcat.graph(selectors.publicaties().defer("cijfers"))
    return HttpResponse(dcat.as_json_ld(nodes), content_type="application/ld+json")


@require_safe
@fresh(DATA)
def dcat_turtle(request: HttpRequest) -> HttpResponse:
    """The same as Turtle."""
    nodes = dcat.graph(selectors.publicaties().defer("cijfers"))
    content_type = "text/turtle; charset=utf-8"
    return HttpResponse(dcat.as_turtle(nodes), content_type=content_type)
