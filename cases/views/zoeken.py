"""Search. What is found is recorded; what was typed is not, and is in no address."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from cases import access, logboek, selectors
from cases.forms import ZoekForm
from cases.views.antwoorden import form_page, posted
from tenants.doors import SignedRequest, signed_in


@signed_in
@form_page
def zoeken(request: SignedRequest) -> HttpResponse:
    """Everything this person may open that has to do with what was typed."""
    wie = access.caseworker(request.wie)
    form = ZoekForm(posted(request))
    groepen: list[selectors.Groep] = []
    is_gezocht = form.is_bound and form.is_valid()
    if is_gezocht:
        groepen = selectors.search(wie, form.vraag())
        logboek.gezocht(wie, groepen)
    context = {
        "form": form,
        "groepen": groepen,
        "is_gezocht": is_gezocht,
        "meer_plekken": len(selectors.plekken_for(wie)) > 1,
    }
    status = 422 if form.errors else 200
    return render(request, "cases/zoeken.html", context, status=status)
