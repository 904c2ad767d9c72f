"""The record of who looked at what: added to, in one's own name, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import ProgrammingError

from privacy import audit
from privacy.models import AuditEvent
from tenants.scope import Kind, Scope, acting_as
from tests import people

pytestmark = pytest.mark.usefixtures("wall")
ANNA = Scope("staff", people.ident("anna"), (1,), 1, (1,))
Truth = psycopg.Connection[Any]


def record(scope: Scope, mark: UUID, **other: Any) -> None:
    """The event that an act of this scope leaves, with some of it otherwise."""
    fields: dict[str, Any] = {
        "tenant_id": scope.tenants[0] if scope.tenants else None,
        "actor_id": scope.user_id,
        "rol": scope.kind,
        "onderwerp": "proef",
        "ids": [mark],
        **other,
    }
    audit.record("proef_gedaan", **fields)


def found(truth: Truth, mark: UUID) -> list[tuple[Any, ...]]:
    return truth.execute(
        "SELECT tenant_id, actor_id, rol, gebeurtenis, onderwerp, onderwerp_ids, grond,"
        " uitkomst, extra FROM privacy_auditevent WHERE onderwerp_ids @> ARRAY[%s]",
        [mark],
    ).fetchall()


def test_an_act_and_its_event_are_one_transaction(truth: Truth) -> None:
    kept, undone = uuid4(), uuid4()
    with acting_as(ANNA):
        record(ANNA, kept, grond="eigen kwestie", extra={"aantal": 3})
    with pytest.raises(RuntimeError), acting_as(ANNA):
        record(ANNA, undone)
        raise RuntimeError
    assert found(truth, kept) == [
        (
            *(1, ANNA.user_id, "staff", "proef_gedaan", "proef", [kept]),
            *("eigen kwestie", "gelukt", {"aantal": 3}),
        )
    ]
    assert found(truth, undone) == []


def test_a_page_of_fifty_is_one_event(truth: Truth) -> None:
    marks = [uuid4() for _ in range(50)]
    with acting_as(ANNA):
        record(ANNA, marks[0], ids=marks)
    ((*_rest, ids, _grond, _uitkomst, _extra),) = found(truth, marks[49])
    assert ids == marks


def insert(**columns: str) -> None:
    """One event of Anna in plain SQL; column by column, as SQL."""
    given = {
        "tenant_id": "1",
        "actor_id": f"'{ANNA.user_id}'",
        "rol": "'staff'",
        "functie": "''",
        "deur": "'web'",
        "gebeurtenis": "'x'",
        "onderwerp": "'x'",
        "onderwerp_ids": "'{}'",
        "grond": "''",
        "nood": "false",
        "uitkomst": "'gelukt'",
        "extra": "'{}'",
        **columns,
    }
    with acting_as(ANNA), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO privacy_auditevent ({', '.join(given)})"
            f" VALUES ({', '.join(given.values())})"
        )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("tijdstip", "'2001-01-01'"),
        ("txid", "'5'"),
        ("keten", "9"),
        ("id", "gen_random_uuid()"),
    ],
)
def test_what_the_database_knows_itself_nobody_gives(column: str, value: str) -> None:
    """So an event is not back-dated, not put under an old seal and not replaced."""
    insert()
    with pytest.raises(ProgrammingError, match="permission denied"):
        insert(**{column: value})


def test_the_database_sets_the_time_of_the_moment(truth: Truth) -> None:
    mark = uuid4()
    with acting_as(ANNA):
        record(ANNA, mark)
    row = truth.execute(
        "SELECT clock_timestamp() - tijdstip FROM privacy_auditevent"
        " WHERE onderwerp_ids @> ARRAY[%s]",
        [mark],
    ).fetchone()
    assert row is not None
    assert timedelta(0) <= row[0] < timedelta(minutes=1)


def test_an_event_says_through_which_door_and_in_which_role(truth: Truth) -> None:
    """NEN 7513: access point, role, for whom, and whether it was an emergency."""
    marks = [uuid4() for _ in range(3)]
    vera = people.ident("vera")
    held = {1: "ONDERSTEUNER", 2: "FG+TEAMLEIDER"}
    both = Scope("staff", ANNA.user_id, (1, 2))
    with acting_as(both), audit.through(audit.WEB, held):
        record(both, marks[0], namens=vera, nood=True)
        record(both, marks[1], tenant_id=None, tenants=[2, 1])
    with acting_as(ANNA):
        record(ANNA, marks[2])
    rows = truth.execute(
        "SELECT tenants, namens, functie, deur, nood FROM privacy_auditevent"
        " WHERE onderwerp_ids && %s ORDER BY tijdstip",
        [marks],
    ).fetchall()
    assert rows == [
        (None, vera, "ONDERSTEUNER", "web", True),
        ([1, 2], None, "FG+ONDERSTEUNER+TEAMLEIDER", "web", False),
        (None, None, "", "opdracht", False),
    ]


@pytest.mark.parametrize(
    ("kind", "user", "tenants"),
    [
        ("staff", "anna", (1,)),
        ("portal", "gerard", (1,)),
        ("job", "chantal", (1,)),
        ("public", None, ()),
    ],
)
def test_every_role_records_its_own_acts(
    kind: Kind, user: str | None, tenants: tuple[int, ...], truth: Truth
) -> None:
    mark = uuid4()
    scope = Scope(kind, people.ident(user) if user else None, tenants)
    with acting_as(scope):
        record(scope, mark)
    assert len(found(truth, mark)) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"tenant_id": 2},
        {"actor_id": people.ident("bram")},
        {"actor_id": None},
        {"rol": "portal"},
        {"rol": "job"},
    ],
    ids=["another tenant", "another person", "nobody", "another role", "a task"],
)
def test_an_event_in_anothers_name_is_refused(
    other: dict[str, Any], truth: Truth
) -> None:
    mark = uuid4()
    with pytest.raises(ProgrammingError, match="row-level security"):
        with acting_as(ANNA):
            record(ANNA, mark, **other)
    assert found(truth, mark) == []


@pytest.mark.parametrize("kind", ["identity", "dispatch"])
def test_the_roles_that_only_look_up_record_nothing(kind: Kind) -> None:
    scope = Scope(kind, ANNA.user_id)
    with pytest.raises(ProgrammingError, match="permission denied"):
        with acting_as(scope):
            record(scope, uuid4())


@pytest.mark.parametrize("kind", ["staff", "portal", "job", "public"])
def test_the_application_cannot_read_back_what_it_recorded(kind: Kind) -> None:
    """Who may see the log sees it through a role of its own (a later issue)."""
    with acting_as(Scope(kind, ANNA.user_id, (1,), 1, (1,))):
        for work in (
            lambda: AuditEvent.objects.count(),
            lambda: AuditEvent.objects.update(rol="x"),
            lambda: AuditEvent.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError, match="permission denied"):
                with transaction.atomic():
                    work()


@pytest.mark.parametrize("tenants", [[2], [1, 2]])
def test_an_event_over_tenants_out_of_scope_is_refused(tenants: list[int]) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"):
        with acting_as(ANNA):
            record(ANNA, uuid4(), tenant_id=None, tenants=tenants)


ALL: list[Kind | None] = [
    *("staff", "portal", "job", "public", "identity", "dispatch", "audit", "zegel"),
    None,
]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind or "login role")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE privacy_auditevent SET rol = 'x'",
        "DELETE FROM privacy_auditevent",
        "TRUNCATE privacy_auditevent",
        "UPDATE adviespunt.auditevent_overig SET rol = 'x'",
        "DELETE FROM adviespunt.auditevent_overig",
        "TRUNCATE adviespunt.auditevent_overig",
        "INSERT INTO adviespunt.auditevent_overig (rol) VALUES ('x')",
        "SELECT 1 FROM adviespunt.auditevent_overig",
        "DROP TABLE privacy_auditevent",
    ],
)
def test_no_role_changes_or_removes_what_is_on_record(
    sql: str, kind: Kind | None
) -> None:
    """Every role of the application and the role it signs in with."""
    scope = Scope(kind, ANNA.user_id, (1,), 1, (1,)) if kind else None
    with pytest.raises(DatabaseError, match="permission denied|must be owner"):
        with acting_as(scope) if scope else transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(sql)


def test_the_login_role_itself_adds_nothing() -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        record(ANNA, uuid4())


# ---------------------------------------------------------- outside the transaction


def outside(scope: Scope, mark: UUID, **other: Any) -> bool:
    return audit.record_buiten(
        "zegel_gebroken",
        tenant_id=1,
        actor_id=scope.user_id,
        rol=scope.kind,
        onderwerp="proef",
        ids=[mark],
        uitkomst="geweigerd",
        **other,
    )


def test_what_is_recorded_outside_survives_the_rollback(truth: Truth) -> None:
    mark = uuid4()
    with pytest.raises(RuntimeError), acting_as(ANNA):
        record(ANNA, mark)
        assert outside(ANNA, mark) is True
        raise RuntimeError
    assert [(row[3], row[7]) for row in found(truth, mark)] == [
        ("zegel_gebroken", "geweigerd")
    ]


def test_it_works_in_a_transaction_that_is_broken_already(truth: Truth) -> None:
    mark = uuid4()
    with pytest.raises(DatabaseError), acting_as(ANNA):
        with connection.cursor() as cursor:
            try:
                cursor.execute("SELECT 1/0")
            except DatabaseError:
                assert outside(ANNA, mark) is True
                raise
    assert len(found(truth, mark)) == 1


def test_in_anothers_name_it_is_refused_there_too(truth: Truth, caplog: Any) -> None:
    mark = uuid4()
    with acting_as(ANNA):
        assert outside(Scope("staff", people.ident("bram")), mark) is False
        record(ANNA, mark)  # and the transaction goes on
    assert [row[3] for row in found(truth, mark)] == ["proef_gedaan"]
    assert "could not be written" in caplog.text
