"""What PostgreSQL itself holds of the door of visitors (tenants 0017, cases 0019)."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from cases.models import Aanmelding, Loketbericht, Loketsleutel
from cases.services.loket import scope_of, write_back
from privacy.loketcode import Loketcode, code_for
from tenants.models import Loket, Tenant
from tenants.scope import Scope, acting_as
from tests import people
from tests.cases import loket as door

pytestmark = pytest.mark.django_db
READABLE = {
    "cases_aanmelding": {
        *("id", "tenant_id", "ontvangen_op", "melder_publiek", "loketsleutel_id"),
        *("opgenomen_op", "team_publiek", "naar_id"),
    },
    "cases_loketbericht": {
        *("id", "tenant_id", "aanmelding_id", "is_van_ons", "op", "voor_melder"),
    },
}


def run(sql: str, *params: object) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        return cursor.fetchall()


@pytest.fixture
def code() -> Loketcode:
    made = door.ask(door.open_door())
    with acting_as(Scope("public")):
        write_back(made, uuid4(), "Nog iets.")
    return made


def counts() -> list[Any]:
    return [
        run(f"SELECT count(id) FROM {table}")[0][0]
        for table in ("cases_aanmelding", "cases_loketbericht")
    ]


def test_a_visitor_sees_the_row_of_her_own_code_and_no_other(code: Loketcode) -> None:
    with acting_as(scope_of(code)):
        assert counts() == [1, 1]
    others = (
        Scope("public"),
        Scope("public", None, (1, 2), 1),
        scope_of(code_for(1, "van iemand anders")),
        Scope("public", code.id, (2,), 2),  # her id, and another tenant
        Scope("public", code.id, (), None),
    )
    for scope in others:
        with acting_as(scope):
            assert counts() == [0, 0], scope


@pytest.mark.parametrize("table", READABLE)
def test_a_visitor_reads_no_column_for_the_team_and_changes_nothing(
    table: str, code: Loketcode
) -> None:
    with acting_as(scope_of(code)):
        for field in (Aanmelding, Loketbericht):
            if field._meta.db_table != table:
                continue
            for column in (one.column for one in field._meta.concrete_fields):
                if column in READABLE[table]:
                    run(f"SELECT {column} FROM {table}")
                    continue
                with pytest.raises(ProgrammingError, match="permission denied"):
                    run(f"SELECT {column} FROM {table}")
        for verb in (f"DELETE FROM {table}", f"UPDATE {table} SET tenant_id = 1"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(f"{verb} RETURNING 1")


@pytest.mark.parametrize("kind", ["portal", "identity", "dispatch"])
def test_an_opdrachtgever_has_nothing_at_the_door(kind: Any, code: Loketcode) -> None:
    """Not to read, not to write: PostgreSQL refuses (A4)."""
    assert code.tenant_id == 1
    with acting_as(Scope(kind, people.ident("gerard"), (1,), 1)):
        for table in (*READABLE, "cases_loketsleutel", "tenants_loketteller"):
            for statement in (
                f"SELECT count(*) FROM {table}",
                f"DELETE FROM {table} RETURNING 1",
                f"SELECT 1 FROM {table} LIMIT 0",
            ):
                with pytest.raises(ProgrammingError, match="permission denied"):
                    run(statement)


def test_the_worker_sees_no_content_and_only_what_is_to_be_destroyed(
    code: Loketcode,
) -> None:
    assert code.tenant_id == 1
    with acting_as(Scope("job", None, (1,), 1, (1,))):
        assert counts() == [0, 0]
        for column in ("inhoud", "team_geheim_v", "melder_publiek"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(f"SELECT {column} FROM cases_aanmelding")


def put(scope: Scope, pk: UUID, **over: Any) -> None:
    loket = door.door_now()
    assert loket is not None
    values: dict[str, Any] = {
        "tenant_id": 1,
        "loketsleutel_id": loket.sleutel_id,
        "melder_publiek": b"m" * 32,
        "team_publiek": b"t" * 32,
        "inhoud": b"dicht",
    }
    with acting_as(scope), transaction.atomic():
        Aanmelding.objects.bulk_create([Aanmelding(id=pk, **{**values, **over})])


def test_a_visitor_adds_a_row_of_her_own_and_only_one_that_is_new(
    code: Loketcode,
) -> None:
    assert code.tenant_id == 1
    mine = uuid4()
    here = Scope("public", mine, (1,), 1)
    for scope, pk in (
        (here, uuid4()),  # of somebody else
        (Scope("public", None, (1,), 1), mine),
        (Scope("public", mine, (1,), None), mine),  # nowhere to write
        (Scope("public", mine, (2,), 2), mine),
    ):
        with pytest.raises(ProgrammingError, match="row-level security"):
            put(scope, pk)
    kwestie = door.take_up(door.ask(door.open_door()))
    with pytest.raises(DatabaseError):
        put(here, mine, kwestie_id=kwestie.pk, inhoud=None)
    put(here, mine)


def test_a_visitor_never_writes_as_one_of_us(code: Loketcode) -> None:
    about = {"tenant_id": 1, "aanmelding_id": code.id}
    blobs = {"voor_team": b"x", "voor_melder": b"x"}
    with acting_as(scope_of(code)):
        with pytest.raises(ProgrammingError, match="row-level security"):
            with transaction.atomic():
                Loketbericht.objects.create(
                    is_van_ons=True, door_id=people.ident("anna"), **about, **blobs
                )


def test_the_staff_never_writes_as_the_sender_or_as_a_colleague(
    code: Loketcode,
) -> None:
    about = {"tenant_id": 1, "aanmelding_id": code.id}
    blobs = {"voor_team": b"x", "voor_melder": b"x"}
    with acting_as(people.wie("chantal").scope(1)):
        for more in ({}, {"is_van_ons": True, "door_id": people.ident("anna")}):
            with pytest.raises(IntegrityError, match="loketbericht_eigen_naam"):
                with transaction.atomic():
                    Loketbericht.objects.create(**about, **blobs, **more)


def test_what_was_taken_up_or_said_stays_as_it_was(code: Loketcode) -> None:
    door.take_up(code)
    with acting_as(people.wie("chantal").scope(1)):
        mine = Aanmelding.objects.filter(tenant_id=1, pk=code.id)
        with pytest.raises(IntegrityError, match="aanmelding_staat_vast"):
            with transaction.atomic():
                mine.update(team_publiek=b"z" * 32)
        said = Loketbericht.objects.filter(tenant_id=1, aanmelding_id=code.id)
        said.update(gelezen_op="2026-01-01T00:00Z")
        with pytest.raises(IntegrityError, match="loketbericht_staat_vast"):
            with transaction.atomic():
                said.update(gelezen_op=None)
        for name in ("voor_melder", "op", "is_van_ons"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                with transaction.atomic():
                    said.update(**{name: None})


def test_s165_postgresql_itself_keeps_the_door_shut_without_a_page() -> None:
    key = {"sleutel_id": uuid4(), "publiek": b"p" * 32, "bereikbaar": "Bel"}
    with acting_as(people.wie("chantal").scope(1)):
        with pytest.raises(IntegrityError, match="loket_niet_compleet"):
            with transaction.atomic():
                Loket.objects.create(
                    tenant_id=1,
                    slug="arnhem",
                    naam="A",
                    is_actief=True,
                    is_open=True,
                    **key,
                )


def test_nobody_but_the_team_puts_a_key_on_the_door() -> None:
    """Who administers would read along: she has no case rights."""
    door.open_door()
    with acting_as(people.wie("dewi").scope(1)):
        rows = Loket.objects.filter(tenant_id=1)
        with pytest.raises(ProgrammingError, match="loket_door_team"):
            with transaction.atomic():
                rows.update(publiek=b"q" * 32)


def test_a_tenant_that_ends_shuts_its_door(code: Loketcode) -> None:
    with acting_as(people.wie("dewi").scope(1)):
        run("UPDATE tenants_opdracht SET tot = current_date - 1 RETURNING 1")
        Tenant.objects.filter(pk=1).update(status="BEEINDIGD", naam="Arnhem (oud)")
    loket = door.door_now()
    assert loket is not None
    assert (loket.is_open, loket.is_actief) == (False, False)
    assert loket.naam == "Arnhem (oud)"
    page = people.browser(None).get("/loket/bij/arnhem/").content.decode()
    assert "Wij werken hier niet meer." in page
    assert "Arnhem" not in people.browser(None).get("/loket/").content.decode()
    assert code.tenant_id == 1


def test_the_public_half_alone_is_in_what_visitors_can_read() -> None:
    loket = door.open_door()
    with acting_as(people.wie("chantal").scope(1)):
        key = Loketsleutel.objects.get(tenant_id=1, pk=loket.sleutel_id)
        assert bytes(key.publiek) == bytes(loket.publiek or b"")
        assert key.geheim
    with acting_as(Scope("public", None, (1,), 1)):
        with pytest.raises(ProgrammingError, match="permission denied"):
            run("SELECT publiek FROM cases_loketsleutel")
        with pytest.raises(ProgrammingError, match="permission denied"):
            run("SELECT sleutel FROM privacy_sleutel")
