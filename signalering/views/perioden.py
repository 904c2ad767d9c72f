"""All reports of one period: how far each tenant is, and why one was refused."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from signalering import selectors
from signalering.periodes import Periode, UnknownPeriode, closed_periods, parse
from signalering.voorstellen import BEZIG, GEWEIGERD, KLAAR, judge
from tenants.access import Wie
from tenants.doors import signed_in
from tenants.middleware import TenantRequest
from tenants.roles import Recht

NIETS = "niets"


@signed_in
@require_GET
def periode_voortgang(request: TenantRequest) -> HttpResponse:
    """Every tenant of this person with its report over ``?periode=``; htmx asks for the
    table alone while something is on its way."""
    wie = request.wie
    if wie is None or not wie.can(Recht.RAPPORTAGE_LEZEN):
        raise Http404
    choices = closed_periods("kwartaal", timezone.localdate(), years=1)
    choices.sort(key=lambda p: (p.tot, p.van), reverse=True)
    try:
        periode = parse(request.GET.get("periode") or choices[0].code)
    except UnknownPeriode as error:
        raise Http404 from error
    rows = _rows(wie, periode)
    many = Counter(row["stand"] for row in rows)
    context = {
        "periode": periode,
        "keuzes": choices,
        "rows": rows,
        "klaar": many[KLAAR],
        "bezig": many[BEZIG],
        "geweigerd": many[GEWEIGERD],
        "niets": many[NIETS],
        "totaal": len(rows),
    }
    part = request.headers.get("HX-Request") == "true"
    template = "periode_tabel" if part else "periode_voortgang"
    return render(request, f"signalering/{template}.html", context)


def _rows(wie: Wie, periode: Periode) -> list[dict[str, Any]]:
    here = [wie.plekken[t] for t in wie.with_right(Recht.RAPPORTAGE_LEZEN)]
    reports, jobs = selectors.reports_of_period([p.id for p in here], periode)
    rows = []
    for plek in sorted(here, key=lambda plek: plek.naam):
        found = reports.get(plek.id)
        stand, reden = judge(found, jobs.get(found.pk)) if found else (NIETS, "")
        rows.append({"plek": plek, "rapportage": found, "stand": stand, "reden": reden})
    return rows
