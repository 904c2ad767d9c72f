"""acting_as: the one way to tenant data; outside it everything is a loud refusal."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.utils import DatabaseError, DataError

from cases.models import Client, Kwestie
from signalering.models import Publicatie, Rapportage
from tenants.models import Job, Membership, Tenant
from tenants.scope import Scope, acting_as, current, loading, replace
from tests import people
from tests.isolation.conftest import undone
from tests.isolation.planting import ident

pytestmark = pytest.mark.usefixtures("wall")
ARNHEM, WULPENHORST = 1, 2
ANNA = Scope("staff", people.ident("anna"), (ARNHEM,), ARNHEM, (ARNHEM,))
HANNA = Scope("staff", people.ident("hanna"), (WULPENHORST,), WULPENHORST, (2,))
NADIA = Scope("staff", people.ident("nadia"), (1, 2), ARNHEM, (1, 2))
KINDS = ("staff", "portal", "public", "job", "identity", "dispatch")


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def slugs_seen() -> list[str]:
    """Whose kwesties the present scope shows."""
    return sorted({row.toelichting.split()[-1] for row in Kwestie.objects.all()})


def test_without_a_scope_tenant_data_is_a_loud_refusal() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        Kwestie.objects.count()
    with pytest.raises(ProgrammingError, match="permission denied"):
        with transaction.atomic():
            Client.objects.first()


def test_inside_a_scope_its_tenants_are_there_and_no_others() -> None:
    with acting_as(ANNA):
        assert slugs_seen() == ["arnhem"]
    with acting_as(HANNA):
        assert slugs_seen() == ["wulpenhorst"]
    with acting_as(NADIA):
        assert slugs_seen() == ["arnhem", "wulpenhorst"]


def test_a_scope_without_tenants_sees_no_rows() -> None:
    with acting_as(Scope("staff", people.ident("niemand"))):
        assert Kwestie.objects.count() == 0
        assert Tenant.objects.count() == 0


def test_a_report_right_is_no_case_right() -> None:
    els = Scope("staff", people.ident("els"), (1, 2), ARNHEM, cases=())
    with acting_as(els):
        assert Rapportage.objects.count() == 18
        assert Kwestie.objects.count() == 0
        assert Client.objects.count() == 0


def test_the_scope_ends_with_its_transaction() -> None:
    with acting_as(ANNA):
        assert role() == "adviespunt_staff"
    assert role() == "adviespunt_app"
    with pytest.raises(ProgrammingError, match="permission denied"):
        Kwestie.objects.count()
    assert current() is None


def test_the_connection_is_reused_for_the_next_person_without_a_trace() -> None:
    with acting_as(NADIA):
        pid = connection.connection.info.backend_pid
    with acting_as(HANNA):
        assert connection.connection.info.backend_pid == pid
        assert slugs_seen() == ["wulpenhorst"]


def test_an_inner_scope_gives_way_to_the_outer_one() -> None:
    with acting_as(ANNA):
        with acting_as(HANNA):
            assert slugs_seen() == ["wulpenhorst"]
        assert slugs_seen() == ["arnhem"]
        assert current() == ANNA


def test_the_outer_scope_is_back_after_an_error_inside() -> None:
    with acting_as(ANNA):
        with pytest.raises(RuntimeError), acting_as(HANNA):
            raise RuntimeError
        assert slugs_seen() == ["arnhem"]
        with pytest.raises(DataError), acting_as(HANNA):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")
        assert slugs_seen() == ["arnhem"]


def test_a_savepoint_that_is_rolled_back_keeps_the_scope() -> None:
    with acting_as(ANNA):
        with pytest.raises(RuntimeError), transaction.atomic():
            raise RuntimeError
        assert slugs_seen() == ["arnhem"]


def test_inside_a_plain_transaction_the_scope_is_taken_off_again() -> None:
    with transaction.atomic():
        with acting_as(ANNA):
            assert slugs_seen() == ["arnhem"]
        assert role() == "adviespunt_app"


def test_after_an_error_the_connection_belongs_to_nobody() -> None:
    with pytest.raises(RuntimeError), acting_as(NADIA):
        raise RuntimeError
    assert role() == "adviespunt_app"


def test_a_scope_that_cannot_be_set_leaves_no_open_transaction() -> None:
    with pytest.raises(DatabaseError), acting_as(Scope("owner")):  # type: ignore[arg-type]
        pass
    assert connection.get_autocommit()
    assert role() == "adviespunt_app"


def test_who_reads_two_tenants_still_writes_one() -> None:
    with undone(NADIA):
        Client.objects.create(tenant_id=ARNHEM, identiteitsstatus="BEKEND")
    with pytest.raises(ProgrammingError, match="row-level security"):
        with acting_as(NADIA):
            Client.objects.create(tenant_id=WULPENHORST, identiteitsstatus="BEKEND")
    with undone(NADIA):
        assert Client.objects.filter(tenant_id=WULPENHORST).update(naam_v=b"x") == 0
        mine = Client.objects.filter(tenant_id=ARNHEM)
        assert mine.update(naam_v=b"x") == mine.count() == 2


def test_a_scope_without_a_tenant_to_write_writes_nothing() -> None:
    reading = Scope("staff", people.ident("nadia"), (1, 2), None, (1, 2))
    with undone(reading):
        assert Client.objects.update(naam_v=b"x") == 0
    with pytest.raises(ProgrammingError, match="row-level security"):
        with acting_as(reading):
            Client.objects.create(tenant_id=ARNHEM, identiteitsstatus="BEKEND")


def test_a_row_does_not_move_between_two_own_tenants() -> None:
    for tenant_id in (ARNHEM, WULPENHORST):
        scope = Scope("staff", NADIA.user_id, (1, 2), tenant_id, (1, 2))
        row = Kwestie.objects.filter(pk=ident("anoniem", "arnhem"))
        with undone(scope):
            if tenant_id == WULPENHORST:
                assert row.update(tenant_id=WULPENHORST) == 0
                continue
            with pytest.raises(ProgrammingError, match="tenant_id is immutable"):
                with transaction.atomic():
                    row.update(tenant_id=WULPENHORST)


def test_a_row_never_takes_another_id() -> None:
    with acting_as(ANNA), pytest.raises(ProgrammingError, match="id is immutable"):
        with transaction.atomic():
            Kwestie.objects.filter(pk=ident("anoniem", "arnhem")).update(
                id=ident("new", "arnhem")
            )


def test_a_callback_after_the_commit_has_no_scope_any_more() -> None:
    errors: list[Exception] = []

    def late() -> None:
        try:
            Kwestie.objects.count()
        except ProgrammingError as error:
            errors.append(error)

    with acting_as(ANNA):
        transaction.on_commit(late)
    assert [str(e).split(" for ")[0] for e in errors] == ["permission denied"]


def test_a_thread_started_in_a_scope_has_none() -> None:
    seen: list[object] = []

    def work() -> None:
        seen.append(current())
        try:
            seen.append(Kwestie.objects.count())
        except ProgrammingError as error:
            seen.append(str(error).split(" for ")[0])
        finally:
            connection.close()

    with acting_as(ANNA):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert seen == [None, "permission denied"]


def test_rows_that_are_streamed_later_are_refused() -> None:
    def stream() -> Iterator[Any]:
        yield from Kwestie.objects.values_list("toelichting_v", flat=True)

    with acting_as(ANNA):
        rows = stream()
    with pytest.raises(ProgrammingError, match="permission denied"):
        next(rows)


def test_a_server_side_cursor_keeps_to_the_scope_it_was_opened_in() -> None:
    with acting_as(ANNA):
        rows = Kwestie.objects.values_list("tenant_id", flat=True).iterator(1)
        assert next(rows) == ARNHEM
        with acting_as(HANNA):
            assert slugs_seen() == ["wulpenhorst"]
        assert set(rows) == {ARNHEM}


def test_replace_changes_the_scope_of_the_open_transaction_only() -> None:
    with pytest.raises(RuntimeError, match="open transaction"):
        replace(ANNA)
    with acting_as(Scope("identity", ANNA.user_id)):
        assert Membership.objects.count() == 1
        replace(ANNA)
        assert slugs_seen() == ["arnhem"]
        assert role() == "adviespunt_staff"
    assert current() is None
    assert role() == "adviespunt_app"


def test_identity_sees_ones_own_memberships_and_nothing_else() -> None:
    with acting_as(Scope("identity", people.ident("nadia"))):
        assert {m.user_id for m in Membership.objects.all()} == {people.ident("nadia")}
        assert Tenant.objects.count() == 2
        with pytest.raises(ProgrammingError, match="permission denied"):
            Rapportage.objects.count()


def test_dispatch_sees_the_queue_of_all_tenants_and_no_data() -> None:
    with acting_as(Scope("dispatch")):
        assert Job.objects.count() == 2
        for model in (Kwestie, Client, Rapportage, Publicatie):
            with pytest.raises(ProgrammingError, match="permission denied"):
                with transaction.atomic():
                    model.objects.count()


def test_every_plan_is_right_for_who_asks() -> None:
    """P16, P22: a plan that PostgreSQL made for one person serves the next as well."""
    scopes = [ANNA, HANNA, NADIA, Scope("staff", people.ident("niemand"))]
    counts = []
    connection.ensure_connection()
    for turn in range(12):
        with acting_as(scopes[turn % 4]):
            made = connection.connection.execute(
                "SELECT count(*) FROM cases_kwestie", prepare=True
            )
            counts.append(made.fetchone()[0])
    assert counts == [2, 2, 4, 0] * 3


def test_a_plan_cached_in_a_function_is_right_for_who_asks(
    truth: psycopg.Connection[Any],
) -> None:
    """The triggers and policies run cached plans: an update counts contacts anew."""
    for scope, slug in ((ANNA, "arnhem"), (HANNA, "wulpenhorst")) * 4:
        with undone(scope):
            row = Kwestie.objects.get(pk=ident("kwestie", slug))
            row.contactmomenten.update(duur_min=20)
            row.refresh_from_db()
            assert row.minuten == 20


@pytest.mark.parametrize("kind", KINDS)
def test_the_application_cannot_load_past_the_policies(kind: str) -> None:
    with pytest.raises(ProgrammingError, match="must be owner"):
        with acting_as(Scope(kind, ANNA.user_id, (1,), 1, (1,))):  # type: ignore[arg-type]
            with loading("cases_client"):
                pass


def test_the_application_cannot_switch_row_security_off() -> None:
    with acting_as(ANNA), connection.cursor() as cursor:
        cursor.execute("SET LOCAL row_security = off")
        with pytest.raises(ProgrammingError, match="row-level security"):
            Kwestie.objects.count()
