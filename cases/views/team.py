"""Who stands in for whom, and whose work stops: for teamleider and beheer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import access, selectors, services
from cases.forms import KwestieForm, OntheffenForm, VervangingForm
from cases.models import Overdracht
from cases.views.antwoorden import form_page, page, posted, say, succeeds
from tenants.access import Plek
from tenants.doors import SignedRequest, signed_in
from tenants.inloggen.bewijs import recent_proof
from tenants.roles import Recht

PLANT = (Recht.KWESTIE_TEAM, Recht.TENANT_BEHEREN)


@signed_in
@page
def plaatsvervangingen(request: SignedRequest) -> HttpResponse:
    """Everywhere she plans: now, later and past; how often kwesties changed hands."""
    wie = request.wie
    tenants = wie.with_right(*PLANT)
    if not tenants:
        raise Http404
    leads = wie.with_right(Recht.KWESTIE_TEAM)
    jaar = timezone.localdate().year
    counted = selectors.reasons_of_overdracht(leads, jaar) if leads else {}
    context = {
        "plekken": [wie.plekken[tenant_id] for tenant_id in tenants],
        "beheert": wie.with_right(Recht.TENANT_BEHEREN),
        "vervangingen": [
            (wie.plekken[row.tenant_id], row)
            for row in selectors.plaatsvervangingen_at(tenants)[:100]
        ],
        "jaar": jaar,
        "redenen": [(r.label, counted[r]) for r in Overdracht.Reden if r in counted],
    }
    return render(request, "cases/plaatsvervangingen.html", context)


@signed_in
@form_page
def plaatsvervanging_nieuw(request: SignedRequest, slug: str) -> HttpResponse:
    wie = request.wie
    plek = access.team_planner(wie, request.plek)
    form = VervangingForm(posted(request), tenant_id=plek.id, zonder=wie.user_id)
    if succeeds(
        form,
        lambda: services.make_plaatsvervanging(
            actor=wie,
            tenant_id=plek.id,
            afwezige_id=form.cleaned_data["afwezige"].pk,
            vervanger_id=form.cleaned_data["vervanger"].pk,
            van=form.cleaned_data["van"],
            tot=form.cleaned_data["tot"],
            besluit=form.cleaned_data["besluit"],
        ),
    ):
        say(request, _("De plaatsvervanging is vastgelegd."), form)
        return redirect("cases:plaatsvervangingen")
    return _show(request, "plaatsvervanging_nieuw", plek, form)


@signed_in
@form_page
def plaatsvervanging_einde(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """End it before its last day."""
    wie = request.wie
    found = access.plaatsvervanging_for(wie, request.plek, pk)
    plek = access.team_planner(wie, request.plek)
    form = KwestieForm(posted(request))
    if succeeds(
        form,
        lambda: services.end_plaatsvervanging(
            actor=wie, tenant_id=plek.id, vervanging_id=pk
        ),
    ):
        say(request, _("De plaatsvervanging is gestopt."), form)
        return redirect("cases:plaatsvervangingen")
    return _show(request, "plaatsvervanging_einde", plek, form, vervanging=found)


@signed_in
@recent_proof
@form_page
def ontheffen(request: SignedRequest, slug: str) -> HttpResponse:
    """Somebody's work stops here at once, and her kwesties go to others (S102)."""
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.TENANT_BEHEREN)
    form = OntheffenForm(posted(request), tenant_id=plek.id)
    gone: list[int] = []
    if succeeds(
        form,
        lambda: gone.append(
            services.relieve(
                actor=wie,
                tenant_id=plek.id,
                medewerker_id=form.cleaned_data["medewerker"].pk,
                reden=form.cleaned_data["reden"],
                naar=form.naar,
                in_wachtrij=form.naar is None,
            )
        ),
    ):
        naam = form.cleaned_data["medewerker"].naam
        messages.success(request, _done(naam, gone[0]))
        return redirect("cases:plaatsvervangingen")
    return _show(request, "ontheffen", plek, form)


def _done(naam: str, kwesties: int) -> str:
    gone = ngettext(
        "%(aantal)d open kwestie is overgedragen.",
        "%(aantal)d open kwesties zijn overgedragen.",
        kwesties,
    ) % {"aantal": kwesties}
    stopped = _("%(naam)s kan hier nergens meer bij en is uitgelogd.") % {"naam": naam}
    return f"{stopped} {gone}"


def _show(
    request: SignedRequest, template: str, plek: Plek, form: KwestieForm, **more: object
) -> HttpResponse:
    context = {"plek": plek, "form": form, **more}
    status = 422 if form.errors else 200
    return render(request, f"cases/{template}.html", context, status=status)
