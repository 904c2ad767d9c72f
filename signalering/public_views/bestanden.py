"""Files for everybody: PDF, CSV, the feed and the catalogue for data portals."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import InvalidPage, Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from signalering import publication, selectors, storage
from signalering.access import publicatie_for
from signalering.public_views.api import csv_file
from signalering.public_views.voorraad import DATA, fresh
from signalering.publication import dcat
from signalering.publication import feed as atom_feed

ATOM = "application/atom+xml; charset=utf-8"
DATASETS = 100  # on a page of the catalogue for data portals


@require_safe
def pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The public PDF, exactly as it was printed when established.

    Out of the folder of what is public, the only one that the process of the public
    pages has.
    """
    found = publicatie_for(pk)
    path = storage.public_path(found.pk)
    if found.ingetrokken_op or not path.is_file():
        raise Http404
    etag = quote_etag(found.pdf_sha256)
    answer = get_conditional_response(request, etag=etag) or FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=publication.file_name(found, "pdf"),
        content_type="application/pdf",
    )
    answer["ETag"], answer["Cache-Control"] = etag, DATA
    return answer


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
    found = selectors.latest_changes(code, atom_feed.MOST)
    if code and not found:
        raise Http404
    van = found[0].opdrachtgever if code else ""
    text = atom_feed.atom(found, van=van, pad=request.path)
    return HttpResponse(text, content_type=ATOM)


@require_safe
@fresh(DATA)
def dcat_jsonld(request: HttpRequest) -> HttpResponse:
    """The catalogue for data portals, as JSON-LD."""
    return HttpResponse(
        dcat.as_json_ld(_nodes(request)), content_type="application/ld+json"
    )


@require_safe
@fresh(DATA)
def dcat_turtle(request: HttpRequest) -> HttpResponse:
    """The same as Turtle."""
    content_type = "text/turtle; charset=utf-8"
    return HttpResponse(dcat.as_turtle(_nodes(request)), content_type=content_type)


def _nodes(request: HttpRequest) -> list[dcat.Node]:
    """One page. Nothing else may be asked: every other address would be made anew."""
    if set(request.GET) - {"page"}:
        raise Http404
    pages = Paginator(selectors.standing_publicaties().defer("cijfers"), DATASETS)
    try:
        page = pages.page(request.GET.get("page", "1"))
    except InvalidPage as wrong:
        raise Http404 from wrong
    blad = dcat.Blad(
        adres=publication.absolute(request.path),
        nummer=page.number,
        laatste=pages.num_pages,
        aantal=pages.count,
        dagen=selectors.days_of_publicaties(),
    )
    return dcat.graph(page.object_list, blad)
