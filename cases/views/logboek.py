"""The audit record on screen: of one dossier, and for the FG. Looking is recorded."""

from __future__ import annotations

import csv
from datetime import datetime
from io import StringIO
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from cases import logboek, services
from cases.access import toezicht
from cases.forms.logboek import LogboekForm, OordeelOverInzageForm
from cases.selectors.opvallend import DAGEN, REGELS, findings_for
from cases.selectors.spoor import (
    MEESTE_UITVOER,
    PER_PAGINA,
    Spoor,
    events_for,
    trail_of,
)
from cases.views.antwoorden import form_page, page, posted, succeeds
from tenants.doors import SignedRequest, signed_in
from tenants.inloggen.bewijs import recent_proof

FORMULE = ("=", "+", "-", "@", "\t", "\r")
KOP = (
    *("tijdstip", "wie", "functie", "wat", "waarom", "namens", "uitkomst", "deur"),
    *("noodprocedure", "aantal", "nummers", "opdrachtgever"),
)


@signed_in
@page
def wie_keek(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Who looked in this dossier, in words to show or print for the client."""
    wie = request.wie
    dossier = toezicht.dossier_to_show(wie, request.plek, pk)
    sporen, lijsten = trail_of(wie, dossier.tenant_id, pk, dossier.client_id)
    logboek.wie_keek_getoond(wie, dossier.tenant_id, pk, dossier.grond)
    context = {
        "dossier": dossier,
        "plek": request.plek,
        "sporen": sporen,
        "lijsten": lijsten,
        "op": timezone.localtime(),
    }
    return render(request, "cases/wie_keek.html", context)


@signed_in
@page
def logboek_lijst(request: SignedRequest) -> HttpResponse:
    """Events, newest first, narrowed by the filters; ids and numbers only."""
    wie = toezicht.reader_of_log(request.wie)
    form = LogboekForm(request.GET, wie=wie)
    vraag = form.vraag()
    voor = _moment(request.GET)
    found = events_for(wie, vraag, voor=voor, most=PER_PAGINA + 1) if vraag else []
    shown = found[:PER_PAGINA]
    logboek.logboek_ingezien(wie, vraag, len(shown))
    context = {
        "filter": form,
        "vraag": vraag,
        "sporen": shown,
        "zoek": _without_place(request.GET),
        "next_url": _next(request.GET, shown) if len(found) > PER_PAGINA else "",
    }
    return render(request, "cases/logboek.html", context)


@signed_in
@recent_proof
@page
def logboek_csv(request: SignedRequest) -> HttpResponse:
    """The same events as a file for a spreadsheet."""
    wie = toezicht.reader_of_log(request.wie)
    vraag = LogboekForm(request.GET, wie=wie).vraag()
    if vraag is None:
        return redirect("cases:logboek")
    found = events_for(wie, vraag, most=MEESTE_UITVOER)
    logboek.logboek_geexporteerd(wie, vraag, len(found))
    name = f"logboek-{vraag.van:%Y%m%d}-{vraag.tot:%Y%m%d}.csv"
    return HttpResponse(
        "\ufeff" + _as_csv(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@signed_in
@page
def opvallend(request: SignedRequest) -> HttpResponse:
    """Access that asks for a second look, with the rules it was found by."""
    toezicht.reader_of_log(request.wie)
    return _show_findings(request, OordeelOverInzageForm())


@signed_in
@form_page
def opvallend_oordeel(request: SignedRequest, slug: str) -> HttpResponse:
    """The note on one finding."""
    wie = request.wie
    plek = toezicht.log_of(wie, request.plek)
    form = OordeelOverInzageForm(posted(request))
    if succeeds(
        form,
        lambda: services.judge_access(
            actor=wie,
            tenant_id=plek.id,
            sleutel=form.cleaned_data["sleutel"],
            notitie=form.cleaned_data["notitie"],
        ),
    ):
        return redirect("cases:opvallend")
    if request.method != "POST":
        return redirect("cases:opvallend")
    return _show_findings(request, form)


def _show_findings(request: SignedRequest, form: OordeelOverInzageForm) -> HttpResponse:
    wie = request.wie
    tenants = toezicht.log_tenants(wie)
    found = findings_for(wie, tenants)
    logboek.opvallend_ingezien(wie, tenants, len(found))
    context = {
        "bevindingen": [(one, wie.plekken[one.tenant_id]) for one in found],
        "regels": REGELS.values(),
        "dagen": DAGEN,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "cases/opvallend.html", context, status=status)


def _moment(data: QueryDict) -> datetime | None:
    """The place in the list from an address; nonsense is the beginning."""
    try:
        found = parse_datetime(data.get("voor", ""))
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _without_place(data: QueryDict) -> str:
    kept = data.copy()
    kept.pop("voor", None)
    return kept.urlencode()


def _next(data: QueryDict, shown: list[Spoor]) -> str:
    kept = {key: value for key, value in data.items() if key != "voor"}
    return "?" + urlencode({**kept, "voor": shown[-1].op.isoformat()})


def _as_csv(found: list[Spoor]) -> str:
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(KOP)
    for one in found:
        cells = (
            timezone.localtime(one.op).strftime("%Y-%m-%d %H:%M:%S"),
            *(one.wie, one.functie, one.wat, one.waarom, one.namens, one.uitkomst),
            *(one.deur, _("ja") if one.is_nood else "", str(one.aantal)),
            " ".join(one.nummers),
            one.plek,
        )
        writer.writerow([f"'{c}" if c.startswith(FORMULE) else c for c in cells])
    return out.getvalue()
