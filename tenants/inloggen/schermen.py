"""Our own pages of signing in, beside those of the library.

Each works as the login role and about the account of whoever is signed in, and no
other. Guarded by tests/tenants/test_inloggen.py.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.providers.base import AuthProcess
from allauth.usersessions.adapter import get_adapter as get_sessions_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.generic import FormView

from tenants import logboek
from tenants.inloggen import bewaard, bewijs, koppelen
from tenants.inloggen.factoren import Type, has_factor
from tenants.inloggen.personen import person_of
from tenants.models import User


@login_required
def factor(request: HttpRequest) -> HttpResponse:
    """Before anything else: choose what to sign in with besides the password."""
    if has_factor(request.user.pk):
        return redirect("mfa_index")
    return render(request, "mfa/kiezen.html")


@login_required
def bevestigen(request: HttpRequest) -> HttpResponse:
    """To the best way she has of showing that it is she, and then to ``next``."""
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    then = request.GET.get("next", "")
    words = urlencode({"next": then}) if then else ""
    if methods:
        return redirect(f"{methods[0]['url']}?{words}")
    logout(request)  # nothing of her own with us: she signs in where she did before
    return redirect(f"{redirect('account_login').url}?{words}")


@never_cache
@login_required
@require_safe
def verder(request: HttpRequest) -> HttpResponse:
    """She showed that it is she: one button sends what she had filled in."""
    found = bewaard.waiting(request)
    if found is not None and not bewijs.has_recent_proof(request):
        return redirect(bewijs.ask_again(request.path))
    context = {"bewaard": found, "veld": bewaard.VELD}
    return render(request, "account/verder.html", context)


@require_http_methods(["GET", "POST"])
def sessie(request: HttpRequest) -> HttpResponse:
    """How many seconds are left. POST: somebody is there; GET only looks.

    JSON: stil and geheel in seconds (0: signed out), token: for the forms of a page
    that was open while she signed in again.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"stil": 0, "geheel": 0, "token": ""})
    if request.method == "POST":
        request.session[bewijs.ACTIEF] = 0
        bewijs.note_active(request)
    still, whole = bewijs.seconds_left(request)
    return JsonResponse({"stil": still, "geheel": whole, "token": get_token(request)})


@require_POST
@login_required
def sessie_einde(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of her own other sessions."""
    rows = UserSession.objects.filter(pk=pk, user_id=request.user.pk)
    row = rows.exclude(session_key=request.session.session_key).first()
    if row is None:
        raise Http404
    get_sessions_adapter().end_sessions([row])
    messages.success(request, _("De sessie is beëindigd."))
    return redirect("usersessions_list")


@login_required
@bewijs.recent_proof
@require_POST
def koppelen_vragen(request: HttpRequest) -> HttpResponse:
    """Mail her the link with which she links the account of her organisation."""
    if _provider() is None or not isinstance(request.user, User):
        raise Http404
    if koppelen.ask(person_of(request.user), request.user.pk):
        messages.success(request, _("De link is verstuurd. Kijk in je mail."))
    else:
        messages.error(request, _("Je vroeg dit te vaak. Probeer het later opnieuw."))
    return redirect("socialaccount_connections")


@never_cache
@login_required
@bewijs.recent_proof
@require_http_methods(["GET", "POST"])
def koppelen_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """The link of that mail: says what will happen; POST goes to the provider."""
    found = _provider()
    if found is None:
        raise Http404
    if request.method == "POST" and koppelen.use(request, token, found):
        provider = get_social_adapter().get_provider(request, found)
        back = reverse("socialaccount_connections")
        answer: HttpResponseBase = provider.redirect(
            request, process=AuthProcess.CONNECT, next_url=back
        )
        return answer
    if request.method == "POST" or not koppelen.works(token, request.user.pk):
        return render(request, "socialaccount/link_werkt_niet.html", status=404)
    return render(request, "socialaccount/koppelen.html")


def _provider() -> str | None:
    """How the one provider there can be is called in the settings."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return str(apps[0]["provider_id"]) if apps else None


def gesloten(request: HttpRequest) -> HttpResponse:
    """A page of the library that the house does not have."""
    raise Http404


class AppView(ActivateTOTPView):
    """Adding an app; whoever did that has used it, so this session has a factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        made = Authenticator.objects.get(user_id=self.request.user.pk, type=Type.TOTP)
        bewijs.note_factor(self.request, made)
        return response


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class AppVervangenView(AppView):
    """Another app in the place of the one she has, lost or not: never without one."""

    template_name = "mfa/totp/vervangen.html"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        return FormView.dispatch(self, request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        user = self.request.user
        with transaction.atomic():
            Authenticator.objects.filter(user_id=user.pk, type=Type.TOTP).delete()
            response: HttpResponse = super().form_valid(form)
        logboek.factor_verwijderd(person_of(user), Type.TOTP)
        return response


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class PasskeyWegView(RemoveWebAuthnView):
    """Take away a passkey, unless nothing would be left."""

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_mfa_adapter().can_delete_authenticator(self.get_object()):
            messages.error(
                self.request,
                _("Dit is het laatste waarmee je inlogt. Voeg eerst iets anders toe."),
            )
            return redirect("mfa_index")
        response: HttpResponse = super().form_valid(form)
        return response


app_erbij = AppView.as_view()
app_vervangen = AppVervangenView.as_view()
passkey_weg = PasskeyWegView.as_view()
