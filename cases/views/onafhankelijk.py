"""Interests of colleagues, and the review of an action without the client's assent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import access, logboek
from cases.forms import KwestieForm
from cases.forms.regels import AmbtshalveForm, BelangForm, ToetsForm
from cases.models import AmbtshalveActie
from cases.selectors.regels import (
    acties_to_review,
    may_see_belangen,
    nevenbelangen_at,
    yearly_uses,
)
from cases.services import KwestieError
from cases.services.ambtshalve import execute_actie, propose_actie, review_actie
from cases.services.belang import declare_belang, end_belang
from cases.views.antwoorden import form_page, page, posted, say, show, succeeds, to
from tenants.access import Plek, Wie
from tenants.doors import SignedRequest, signed_in
from tenants.roles import Recht


@signed_in
@page
def nevenbelangen(request: SignedRequest) -> HttpResponse:
    """One's own interests per opdrachtgever; of the team for who leads or administers.

    Also what waits for one's review (S84), and for who leads the team how often there
    was a talk without the client this year (S13).
    """
    wie = request.wie
    here = wie.with_right(Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM, Recht.TENANT_BEHEREN)
    if not here:
        raise Http404
    plekken = sorted((wie.plekken[t] for t in here), key=lambda plek: plek.naam)
    delen = [_deel(wie, plek) for plek in plekken]
    context = {
        "delen": delen,
        "niets": [deel for deel in delen if not deel["is_iets"]],
        "te_toetsen": acties_to_review(wie),
        "jaar": timezone.localdate().year,
    }
    return render(request, "cases/nevenbelangen.html", context)


def _deel(wie: Wie, plek: Plek) -> dict[str, Any]:
    is_team = may_see_belangen(wie, plek.id)
    rows = list(nevenbelangen_at(plek.id, None if is_team else wie.user_id))
    logboek.nevenbelangen_getoond(wie, plek.id, rows, is_team=is_team)
    today = timezone.localdate()
    leads = wie.may(Recht.KWESTIE_TEAM, plek.id)
    uses = yearly_uses(plek.id, today.year) if leads else None
    return {
        "is_iets": bool(rows or uses),
        "plek": plek,
        "mag_melden": wie.may(Recht.KWESTIE_EIGEN, plek.id),
        "eigen": [row for row in rows if row.medewerker_id == wie.user_id],
        "team": [row for row in rows if row.medewerker_id != wie.user_id],
        "is_team": is_team,
        "uitzonderingen": uses,
        "vandaag": today,
    }


@signed_in
@form_page
def belang_nieuw(request: SignedRequest, slug: str) -> HttpResponse:
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_EIGEN)
    form = BelangForm(posted(request), tenant_naam=plek.naam)
    if succeeds(
        form,
        lambda: declare_belang(actor=wie, tenant_id=plek.id, belang=form.belang()),
    ):
        say(request, _("Je belang is vastgelegd."), form)
        return redirect("cases:nevenbelangen")
    status = 422 if form.errors else 200
    context = {"form": form, "plek": plek}
    return render(request, "cases/belang.html", context, status=status)


@signed_in
@form_page
def belang_einde(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """An interest of one's own is over; asked once more before it is done."""
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_EIGEN)
    belang = access.own_belang(wie, plek, pk)
    form = KwestieForm(posted(request))
    if succeeds(
        form, lambda: end_belang(actor=wie, tenant_id=plek.id, belang_id=belang.pk)
    ):
        say(request, _("Het belang is beëindigd."), form)
        return redirect("cases:nevenbelangen")
    status = 422 if form.errors else 200
    context = {"form": form, "plek": plek, "belang": belang}
    return render(request, "cases/belang_einde.html", context, status=status)


@signed_in
@form_page
def ambtshalve(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Put before a colleague what one wants to do without the client's assent."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    form = AmbtshalveForm(posted(request), kwestie=found)
    if succeeds(
        form,
        lambda: propose_actie(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            voorstel=form.voorstel(),
        ),
    ):
        say(request, _("Je collega kan dit nu toetsen. Wacht daarop."), form)
        return to(pk, slug)
    return show(request, "ambtshalve", found, form)


@signed_in
@form_page
def ambtshalve_toets(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """What a colleague wants to do, and yes or no; not the kwestie itself."""
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_EIGEN)
    actie = access.actie_to_review(wie, plek, pk)
    form = ToetsForm(posted(request), actie=actie)
    if succeeds(
        form,
        lambda: review_actie(
            actor=wie,
            tenant_id=plek.id,
            actie_id=actie.pk,
            is_akkoord=form.cleaned_data["akkoord"] == "ja",
            toelichting=form.cleaned_data["toelichting"],
        ),
    ):
        say(request, _("Je toets is vastgelegd."), form)
        return redirect("cases:nevenbelangen")
    logboek.ambtshalve_ingezien(wie, actie)
    status = 422 if form.errors else 200
    context = {"form": form, "plek": plek, "actie": actie}
    return render(request, "cases/ambtshalve_toets.html", context, status=status)


@signed_in
@require_POST
def ambtshalve_gedaan(
    request: SignedRequest, slug: str, pk: UUID, actie: UUID
) -> HttpResponse:
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    row = access.part_of(found, AmbtshalveActie, actie)
    try:
        execute_actie(
            actor=wie, tenant_id=found.tenant_id, kwestie_id=pk, actie_id=row.pk
        )
    except KwestieError as error:
        messages.error(request, error.tekst)
    else:
        messages.success(request, _("Vastgelegd dat het is gedaan."))
    return to(pk, slug)
