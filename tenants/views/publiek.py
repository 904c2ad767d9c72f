"""What everybody may read of a tenant, and the three statements for its clients.

Every page here runs in the database role ``public``, whoever asks.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tenants import publiek
from tenants.beheer.huisstijl import css_of
from tenants.diensten import with_law
from tenants.ervaring import answer
from tenants.forms.publiek import ErvaringForm, ZoekForm
from tenants.models import Huisstijl, OpenbaarDocument, Publiekepagina, Tenant
from tenants.views.huisstijl import theme_of
from tenants.views.opdrachtgevers import form_page

PER_PAGINA = 50
VOOR_IEDEREEN = "public, max-age=604800, immutable"


@require_safe
def zoek(request: HttpRequest) -> HttpResponse:
    """Zoek uw adviespunt: every tenant with a page, by name, fifty a page."""
    form = ZoekForm(request.GET)
    sought = form.cleaned_data["zoek"] if form.is_valid() else ""
    page = Paginator(publiek.adviespunten(sought), PER_PAGINA).get_page(
        request.GET.get("page")
    )
    context = {
        "filter": form,
        "gezocht": sought,
        "page": page,
        "fictief": any(tenant.is_fictief for tenant in page),
    }
    return render(request, "public/zoek.html", context)


@require_safe
def uitleg(request: HttpRequest) -> HttpResponse:
    """What cliëntondersteuning is and is not (S171), and who must cooperate (S158)."""
    return render(request, "public/uitleg.html")


@require_safe
def adviespunt(
    request: HttpRequest, slug: str, versie: int | None = None
) -> HttpResponse:
    """The page of a tenant: the version that holds, or an older one with its dates."""
    tenant = _tenant(slug)
    versions = list(publiek.versions_of(tenant.pk))
    shown = versions[0] if versie is None else _numbered(versions, versie)
    context = {
        "pagina": shown,
        "geldt": shown == versions[0],
        "versies": versions,
        "documenten": publiek.in_force(tenant.pk).values(),
        "diensten": with_law(publiek.diensten_of(tenant.pk)),
    }
    return _page(request, "public/adviespunt.html", tenant, context)


def _numbered(versions: list[Publiekepagina], versie: int) -> Publiekepagina:
    for version in versions:
        if version.versie == versie:
            return version
    raise Http404


@require_safe
def document(
    request: HttpRequest, slug: str, soort: str, versie: int | None = None
) -> HttpResponse:
    """A document for clients: the version that holds, or another with its date (S4)."""
    tenant = _tenant(slug)
    versions = list(publiek.documents_of(tenant.pk, soort))
    today = timezone.localdate()
    holding = next((v for v in versions if v.geldig_vanaf <= today), None)
    shown = holding
    if versie is not None:
        shown = next((v for v in versions if v.versie == versie), None)
    if shown is None:
        raise Http404
    context = {
        "document": shown,
        "titel": OpenbaarDocument.Soort(soort).label,
        "geldt": shown == holding,
        "komt": shown.geldig_vanaf > today,
        "versies": versions,
    }
    return _page(request, "public/document.html", tenant, context)


@require_safe
def stijlblad(request: HttpRequest, slug: str, merk: str) -> HttpResponse:
    """The colours of the look that is in use."""
    response = HttpResponse(css_of(_look(slug, merk)), content_type="text/css")
    response["Cache-Control"] = VOOR_IEDEREEN
    return response


@require_safe
def logo(request: HttpRequest, slug: str, merk: str) -> HttpResponse:
    """The logo of the look that is in use."""
    stijl = _look(slug, merk)
    if stijl.logo is None:
        raise Http404
    response = HttpResponse(bytes(stijl.logo), content_type="image/png")
    response["Cache-Control"] = VOOR_IEDEREEN
    return response


@form_page
def ervaring(request: HttpRequest, slug: str) -> HttpResponse:
    """Three statements with the code of a slip; after that the slip is used up."""
    tenant = _tenant(slug)
    form = ErvaringForm(request.POST if request.method == "POST" else None)
    if form.succeeds(
        lambda: answer(
            tenant_id=tenant.pk,
            code=form.cleaned_data["code"],
            antwoorden=form.antwoorden(),
        )
    ):
        return redirect("publiek:ervaring_bedankt", slug)
    status = 422 if form.errors else 200
    return _page(request, "public/ervaring.html", tenant, {"form": form}, status)


@require_safe
def ervaring_bedankt(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, "public/ervaring_bedankt.html", _tenant(slug), {})


def _tenant(slug: str) -> Tenant:
    found = publiek.adviespunt(slug)
    if found is None:
        raise Http404
    return found


def _look(slug: str, merk: str) -> Huisstijl:
    stijl = publiek.look_in_use(_tenant(slug))
    if stijl is None or stijl.merk != merk:
        raise Http404
    return stijl


def _page(
    request: HttpRequest,
    template: str,
    tenant: Tenant,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A page in the colours of the tenant."""
    stijl = publiek.look_in_use(tenant)
    frame = {
        "tenant": tenant,
        "fictief": tenant.is_fictief,
        "werkt_voor": tenant.naam,  # names the logo
        **(theme_of(tenant, stijl, "publiek") if stijl else {}),
    }
    return render(request, template, {**frame, **context}, status=status)
