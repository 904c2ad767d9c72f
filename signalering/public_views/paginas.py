"""Pages for everybody: search, read, compare; and the language they are in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_safe

from signalering import publication, selectors
from signalering.access import publicatie_for
from signalering.documents import public_document
from signalering.forms_openbaar import CatalogusForm, VergelijkForm
from signalering.models import Publicatie
from signalering.periodes import parse
from signalering.public_views.voorraad import PAGINA, fresh
from signalering.report.context import context_for

PER_PAGE = 25


@require_safe
@fresh(PAGINA)
def catalogus(request: HttpRequest) -> HttpResponse:
    """Everything that is public, newest period first; searched."""
    form = CatalogusForm(request.GET or None, jaren=selectors.publicatiejaren())
    filters = form.filters if form.is_valid() else {}
    found = selectors.publicaties(**filters)
    onderwerp = filters.get("onderwerp", "")
    if not onderwerp:
        found = found.defer("cijfers")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [_row(publicatie, onderwerp) for publicatie in page]
    context = {
        "filter": form,
        "zoekt": any(filters.values()),
        "onderwerp": form.label_of(onderwerp),
        "page": page,
        "rows": rows,
        "fictief": any(row["publicatie"].is_fictief for row in rows),
    }
    return render(request, "signalering/openbaar/catalogus.html", context)


def _row(publicatie: Publicatie, onderwerp: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "publicatie": publicatie,
        "titel": publication.title(publicatie),
        "periode": parse(publicatie.periode),
    }
    if onderwerp:
        figures = publication.figures_of(publicatie)
        row["aantal"] = figures.printed.get(onderwerp)
    return row


@require_safe
@fresh(PAGINA)
def publicatie(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One publication to read; of a withdrawn one the reason (410)."""
    found = publicatie_for(pk)
    context = _about(found)
    if found.ingetrokken_op:
        template = "signalering/openbaar/ingetrokken.html"
        return render(request, template, context, status=410)
    document = public_document(found)
    others = list(selectors.other_periods_of(found).defer("cijfers"))
    context |= context_for(document) | {
        "weinig": document.cijfers.te_weinig,
        "tabellen": publication.tables_of(document.cijfers),
        "vergelijk": VergelijkForm(anderen=others) if others else None,
    }
    return render(request, "signalering/openbaar/publicatie.html", context)


def _about(found: Publicatie) -> dict[str, Any]:
    return {
        "publicatie": found,
        "paginatitel": publication.title(found),
        "periode": parse(found.periode),
        "fictief": found.is_fictief,
    }


@require_safe
@fresh(PAGINA)
def vergelijken(request: HttpRequest, pk: UUID) -> HttpResponse:
    """This period beside another one of the same opdrachtgever."""
    found = publicatie_for(pk)
    others = list(selectors.other_periods_of(found))
    form = VergelijkForm(request.GET or None, anderen=others)
    context = _about(found) | {"form": form, "anderen": others}
    if form.is_bound and form.is_valid():
        other = form.cleaned_data["met"]
        context["vergelijking"] = publication.compare(found, other)
    template = "signalering/openbaar/vergelijken.html"
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, context, status=status)


@require_safe
def taal(request: HttpRequest) -> HttpResponse:
    """Remember the language and go back: without a session, and without a form token,
    so that a page can be kept for everybody.
    """
    back = request.GET.get("terug", "")
    here = {request.get_host()}
    if not url_has_allowed_host_and_scheme(back, here, request.is_secure()):
        back = reverse("signalering:openbaar")
    answer = HttpResponseRedirect(back)
    chosen = request.GET.get("taal", "")
    if check_for_language(chosen) and chosen in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    answer["Cache-Control"] = "no-store"
    return answer
