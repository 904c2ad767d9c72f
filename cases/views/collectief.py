"""Work without a client: what was done, and recording it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases import access
from cases.forms.collectief import CollectiefForm
from cases.models import CollectieveActiviteit
from cases.selectors import plekken_to_register
from cases.selectors.collectief import collectief_for
from cases.services.collectief import record_collectief
from cases.views.antwoorden import form_page, page, posted, say, succeeds
from tenants.access import Plek
from tenants.doors import SignedRequest, signed_in
from tenants.roles import Recht


@signed_in
@page
def collectief(request: SignedRequest) -> HttpResponse:
    wie = access.caseworker(request.wie)
    context = {
        "rijen": collectief_for(wie),
        "plekken": plekken_to_register(wie),
        "wie": wie,
    }
    return render(request, "cases/collectief.html", context)


@signed_in
@form_page
def collectief_nieuw(request: SignedRequest, slug: str) -> HttpResponse:
    plek = access.plek_with(request.wie, request.plek, Recht.KWESTIE_EIGEN)
    return _record(request, plek, None)


@signed_in
@form_page
def collectief_bewerken(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Her own, put right."""
    plek = access.plek_with(request.wie, request.plek, Recht.KWESTIE_EIGEN)
    return _record(request, plek, access.own_collectief(request.wie, plek, pk))


def _record(
    request: SignedRequest, plek: Plek, row: CollectieveActiviteit | None
) -> HttpResponse:
    form = CollectiefForm(posted(request), row=row)
    if succeeds(
        form,
        lambda: record_collectief(
            actor=request.wie,
            tenant_id=plek.id,
            activiteit_id=form.activiteit_id,
            gegevens=form.gegevens(),
        ),
    ):
        say(request, _("Het werk met de groep is vastgelegd."), form)
        return redirect("cases:collectief")
    status = 422 if form.errors else 200
    context = {"form": form, "plek": plek}
    return render(request, "cases/collectief_vorm.html", context, status=status)
