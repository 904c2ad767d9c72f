"""What everybody may read of the own investigations of an Adviespunt (S159).

Not part of the process of the public pages: it reads more than a publication
(docs/adr/0027-a-portal-apart.md). Guarded by tests/signalering/test_onderzoek.py.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from signalering import selectors
from tenants import publiek


@require_safe
def eigen_onderzoek(request: HttpRequest, slug: str) -> HttpResponse:
    """The investigations of one tenant that were discussed and made public."""
    tenant = publiek.adviespunt(slug)
    if tenant is None:
        raise Http404
    context = {
        "tenant": tenant,
        "onderzoeken": selectors.public_onderzoeken(tenant.pk),
        "fictief": tenant.is_fictief,
    }
    return render(request, "signalering/openbaar/onderzoek.html", context)
