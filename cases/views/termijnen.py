"""Terms of formal routes, in the register and in a calendar; referrals that arrive."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import access, selectors, services
from cases.forms.termijnen import AankomstForm, TermijnGegevensForm
from cases.kalender import SOORT, Dagpunt, agenda
from cases.logboek import termijnen as logboek
from cases.models import Kwestie
from cases.selectors.dag import agenda_of
from cases.selectors.termijnen import termijn_for
from cases.termijnen import REGELS
from cases.views.antwoorden import (
    form_page,
    page,
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
def traject_termijn(
    request: SignedRequest, slug: str, pk: UUID, traject: UUID
) -> HttpResponse:
    """From what the term of a route runs; its last day follows."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    row = access.traject_of(found, traject)
    form = TermijnGegevensForm(posted(request), traject=row)
    if succeeds(
        form,
        lambda: services.set_termijn(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            traject_id=row.pk,
            gegevens=form.gegevens(),
        ),
    ):
        say(request, _("De termijn is opgeslagen."), form)
        return to_or_day(request, pk, slug)
    return show(
        *(request, "traject_termijn", found, form),
        traject=row,
        termijn=termijn_for(row),
        is_in_regeling=not REGELS[row.type],
    )


@signed_in
@form_page
def aankomst(
    request: SignedRequest, slug: str, pk: UUID, verwijzing: UUID
) -> HttpResponse:
    """Whether the client got where we referred to."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    row = access.verwijzing_of(found, verwijzing)
    form = AankomstForm(posted(request), verwijzing=row)
    if succeeds(
        form,
        lambda: services.record_aankomst(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            verwijzing_id=row.pk,
            is_warm=form.cleaned_data["is_warm"],
            aangekomen=form.cleaned_data["aangekomen"],
        ),
    ):
        say(request, _("Het is opgeslagen."), form)
        return to(pk, slug)
    return show(request, "aankomst", found, form, verwijzing=row)


@signed_in
@page
def termijn_ics(
    request: SignedRequest, slug: str, pk: UUID, ding: UUID
) -> HttpResponse:
    """One term, for a calendar elsewhere."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk)
    punt = _term(found, ding)
    if punt is None:
        raise Http404
    logboek.termijn_opgehaald(wie, found, ding)
    return _file([punt], f"termijn-{found.nummer}.ics")


def _term(kwestie: Kwestie, ding: UUID) -> Dagpunt | None:
    """What of this kwestie this id is: a route with a term, or a point of its agenda
    that is not done.
    """
    for traject in kwestie.trajecten.filter(tenant_id=kwestie.tenant_id, pk=ding):
        term = termijn_for(traject)
        if term is not None:
            return Dagpunt(ding, kwestie.nummer, str(term.naam), term.dag)
    for punt in agenda_of(kwestie):
        if punt.pk == ding and punt.gedaan_op is None:
            name = punt.get_soort_display()
            return Dagpunt(ding, kwestie.nummer, name, punt.dag)
    return None


@signed_in
@page
def termijnen_ics(request: SignedRequest) -> HttpResponse:
    """All her open terms, for a calendar elsewhere."""
    wie = access.caseworker(request.wie)
    found = selectors.terms_of(wie)
    logboek.termijnen_opgehaald(
        wie, [punt.plek.id for punt in found], [punt.kwestie_id for punt in found]
    )
    punten = [Dagpunt(p.id, p.nummer, p.wat, p.dag) for p in found]
    return _file(punten, "termijnen.ics")


def _file(punten: Iterable[Dagpunt], naam: str) -> HttpResponse:
    made = agenda(punten, timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{naam}"'}
    return HttpResponse(made, content_type=SOORT, headers=headers)
