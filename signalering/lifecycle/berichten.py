"""Who is told that there is something to look at; the mail says nothing more.

Rows of the queue, one for each person, in the transaction of what they are about: the
sweeper hands them to a worker, and ``signalering.herinneren`` sends the mail.
"""

from __future__ import annotations

from tenants.access import Wie
from tenants.models import Job
from tenants.roles import Recht
from tenants.selectors import holders_of
from tenants.services import create_job

BERICHT = "signalering.herinneren.bericht"


def tell(actor: Wie | None, tenant_id: int, *rechten: Recht) -> list[Job]:
    """Mail who has one of these rights, but not the actor; the jobs that do it."""
    told = holders_of(tenant_id, *rechten) - {actor.user_id if actor else None}
    return [
        create_job(tenant_id=tenant_id, taak=BERICHT, onderwerp_id=user_id, actor=actor)
        for user_id in sorted(told, key=str)
    ]
