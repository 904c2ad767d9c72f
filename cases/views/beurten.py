"""Pages on which somebody sees a row and, below it, what is hers to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.forms import KwestieForm
from cases.views.antwoorden import posted, say, succeeds
from tenants.doors import SignedRequest


@dataclass(frozen=True, slots=True)
class Beurt:
    """What this person may do now: the question, its form, the verb, its button."""

    doe: str
    kop: str
    form: KwestieForm
    verb: Callable[[], object]
    knop: str


def mine(request: SignedRequest, doe: str) -> Any:
    """What was sent, when it was sent for this form."""
    data = posted(request)
    return data if data is not None and data.get("doe") == doe else None


def answer(request: SignedRequest, beurten: list[Beurt]) -> bool:
    """Carry out the turn that was sent; False when none was, or a rule said no."""
    for beurt in beurten:
        if beurt.form.is_bound and succeeds(beurt.form, beurt.verb):
            say(request, _("Vastgelegd."), beurt.form)
            return True
    return False


def shown(
    request: SignedRequest, template: str, context: dict[str, Any], answered: bool
) -> HttpResponse:
    bound = [beurt.form for beurt in context["beurten"] if beurt.form.is_bound]
    refused = request.method == "POST" and not answered
    context["form"] = bound[0] if bound else None
    context["is_te_laat"] = refused and not bound
    status = 422 if refused else 200
    return render(request, f"cases/{template}.html", context, status=status)
