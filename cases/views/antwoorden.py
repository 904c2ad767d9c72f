"""How the pages of casework answer: a form that was refused, a verb that was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases import logboek, selectors
from cases.forms import AfrondForm, BewerkForm, KwestieForm
from cases.lifecycle import allows
from cases.models import Kwestie
from cases.services import Conflict, KwestieError
from tenants.doors import SignedRequest

page = require_safe
form_page = require_http_methods(["GET", "HEAD", "POST"])


def posted(request: SignedRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def succeeds(form: KwestieForm, verb: Callable[[], object]) -> bool:
    """Carry out ``verb`` when the form is sent and valid; a rule that says no speaks
    on the form. A Conflict is for the view: it shows both texts.
    """
    if not form.is_bound or not form.is_valid():
        return False
    try:
        verb()
    except Conflict:
        raise
    except KwestieError as error:
        form.refuse(error)
        return False
    return True


def say(
    request: SignedRequest,
    tekst: str,
    form: KwestieForm,
    kwestie: Kwestie | None = None,
) -> None:
    """It is done; with a button to undo it when it was done to ``kwestie`` just now."""
    messages.success(request, tekst, extra_tags=_way_back(request, kwestie))


def _way_back(request: SignedRequest, kwestie: Kwestie | None) -> str:
    """Address at which it is undone; '' when there is none."""
    done = selectors.last_act(request.wie, kwestie) if kwestie else None
    if done is None or request.plek is None:
        return ""
    return reverse("cases:ongedaan", kwargs={"slug": request.plek.slug, "pk": done.pk})


def no_way(request: SignedRequest, kwestie: Kwestie, *naar: str) -> HttpResponse | None:
    """Back to the kwestie when its status has no arrow to any of ``naar`` (any more).

    What is sent nevertheless is answered by the service, on the form.
    """
    if request.method == "POST" or any(allows(kwestie.status, s) for s in naar):
        return None
    messages.info(request, _("Dat kan niet meer: de kwestie is intussen veranderd."))
    return to(kwestie.pk, request.plek.slug if request.plek else "")


def to(kwestie_id: UUID, slug: str) -> HttpResponse:
    return redirect("cases:kwestie", slug=slug, pk=kwestie_id)


def to_or_day(request: SignedRequest, kwestie_id: UUID, slug: str) -> HttpResponse:
    """Back to *Mijn dag* when she came from there (``?terug=dag``)."""
    if request.GET.get("terug") == "dag":
        return redirect("cases:dag")
    return to(kwestie_id, slug)


def to_or_work(request: SignedRequest, kwestie_id: UUID, slug: str) -> HttpResponse:
    """To the kwestie when she may still open it; else to her own work."""
    plek = request.plek
    rows = selectors.readable_for(request.wie, plek) if plek else None
    if rows is None or not rows.filter(pk=kwestie_id).exists():
        return redirect("cases:werk")
    return to(kwestie_id, slug)


def show(
    request: SignedRequest,
    template: str,
    kwestie: Kwestie,
    form: KwestieForm,
    *,
    is_ingezien: bool = False,
    **context: Any,
) -> HttpResponse:
    """A page with one form about one kwestie; 422 when the form was refused.

    is_ingezien: the view has recorded already that its content was shown.
    """
    if not is_ingezien:
        logboek.formulier_geopend(request.wie, kwestie, template)
    return render(
        request,
        f"cases/{template}.html",
        {"kwestie": kwestie, "plek": request.plek, "form": form, **context},
        status=422 if form.errors else 200,
    )


def show_conflict(
    request: SignedRequest,
    template: str,
    form: BewerkForm | AfrondForm,
    conflict: Conflict,
    **context: Any,
) -> HttpResponse:
    """Both texts; saving once more is on the version of now. Status 409."""
    logboek.kwestie_ingezien(request.wie, conflict.nu)
    again = request.POST.copy()
    again["versie"] = str(conflict.nu.versie)
    form.data = again
    context |= {
        "kwestie": conflict.nu,
        "plek": request.plek,
        "form": form,
        "conflict": conflict.tekst,
        "verschillen": form.verschillen(conflict.nu),
    }
    return render(request, f"cases/{template}.html", context, status=409)
