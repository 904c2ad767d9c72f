"""Throwing away, putting back, and undoing what one just did."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import access, logboek, selectors, services
from cases.forms import WeggooiForm
from cases.models import Prullenbak
from cases.services import KwestieError
from cases.views.antwoorden import (
    form_page,
    page,
    posted,
    say,
    show,
    succeeds,
    to,
    to_or_work,
)
from tenants.access import Refused
from tenants.doors import SignedRequest, signed_in
from tenants.roles import Recht


@signed_in
@form_page
def weggooien(
    request: SignedRequest,
    slug: str,
    pk: UUID,
    ding: UUID | None = None,
    soort: str = Prullenbak.Soort.KWESTIE,
) -> HttpResponse:
    """A kwestie, or one part of it, into the prullenbak; with a reason."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    row = access.deel_of(found, soort, ding) if ding else found
    form = WeggooiForm(posted(request))
    if succeeds(
        form,
        lambda: services.throw_away(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            soort=soort,
            ding=row.pk,
            reden=form.cleaned_data["reden"],
        ),
    ):
        tekst = _("Weggegooid. Je vindt het nog 30 dagen in de prullenbak.")
        say(request, tekst, form, found)
        return to_or_work(request, pk, slug)
    context: dict[str, Any] = {
        "soort": Prullenbak.Soort(soort).label,
        "wat": selectors.in_words(row),
        "is_kwestie": soort == Prullenbak.Soort.KWESTIE,
    }
    return show(request, "weggooien", found, form, **context)


@signed_in
@page
def prullenbak(request: SignedRequest) -> HttpResponse:
    """What she, or the team she leads, threw away in the last thirty days."""
    wie = access.caseworker(request.wie)
    rows = selectors.prullenbak_of(wie)
    logboek.prullenbak_getoond(
        wie,
        selectors.kwesties_in(rows),
        [row.plek.id for row in rows],
        sum(row.is_afgeschermd for row in rows),
    )
    return render(request, "cases/prullenbak.html", {"rijen": rows})


@signed_in
@require_POST
def terugzetten(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Out of the prullenbak again."""
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM)
    try:
        found = services.put_back(actor=wie, tenant_id=plek.id, prullenbak_id=pk)
    except Refused as error:
        raise Http404 from error
    except KwestieError as error:
        messages.error(request, error.tekst)
        return redirect("cases:prullenbak")
    messages.success(request, _("Het staat weer terug."))
    return to(found.kwestie_id, slug)


@signed_in
@require_POST
def ongedaan(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Undo what she did a moment ago; later on the answer says that it is too late."""
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_EIGEN)
    found = access.own_handeling(wie, plek, pk)
    try:
        services.undo(actor=wie, tenant_id=plek.id, handeling_id=pk)
    except Refused as error:
        raise Http404 from error
    except KwestieError as error:
        messages.error(request, error.tekst)
    else:
        messages.success(request, _("Ongedaan gemaakt."))
    return to_or_work(request, found.kwestie_id, slug)
