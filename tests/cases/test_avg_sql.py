"""Requests, restrictions and demands, held by PostgreSQL whoever asks."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from tenants.scope import Kind, Scope, acting_as
from tests import people
from tests.cases import avg

pytestmark = pytest.mark.django_db


def raw(naam: str, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with (
        acting_as(people.wie(naam).scope(1)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, list(parameters))
        return cursor.fetchall() if cursor.description else []


@pytest.mark.parametrize("table", ["cases_avgverzoek", "cases_vordering"])
@pytest.mark.parametrize("kind", ["portal", "public", "job"])
def test_no_report_and_no_commissioning_party_reaches_them(
    table: str, kind: Kind
) -> None:
    scope = Scope(kind, people.ident("gerard"), (1,), 1, (1,) if kind == "job" else ())
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        acting_as(scope),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT id FROM {table}")


def test_the_fg_reads_the_request_and_no_case() -> None:
    row = avg.ask(avg.named())
    seen = "SELECT id FROM cases_avgverzoek"
    assert raw("frits", seen) == raw("bram", seen) == [(row.pk,)]
    for naam in ("els", "fatma", "dewi", "hanna"):
        assert raw(naam, seen) == []
    assert raw("frits", "SELECT id FROM cases_kwestie") == []
    assert raw("frits", "SELECT id FROM cases_vordering") == []


SET = "UPDATE cases_avgverzoek SET {} WHERE id = %s"
BESLUIT = "stand = 'INGEWILLIGD', besluit_op = now(), besluit_v = 'x', beslisser_id = "
FRITS, ANNA = f"'{people.ident('frits')}'", f"'{people.ident('anna')}'"


@pytest.mark.parametrize(
    ("naam", "change", "rule"),
    [
        ("anna", BESLUIT + ANNA, "avgverzoek_door_fg"),
        ("anna", BESLUIT + FRITS, "avgverzoek_door_fg"),
        ("frits", "stand = 'UITGEVOERD'", "avgverzoek_volgorde"),
        ("frits", "stand = 'INGEWILLIGD'", "avgverzoek_besloten"),
        ("anna", "termijn_op = termijn_op + 30", "avgverzoek_staat_vast"),
        ("anna", "ontvangen_op = ontvangen_op - 1", "avgverzoek_staat_vast"),
        ("anna", "soort = 'LOG'", "avgverzoek_staat_vast"),
        ("anna", "kwestie_id = NULL", "avgverzoek_staat_vast"),
        (
            "anna",
            "verlengd_op = current_date, verlengd_tot = ontvangen_op + 92,"
            " verlenging_v = 'x'",
            "avgverzoek_verlenging",
        ),
        (
            "frits",
            "verlengd_op = current_date, verlengd_tot = ontvangen_op + 200,"
            " verlenging_v = 'x'",
            "avgverzoek_verlenging",
        ),
    ],
)
def test_order_persons_and_terms_are_the_rule_of_the_database(
    naam: str, change: str, rule: str
) -> None:
    row = avg.ask(avg.named())
    avg.carry("establish_identity", row, "anna", vaststelling="BEKEND")
    with pytest.raises(IntegrityError, match=rule):
        raw(naam, SET.format(change), row.pk)


@pytest.mark.parametrize("change", ["besluit_v = 'y'", "besluit_op = now()"])
def test_what_was_decided_stays_decided(change: str) -> None:
    row = avg.decided(avg.ask(avg.named()))
    with pytest.raises(IntegrityError, match="avgverzoek_staat_vast"):
        raw("frits", SET.format(change), row.pk)


def test_who_decided_does_not_carry_out() -> None:
    row = avg.decided(avg.ask(avg.named()))
    done = f"stand = 'UITGEVOERD', uitgevoerd_op = now(), uitgevoerd_door_id = {FRITS}"
    with pytest.raises(IntegrityError, match="avgverzoek_uitvoering"):
        raw("frits", SET.format(done), row.pk)


def test_nothing_of_a_restricted_client_changes() -> None:
    kwestie = avg.named()
    with pytest.raises(IntegrityError, match="client_beperkt_na_besluit"):
        raw(
            "anna",
            "UPDATE cases_client SET beperkt_op = now() WHERE id = %s",
            kwestie.client_id,
        )
    avg.executed(avg.decided(avg.ask(kwestie, "BEPERKING")))
    for statement, pk in (
        ("UPDATE cases_kwestie SET fase = 'x' WHERE id = %s", kwestie.pk),
        ("UPDATE cases_client SET extern_code = 'x' WHERE id = %s", kwestie.client_id),
    ):
        with pytest.raises(IntegrityError, match="client_beperkt"):
            raw("anna", statement, pk)
    with pytest.raises(IntegrityError, match="client_beperkt"):
        raw(
            "anna",
            "INSERT INTO cases_stap (id, tenant_id, kwestie_id, aangemaakt_op, wie,"
            " omschrijving_v) VALUES (gen_random_uuid(), 1, %s, %s, 'SAMEN', 'x')",
            kwestie.pk,
            timezone.now(),
        )


def test_s125_what_is_demanded_is_not_erased() -> None:
    kwestie = avg.named()
    raw(
        "anna",
        "INSERT INTO cases_vordering (id, tenant_id, kwestie_id, instantie,"
        " ontvangen_op, vastgelegd_door_id, aangemaakt_op, wat_v) VALUES"
        f" (gen_random_uuid(), 1, %s, 'OM', current_date, {ANNA}, now(), 'x')",
        kwestie.pk,
    )
    with pytest.raises(IntegrityError, match="vordering_loopt"):
        raw(
            "anna",
            "UPDATE cases_kwestie SET geanonimiseerd_op = now() WHERE id = %s",
            kwestie.pk,
        )
