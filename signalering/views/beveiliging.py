"""The checker's page: what is withheld, why, what it cost and what would help."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from signalering import lifecycle, logboek, selectors
from signalering.access import rapportage_for
from signalering.lifecycle import RapportageError
from signalering.periodes import parse
from signalering.uitleg import TABELLEN, explained
from signalering.views.rapport import place
from tenants.doors import signed_in
from tenants.jobs import enqueue
from tenants.middleware import TenantRequest
from tenants.roles import Recht


@signed_in
@require_GET
def beveiliging(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """Both versions, number by number; names of cells and no withheld number."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.RAPPORTAGE_LEZEN)
    if not found.cijfers_sha256:
        raise Http404
    logboek.beveiliging_gelezen(wie, found)
    rows = selectors.beveiligingen_of(found)
    context = {
        "plek": plek,
        "rapportage": found,
        "periode": parse(found.periode),
        "versies": [explained(found, row) for row in rows],
    }
    return render(request, "signalering/beveiliging.html", context)


@signed_in
@require_POST
def weglaten(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """Try again without a table, after a refusal."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.RAPPORTAGE_MAKEN)
    tabellen = [code for code in request.POST.getlist("tabel") if code in TABELLEN]
    if not tabellen:
        raise Http404
    try:
        job = lifecycle.leave_out(
            actor=wie, tenant_id=plek.id, pk=found.pk, tabellen=tabellen
        )
    except RapportageError as error:
        messages.error(request, str(error))
    else:
        enqueue(job)
        messages.success(request, _("We maken de cijfers opnieuw, zonder die tabel."))
    return redirect("signalering:rapportage", plek.slug, found.pk)
