"""What must happen on a day, from the kwestie or from *Mijn dag*, and back to there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import access, selectors, services
from cases.forms.agenda import (
    BelForm,
    StapVerzetForm,
    TermijnForm,
    TurfForm,
    VerzetForm,
)
from cases.forms.laag import LaagForm
from cases.models import Agendapunt, Stap
from cases.services import KwestieError
from cases.views.antwoorden import (
    form_page,
    posted,
    say,
    show,
    succeeds,
    to_or_day,
    to_or_work,
)
from tenants.doors import SignedRequest, signed_in
from tenants.roles import Recht


@signed_in
@form_page
def bellen(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Promise to call back."""
    return _plan(request, pk, slug, BelForm(posted(request)), "bellen")


@signed_in
@form_page
def termijn(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """A term of the law (S7), or another last day."""
    return _plan(request, pk, slug, TermijnForm(posted(request)), "termijn")


def _plan(
    request: SignedRequest,
    pk: UUID,
    slug: str,
    form: BelForm | TermijnForm,
    template: str,
) -> HttpResponse:
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    made: list[Agendapunt] = []
    if succeeds(
        form,
        lambda: made.append(
            services.plan_agendapunt(
                actor=wie,
                tenant_id=found.tenant_id,
                kwestie_id=pk,
                punt=form.punt(),
            )
        ),
    ):
        dag = date_format(made[0].dag, "l j F Y")
        say(request, _("Het staat in je agenda op %(dag)s.") % {"dag": dag}, form)
        return to_or_day(request, pk, slug)
    return show(request, template, found, form)


@signed_in
@require_POST
def agenda_gedaan(
    request: SignedRequest, slug: str, pk: UUID, punt: UUID
) -> HttpResponse:
    """One button: it is done. Said twice it happens once."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    row = access.part_of(found, Agendapunt, punt)
    try:
        services.finish_agendapunt(
            actor=wie, tenant_id=found.tenant_id, kwestie_id=pk, punt_id=row.pk
        )
    except KwestieError as error:
        messages.error(request, error.tekst)
    else:
        tekst = _("Afgevinkt.")
        if row.soort == Agendapunt.Soort.BELLEN:
            tekst = _("Afgevinkt. Leg het gesprek ook vast bij kwestie %(nummer)s.") % {
                "nummer": found.nummer
            }
        messages.success(request, tekst)
    return to_or_day(request, pk, slug)


@signed_in
@form_page
def agenda_verzetten(
    request: SignedRequest, slug: str, pk: UUID, punt: UUID
) -> HttpResponse:
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    row = access.part_of(found, Agendapunt, punt)
    form = VerzetForm(posted(request), punt=row)
    if succeeds(
        form,
        lambda: services.move_agendapunt(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            punt_id=row.pk,
            **form.naar(),
        ),
    ):
        return _moved(request, pk, slug, form.cleaned_data["dag"])
    return show(request, "verzetten", found, form, wat=row.get_soort_display())


@signed_in
@form_page
def stap_verzetten(
    request: SignedRequest, slug: str, pk: UUID, stap: UUID
) -> HttpResponse:
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    row = access.part_of(found, Stap, stap)
    form = StapVerzetForm(posted(request), stap=row)
    if succeeds(
        form,
        lambda: services.move_stap(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            stap_id=row.pk,
            dag=form.cleaned_data["dag"],
        ),
    ):
        return _moved(request, pk, slug, form.cleaned_data["dag"])
    return show(request, "verzetten", found, form, wat=_("Stap"))


@signed_in
@form_page
def laag(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """To another layer of support (S140)."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    form = LaagForm(posted(request), kwestie=found)
    if succeeds(
        form,
        lambda: services.change_laag(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            laag=form.cleaned_data["laag"],
            reden=form.cleaned_data["reden"],
        ),
    ):
        say(request, _("De laag is veranderd."), form)
        return to_or_work(request, pk, slug)
    volunteer = request.plek is not None and selectors.is_vrijwilliger(request.plek)
    return show(request, "laag", found, form, is_vrijwilliger=volunteer)


def _moved(request: SignedRequest, pk: UUID, slug: str, dag: Any) -> HttpResponse:
    tekst = _("Verzet naar %(dag)s.") % {"dag": date_format(dag, "l j F Y")}
    messages.success(request, tekst)
    return to_or_day(request, pk, slug)


@signed_in
@require_POST
def turven(request: SignedRequest, slug: str) -> HttpResponse:
    """How many calls she had today, from *Mijn dag* (S113)."""
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_REGISTREREN)
    form = TurfForm(request.POST)
    if succeeds(
        form,
        lambda: services.keep_tally(
            actor=wie,
            tenant_id=plek.id,
            telefoontjes=form.cleaned_data["telefoontjes"],
        ),
    ):
        messages.success(request, _("Je telling van vandaag is bewaard."))
    else:
        messages.error(request, _("Vul een getal van 0 tot 500 in."))
    return redirect("cases:dag")
