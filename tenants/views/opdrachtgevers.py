"""Opdrachtgevers: the list, a new one, its status with what is missing, its history."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tenants.access import Plek, Wie
from tenants.beheer import BeheerFout, logboek, opdrachtgevers, stand
from tenants.beheer.geschiedenis import history_of
from tenants.beheer.lijsten import change_setting, setting_of
from tenants.beheer.opdrachten import opdrachten_of
from tenants.doors import SignedRequest, signed_in
from tenants.forms.beheer import FilterForm, GegevensForm, InstellingForm, NieuwForm
from tenants.inloggen.bewijs import recent_proof
from tenants.models import Tenant
from tenants.roles import Recht

form_page = require_http_methods(["GET", "HEAD", "POST"])
# Who may look along: directie decides about reports, the FG about privacy.
LEZEN = (Recht.TENANT_BEHEREN, Recht.RAPPORTAGE_VASTSTELLEN, Recht.LOG_INZIEN)
TERUGKIJKEN = (Recht.TENANT_BEHEREN, Recht.LOG_INZIEN)
PER_PAGINA = 50
KLEUR = {"VOORBEREIDING": "warning", "ACTIEF": "success", "BEEINDIGD": "inactive"}


def place(request: SignedRequest, *rechten: Recht) -> tuple[Wie, Plek]:
    """Who asks and the tenant in the path, when she has one of the rights; else 404."""
    plek = request.plek
    wanted = rechten or (Recht.TENANT_BEHEREN,)
    if plek is None or not any(request.wie.may(r, plek.id) for r in wanted):
        raise Http404
    return request.wie, plek


def anywhere(request: SignedRequest, *rechten: Recht) -> tuple[int, ...]:
    """Ids of the tenants where she has one of the rights; 404 when there are none."""
    here = request.wie.with_right(*(rechten or (Recht.TENANT_BEHEREN,)))
    if not here:
        raise Http404
    return here


@signed_in
@require_safe
def lijst(request: SignedRequest) -> HttpResponse:
    """Every opdrachtgever she administers or reads along with, fifty a page."""
    here = anywhere(request, *LEZEN)
    form = FilterForm(request.GET)
    rows = _sought(form, Tenant.objects.filter(pk__in=here))
    page = Paginator(rows.order_by("naam"), PER_PAGINA).get_page(
        request.GET.get("page")
    )
    context = {
        "filter": form,
        "page": page,
        "rows": [(tenant, KLEUR[tenant.status]) for tenant in page],
        "mag_beheren": request.wie.can(Recht.TENANT_BEHEREN),
    }
    return render(request, "beheer/lijst.html", context)


def _sought(form: FilterForm, rows: QuerySet[Tenant]) -> QuerySet[Tenant]:
    if not form.is_valid():
        return rows
    data = form.cleaned_data
    if data["zoek"]:
        rows = rows.filter(naam__icontains=data["zoek"])
    for veld in ("status", "type"):
        if data[veld]:
            rows = rows.filter(**{veld: data[veld]})
    return rows


@signed_in
@recent_proof
@form_page
def nieuw(request: SignedRequest) -> HttpResponse:
    anywhere(request)
    form = NieuwForm(request.POST if request.method == "POST" else None)
    made: list[Plek] = []
    if form.succeeds(
        lambda: made.append(
            opdrachtgevers.make_tenant(actor=request.wie, gegevens=form.nieuw())
        )
    ):
        messages.success(
            request, _("De opdrachtgever is toegevoegd. Hieronder staat wat nog moet.")
        )
        return redirect("beheer:opdrachtgever", made[0].slug)
    status = 422 if form.errors else 200
    return render(request, "beheer/nieuw.html", {"form": form}, status=status)


@signed_in
@require_safe
def opdrachtgever(request: SignedRequest, slug: str) -> HttpResponse:
    """Status, what is missing, and where everything about this tenant is."""
    wie, plek = place(request, *LEZEN)
    tenant = Tenant.objects.get(pk=plek.id)
    mag_beheren = wie.may(Recht.TENANT_BEHEREN, plek.id)
    context = {
        "plek": plek,
        "tenant": tenant,
        "kleur": KLEUR[tenant.status],
        "punten": stand.checklist(tenant),
        "stappen": stand.steps_of(tenant) if mag_beheren else {},
        "opdrachten": list(opdrachten_of(plek.id)),
        "mag_beheren": mag_beheren,
        "mag_terugkijken": any(wie.may(r, plek.id) for r in TERUGKIJKEN),
        "heet_nu": opdrachtgevers.renamed(tenant),
    }
    return render(request, "beheer/opdrachtgever.html", context)


@signed_in
@form_page
def gegevens(request: SignedRequest, slug: str) -> HttpResponse:
    wie, plek = place(request)
    tenant = Tenant.objects.get(pk=plek.id)
    form = GegevensForm(
        request.POST if request.method == "POST" else None,
        initial={"naam": tenant.naam, "kvk": tenant.kvk},
    )
    if form.succeeds(
        lambda: opdrachtgevers.change_tenant(
            actor=wie, tenant_id=plek.id, **form.cleaned_data
        )
    ):
        messages.success(request, _("De gegevens zijn opgeslagen."))
        return redirect("beheer:opdrachtgever", plek.slug)
    context = {"form": form, "plek": plek, "tenant": tenant}
    return render(
        request, "beheer/gegevens.html", context, status=422 if form.errors else 200
    )


@signed_in
@recent_proof
@form_page
def zet_stand(request: SignedRequest, slug: str) -> HttpResponse:
    """Ask once more before another status; then follow the arrow."""
    wie, plek = place(request)
    tenant = Tenant.objects.get(pk=plek.id)
    source = request.POST if request.method == "POST" else request.GET
    verb = source.get("stap", "")
    steps = stand.steps_of(tenant)
    fout = ""
    if request.method == "POST" and verb in stand.STAPPEN:
        try:
            stand.change_status(actor=wie, tenant_id=plek.id, verb=verb)
        except BeheerFout as refused:
            fout = refused.tekst
        else:
            messages.success(request, _("De stand is veranderd."))
            return redirect("beheer:opdrachtgever", plek.slug)
    if not fout and verb not in steps:
        return redirect("beheer:opdrachtgever", plek.slug)
    context = {
        "plek": plek,
        "verb": verb,
        "naam": stand.STAPPEN[verb].naam,
        "fout": fout,
    }
    return render(request, "beheer/stand.html", context, status=422 if fout else 200)


@signed_in
@form_page
def instelling(request: SignedRequest, slug: str) -> HttpResponse:
    wie, plek = place(request)
    now = setting_of(plek.id)
    form = InstellingForm(
        request.POST if request.method == "POST" else None,
        initial={
            "reactienorm": now.reactienorm,
            "standaarddienst": now.standaarddienst,
        },
    )
    if form.succeeds(
        lambda: change_setting(actor=wie, tenant_id=plek.id, **form.cleaned_data)
    ):
        messages.success(request, _("De instellingen zijn opgeslagen."))
        return redirect("beheer:opdrachtgever", plek.slug)
    context = {"form": form, "plek": plek}
    return render(
        request, "beheer/instelling.html", context, status=422 if form.errors else 200
    )


@signed_in
@require_safe
def geschiedenis(request: SignedRequest, slug: str) -> HttpResponse:
    """Who changed what of this tenant, and when; for administration and the FG."""
    wie, plek = place(request, *TERUGKIJKEN)
    regels = history_of(wie, plek.id)
    logboek.geschiedenis_getoond(wie, plek.id, len(regels))
    context = {"plek": plek, "regels": regels}
    return render(request, "beheer/geschiedenis.html", context)
