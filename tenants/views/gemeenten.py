"""The list of gemeenten: look at it, and take over a newer one after seeing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tenants.beheer import BeheerFout
from tenants.beheer.gemeenten import (
    MEESTE_BYTES,
    Vergelijking,
    compare,
    take_over,
)
from tenants.doors import SignedRequest, signed_in
from tenants.forms.beheer import GemeentenForm, OvernemenForm
from tenants.inloggen.bewijs import recent_proof
from tenants.models import Gemeente
from tenants.views.opdrachtgevers import anywhere, form_page


@signed_in
@recent_proof
@form_page
def gemeenten(request: SignedRequest) -> HttpResponse:
    """Upload gives a comparison; only taking it over writes."""
    anywhere(request)
    if request.method == "POST" and "inhoud" in request.POST:
        return _take_over(request)
    form = GemeentenForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    seen: list[tuple[Vergelijking, str]] = []
    if form.succeeds(lambda: seen.append(_look_at(form))):
        vergelijking, text = seen[0]
        context = {
            "v": vergelijking,
            "over": OvernemenForm(initial={"inhoud": text}),
        }
        return render(request, "beheer/gemeenten_vergelijking.html", context)
    return _show(request, form)


def _show(request: SignedRequest, form: GemeentenForm) -> HttpResponse:
    context = {"form": form, "rows": list(Gemeente.objects.order_by("naam"))}
    return render(
        request, "beheer/gemeenten.html", context, status=422 if form.errors else 200
    )


def _look_at(form: GemeentenForm) -> tuple[Vergelijking, str]:
    file = form.cleaned_data["bestand"]
    if file.size > MEESTE_BYTES:
        raise BeheerFout(
            _("Dit bestand is te groot voor een gemeentelijst."), "bestand"
        )
    inhoud = file.read()
    return compare(inhoud), inhoud.decode("utf-8-sig")


def _take_over(request: SignedRequest) -> HttpResponse:
    over = OvernemenForm(request.POST)
    if over.succeeds(
        lambda: take_over(
            actor=request.wie, inhoud=over.cleaned_data["inhoud"].encode()
        )
    ):
        messages.success(request, _("De gemeentelijst is bijgewerkt."))
        return redirect("beheer:gemeenten")
    form = GemeentenForm()
    for found in over.errors.values():
        messages.error(request, " ".join(map(str, found)))
    return _show(request, form)
