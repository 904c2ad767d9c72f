"""Who may have one kwestie: another supporter, and with whom it is shared."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import access, logboek, selectors, services
from cases.forms import DeelForm, OverdragenForm
from cases.views.antwoorden import (
    form_page,
    posted,
    say,
    show,
    succeeds,
    to_or_work,
)
from tenants.doors import SignedRequest, signed_in


@signed_in
@form_page
def andere_ondersteuner(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """What the client asks for: another supporter, in one step (S50, S151)."""
    wie = request.wie
    found = access.kwestie_to_hand_over(wie, request.plek, pk)
    is_hidden = selectors.grond_of(found) == selectors.Grond.AFGESCHERMD
    zonder = wie.user_id if is_hidden else None
    form = OverdragenForm(posted(request), kwestie=found, zonder=zonder)
    if succeeds(
        form,
        lambda: services.hand_over(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            medewerker_id=form.medewerker_id,
            reden=form.cleaned_data["reden"],
        ),
    ):
        tekst = _("Kwestie %(nummer)s heeft nu een andere ondersteuner.")
        if form.medewerker_id is None:
            tekst = _("Kwestie %(nummer)s staat nu in de wachtrij van het team.")
        say(request, tekst % {"nummer": found.nummer}, form)
        return redirect("cases:team") if is_hidden else to_or_work(request, pk, slug)
    if is_hidden:
        logboek.afgeschermd_getoond(wie, found)
    return show(request, "andere_ondersteuner", found, form)


@signed_in
@form_page
def toegang(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """With whom it is shared, whose it was before, and sharing it."""
    wie = request.wie
    found = access.kwestie_to_share(wie, request.plek, pk)
    form = DeelForm(posted(request), kwestie=found)
    if succeeds(
        form,
        lambda: services.share_kwestie(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            medewerker_id=form.cleaned_data["medewerker"].pk,
            niveau=form.cleaned_data["niveau"],
            tot=form.cleaned_data["tot"],
            reden=form.cleaned_data["reden"],
        ),
    ):
        naam = form.cleaned_data["medewerker"].naam
        say(request, _("Je deelt de kwestie nu met %(naam)s.") % {"naam": naam}, form)
        return redirect("cases:toegang", slug=slug, pk=pk)
    logboek.kwestie_ingezien(wie, found)
    return show(
        request,
        "toegang",
        found,
        form,
        is_ingezien=True,
        delingen=selectors.grants_of(found),
        overdrachten=selectors.overdrachten_of(found),
    )


@signed_in
@require_POST
def delen_stoppen(
    request: SignedRequest, slug: str, pk: UUID, deling: UUID
) -> HttpResponse:
    """Stop sharing with one colleague."""
    found = access.kwestie_to_share(request.wie, request.plek, pk)
    services.withdraw_grant(
        actor=request.wie,
        tenant_id=found.tenant_id,
        kwestie_id=pk,
        deling_id=deling,
    )
    messages.success(request, _("Je deelt de kwestie niet meer met deze collega."))
    return redirect("cases:toegang", slug=slug, pk=pk)
