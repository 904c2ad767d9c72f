"""Mail about reports: that there is something to read, and where. Not what, not of whom.

Guarded by tests/signalering/test_berichten.py and test_gesprek.py.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from signalering.lifecycle.berichtkeuzes import BERICHT, OPENBAAR
from tenants.mail import Mail, mail_job, site_address
from tenants.models import User


@mail_job(OPENBAAR)
def openbaar(_to: User) -> Mail:
    """Something was published or withdrawn."""
    text = _(
        "Er is iets veranderd in de openbare rapportages van Adviespunt. U leest het"
        " hier:\n\n%(link)s\n"
    )
    ending = _("\nGeen bericht meer? Zet het uit bij Uw gegevens:\n%(link)s\n")
    return Mail(
        _("Bericht van Adviespunt"),
        text % {"link": site_address(reverse("signalering:openbaar"))}
        + ending % {"link": site_address(reverse("profiel"))},
    )


@mail_job(BERICHT)
def bericht(to: User) -> Mail:
    """There is something to look at."""
    if to.is_medewerker:
        text = _("Er staat iets voor je klaar. Bekijk het na het inloggen:")
    else:
        text = _("Er staat iets voor u klaar. U kunt het bekijken na het inloggen:")
    link = site_address(reverse("signalering:lijst"))
    return Mail(_("Bericht van Adviespunt"), f"{text}\n\n{link}\n")
