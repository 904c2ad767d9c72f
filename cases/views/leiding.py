"""The desks of the teamleider and of the directie. Showing is recorded."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from cases import access, intern, logboek
from cases.logboek import loket as loket_logboek
from cases.models import Overdracht
from cases.selectors.lasten import per_collega
from cases.selectors.loket import waiting_for_team
from cases.selectors.team import WACHTRIJNORM, team_of
from cases.views.antwoorden import page
from privacy.rekenblad import harmless
from tenants.doors import SignedRequest, signed_in
from tenants.inloggen.bewijs import recent_proof
from tenants.roles import Recht

EERSTE_JAAR = 2015


@signed_in
@page
def mijn_team(request: SignedRequest) -> HttpResponse:
    """Who waits, who has how much, who is away: of all teams she leads."""
    wie = access.with_right_anywhere(request.wie, Recht.KWESTIE_TEAM)
    found = team_of(wie)
    listed = [*found.rij, *found.onbeantwoord, *found.strikt]
    logboek.team_getoond(
        wie,
        wie.with_right(Recht.KWESTIE_TEAM),
        [one.id for one in listed if not one.is_strikt],
        [one.id for one in listed if one.is_strikt],
    )
    waiting = waiting_for_team(wie, WACHTRIJNORM)
    for tenant_id in {een.plek.id for een in waiting}:
        ids = [een.id for een in waiting if een.plek.id == tenant_id]
        loket_logboek.aanmeldingen_gezien(wie, tenant_id, ids)
    leads = wie.with_right(Recht.KWESTIE_TEAM)
    context = {
        "aanmeldingen": waiting,
        "loketten": [wie.plekken[tenant_id] for tenant_id in leads],
        "team": found,
        "collegas": per_collega(found.lasten),
        "meer_plekken": len(wie.with_right(Recht.KWESTIE_TEAM)) > 1,
        "norm": found.norm,
        "rijnorm": WACHTRIJNORM,
    }
    return render(request, "cases/team.html", context)


@signed_in
@page
def directie(request: SignedRequest) -> HttpResponse:
    """How often a rule had its exception in a year (S13, S25, S50, S84)."""
    wie = access.with_right_anywhere(request.wie, Recht.UITZONDERINGEN_TELLEN)
    jaar = _jaar(request)
    found = intern.exceptions(wie, jaar)
    logboek.cijfers_getoond(wie, [one.plek.id for one in found], "uitzonderingen", jaar)
    context = {
        "rijen": [(one, _reasons(one)) for one in found if one.is_any],
        "zonder": [one.plek for one in found if not one.is_any],
        **_years(jaar),
    }
    return render(request, "cases/directie.html", context)


def _reasons(one: intern.Uitzonderingen) -> list[tuple[Any, int]]:
    return [(r.label, one.overdrachten.get(r, 0)) for r in Overdracht.Reden]


@signed_in
@page
def uren(request: SignedRequest) -> HttpResponse:
    """Hours per opdracht, by month or by quarter; of nobody in particular."""
    wie = access.with_right_anywhere(request.wie, Recht.UREN_TELLEN)
    jaar = _jaar(request)
    is_maand = request.GET.get("per") == "maand"
    kolommen = _months() if is_maand else _quarters()
    found = intern.hours(wie, jaar)
    logboek.cijfers_getoond(wie, {one.plek.id for one in found}, "uren", jaar)
    rijen = [
        {
            "plek": one.plek,
            "opdracht": one.opdracht,
            "uren": [_hours(one, maanden) for _naam, maanden in kolommen],
            "totaal": _hours(one, intern.MAANDEN),
        }
        for one in found
    ]
    context = {
        "rijen": rijen,
        "kolommen": [naam for naam, _maanden in kolommen],
        "is_maand": is_maand,
        "csv": f"{reverse('cases:uren_csv')}?jaar={jaar}",
        **_years(jaar),
    }
    return render(request, "cases/uren.html", context)


@signed_in
@recent_proof
@page
def uren_csv(request: SignedRequest) -> HttpResponse:
    """The same by month, for a spreadsheet; no cell is taken for a formula."""
    wie = access.with_right_anywhere(request.wie, Recht.UREN_TELLEN)
    jaar = _jaar(request)
    found = intern.hours(wie, jaar)
    logboek.cijfers_getoond(wie, {one.plek.id for one in found}, "uren", jaar)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["opdrachtgever", "opdracht", "maand", "minuten"])
    for one in found:
        for maand in intern.MAANDEN:
            cells = [one.plek.naam, one.opdracht, f"{jaar}-{maand:02}"]
            cells.append(str(one.van([maand])))
            writer.writerow([harmless(cell) for cell in cells])
    return HttpResponse(
        out.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="uren-{jaar}.csv"'},
    )


def _hours(one: intern.Uren, maanden: Sequence[int]) -> float:
    return round(one.van(maanden) / 60, 1)


Kolommen = list[tuple[str, Sequence[int]]]


def _months() -> Kolommen:
    return [(str(MONTHS[maand]), (maand,)) for maand in intern.MAANDEN]


def _quarters() -> Kolommen:
    return [
        (_("Kwartaal %(nummer)d") % {"nummer": n + 1}, range(3 * n + 1, 3 * n + 4))
        for n in range(4)
    ]


def _jaar(request: SignedRequest) -> int:
    """The year that is asked for; this one when it is no year we have."""
    today: date = timezone.localdate()
    asked = request.GET.get("jaar", "")
    jaar = int(asked) if asked.isascii() and asked.isdigit() else today.year
    return jaar if EERSTE_JAAR <= jaar <= today.year else today.year


def _years(jaar: int) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "jaar": jaar,
        "vorig": jaar - 1 if jaar > EERSTE_JAAR else None,
        "volgend": jaar + 1 if jaar < today.year else None,
        "is_lopend": jaar == today.year,
    }
