"""Who the client is: named later, put right, taken away."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cases import access, logboek, services
from cases.forms import AnoniemForm, ClientForm
from cases.views.antwoorden import form_page, posted, say, show, succeeds, to
from tenants.doors import SignedRequest, signed_in


@signed_in
@form_page
def client(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Give an anonymous kwestie a name, or change what we know of a client."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    known = found.client if found.client and found.client.is_op_naam else None
    form = ClientForm(
        posted(request), client=known, met_privacy=known is None and not found.client
    )

    def verb() -> object:
        if found.client is not None:
            return services.change_client(
                actor=wie,
                tenant_id=found.tenant_id,
                kwestie_id=pk,
                identiteit=form.identiteit(),
            )
        return services.give_name(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            identiteit=form.identiteit(),
            privacy=form.privacy_given(),
        )

    if succeeds(form, verb):
        say(request, _("De gegevens van de cliënt zijn opgeslagen."), form)
        return to(pk, slug)
    if known is not None:
        logboek.kwestie_ingezien(wie, found)
    is_ingezien = known is not None
    return show(request, "client", found, form, is_ingezien=is_ingezien, client=known)


@signed_in
@form_page
def anoniem(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take away who the client is, after saying yes twice."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    form = AnoniemForm(
        posted(request),
        met_procedure=services.has_running_procedure(found),
        met_keuze=services.has_other_kwesties(found),
    )
    if succeeds(
        form,
        lambda: services.make_anonymous(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            is_alles=form.is_alles,
            weet_procedure=form.cleaned_data.get("weet_procedure", False),
        ),
    ):
        say(request, _("De cliënt is anoniem. Naam en teksten zijn gewist."), form)
        return to(pk, slug)
    return show(request, "anoniem", found, form)
