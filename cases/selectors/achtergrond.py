"""Questions about the background of a kwestie, and which diensten there are.

Guarded by tests/cases/test_achtergrond.py.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.models import Achtergrond, Kwestie, Stap
from privacy.voorbereid import Voorbereid
from tenants.beheer.lijsten import setting_of
from tenants.models import Opdracht

JEUGD = ("0-11", "12-15")  # of whom a parent has a say (S118)


def achtergrond_of(kwestie: Kwestie) -> Achtergrond:
    """What is on record; else an empty one of version 0, which is not saved."""
    found = _ACHTERGROND(tenant=kwestie.tenant_id, pk=kwestie.pk)
    if found:
        return found[0]
    return Achtergrond(tenant_id=kwestie.tenant_id, kwestie=kwestie, versie=0)


def _of_kwestie(*, tenant: int, pk: UUID) -> QuerySet[Achtergrond]:
    return Achtergrond.objects.filter(tenant_id=tenant, kwestie_id=pk)


_ACHTERGROND = Voorbereid(_of_kwestie)


def opdrachten_on(tenant_id: int, dag: date) -> QuerySet[Opdracht]:
    """The opdrachten of that day, the one that began last first."""
    return Opdracht.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=dag), tenant_id=tenant_id, van__lte=dag
    ).order_by("-van", "id")


def diensten_on(tenant_id: int, dag: date) -> list[str]:
    """The diensten of that day, the usual one first (S59, S160)."""
    rows = opdrachten_on(tenant_id, dag).values_list("diensten", flat=True)
    found = dict.fromkeys(dienst for diensten in rows for dienst in diensten)
    usual = setting_of(tenant_id).standaarddienst
    return sorted(found, key=lambda dienst: dienst != usual)


def limits_on(tenant_id: int, dag: date) -> list[str]:
    """For whom the opdrachten of that day are meant, in words; [] when for everybody.

    It only informs: who falls outside is registered all the same (S144).
    """
    rows = opdrachten_on(tenant_id, dag).values_list("doelgroepafbakening", flat=True)
    found = list(rows)
    return [] if "" in found else list(dict.fromkeys(found))


def steps_of(kwestie: Kwestie) -> QuerySet[Stap]:
    """Its steps in the order in which they were thought of."""
    rows = Stap.objects.filter(tenant_id=kwestie.tenant_id, kwestie=kwestie)
    return rows.order_by("aangemaakt_op", "id")
