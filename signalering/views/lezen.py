"""Finding a report and reading it: the list, a version as somebody sees it, the PDF."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from signalering import logboek, selectors, storage
from signalering.access import bestand_for, knelpunten_for, rapportage_for
from signalering.documents import document_for, file_name
from signalering.models import Publiek
from signalering.periodes import parse
from signalering.publication.gegevens import BOM
from signalering.report import knelpunten_csv
from signalering.views.plaats import place, screen
from tenants.doors import signed_in
from tenants.middleware import TenantRequest
from tenants.roles import Recht

PER_PAGE = 50


@signed_in
@require_GET
def lijst(request: TenantRequest) -> HttpResponse:
    """All reports this person may see, over all her tenants."""
    wie = request.wie
    if wie is None or not wie.can(Recht.RAPPORTAGE_LEZEN, Recht.RAPPORTAGE_ONTVANGEN):
        raise Http404
    page = Paginator(selectors.rapportages_for(wie), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows = [
        {"rapportage": r, "plek": wie.plekken[r.tenant_id], "periode": parse(r.periode)}
        for r in page
    ]
    makers = [wie.plekken[t] for t in wie.with_right(Recht.RAPPORTAGE_MAKEN)]
    makers.sort(key=lambda plek: plek.naam)
    context = {
        "page": page,
        "rows": rows,
        "makers": makers,
        "leest_voortgang": wie.can(Recht.RAPPORTAGE_LEZEN),
    }
    return render(request, "signalering/lijst.html", context)


@signed_in
@require_GET
def voortgang(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """The progress fragment that the page asks for each second."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.RAPPORTAGE_LEZEN)
    job = selectors.job_of(found)
    context = {"rapportage": found, "plek": plek, "job": job}
    response = render(request, "signalering/voortgang.html", context)
    if job is None or not job.is_onderweg:
        response["HX-Refresh"] = "true"
    return response


@signed_in
@require_GET
def versie(request: TenantRequest, slug: str, pk: UUID, publiek: str) -> HttpResponse:
    """'Zo ziet iedereen dit': a version on screen, for colleagues."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.RAPPORTAGE_LEZEN)
    if publiek not in Publiek.values or not found.cijfers:
        raise Http404
    logboek.versie_bekeken(wie, found, publiek)
    context = {
        "plek": plek,
        "rapportage": found,
        "periode": parse(found.periode),
        "publiek": Publiek(publiek),
        **screen(found, publiek),
    }
    return render(request, "signalering/versie.html", context)


@signed_in
@require_GET
def pdf(request: TenantRequest, slug: str, pk: UUID, publiek: str) -> FileResponse:
    """The printed version; for a contact only once it is established."""
    wie, plek = place(request)
    found, bestand = bestand_for(wie, plek, pk, publiek)
    logboek.rapportage_gedownload(wie, found, publiek)
    return FileResponse(
        storage.path_of(bestand.naam).open("rb"),
        as_attachment=True,
        filename=file_name(found, bestand, plek.slug),
        content_type="application/pdf",
    )


@signed_in
@require_GET
def knelpunten(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """The signals of a report as they were printed, for a spreadsheet."""
    wie, plek = place(request)
    found = knelpunten_for(wie, plek, pk)
    document = document_for(found, Publiek.OPDRACHTGEVER)
    logboek.rapportage_gedownload(wie, found, "knelpunten")
    response = HttpResponse(
        f"{BOM}{knelpunten_csv(document)}", content_type="text/csv; charset=utf-8"
    )
    name = f"knelpunten-{plek.slug}-{found.periode}-v{found.versie}.csv".lower()
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
