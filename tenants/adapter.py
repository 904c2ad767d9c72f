"""allauth's adapter: accounts come by invitation from tenant administration."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Closed for sign-up: nobody makes an account for herself."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
