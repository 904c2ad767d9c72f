"""Signals: the list, proposing one, and those a kwestie counts in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from signalering import selectors
from signalering.documents import subject_label
from signalering.forms_signaal import (
    SignaalForm,
    SignalenFilter,
)
from signalering.lifecycle import RapportageError
from signalering.lifecycle.signalen import (
    may_propose,
    propose_signal,
)
from signalering.lifecycle.sterkte import strength_of
from signalering.lifecycle.trendbesluiten import decide_about
from signalering.models import Signaal, SignaalStatus
from signalering.periodes import UnknownPeriode, parse
from signalering.signaalwoorden import KLEUREN
from signalering.views.plaats import place
from tenants.access import Plek, Refused, Wie
from tenants.doors import signed_in
from tenants.middleware import TenantRequest
from tenants.roles import Recht

PER_PAGE = 50
form_page = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@require_GET
def signalen(request: TenantRequest) -> HttpResponse:
    """The signals this person may see, over all her tenants."""
    wie = request.wie
    if wie is None or not wie.can(Recht.RAPPORTAGE_LEZEN, Recht.RAPPORTAGE_ONTVANGEN):
        raise Http404
    form = SignalenFilter(request.GET or None, wie=wie)
    found = _filtered(wie, form)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filter": form,
        "rows": rows_of(wie, list(page)),
        "is_medewerker": wie.is_medewerker,
        "voorstellers": [plek for plek in plekken_of(wie) if may_propose(wie, plek.id)],
        "te_laat": [
            {"actie": actie, "plek": wie.plekken[actie.tenant_id]}
            for actie in selectors.late_actions_for(wie)
        ]
        if wie.is_medewerker
        else [],
        "ziet_trends": wie.can(Recht.KWESTIE_TEAM),
    }
    return render(request, "signalering/signalen.html", context)


def plekken_of(wie: Wie) -> list[Plek]:
    """Her places, by name."""
    return sorted(wie.plekken.values(), key=lambda plek: plek.naam)


def _filtered(wie: Wie, form: SignalenFilter) -> QuerySet[Signaal]:
    found = selectors.signalen_for(wie)
    if not form.is_bound or not form.is_valid():
        return found
    data = form.cleaned_data
    plek = wie.by_slug(data["tenant"]) if data["tenant"] else None
    if plek is not None:
        found = found.filter(tenant_id=plek.id)
    chosen = {name: data[name] for name in ("status", "aard") if data[name]}
    return found.filter(**chosen)


def rows_of(wie: Wie, signalen: list[Signaal]) -> list[dict[str, Any]]:
    """What a list or a page shows of each; its strength for who may see kwesties."""
    strength = strength_of(wie, signalen) if wie.is_medewerker else {}
    return [
        {
            "signaal": signaal,
            "plek": wie.plekken[signaal.tenant_id],
            "thema": subject_label(signaal.aard, signaal.sub, signaal.wet),
            "kleur": KLEUREN[SignaalStatus(signaal.status)],
            "sterkte": strength.get(signaal.pk),
        }
        for signaal in signalen
    ]


@signed_in
@form_page
def signaal_nieuw(request: TenantRequest, slug: str) -> HttpResponse:
    """Propose a signal; from a kwestie, back to that to link it; from a trend, taken up
    by who decides there.
    """
    wie, plek = place(request)
    if not may_propose(wie, plek.id):
        raise Http404
    start = {name: request.GET.get(name, "") for name in ("aard", "sub", "wet")}
    form = SignaalForm(request.POST or None, plek=plek, initial=start)
    kwestie = uuid_of(request.GET.get("kwestie", ""))
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_signal(
                actor=wie,
                tenant_id=plek.id,
                gegevens=form.gegevens(),
                samen_met=uuid_of(request.GET.get("samen", "")),
                toegestaan=form.cleaned_data["toegestaan"],
            )
        except Refused as error:
            raise Http404 from error
        except RapportageError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Het signaal is opgepakt."))
            if kwestie is None:
                return _after(request, wie, plek, made)
            found = redirect("signalering:bij_kwestie", plek.slug)
            found["Location"] += f"?kwestie={kwestie}&zoek={made.pk}"
            return found
    return form_answer(request, "signaal_nieuw", form, plek=plek, kwestie=kwestie)


def _after(request: TenantRequest, wie: Wie, plek: Plek, made: Signaal) -> HttpResponse:
    """To the signal; made from a trend, that is taken up with it."""
    code = request.GET.get("trend", "")
    if code:
        try:
            periode = parse(request.GET.get("periode", ""))
            decide_about(wie, plek, code, periode, signaal_id=made.pk)
        except (Refused, RapportageError, UnknownPeriode):
            messages.info(request, _("Over de trend was al besloten."))
    return redirect("signalering:signaal", plek.slug, made.pk)


def uuid_of(text: str) -> UUID | None:
    """The id in an address or a form; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


@signed_in
@require_GET
def bij_kwestie(request: TenantRequest, slug: str) -> HttpResponse:
    """Signals to link a kwestie to, found by typing; as a part of the page of a kwestie
    those it is linked to. The kwestie itself is not asked for: the page knows its ids.
    """
    wie, plek = place(request)
    if not may_propose(wie, plek.id):
        raise Http404
    kwestie = uuid_of(request.GET.get("kwestie", ""))
    pairs = [part.partition(":") for part in request.GET.getlist("van")]
    linked = {uuid_of(signaal): uuid_of(koppeling) for signaal, _p, koppeling in pairs}
    found = selectors.signalen_for(wie).filter(tenant_id=plek.id)
    is_part = request.headers.get("HX-Request") == "true"
    zoek = request.GET.get("zoek", "").strip()
    rows = rows_of(wie, list(found.filter(pk__in=[pk for pk in linked if pk])))
    for row in rows:
        row["koppeling"] = linked[row["signaal"].pk]
    reports = selectors.offered_rapportages_for(wie) if rows else []
    used = selectors.reports_with([row["signaal"].pk for row in rows], reports)
    for row in rows:
        row["rapportages"] = used[row["signaal"].pk]
    choices = found.exclude(status=SignaalStatus.GESLOTEN)
    context = {
        "plek": plek,
        "kwestie": kwestie,
        "rows": rows,
        "mag_koppelen": kwestie is not None and "lees" not in request.GET,
        "zoek": "" if uuid_of(zoek) else zoek,
        "keuzes": [] if is_part else rows_of(wie, _matching(choices, zoek)),
        "titels": [] if is_part else choices.values_list("titel", flat=True)[:200],
    }
    template = "bij_kwestie_deel" if is_part else "bij_kwestie"
    return render(request, f"signalering/{template}.html", context)


def _matching(choices: QuerySet[Signaal], zoek: str) -> list[Signaal]:
    pk = uuid_of(zoek)
    if pk is not None:
        return list(choices.filter(pk=pk))
    return list(choices.filter(titel__icontains=zoek)[:20])


def form_answer(
    request: TenantRequest, template: str, form: forms.Form, **context: Any
) -> HttpResponse:
    """The form, empty (200) or as it was refused (422)."""
    status = 422 if form.is_bound else 200
    return render(
        request,
        f"signalering/{template}.html",
        {"form": form, **context},
        status=status,
    )
