"""What machines and finders of weaknesses read: security.txt, robots.txt, a sitemap.

Invariant: security.txt is valid for less than a year and is not prolonged by being
asked for: who never renews the product ends up with one that is out of date, as
RFC 9116 means it. The sitemap holds public addresses only, read in the role ``public``.
Guarded by tests/adviespunt/test_vindbaar.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from signalering import selectors
from tenants import publiek

UITGEBRACHT: Final = date(2026, 11, 22)  # as in publiccode.yml
GELDIG: Final = timedelta(days=360)
HOOGSTENS: Final = timedelta(days=364)
A_DAY: Final = cache_control(public=True, max_age=86400)


def expires(now: datetime) -> datetime:
    """Until when security.txt may be believed: as set, or counted from the release."""
    chosen = settings.SECURITY_GELDIG_TOT
    last = date.fromisoformat(chosen) if chosen else UITGEBRACHT + GELDIG
    end = datetime.combine(last, time(23, 59, 59), UTC)
    return min(end, (now + HOOGSTENS).replace(microsecond=0))


@require_safe
@A_DAY
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116; obligatory for gemeenten since 25-05-2023."""
    site = settings.SITE_ADRES
    until = expires(datetime.now(UTC)).isoformat().replace("+00:00", "Z")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until}",
        "Preferred-Languages: nl, en",
        f"Policy: {site}{reverse('kwetsbaarheid')}",
        f"Canonical: {site}{reverse('security_txt')}",
    ]
    return _plain(lines)


@require_safe
@A_DAY
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Search engines read what is public, and leave alone what is for one person."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/accounts/", "/i18n/", "/t/")),
        "Disallow: /adviespunt/*/ervaring/",
        # The same figures once more, in as many ways as there are choices.
        *("Disallow: /openbaar/taal/", "Disallow: /openbaar/*/vergelijken/?"),
        f"Sitemap: {settings.SITE_ADRES}{reverse('sitemap')}",
    ]
    return _plain(lines)


@require_safe
@A_DAY
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page that holds; older versions are found through those."""
    site = settings.SITE_ADRES
    context = {"adressen": [f"{site}{path}" for path in _pages()]}
    return render(request, "sitemap.xml", context, content_type="application/xml")


def _pages() -> Iterator[str]:
    names = ("start", "publiek:zoek", "publiek:uitleg", "signalering:openbaar")
    for name in (*names, "privacy", "toegankelijkheid", "kwetsbaarheid"):
        yield reverse(name)
    for tenant in publiek.adviespunten():
        yield reverse("publiek:adviespunt", args=[tenant.slug])
        for soort in publiek.in_force(tenant.pk):
            yield reverse("publiek:document", args=[tenant.slug, soort])
    for pk in selectors.standing_publicaties().values_list("pk", flat=True):
        yield reverse("signalering:publicatie", args=[pk])


def _plain(lines: list[str]) -> HttpResponse:
    return HttpResponse(
        "\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"
    )
