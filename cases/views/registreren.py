"""Register a kwestie."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import access, selectors, services
from cases.forms import RegistratieForm
from cases.models import Kwestie
from cases.views.antwoorden import form_page, page, posted, say, succeeds
from tenants.access import Plek
from tenants.doors import SignedRequest, signed_in
from tenants.roles import Recht


@signed_in
@page
def registreren(request: SignedRequest) -> HttpResponse:
    """For which tenant? Goes on by itself when there is one."""
    wie = access.caseworker(request.wie)
    plekken = selectors.plekken_to_register(wie)
    if len(plekken) == 1:
        return redirect("cases:nieuw", slug=plekken[0].slug)
    return render(request, "cases/registreren.html", {"plekken": plekken})


@signed_in
@form_page
def nieuw(request: SignedRequest, slug: str) -> HttpResponse:
    """*Snelle registratie*; ``?bij=`` an earlier kwestie of the same client."""
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_REGISTREREN)
    bij = _same_client(request, plek)
    form = RegistratieForm(posted(request), bij=bij)
    if succeeds(
        form,
        lambda: services.register_kwestie(
            actor=wie,
            tenant_id=plek.id,
            kwestie_id=form.kwestie_id,
            gegevens=form.gegevens(),
        ),
    ):
        made = access.kwestie_for(wie, plek, form.kwestie_id)
        tekst = _("Kwestie %(nummer)s is opgeslagen.") % {"nummer": made.nummer}
        say(request, tekst, form)
        if "nog" in request.POST:
            return redirect("cases:nieuw", slug=slug)
        page_of_it = reverse("cases:kwestie", kwargs={"slug": slug, "pk": made.pk})
        return redirect(f"{page_of_it}?net=1")
    status = 422 if form.errors else 200
    context = {"form": form, "plek": plek, "bij": bij}
    return render(request, "cases/nieuw.html", context, status=status)


def _same_client(request: SignedRequest, plek: Plek) -> Kwestie | None:
    """The kwestie in ``?bij=``, when its client is known; 404 when it is not hers."""
    text = request.GET.get("bij", "")
    if not text:
        return None
    try:
        pk = UUID(text)
    except ValueError:
        return None
    found = access.kwestie_for(request.wie, plek, pk, write=True)
    return found if found.client is not None else None
