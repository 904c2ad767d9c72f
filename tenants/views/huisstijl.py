"""The look of a tenant: choose, try, use; and the stylesheet and logo themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tenants import thema
from tenants.access import Plek
from tenants.beheer import BeheerFout, huisstijl
from tenants.doors import SignedRequest, signed_in
from tenants.forms.beheer import HuisstijlForm
from tenants.middleware import ONVERANDERLIJK
from tenants.models import Huisstijl, Tenant
from tenants.views.opdrachtgevers import form_page, place


def theme_of(
    plek: Plek | Tenant, stijl: Huisstijl, deur: str = "beheer"
) -> dict[str, Any]:
    """What base.html needs to show this look; ``stijl`` is read for its sizes.

    deur: namespace of the addresses: ``beheer`` for who works there, or ``publiek``.
    """
    address = {"slug": plek.slug, "merk": stijl.merk}
    found: dict[str, Any] = {
        "thema": huisstijl.VOORBEELD,
        "thema_url": reverse(f"{deur}:stijlblad", kwargs=address),
    }
    if stijl.logo_breedte:
        height = 40
        found |= {
            "logo_url": reverse(f"{deur}:logo", kwargs=address),
            "logo_breedte": round(stijl.logo_breedte * height / stijl.logo_hoogte),
            "logo_hoogte": height,
        }
    return found


@signed_in
@form_page
def kiezen(request: SignedRequest, slug: str) -> HttpResponse:
    """A colour and a logo; on to a page that shows what they give."""
    wie, plek = place(request)
    now = huisstijl.look_of(plek.id, plek.stijl) if plek.stijl else None
    form = HuisstijlForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"kleur": now.kleur if now else thema.DEFAULT_BRAND},
    )
    if now is None or not now.logo_breedte:
        form.fields.pop("houdt")
    made: list[Huisstijl] = []
    if form.succeeds(lambda: made.append(_save(request, form, plek))):
        return redirect("beheer:voorbeeld", plek.slug, made[0].merk)
    context = {"form": form, "plek": plek, "nu": now}
    return render(
        request, "beheer/huisstijl.html", context, status=422 if form.errors else 200
    )


def _save(request: SignedRequest, form: HuisstijlForm, plek: Plek) -> Huisstijl:
    data = form.cleaned_data
    file = data.get("logo")
    if file is not None and file.size > huisstijl.MEESTE_BYTES:
        raise BeheerFout(_("Dit bestand is te groot. Kies er een tot 1 MB."), "logo")
    return huisstijl.save_look(
        actor=request.wie,
        tenant_id=plek.id,
        kleur=data["kleur"],
        logo=huisstijl.read_logo(file.read()) if file is not None else None,
        houdt=plek.stijl if data.get("houdt") else "",
    )


@signed_in
@form_page
def voorbeeld(request: SignedRequest, slug: str, merk: str) -> HttpResponse:
    """A whole page in the look that was made; nobody else sees it until it is used."""
    wie, plek = place(request)
    stijl = _look(plek, merk)
    if request.method == "POST":
        chosen = "" if "eigen" in request.POST else stijl.merk
        huisstijl.use_look(actor=wie, tenant_id=plek.id, merk=chosen)
        messages.success(request, _("De huisstijl is in gebruik."))
        return redirect("beheer:opdrachtgever", plek.slug)
    steps = thema.ramp(stijl.kleur)
    context = {
        "plek": plek,
        "stijl": stijl,
        "is_in_gebruik": plek.stijl == merk,
        "contrasten": [
            (_("Tekst op wit"), thema.contrast(steps["color-default"], thema.WHITE)),
            (
                _("Tekst op een knop"),
                thema.contrast(
                    steps["inverse-color-default"], steps["inverse-bg-default"]
                ),
            ),
            (
                _("Tekst op een gekleurd vlak"),
                thema.contrast(steps["color-default"], steps["bg-active"]),
            ),
        ],
        **theme_of(plek, stijl),
    }
    return render(request, "beheer/voorbeeld.html", context)


@signed_in
@require_safe
def stijlblad(request: SignedRequest, slug: str, merk: str) -> HttpResponse:
    """The colours of a look, computed from its one colour; for who works there."""
    stijl = _look(_anyone(request), merk)
    response = HttpResponse(huisstijl.css_of(stijl), content_type="text/css")
    response["Cache-Control"] = ONVERANDERLIJK
    return response


@signed_in
@require_safe
def logo(request: SignedRequest, slug: str, merk: str) -> HttpResponse:
    """The logo of a look, as the PNG that we drew."""
    stijl = _look(_anyone(request), merk)
    if stijl.logo is None:
        raise Http404
    response = HttpResponse(bytes(stijl.logo), content_type="image/png")
    response["Cache-Control"] = ONVERANDERLIJK
    return response


def _anyone(request: SignedRequest) -> Plek:
    if request.plek is None:
        raise Http404
    return request.plek


def _look(plek: Plek, merk: str) -> Huisstijl:
    stijl = huisstijl.look_of(plek.id, merk)
    if stijl is None:
        raise Http404
    return stijl
