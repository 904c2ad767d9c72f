"""What waits for me, and everything I know of. Showing is recorded."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from cases import access, logboek, selectors
from cases.forms import FilterForm
from cases.views.antwoorden import page
from tenants.doors import SignedRequest, signed_in


@signed_in
@page
def werk(request: SignedRequest) -> HttpResponse:
    """*Mijn werk*: what waits for me, over all my tenants."""
    wie = access.caseworker(request.wie)
    lijsten = {
        "open": selectors.open_kwesties_of(wie),
        "aan_te_vullen": selectors.incomplete_kwesties_of(wie),
        "zonder_ondersteuner": selectors.unassigned_kwesties_for(wie),
    }
    logboek.werk_getoond(wie, lijsten.values())
    context = {
        **lijsten,
        "plekken": selectors.plekken_to_register(wie),
    }
    return render(request, "cases/werk.html", context)


@signed_in
@page
def lijst(request: SignedRequest) -> HttpResponse:
    """All kwesties I know of, newest first, narrowed by the filters."""
    wie = access.caseworker(request.wie)
    form = FilterForm(request.GET, wie=wie)
    narrowed = form.filter()
    found = selectors.Lijst(())
    if narrowed is not None:
        na = selectors.Plaats.parse(request.GET.get("na", ""))
        voor = selectors.Plaats.parse(request.GET.get("voor", ""))
        found = selectors.kwesties_for(wie, narrowed, na=na, voor=voor)
    logboek.kwesties_getoond(wie, found)
    context = {
        "filter": form,
        "lijst": found,
        "is_gefilterd": narrowed != selectors.Filter(),
        "meer_plekken": len(form.plekken) > 1,
        "prev_url": _beside(request.GET, "voor", found.vorige),
        "next_url": _beside(request.GET, "na", found.volgende),
    }
    return render(request, "cases/lijst.html", context)


def _beside(query: QueryDict, side: str, plaats: selectors.Plaats | None) -> str:
    if plaats is None:
        return ""
    kept = [(k, v) for k, v in query.items() if v and k not in ("na", "voor")]
    return "?" + urlencode([*kept, (side, str(plaats))])
