"""Is this report real? A page for everybody; nothing is kept.

Not in the process of the public pages: it takes files. Guarded by
tests/signalering/test_zegelen.py.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from privacy.bestanden import GRENS
from signalering.certificaat import (
    Certificaat,
    CertificaatFout,
    certificate_of,
    our_place,
)
from signalering.forms_verifieer import ROND, VerifieerForm
from signalering.models import Publicatie
from signalering.periodes import parse
from signalering.verificatie import Uitslag, check_code, check_file

MOST_CHECKS = 30  # a minute, from one address


@csrf_exempt  # nothing is changed, and nobody is signed in
@require_http_methods(["GET", "HEAD", "POST"])
def verifieer(request: HttpRequest) -> HttpResponse:
    """Is this report real, and does it still hold? A file or a code; nothing is kept."""
    if request.method != "POST":
        return _page(request, VerifieerForm())
    if _too_often(request):
        return _page(request, VerifieerForm(), status=429, te_vaak=True)
    if int(request.META.get("CONTENT_LENGTH") or 0) > GRENS + ROND:
        return _page(request, VerifieerForm({}, te_groot=True), status=413)
    form = VerifieerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    bestand = form.cleaned_data["bestand"]
    uitslag = (
        check_file(bestand.read()) if bestand else check_code(form.cleaned_data["code"])
    )
    return _page(request, VerifieerForm(), uitslag=uitslag)


def _page(
    request: HttpRequest,
    form: VerifieerForm,
    status: int = 200,
    uitslag: Uitslag | None = None,
    **context: Any,
) -> HttpResponse:
    shown = uitslag.publicatie if uitslag else None
    context |= {
        "form": form,
        "uitslag": uitslag,
        "gegevens": _told(shown) if shown else [],
        "certificaat": _certificaat(),
        "fictief": bool(shown and shown.is_fictief),
    }
    template = "signalering/openbaar/verifieer.html"
    return render(request, template, context, status=status)


def _told(found: Publicatie) -> list[tuple[str, str]]:
    """What everybody may know of a report that is or was public."""
    return [
        (_("Rapport over"), found.opdrachtgever),
        (_("Periode"), parse(found.periode).label),
        (_("Versie"), str(found.versie)),
        (_("Vastgesteld op"), date_format(found.vastgesteld_op, "j F Y")),
    ]


def _certificaat() -> Certificaat | None:
    """What reports are sealed with now; None when this process cannot read it."""
    try:
        return certificate_of(our_place())
    except CertificaatFout:
        return None


def _too_often(request: HttpRequest) -> bool:
    """More than MOST_CHECKS this minute from this address, of which no trace is kept."""
    who = salted_hmac("signalering.verifieer", get_ip(request)).hexdigest()[:32]
    key = f"verifieer:{who}:{int(time.time() // 60)}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) > MOST_CHECKS
    except ValueError:  # it expired in between
        return False
