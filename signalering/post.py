"""Mail to contacts: that there is something to read, and where. Not what, not of whom.

Guarded by tests/signalering/test_berichten.py.
"""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _

from signalering.lifecycle.berichtkeuzes import OPENBAAR
from tenants.jobs import Claim, JobRefused, job
from tenants.models import User
from tenants.scope import acting_as


@job(OPENBAAR)
def openbaar(claim: Claim) -> None:
    """Something was published or withdrawn."""
    send_public(claim)


def send_public(claim: Claim) -> None:
    text = _(
        "Er is iets veranderd in de openbare rapportages van Adviespunt. U leest het"
        " hier:\n\n%(link)s\n"
    )
    _send(claim, text, reverse("signalering:openbaar"))


def _send(claim: Claim, text: str, path: str) -> None:
    # As the login role: the worker's own role reads no account.
    to = User.objects.filter(pk=claim.onderwerp_id, is_active=True).first()
    if to is None:
        raise JobRefused(_("Dit account is er niet meer."))
    ending = _("\nGeen bericht meer? Zet het uit bij Uw gegevens:\n%(link)s\n")
    body = text % {"link": f"{settings.SITE_ADRES}{path}"} + ending % {
        "link": settings.SITE_ADRES + reverse("profiel")
    }
    EmailMessage(_("Bericht van Adviespunt"), body, to=[to.email]).send()
    with acting_as(claim.scope()):
        claim.finish()
