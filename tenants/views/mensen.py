"""Beheer › Mensen: who there is, who may what, and why."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from tenants import logboek_mensen as logboek
from tenants import mensen as vraag
from tenants.doors import SignedRequest, signed_in
from tenants.forms.mensen import STANDEN, WaaromForm, ZoekForm
from tenants.groepen import stray_permissions
from tenants.models import User
from tenants.roles import (
    LABELS,
    MAG_GEVEN,
    MAG_GEVEN_IN_WOORDEN,
    MEDEWERKER,
    OPDRACHTGEVER,
    ROLLEN,
)
from tenants.uitleg import explain
from tenants.views.antwoorden import page
from tenants.wie import Plek, Wie

PER_PAGE = 50
KLEUREN = {"actief": "success", "ongetekend": "warning", "gestopt": "inactive"}


@signed_in
@page
def mensen(request: SignedRequest) -> HttpResponse:
    """Everybody at the tenants she administers, who was invited, and what waits."""
    wie = vraag.administrator(request.wie)
    here = vraag.administered(wie)
    form = ZoekForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"zoek": "", "stand": ""}
    found = vraag.search(vraag.people(wie, here), wanted["zoek"], wanted["stand"])
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    logboek.mensen_getoond(wie, here, [one.id for one in shown])
    context = {
        "filter": form,
        "page": shown,
        "rijen": [(one, *_badge(one.stand)) for one in shown],
        "plekken": _plekken(wie, here),
        "uitnodigingen": [
            (wie.plekken[row.tenant_id], row)
            for row in vraag.uitnodigingen_at(here)[:PER_PAGE]
        ],
        "verzoeken": [
            (wie.plekken[row.tenant_id], row) for row in vraag.verzoeken_at(here)
        ],
    }
    return render(request, "tenants/mensen.html", context)


def _badge(stand: str) -> tuple[str, str]:
    return str(STANDEN[stand]), KLEUREN.get(stand, "neutral")


def _plekken(wie: Wie, tenants: tuple[int, ...]) -> list[Plek]:
    return sorted((wie.plekken[t] for t in tenants), key=lambda plek: plek.naam)


@signed_in
@page
def persoon(request: SignedRequest, pk: UUID) -> HttpResponse:
    """One person: what she is, where, since when, and what can be changed."""
    wie = request.wie
    one = vraag.person_for(wie, pk)
    here = vraag.administered(wie)
    logboek.mensen_getoond(wie, here, [one.id])
    label, kleur = _badge(one.stand)
    context = {
        "persoon": one,
        "stand": label,
        "kleur": kleur,
        "is_zelf": one.id == wie.user_id,
        "aanstellingen": [
            (wie.plekken[row.tenant_id], row)
            for row in vraag.aanstellingen_of(here, pk)
        ],
        "plekken": _plekken(wie, tuple({r.plek.id for r in one.rollen})),
        "alle_plekken": _plekken(wie, here),
    }
    return render(request, "tenants/persoon.html", context)


@signed_in
@page
def rolverdeling(request: SignedRequest, slug: str) -> HttpResponse:
    """People × roles at one tenant; each cell gives or ends one."""
    wie = request.wie
    plek = vraag.plek_beheerd(wie, request.plek)
    persons = vraag.people(wie, [plek.id])
    logboek.mensen_getoond(wie, [plek.id], [one.id for one in persons])
    context = {
        "plek": plek,
        "delen": [
            (soort, [str(r.naam) for r in ROLLEN.values() if r.soort == soort], rows)
            for soort in (MEDEWERKER, OPDRACHTGEVER)
            if (rows := vraag.matrix(persons, soort))
        ],
        "wie_id": wie.user_id,
        "los": len(stray_permissions(plek.id)),
    }
    return render(request, "tenants/rolverdeling.html", context)


@signed_in
@page
def rollen(request: SignedRequest) -> HttpResponse:
    """Each role in words: what it may, and who gives it."""
    vraag.administrator(request.wie)
    return render(request, "tenants/rollen.html", {"rollen": _in_words()})


def _in_words() -> list[dict[str, Any]]:
    return [
        {
            "code": rol.code,
            "naam": rol.naam,
            "is_medewerker": rol.soort == MEDEWERKER,
            "mag": [LABELS[recht] for recht in LABELS if recht in rol.rechten],
            "mag_niet": [LABELS[recht] for recht in LABELS if recht not in rol.rechten],
            "geeft": MAG_GEVEN_IN_WOORDEN.get(rol.code, ""),
            "van": [
                ROLLEN[giver].naam
                for giver in MAG_GEVEN
                if rol.code in MAG_GEVEN[giver]
            ],
        }
        for rol in ROLLEN.values()
    ]


@signed_in
@page
def voorbeeld(request: SignedRequest, rol: str) -> HttpResponse:
    """The product as a role sees it, without anybody's data: its menu and its rights."""
    vraag.administrator(request.wie)
    found = next((one for one in _in_words() if one["code"] == rol), None)
    if found is None:
        raise Http404
    # Nobody at no tenant: the menu is made from her rights, and nothing is fetched.
    nowhere = Plek(
        id=0,
        slug="",
        naam="",
        type="",
        is_fictief=False,
        rollen=frozenset({rol}),
        rechten=frozenset(map(str, ROLLEN[rol].rechten)),
    )
    request.voorbeeld = Wie(None, str(found["naam"]), ROLLEN[rol].soort, {0: nowhere})
    return render(request, "tenants/voorbeeld.html", {"rol": found})


@signed_in
@page
def waarom(request: SignedRequest) -> HttpResponse:
    """Why somebody may do something at a tenant, or not."""
    wie = vraag.administrator(request.wie)
    here = vraag.administered(wie)
    persons = {str(one.id): one for one in vraag.people(wie, here)}
    plekken = {plek.slug: plek for plek in _plekken(wie, here)}
    form = WaaromForm(
        request.GET if "persoon" in request.GET else None,
        mensen=[(pk, one.naam) for pk, one in persons.items()],
        plekken=[(slug, plek.naam) for slug, plek in plekken.items()],
    )
    context: dict[str, Any] = {"form": form}
    status = 200
    if form.is_bound and form.is_valid():
        one = persons[form.cleaned_data["persoon"]]
        plek = plekken[form.cleaned_data["waar"]]
        asked = form.cleaned_data["recht"]
        user = User.objects.only("id", "naam", "soort", "is_active").get(pk=one.id)
        logboek.mensen_getoond(wie, [plek.id], [one.id])
        context |= {
            "persoon": one,
            "plek": plek,
            "uitleg": explain(user, plek.id, [asked] if asked else []),
        }
    elif form.is_bound:
        status = 422
    return render(request, "tenants/waarom.html", context, status=status)
