"""One signal, and every verb on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases import codelists
from signalering import logboek, selectors
from signalering.access import actie_for, signaal_for
from signalering.forms_signaal import (
    ActieForm,
    ActieStandForm,
    OverlegForm,
    SignaalForm,
    SignaalRedenForm,
)
from signalering.lifecycle import RapportageError
from signalering.lifecycle.opvolging import (
    may_promise,
    promise_action,
    record_talk,
    settle_action,
)
from signalering.lifecycle.signalen import (
    ACTIE_BIJ,
    MET_REDEN,
    TEKST_BIJ,
    edit_signal,
    may_propose,
    possible_steps,
    take_step,
)
from signalering.models import IN_RAPPORT, Signaal, SignaalStatus
from signalering.signaalwoorden import STAPWOORDEN
from signalering.views.plaats import carried_out, place
from signalering.views.signalen import form_answer, form_page, plekken_of, rows_of
from tenants.access import Plek, Wie
from tenants.doors import signed_in
from tenants.middleware import TenantRequest
from tenants.models import Medewerker
from tenants.roles import Recht


@signed_in
@require_GET
def signaal(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """One signal: what it says, where it stands, what was promised, what can be done."""
    wie, plek = place(request)
    found = signaal_for(wie, plek, pk)
    logboek.signaal_gelezen(wie, found)
    (row,) = rows_of(wie, [found])
    context = {
        **row,
        "acties": list(selectors.acties_of(found)),
        "is_medewerker": wie.is_medewerker,
        "tijdlijn": _timeline(found) if wie.is_medewerker else [],
        "gegevens": _facts(found, row),
        "stappen": [
            {"verb": verb, "label": STAPWOORDEN[verb], "reden": verb in MET_REDEN}
            for verb in possible_steps(wie, found)
        ],
        "mag_actie": found.status in ACTIE_BIJ and may_promise(wie, plek.id),
        "mag_afhandelen": wie.may(Recht.BESPREKING_VASTLEGGEN, plek.id),
        "mag_overleg": found.status in IN_RAPPORT
        and wie.may(Recht.BESPREKING_VASTLEGGEN, plek.id),
        "mag_bewerken": _may_edit(wie, found),
        "elders": [
            other
            for other in plekken_of(wie)
            if other.id != plek.id and may_propose(wie, other.id)
        ]
        if may_propose(wie, plek.id)
        else [],
        "werkt_voor": plek.naam,
    }
    return render(request, "signalering/signaal.html", context)


def _may_edit(wie: Wie, found: Signaal) -> bool:
    is_own = (
        found.voorgesteld_door_id == wie.user_id
        and found.status == SignaalStatus.OPGEPAKT
    )
    is_maker = wie.may(Recht.RAPPORTAGE_MAKEN, found.tenant_id)
    return found.status in TEKST_BIJ and (is_own or is_maker)


def _facts(found: Signaal, row: dict[str, Any]) -> list[tuple[str, str]]:
    facts = [(_("Onderwerp"), row["thema"])]
    if found.domein:
        facts.append((_("Levensdomein"), codelists.label("levensdomein", found.domein)))
    if found.doelgroep:
        facts.append((_("Doelgroep"), codelists.label("doelgroep", found.doelgroep)))
    if row["sterkte"] is not None:
        facts.append((_("Kwesties"), str(row["sterkte"].kwesties)))
        facts.append((_("Verschillende cliënten"), str(row["sterkte"].clienten)))
    return facts


class Gebeurd(NamedTuple):
    """One point of the timeline (components/timeline.html)."""

    op: str
    titel: str
    door: str
    tekst: str


def _timeline(found: Signaal) -> list[Gebeurd]:
    """Steps and talks, newest first; for colleagues."""
    steps, talks = selectors.stappen_of(found), selectors.overleggen_of(found)
    rows: list[tuple[datetime, UUID, str, str]] = [
        (step.op, step.door_id, str(SignaalStatus(step.naar).label), step.reden)
        for step in steps
    ]
    for talk in talks:
        names = [codelists.label("ontvanger_signaal", c) for c in talk.ontvangers]
        dag = date_format(talk.datum, "j F Y")
        titel = _("Overleg op %(dag)s: %(met)s") % {"dag": dag, "met": "; ".join(names)}
        tekst = f"{', '.join(talk.deelnemers)}\n{talk.afspraak}"
        rows.append((talk.op, talk.door_id, titel, tekst))
    people = dict(
        Medewerker.objects.filter(pk__in={row[1] for row in rows}).values_list(
            "pk", "naam"
        )
    )
    return [
        Gebeurd(
            date_format(timezone.localtime(op), "j F Y"),
            str(titel),
            people.get(door, ""),
            tekst,
        )
        for op, door, titel, tekst in sorted(rows, key=lambda row: row[0], reverse=True)
    ]


@signed_in
@form_page
def signaal_bewerken(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """Put the texts right, until they were brought in."""
    wie, plek = place(request)
    found = signaal_for(wie, plek, pk)
    if not _may_edit(wie, found):
        raise Http404
    start = {name: getattr(found, name) for name in SignaalForm.base_fields}
    form = SignaalForm(request.POST or None, plek=plek, initial=start)
    return _carry_out(
        request,
        found,
        "signaal_bewerken",
        form,
        lambda: edit_signal(
            actor=wie,
            tenant_id=plek.id,
            pk=pk,
            gegevens=form.gegevens(),
            toegestaan=form.cleaned_data["toegestaan"],
        ),
        _("Het signaal is opgeslagen."),
    )


@signed_in
@form_page
def signaal_stap(
    request: TenantRequest, slug: str, pk: UUID, verb: str
) -> HttpResponse:
    """Carry out a step; one that needs a reason asks for it."""
    wie, plek = place(request)
    found = signaal_for(wie, plek, pk)
    if verb not in STAPWOORDEN or not wie.is_medewerker:
        raise Http404
    if verb in MET_REDEN:
        form = SignaalRedenForm(request.POST or None, plek=plek)
        return _carry_out(
            request,
            found,
            "signaal_reden",
            form,
            lambda: take_step(
                actor=wie, tenant_id=plek.id, pk=pk, verb=verb, **form.cleaned_data
            ),
            _("Vastgelegd."),
            kop=STAPWOORDEN[verb],
        )
    if request.method != "POST" or verb not in _allowed(wie, plek):
        raise Http404
    try:
        take_step(actor=wie, tenant_id=plek.id, pk=pk, verb=verb)
    except RapportageError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Vastgelegd."))
    return redirect("signalering:signaal", plek.slug, pk)


def _allowed(wie: Wie, plek: Plek) -> set[str]:
    """Every verb she could carry out here on some signal."""
    return {
        verb
        for status in SignaalStatus
        for verb in possible_steps(wie, Signaal(tenant_id=plek.id, status=status))
    }


@signed_in
@form_page
def signaal_overleg(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """Record a talk with the commissioning party, the inspectorate or another body."""
    wie, plek = place(request)
    found = signaal_for(wie, plek, pk, Recht.BESPREKING_VASTLEGGEN)
    form = OverlegForm(request.POST or None, plek=plek)
    return _carry_out(
        request,
        found,
        "signaal_overleg",
        form,
        lambda: record_talk(actor=wie, tenant_id=plek.id, pk=pk, **form.cleaned_data),
        _("Het overleg is vastgelegd."),
    )


@signed_in
@form_page
def signaal_actie(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """What the commissioning party promises, by its contact or as a colleague heard it."""
    wie, plek = place(request)
    found = signaal_for(wie, plek, pk)
    if not may_promise(wie, plek.id):
        raise Http404
    form = ActieForm(request.POST or None, plek=plek, wie=wie)
    return _carry_out(
        request,
        found,
        "signaal_actie",
        form,
        lambda: promise_action(
            actor=wie, tenant_id=plek.id, pk=pk, **form.cleaned_data
        ),
        _("De verbeteractie is vastgelegd."),
        is_medewerker=wie.is_medewerker,
    )


@signed_in
@form_page
def signaal_actie_stand(
    request: TenantRequest, slug: str, pk: UUID, actie: UUID
) -> HttpResponse:
    """What came of a promise."""
    wie, plek = place(request)
    found = signaal_for(wie, plek, pk, Recht.BESPREKING_VASTLEGGEN)
    promised = actie_for(found, actie)
    form = ActieStandForm(request.POST or None, plek=plek)
    return _carry_out(
        request,
        found,
        "signaal_actie_stand",
        form,
        lambda: settle_action(
            actor=wie,
            tenant_id=plek.id,
            pk=pk,
            actie_id=promised.pk,
            **form.cleaned_data,
        ),
        _("Vastgelegd."),
        actie=promised,
    )


def _carry_out(
    request: TenantRequest,
    found: Signaal,
    template: str,
    form: forms.Form,
    verb: Callable[[], object],
    said: str,
    **context: Any,
) -> HttpResponse:
    """The verb when the form is sent and valid, and back to the signal; else the form."""
    _wie, plek = place(request)
    if carried_out(request, form, lambda **_filled: verb(), said):
        return redirect("signalering:signaal", plek.slug, found.pk)
    return form_answer(request, template, form, plek=plek, signaal=found, **context)
