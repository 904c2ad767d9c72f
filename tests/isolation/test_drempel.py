"""A threshold does not go down while an opdrachtgever has a report in hand.

With the planted reports, of which there is one in each status.
"""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tenants.beheer import BeheerFout
from tenants.beheer.opdrachten import Afspraken, change_opdracht
from tenants.models import Opdracht
from tests import people
from tests.isolation.conftest import undone

pytestmark = pytest.mark.usefixtures("wall")


def test_the_service_says_why_and_the_database_refuses() -> None:
    dewi, pk = people.wie("dewi"), people.ident("opdracht-arnhem")
    with undone(dewi.scope(1)):
        found = Opdracht.objects.get(tenant_id=1, pk=pk)
        now = {veld: getattr(found, veld) for veld in Afspraken.__slots__}

        def change(drempel: int) -> Opdracht:
            agreed = {**now, "drempel_opdrachtgever": drempel}
            agreed["drempel_reden"] = "Zo staat het in het contract."
            return change_opdracht(
                actor=dewi, tenant_id=1, opdracht_id=pk, afspraken=Afspraken(**agreed)
            )

        assert change(7).drempel_opdrachtgever == 7
        now["drempel_reden"] = "Nog een reden."
        with pytest.raises(BeheerFout, match="aangeboden"):
            change_opdracht(
                actor=dewi,
                tenant_id=1,
                opdracht_id=pk,
                afspraken=Afspraken(**{**now, "drempel_opdrachtgever": 6}),
            )
        with pytest.raises(IntegrityError, match="drempel_aangeboden"):
            with transaction.atomic():
                Opdracht.objects.filter(pk=pk).update(
                    drempel_opdrachtgever=6, drempel_reden="Buiten de regels om."
                )
