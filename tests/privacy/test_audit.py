"""The record of who looked at what: added to, in one's own name, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
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


def test_the_database_sets_the_time_whatever_is_given(truth: Truth) -> None:
    mark = uuid4()
    with acting_as(ANNA):
        AuditEvent(
            tenant_id=1,
            actor_id=ANNA.user_id,
            rol="staff",
            gebeurtenis="x",
            onderwerp="x",
            onderwerp_ids=[mark],
            tijdstip=datetime(2001, 1, 1, tzinfo=UTC),
        ).save(force_insert=True)
    row = truth.execute(
        "SELECT clock_timestamp() - tijdstip FROM privacy_auditevent"
        " WHERE onderwerp_ids @> ARRAY[%s]",
        [mark],
    ).fetchone()
    assert row is not None
    assert timedelta(0) <= row[0] < timedelta(minutes=1)


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


def test_an_event_is_not_replaced_by_one_with_its_id(truth: Truth) -> None:
    mark, pk = uuid4(), uuid4()
    sql = (
        "INSERT INTO privacy_auditevent (id, tijdstip, tenant_id, actor_id, rol,"
        " gebeurtenis, onderwerp, onderwerp_ids, grond, uitkomst, extra)"
        " VALUES (%s, now(), 1, %s, 'staff', %s, 'x', ARRAY[%s]::uuid[], '', 'gelukt',"
        " '{}')"
    )
    with acting_as(ANNA), connection.cursor() as cursor:
        cursor.execute(sql, [pk, ANNA.user_id, "eerste", mark])
    for more in ("", " ON CONFLICT (id) DO UPDATE SET gebeurtenis = 'tweede'"):
        with pytest.raises(DatabaseError):
            with acting_as(ANNA), connection.cursor() as cursor:
                cursor.execute(sql + more, [pk, ANNA.user_id, "tweede", mark])
    assert [row[3] for row in found(truth, mark)] == ["eerste"]
