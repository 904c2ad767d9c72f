"""Mail about rights: a link and nothing else, by a worker.

Of an invitation the secret is made here, at the moment of sending, and kept nowhere.
Guarded by tests/tenants/test_uitnodigen.py and test_vierogen.py.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from tenants import logboek_mensen as logboek
from tenants.jobs import Claim, JobRefused, job
from tenants.mail import Mail, deliver, mail_job, site_address
from tenants.models import Uitnodiging, User
from tenants.rolbericht import ROLWIJZIGING
from tenants.scope import acting_as
from tenants.uitnodigen import TAAK, new_secret


@job(TAAK)
def uitnodiging(claim: Claim) -> None:
    """Make the secret of an invitation and mail its link; again means a new one."""
    send_invitation(claim)


def send_invitation(claim: Claim) -> None:
    with acting_as(claim.scope()):
        row = (
            Uitnodiging.objects.select_for_update(of=("self",))
            .select_related("tenant")
            .filter(tenant_id=claim.tenant_id, pk=claim.onderwerp_id)
            .first()
        )
        if row is None or not row.is_open:
            raise JobRefused(_("Deze uitnodiging is al gebruikt of ingetrokken."))
        link = site_address(reverse("uitnodiging", args=[new_secret(row)]))
        logboek.uitnodiging_verstuurd(row)
    deliver(row.email, lambda: _invitation(link))
    with acting_as(claim.scope()):
        claim.finish()


def _invitation(link: str) -> Mail:
    text = _(
        "Je bent uitgenodigd voor Adviespunt. Open deze link om je toegang in te"
        " stellen:\n\n%(link)s\n\nDe link werkt drie dagen en één keer. Verwachtte je"
        " dit niet? Dan hoef je niets te doen.\n"
    )
    return Mail(_("Uitnodiging voor Adviespunt"), text % {"link": link})


@mail_job(ROLWIJZIGING)
def rolwijziging(_to: User) -> Mail:
    """Roles changed; about whom is on the page."""
    text = _(
        "Er is iets veranderd in wie waar bij kan, of iemand vraagt je om een besluit."
        " Bekijk het na het inloggen:\n\n%(link)s\n"
    )
    link = site_address(reverse("tenants:mensen"))
    return Mail(_("Rollen in Adviespunt"), text % {"link": link})
