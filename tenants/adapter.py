"""allauth's adapter: accounts come by invitation from tenant administration.

Who signs in and out, and who is refused, is on record (``tenants.logboek``). Wrong
passwords are counted in the database besides the cache (``tenants.inloggen.pogingen``).

Guarded by tests/tenants/test_logboek.py and test_inloggen.py.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tenants import logboek
from tenants.inloggen import bewijs, pogingen
from tenants.inloggen.personen import person_of
from tenants.models import User

STAGE = "tenants.inloggen.oidc.FactorStage"
TE_VAAK = "too_many_login_attempts"


class AccountAdapter(DefaultAccountAdapter):
    """Closed for sign-up: nobody makes an account for herself."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        bewijs.begin(request)
        if isinstance(user, User):
            logboek.aangemeld(person_of(user), _shown(request))

    def logout(self, request: HttpRequest) -> None:
        user = request.user if isinstance(request.user, User) else None
        super().logout(request)
        if user is not None:
            logboek.afgemeld(person_of(user))

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        super().set_password(user, password)
        if isinstance(user, User):
            pogingen.clear("naam", user.email)
            logboek.wachtwoord_gewijzigd(person_of(user))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            counted = [pogingen.consume(*one) for one in _counted(request, credentials)]
            if not all(counted):
                raise self.validation_error(TE_VAAK)
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            logboek.aanmelden_geweigerd(_named(credentials), "te_vaak")
            raise

    def authenticate(
        self, request: HttpRequest, **credentials: Any
    ) -> AbstractBaseUser | None:
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            naam, adres = _counted(request, credentials)
            pogingen.clear(*naam)
            pogingen.give_back(*adres)
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        logboek.aanmelden_geweigerd(_named(credentials), "wachtwoord")

    def get_login_stages(self) -> list[str]:
        """As the library has them, but a factor at one's own organisation counts."""
        ours = {"allauth.mfa.stages.AuthenticateStage": STAGE}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **_rest: Any) -> bool:
        """Signing in is proof as well, for some minutes."""
        return not bewijs.has_recent_proof(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """With a factor, when she has one; the password is enough for nobody else."""
        methods = super().get_reauthentication_methods(user)
        strong = [m for m in methods if m["id"] != "reauthenticate"]
        texts = {
            "mfa_reauthenticate:webauthn": _("Met een passkey"),
            "mfa_reauthenticate": _("Met een code"),
            "reauthenticate": _("Met je wachtwoord"),
        }
        order = list(texts)
        chosen = sorted(strong or methods, key=lambda m: order.index(m["id"]))
        return [{**m, "description": texts[m["id"]]} for m in chosen]


def _counted(
    request: HttpRequest, credentials: dict[str, Any]
) -> tuple[tuple[str, str], tuple[str, str]]:
    """What wrong passwords are counted by: the name that was typed, the address."""
    return ("naam", str(credentials.get("email") or "")), ("adres", get_ip(request))


def _shown(request: HttpRequest) -> str:
    """How she signed in, as codes: ``password+totp``, ``webauthn``."""
    return "+".join(str(r.get("type") or r["method"]) for r in bewijs.shown(request))


def _named(credentials: dict[str, Any]) -> Any:
    """Id of the account that was named; one query whether there is one or not."""
    email = str(credentials.get("email") or "").lower()
    return User.objects.filter(email=email).values_list("pk", flat=True).first()
