"""The social chart: search, look, change; nothing about a client is in it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import access
from cases.codelists import label
from cases.forms.kaart import OrganisatieForm, ZoekForm
from cases.kaartblok import contact_rows, history, klacht_rows
from cases.selectors.kaart import (
    MOST,
    may_write,
    organisatie_at,
    organisaties_for,
    plekken_on_kaart,
)
from cases.services.kaart import (
    VELDEN,
    check_organisatie,
    retire_organisatie,
    save_organisatie,
)
from cases.views.antwoorden import form_page, page, posted, say, succeeds
from tenants.access import Plek
from tenants.doors import SignedRequest, signed_in
from tenants.models import Organisatie


@signed_in
@page
def sociale_kaart(request: SignedRequest) -> HttpResponse:
    """Every organisation on the charts of her tenants, or what she looks for."""
    wie = access.reads_kaart(request.wie)
    form = ZoekForm(request.GET or None)
    found = organisaties_for(wie, form.vraag())
    plekken = plekken_on_kaart(wie)
    context = {
        "filter": form,
        "rijen": [(row, label("instantie_type", row.soort)) for row in found],
        "is_vol": len(found) == MOST,
        "is_gezocht": bool(request.GET),
        "plekken": [plek for plek in plekken if may_write(wie, plek.id)],
        "meer_plekken": len(plekken) > 1,
    }
    return render(request, "cases/sociale_kaart.html", context)


@signed_in
@page
def organisatie(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """One organisation, its routes for a complaint and what was changed of it."""
    plek = access.plek_on_kaart(request.wie, request.plek)
    row = _row(plek, pk)
    context = {
        "plek": plek,
        "rij": row,
        "soort": label("instantie_type", row.soort),
        "contact": contact_rows(row),
        "klacht": klacht_rows(row),
        "geschiedenis": history(row),
        "mag_schrijven": may_write(request.wie, plek.id),
    }
    return render(request, "cases/organisatie.html", context)


@signed_in
@form_page
def organisatie_nieuw(request: SignedRequest, slug: str) -> HttpResponse:
    return _write(request, access.plek_keeps_kaart(request.wie, request.plek), None)


@signed_in
@form_page
def organisatie_bewerken(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    plek = access.plek_keeps_kaart(request.wie, request.plek)
    return _write(request, plek, _row(plek, pk))


def _row(plek: Plek, pk: UUID) -> Organisatie:
    found = organisatie_at(plek.id, pk)
    if found is None:
        raise Http404
    return found


def _write(request: SignedRequest, plek: Plek, row: Organisatie | None) -> HttpResponse:
    form = OrganisatieForm(posted(request), row=row)
    made: list[Organisatie] = []
    if succeeds(
        form,
        lambda: made.append(
            save_organisatie(
                actor=request.wie,
                tenant_id=plek.id,
                organisatie_id=row.pk if row else form.cleaned_data["sleutel"],
                gegevens={veld: form.cleaned_data[veld] for veld in VELDEN},
                versie=form.cleaned_data["versie"],
            )
        ),
    ):
        say(request, _("De organisatie is opgeslagen."), form)
        return redirect("cases:organisatie", slug=plek.slug, pk=made[0].pk)
    status = 422 if form.errors else 200
    context = {"form": form, "plek": plek, "rij": row}
    return render(request, "cases/organisatie_vorm.html", context, status=status)


@signed_in
@require_POST
def organisatie_stand(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """One button: ``stand`` is nagekeken, vervallen or terug."""
    plek = access.plek_keeps_kaart(request.wie, request.plek)
    row, stand = _row(plek, pk), request.POST.get("stand", "")
    wie, here = request.wie, plek.id
    if stand == "nagekeken":
        check_organisatie(actor=wie, tenant_id=here, organisatie_id=row.pk)
        messages.success(request, _("Genoteerd: vandaag nagekeken."))
    elif stand in ("vervallen", "terug"):
        retire_organisatie(
            actor=wie, tenant_id=here, organisatie_id=row.pk, weer=stand == "terug"
        )
        messages.success(request, _("De organisatie is bijgewerkt."))
    return redirect("cases:organisatie", slug=plek.slug, pk=row.pk)
