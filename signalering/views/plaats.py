"""What every page about a report begins with: who asks, for which tenant, and what the
chapters on screen need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from signalering.documents import document_for
from signalering.lifecycle import RapportageError
from signalering.models import Rapportage
from signalering.periodes import parse
from signalering.report.context import context_for
from tenants.access import Plek, Refused, Wie
from tenants.middleware import TenantRequest


def place(request: TenantRequest) -> tuple[Wie, Plek]:
    """Who asks and for which tenant; 404 when there is no such place."""
    if request.wie is None or request.plek is None:
        raise Http404
    return request.wie, request.plek


def screen(found: Rapportage, publiek: str) -> dict[str, Any]:
    """What the chapters of the report need, and that they are there."""
    document = document_for(found, publiek)
    te_weinig = document.cijfers.te_weinig
    return {**context_for(document), "heeft_cijfers": True, "weinig": te_weinig}


def form_page(
    request: TenantRequest,
    template: str,
    found: Rapportage,
    form: Any,
    *,
    status: int = 0,
    **more: Any,
) -> HttpResponse:
    """A page with one form about a report; 422 when it was not filled in well, unless
    the caller says otherwise."""
    context = {
        "form": form,
        "plek": request.plek,
        "rapportage": found,
        "periode": parse(found.periode),
        **more,
    }
    status = status or (422 if form.is_bound else 200)
    return render(request, f"signalering/{template}.html", context, status=status)


def carried_out(
    request: TenantRequest, form: Any, verb: Callable[..., object], said: str
) -> bool:
    """Whether the form was sent, filled in well, and ``verb`` did what it asks.

    verb: called with what was filled in, by name. Why it could not be done is told at
    the form; who may not do it gets 404.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        verb(**form.cleaned_data)
    except Refused as error:
        raise Http404 from error
    except RapportageError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, said)
    return True
