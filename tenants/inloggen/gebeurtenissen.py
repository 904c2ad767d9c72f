"""What the sign-in library tells the house, put on record.

The library has no other hook for these: they are its own signals, connected in
``tenants.apps``. Each leads to one event. Guarded by tests/tenants/test_inloggen.py.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.http import HttpRequest

from tenants import logboek
from tenants.inloggen import bewijs
from tenants.inloggen.factoren import Type
from tenants.inloggen.personen import person_of
from tenants.models import User


def _added(request: HttpRequest, authenticator: Authenticator, **_rest: Any) -> None:
    user = authenticator.user
    logboek.factor_toegevoegd(person_of(user), authenticator.type)
    if authenticator.type == Type.WEBAUTHN:  # of an app: schermen.AppView
        bewijs.note_factor(request, authenticator)


def _removed(authenticator: Authenticator, **_rest: Any) -> None:
    logboek.factor_verwijderd(person_of(authenticator.user), authenticator.type)


def _reset(user: User, **_rest: Any) -> None:
    logboek.herstelcodes_vernieuwd(person_of(user))


def _used(
    request: HttpRequest, user: User, authenticator: Authenticator, **rest: Any
) -> None:
    """When signing in the event of that says it; here: proof that was asked again."""
    if rest.get("reauthenticated"):
        logboek.opnieuw_bevestigd(person_of(user), authenticator.type)
        bewijs.renew(request)


def _failed(user: User, authenticator: Authenticator, **_rest: Any) -> None:
    logboek.tweede_factor_geweigerd(person_of(user), authenticator.type)


def _linked(request: HttpRequest, **_rest: Any) -> None:
    if isinstance(request.user, User):
        logboek.account_gekoppeld(person_of(request.user), is_linked=True)


def _unlinked(request: HttpRequest, **_rest: Any) -> None:
    if isinstance(request.user, User):
        logboek.account_gekoppeld(person_of(request.user), is_linked=False)


def connect() -> None:
    """Once, when the application is ready."""
    signals.authenticator_added.connect(_added)
    signals.authenticator_removed.connect(_removed)
    signals.authenticator_reset.connect(_reset)
    signals.authenticator_used.connect(_used)
    signals.authentication_failed.connect(_failed)
    social_account_added.connect(_linked)
    social_account_removed.connect(_unlinked)
