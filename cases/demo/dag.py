"""What the supporter of the demonstration has to do, did with a group, and saw often.

Guarded by tests/cases/test_demo.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from datetime import time as clock
from uuid import UUID, uuid5

from cases.demo.deuren import WAAR, somebody
from cases.models import Agendapunt, CollectieveActiviteit, Kwestie
from cases.services import link_signaal
from cases.services.agenda import NieuwPunt, plan_agendapunt
from cases.services.collectief import Collectief, record_collectief
from tenants.access import Wie
from tenants.demo import SPACE
from tenants.scope import acting_as

LOPEND = ("IN_ONDERSTEUNING", "TOEGEWEZEN", "WACHT_CLIENT", "WACHT_DERDEN")
GENOEG = 8  # kwesties to link to a signal


def fill_day(ondersteuner: str, today: date) -> None:
    """Somebody to call today, a meeting and a term of the law this week.

    ondersteuner: her e-mail address.
    """
    anna = somebody(ondersteuner)
    Soort = Agendapunt.Soort
    punten = (
        NieuwPunt(
            soort=Soort.BELLEN,
            dag=today,
            van=clock(15),
            waarover="Vragen of de brief er is",
        ),
        NieuwPunt(
            soort=Soort.ANDERS,
            dag=today + timedelta(days=2),
            van=clock(10, 30),
            waarover="Samen de brief lezen",
        ),
        NieuwPunt(soort=Soort.BEZWAAR, besluit_op=today - timedelta(days=38)),
    )
    with acting_as(anna.scope()):
        mine = Kwestie.objects.filter(
            tenant_id__in=anna.plekken, ondersteuner_id=anna.user_id
        )
        if Agendapunt.objects.filter(
            tenant_id__in=anna.plekken, gemaakt_door_id=anna.user_id
        ).exists():
            return
        latest = mine.filter(status__in=LOPEND).order_by("-datum", "pk")
        found = list(latest.values_list("tenant_id", "pk")[: len(punten)])
    for (tenant_id, pk), punt in zip(found, punten, strict=False):
        with acting_as(anna.scope(tenant_id)):
            plan_agendapunt(actor=anna, tenant_id=tenant_id, kwestie_id=pk, punt=punt)


def work_with_group(ondersteuner: str, today: date) -> None:
    """An information meeting last year, and one this month, at ``WAAR``."""
    anna = somebody(ondersteuner)
    here = next(plek.id for plek in anna.plekken.values() if plek.slug == WAAR)
    for nth, days in enumerate((12, 400)):
        pk = uuid5(SPACE, f"bijeenkomst {nth}")
        gegevens = Collectief(
            datum=today - timedelta(days=days),
            soort="COL.VOORL",
            publiek=("CLIENTEN", "NAASTEN"),
            aantal_deelnemers=18 + nth,
            duur_min=120,
        )
        with acting_as(anna.scope(here)):
            if not CollectieveActiviteit.objects.filter(tenant_id=here, pk=pk).exists():
                record_collectief(
                    actor=anna, tenant_id=here, activiteit_id=pk, gegevens=gegevens
                )


def link_to(anna: Wie, tenant_id: int, signaal_id: UUID, aard: str) -> int:
    """Link some of her kwesties of this aard, each of another client, to a signal;
    returns how many.
    """
    with acting_as(anna.scope(tenant_id)):
        seen = Kwestie.objects.filter(
            tenant_id=tenant_id,
            ondersteuner_id=anna.user_id,
            aard=aard,
            client__isnull=False,
        ).order_by("client_id", "-datum")
        found = list(seen.distinct("client_id").values_list("pk", flat=True)[:GENOEG])
        for pk in found:
            link_signaal(
                actor=anna, tenant_id=tenant_id, kwestie_id=pk, signaal_id=signaal_id
            )
    return len(found)
