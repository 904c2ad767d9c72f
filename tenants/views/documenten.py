"""Documents for clients, and a look at the public page before it holds."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tenants.beheer import pagina
from tenants.beheer.begintekst import BEGIN
from tenants.beheer.documenten import documents, establish_document, save_document
from tenants.doors import SignedRequest, signed_in
from tenants.forms.publiek import DocumentForm
from tenants.models import OpenbaarDocument
from tenants.models.beheer import Stand
from tenants.publiek import in_force
from tenants.views.opdrachtgevers import form_page, place

Soort = OpenbaarDocument.Soort


@signed_in
@require_safe
def documenten(request: SignedRequest, slug: str) -> HttpResponse:
    """The kinds of document, with what holds and what is worked on."""
    _wie, plek = place(request)
    holding = in_force(plek.id)
    drafts = {d.soort: d for d in documents(plek.id) if d.stand == Stand.CONCEPT}
    rows = [(soort, holding.get(soort), drafts.get(soort)) for soort in Soort]
    return render(request, "beheer/documenten.html", {"plek": plek, "rows": rows})


@signed_in
@form_page
def document(request: SignedRequest, slug: str, soort: str) -> HttpResponse:
    """The version that is worked on; kept, or established."""
    wie, plek = place(request)
    if soort not in Soort.values:
        raise Http404
    versions = documents(plek.id, soort)
    latest = versions[0] if versions else None
    is_draft = latest is not None and latest.stand == Stand.CONCEPT
    form = DocumentForm(
        request.POST if request.method == "POST" else None,
        initial={
            "tekst": latest.tekst if latest else BEGIN[soort],
            "geldig_vanaf": latest.geldig_vanaf
            if latest and is_draft
            else timezone.localdate(),
        },
    )
    if form.succeeds(
        lambda: save_document(
            actor=wie, tenant_id=plek.id, soort=soort, **form.cleaned_data
        )
    ):
        if "vaststellen" not in request.POST:
            messages.success(request, _("De tekst is bewaard. Zij geldt nog niet."))
            return redirect("beheer:documenten", plek.slug)
        if form.succeeds(
            lambda: establish_document(actor=wie, tenant_id=plek.id, soort=soort)
        ):
            messages.success(request, _("Het document is vastgesteld."))
            return redirect("beheer:documenten", plek.slug)
    context = {
        "plek": plek,
        "form": form,
        "titel": Soort(soort).label,
        "nieuw": not versions,
    }
    status = 422 if form.errors else 200
    return render(request, "beheer/document.html", context, status=status)


@signed_in
@require_safe
def pagina_voorbeeld(request: SignedRequest, slug: str) -> HttpResponse:
    """The public page with the texts that are worked on; nobody else sees it yet."""
    _wie, plek = place(request)
    shown = pagina.draft(plek.id) or pagina.established(plek.id)
    if shown is None:
        messages.info(request, _("Bewaar eerst een tekst. Dan kun je haar bekijken."))
        return redirect("beheer:pagina", plek.slug)
    context = {
        "plek": plek,
        "tenant": plek,
        "pagina": shown,
        "voorbeeld": True,
        "is_concept": shown.stand == Stand.CONCEPT,
        "documenten": in_force(plek.id).values(),
    }
    return render(request, "beheer/pagina_voorbeeld.html", context)
