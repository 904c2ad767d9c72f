"""Consent, steps and rulings of one kwestie: given, taken, recorded, taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import access
from cases.forms import KwestieForm
from cases.forms.regels import OordeelForm, StapForm, ToestemmingForm, VervallenForm
from cases.models import Stap, Toestemming
from cases.selectors.achtergrond import achtergrond_of
from cases.services import KwestieError
from cases.services.routes import ombudsman_deadline, record_oordeel
from cases.services.stappen import advance_stap, drop_stap, plan_stap
from cases.services.toestemming import give_toestemming, revoke_toestemming
from cases.views.antwoorden import (
    form_page,
    posted,
    say,
    show,
    succeeds,
    to,
    to_or_day,
)
from tenants.doors import SignedRequest, signed_in


@signed_in
@form_page
def toestemming(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """What the client allows (S13)."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    leeftijd = achtergrond_of(found).leeftijdsklasse
    form = ToestemmingForm(posted(request), leeftijdsklasse=leeftijd)
    if succeeds(
        form,
        lambda: give_toestemming(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            toestemming=form.toestemming(),
        ),
    ):
        say(request, _("De toestemming is vastgelegd."), form)
        return to(pk, slug)
    is_unknown = leeftijd == "ONB"
    return show(request, "toestemming", found, form, leeftijd_onbekend=is_unknown)


@signed_in
@form_page
def intrekken(
    request: SignedRequest, slug: str, pk: UUID, toestemming: UUID
) -> HttpResponse:
    """The client takes it back; asked once more before it is done."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    given = access.part_of(found, Toestemming, toestemming)
    form = KwestieForm(posted(request))
    if succeeds(
        form,
        lambda: revoke_toestemming(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            toestemming_id=given.pk,
        ),
    ):
        say(request, _("De toestemming is ingetrokken. Ze geldt niet meer."), form)
        return to(pk, slug)
    return show(request, "intrekken", found, form, toestemming=given)


@signed_in
@form_page
def stap(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    form = StapForm(posted(request))
    if succeeds(
        form,
        lambda: plan_stap(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            omschrijving=form.cleaned_data["omschrijving"],
            uitvoerder=form.cleaned_data["wie"],
            gepland_op=form.cleaned_data["gepland_op"],
            stap_id=form.cleaned_data["sleutel"],
        ),
    ):
        tekst = _("De stap is vastgelegd. Bespreek hem met de cliënt.")
        say(request, tekst, form, found)
        return to(pk, slug)
    return show(request, "stap", found, form)


@signed_in
@require_POST
def stap_verder(
    request: SignedRequest, slug: str, pk: UUID, stap: UUID
) -> HttpResponse:
    """One button: what comes next for this step. Said twice it happens once."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    row = access.part_of(found, Stap, stap)
    naar = request.POST.get("naar", "")
    try:
        advance_stap(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            stap_id=row.pk,
            naar=naar,
        )
    except KwestieError as error:
        messages.error(request, error.tekst)
    else:
        messages.success(request, _("De stap is bijgewerkt."))
    return to_or_day(request, pk, slug)


@signed_in
@form_page
def stap_vervallen(
    request: SignedRequest, slug: str, pk: UUID, stap: UUID
) -> HttpResponse:
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    row = access.part_of(found, Stap, stap)
    form = VervallenForm(posted(request))
    if succeeds(
        form,
        lambda: drop_stap(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            stap_id=row.pk,
            reden=form.cleaned_data["reden"],
        ),
    ):
        say(request, _("De stap is vervallen."), form)
        return to(pk, slug)
    return show(request, "stap_vervallen", found, form, stap=row)


@signed_in
@form_page
def oordeel(request: SignedRequest, slug: str, pk: UUID, traject: UUID) -> HttpResponse:
    """What the body decided; the last day for the ombudsman follows from it (S124)."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    row = access.traject_of(found, traject)
    form = OordeelForm(posted(request), traject=row)
    if succeeds(
        form,
        lambda: record_oordeel(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            traject_id=row.pk,
            oordeel=form.ruling(),
        ),
    ):
        say(request, _("Het oordeel is vastgelegd."), form)
        return to(pk, slug)
    last = ombudsman_deadline(found)
    return show(request, "oordeel", found, form, traject=row, laatste_dag=last)
