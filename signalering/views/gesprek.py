"""What is said about a report: remarks of colleagues, mistakes of fact."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from signalering import lifecycle, selectors
from signalering.access import onjuistheid_for, rapportage_for
from signalering.forms_tekst import (
    BezwaarBesluitForm,
    OnjuistheidBesluitForm,
    OnjuistheidForm,
    OpmerkingForm,
)
from signalering.herinneren import DAARNA, IN_GESPREK
from signalering.lifecycle import RapportageError
from signalering.models import Rapportage
from signalering.views.plaats import carried_out, form_page, place
from tenants.access import Refused, Wie
from tenants.doors import signed_in
from tenants.middleware import TenantRequest
from tenants.models import Medewerker
from tenants.roles import Recht


@signed_in
def opmerkingen(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """Remarks of colleagues, the newest first, and a new one."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.RAPPORTAGE_LEZEN)
    form = OpmerkingForm(request.POST or None, plek=plek)
    act = partial(lifecycle.remark, actor=wie, tenant_id=plek.id, pk=found.pk)
    if carried_out(request, form, act, _("Je opmerking staat erbij.")):
        return redirect("signalering:opmerkingen", plek.slug, found.pk)
    rows = list(selectors.opmerkingen_of(found))
    people = {row.door_id for row in rows} | {row.klaar_door_id for row in rows}
    names = dict(Medewerker.objects.filter(pk__in=people).values_list("pk", "naam"))
    shown = [
        {
            "opmerking": row,
            "door": names.get(row.door_id, ""),
            "klaar_door": names.get(row.klaar_door_id, "") if row.klaar_door_id else "",
        }
        for row in rows
    ]
    return form_page(request, "opmerkingen", found, form, opmerkingen=shown)


@signed_in
@require_POST
def opmerking_klaar(
    request: TenantRequest, slug: str, pk: UUID, opmerking: UUID
) -> HttpResponse:
    """Say that a remark is dealt with."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.RAPPORTAGE_LEZEN)
    try:
        lifecycle.settle_remark(
            actor=wie, tenant_id=plek.id, pk=found.pk, opmerking_id=opmerking
        )
    except Refused as error:
        raise Http404 from error
    except RapportageError as error:
        messages.error(request, str(error))
    return redirect("signalering:opmerkingen", plek.slug, found.pk)


@signed_in
def onjuistheid(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """The commissioning party points out a mistake of fact."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.RAPPORTAGE_REAGEREN)
    form = OnjuistheidForm(request.POST or None, plek=plek)
    said = _("Dank u wel. Wij bekijken het en laten weten wat we besluiten.")
    act = partial(lifecycle.point_out, actor=wie, tenant_id=plek.id, pk=found.pk)
    if carried_out(request, form, act, said):
        return redirect("signalering:rapportage", plek.slug, found.pk)
    return form_page(request, "onjuistheid", found, form)


@signed_in
def onjuistheid_besluit(
    request: TenantRequest, slug: str, pk: UUID, onjuistheid: UUID
) -> HttpResponse:
    """Decide about it, with the reason."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.BESPREKING_VASTLEGGEN)
    row = onjuistheid_for(found, onjuistheid)
    form = OnjuistheidBesluitForm(request.POST or None, plek=plek)
    act = partial(lifecycle.decide, actor=wie, tenant_id=plek.id, pk=found.pk)
    act = partial(act, onjuistheid_id=row.pk)
    if carried_out(request, form, act, _("Het besluit is vastgelegd.")):
        return redirect("signalering:rapportage", plek.slug, found.pk)
    return form_page(request, "onjuistheid_besluit", found, form, onjuistheid=row)


@signed_in
def bezwaar(request: TenantRequest, slug: str, pk: UUID) -> HttpResponse:
    """Decide about an objection to publication, with the reason."""
    wie, plek = place(request)
    found = rapportage_for(wie, plek, pk, Recht.RAPPORTAGE_PUBLICEREN)
    reactie = lifecycle.open_objection(found)
    if reactie is None and request.method == "POST":  # sent twice, or decided meanwhile
        messages.info(
            request, _("Er is geen bezwaar waarover nog besloten moet worden.")
        )
        return redirect("signalering:rapportage", plek.slug, found.pk)
    if reactie is None:
        raise Http404
    form = BezwaarBesluitForm(request.POST or None, plek=plek)
    act = partial(lifecycle.decide_objection, actor=wie, tenant_id=plek.id, pk=found.pk)
    if carried_out(request, form, act, _("Het besluit is vastgelegd.")):
        return redirect("signalering:rapportage", plek.slug, found.pk)
    return form_page(request, "bezwaar", found, form, reactie=reactie)


def said_about(wie: Wie, found: Rapportage) -> dict[str, Any]:
    """What the page of a report shows of all this, for this person."""
    reads_along = wie.may(Recht.RAPPORTAGE_REAGEREN, found.tenant_id)
    said: dict[str, Any] = {
        "kan_onjuistheid": reads_along and found.status in lifecycle.ONJUISTHEID_BIJ,
        "mag_besluiten": wie.may(Recht.BESPREKING_VASTLEGGEN, found.tenant_id),
        "kan_bezwaar": wie.may(Recht.RAPPORTAGE_PUBLICEREN, found.tenant_id)
        and lifecycle.open_objection(found) is not None,
    }
    if wie.is_medewerker or reads_along:
        said["onjuistheden"] = list(selectors.onjuistheden_of(found))
    if wie.is_medewerker:
        said["open_opmerkingen"] = (
            selectors.opmerkingen_of(found).filter(klaar_op__isnull=True).count()
        )
        said["herinneringen"] = list(selectors.herinneringen_of(found))
        said["niet_besproken"] = (
            found.status in IN_GESPREK
            and found.reactie_tot is not None
            and timezone.localdate() > found.reactie_tot + DAARNA
        )
    return said
