"""The exceptional procedures, held by PostgreSQL whoever asks."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from cases.services import KwestieError
from tenants.scope import Kind, Scope, acting_as
from tests import people
from tests.cases import geheim, seed

pytestmark = pytest.mark.django_db
TABLES = ("cases_doorbreking", "cases_meldcodetraject", "cases_uitzondering")


def raw(naam: str, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """SQL as this person."""
    with (
        acting_as(people.wie(naam).scope(1)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, list(parameters))
        return cursor.fetchall() if cursor.description else []


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", ["portal", "public", "job"])
def test_s025_no_report_and_no_commissioning_party_can_reach_them(
    table: str, kind: Kind
) -> None:
    scope = Scope(kind, people.ident("gerard"), (1,), 1, (1,) if kind == "job" else ())
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        acting_as(scope),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT id FROM {table}")


def test_the_directie_reads_the_rows_she_is_named_in() -> None:
    row = geheim.request(seed.register())
    seen = "SELECT id FROM cases_doorbreking"
    assert raw("fatma", seen) == [(row.pk,)]
    for naam in ("els", "dewi", "frits"):
        assert raw(naam, seen) == []
    geheim.start(seed.register())
    assert raw("fatma", "SELECT id FROM cases_meldcodetraject") == []


SET = "UPDATE cases_doorbreking SET {} WHERE id = %s"
TOETS = "toets_op = now(), is_toets_akkoord = true, advies_v = 'x'"
BESLUIT = "besluit_op = now(), is_toegestaan = true, besluit_v = 'x'"
GEGEVEN = "verstrekt_op = now(), verstrekt_v = 'x', uitstel_v = 'x'"


@pytest.mark.parametrize(
    ("naam", "change", "rule"),
    [
        ("anna", TOETS, "doorbreking_door_toetser"),
        ("fatma", TOETS, "doorbreking_door_toetser"),
        ("bram", f"{TOETS}, {BESLUIT}", "doorbreking_door_beslisser"),
        ("fatma", BESLUIT, "doorbreking_besluit_na_toets"),
        ("anna", GEGEVEN, "doorbreking_verstrekt_na_besluit"),
        ("anna", "evaluatie_op = now()", "doorbreking_evaluatie_na_verstrekt"),
        ("anna", "toetser_id = aanvrager_id", "doorbreking_"),
        ("anna", "betrokkenen = '{}'", "doorbreking_staat_vast"),
        ("anna", "feiten_v = NULL", "doorbreking_onderbouwd"),
        ("anna", "ernst_v = NULL", "doorbreking_grond_onderbouwd"),
    ],
)
def test_s024_four_eyes_are_the_rule_of_the_database(
    naam: str, change: str, rule: str
) -> None:
    row = geheim.request(seed.register())
    with pytest.raises(IntegrityError, match=rule):
        raw(naam, SET.format(change), row.pk)


@pytest.mark.parametrize(
    "change",
    ["is_toets_akkoord = false", "is_toegestaan = false", "besluit_op = now()"],
)
def test_what_was_said_stays_said(change: str) -> None:
    row = geheim.allowed(seed.register())
    with pytest.raises(IntegrityError, match="doorbreking_staat_vast"):
        raw("anna", SET.format(change), row.pk)


def test_nobody_asks_in_the_name_of_somebody_else() -> None:
    row = geheim.request(seed.register())
    columns = "tenant_id, kwestie_id, grond, toetser_id, aangemaakt_op, feiten_v,"
    columns += "geen_toestemming_v, geprobeerd_v, ernst_v, minimaal_v, ontvanger_v"
    with pytest.raises(IntegrityError, match="doorbreking_door_aanvrager"):
        raw(
            "bram",
            f"INSERT INTO cases_doorbreking (id, {columns}, aanvrager_id, beslisser_id)"
            f" SELECT gen_random_uuid(), {columns}, aanvrager_id, beslisser_id"
            " FROM cases_doorbreking WHERE id = %s",
            row.pk,
        )


MELDCODE = "UPDATE cases_meldcodetraject SET {} WHERE id = %s"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("bevestigd_op = now()", "meldcode_door_verantwoordelijke"),
        ("besluit_op = NULL", "meldcode_door_verantwoordelijke"),
        ("gesloten_op = now(), gevolg_v = 'x'", "meldcode_gesloten_na_bevestiging"),
        ("hulp_v = NULL", "meldcode_twee_besluiten"),
        ("is_hulp = NULL", "meldcode_twee_besluiten"),
        ("kindcheck = ''", "meldcode_afgewogen"),
        ("gesprek_v = NULL", "meldcode_gesprek_of_reden"),
        ("consultatie_v = NULL", "meldcode_consultatie"),
        ("verantwoordelijke_id = gestart_door_id", "meldcode_"),
    ],
)
def test_s027_the_steps_are_held_by_the_database(change: str, rule: str) -> None:
    row = geheim.start(seed.register())
    geheim.decided(row)
    with pytest.raises(IntegrityError, match=rule):
        raw("anna", MELDCODE.format(change), row.pk)


def test_an_open_meldcode_keeps_the_kwestie_open() -> None:
    kwestie = seed.register(soort="VRAAG", activiteiten=("IND.INFO",))
    geheim.start(kwestie)
    with pytest.raises(IntegrityError, match="kwestie_meldcode_open"):
        raw(
            "anna",
            "UPDATE cases_kwestie SET status = 'AFGEROND', resultaat = 'OPGELOST',"
            " afgerond_op = current_date WHERE id = %s",
            kwestie.pk,
        )


def test_a_kwestie_with_a_procedure_is_not_thrown_away() -> None:
    kwestie = seed.register()
    geheim.start(kwestie)
    with pytest.raises(KwestieError, match="Daarom kan ze niet"):
        seed.act(
            "throw_away", kwestie, soort="KWESTIE", ding=kwestie.pk, reden="Vergissing"
        )
    with pytest.raises(IntegrityError, match="kwestie_met_procedure_blijft"):
        raw(
            "anna",
            "UPDATE cases_kwestie SET weggegooid_op = now() WHERE id = %s",
            kwestie.pk,
        )
