"""allauth's adapter: accounts come by invitation from tenant administration.

Who signs in and out, and who is refused, is on record (``tenants.logboek``).

Guarded by tests/tenants/test_logboek.py.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from tenants import logboek
from tenants.access import Wie, wie_for
from tenants.models import User
from tenants.scope import Scope, acting_as


class AccountAdapter(DefaultAccountAdapter):
    """Closed for sign-up: nobody makes an account for herself."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        if isinstance(user, User):
            logboek.aangemeld(person_of(user))

    def logout(self, request: HttpRequest) -> None:
        user = request.user if isinstance(request.user, User) else None
        super().logout(request)
        if user is not None:
            logboek.afgemeld(person_of(user))

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        super().set_password(user, password)
        if isinstance(user, User):
            logboek.wachtwoord_gewijzigd(person_of(user))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            logboek.aanmelden_geweigerd(_named(credentials), "te_vaak")
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        logboek.aanmelden_geweigerd(_named(credentials), "wachtwoord")


def person_of(user: User) -> Wie:
    """Who this account is, for an event in her own name."""
    with acting_as(Scope("identity", user.pk)):
        return wie_for(user)


def _named(credentials: dict[str, Any]) -> Any:
    """Id of the account that was named; one query whether there is one or not."""
    email = str(credentials.get("email") or "").lower()
    return User.objects.filter(email=email).values_list("pk", flat=True).first()
