"""What a contact wants to be mailed about, for each of her tenants."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from signalering.forms_openbaar import BerichtenForm
from signalering.lifecycle.berichtkeuzes import choice_of, choose
from signalering.views.plaats import place
from tenants.access import Plek, Wie
from tenants.doors import SignedRequest, signed_in
from tenants.middleware import TenantRequest
from tenants.roles import Recht


@signed_in
@require_GET
def berichten(request: SignedRequest) -> HttpResponse:
    """Every tenant of this contact, with the form of her choice."""
    wie = request.wie
    here = [] if wie.is_medewerker else wie.with_right(Recht.RAPPORTAGE_ONTVANGEN)
    if not here:
        raise Http404
    plekken = sorted((wie.plekken[t] for t in here), key=lambda plek: plek.naam)
    rows = [(plek, _form(wie, plek, None)) for plek in plekken]
    return render(request, "signalering/berichten.html", {"rows": rows})


@signed_in
@require_POST
def berichten_hier(request: TenantRequest, slug: str) -> HttpResponse:
    """Keep the choice for one tenant."""
    wie, plek = place(request)
    if wie.is_medewerker or not wie.may(Recht.RAPPORTAGE_ONTVANGEN, plek.id):
        raise Http404
    form = _form(wie, plek, request.POST)
    if form.is_valid():  # boxes that are ticked or not are always valid
        chosen = {n: form.cleaned_data.get(n, False) for n in form.VELDEN}
        choose(actor=wie, tenant_id=plek.id, **chosen)
        messages.success(request, _("Uw keuze is opgeslagen."))
    return redirect("signalering:berichten")


def _form(wie: Wie, plek: Plek, data: Any) -> BerichtenForm:
    chosen = choice_of(wie, plek.id)
    return BerichtenForm(
        data,
        prefix=plek.slug,
        initial={
            "openbaar": bool(chosen and chosen.openbaar),
        },
    )
