"""Limits at the doors of visitors: guessing codes, sending by the hundred."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from cases.models import Aanmelding
from cases.services import loketdrempel
from cases.services.loket import Zending, come_back, send, write_back
from cases.services.loketdrempel import CODES, Maat, TeDruk, add, room_for
from privacy.loketcode import BASIS, TOEVAL, code_for
from tenants.models import Loketteller
from tenants.scope import Scope, acting_as
from tests import people
from tests.cases import loket as door

pytestmark = pytest.mark.django_db
VISITOR = Scope("public")
DAY = timedelta(days=1)


def guess(n: int) -> str:
    """What somebody who guesses a code gets to hear."""
    try:
        assert come_back(code_for(1, f"gok {n}")) is None
    except TeDruk as error:
        assert 1 <= error.minuten <= 10
        return "wacht"
    return "onbekend"


def test_of_ten_thousand_guesses_sixty_get_an_answer_and_none_finds_anything() -> None:
    """By real guesses until it is full, and by arithmetic for the rest."""
    code = door.ask(door.open_door())
    with acting_as(VISITOR):
        heard = [guess(n) for n in range(CODES.hoogstens * 2)]
        assert heard == ["onbekend"] * CODES.hoogstens + ["wacht"] * CODES.hoogstens
        # Who has the code reads on, whatever the others do.
        found = come_back(code)
        assert found is not None
        assert found.tenant_id == 1
        write_back(code, uuid4(), "Ik ben er nog.")
        assert guess(1000) == "wacht"
    # A million questions at once waiting for an answer: less than one in a trillion.
    assert 10_000 * 1_000_000 / BASIS**TOEVAL < 1e-12
    # And when a guess could be made a thousand times a second, for a year.
    assert 1000 * 365 * 86_400 * 1_000_000 / BASIS**TOEVAL < 1e-7


def test_after_the_window_a_mistake_is_told_as_such_again() -> None:
    with acting_as(VISITOR):
        for n in range(CODES.hoogstens):
            guess(n)
        assert guess(100) == "wacht"
        past = timezone.now() - CODES.venster
        Loketteller.objects.filter(pk="code").update(begin=past)
        assert guess(101) == "onbekend"
        assert Loketteller.objects.get(pk="code").aantal == 1


def test_a_holder_never_waits_for_who_is_guessing(owner: Any) -> None:
    """Somebody else has the counter: it is neither waited for nor counted."""
    code = door.ask(door.open_door())
    owner.execute(
        "INSERT INTO tenants_loketteller (sleutel, begin, aantal)"
        " VALUES ('code', now(), 3)"
    )
    try:
        with owner.transaction(force_rollback=True):
            owner.execute("UPDATE tenants_loketteller SET aantal = 4")
            with acting_as(VISITOR):
                assert come_back(code) is not None
                assert guess(1) == "wacht"
    finally:
        owner.execute("DELETE FROM tenants_loketteller")


@pytest.mark.parametrize("is_full", [False, True])
def test_a_guess_and_a_code_ask_the_database_the_same(
    is_full: bool, django_assert_num_queries: Any
) -> None:
    """So that the time it takes tells nothing that the answer does not tell."""
    code = door.ask(door.open_door())
    asked = []
    with acting_as(VISITOR):
        for n in range(CODES.hoogstens if is_full else 1):
            guess(n)
        for look in (lambda: come_back(code), lambda: guess(1000)):
            with django_assert_num_queries(9) as seen:
                look()
            asked.append([one["sql"].split(" WHERE ")[0] for one in seen])
    assert [len(one) for one in asked] == [9, 9]
    tables = [[line for line in one if "cases_" in line] for one in asked]
    assert tables[0] == tables[1]


def test_right_codes_do_not_count() -> None:
    code = door.ask(door.open_door())
    with acting_as(VISITOR):
        for _each in range(3):
            come_back(code)
        assert Loketteller.objects.get(pk="code").aantal == 0


def test_too_many_guesses_are_answered_with_a_page_that_says_to_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cases.services.loket.CODES", Maat(timedelta(minutes=10), 2))
    visitor = people.browser(None)
    got = [
        visitor.post("/loket/terug/", {"code": str(code_for(1, f"gok {n}"))})
        for n in range(4)
    ]
    assert [one.status_code for one in got] == [422, 422, 429, 429]
    assert "Probeer het over 10 minuten opnieuw" in got[3].content.decode()
    code = door.ask(door.open_door())
    assert visitor.post("/loket/terug/", {"code": str(code)}).status_code == 200


def test_a_door_takes_so_many_questions_an_hour_and_says_how_to_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    door.open_door()
    monkeypatch.setattr(
        "cases.services.loket.ZENDINGEN_HIER", Maat(timedelta(hours=1), 1)
    )
    visitor = people.browser(None)
    form = door.posted()
    assert visitor.post("/loket/bij/arnhem/", form).status_code == 200
    full = visitor.post("/loket/bij/arnhem/", door.posted())
    assert full.status_code == 429
    assert "Wat u leest over bereikbaar." in full.content.decode()
    with acting_as(people.wie("chantal").scope(1)):
        assert Aanmelding.objects.filter(tenant_id=1).count() == 1


def test_all_doors_together_have_a_limit_too(monkeypatch: pytest.MonkeyPatch) -> None:
    loket = door.open_door()
    monkeypatch.setattr("cases.services.loket.ZENDINGEN", Maat(timedelta(hours=1), 0))
    with acting_as(VISITOR), pytest.raises(TeDruk):
        send(loket, door.token(), Zending(vraag="Hallo"))


def test_one_sender_adds_so_many_messages_a_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code = door.ask(door.open_door())
    monkeypatch.setattr("cases.services.loket.BERICHTEN", Maat(DAY, 1))
    with acting_as(VISITOR):
        write_back(code, uuid4(), "Een")
        with pytest.raises(TeDruk):
            write_back(code, uuid4(), "Twee")


def test_a_counter_holds_numbers_and_no_visitor() -> None:
    with acting_as(VISITOR):
        add(room_for("zending:1", loketdrempel.ZENDINGEN_HIER))
        (row,) = Loketteller.objects.values()
    row.pop("begin")
    assert row == {"sleutel": "zending:1", "aantal": 1}
    names: list[Any] = [field.name for field in Loketteller._meta.get_fields()]
    assert sorted(names) == ["aantal", "begin", "sleutel"]
