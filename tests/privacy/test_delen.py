"""The record is kept in months: made ahead, shut, nothing lost, gone after the term."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from adviespunt import embedded
from privacy import zegels
from tenants.scope import Scope, acting_as
from tenants.verzegelen import MAANDEN_VOORUIT
from tests.conftest import as_owner, connected_to, copy_template, drop

DATABASE = "adviespunt_delen"
Truth = psycopg.Connection[Any]
NAMES = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'adviespunt'::regnamespace"
    " AND relkind = 'r' AND relname ~ '^auditevent_' ORDER BY 1"
)


@pytest.fixture
def truth(django_db_setup: None, django_db_blocker: Any) -> Iterator[Truth]:
    with django_db_blocker.unblock():
        copy_template(DATABASE)
        with connected_to(DATABASE):
            with embedded.current().superuser(DATABASE) as made:
                yield made
        drop(DATABASE)


def names(truth: Truth) -> list[str]:
    return [row[0] for row in truth.execute(NAMES).fetchall()]


def put(truth: Truth, op: str) -> str:
    """An event of that moment; the part that it is in."""
    row = truth.execute(
        "INSERT INTO privacy_auditevent (tijdstip, rol, functie, deur, gebeurtenis,"
        " onderwerp, onderwerp_ids, grond, nood, uitkomst, extra) VALUES (%s, 'owner',"
        " '', 'opdracht', 'proef', 'proef', '{}', '', false, 'gelukt', '{}')"
        " RETURNING tableoid::regclass::text",
        [op],
    ).fetchone()
    assert row is not None
    return str(row[0]).removeprefix("adviespunt.")


def test_months_are_made_ahead_and_shut(truth: Truth) -> None:
    before = names(truth)
    with acting_as(Scope("zegel")):
        made = zegels.make_parts(MAANDEN_VOORUIT)
        assert zegels.make_parts(MAANDEN_VOORUIT) == 0
        assert zegels.parts_ahead() == MAANDEN_VOORUIT
    assert len(names(truth)) == len(before) + made
    shut = truth.execute(
        "SELECT bool_and(relrowsecurity AND relforcerowsecurity), count(*) FROM pg_class"
        " WHERE relname ~ '^auditevent_' AND relkind = 'r'"
    ).fetchone()
    assert shut == (True, len(before) + made)
    for name in names(truth):
        triggers = truth.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass",
            [f"adviespunt.{name}"],
        ).fetchone()
        assert triggers == (2,), name


@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE"])
def test_not_even_the_owner_changes_a_part(verb: str, truth: Truth) -> None:
    part = put(truth, f"{datetime.now(UTC):%Y-%m-%d}")
    sql = {
        "UPDATE": f"UPDATE adviespunt.{part} SET rol = 'x'",
        "DELETE": f"DELETE FROM adviespunt.{part}",
        "TRUNCATE": f"TRUNCATE adviespunt.{part}",
    }[verb]
    truth.execute(f"ALTER TABLE adviespunt.{part} NO FORCE ROW LEVEL SECURITY")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        with truth.transaction():
            truth.execute("SET LOCAL ROLE adviespunt_owner")
            truth.execute(sql)


def test_an_event_of_another_month_is_not_lost(truth: Truth) -> None:
    assert put(truth, "2019-05-05") == "auditevent_overig"
    assert put(truth, f"{datetime.now(UTC):%Y-%m-%d}").startswith("auditevent_2")


def test_a_month_that_has_events_elsewhere_already_is_left_so(truth: Truth) -> None:
    ahead = f"{datetime.now(UTC).year + 1}-01-15"
    part = put(truth, ahead)
    with acting_as(Scope("zegel")):
        zegels.make_parts(14)
    assert part == "auditevent_overig" or part in names(truth)
    if part == "auditevent_overig":
        assert f"auditevent_{ahead[:4]}_01" not in names(truth)
        assert f"auditevent_{ahead[:4]}_02" in names(truth)


def test_only_the_sealer_makes_them_and_by_number(truth: Truth) -> None:
    for kind in ("staff", "job", "audit"):
        with pytest.raises(DatabaseError, match="permission denied"):
            with acting_as(Scope(kind)):  # type: ignore[arg-type]
                zegels.make_parts(1)
    with pytest.raises(DatabaseError, match="24 months"):
        with acting_as(Scope("zegel")):
            zegels.make_parts(25)


def test_after_its_term_a_month_goes_and_that_is_on_record(
    truth: Truth, capsys: Any
) -> None:
    truth.execute("SET ROLE adviespunt_owner")
    for year in (2015, datetime.now(UTC).year - 4):
        truth.execute(
            f"CREATE TABLE adviespunt.auditevent_{year}_03 PARTITION OF"
            f" privacy_auditevent FOR VALUES FROM ('{year}-03-01') TO ('{year}-04-01')"
        )
    truth.execute("RESET ROLE")
    put(truth, "2015-03-03")
    with as_owner(DATABASE):
        call_command("audit_opruimen")
    connection.settings_dict["NAME"] = DATABASE
    assert capsys.readouterr().out == "1 maanden verwijderd.\n"
    assert "auditevent_2015_03" not in names(truth)
    assert f"auditevent_{datetime.now(UTC).year - 4}_03" in names(truth)
    row = truth.execute(
        "SELECT rol, extra FROM privacy_auditevent WHERE gebeurtenis ="
        " 'logboek_opgeruimd'"
    ).fetchone()
    assert row == ("owner", {"deel": "auditevent_2015_03"})
