"""Breaches: any colleague reports one in a minute, the FG does the rest."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases import access
from cases.access import toezicht
from cases.forms.avg import BeoordeelForm, DatalekForm, MeldForm
from cases.forms.geheim import TekstForm
from cases.logboek import avg as logboek
from cases.selectors.avg import datalekken_for
from cases.services import datalek as lekken
from cases.views.antwoorden import form_page, page, posted, say, succeeds
from cases.views.beurten import Beurt, answer, mine, shown
from tenants.doors import SignedRequest, signed_in
from tenants.models import Datalek
from tenants.roles import Recht

Stand = Datalek.Stand


@signed_in
@page
def datalekken(request: SignedRequest) -> HttpResponse:
    """What she reported herself; the FG sees the whole register."""
    wie = request.wie
    if not wie.is_medewerker or not wie.plekken:
        raise Http404
    rows = list(datalekken_for(wie))
    for row in rows:
        logboek.datalek("gezien", wie, row)
    desks = set(wie.with_right(Recht.AVG_BEHANDELEN))
    context = {
        "eigen": [row for row in rows if row.tenant_id not in desks],
        "register": [row for row in rows if row.tenant_id in desks],
        "plekken": list(wie.plekken.values()),
    }
    return render(request, "cases/datalekken.html", context)


@signed_in
@form_page
def datalek_nieuw(request: SignedRequest, slug: str) -> HttpResponse:
    wie, plek = request.wie, request.plek
    if not wie.is_medewerker or plek is None:
        raise Http404
    form = DatalekForm(posted(request))
    if succeeds(
        form,
        lambda: lekken.report_datalek(
            actor=wie,
            tenant_id=plek.id,
            ontdekt_op=form.moment(),
            wat=form.cleaned_data["wat"],
        ),
    ):
        say(
            request, _("Dank je. De FG kijkt er meteen naar. Bel als het dringt."), form
        )
        return redirect("cases:datalekken")
    status = 422 if form.errors else 200
    context = {"plek": plek, "form": form}
    return render(request, "cases/datalek_nieuw.html", context, status=status)


@signed_in
@form_page
def datalek(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """One breach for the FG, with the clock and what is next."""
    wie = request.wie
    row = toezicht.datalek_for(wie, request.plek, pk)
    plek = access.plek_with(wie, request.plek, *Recht)
    beurten = _turns(request, row)
    if done := answer(request, beurten):
        return redirect("cases:datalek", slug=slug, pk=pk)
    logboek.datalek("ingezien", wie, row)
    context = {"row": row, "plek": plek, "beurten": beurten}
    return shown(request, "datalek", context, done)


def _turns(request: SignedRequest, row: Datalek) -> list[Beurt]:
    about: dict[str, Any] = {
        "actor": request.wie,
        "tenant_id": row.tenant_id,
        "pk": row.pk,
    }
    turns: list[Beurt] = []
    if row.stand == Stand.ONTDEKT:
        turns.append(_judging(request, about))
    if row.stand == Stand.BEOORDEELD:
        turns.append(_notifying(request, about))
    if row.stand in (Stand.GEMELD_AP, Stand.NIET_MELDPLICHTIG):
        turns.append(_informing(request, about))
    if row.stand in (Stand.BETROKKENEN, Stand.NIET_MELDPLICHTIG):
        turns.append(_closing(request, about))
    return turns


def _judging(request: SignedRequest, about: dict[str, Any]) -> Beurt:
    form = BeoordeelForm(mine(request, "beoordelen"))
    return Beurt(
        "beoordelen",
        _("Jouw oordeel"),
        form,
        lambda: lekken.judge_datalek(
            **about,
            is_meldplichtig=form.cleaned_data["melden"] == "ja",
            tekst=form.cleaned_data["tekst"],
        ),
        _("Vastleggen"),
    )


def _notifying(request: SignedRequest, about: dict[str, Any]) -> Beurt:
    form = MeldForm(mine(request, "melden"))
    return Beurt(
        "melden",
        _("Gemeld bij de AP"),
        form,
        lambda: lekken.notify_ap(
            **about, op=form.moment(), te_laat=form.cleaned_data["te_laat"]
        ),
        _("Vastleggen"),
    )


def _informing(request: SignedRequest, about: dict[str, Any]) -> Beurt:
    form = TekstForm(
        mine(request, "inlichten"),
        auto_id="inlichten_%s",
        vraag=_("Hoe weten de betrokkenen het? Of: waarom hoeft dat niet?"),
    )
    return Beurt(
        "inlichten",
        _("De betrokkenen"),
        form,
        lambda: lekken.inform_people(**about, tekst=form.cleaned_data["tekst"]),
        _("Vastleggen"),
    )


def _closing(request: SignedRequest, about: dict[str, Any]) -> Beurt:
    form = TekstForm(
        mine(request, "sluiten"),
        auto_id="sluiten_%s",
        vraag=_("Wat is er gedaan om herhaling te voorkomen?"),
    )
    return Beurt(
        "sluiten",
        _("Sluiten"),
        form,
        lambda: lekken.close_datalek(**about, tekst=form.cleaned_data["tekst"]),
        _("Datalek sluiten"),
    )
