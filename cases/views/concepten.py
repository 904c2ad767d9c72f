"""Drafts: kept while somebody types, shown again, thrown away.

Keeping one writes no event: it happens every half second. Showing one does.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import access, selectors, services
from cases.forms import (
    AfrondForm,
    BewerkForm,
    ContactForm,
    KwestieForm,
    RegistratieForm,
)
from cases.models import Concept, Kwestie
from cases.services import KwestieError
from tenants.access import Plek, Wie
from tenants.doors import SignedRequest, signed_in
from tenants.roles import Recht

# Which form it is, and the name of the page it is on.
VORMEN: dict[str, tuple[type[KwestieForm], str]] = {
    Concept.Soort.REGISTRATIE: (RegistratieForm, "nieuw"),
    Concept.Soort.CONTACT: (ContactForm, "contact"),
    Concept.Soort.AFRONDEN: (AfrondForm, "afronden"),
    Concept.Soort.BEWERKEN: (BewerkForm, "bewerken"),
}
PLAIN = "text/plain; charset=utf-8"
BEWAARD = "X-Bewaard"  # header: the time at which the draft came in


def kept_for(
    request: SignedRequest, plek: Plek, soort: str, kwestie: Kwestie | None = None
) -> Concept | None:
    """The draft to show in this form; None when it is sent or asked for empty."""
    if request.method == "POST" or "leeg" in request.GET:
        return None
    pk = request.GET.get("concept", "")
    return access.concept_for(request.wie, plek, soort, kwestie, pk)


def about_draft(
    concept: Concept | None, slug: str, soort: str, kwestie: Kwestie | None = None
) -> dict[str, Any]:
    """What the templates cases/concept_*.html need."""
    where: dict[str, Any] = {"slug": slug}
    if soort != Concept.Soort.REGISTRATIE and kwestie is not None:
        where |= {"pk": kwestie.pk}
    return {
        "concept": concept,
        "concept_url": _with_bij(
            reverse(f"cases:concept_{VORMEN[soort][1]}", kwargs=where), soort, kwestie
        ),
    }


def page_of(concept: Concept, slug: str) -> str:
    """Address of the form that this is a draft of, without the draft itself."""
    where: dict[str, Any] = {"slug": slug}
    if concept.soort != Concept.Soort.REGISTRATIE:
        where |= {"pk": concept.kwestie_id}
    address = reverse(f"cases:{VORMEN[concept.soort][1]}", kwargs=where)
    return _with_bij(address, concept.soort, concept.kwestie)


def concept_rows(wie: Wie) -> list[dict[str, Any]]:
    """Her drafts, for the list on her own page: each with its address and its tenant."""
    rows = []
    for concept in selectors.concepten_of(wie):
        plek = wie.plekken[concept.tenant_id]
        address = page_of(concept, plek.slug)
        mark = "&" if "?" in address else "?"
        rows.append(
            {
                "concept": concept,
                "plek": plek,
                "url": f"{address}{mark}{urlencode({'concept': concept.pk})}",
            }
        )
    return rows


def _with_bij(address: str, soort: str, kwestie: Kwestie | None) -> str:
    if soort != Concept.Soort.REGISTRATIE or kwestie is None:
        return address
    return f"{address}?{urlencode({'bij': kwestie.pk})}"


def same_client(request: SignedRequest, plek: Plek) -> Kwestie | None:
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


@signed_in
@require_POST
def concept_nieuw(request: SignedRequest, slug: str) -> HttpResponse:
    plek = access.plek_with(request.wie, request.plek, Recht.KWESTIE_REGISTREREN)
    bij = same_client(request, plek)
    return _keep(request, plek, Concept.Soort.REGISTRATIE, bij)


@signed_in
@require_POST
def concept_contact(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    found = access.kwestie_for(request.wie, request.plek, pk, write=True)
    plek = access.plek_with(request.wie, request.plek, Recht.KWESTIE_EIGEN)
    return _keep(request, plek, Concept.Soort.CONTACT, found)


@signed_in
@require_POST
def concept_afronden(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    found = access.kwestie_for(request.wie, request.plek, pk, write=True)
    plek = access.plek_with(request.wie, request.plek, Recht.KWESTIE_EIGEN)
    return _keep(request, plek, Concept.Soort.AFRONDEN, found)


@signed_in
@require_POST
def concept_bewerken(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    found = access.kwestie_for(request.wie, request.plek, pk, write=True)
    plek = access.plek_with(request.wie, request.plek, Recht.KWESTIE_EIGEN)
    return _keep(request, plek, Concept.Soort.BEWERKEN, found)


def _keep(
    request: SignedRequest, plek: Plek, soort: str, kwestie: Kwestie | None
) -> HttpResponse:
    """Keep what is typed. By itself (htmx): no page; by the button: on to her work."""
    form, _page = VORMEN[soort]
    try:
        form.check_getypt(request.POST)
        services.save_concept(
            actor=request.wie,
            tenant_id=plek.id,
            concept_id=_key(request.POST),
            soort=soort,
            kwestie_id=kwestie.pk if kwestie else None,
            velden=form.getypt_in(request.POST),
        )
    except KwestieError as error:
        if "HX-Request" in request.headers:
            return HttpResponse(error.tekst, content_type=PLAIN, status=422)
        messages.error(request, error.tekst)
        return redirect("cases:werk")
    if "HX-Request" in request.headers:
        at = f"{timezone.localtime():%H:%M}"
        return HttpResponse(status=204, headers={BEWAARD: at})
    messages.success(request, _("Je concept is bewaard. Je vindt het hier terug."))
    return redirect("cases:werk")


def _key(data: QueryDict) -> UUID:
    """The key of the form: what it becomes will have this id; 404 without one."""
    try:
        return UUID(data.get("sleutel") or data.get("id") or "")
    except ValueError as error:
        raise Http404 from error


@signed_in
@require_POST
def concept_weg(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Throw a draft away; on to the empty form, or to her work when it came from
    there.
    """
    plek = access.plek_with(request.wie, request.plek, Recht.KWESTIE_EIGEN)
    concept = access.own_concept(request.wie, plek, pk)
    services.discard_concept(actor=request.wie, tenant_id=plek.id, concept_id=pk)
    messages.success(request, _("Het concept is weggegooid."))
    if "werk" in request.POST:
        return redirect("cases:werk")
    address = page_of(concept, slug)
    return redirect(f"{address}{'&' if '?' in address else '?'}leeg=1")
