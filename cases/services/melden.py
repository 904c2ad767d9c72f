"""Who is told by mail, at once, that something came up; the worker writes the mail.

What is in the mail is nothing about a client (``cases.wachtpost``). Nobody is told
before what came up is really stored. Guarded by tests/cases/test_wachtpost.py.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tenants.jobs import send_letter
from tenants.models import Membership
from tenants.roles import MEDEWERKER, ROLLEN, Recht

ER_WACHT = "cases.wachtpost.er_wacht"
VORDERING = "cases.wachtpost.vordering"


def colleagues_with(tenant_id: int, dag: date, *rechten: Recht) -> set[UUID]:
    """Accounts of colleagues whose role at this tenant gives one of these rights."""
    rollen = [code for code, rol in ROLLEN.items() if rol.rechten & set(rechten)]
    rows = Membership.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=dag),
        tenant_id=tenant_id,
        soort=MEDEWERKER,
        rol__in=rollen,
        van__lte=dag,
    )
    return set(rows.values_list("user_id", flat=True))


def tell(naam: str, tenant_id: int, *rechten: Recht) -> None:
    """Ask for this mail to everybody with one of these rights, once it is stored."""
    for user in sorted(colleagues_with(tenant_id, timezone.localdate(), *rechten)):
        transaction.on_commit(partial(send_letter, naam, user))
