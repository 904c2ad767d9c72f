"""Register a kwestie."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import access, logboek, selectors, services
from cases.eigen import subaarden_of
from cases.forms import DubbelForm, RegistratieForm, suggest
from cases.models import Concept
from cases.selectors.achtergrond import diensten_on, limits_on
from cases.views.antwoorden import form_page, page, posted, say, succeeds
from cases.views.concepten import about_draft, kept_for, same_client
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
    bij = same_client(request, plek)
    kept = kept_for(request, plek, Concept.Soort.REGISTRATIE, bij)
    form = RegistratieForm(
        posted(request),
        bij=bij,
        concept=kept.velden if kept else None,
        diensten=diensten_on(plek.id, timezone.localdate()),
        eigen=subaarden_of(plek.id),
    )
    suggest(form, "organisatie", lambda: selectors.typed_organisations(wie, plek))
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
        services.forget_concept(actor=wie, tenant_id=plek.id, concept_id=made.pk)
        tekst = _("Kwestie %(nummer)s is opgeslagen.") % {"nummer": made.nummer}
        say(request, tekst, form)
        if "nog" in request.POST:
            return redirect(f"{reverse('cases:nieuw', kwargs={'slug': slug})}?leeg=1")
        page_of_it = reverse("cases:kwestie", kwargs={"slug": slug, "pk": made.pk})
        return redirect(f"{page_of_it}?net=1")
    status = 422 if form.errors else 200
    context = {
        "form": form,
        "plek": plek,
        "bij": bij,
        "afbakening": limits_on(plek.id, timezone.localdate()),
        **about_draft(kept, slug, Concept.Soort.REGISTRATIE, bij),
    }
    return render(request, "cases/nieuw.html", context, status=status)


@signed_in
@require_POST
def dubbel(request: SignedRequest, slug: str) -> HttpResponse:
    """While somebody registers: which of her own kwesties may be the same one."""
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_REGISTREREN)
    form = DubbelForm(request.POST)
    found = form.gelijkend(wie, plek)
    if found:
        logboek.dubbel_getoond(wie, plek.id, found)
    context = {"gelijkend": found, "plek": plek, "is_zelfde": form.is_op_naam}
    return render(request, "cases/dubbel.html", context)
