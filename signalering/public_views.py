"""What everybody may see: pages, files and the API, in the ``public`` role."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from signalering import publication, selectors, storage
from signalering.access import publicatie_for
from signalering.documents import public_document
from signalering.forms import CatalogusForm
from signalering.periodes import parse
from signalering.report.context import context_for

PER_PAGE = 25
API_PER_PAGE = 100


@require_safe
def catalogus(request: HttpRequest) -> HttpResponse:
    """Everything that is public, newest period first."""
    filter_form = CatalogusForm(request.GET)
    filter_form.is_valid()
    found = selectors.publicaties(
        opdrachtgever=filter_form.cleaned_data.get("opdrachtgever") or "",
        jaar=filter_form.cleaned_data.get("jaar"),
    ).defer("cijfers")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows: list[dict[str, Any]] = [
        {"publicatie": p, "titel": publication.title(p), "periode": parse(p.periode)}
        for p in page
    ]
    context = {
        "page": page,
        "rows": rows,
        "fictief": any(row["publicatie"].is_fictief for row in rows),
    }
    return render(request, "signalering/openbaar/catalogus.html", context)


@require_safe
def publicatie(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One publication to read; of a withdrawn one the reason (410)."""
    found = publicatie_for(pk)
    context: dict[str, Any] = {
        "publicatie": found,
        "paginatitel": publication.title(found),
        "periode": parse(found.periode),
        "fictief": found.is_fictief,
    }
    if found.ingetrokken_op:
        template = "signalering/openbaar/ingetrokken.html"
        return render(request, template, context, status=410)
    document = public_document(found)
    context |= context_for(document) | {"weinig": document.cijfers.te_weinig}
    return render(request, "signalering/openbaar/publicatie.html", context)


@require_safe
def pdf(request: HttpRequest, pk: UUID) -> FileResponse:
    """The public PDF, exactly as it was printed when established."""
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
def csv(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All public tables as CSV."""
    found = publicatie_for(pk)
    if found.ingetrokken_op:
        raise Http404
    name = publication.file_name(found, "csv")
    return HttpResponse(
        publication.as_csv(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def api_lijst(request: HttpRequest) -> JsonResponse:
    """The catalogue as JSON, a page at a time (?page=2)."""
    found = selectors.publicaties().defer("cijfers")
    page = Paginator(found, API_PER_PAGE).get_page(request.GET.get("page"))
    return _open_data(
        {
            "publicaties": [publication.summary(p) for p in page],
            "aantal": page.paginator.count,
            "pagina": page.number,
            "paginas": page.paginator.num_pages,
        }
    )


@require_safe
def api_publicatie(request: HttpRequest, pk: UUID) -> JsonResponse:
    """One publication with every table; withheld numbers are null."""
    found = selectors.publicatie_by_id(pk)
    if found is None:
        problem = {"type": "about:blank", "title": "Niet gevonden", "status": 404}
        return _open_data(problem, status=404, media="application/problem+json")
    return _open_data(
        publication.detail(found), status=410 if found.ingetrokken_op else 200
    )


def _open_data(
    body: dict[str, Any], status: int = 200, media: str = "application/json"
) -> JsonResponse:
    response = JsonResponse(
        body, status=status, json_dumps_params={"ensure_ascii": False}
    )
    response["Content-Type"] = media
    response["Access-Control-Allow-Origin"] = "*"
    response["API-Version"] = "1.0.0"
    return response
