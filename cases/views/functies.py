"""Who does what, and what our words mean: for colleagues and for everybody."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import access
from cases.begrippen import begrippen as words
from cases.codelists import label
from cases.forms.kaart import FunctieForm
from cases.functies import matrix, wetten
from cases.keuzehulp import keuzehulp
from cases.selectors.kaart import functies_at, functies_for
from cases.services.kaart import add_functie, end_functie
from cases.views.antwoorden import form_page, page, posted, say, succeeds
from tenants.access import Refused
from tenants.doors import SignedRequest, signed_in
from tenants.middleware import TenantRequest
from tenants.roles import Recht


@page
def wie_doet_wat(request: TenantRequest) -> HttpResponse:
    """The table of functions; colleagues also see what their tenants added (S182)."""
    wie = request.wie
    added = functies_for(wie) if wie is not None and wie.is_medewerker else ()
    plekken = wie.with_right(Recht.TENANT_BEHEREN) if wie is not None else ()
    context = {
        "hulp": keuzehulp(),
        "rijen": matrix(added),
        "wetten": wetten(),
        "beheert": [wie.plekken[t] for t in plekken] if wie is not None else [],
    }
    return render(request, "public/wie_doet_wat.html", context)


@page
def begrippen(request: TenantRequest) -> HttpResponse:
    """Our words, each with an anchor."""
    return render(request, "public/begrippen.html", {"begrippen": words()})


@signed_in
@form_page
def functies(request: SignedRequest, slug: str) -> HttpResponse:
    """What a tenant added to the table, and adding to it."""
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.TENANT_BEHEREN)
    form = FunctieForm(posted(request))
    if succeeds(
        form,
        lambda: add_functie(
            actor=wie,
            tenant_id=plek.id,
            naam=form.cleaned_data["naam"],
            wet=form.cleaned_data["wet"],
            bereik=form.cleaned_data["bereik"],
        ),
    ):
        say(request, _("De functie staat in het overzicht."), form)
        return redirect("cases:functies", slug=plek.slug)
    rows = [
        (row, label("wet", row.wet), label("matrix_bereik", row.bereik))
        for row in functies_at(plek.id)
    ]
    context = {"form": form, "plek": plek, "rijen": rows}
    status = 422 if form.errors else 200
    return render(request, "cases/functies.html", context, status=status)


@signed_in
@require_POST
def functie_einde(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """No longer shown; that it was shown stays."""
    plek = access.plek_with(request.wie, request.plek, Recht.TENANT_BEHEREN)
    try:
        end_functie(actor=request.wie, tenant_id=plek.id, pk=pk)
    except Refused as error:
        raise Http404 from error
    messages.success(request, _("De functie staat niet meer in het overzicht."))
    return redirect("cases:functies", slug=plek.slug)
