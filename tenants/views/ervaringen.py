"""Slips for clients, and what came of them: for colleagues."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tenants.doors import SignedRequest, signed_in
from tenants.ervaring import (
    ANTWOORDEN,
    Kwartaal,
    figures,
    last_day,
    make_slips,
    quarter_of,
)
from tenants.forms.publiek import BriefjesForm
from tenants.models import Ervaring
from tenants.roles import Recht
from tenants.views.opdrachtgevers import anywhere, form_page, place

CIJFERS = (Recht.KWESTIE_TEAM, Recht.RAPPORTAGE_VASTSTELLEN)


@signed_in
@form_page
def briefjes(request: SignedRequest, slug: str) -> HttpResponse:
    """Make a pile of slips and show it once, to be printed."""
    wie, plek = place(request, Recht.KWESTIE_EIGEN)
    form = BriefjesForm(request.POST if request.method == "POST" else None)
    codes: list[str] = []
    if form.succeeds(
        lambda: codes.extend(
            make_slips(actor=wie, tenant_id=plek.id, aantal=form.cleaned_data["aantal"])
        )
    ):
        waar = request.build_absolute_uri(
            reverse("publiek:ervaring", kwargs={"slug": plek.slug})
        )
        context = {
            "plek": plek,
            "codes": codes,
            "waar": waar.partition("://")[2],
            "tot": last_day(quarter_of(timezone.localdate())),
        }
        return render(request, "ervaring/afdruk.html", context)
    status = 422 if form.errors else 200
    context = {"plek": plek, "form": form}
    return render(request, "ervaring/briefjes.html", context, status=status)


@signed_in
@require_safe
def lijst(request: SignedRequest) -> HttpResponse:
    """Where she may see what clients answered."""
    here = anywhere(request, *CIJFERS)
    plekken = sorted((request.wie.plekken[t] for t in here), key=lambda plek: plek.naam)
    return render(request, "ervaring/lijst.html", {"plekken": plekken})


@signed_in
@require_safe
def ervaringen(request: SignedRequest, slug: str) -> HttpResponse:
    """What clients answered, for who leads the team and for directie."""
    wie, plek = place(request, *CIJFERS)
    found = figures(wie, plek.id, timezone.localdate())
    kwartalen = [(kwartaal, _rows(kwartaal)) for kwartaal in found]
    context = {"plek": plek, "kwartalen": kwartalen}
    return render(request, "ervaring/cijfers.html", context)


def _rows(kwartaal: Kwartaal) -> list[tuple[str, list[int | None]]]:
    """Per statement its figures in the order of ANTWOORDEN; None is withheld."""
    table = kwartaal.cijfers
    if table is None or table.te_weinig:
        return []
    labels = {
        vraag: str(Ervaring._meta.get_field(vraag).verbose_name)  # type: ignore[union-attr]
        for vraag in Ervaring.VRAGEN
    }
    return [
        (
            labels[vraag],
            [table.cell(f"{vraag}:{groep}").kwesties for groep in ANTWOORDEN],
        )
        for vraag in Ervaring.VRAGEN
    ]
