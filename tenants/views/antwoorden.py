"""How pages about people answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from tenants.forms.mensen import BeheerForm
from tenants.fouten import RegelFout

page = require_safe
form_page = require_http_methods(["GET", "HEAD", "POST"])


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def succeeds(form: BeheerForm, verb: Callable[[], object]) -> bool:
    """Carry out ``verb`` when the form is sent and valid; a rule that says no speaks
    on the form.
    """
    if not form.is_bound or not form.is_valid():
        return False
    try:
        verb()
    except RegelFout as error:
        form.refuse(error)
        return False
    return True


def show(
    request: HttpRequest, template: str, form: BeheerForm, **context: Any
) -> HttpResponse:
    """A page with one form; 422 when it was refused."""
    status = 422 if form.errors else 200
    context |= {"form": form}
    return render(request, f"tenants/{template}.html", context, status=status)
