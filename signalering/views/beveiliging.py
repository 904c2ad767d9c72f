"""The checker's page: what is withheld, why, what it cost and what would help."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.counts import GROEPEN
from signalering import lifecycle, logboek, selectors
from signalering.access import rapportage_for
from signalering.lifecycle import RapportageError
from signalering.lifecycle.opzet import ONGELEZEN
from signalering.periodes import parse
from signalering.uitleg import TABELLEN, explained
from signalering.views.plaats import place
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
        "mag_opzet": wie.may(Recht.RAPPORTAGE_MAKEN, plek.id)
        and found.status in ONGELEZEN,
    }
    return render(request, "signalering/beveiliging.html", context)


@signed_in
@require_POST
def weglaten(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """Try again without a table, or with a table in fewer groups, after a refusal."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.RAPPORTAGE_MAKEN)
    try:
        job = lifecycle.leave_out(
            actor=wie, tenant_id=plek.id, pk=found.pk, **_design(request)
        )
    except RapportageError as error:
        messages.error(request, str(error))
    else:
        enqueue(job)
        messages.success(request, _("We maken de cijfers opnieuw, met deze opzet."))
    return redirect("signalering:rapportage", plek.slug, found.pk)


@signed_in
@require_POST
def opzet(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """A new version with another design, in the place of an unread concept."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.RAPPORTAGE_MAKEN)
    try:
        made, job = lifecycle.redesign(
            actor=wie, tenant_id=plek.id, pk=found.pk, **_design(request)
        )
    except RapportageError as error:
        messages.error(request, str(error))
        return redirect("signalering:rapportage", plek.slug, found.pk)
    enqueue(job)
    messages.success(request, _("We maken een nieuwe versie, met deze opzet."))
    return redirect("signalering:rapportage", plek.slug, made.pk)


def _design(request: TenantRequest) -> dict[str, list[str]]:
    """Tables to leave out and tables to merge; 404 when neither is named."""
    tabellen = [code for code in request.POST.getlist("tabel") if code in TABELLEN]
    samen = [code for code in request.POST.getlist("samen") if code in GROEPEN]
    if not tabellen and not samen:
        raise Http404
    return {"tabellen": tabellen, "samengevoegd": samen}
