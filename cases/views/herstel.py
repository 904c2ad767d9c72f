"""Putting right: two clients who are one, and a kwestie for another tenant."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cases import access, logboek, selectors, services
from cases.forms import DoorgeleidForm, KwestieForm, SamenvoegForm
from cases.models import Kwestie, Status
from cases.services.wissen import OP_NAAM
from cases.views.antwoorden import form_page, no_way, posted, say, show, succeeds, to
from tenants.doors import SignedRequest, signed_in


@signed_in
@form_page
def samenvoegen(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """First who the other is, then one client of two."""
    wie = request.wie
    found = access.kwestie_to_put_right(wie, request.plek, pk)
    if not _is_by_name(request, found):
        return to(pk, slug)
    form = SamenvoegForm(posted(request))
    other: Kwestie | None = None
    if form.is_bound and form.is_valid():
        other = _checked(request, found, form)
        if other is not None and form.is_confirmed:
            return to(pk, slug)
        again = request.POST.copy()
        again["nagekeken"] = form.cleaned_data["nummer"] if other else ""
        form.data = again
    if found.client is not None:
        logboek.kwestie_ingezien(wie, found)
    merge = services.merge_to_undo(found.tenant_id, found.client_id)
    return show(
        request,
        "samenvoegen",
        found,
        form,
        is_ingezien=found.client is not None,
        ander=other,
        is_samengevoegd=bool(merge),
    )


def _is_by_name(request: SignedRequest, found: Kwestie) -> bool:
    """Whether there is a client to merge or to split; says so when there is none."""
    known = found.client is not None and found.client.identiteitsstatus in OP_NAAM
    if not known:
        messages.info(request, _("Bij deze kwestie hoort geen cliënt op naam."))
    return known


def _checked(
    request: SignedRequest, found: Kwestie, form: SamenvoegForm
) -> Kwestie | None:
    """The other kwestie; merged with this one when that was confirmed."""
    wie, nummer = request.wie, form.cleaned_data["nummer"]
    verb: Callable[..., object] = services.check_merge
    if form.is_confirmed:
        verb = services.merge_clients
    if not succeeds(
        form,
        lambda: verb(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=found.pk,
            ander_nummer=nummer,
        ),
    ):
        return None
    if form.is_confirmed:
        say(request, _("De cliënten zijn samengevoegd."), form)
        return found
    other = services.mergeable(wie, found.tenant_id, nummer=nummer.strip().upper())
    if other is not None:
        logboek.kwestie_ingezien(wie, other)
    return other


@signed_in
@form_page
def splitsen(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Undo the latest merge into the client of this kwestie."""
    wie = request.wie
    found = access.kwestie_to_put_right(wie, request.plek, pk)
    if not _is_by_name(request, found):
        return to(pk, slug)
    form = KwestieForm(posted(request))
    if succeeds(
        form,
        lambda: services.undo_merge(
            actor=wie, tenant_id=found.tenant_id, kwestie_id=pk
        ),
    ):
        say(request, _("De samenvoeging is ongedaan gemaakt."), form)
        return to(pk, slug)
    if (
        not form.is_bound
        and services.merge_to_undo(found.tenant_id, found.client_id) is None
    ):
        messages.info(request, _("Er is geen samenvoeging om ongedaan te maken."))
        return to(pk, slug)
    return show(request, "splitsen", found, form)


@signed_in
@form_page
def doorgeleiden(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """To the right tenant; with name and text only when the client wants that."""
    wie = request.wie
    found = access.kwestie_to_put_right(wie, request.plek, pk)
    if refused := no_way(request, found, Status.DOORGELEID):
        return refused
    plekken = [
        plek
        for plek in selectors.plekken_to_register(wie)
        if plek.id != found.tenant_id
    ]
    form = DoorgeleidForm(posted(request), plekken=plekken)
    made: list[str] = []

    def verb() -> None:
        made.append(
            services.pass_on(
                actor=wie,
                tenant_id=found.tenant_id,
                kwestie_id=pk,
                naar=form.cleaned_data["naar"],
                is_met_toestemming=bool(form.cleaned_data["is_met_toestemming"]),
            )
        )

    if succeeds(form, verb):
        tekst = _("De kwestie is doorgeleid. Het nieuwe nummer is %(nummer)s.")
        say(request, tekst % {"nummer": made[0]}, form)
        return redirect("cases:lijst")
    return show(request, "doorgeleiden", found, form, plekken=plekken)
