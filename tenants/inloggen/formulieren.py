"""Forms of signing in that ask more than the library does.

Guarded by tests/tenants/test_factoren.py and test_inloggen_aanval.py.
"""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ResetPasswordForm, ResetPasswordKeyForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tenants.inloggen import factoren, pogingen, post

APP = "inloggen_app"  # in the session: the sealed secret of an app that is being added


class _Code(forms.Form):
    """A code of six figures from an app, or of eight from the list."""

    user: Any
    authenticator: Authenticator
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Uit je app, of een van je herstelcodes."),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "class": "app-short",
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
            }
        ),
        error_messages={"required": _("Vul de code in.")},
    )

    def clean_code(self) -> str:
        """The right code, of her own factor, for the first time."""
        wie = str(self.user.pk)
        if not pogingen.consume("factor", wie):
            raise ValidationError(
                _("Te vaak een verkeerde code. Wacht even en probeer het opnieuw.")
            )
        for one in Authenticator.objects.filter(user=self.user):
            factoren.require_own(one)
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == factoren.Type.TOTP and not pogingen.first_use(
            self.user.pk, code
        ):
            self._emit_authentication_failed(self.authenticator)  # type: ignore[attr-defined]
            raise get_adapter().validation_error("incorrect_code")
        pogingen.clear("factor", wie)
        return code


class CodeForm(_Code, AuthenticateForm):
    """When signing in."""


class CodeOpnieuwForm(_Code, ReauthenticateForm):
    """Once more, before something that matters."""


class AppForm(ActivateTOTPForm):
    """Adding an app. Its secret waits sealed in the session until a code was right."""

    code = forms.CharField(
        label=_("Code uit de app"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "class": "app-short",
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
            }
        ),
        error_messages={"required": _("Vul de code in die de app nu toont.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        session = context.request.session
        if not self.is_bound or APP not in session:
            session[APP] = factoren.sealed(self.user.pk, generate_totp_secret())
        self.secret = factoren.opened(session[APP], self.user.pk)

    def clean_code(self) -> str:
        code: str = super().clean_code()
        pogingen.first_use(self.user.pk, code)
        del context.request.session[APP]
        return code


class AntwoordField(forms.JSONField):
    """What a passkey answers: small JSON, from whoever sends it."""

    widget = forms.HiddenInput
    LANGST = 20_000

    def to_python(self, value: Any) -> Any:
        try:
            if len(str(value)) > self.LANGST:
                raise ValueError
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise get_adapter().validation_error("incorrect_code") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """A page that comes back does not repeat it."""
        return initial


class PasskeyLoginForm(LoginWebAuthnForm):
    """Signing in with a passkey."""

    credential = AntwoordField()


class PasskeyCodeForm(AuthenticateWebAuthnForm):
    """A passkey as the second factor."""

    credential = AntwoordField()


class PasskeyOpnieuwForm(ReauthenticateWebAuthnForm):
    """Once more, before something that matters."""

    credential = AntwoordField()


class PasskeyForm(AddWebAuthnForm):
    """Adding a passkey: always one that checks who holds it, and that finds her."""

    passwordless = None
    credential = AntwoordField()
    name = forms.CharField(
        label=_("Hoe wil je deze passkey noemen?"),
        help_text=_("Bijvoorbeeld: laptop van het werk."),
        max_length=60,
        error_messages={"required": _("Geef de passkey een naam.")},
    )

    def clean(self) -> dict[str, Any]:
        """What is no answer of a passkey at all is a wrong one, not a failure of ours."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValueError as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned


class HerstelForm(ResetPasswordForm):
    """Asking for a link to choose a new password: the same for every address."""

    email = forms.EmailField(
        label=_("E-mailadres"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Vul je e-mailadres in.")},
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **_rest: Any) -> str:
        email = str(self.cleaned_data["email"])
        post.ask_reset(email)
        return email


class NieuwWachtwoordForm(ResetPasswordKeyForm):
    """Choosing a new password with such a link; of two at the same moment one wins."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.errors and not pogingen.use_once("herstellink", self.temp_key):
            raise ValidationError(
                _("Deze link is al gebruikt. Vraag een nieuwe link aan.")
            )
        return cleaned
