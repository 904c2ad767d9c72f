"""A question that is kept holds nothing of anybody, and answers as if it was new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import CaseGrant, Kwestie
from privacy import voorbereid
from privacy.voorbereid import NietVoorTeBereiden, Vandaag, Voorbereid
from tenants.models import Medewerker
from tenants.scope import acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db


def _named(*, pk: UUID) -> QuerySet[Medewerker]:
    return Medewerker.objects.filter(pk=pk)


def _of_tenants(
    open_only: bool, *, tenants: tuple[int, ...], niet: UUID
) -> QuerySet[Kwestie, dict[str, Any]]:
    rows = Kwestie.objects.filter(tenant_id__in=tenants)
    rows = rows.exclude(niet_voor__contains=[niet])
    if open_only:
        rows = rows.exclude(status="AFGEROND")
    return rows.order_by("nummer").values("nummer", "ondersteuner__naam")[:10]


def test_it_answers_for_each_value_and_is_put_together_once() -> None:
    made: list[UUID] = []

    def counted(*, pk: UUID) -> QuerySet[Medewerker]:
        made.append(pk)
        return _named(pk=pk)

    asked = Voorbereid(counted)
    with acting_as(people.wie("anna").scope()):
        found = [asked(pk=people.ident(n))[0].naam for n in ("anna", "bram", "anna")]
        assert asked(pk=uuid4()) == []
    assert found == ["Anna", "Bram", "Anna"]
    assert len(made) == 2, "twice with stand-ins, to compare"
    assert not {people.ident("anna"), people.ident("bram")} & set(made)


def test_arrays_rows_and_other_shapes() -> None:
    mine = seed.register("nadia")
    theirs = seed.register("nadia", "wulpenhorst")
    asked = Voorbereid(_of_tenants)
    with acting_as(people.wie("nadia").scope()):
        nobody = uuid4()
        both = asked(True, tenants=(1, 2), niet=nobody)
        assert both == list(_of_tenants(True, tenants=(1, 2), niet=nobody))
        one = asked(True, tenants=(2,), niet=nobody)
    assert [row["nummer"] for row in both] == sorted([mine.nummer, theirs.nummer])
    assert one == [{"nummer": theirs.nummer, "ondersteuner__naam": "Nadia"}]


def test_a_list_of_any_length_is_one_shape_and_stays_nowhere() -> None:
    asked = Voorbereid(lambda *, pks: Medewerker.objects.filter(pk__een_van=pks))
    ids = [people.ident(naam) for naam in ("anna", "bram", "chantal")]
    with acting_as(people.wie("anna").scope()):
        for many in (3, 1, 2, 0):
            assert {one.pk for one in asked(pks=ids[:many])} == set(ids[:many])
        fresh = set(Medewerker.objects.filter(pk__een_van=ids))
        assert fresh == set(Medewerker.objects.filter(pk__in=ids))
    (klaar,) = asked._klaar.values()
    assert not any(str(pk) in repr((klaar.sql, klaar.parameters)) for pk in ids)


def test_the_same_statement_goes_to_the_database() -> None:
    pk = people.ident("anna")
    asked = Voorbereid(_named)
    with acting_as(people.wie("anna").scope()):
        asked(pk=pk)
        with CaptureQueriesContext(connection) as sent:
            asked(pk=pk)
            list(_named(pk=pk))
    kept, fresh = (query["sql"] for query in sent)
    assert kept == fresh


def test_row_security_is_asked_every_time() -> None:
    kwestie = seed.register("anna")
    asked = Voorbereid(lambda *, pk: Kwestie.objects.filter(pk=pk))
    with acting_as(people.wie("anna").scope()):
        assert asked(pk=kwestie.pk) == [kwestie]
    with acting_as(people.wie("hanna").scope()):
        assert asked(pk=kwestie.pk) == []
    with acting_as(people.wie("anna").scope()):
        assert asked(pk=kwestie.pk) == [kwestie]


def test_today_is_the_day_on_which_it_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a share that ends: what was put together yesterday does not let in today."""
    days: list[date] = []

    def spied(values: tuple[Any, ...]) -> Any:
        days.append(values[0])
        return []

    monkeypatch.setattr(voorbereid, "_asked", lambda klaar, values: spied(values))
    asked = Voorbereid(lambda: CaseGrant.objects.filter(tot__gte=Vandaag()))
    today = timezone.localdate()
    asked()
    monkeypatch.setattr(timezone, "localdate", lambda: today + timedelta(days=1))
    asked()
    assert days == [today, today + timedelta(days=1)]


def test_today_outside_a_kept_question() -> None:
    with acting_as(people.wie("anna").scope()):
        sent = str(CaseGrant.objects.filter(tot__gte=Vandaag()).query)
    assert str(timezone.localdate()) in sent


HELD = uuid4()
REFUSED: dict[str, Callable[..., QuerySet[Any, Any]]] = {
    "an id of somebody": lambda *, pk: Kwestie.objects.filter(
        pk=pk, ondersteuner_id=HELD
    ),
    "an id in an array": lambda *, pk: Kwestie.objects.filter(
        pk=pk, niet_voor__contains=[HELD]
    ),
    "a day": lambda *, pk: Kwestie.objects.filter(pk=pk, datum=timezone.localdate()),
    "a moment": lambda *, pk: Kwestie.objects.filter(
        pk=pk, aangemaakt_op__lt=timezone.now()
    ),
    "a value that is not asked for": lambda *, pk: Kwestie.objects.all(),
    "something made of a value": lambda *, pk: Kwestie.objects.filter(
        nummer__startswith=str(pk)
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_would_keep_something_of_somebody_is_refused(what: str) -> None:
    with pytest.raises(NietVoorTeBereiden):
        Voorbereid(REFUSED[what])(pk=uuid4())


def test_what_can_never_have_a_row_is_not_asked() -> None:
    asked = Voorbereid(_of_tenants)
    with CaptureQueriesContext(connection) as sent:
        assert asked(True, tenants=(), niet=uuid4()) == []
    assert len(sent) == 0


@pytest.mark.parametrize("vorm", [1, HELD, (frozenset({HELD}),), date(2026, 1, 1)])
def test_a_shape_holds_no_id_and_no_day(vorm: Any) -> None:
    asked = Voorbereid(lambda vorm, *, pk: Kwestie.objects.filter(pk=pk))
    with pytest.raises(NietVoorTeBereiden):
        asked(vorm, pk=uuid4())


def test_the_number_of_shapes_that_are_kept_has_an_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(voorbereid, "MOST", 3)
    asked = Voorbereid(lambda vorm, *, pk: Medewerker.objects.filter(pk=pk))
    with acting_as(people.wie("anna").scope()):
        for number in range(8):
            (found,) = asked(str(number), pk=people.ident("anna"))
            assert found.naam == "Anna"
    assert 1 <= len(asked._klaar) <= 3
