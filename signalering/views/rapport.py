"""A report, and every step of its life."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from signalering import lifecycle, logboek, selectors
from signalering.access import rapportage_for
from signalering.forms import (
    BesprekingForm,
    NieuweRapportageForm,
    ReactieForm,
    RedenForm,
    ToetsForm,
)
from signalering.lifecycle import RapportageError
from signalering.models import Publiek, Rapportage, Status
from signalering.periodes import parse
from signalering.uitleg import in_the_way, ways_out
from signalering.views.gesprek import said_about
from signalering.views.plaats import carried_out, form_page, place, screen
from tenants.access import Refused, Wie
from tenants.doors import signed_in
from tenants.inloggen.bewijs import recent_proof, recent_proof_when
from tenants.jobs import enqueue
from tenants.middleware import TenantRequest
from tenants.roles import Recht

# By verb in the address: what it does, and what is said when it is done.
STAPPEN_ZONDER_FORMULIER: dict[str, tuple[Callable[..., Any], Promise]] = {
    "dien-in": (
        lifecycle.submit,
        gettext_lazy("Het rapport wacht nu op de herleidbaarheidstoets."),
    ),
    "haal-terug": (
        lifecycle.take_back,
        gettext_lazy("Het rapport is weer een concept."),
    ),
    "bied-aan": (
        lifecycle.offer,
        gettext_lazy("Het rapport is aangeboden. De opdrachtgever kan het nu lezen."),
    ),
    "open-bespreking": (
        lifecycle.open_discussion,
        gettext_lazy("Het rapport is nu in bespreking."),
    ),
    "stel-vast": (
        lifecycle.establish,
        gettext_lazy("Het rapport is vastgesteld. De cijfers veranderen niet meer."),
    ),
    "publiceer": (lifecycle.publish, gettext_lazy("Het rapport is deels openbaar.")),
}


@signed_in
def nieuw(request: TenantRequest, slug: str) -> HttpResponse:
    """Ask for a report over a closed period; the rest happens in the background."""
    wie, plek = place(request)
    if not wie.may(Recht.RAPPORTAGE_MAKEN, plek.id):
        raise Http404
    form = NieuweRapportageForm(request.POST or None, plek=plek)
    if request.method == "POST" and form.is_valid():
        periode = parse(form.cleaned_data["periode"])
        try:
            made, job = lifecycle.request_rapportage(
                actor=wie, tenant_id=plek.id, periode=periode
            )
        except RapportageError as error:
            form.add_error("periode", str(error))
        else:
            enqueue(job)
            return redirect("signalering:rapportage", plek.slug, made.pk)
    context = {"form": form, "plek": plek}
    status = 422 if form.is_bound else 200
    return render(request, "signalering/nieuw.html", context, status=status)


@signed_in
@require_GET
def rapportage(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """The report: where it stands, what can be done, what it says."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk)
    logboek.rapportage_gelezen(wie, found)
    besprekingen = list(selectors.besprekingen_of(found))
    reacties = list(selectors.reacties_of(found))
    context = {
        "plek": plek,
        "rapportage": found,
        "periode": parse(found.periode),
        "job": selectors.job_of(found) if wie.is_medewerker else None,
        "besprekingen": besprekingen,
        "reacties": reacties,
        "kan": _possible(wie, found, has_bespreking=bool(besprekingen)),
        "bestanden": _downloads(wie, found),
        "werkt_voor": plek.naam,
        "is_medewerker": wie.is_medewerker,
        "uitwegen": ways_out(found) if wie.is_medewerker else [],
        "in_de_weg": in_the_way(found) if wie.is_medewerker else [],
        "heeft_knelpunten": _has_signals(wie, found),
        "publicatie": found.publicaties.filter(tenant_id=plek.id).first(),
        **said_about(wie, found),
    }
    if found.cijfers:
        context = screen(found, Publiek.OPDRACHTGEVER) | context
    return render(request, "signalering/rapportage.html", context)


def _possible(wie: Wie, found: Rapportage, *, has_bespreking: bool) -> dict[str, bool]:
    """Which buttons to show, by verb."""
    kan = dict.fromkeys(lifecycle.possible_verbs(wie, found), True)
    kan["bewerk"] = found.status == Status.CONCEPT and wie.may(
        Recht.RAPPORTAGE_MAKEN, found.tenant_id
    )
    kan["reageer"] = found.status in lifecycle.REACTIE_BIJ and wie.may(
        Recht.RAPPORTAGE_REAGEREN, found.tenant_id
    )
    is_author = wie.user_id in {found.opgesteld_door_id, *found.schrijvers}
    if is_author:
        kan.pop("teken_toets", None)
        kan.pop("publiceer", None)
    if found.toets_door_id is not None:
        kan.pop("teken_toets", None)
    else:
        kan.pop("bied_aan", None)
    return kan


def _has_signals(wie: Wie, found: Rapportage) -> bool:
    """Whether this person can fetch the signals of this report as a table."""
    rights = (Recht.RAPPORTAGE_LEZEN, Recht.RAPPORTAGE_DOWNLOADEN)
    may = any(wie.may(recht, found.tenant_id) for recht in rights)
    is_ready = wie.is_medewerker or found.is_definitief
    return bool(may and is_ready and found.signalen and found.cijfers)


def _downloads(wie: Wie, found: Rapportage) -> list[dict[str, Any]]:
    may = wie.may(Recht.RAPPORTAGE_DOWNLOADEN, found.tenant_id)
    if not wie.is_medewerker and not (may and found.is_definitief):
        return []
    return [
        {"publiek": b.publiek, "label": b.get_publiek_display(), "grootte": b.grootte}
        for b in selectors.bestanden_of(found)
    ]


@signed_in
@require_POST
def opnieuw(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """Try the printing again after it failed."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.RAPPORTAGE_MAKEN)
    job = selectors.job_of(found)
    if job is None or not job.is_onderweg:
        enqueue(lifecycle.print_again(actor=wie, tenant_id=plek.id, pk=found.pk))
    return redirect("signalering:rapportage", plek.slug, found.pk)


@signed_in
def toets(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """Sign the herleidbaarheidstoets as the second person."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.RAPPORTAGE_TOETSEN)
    form = ToetsForm(request.POST or None)

    def sign(**_ticked: object) -> None:
        lifecycle.sign_check(actor=wie, tenant_id=plek.id, pk=found.pk)

    if carried_out(request, form, sign, _("De herleidbaarheidstoets is getekend.")):
        return redirect("signalering:rapportage", plek.slug, found.pk)
    return form_page(request, "toets", found, form)


@signed_in
@require_POST
@recent_proof_when(verb=("stel-vast", "publiceer"))
def stap(request: TenantRequest, slug: str, pk: UUID, verb: str) -> HttpResponse:
    """A verb that needs no more than a button."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk)
    if verb not in STAPPEN_ZONDER_FORMULIER:
        raise Http404
    action, said = STAPPEN_ZONDER_FORMULIER[verb]
    try:
        done = action(actor=wie, tenant_id=plek.id, pk=found.pk)
    except Refused as error:
        raise Http404 from error
    except RapportageError as error:
        messages.error(request, str(error))
    else:
        if isinstance(done, tuple):
            enqueue(done[1])
        messages.success(request, str(said))
    return redirect("signalering:rapportage", plek.slug, found.pk)


@signed_in
def bespreking(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """Record the meeting: when, who, what was said."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.BESPREKING_VASTLEGGEN)
    form = BesprekingForm(request.POST or None, plek=plek)
    act = partial(
        lifecycle.record_discussion, actor=wie, tenant_id=plek.id, pk=found.pk
    )
    if carried_out(request, form, act, _("De bespreking is vastgelegd.")):
        return redirect("signalering:rapportage", plek.slug, found.pk)
    return form_page(request, "bespreking", found, form)


@signed_in
def reactie(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """The commissioning party reacts; the last reaction is the one that is printed."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.RAPPORTAGE_REAGEREN)
    form = ReactieForm(request.POST or None, plek=plek)
    act = partial(lifecycle.react, actor=wie, tenant_id=plek.id, pk=found.pk)
    if carried_out(request, form, act, _("Dank u wel. Uw reactie is ontvangen.")):
        return redirect("signalering:rapportage", plek.slug, found.pk)
    return form_page(request, "reactie", found, form)


@signed_in
@recent_proof
def vertrouwelijk(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """Decide not to publish, with the reason."""
    return _with_reason(
        request,
        pk,
        "vertrouwelijk",
        lifecycle.close_confidentially,
        _("Het rapport is vertrouwelijk afgerond."),
        Recht.RAPPORTAGE_PUBLICEREN,
    )


@signed_in
@recent_proof
def intrekken(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """Withdraw a report, with the reason."""
    return _with_reason(
        request,
        pk,
        "intrekken",
        lifecycle.withdraw,
        _("Het rapport is ingetrokken."),
        Recht.RAPPORTAGE_MAKEN,
        Recht.RAPPORTAGE_VASTSTELLEN,
    )


def _with_reason(
    request: TenantRequest,
    pk: UUID,
    template: str,
    action: Callable[..., Rapportage],
    said: str,
    *rechten: Recht,
) -> HttpResponse:
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, *rechten)
    form = RedenForm(request.POST or None)
    act = partial(action, actor=wie, tenant_id=plek.id, pk=found.pk)
    if carried_out(request, form, act, said):
        return redirect("signalering:rapportage", plek.slug, found.pk)
    return form_page(request, template, found, form)
