"""How anonymous people count: agreed with a reason, frozen with the figures, told."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from privacy.disclosure import PublishableTable
from signalering.documents import document_for
from signalering.lifecycle.telling import agree_counting, counting_of
from signalering.report.context import context_for
from tenants.access import Refused
from tenants.models import Telafspraak
from tenants.scope import acting_as
from tests import people
from tests.signalering import maken

pytestmark = pytest.mark.django_db
REDEN = "Elke beller krijgt een eigen volgnummer aan de balie."


@pytest.fixture(autouse=True)
def private_storage(settings: object, tmp_path: Any) -> None:
    settings.RAPPORT_ROOT = tmp_path  # type: ignore[attr-defined]


def agree(wijze: str = "ELK") -> Telafspraak:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(1)):
        return agree_counting(actor=dewi, tenant_id=1, wijze=wijze, reden=REDEN)


def anonymous(number: int, maand: int = 8) -> None:
    day = maken.DAY.replace(month=maand)
    aarden = ("FIN", "REL", "ORG", "WEI", "BEH", "OVE") * number
    with acting_as(people.known("nadia").scope(1)):
        maken.kwesties(
            1,
            [(None, {"aard": a, "datum": day, "afgerond_op": day}) for a in aarden],
        )


def figures(periode: str) -> PublishableTable:
    made = maken.row(maken.figures_only(periode=periode))
    return PublishableTable.from_json(made.cijfers or {})


def test_without_an_agreement_the_careful_way_holds() -> None:
    with acting_as(people.wie("dewi").scope(1)):
        assert counting_of(1) == "EEN"
    anonymous(12)
    assert figures("2025-Q3").te_weinig


def test_figures_keep_how_they_were_counted_and_say_so() -> None:
    anonymous(12)
    agree("ELK")
    pk = maken.figures_only(periode="2025-Q3")
    agree("EEN")
    row = maken.row(pk)
    kept = PublishableTable.from_json(row.cijfers or {})
    assert kept.telwijze == "ELK"
    assert kept.cell("totaal").kwesties == 72
    with acting_as(maken.job_scope(1)):
        told = dict(context_for(document_for(row, "openbaar"))["verantwoording"])  # type: ignore[call-overload]
    assert "eigen cliënt" in told["Anonieme cliënten"]


def test_another_way_of_counting_changes_nothing_that_is_out() -> None:
    """A quarter that was released keeps its clients: the year reckons with those."""
    anonymous(12)
    first = maken.figures_only(periode="2025-Q3")
    maken.offer(first)
    before = maken.row(first).cijfers
    agree("ELK")
    anonymous(12, maand=11)
    half = figures("2025-H2")
    assert maken.row(first).cijfers == before
    assert not half.te_weinig
    # The third quarter shows nothing, so nothing of it may follow from the others.
    assert "totaal" not in figures("2025-Q4").printed or "totaal" not in half.printed


def test_only_who_administers_the_tenant_decides_and_it_is_recorded() -> None:
    for naam in ("chantal", "anna", "fatma"):
        wie = people.wie(naam)
        with acting_as(wie.scope(1)), pytest.raises(Refused):
            agree_counting(actor=wie, tenant_id=1, wijze="ELK", reden=REDEN)
    dewi = people.browser("dewi")
    assert dewi.get("/telwijze/").status_code == 200
    url = "/t/arnhem/telwijze/"
    assert dewi.post(url, {"wijze": "ELK", "reden": ""}).status_code == 422
    assert dewi.post(url, {"wijze": "ELK", "reden": "kort"}).status_code == 422
    assert dewi.post(url, {"wijze": "ELK", "reden": REDEN}).status_code == 302
    page = dewi.get(url).content.decode()
    assert REDEN in page
    with acting_as(people.wie("dewi").scope(1)):
        (made,) = Telafspraak.objects.filter(tenant_id=1)
        assert (made.wijze, made.door_id) == ("ELK", people.ident("dewi"))


def test_postgresql_wants_a_reason_and_takes_nothing_back() -> None:
    made = agree()
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(1)):
        with pytest.raises(IntegrityError, match="telafspraak_reden"):
            with transaction.atomic():
                Telafspraak.objects.create(
                    tenant_id=1, wijze="ELK", reden="        ", door_id=dewi.user_id
                )
        with pytest.raises(DatabaseError), transaction.atomic():
            Telafspraak.objects.filter(pk=made.pk).update(wijze="EEN")
        with pytest.raises(DatabaseError), transaction.atomic():
            Telafspraak.objects.create(
                tenant_id=1, wijze="ELK", reden=REDEN, door_id=people.ident("anna")
            )
