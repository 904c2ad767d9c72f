"""Signing in with the account of one's own organisation (OpenID Connect).

Off unless the settings name a provider. An account is known by the provider and its
``sub``, never by an address: addresses change hands (CVE-2025-65431). It is linked by
somebody who is signed in with a factor of ours, with a link that works once
(``tenants.inloggen.koppelen``), and in no other way. The provider's
word counts as a second factor when it says so (``amr`` or ``acr``); otherwise our own
is asked. Nothing else of what it tells is kept (trigger, migration 0009).

Guarded by tests/tenants/test_oidc.py.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tenants import logboek
from tenants.inloggen import koppelen
from tenants.inloggen.bewijs import FACTOR
from tenants.inloggen.personen import person_of
from tenants.models import User

SOORT = "oidc"


def says_mfa(claims: dict[str, Any]) -> bool:
    """Whether the provider says that a second factor was used (RFC 8176, OIDC core)."""
    amr = claims.get("amr")
    named = isinstance(amr, list) and "mfa" in amr  # in a text it could be a part
    return named or claims.get("acr") in settings.OIDC_ACR


class OidcAdapter(DefaultSocialAccountAdapter):
    """See the module."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The account is looked up by now; what it may do is decided here."""
        sociallogin.email_addresses = []
        data = sociallogin.account.extra_data
        claims = data.get("id_token", data) if isinstance(data, dict) else {}
        sociallogin.account.extra_data = {}
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            _require_link(request, sociallogin)
            return
        if not sociallogin.is_existing:
            logboek.aanmelden_geweigerd(None, "niet_gekoppeld")
            text = _(
                "Dit account is hier niet bekend. Log in zoals je gewend bent en koppel"
                " het bij Beveiliging."
            )
            messages.error(request, text)
            raise ImmediateHttpResponse(redirect("account_login"))
        if says_mfa(claims):
            record_authentication(request, sociallogin.user, FACTOR, type=SOORT)


def _require_link(request: HttpRequest, sociallogin: SocialLogin) -> None:
    """Linking goes with a link by mail that was used in this session."""
    if koppelen.may_link(request, str(sociallogin.account.provider)):
        return
    if isinstance(request.user, User):
        logboek.koppelen_geweigerd(person_of(request.user))
    text = _("Vraag eerst een link aan om je account te koppelen.")
    messages.error(request, text)
    raise ImmediateHttpResponse(redirect("socialaccount_connections"))


class FactorStage(AuthenticateStage):
    """Our own factor, unless the provider said that one was used a moment ago."""

    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        if any(record.get("type") == SOORT for record in records):
            return False
        return bool(super()._should_handle(request))
