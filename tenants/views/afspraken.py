"""Opdrachten, the public page and own values of one opdrachtgever."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tenants.beheer import BeheerFout, lijsten, pagina
from tenants.beheer.opdrachten import (
    change_opdracht,
    make_opdracht,
    opdrachten_of,
    overlapping,
)
from tenants.diensten import labels
from tenants.doors import SignedRequest, signed_in
from tenants.forms.beheer import (
    HernoemForm,
    OpdrachtForm,
    PaginaForm,
    WaardeForm,
)
from tenants.inloggen.bewijs import recent_proof
from tenants.models import Opdracht, Publiekepagina
from tenants.views.opdrachtgevers import LEZEN, form_page, place

BEGIN = {
    "drempel_opdrachtgever": 5,
    "drempel_openbaar": 10,
    "rapportagefrequentie": "kwartaal",
    "reactietermijn_dagen": 28,
    "publicatieafspraak": "deels",
}


@signed_in
@require_safe
def opdrachten(request: SignedRequest, slug: str) -> HttpResponse:
    wie, plek = place(request, *LEZEN)
    rows = [(row, labels(row.diensten)) for row in opdrachten_of(plek.id)]
    mag_beheren = wie.may(LEZEN[0], plek.id)
    context = {"plek": plek, "rows": rows, "mag_beheren": mag_beheren}
    return render(request, "beheer/opdrachten.html", context)


@signed_in
@recent_proof
@form_page
def opdracht_nieuw(request: SignedRequest, slug: str) -> HttpResponse:
    wie, plek = place(request)
    form = OpdrachtForm(
        request.POST if request.method == "POST" else None, initial=BEGIN
    )
    made: list[Opdracht] = []
    if form.succeeds(
        lambda: made.append(
            make_opdracht(actor=wie, tenant_id=plek.id, afspraken=form.afspraken())
        )
    ):
        _say(request, made[0])
        return redirect("beheer:opdrachten", plek.slug)
    context = {"form": form, "plek": plek}
    return render(
        request, "beheer/opdracht.html", context, status=422 if form.errors else 200
    )


@signed_in
@recent_proof
@form_page
def opdracht(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    wie, plek = place(request)
    found = opdrachten_of(plek.id).filter(pk=pk).first()
    if found is None:
        raise Http404
    form = OpdrachtForm(
        request.POST if request.method == "POST" else None,
        initial={veld: getattr(found, veld) for veld in OpdrachtForm.base_fields},
    )
    changed: list[Opdracht] = []
    if form.succeeds(
        lambda: changed.append(
            change_opdracht(
                actor=wie,
                tenant_id=plek.id,
                opdracht_id=pk,
                afspraken=form.afspraken(),
            )
        )
    ):
        _say(request, changed[0])
        return redirect("beheer:opdrachten", plek.slug)
    context = {"form": form, "plek": plek, "opdracht": found}
    return render(
        request, "beheer/opdracht.html", context, status=422 if form.errors else 200
    )


def _say(request: SignedRequest, opdracht: Opdracht) -> None:
    messages.success(request, _("De opdracht is opgeslagen."))
    for other in overlapping(opdracht):
        messages.warning(
            request,
            _(
                "Let op: “%(andere)s” loopt in dezelfde tijd en heeft een van deze"
                " diensten. Klopt dat?"
            )
            % {"andere": other.naam},
        )


@signed_in
@form_page
def publieke_pagina(request: SignedRequest, slug: str) -> HttpResponse:
    """The version that is worked on, and the one that holds."""
    wie, plek = place(request)
    concept, vast = pagina.draft(plek.id), pagina.established(plek.id)
    from_ = concept or vast
    form = PaginaForm(
        request.POST if request.method == "POST" else None,
        initial={v: getattr(from_, v) for v in Publiekepagina.TEKSTEN} if from_ else {},
    )
    if form.succeeds(
        lambda: pagina.save_draft(
            actor=wie, tenant_id=plek.id, teksten=form.cleaned_data
        )
    ):
        if "vaststellen" in request.POST:
            return _establish(request, plek.slug, plek.id, form)
        messages.success(request, _("De tekst is bewaard. Zij geldt nog niet."))
        return redirect("beheer:pagina", plek.slug)
    return _pagina(request, form, concept, vast)


def _establish(
    request: SignedRequest, slug: str, tenant_id: int, form: PaginaForm
) -> HttpResponse:
    if form.succeeds(lambda: pagina.establish(actor=request.wie, tenant_id=tenant_id)):
        messages.success(request, _("De tekst is vastgesteld."))
        return redirect("beheer:opdrachtgever", slug)
    return _pagina(
        request, form, pagina.draft(tenant_id), pagina.established(tenant_id)
    )


def _pagina(
    request: SignedRequest,
    form: PaginaForm,
    concept: Publiekepagina | None,
    vast: Publiekepagina | None,
) -> HttpResponse:
    context = {"form": form, "plek": request.plek, "concept": concept, "vast": vast}
    return render(
        request, "beheer/pagina.html", context, status=422 if form.errors else 200
    )


@signed_in
@form_page
def eigen_lijsten(request: SignedRequest, slug: str) -> HttpResponse:
    """Own values under each aard, and a form for one more."""
    wie, plek = place(request)
    form = WaardeForm(request.POST if request.method == "POST" else None)
    if form.succeeds(
        lambda: lijsten.add_value(actor=wie, tenant_id=plek.id, **form.cleaned_data)
    ):
        messages.success(request, _("De waarde is toegevoegd."))
        return redirect("beheer:lijsten", plek.slug)
    rows = [
        (waarde, lijsten.AARDEN[waarde.code.partition(".")[0]])
        for waarde in lijsten.values_of([plek.id], ook_oude=True)
    ]
    context = {"form": form, "plek": plek, "rows": rows}
    return render(
        request, "beheer/lijsten.html", context, status=422 if form.errors else 200
    )


@signed_in
@form_page
def waarde(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    wie, plek = place(request)
    there = lijsten.values_of([plek.id], ook_oude=True)
    found = next((one for one in there if one.pk == pk), None)
    if found is None:
        raise Http404
    form = HernoemForm(
        request.POST if request.method == "POST" else None,
        initial={"naam": found.naam},
    )
    if form.succeeds(
        lambda: lijsten.rename_value(
            actor=wie, tenant_id=plek.id, pk=pk, **form.cleaned_data
        )
    ):
        messages.success(
            request, _("De naam is veranderd, ook waar zij al gebruikt is.")
        )
        return redirect("beheer:lijsten", plek.slug)
    context = {"form": form, "plek": plek, "waarde": found}
    return render(
        request, "beheer/waarde.html", context, status=422 if form.errors else 200
    )


@signed_in
@require_POST
def waarde_stand(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take a value out of use, or offer it again."""
    wie, plek = place(request)
    there = lijsten.values_of([plek.id], ook_oude=True)
    if all(one.pk != pk for one in there):
        raise Http404
    weer = request.POST.get("weer") == "1"
    try:
        lijsten.retire_value(actor=wie, tenant_id=plek.id, pk=pk, weer=weer)
    except BeheerFout as fout:
        messages.error(request, fout.tekst)
    return redirect("beheer:lijsten", plek.slug)
