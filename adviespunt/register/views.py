"""The register of processing and the DPIA on screen and as files; for the FG."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adviespunt.register import uitvoer
from adviespunt.register.bron import Verwerking, bron
from adviespunt.register.forms import DpiaForm
from cases.bewaarregels import REGELS
from tenants import logboek
from tenants.doors import SignedRequest, signed_in
from tenants.dpia import DpiaError, dpias_of, record_dpia
from tenants.roles import Recht
from tenants.wie import Plek


def _all(request: SignedRequest, vorm: str) -> tuple[Verwerking, ...]:
    """The register, for an FG of any tenant; recorded. Else 404."""
    wie = request.wie
    if not wie.can(Recht.AVG_BEHANDELEN):
        raise Http404
    logboek.register_ingezien(wie, wie.with_right(Recht.AVG_BEHANDELEN), vorm)
    return tuple(bron().verwerkingen.values())


def _one(request: SignedRequest, code: str) -> tuple[Plek, Verwerking]:
    """The place in the path when she is its FG, and the processing. Else 404."""
    plek, found = request.plek, bron().verwerkingen.get(code)
    may = plek is not None and request.wie.may(Recht.AVG_BEHANDELEN, plek.id)
    if plek is None or found is None or not may:
        raise Http404
    return plek, found


@signed_in
@require_safe
def verwerkingen(request: SignedRequest) -> HttpResponse:
    """Every processing with ground, people, data, recipients, terms and measures."""
    wie = request.wie
    context = {
        "verwerkingen": _all(request, "scherm"),
        "regels": REGELS,
        "plekken": [wie.plekken[t] for t in wie.with_right(Recht.AVG_BEHANDELEN)],
    }
    return render(request, "register/verwerkingen.html", context)


@signed_in
@require_safe
def verwerkingen_csv(request: SignedRequest) -> HttpResponse:
    text = uitvoer.as_csv(_all(request, "csv"))
    return _file(text, "text/csv; charset=utf-8", "verwerkingsregister.csv")


@signed_in
@require_safe
def verwerkingen_json(request: SignedRequest) -> HttpResponse:
    text = uitvoer.as_json(_all(request, "json"))
    return _file(text, "application/json", "verwerkingsregister.json")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def dpia(request: SignedRequest, slug: str, code: str) -> HttpResponse:
    """The assessment in force with the earlier ones, and the form of the next."""
    plek, verwerking = _one(request, code)
    rows = list(dpias_of(plek.id, code))
    posted = request.POST if request.method == "POST" else None
    vorige = rows[0] if rows else None
    form = DpiaForm(posted, verwerking=verwerking, vorige=vorige)
    if form.is_bound and form.is_valid():
        try:
            record_dpia(
                actor=request.wie,
                tenant_id=plek.id,
                verwerking=code,
                gelezen=form.cleaned_data["gelezen"],
                beoordeling=form.beoordeling(),
            )
        except DpiaError as error:
            form.refuse(error)
        else:
            messages.success(request, _("De DPIA is vastgelegd als nieuwe versie."))
            return redirect("dpia", slug=slug, code=code)
    logboek.dpia_ingezien(request.wie, plek.id, code, "scherm")
    context = {"plek": plek, "verwerking": verwerking, "rijen": rows, "form": form}
    status = 422 if form.errors else 200
    return render(request, "register/dpia.html", context, status=status)


@signed_in
@require_safe
def dpia_json(request: SignedRequest, slug: str, code: str) -> HttpResponse:
    plek, verwerking = _one(request, code)
    text = uitvoer.dpia_as_json(verwerking, plek.naam, dpias_of(plek.id, code))
    logboek.dpia_ingezien(request.wie, plek.id, code, "json")
    return _file(text, "application/json", f"dpia-{slug}-{code}.json")


def _file(text: str, soort: str, naam: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type=soort,
        headers={
            "Content-Disposition": f'attachment; filename="{naam}"',
            "Cache-Control": "no-store",
        },
    )
