"""What is of a client who is restricted, or demanded, stays in the prullenbak."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import tasks
from cases.models import Kwestie, Prullenbak
from cases.services import vorderen
from tenants.scope import acting_as
from tests import people
from tests.cases import avg, seed
from tests.cases.test_prullenbak_sql import JOB, mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Kwestie, Kwestie]:
    """Two kwesties of one client; the second long in the prullenbak."""
    first = avg.named()
    second = seed.register(identiteitsstatus="BEKEND", client_van=first.pk)
    with acting_as(people.wie("anna").scope(1)):
        mark(second, timezone.now() - timedelta(days=31))
    return first, second


def is_there(kwestie: Kwestie) -> tuple[bool, bool]:
    with acting_as(people.wie("anna").scope(1)):
        return (
            Kwestie.alles.filter(pk=kwestie.pk).exists(),
            Prullenbak.objects.filter(kwestie_id=kwestie.pk).exists(),
        )


def night() -> None:
    with acting_as(JOB):
        tasks.clear_bin(1)


def test_avg_18_what_is_restricted_is_not_destroyed_until_that_ends(
    two: tuple[Kwestie, Kwestie],
) -> None:
    first, binned = two
    row = avg.executed(avg.decided(avg.ask(first, "BEPERKING")))
    night()
    assert is_there(binned) == (True, True)
    with acting_as(JOB), pytest.raises(IntegrityError, match="client_beperkt"):
        with transaction.atomic():
            rows = Kwestie.alles.filter(tenant_id=1, pk=binned.pk)
            rows._raw_delete(rows.db)
    avg.carry("close_verzoek", row, "anna")
    night()
    assert is_there(binned) == (False, False)


def test_s125_nor_is_what_an_authority_demands(two: tuple[Kwestie, Kwestie]) -> None:
    first, binned = two
    wie = people.wie("anna")
    about = {"actor": wie, "tenant_id": 1, "kwestie_id": first.pk}
    with acting_as(wie.scope(1)):
        row = vorderen.record_vordering(
            **about, instantie="OM", ontvangen_op=timezone.localdate(), wat="Alles."
        )
    night()
    assert is_there(binned) == (True, True)
    with acting_as(wie.scope(1)):
        vorderen.settle_vordering(**about, pk=row.pk, afloop="Ingetrokken.")
    night()
    assert is_there(binned) == (False, False)
