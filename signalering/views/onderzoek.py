"""Own investigations of the Adviespunt: the list, one of them, and every verb on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from signalering import logboek, selectors
from signalering.access import onderzoek_for
from signalering.forms_onderzoek import (
    OnderzoekBesprekingForm,
    OnderzoekForm,
    OnderzoekRedenForm,
)
from signalering.lifecycle import RapportageError
from signalering.lifecycle.onderzoeken import (
    ONDERZOEKSTAPPEN,
    edit_onderzoek,
    possible_steps,
    start_onderzoek,
    take_step,
)
from signalering.models import Onderzoek, OnderzoekStatus
from signalering.views.plaats import carried_out, place
from signalering.views.signalen import form_answer, form_page, plekken_of
from tenants.access import Plek, Wie
from tenants.doors import signed_in
from tenants.middleware import TenantRequest
from tenants.roles import Recht

PER_PAGE: Final = 50
STAPWOORDEN: Final[Mapping[str, Promise]] = {
    "rond-af": gettext_lazy("Onderzoek afronden"),
    "heropen": gettext_lazy("Heropenen"),
    "teken": gettext_lazy("Herleidbaarheidstoets tekenen"),
    "bied-aan": gettext_lazy("Aanbieden aan de opdrachtgever"),
    "bespreek": gettext_lazy("Bespreking vastleggen"),
    "maak-openbaar": gettext_lazy("Openbaar maken"),
    "trek-in": gettext_lazy("Onderzoek intrekken"),
}
# Verbs that ask something first.
FORMULIER: Final = {"bespreek": OnderzoekBesprekingForm, "trek-in": OnderzoekRedenForm}
KLEUREN: Final[Mapping[str, str]] = {
    OnderzoekStatus.GESTART: "neutral",
    OnderzoekStatus.AFGEROND: "active",
    OnderzoekStatus.AANGEBODEN: "active",
    OnderzoekStatus.BESPROKEN: "success",
    OnderzoekStatus.OPENBAAR: "success",
    OnderzoekStatus.INGETROKKEN: "inactive",
}


@signed_in
@require_GET
def onderzoeken(request: TenantRequest) -> HttpResponse:
    """The investigations this person may see, over all her tenants."""
    wie = request.wie
    if wie is None or not wie.can(Recht.RAPPORTAGE_LEZEN, Recht.RAPPORTAGE_ONTVANGEN):
        raise Http404
    found = selectors.onderzoeken_for(wie)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [
            {
                "onderzoek": row,
                "plek": wie.plekken[row.tenant_id],
                "kleur": KLEUREN[row.status],
            }
            for row in page
        ],
        "beginners": [
            plek for plek in plekken_of(wie) if wie.may(Recht.RAPPORTAGE_MAKEN, plek.id)
        ],
    }
    return render(request, "signalering/onderzoeken.html", context)


@signed_in
@require_GET
def onderzoek(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """One investigation: what it asks and found, where it stands, what can be done."""
    wie, plek = place(request)
    found = onderzoek_for(wie, plek, pk)
    logboek.onderzoek_gelezen(wie, found)
    context = {
        "onderzoek": found,
        "plek": plek,
        "kleur": KLEUREN[found.status],
        "gegevens": _facts(found),
        "signalen": selectors.signalen_for(wie).filter(
            tenant_id=plek.id, pk__in=found.signalen
        ),
        "stappen": [
            {"verb": verb, "label": STAPWOORDEN[verb], "vraagt": verb in FORMULIER}
            for verb in possible_steps(wie, found)
        ],
        "mag_bewerken": found.status == OnderzoekStatus.GESTART
        and wie.may(Recht.RAPPORTAGE_MAKEN, plek.id),
        "werkt_voor": plek.naam,
    }
    return render(request, "signalering/onderzoek.html", context)


def _facts(found: Onderzoek) -> list[tuple[str, str]]:
    def day(moment: datetime | date | None) -> str:
        return date_format(moment, "j F Y") if moment else ""

    signed = _("getekend op %(dag)s") % {"dag": day(found.toets_op)}
    facts = [
        (_("Gestart"), day(found.gestart_op)),
        (_("Herleidbaarheidstoets"), signed if found.toets_op else _("nog niet")),
        (_("Aangeboden"), day(found.aangeboden_op)),
        (_("Besproken"), day(found.besproken_op)),
        (_("Besproken met"), found.besproken_met),
        (_("Openbaar sinds"), day(found.openbaar_op)),
        (_("Ingetrokken"), found.ingetrokken_reden),
    ]
    return [(label, value) for label, value in facts if value]


@signed_in
@form_page
def onderzoek_nieuw(request: TenantRequest, slug: str) -> HttpResponse:
    """Start an investigation."""
    wie, plek = place(request)
    if not wie.may(Recht.RAPPORTAGE_MAKEN, plek.id):
        raise Http404
    start = {"signalen": request.GET.getlist("signaal")}
    form = OnderzoekForm(request.POST or None, plek=plek, initial=start)
    made: list[Onderzoek] = []

    def begin(**filled: Any) -> None:
        made.append(
            start_onderzoek(
                actor=wie,
                tenant_id=plek.id,
                gegevens=form.gegevens(),
                toegestaan=filled["toegestaan"],
            )
        )

    if carried_out(request, form, begin, _("Het onderzoek is gestart.")):
        return redirect("signalering:onderzoek", plek.slug, made[0].pk)
    kop = _("Eigen onderzoek starten")
    return form_answer(request, "onderzoek_form", form, plek=plek, kop=kop)


@signed_in
@form_page
def onderzoek_bewerken(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """Write in it, until it is finished."""
    wie, plek = place(request)
    found = onderzoek_for(wie, plek, pk, Recht.RAPPORTAGE_MAKEN)
    if found.status != OnderzoekStatus.GESTART:
        raise Http404
    start = {name: getattr(found, name) for name in OnderzoekForm.base_fields}
    start["signalen"] = [str(pk) for pk in found.signalen]
    form = OnderzoekForm(request.POST or None, plek=plek, initial=start)

    def edit(**filled: Any) -> None:
        edit_onderzoek(
            actor=wie,
            tenant_id=plek.id,
            pk=pk,
            gegevens=form.gegevens(),
            toegestaan=filled["toegestaan"],
        )

    if carried_out(request, form, edit, _("Het onderzoek is opgeslagen.")):
        return redirect("signalering:onderzoek", plek.slug, pk)
    kop = _("Eigen onderzoek bewerken")
    return form_answer(
        request, "onderzoek_form", form, plek=plek, onderzoek=found, kop=kop
    )


@signed_in
@form_page
def onderzoek_stap(
    request: TenantRequest, slug: str, pk: UUID, verb: str
) -> HttpResponse:
    """Carry out a step; one that needs a reason or a day asks for it."""
    wie, plek = place(request)
    found = onderzoek_for(wie, plek, pk)
    if verb not in _allowed(wie, plek):
        raise Http404
    act = partial(take_step, actor=wie, tenant_id=plek.id, pk=pk, verb=verb)
    kop = STAPWOORDEN[verb]
    if verb in FORMULIER:
        form = FORMULIER[verb](request.POST or None, plek=plek)
        if carried_out(request, form, act, _("Vastgelegd.")):
            return redirect("signalering:onderzoek", plek.slug, pk)
        return form_answer(
            request, "onderzoek_form", form, plek=plek, onderzoek=found, kop=kop
        )
    if request.method != "POST":
        raise Http404
    try:
        act()
    except RapportageError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Vastgelegd."))
    return redirect("signalering:onderzoek", plek.slug, pk)


def _allowed(wie: Wie, plek: Plek) -> set[str]:
    """Every verb she could carry out here on some investigation."""
    return {
        verb
        for (_status, verb), stap in ONDERZOEKSTAPPEN.items()
        if wie.may(stap.recht, plek.id)
    }
