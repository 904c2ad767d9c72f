"""Who is told by mail, at once, that something came up; a worker writes the mail.

What is in the mail is nothing about a client (``cases.wachtpost``). Rows of the queue,
in the transaction of what came up: nothing is mailed of what was undone. Guarded by
tests/cases/test_wachtpost.py.
"""

from __future__ import annotations

from tenants.access import Wie
from tenants.roles import Recht
from tenants.selectors import holders_of
from tenants.services import create_job

ER_WACHT = "cases.wachtpost.er_wacht"
VORDERING = "cases.wachtpost.vordering"


def tell(naam: str, actor: Wie, tenant_id: int, *rechten: Recht) -> int:
    """Ask for this mail to everybody with one of these rights; to how many."""
    told = holders_of(tenant_id, *rechten)
    for user in sorted(told):
        create_job(tenant_id=tenant_id, taak=naam, onderwerp_id=user, actor=actor)
    return len(told)
