"""The typing aid: what in a text can tell who somebody is, while it is written.

Invariant: only colleagues; the text comes in, the answer goes out, nothing of it is
kept or logged. A session may ask RUIM times a minute.

Guarded by tests/adviespunt/test_meelezen.py.
"""

from __future__ import annotations

import hashlib
import time
from typing import Final

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from privacy.meelezen import MEEST, herkend_in
from tenants.doors import SignedRequest, signed_in

RUIM: Final = 90
LANGST: Final = 20_000  # code points; as long as the longest text of a report


@sensitive_post_parameters()
@never_cache
@signed_in
@require_POST
def meelezen(request: SignedRequest) -> HttpResponse:
    """The words found in the field named ``veld``; 204 when she has just seen them.

    ``weg`` and ``niemand`` are hashes of words that she says are nobody's; they are
    not named again in this form, and nothing of it is kept.
    """
    if not request.wie.is_medewerker:
        raise Http404
    if _is_te_vaak(request):
        return HttpResponse(status=429)
    text = request.POST.get(request.POST.get("veld", ""), "")[:LANGST]
    found = herkend_in(text)
    niemand = {*request.POST.getlist("niemand"), *request.POST.getlist("weg")}
    # A number that passes the 11-proof is never nobody's.
    weg = [w.teken for w in found if w.teken in niemand and not w.is_bsn]
    left = [word for word in found if word.teken not in weg]
    shown = left[:MEEST]
    seen = {*(word.teken for word in shown), *weg}
    if seen == set(request.POST.getlist("gezien")) and "weg" not in request.POST:
        return HttpResponse(status=204)
    context = {
        "herkend": shown,
        "meer": len(left) - len(shown),
        "weg": weg,
        "veld": request.POST.get("veld", ""),
    }
    return render(request, "components/herkend.html", context)


def _is_te_vaak(request: SignedRequest) -> bool:
    session = hashlib.sha256((request.session.session_key or "").encode()).hexdigest()
    key = f"meelezen:{session[:32]}:{int(time.time() // 60)}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) > RUIM
    except ValueError:  # it expired in between
        return False
