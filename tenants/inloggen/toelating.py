"""Who goes on: a session that is not too old, in which a second factor was used.

Deny by default: whoever is signed in and has not done that reaches the few pages where
it is done, and leaving. Half an hour without anybody doing something, or eight hours
in all, end a session; a page that asks by itself does not count as somebody.

Works as the login role, before ``TenantMiddleware`` opens a scope.
Guarded by tests/tenants/test_inloggen.py and tests/isolation/test_url_matrix.py.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from tenants import logboek
from tenants.inloggen import bewijs
from tenants.inloggen.factoren import has_factor
from tenants.inloggen.personen import person_of
from tenants.middleware import NO_STORE, ONVERANDERLIJK, PUBLIC
from tenants.models import User

TIJD = "inloggen_sessie"
ALTIJD = frozenset(("account_logout", "set_language", TIJD, "security_txt", "gezond"))
# To make a first factor; to use the one there is.
MAKEN = frozenset(("inloggen_factor", "mfa_activate_totp", "mfa_add_webauthn"))
GEBRUIKEN = frozenset(
    ("inloggen_bevestigen", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
)
OPNIEUW = frozenset(("inloggen_bevestigen", "account_reauthenticate"))
# What a page asks for by itself, without anybody doing something.
VANZELF = frozenset(("signalering:voortgang",))
STIL, GEHEEL = "stil", "geheel"
WEG = '"cache", "cookies", "storage"'


class ToelatingMiddleware:
    """See the module."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._answer(request)
        if _is_part(request) and request.method == "POST" and _leads_away(response):
            return HttpResponse(status=401)  # what was typed is still in that page
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User) or request.path_info.startswith(PUBLIC):
            return self.get_response(request)
        naam = _name(request)
        ended = _ended(request, user)
        if ended is not None and naam == TIJD and request.method == "GET":
            return self.get_response(request)  # a page that asks is told: signed out
        return ended or _held(request, user, naam) or self._goes_on(request, naam)

    def _goes_on(self, request: HttpRequest, naam: str) -> HttpResponse:
        asks = naam == TIJD and request.method == "GET"
        if not asks and naam not in VANZELF:
            bewijs.note_active(request)
        response = self.get_response(request)
        if response.get("Cache-Control") != ONVERANDERLIJK:
            response["Cache-Control"] = NO_STORE
        if naam == "account_logout" and not request.user.is_authenticated:
            response["Clear-Site-Data"] = WEG
        return response


def _name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _ended(request: HttpRequest, user: User) -> HttpResponse | None:
    """The way to the sign-in page when this has lasted too long."""
    still, whole = bewijs.seconds_left(request)
    if still > 0 and whole > 0:
        return None
    reden = GEHEEL if whole <= 0 else STIL
    page = bewijs.page_of(request)
    logboek.sessie_verlopen(person_of(user), reden)
    logout(request)
    words = urlencode({"verlopen": reden, "next": page})
    return _away(request, f"{reverse('account_login')}?{words}")


def _held(request: HttpRequest, user: User, naam: str) -> HttpResponse | None:
    """Where to go first, when no second factor was used in this session."""
    if naam in ALTIJD or bewijs.has_second_factor(request):
        return None
    if has_factor(user.pk):  # made elsewhere meanwhile: it has to be used here too
        if naam in GEBRUIKEN:
            return None
        return _away(request, bewijs.ask_again(bewijs.page_of(request)))
    if naam in MAKEN | OPNIEUW:
        return None
    return _away(request, reverse("inloggen_factor"))


def _away(request: HttpRequest, url: str) -> HttpResponse:
    """Elsewhere, the whole page; also when a part of one was asked for."""
    if _is_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _is_part(request: HttpRequest) -> bool:
    """Whether a page asks this by itself, for a part of it (htmx)."""
    return request.headers.get("HX-Request") == "true"


def _leads_away(response: HttpResponse) -> bool:
    return "Location" in response.headers or "HX-Redirect" in response.headers
