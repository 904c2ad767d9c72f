"""Regions: who administers several tenants puts them together (S42, S145)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from signalering.regioform import RegioForm
from signalering.views.plaats import place
from tenants.access import Wie
from tenants.doors import SignedRequest, signed_in
from tenants.middleware import TenantRequest
from tenants.regios import (
    RegioError,
    change_regio,
    leden_van,
    make_regio,
    mogelijke_leden,
)
from tenants.roles import Recht


def _administrator(request: TenantRequest) -> Wie:
    if request.wie is None or not request.wie.can(Recht.TENANT_BEHEREN):
        raise Http404
    return request.wie


@signed_in
@require_GET
def regios(request: SignedRequest) -> HttpResponse:
    """The regions of which this person administers every member."""
    wie = _administrator(request)
    here = [wie.plekken[t] for t in wie.with_right(Recht.TENANT_BEHEREN)]
    found = sorted((p for p in here if p.type == "regio"), key=lambda plek: plek.naam)
    rows = [{"plek": plek, "leden": _members(wie, plek.id)} for plek in found]
    context = {"rows": rows, "kan_maken": len(mogelijke_leden(wie)) > 1}
    return render(request, "signalering/regios.html", context)


def _members(wie: Wie, regio_id: int) -> list[str]:
    """Names of who is in it today, as far as this person knows them."""
    today = timezone.localdate()
    ids = [lid.lid_id for lid in leden_van(regio_id) if lid.is_lid(today)]
    return sorted(wie.plekken[id].naam for id in ids if id in wie.plekken)


@signed_in
def regio_nieuw(request: SignedRequest) -> HttpResponse:
    """Make a region of tenants one administers."""
    wie = _administrator(request)
    form = RegioForm(request.POST or None, plekken=mogelijke_leden(wie))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = make_regio(
                actor=wie, naam=data["naam"], leden=data["leden"], van=data["vanaf"]
            )
        except RegioError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("De regio %(naam)s is gemaakt.") % {"naam": made}
            )
            return redirect("signalering:regios")
    return _form(request, form, naam="")


@signed_in
def regio(request: SignedRequest, slug: str) -> HttpResponse:
    """Rename a region, let tenants in and out."""
    wie, plek = place(request)
    if plek.type != "regio" or not wie.may(Recht.TENANT_BEHEREN, plek.id):
        raise Http404
    now = [lid.lid_id for lid in leden_van(plek.id) if lid.tot is None]
    initial = {"naam": plek.naam, "leden": now, "vanaf": timezone.localdate()}
    form = RegioForm(
        request.POST or None, initial=initial, plekken=mogelijke_leden(wie)
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            change_regio(
                actor=wie,
                tenant_id=plek.id,
                naam=data["naam"],
                leden=data["leden"],
                dag=data["vanaf"],
            )
        except RegioError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De regio is gewijzigd."))
            return redirect("signalering:regios")
    return _form(request, form, naam=plek.naam)


def _form(request: SignedRequest, form: RegioForm, *, naam: str) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "naam": naam}
    return render(request, "signalering/regio.html", context, status=status)
