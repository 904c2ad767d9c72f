"""Writing findings and recommendations, and seeing beside it who will read what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from signalering import lifecycle
from signalering.access import rapportage_for
from signalering.documents import document_for
from signalering.forms_tekst import TekstForm, initial_of
from signalering.lifecycle import RapportageError, herkenbaar
from signalering.models import Publiek, Rapportage, Status
from signalering.report.context import context_for
from signalering.views.plaats import form_page, place
from tenants.doors import signed_in
from tenants.jobs import enqueue
from tenants.middleware import TenantRequest
from tenants.roles import Recht


@signed_in
def tekst(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """Write the texts of a concept; ``actie=voorbeeld`` shows them and saves nothing."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.RAPPORTAGE_MAKEN)
    initial = initial_of(found.bevindingen, found.aanbevelingen, found.paragrafen)
    form = TekstForm(request.POST or None, initial=initial, plek=plek)
    publiek = _chosen(request)
    if request.POST.get("actie") == "voorbeeld":
        context = preview(found, form, publiek)
        return form_page(request, "tekst", found, form, status=200, **context)
    if request.method == "POST" and form.is_valid():
        try:
            _row, job = lifecycle.edit_texts(
                actor=wie, tenant_id=plek.id, pk=found.pk, **form.texts()
            )
        except RapportageError as error:
            form.add_error(None, str(error))
        else:
            enqueue(job)
            messages.success(request, _("De tekst is opgeslagen."))
            return redirect("signalering:rapportage", plek.slug, found.pk)
    return form_page(request, "tekst", found, form, kijk=publiek)


@signed_in
@require_POST
def tekst_voorbeeld(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """The preview by itself, while somebody types."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.RAPPORTAGE_MAKEN)
    if found.status != Status.CONCEPT:
        raise Http404
    form = TekstForm(request.POST, plek=plek)
    context = preview(found, form, _chosen(request))
    return render(request, "signalering/tekst_voorbeeld.html", context)


def preview(found: Rapportage, form: TekstForm, publiek: str) -> dict[str, Any]:
    """The chapters as this audience would read them with the texts as typed, and the
    words that stand in the way of saving."""
    typed = form.typed()
    parts = [text for per in typed["paragrafen"].values() for text in per.values()]
    words = herkenbaar(
        form.plek.naam, [typed["bevindingen"], typed["aanbevelingen"], *parts]
    )
    context: dict[str, Any] = {
        "kijk": publiek,
        "voorbeeld": True,
        "herkend": list(dict.fromkeys(word.tekst for word in words)),
    }
    if not found.cijfers:
        return context
    document = document_for(found, publiek)
    if publiek == Publiek.OPDRACHTGEVER:
        kept = {
            part: {soort: text for soort, text in per.items() if text}
            for part, per in typed["paragrafen"].items()
            if any(per.values())
        }
        document = replace(document, **{**typed, "paragrafen": kept})
    chapters = context_for(document)
    return {
        **chapters,
        **context,
        "heeft_cijfers": True,
        "weinig": document.cijfers.te_weinig,
    }


def _chosen(request: TenantRequest) -> str:
    """Whose eyes were chosen: one of Publiek."""
    chosen = request.POST.get("kijk", "")
    return chosen if chosen in Publiek.values else Publiek.OPDRACHTGEVER.value
