"""Trends that the software proposes, for who leads the team: true counts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from signalering import logboek, selectors
from signalering.documents import subject_label
from signalering.forms_signaal import AfwijsForm
from signalering.lifecycle import RapportageError
from signalering.lifecycle.signalen import may_propose
from signalering.lifecycle.trendbesluiten import (
    Voorstel,
    decide_about,
    proposals_for,
)
from signalering.models import SignaalStatus
from signalering.periodes import Periode, UnknownPeriode, closed_periods, parse
from signalering.trendgrafiek import column_chart
from signalering.trends import MINIMUM, RATE, RATE_AARD, Richting
from signalering.views.plaats import place
from signalering.views.signalen import uuid_of
from tenants.access import Plek, Refused, Wie
from tenants.doors import signed_in
from tenants.middleware import TenantRequest
from tenants.roles import Recht

KWARTALEN = 8


@signed_in
@require_GET
def trends(request: TenantRequest) -> HttpResponse:
    """Every tenant whose team this person leads."""
    wie = request.wie
    if wie is None or not wie.can(Recht.KWESTIE_TEAM):
        raise Http404
    plekken = [wie.plekken[t] for t in wie.with_right(Recht.KWESTIE_TEAM)]
    plekken.sort(key=lambda plek: plek.naam)
    if len(plekken) == 1:
        return _page(request, wie, plekken[0], _quarter(""), {}, 200)
    return render(request, "signalering/trends.html", {"plekken": plekken})


@signed_in
@require_GET
def trends_hier(request: TenantRequest, slug: str) -> HttpResponse:
    """The proposals of a quarter of one tenant, with numbers, chart and what was
    decided.
    """
    wie, plek = place(request)
    if not wie.may(Recht.KWESTIE_TEAM, plek.id):
        raise Http404
    periode = _quarter(request.GET.get("periode", ""))
    return _page(request, wie, plek, periode, {}, 200)


def _quarter(text: str) -> Periode:
    """The quarter asked for, else the last one that is over. Raises Http404."""
    if not text:
        return _closed()[0]
    try:
        found = parse(text)
    except UnknownPeriode as error:
        raise Http404 from error
    if "-Q" not in found.code:
        raise Http404
    return found


def _closed() -> list[Periode]:
    found = closed_periods("kwartaal", timezone.localdate())
    quarters = sorted((p for p in found if "-Q" in p.code), key=lambda p: p.van)
    return quarters[::-1][:KWARTALEN]


def _page(
    request: TenantRequest,
    wie: Wie,
    plek: Plek,
    periode: Periode,
    sent: dict[str, AfwijsForm],
    status: int,
) -> HttpResponse:
    logboek.trends_getoond(wie, plek.id, periode.code)
    found = proposals_for(wie, plek.id, periode)
    context = {
        "plek": plek,
        "periode": periode,
        "periodes": _closed(),
        "voorstellen": [
            _shown(plek, periode, number, voorstel, sent)
            for number, voorstel in enumerate(found, start=1)
        ],
        "signalen": selectors.signalen_for(wie)
        .filter(tenant_id=plek.id)
        .exclude(status=SignaalStatus.GESLOTEN),
        "minimum": MINIMUM,
        "procent": f"{100 * RATE:g}",
        "procent_aard": f"{100 * RATE_AARD:g}".replace(".", ","),
        "mag_oppakken": may_propose(wie, plek.id),
    }
    return render(request, "signalering/trends_hier.html", context, status=status)


def _shown(
    plek: Plek,
    periode: Periode,
    number: int,
    voorstel: Voorstel,
    sent: dict[str, AfwijsForm],
) -> dict[str, Any]:
    trend = voorstel.trend
    o = trend.onderwerp
    code = "|".join((o.wet, o.aard, o.sub, trend.richting))
    titel = subject_label(o.aard, o.sub, o.wet)
    laatste = trend.verloop[-12:]
    kwartalen = _codes(periode, len(laatste))
    query = urlencode(
        {
            **{"aard": o.aard, "sub": o.sub, "wet": o.wet},
            **{"trend": code, "periode": periode.code},
        }
    )
    nieuw = reverse("signalering:signaal_nieuw", kwargs={"slug": plek.slug})
    return {
        "nummer": number,
        "code": code,
        "titel": titel,
        "is_daling": trend.richting == Richting.DALING,
        "trend": trend,
        "percentage": _percentage(trend.verhouding),
        "voorstel": voorstel,
        "grafiek": column_chart(titel, kwartalen, laatste, len(trend.kwartalen)),
        "verloop": list(zip(kwartalen, laatste, strict=True)),
        "nieuw_url": f"{nieuw}?{query}",
        "form": sent.get(code) or AfwijsForm(plek=plek, prefix=f"v{number}"),
    }


def _percentage(verhouding: float | None) -> str:
    """'+210%', or '' when there was nothing to compare with."""
    if verhouding is None:
        return ""
    return f"{round(100 * (verhouding - 1)):+d}%"


def _codes(periode: Periode, many: int) -> list[str]:
    last = periode.van.year * 4 + (periode.van.month - 1) // 3
    return [f"{q // 4}-Q{q % 4 + 1}" for q in range(last - many + 1, last + 1)]


@signed_in
@require_POST
def trend_besluit(request: TenantRequest, slug: str) -> HttpResponse:
    """Taken up as a signal that is there already, or dismissed with a reason."""
    wie, plek = place(request)
    if not wie.may(Recht.KWESTIE_TEAM, plek.id):
        raise Http404
    periode = _quarter(request.POST.get("periode", ""))
    code = request.POST.get("code", "")
    chosen = uuid_of(request.POST.get("signaal", ""))
    form = AfwijsForm(request.POST, plek=plek, prefix=f"v{request.POST.get('nummer')}")
    if chosen is None and not form.is_valid():
        return _page(request, wie, plek, periode, {code: form}, 422)
    try:
        decide_about(
            *(wie, plek, code, periode),
            reden="" if chosen else form.cleaned_data["reden"],
            signaal_id=chosen,
        )
    except Refused as error:
        raise Http404 from error
    except RapportageError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Je besluit is vastgelegd."))
    found = redirect("signalering:trends_hier", plek.slug)
    found["Location"] += f"?periode={periode.code}"
    return found
