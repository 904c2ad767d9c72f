"""Mail to who is waited for: that something waits, and a link.

Nothing of what it is, of whom or for which tenant: mail is read on screens that others
see. In the morning of a working day, once at most: for the teamleider what is beyond a
norm (S75, S174); for the FG requests whose term ends (AVG art. 12 lid 3); for everybody
a doorbreking or meldcode in which it is her turn (S24). At once (``services.melden``):
to the FG that a breach was reported (art. 33: 72 hours), to directie and FG that an
authority demands data (S125).

Guarded by tests/cases/test_wachtpost.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import retention, werkdagen
from cases.models import (
    OPEN,
    AvgVerzoek,
    Doorbreking,
    Kwestie,
    MeldcodeTraject,
)
from cases.selectors.avg import WACHT_OP_BESLUIT
from cases.selectors.team import WACHTRIJNORM, in_queue, unanswered
from cases.services.melden import ER_WACHT, VORDERING
from tenants.beheer.lijsten import norms_of
from tenants.jobs import every_tenant
from tenants.mail import Mail, mail_job, site_address
from tenants.models import User
from tenants.roles import Recht
from tenants.scope import acting_as
from tenants.selectors import holders_of
from tenants.services import tell

KIJK = "cases.wachtpost.kijk"
BIJTIJDS = timedelta(days=7)  # before the term of a request ends


def waited_for(tenant_id: int, today: date) -> set[UUID]:
    """Accounts for whom something waits here, inside a scope that reads the cases."""
    waiting = {
        Recht.KWESTIE_TEAM: _is_team_late(tenant_id),
        Recht.AVG_BEHANDELEN: _is_term_near(tenant_id, today),
    }
    rights = [recht for recht, waits in waiting.items() if waits]
    return holders_of(tenant_id, *rights) | (
        _turns(tenant_id) & holders_of(tenant_id, *Recht)
    )


def _is_team_late(tenant_id: int) -> bool:
    rows = Kwestie.objects.filter(tenant_id=tenant_id, status__in=OPEN)
    border = werkdagen.voor(timezone.now(), WACHTRIJNORM)
    queue: QuerySet[Any] = in_queue(rows)
    return (
        queue.filter(sinds__lt=border).exists()
        or unanswered(rows, norms_of([tenant_id])).exists()
    )


def _is_term_near(tenant_id: int, today: date) -> bool:
    near = Q(termijn_op__lte=today + BIJTIJDS) | Q(stand=AvgVerzoek.Stand.ONTVANGEN)
    rows = AvgVerzoek.objects.filter(
        near, tenant_id=tenant_id, stand__in=WACHT_OP_BESLUIT
    )
    return rows.exists()


def _turns(tenant_id: int) -> set[UUID]:
    """Who is next in a doorbreking or a meldcode (``selectors.geheim.is_her_turn``)."""
    asked = Doorbreking.objects.filter(tenant_id=tenant_id, ingetrokken_op=None)
    second = MeldcodeTraject.objects.filter(
        tenant_id=tenant_id, besluit_op__isnull=False, bevestigd_op=None
    )
    return {
        *asked.filter(toets_op=None).values_list("toetser_id", flat=True),
        *asked.filter(toets_op__isnull=False, besluit_op=None).values_list(
            "beslisser_id", flat=True
        ),
        *second.values_list("verantwoordelijke_id", flat=True),
    }


def look(tenant_id: int) -> None:
    """Ask for a mail to everybody for whom something waits here; on working days."""
    today = timezone.localdate()
    if not werkdagen.is_werkdag(today):
        return
    with acting_as(retention.scope(tenant_id)):
        tell(ER_WACHT, tenant_id, waited_for(tenant_id, today), actor=None)


@mail_job(ER_WACHT, daily=True)
def er_wacht(_to: User) -> Mail:
    """Something waits; what it is stands behind the sign-in."""
    return _mail(
        _(
            "Er wacht iets op je in Adviespunt. Log in om te zien wat:\n\n%(link)s\n\nJe"
            " krijgt dit bericht hoogstens één keer per werkdag.\n"
        )
    )


@mail_job(VORDERING)
def vordering(_to: User) -> Mail:
    """A demand was recorded. Her pages do not show of whom, so a colleague calls."""
    return _mail(
        _(
            "Een collega heeft een vordering van een instantie vastgelegd. Er wordt niets"
            " gegeven voordat directie en FG daarover hebben besloten. De collega neemt"
            " contact met je op.\n\n%(link)s\n"
        )
    )


def _mail(text: str) -> Mail:
    return Mail(_("Er wacht iets in Adviespunt"), text % {"link": site_address("/")})


kijk = every_tenant(KIJK)(look)
