"""What somebody has shown in this session, and how long ago.

The library keeps a list in the session: each password, passkey or code with its
moment. A second factor counts when it was used here, in this session; that an account
has one says nothing about who sits behind the browser.

Guarded by tests/tenants/test_inloggen.py and test_inloggen_aanval.py.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from tenants.inloggen import bewaard

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
FACTOR = "mfa"
BEGONNEN, ACTIEF = "begonnen", "actief"
SCHRIJFT = 30  # seconds; the moment somebody was last active is kept this precise


def shown(request: HttpRequest) -> list[dict[str, Any]]:
    """Everything she has shown in this session, the oldest first."""
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return records


def has_second_factor(request: HttpRequest) -> bool:
    """Whether a second factor was used in this very session."""
    return any(record.get("method") == FACTOR for record in shown(request))


def has_recent_proof(request: HttpRequest) -> bool:
    """Whether she showed, minutes ago, that it is she: with her factor; while she has
    none yet, with what she signed in with.
    """
    records = shown(request)
    strong = [record for record in records if record.get("method") == FACTOR]
    moments = [record["at"] for record in strong or records]
    recent = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return bool(moments) and max(moments) > recent


def recent_proof(
    view: Callable[Concatenate[R, P], HttpResponseBase],
) -> Callable[Concatenate[R, P], HttpResponseBase]:
    """Ask for a factor again before ``view``, when the last time is minutes ago.

    For what one does not want done by whoever sits down at a computer that was left:
    roles, publication, export, keys. Below ``signed_in``. A form that was sent is kept
    (``tenants.inloggen.bewaard``) and sent when she has shown it.
    """

    @wraps(view)
    def door(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not has_recent_proof(request):
            return _asked(request)
        if is_resumed(request):
            typed = bewaard.take(request)
            if typed is None:
                return HttpResponseRedirect(reverse("inloggen_verder"))
            request.POST = typed  # type: ignore[assignment]
        return view(request, *args, **kwargs)

    door.asks_proof = True  # type: ignore[attr-defined]  # tests/tenants/test_bewijs.py
    return door


def recent_proof_when(
    **words: Collection[str],
) -> Callable[
    [Callable[Concatenate[R, P], HttpResponseBase]],
    Callable[Concatenate[R, P], HttpResponseBase],
]:
    """``recent_proof``, only when a part of the address is one of these words."""

    def decorate(
        view: Callable[Concatenate[R, P], HttpResponseBase],
    ) -> Callable[Concatenate[R, P], HttpResponseBase]:
        strict = recent_proof(view)

        @wraps(view)
        def door(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            asked = all(kwargs.get(part) in some for part, some in words.items())
            return (strict if asked else view)(request, *args, **kwargs)

        door.asks_proof = True  # type: ignore[attr-defined]
        return door

    return decorate


def recent_proof_to(
    veld: str, *words: str
) -> Callable[
    [Callable[Concatenate[R, P], HttpResponseBase]],
    Callable[Concatenate[R, P], HttpResponseBase],
]:
    """``recent_proof``, only when a form is sent with one of these words in ``veld``."""

    def decorate(
        view: Callable[Concatenate[R, P], HttpResponseBase],
    ) -> Callable[Concatenate[R, P], HttpResponseBase]:
        strict = recent_proof(view)

        @wraps(view)
        def door(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            sent = request.method == "POST" and request.POST.get(veld) in words
            asked = sent or is_resumed(request)
            return (strict if asked else view)(request, *args, **kwargs)

        door.asks_proof = True  # type: ignore[attr-defined]
        return door

    return decorate


def is_resumed(request: HttpRequest) -> bool:
    """Whether this sends a form that was kept."""
    return request.method == "POST" and bewaard.VELD in request.POST


def _asked(request: HttpRequest) -> HttpResponseRedirect:
    """To where she shows it; what she sent waits, but for a file."""
    if request.method != "POST":
        return HttpResponseRedirect(ask_again(page_of(request)))
    if is_resumed(request):  # it waits already, and the proof grew old meanwhile
        return HttpResponseRedirect(ask_again(reverse("inloggen_verder")))
    if bewaard.keep(request, page_of(request)):
        return HttpResponseRedirect(ask_again(reverse("inloggen_verder")))
    text = _("Bevestig eerst dat jij het bent. Doe het daarna nog een keer.")
    messages.info(request, text)
    return HttpResponseRedirect(ask_again(page_of(request)))


def ask_again(then: str) -> str:
    """Address where she shows who she is, and goes on to ``then``."""
    return f"{reverse('inloggen_bevestigen')}?{urlencode({'next': then})}"


def page_of(request: HttpRequest) -> str:
    """The page she is on: this one, or the one a form was sent from."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return reverse("start")
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


# ---------------------------------------------------------------------- the session


def begin(request: HttpRequest) -> None:
    """Her time starts now."""
    request.session[BEGONNEN] = request.session[ACTIEF] = int(time.time())


def note_active(request: HttpRequest) -> None:
    """She did something; written down at most twice a minute."""
    now = int(time.time())
    if now - request.session.get(ACTIEF, 0) > SCHRIJFT:
        request.session[ACTIEF] = now
        request.session.setdefault(BEGONNEN, now)


def seconds_left(request: HttpRequest) -> tuple[int, int]:
    """(until nobody did anything for too long, until it has been long enough)."""
    now = int(time.time())
    still = request.session.get(ACTIEF, now) + settings.SESSIE_STIL - now
    whole = request.session.get(BEGONNEN, now) + settings.SESSIE_GEHEEL - now
    return still, whole


def note_factor(request: HttpRequest, authenticator: Authenticator) -> None:
    """She just made this factor and used it to do so: the session has one from now on,
    under a new name, so that who knew the old one has nothing.
    """
    if has_second_factor(request):
        return
    extra = {"id": authenticator.pk, "type": authenticator.type}
    record_authentication(request, request.user, FACTOR, **extra)
    renew(request)


def renew(request: HttpRequest) -> None:
    """A new name for this session, in the list of her sessions too."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(
        session_key=request.session.session_key
    )
