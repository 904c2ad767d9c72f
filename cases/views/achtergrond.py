"""The background of a kwestie, the plan on paper, and the guide to other bodies."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases import access, logboek, services
from cases.forms.achtergrond import AchtergrondForm
from cases.models import Kwestie
from cases.selectors.achtergrond import achtergrond_of, steps_of
from cases.services import AchtergrondConflict, KwestieError
from cases.views.antwoorden import form_page, page, posted, say, show, to
from cases.wegwijs import WEGEN
from tenants.doors import SignedRequest, signed_in


@signed_in
@form_page
def achtergrond(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Everything optional, saved in one go. An older version shows both answers."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    form = AchtergrondForm(posted(request), row=achtergrond_of(found))
    if form.is_bound and form.is_valid():
        try:
            services.save_achtergrond(
                actor=wie,
                tenant_id=found.tenant_id,
                kwestie_id=pk,
                versie=form.cleaned_data["versie"],
                gegevens=form.gegevens(),
            )
        except AchtergrondConflict as conflict:
            return _both(request, found, form, conflict)
        except KwestieError as error:
            form.refuse(error)
        else:
            say(request, _("De achtergrond is opgeslagen."), form)
            return to(pk, slug)
    logboek.kwestie_ingezien(wie, found)
    return show(request, "achtergrond", found, form)


def _both(
    request: SignedRequest,
    kwestie: Kwestie,
    form: AchtergrondForm,
    conflict: AchtergrondConflict,
) -> HttpResponse:
    """Saving once more is on the version of now. Status 409."""
    logboek.kwestie_ingezien(request.wie, kwestie)
    again = request.POST.copy()
    again["versie"] = str(conflict.nu.versie)
    form.data = again
    context = {
        "kwestie": kwestie,
        "plek": request.plek,
        "form": form,
        "conflict": conflict.tekst,
        "verschillen": form.verschillen(conflict.nu),
    }
    return render(request, "cases/achtergrond.html", context, status=409)


@signed_in
@page
def plan(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """The plan of the client, to print and take home (S83, S127): no name, no codes."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk)
    logboek.kwestie_afgedrukt(wie, found)
    context = {
        "kwestie": found,
        "plek": request.plek,
        "achtergrond": achtergrond_of(found),
        "stappen": [stap for stap in steps_of(found) if stap.vervallen_op is None],
    }
    return render(request, "cases/plan.html", context)


@signed_in
@page
def wegwijs(request: SignedRequest) -> HttpResponse:
    """Which body and which term (S138), what our work is and is not (S171)."""
    access.caseworker(request.wie)
    return render(request, "cases/wegwijs.html", {"wegen": WEGEN})
