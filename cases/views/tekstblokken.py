"""Texts for letters that a team shares."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import access
from cases.brieven import BLOKKEN
from cases.forms.brieven import TekstblokForm
from cases.models import Tekstblok
from cases.selectors.brieven import tekstblok_at, tekstblokken_for
from cases.services.tekstblokken import delete_tekstblok, save_tekstblok
from cases.views.antwoorden import form_page, page, posted, say, succeeds
from tenants.access import Plek, Refused
from tenants.doors import SignedRequest, signed_in
from tenants.roles import Recht


@signed_in
@page
def tekstblokken(request: SignedRequest) -> HttpResponse:
    wie = access.with_right_anywhere(request.wie, Recht.KWESTIE_EIGEN)
    context = {
        "rijen": tekstblokken_for(wie),
        "standaard": BLOKKEN,
        "plekken": [wie.plekken[t] for t in wie.with_right(Recht.KWESTIE_EIGEN)],
    }
    return render(request, "cases/tekstblokken.html", context)


@signed_in
@form_page
def tekstblok_nieuw(request: SignedRequest, slug: str) -> HttpResponse:
    plek = access.plek_with(request.wie, request.plek, Recht.KWESTIE_EIGEN)
    return _write(request, plek, None)


@signed_in
@form_page
def tekstblok(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    plek = access.plek_with(request.wie, request.plek, Recht.KWESTIE_EIGEN)
    row = tekstblok_at(plek.id, pk)
    if row is None:
        raise Http404
    return _write(request, plek, row)


def _write(request: SignedRequest, plek: Plek, row: Tekstblok | None) -> HttpResponse:
    was = (
        {"titel": row.titel, "tekst": row.tekst, "soorten": row.soorten} if row else {}
    )
    form = TekstblokForm(posted(request), initial=was)
    if succeeds(
        form,
        lambda: save_tekstblok(
            actor=request.wie,
            tenant_id=plek.id,
            blok_id=row.pk if row else form.cleaned_data["sleutel"],
            titel=form.cleaned_data["titel"],
            tekst=form.cleaned_data["tekst"],
            soorten=form.cleaned_data["soorten"],
        ),
    ):
        say(request, _("Het tekstblok is opgeslagen."), form)
        return redirect("cases:tekstblokken")
    status = 422 if form.errors else 200
    context = {"form": form, "plek": plek, "rij": row}
    return render(request, "cases/tekstblok.html", context, status=status)


@signed_in
@require_POST
def tekstblok_weg(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    plek = access.plek_with(request.wie, request.plek, Recht.KWESTIE_EIGEN)
    try:
        delete_tekstblok(actor=request.wie, tenant_id=plek.id, blok_id=pk)
    except Refused as error:
        raise Http404 from error
    messages.success(request, _("Het tekstblok is weg. Brieven blijven zoals ze zijn."))
    return redirect("cases:tekstblokken")
