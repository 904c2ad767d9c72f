"""*Mijn dag*: what is due, who waits, what the day was like. Showing is recorded."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases import access, logboek, selectors
from cases.selectors.dag import STIL_NA, shared_norm
from cases.views.antwoorden import page
from tenants.doors import SignedRequest, signed_in

KORT = 10  # of her own kwesties; the rest is on *Mijn werk*


@signed_in
@page
def dag(request: SignedRequest) -> HttpResponse:
    """Where a supporter begins, over all her tenants."""
    wie = access.caseworker(request.wie)
    found = selectors.day_of(wie)
    eigen = found.eigen[:KORT]
    shown = [*found.nu, *found.straks]
    zaken = [*eigen, *found.onbeantwoord, *found.berichten]
    pairs = [(punt.kwestie_id, punt.namens) for punt in shown]
    pairs += [(zaak.id, zaak.namens) for zaak in zaken]
    logboek.dag_getoond(
        wie,
        [p.plek.id for p in shown] + [z.plek.id for z in zaken],
        [pk for pk, namens in pairs if not namens],
        [pk for pk, namens in pairs if namens],
    )
    plekken = selectors.plekken_to_register(wie)
    context = {
        "dag": found,
        "vandaag": timezone.localdate(),
        "eigen": eigen,
        "is_meer": len(found.eigen) > len(eigen),
        "plekken": plekken,
        "meer_plekken": len(wie.plekken) > 1,
        "norm": shared_norm(zaak.norm for zaak in found.onbeantwoord),
        "stil_na": STIL_NA.days // 7,
        "user_id": wie.user_id,
    }
    return render(request, "cases/dag.html", context)
