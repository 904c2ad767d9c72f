"""S49: what clients say of us is counted, and leads back to nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from privacy.terugkomen import code_hash
from tenants.access import Refused, Wie
from tenants.beheer import BeheerFout, pagina
from tenants.ervaring import (
    Kwartaal,
    answer,
    figures,
    last_day,
    make_slips,
    quarter_of,
)
from tenants.models import Ervaring, Publiekepagina
from tenants.scope import Scope, acting_as
from tests import people

pytestmark = pytest.mark.django_db
GOED = {"naast": 5, "gehoord": 4, "verder": 3}
PUBLIEK = Scope("public", None, (1,), 1)
COLUMNS = ["id", "kwartaal", "naast", "gehoord", "verder", "bewijs", "tenant_id"]


@contextmanager
def as_(naam: str) -> Iterator[Wie]:
    wie = people.wie(naam)
    with acting_as(wie.scope(1)):
        yield wie


@pytest.fixture(autouse=True)
def published() -> None:
    """Clients answer on the public page of the tenant."""
    with as_("dewi") as dewi:
        teksten = dict.fromkeys(Publiekepagina.TEKSTEN, "Een tekst.")
        pagina.save_draft(actor=dewi, tenant_id=1, teksten=teksten)
        pagina.establish(actor=dewi, tenant_id=1)


def slips(aantal: int = 10) -> list[str]:
    with as_("anna") as anna:
        return make_slips(actor=anna, tenant_id=1, aantal=aantal)


def later() -> date:
    """A day on which no slip of this quarter works any more."""
    return last_day(quarter_of(timezone.localdate())) + timedelta(days=1)


def closed(naam: str = "chantal") -> Kwartaal:
    """This quarter, as seen when it is over."""
    with as_(naam) as wie:
        return figures(wie, 1, later())[1]


def execute(sql: str, *params: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        return cursor.fetchall() if cursor.description else None


def test_s049_an_answer_holds_its_quarter_and_nothing_that_leads_to_a_person() -> None:
    code, *_rest = slips()
    answer(tenant_id=1, code=code, antwoorden=GOED)
    with as_("chantal"):
        (row,) = Ervaring.objects.all()
        names = execute(
            "SELECT attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped"
            " AND attrelid = 'tenants_ervaring'::regclass ORDER BY attnum"
        )
    assert sorted(n for (n,) in names) == sorted(COLUMNS)
    assert row.kwartaal == quarter_of(timezone.localdate())
    assert (row.naast, row.gehoord, row.verder, row.bewijs) == (5, 4, 3, "")


def test_a_code_works_once() -> None:
    code, other, *_rest = slips()
    answer(tenant_id=1, code=code.lower(), antwoorden=GOED)
    for wrong in (code, "ABC-DEF-GHJ-KMN-PQR-STU"):
        with pytest.raises(BeheerFout, match="werkt niet"):
            answer(tenant_id=1, code=wrong, antwoorden=GOED)
    with pytest.raises(BeheerFout, match="werkt niet"):
        answer(tenant_id=2, code=other, antwoorden=GOED)
    with as_("chantal"):
        assert Ervaring.objects.count() == 1


def test_postgresql_takes_no_answer_without_a_slip() -> None:
    code, *_rest = slips()
    fields = "id, tenant_id, kwartaal, naast, gehoord, verder, bewijs"
    insert = f"INSERT INTO tenants_ervaring ({fields}) VALUES (gen_random_uuid(), 1,"
    good = code_hash(1, code)
    with acting_as(PUBLIEK):
        for bewijs in ("", "0" * 64):
            with pytest.raises(DatabaseError, match="ervaring_zonder_briefje"):
                with transaction.atomic():
                    execute(f"{insert} '2026-01-01', 5, 5, 5, %s)", bewijs)
        execute(f"{insert} '2026-01-01', 5, 5, 5, %s)", good)
        with pytest.raises(DatabaseError, match="ervaring_zonder_briefje"):
            with transaction.atomic():
                execute(f"{insert} '2026-01-01', 5, 5, 5, %s)", good)
    with as_("chantal"):  # the quarter is that of the slip, whatever was said
        assert Ervaring.objects.get().kwartaal == quarter_of(timezone.localdate())


def test_the_public_role_removes_no_slip_and_reads_no_answer() -> None:
    slips()
    with acting_as(PUBLIEK):
        with pytest.raises(DatabaseError, match="briefje_bij_ervaring"):
            with transaction.atomic():
                execute("DELETE FROM tenants_ervaringscode WHERE tenant_id = 1")
        with pytest.raises(DatabaseError, match="permission denied"):
            with transaction.atomic():
                execute("SELECT naast FROM tenants_ervaring")
    with acting_as(Scope("public", None, (2,), 2)):
        assert execute("SELECT hash FROM tenants_ervaringscode") == []


def test_a_colleague_reads_no_slip_and_writes_no_answer() -> None:
    slips()
    with as_("chantal"):
        with pytest.raises(DatabaseError, match="permission denied"):
            with transaction.atomic():
                execute("SELECT hash FROM tenants_ervaringscode")
        assert execute("SELECT kwartaal FROM tenants_ervaringscode") == []
        with pytest.raises(DatabaseError, match="permission denied"):
            with transaction.atomic():
                Ervaring.objects.create(tenant_id=1, kwartaal=date(2026, 1, 1), **GOED)
        with pytest.raises(DatabaseError, match="row-level security"):
            with transaction.atomic():
                execute(
                    "INSERT INTO tenants_ervaringscode (id, tenant_id, kwartaal, hash)"
                    " VALUES (gen_random_uuid(), 1, '2024-01-01', 'x')"
                )


def test_only_who_leads_sees_answers_in_the_database() -> None:
    code, *_rest = slips()
    answer(tenant_id=1, code=code, antwoorden=GOED)
    seen = {}
    for naam in ("anna", "dewi", "els", "frits", "chantal", "fatma"):
        with as_(naam):
            seen[naam] = Ervaring.objects.count()
    assert {naam for naam, number in seen.items() if number} == {"chantal", "fatma"}


# -------------------------------------------------------------------------- figures


def test_a_quarter_is_shown_when_no_slip_of_it_works_any_more() -> None:
    for code in slips()[:6]:
        answer(tenant_id=1, code=code, antwoorden=GOED)
    with as_("chantal") as chantal:
        now = figures(chantal, 1, timezone.localdate())[0]
        eve = figures(chantal, 1, later() - timedelta(days=1))[1]
    assert (now.cijfers, eve.cijfers) == (None, None)
    assert now.open_tot == last_day(now.begin) == later() - timedelta(days=1)
    done = closed()
    assert done.open_tot is None
    assert done.totaal == 6


def test_fewer_answers_than_the_threshold_are_not_shown() -> None:
    for code in slips()[:4]:
        answer(tenant_id=1, code=code, antwoorden=GOED)
    shown = closed("fatma").cijfers
    assert shown is not None
    assert shown.te_weinig
    assert [cell.kwesties for cell in shown.cells if cell.kwesties is not None] == []


def test_a_small_number_among_enough_answers_is_withheld() -> None:
    for code in slips()[:9]:
        answer(tenant_id=1, code=code, antwoorden=GOED)
    (one,) = slips(5)[:1]
    answer(tenant_id=1, code=one, antwoorden={**GOED, "naast": 1})
    shown = closed().cijfers
    assert shown is not None
    assert shown.cell("totaal").kwesties == 10
    assert shown.cell("naast:oneens").kwesties is None
    assert shown.cell("naast:eens").kwesties is None  # 10 minus this tells the other
    assert shown.cell("gehoord:eens").kwesties == 10


def test_slips_are_made_by_the_pile_and_the_record_says_how_many() -> None:
    with as_("anna") as anna:
        with pytest.raises(BeheerFout):
            make_slips(actor=anna, tenant_id=1, aantal=1)
    with as_("frits") as frits, pytest.raises(Refused):
        make_slips(actor=frits, tenant_id=1, aantal=5)
    wie = people.wie("hanna")
    with acting_as(wie.scope(2)), pytest.raises(BeheerFout, match="nog niet"):
        make_slips(actor=wie, tenant_id=2, aantal=5)  # has no public page
    codes = slips(5)
    assert len(set(codes)) == 5
    with acting_as(Scope("audit", people.ident("frits"), (1,))):
        events = execute(
            "SELECT extra, onderwerp_ids FROM privacy_auditevent"
            " WHERE gebeurtenis = 'briefjes_gemaakt'"
        )
    assert len(events) == 1
    assert "5" in str(events[0][0])
    assert not any(code in str(events) for code in codes)


def test_figures_are_for_who_leads() -> None:
    for naam in ("anna", "dewi"):
        with as_(naam) as wie, pytest.raises(Refused):
            figures(wie, 1, later())


@pytest.mark.parametrize(
    ("day", "begin", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 4, 28)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 7, 28)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2027, 1, 28)),
    ],
)
def test_quarters_and_how_long_slips_work(day: date, begin: date, last: date) -> None:
    assert (quarter_of(day), last_day(begin)) == (begin, last)


def test_the_database_and_the_page_agree_on_the_last_day() -> None:
    (until,) = execute(
        "SELECT (date '2026-10-01' + interval '3 months')::date + 28 - 1"
    )
    assert until == (last_day(date(2026, 10, 1)),)


# ---------------------------------------------------------------------- the pages


def test_the_page_asks_three_things_and_offers_no_place_to_write() -> None:
    code, *_rest = slips()
    visitor = people.browser(None)
    path = "/adviespunt/arnhem/ervaring/"
    body = visitor.get(path).content.decode()
    assert body.count("<fieldset") == 3
    assert "<textarea" not in body
    choices = {vraag: "4" for vraag in GOED}
    assert visitor.post(path, {"code": "ABC"}).status_code == 422
    sent = visitor.post(path, {"code": code, **choices})
    assert (sent.status_code, sent["Location"]) == (302, f"{path}bedankt/")
    again = visitor.post(path, {"code": code, **choices})
    assert again.status_code == 422
    assert "werkt niet" in again.content.decode()
    out = visitor.post(path, {"code": slips()[0], "naast": "9", **choices})
    assert out.status_code == 302  # the last value counts
    wrong = {**choices, "naast": "9"}
    assert visitor.post(path, {"code": slips()[0], **wrong}).status_code == 422


def test_slips_are_shown_once_with_the_address_and_their_last_day() -> None:
    page = people.browser("anna").post("/t/arnhem/briefjes/", {"aantal": "5"})
    body = page.content.decode()
    assert body.count("/adviespunt/arnhem/ervaring/") >= 5
    assert page["Cache-Control"] == "no-store"
    shown = people.browser("chantal").get("/t/arnhem/ervaringen/").content.decode()
    assert "Antwoorden kan nog tot en met" in shown
