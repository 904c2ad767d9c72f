"""How anonymous people are counted: who administers a tenant agrees on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from signalering.forms import TelwijzeForm
from signalering.lifecycle.telling import agree_counting, agreements_of, counting_of
from signalering.views.plaats import place
from tenants.doors import signed_in
from tenants.middleware import TenantRequest
from tenants.models import Medewerker, Telafspraak
from tenants.regios import mogelijke_leden
from tenants.roles import Recht


@signed_in
@require_GET
def telwijzen(request: TenantRequest) -> HttpResponse:
    """Every tenant this person administers, with how it counts now."""
    wie = request.wie
    if wie is None or not wie.can(Recht.TENANT_BEHEREN):
        raise Http404
    plekken = mogelijke_leden(wie)  # a region counts nobody itself
    labels = dict(Telafspraak.Wijze.choices)
    rows = [{"plek": p, "wijze": labels[counting_of(p.id)]} for p in plekken]
    return render(request, "signalering/telwijzen.html", {"rows": rows})


@signed_in
def telwijze(request: TenantRequest, slug: str) -> HttpResponse:
    """What was agreed and why, and the form for something else."""
    wie, plek = place(request)
    if plek.type == "regio" or not wie.may(Recht.TENANT_BEHEREN, plek.id):
        raise Http404
    form = TelwijzeForm(
        request.POST if request.method == "POST" else None,
        initial={"wijze": counting_of(plek.id)},
    )
    if form.is_bound and form.is_valid():
        agree_counting(actor=wie, tenant_id=plek.id, **form.cleaned_data)
        messages.success(
            request, _("Vastgelegd. Het geldt voor cijfers die hierna worden gemaakt.")
        )
        return redirect("signalering:telwijze", plek.slug)
    afspraken = list(agreements_of(plek.id))
    namen = dict(
        Medewerker.objects.filter(
            pk__in={afspraak.door_id for afspraak in afspraken}
        ).values_list("pk", "naam")
    )
    context = {
        "plek": plek,
        "form": form,
        "afspraken": [(a, namen.get(a.door_id, "")) for a in afspraken],
    }
    status = 422 if form.is_bound else 200
    return render(request, "signalering/telwijze.html", context, status=status)
