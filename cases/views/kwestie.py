"""One kwestie: its page, and changing what is on record."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import access, logboek, selectors, services
from cases.achtergrondblok import achtergrond_blok
from cases.eigen import subaarden_of
from cases.forms import BewerkForm
from cases.kaartblok import routes_of
from cases.lifecycle import allows
from cases.models import Concept, Status
from cases.regelblok import regels_of
from cases.selectors.achtergrond import diensten_on, limits_on
from cases.selectors.dag import agenda_of
from cases.selectors.terugkomen import has_code
from cases.services import VOORBIJ, WACHTEND, Conflict, KwestieError
from cases.tijdlijn import tijdlijn_of
from cases.views.antwoorden import (
    form_page,
    page,
    posted,
    say,
    show,
    show_conflict,
    to,
)
from cases.views.concepten import about_draft, kept_for
from tenants.doors import SignedRequest, signed_in
from tenants.roles import Recht

# Of the timeline, at first; the rest is one click away, and on paper is everything.
GEBEURTENISSEN = 50


@signed_in
@page
def kwestie(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """One kwestie with what happened lately, or all of it; being here is recorded."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk)
    logboek.kwestie_ingezien(wie, found)
    context = {
        "kwestie": found,
        "plek": request.plek,
        "agenda": agenda_of(found),
        "regels": regels_of(found, request.plek.type if request.plek else ""),
        "tijdlijn": tijdlijn_of(
            found, None if "alles" in request.GET else GEBEURTENISSEN
        ),
        "eerste": GEBEURTENISSEN,
        "achtergrond": achtergrond_blok(found),
        "kaart": routes_of(found),
        "is_open": found.is_open,
        "is_eigen": selectors.grond_of(found) in selectors.SCHRIJFT,
        "mag_delen": selectors.may_share(wie, found),
        "delingen": [d for d in found.delingen.all() if d.ingetrokken_op is None],
        "is_net_geregistreerd": "net" in request.GET,
        "mag_toewijzen": wie.may(Recht.KWESTIE_TEAM, found.tenant_id),
        "kan": {s.value: allows(found.status, s) for s in Status},
        "is_wachtend": found.status in WACHTEND,
        "heeft_terugkomcode": found.is_anoniem and has_code(found),
        "is_voorbij": found.status in VOORBIJ,
    }
    return render(request, "cases/kwestie.html", context)


@signed_in
@form_page
def bewerken(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Codes and texts. Who saves on an older version sees both, and loses nothing."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    volunteer = request.plek is not None and selectors.is_vrijwilliger(request.plek)
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_EIGEN)
    kept = kept_for(request, plek, Concept.Soort.BEWERKEN, found)
    form = BewerkForm(
        posted(request),
        kwestie=found,
        is_vrijwilliger=volunteer,
        diensten=diensten_on(found.tenant_id, found.datum),
        eigen=subaarden_of(found.tenant_id),
        concept=kept.velden if kept else None,
    )
    draft = about_draft(kept, slug, Concept.Soort.BEWERKEN, found)
    if form.is_bound and form.is_valid():
        try:
            services.update_kwestie(
                actor=wie,
                tenant_id=found.tenant_id,
                kwestie_id=pk,
                versie=form.cleaned_data["versie"],
                wijzigingen=form.wijzigingen(),
            )
        except Conflict as conflict:
            return show_conflict(request, "bewerken", form, conflict, **draft)
        except KwestieError as error:
            form.refuse(error)
        else:
            key = form.cleaned_data["sleutel"]
            services.forget_concept(actor=wie, tenant_id=plek.id, concept_id=key)
            say(request, _("De kwestie is opgeslagen."), form)
            return to(pk, slug)
    logboek.kwestie_ingezien(wie, found)
    draft["afbakening"] = limits_on(found.tenant_id, found.datum)
    return show(request, "bewerken", found, form, is_ingezien=True, **draft)


@signed_in
@page
def afdrukken(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """One kwestie on paper. Who is anonymous to care stays so: without identity (V8)."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk)
    logboek.kwestie_afgedrukt(wie, found)
    context = {
        "kwestie": found,
        "plek": request.plek,
        "regels": regels_of(found, request.plek.type if request.plek else ""),
        "tijdlijn": tijdlijn_of(found),
        "achtergrond": achtergrond_blok(found),
        "client": found.client if found.identiteitsstatus == "BEKEND" else None,
        "op": timezone.localtime(),
    }
    return render(request, "cases/afdrukken.html", context)
