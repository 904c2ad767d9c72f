"""What one contact has and another has not, past all of the application's own code:
raw SQL as the role of opdrachtgevers, with a context that is signed and in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from signalering.models import DEFINITIEF, Status
from tenants.roles import OPDRACHTGEVER, PER_CONTACT, ROLLEN, Recht
from tenants.scope import Scope
from tests import people
from tests.isolation.conftest import undone
from tests.isolation.planting import OFFERED, ident

pytestmark = pytest.mark.usefixtures("wall")
Truth = psycopg.Connection[Any]
ARNHEM, WULPENHORST = 1, 2
REAGEREN = (
    "INSERT INTO signalering_reactie"
    " (id, tenant_id, rapportage_id, tekst, functie, is_akkoord, door_id, gegeven_op)"
    " VALUES (%s, 1, %s, 'Reactie', 'Wethouder', false, %s, now()) RETURNING 1"
)


def of(naam: str, *tenants: int) -> Scope:
    here = tenants or (ARNHEM,)
    return Scope("portal", people.ident(naam), here, here[0])


def run(sql: str, *params: object) -> list[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def changed(truth: Truth, naam: str, **fields: object) -> Iterator[None]:
    """Her membership is otherwise for a while, as administration would have made it."""
    where = "WHERE user_id = %s AND tenant_id = %s"
    key = [people.ident(naam), ARNHEM]
    names = ", ".join(fields)
    kept = truth.execute(f"SELECT {names} FROM tenants_membership {where}", key)
    before = kept.fetchone()
    assert before is not None
    sets = ", ".join(f"{name} = %s" for name in fields)
    truth.execute(
        f"UPDATE tenants_membership SET {sets} {where}", [*fields.values(), *key]
    )
    try:
        yield
    finally:
        truth.execute(f"UPDATE tenants_membership SET {sets} {where}", [*before, *key])


def test_the_function_knows_the_roles_as_the_application_does(truth: Truth) -> None:
    for recht in PER_CONTACT:
        for naam, rol in (("gerard", "CONTACT"), ("otto", "ONTVANGER")):
            with undone(of(naam)):
                (held,) = run("SELECT adviespunt.contact_mag(%s)", recht)
            assert (ARNHEM in held) is (recht in ROLLEN[rol].rechten), (rol, recht)
    assert {r.code for r in ROLLEN.values() if r.soort == OPDRACHTGEVER} == {
        *("CONTACT", "ONTVANGER"),
    }


def test_a_report_that_is_not_established_is_for_who_may_read_it_early(
    truth: Truth,
) -> None:
    sql = "SELECT status FROM signalering_rapportage"
    with undone(of("gerard")):
        assert set(run(sql)) == set(OFFERED)
        assert len(run("SELECT id FROM signalering_bespreking")) == 4
    with undone(of("otto")):
        assert set(run(sql)) == set(DEFINITIEF)
        assert len(run("SELECT id FROM signalering_bespreking")) == 3
    with changed(truth, "gerard", zonder=[Recht.RAPPORTAGE_CONCEPT]):
        with undone(of("gerard")):
            assert set(run(sql)) == set(DEFINITIEF)


def test_only_who_may_react_reacts(truth: Truth) -> None:
    rapport = ident(f"rapport-{Status.IN_BESPREKING}", "arnhem")
    gerard, otto = (people.ident(naam) for naam in ("gerard", "otto"))
    with undone(of("gerard")):
        assert run(REAGEREN, uuid4(), rapport, gerard) == [1]
    established = ident(f"rapport-{Status.VASTGESTELD}", "arnhem")
    with undone(of("otto")), pytest.raises(ProgrammingError, match="row-level"):
        run(REAGEREN, uuid4(), established, otto)
    with changed(truth, "gerard", zonder=[Recht.RAPPORTAGE_REAGEREN]):
        with undone(of("gerard")), pytest.raises(ProgrammingError, match="row-level"):
            run(REAGEREN, uuid4(), rapport, gerard)


def test_only_who_may_download_finds_the_file(truth: Truth) -> None:
    sql = "SELECT naam FROM signalering_bestand"
    for naam in ("gerard", "otto"):
        with undone(of(naam)):
            assert len(run(sql)) == 2 * len(DEFINITIEF)
        with changed(truth, naam, zonder=[Recht.RAPPORTAGE_DOWNLOADEN]):
            with undone(of(naam)):
                assert run(sql) == []


@pytest.mark.parametrize(
    "fields", [{"tot": "2021-01-01"}, {"van": "2099-01-01"}], ids=["over", "later"]
)
def test_a_role_of_another_day_gives_none_of_it(
    truth: Truth, fields: dict[str, object]
) -> None:
    with changed(truth, "gerard", **fields), undone(of("gerard")):
        for recht in PER_CONTACT:
            assert run("SELECT adviespunt.contact_mag(%s)", recht) == [[]]
        assert run("SELECT naam FROM signalering_bestand") == []


def test_a_context_with_another_tenant_in_it_gives_nothing_there() -> None:
    """As when the application would sign too much: her role is what counts."""
    with undone(of("gerard", WULPENHORST, ARNHEM)):
        sql = "SELECT status FROM signalering_rapportage WHERE tenant_id = 2"
        assert set(run(sql)) == set(DEFINITIEF)
        sql = "SELECT naam FROM signalering_bestand WHERE tenant_id = 2"
        assert run(sql) == []


def test_of_roles_a_contact_sees_her_own_and_changes_none() -> None:
    with undone(of("gerard")):
        sql = "SELECT user_id FROM tenants_membership"
        assert run(sql) == [people.ident("gerard")]
        with pytest.raises(ProgrammingError, match="permission denied"):
            run("SELECT id FROM tenants_membership")
    for verb in (
        "UPDATE tenants_membership SET zonder = '{}' RETURNING 1",
        "DELETE FROM tenants_membership RETURNING 1",
        "INSERT INTO tenants_membership (tenant_id) VALUES (1) RETURNING 1",
    ):
        with undone(of("gerard")):
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(verb)
