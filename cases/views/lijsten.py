"""What waits for me, and everything I know of. Showing is recorded."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import access, logboek, selectors, services
from cases.forms import BewaarFilterForm, FilterForm
from cases.services import KwestieError
from cases.views.antwoorden import page
from cases.views.concepten import concept_rows
from tenants.access import Wie
from tenants.doors import SignedRequest, signed_in
from tenants.roles import Recht


@signed_in
@page
def werk(request: SignedRequest) -> HttpResponse:
    """*Mijn werk*: what waits for me, over all my tenants."""
    wie = access.caseworker(request.wie)
    aan_te_vullen, zonder_ondersteuner = selectors.short_lists_of(wie)
    lijsten = {
        "open": selectors.open_kwesties_of(wie),
        "aan_te_vullen": aan_te_vullen,
        "zonder_ondersteuner": zonder_ondersteuner,
    }
    namens = selectors.substituted_kwesties_of(wie)
    shown = [*lijsten.values(), *(n.lijst for n in namens)]
    logboek.werk_getoond(wie, shown)
    context = {
        **lijsten,
        "namens": namens,
        "wachtend": selectors.neglected_kwesties_for(wie),
        "plekken": selectors.plekken_to_register(wie),
        "concepten": concept_rows(wie),
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
        **_kept_filters(wie, form),
        "prev_url": _beside(request.GET, "voor", found.vorige),
        "next_url": _beside(request.GET, "na", found.volgende),
    }
    return render(request, "cases/lijst.html", context)


def _kept_filters(wie: Wie, form: FilterForm) -> dict[str, Any]:
    """Her saved filters, and where to save what is filled in now."""
    zoek = form.zoek()
    own = [
        plek for plek in form.plekken.values() if Recht.KWESTIE_EIGEN in plek.rechten
    ]
    here = [plek for plek in own if plek.slug == form.data.get("tenant")]
    return {
        "filters": [
            (kept, wie.plekken[kept.tenant_id].slug)
            for kept in selectors.filters_of(wie)
        ],
        "zoek": zoek,
        "bewaar_slug": (here or own)[0].slug if zoek and own else "",
    }


@signed_in
@require_POST
def filter_bewaren(request: SignedRequest, slug: str) -> HttpResponse:
    """Keep the view on the list under a name; on to that view."""
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_EIGEN)
    zoek = FilterForm(QueryDict(request.POST.get("zoek", "")), wie=wie).zoek()
    form = BewaarFilterForm(request.POST)
    if not zoek:
        messages.error(request, _("Kies eerst een filter. Dan kun je het bewaren."))
    elif not form.is_valid():
        messages.error(request, _("Geef het filter een naam van hoogstens 60 tekens."))
    else:
        try:
            services.save_filter(
                actor=wie,
                tenant_id=plek.id,
                naam=form.cleaned_data["naam"],
                zoek=zoek,
            )
        except KwestieError as error:
            messages.error(request, error.tekst)
        else:
            messages.success(request, _("Het filter is bewaard."))
    return redirect(f"{reverse('cases:lijst')}?{zoek}")


@signed_in
@require_POST
def filter_weg(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_EIGEN)
    services.delete_filter(actor=wie, tenant_id=plek.id, filter_id=pk)
    messages.success(request, _("Het filter is verwijderd."))
    return redirect("cases:lijst")


@signed_in
@page
def spring(request: SignedRequest) -> HttpResponse:
    """To the kwestie with the number that was typed; else the page says it is not
    there, of what is not hers just as of what does not exist.
    """
    wie = access.caseworker(request.wie)
    tekst = request.GET.get("q", "")[:80]
    found = selectors.kwesties_with_number(wie, tekst)
    if len(found) == 1:
        ((plek, kwestie),) = found
        return redirect("cases:kwestie", slug=plek.slug, pk=kwestie.pk)
    return render(request, "cases/spring.html", {"tekst": tekst, "gevonden": found})


def _beside(query: QueryDict, side: str, plaats: selectors.Plaats | None) -> str:
    if plaats is None:
        return ""
    kept = [(k, v) for k, v in query.items() if v and k not in ("na", "voor")]
    return "?" + urlencode([*kept, (side, str(plaats))])
