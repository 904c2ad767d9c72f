"""The rules of independence, held by PostgreSQL whoever asks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from cases.models import Kwestie
from privacy.blinde_index import organisatie_teken
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.cases.test_regels_belang import ORG, declare
from tests.cases.test_regels_stappen import advance, plan, started
from tests.cases.test_regels_toestemming import give

pytestmark = pytest.mark.django_db


def raw(statement: str, *parameters: Any) -> None:
    """SQL as Anna."""
    with (
        acting_as(people.wie("anna").scope(1)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, list(parameters))


TALK = (
    "INSERT INTO cases_contactmoment (id, tenant_id, kwestie_id, datum_tijd, kanaal,"
    " vindplaats, richting, met, is_inhoudelijk, is_client_aanwezig, activiteiten,"
    " duur_min, aangemaakt_op, toestemming_id) SELECT gen_random_uuid(), tenant_id, id,"
    " {}, 'TEL', '', 'IN', {}, true, {}, '{{IND.INFO}}', 5, now(), %s"
    " FROM cases_kwestie WHERE id = %s"
)
NOW = "clock_timestamp()"


@pytest.mark.parametrize(
    ("gave", "moment", "met", "aanwezig", "constraint"),
    [
        ({}, f"{NOW} - interval '9 days'", "'{GEMEENTE}'", "false", "geldig"),
        (
            {"gegeven_op": timezone.now() - timedelta(days=9), "tot": 3},
            NOW,
            "'{GEMEENTE}'",
            "false",
            "geldig",
        ),
        ({}, NOW, "'{HULPVERLENER}'", "false", "ontvanger"),
        ({}, NOW, "'{GEMEENTE,HULPVERLENER}'", "false", "ontvanger"),
        ({}, NOW, "'{GEMEENTE}'", "true", "nodig"),
        ({}, NOW, "'{CLIENT}'", "false", "nodig"),
    ],
)
def test_s012_the_database_looks_at_the_consent_itself(
    gave: dict[str, Any], moment: str, met: str, aanwezig: str, constraint: str
) -> None:
    kwestie = seed.register()
    if "tot" in gave:
        gave = {**gave, "geldig_tot": timezone.localdate() - timedelta(gave["tot"])}
        del gave["tot"]
    given = give(kwestie, **gave)
    statement = TALK.format(moment, met, aanwezig)
    with pytest.raises(IntegrityError, match=f"contact_toestemming_{constraint}"):
        raw(statement, given.pk, kwestie.pk)


def test_s013_the_database_refuses_a_consent_that_was_taken_back() -> None:
    kwestie, other = seed.register(), seed.register()
    given = give(kwestie)
    statement = TALK.format(NOW, "'{GEMEENTE}'", "false")
    raw(statement, given.pk, kwestie.pk)  # the statement itself is right
    with pytest.raises(IntegrityError, match="contact_toestemming_kwestie"):
        raw(statement, given.pk, other.pk)
    seed.act("revoke_toestemming", kwestie, toestemming_id=given.pk)
    with pytest.raises(IntegrityError, match="contact_toestemming_geldig"):
        raw(statement, given.pk, kwestie.pk)
    with pytest.raises(IntegrityError, match="toestemming_blijft_ingetrokken"):
        raw(
            "UPDATE cases_toestemming SET ingetrokken_op = NULL,"
            " ingetrokken_door_id = NULL WHERE id = %s",
            given.pk,
        )


def test_s013_nothing_of_a_consent_but_its_taking_back_can_change() -> None:
    given = give(seed.register())
    for column, value in (
        ("ontvanger_soort", "'HULPVERLENER'"),
        ("onderwerp_v", "'Alles'"),
        ("gegeven_op", "now()"),
        ("geldig_tot", "NULL"),
    ):
        with pytest.raises(DatabaseError, match="permission denied|alleen_wissen"):
            raw(
                f"UPDATE cases_toestemming SET {column} = {value} WHERE id = %s",
                given.pk,
            )
    with pytest.raises(DatabaseError, match="permission denied"):
        raw("DELETE FROM cases_toestemming WHERE id = %s", given.pk)


GIVE = (
    "INSERT INTO cases_toestemming (id, tenant_id, kwestie_id, aangemaakt_op,"
    " ontvanger_soort, ontvanger_naam_v, onderwerp_v, wijze, is_uitdrukkelijk,"
    " gegeven_op, geldig_tot, vastgelegd_door_id) SELECT gen_random_uuid(), tenant_id,"
    " id, now(), {}, {}, {}, {}, {}, {}, {}, ondersteuner_id FROM cases_kwestie"
    " WHERE id = %s"
)
WHOLE = ("'GEMEENTE'", "'Consulent'", "'De brief'", "'GESPREK'", "true", "now()")


@pytest.mark.parametrize(
    ("place", "value", "constraint"),
    [
        (0, "'BUURMAN'", "toestemming_ontvanger_lijst"),
        (1, "NULL", "toestemming_specifiek"),
        (2, "NULL", "toestemming_specifiek"),
        (3, "'ROOK'", "toestemming_wijze_lijst"),
        (4, "false", "toestemming_uitdrukkelijk"),
        (5, "now() + interval '1 day'", "toestemming_datum"),
        (6, "current_date - 9", "toestemming_datum"),
    ],
)
def test_s013_a_consent_that_is_not_explicit_and_specific_is_no_row(
    place: int, value: str, constraint: str
) -> None:
    kwestie = seed.register()
    values = [*WHOLE, "NULL"]
    raw(GIVE.format(*values), kwestie.pk)
    values[place] = value
    with pytest.raises(IntegrityError, match=constraint):
        raw(GIVE.format(*values), kwestie.pk)


STEP = "UPDATE cases_stap SET {} WHERE id = %s"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("akkoord_op = now()", "stap_akkoord_na_bespreken"),
        ("uitgevoerd_op = now()", "stap_uitgevoerd_na_akkoord"),
        (
            "besproken_op = now(), uitgevoerd_op = now()",
            "stap_uitgevoerd_na_akkoord",
        ),
        (
            "besproken_op = now(), akkoord_op = now() - interval '1 day'",
            "stap_akkoord_na_bespreken",
        ),
        ("vervallen_op = now()", "stap_vervallen_met_reden"),
        ("omschrijving_v = NULL", "stap_omschrijving"),
    ],
)
def test_s023_the_order_of_a_step_is_a_rule_of_the_database(
    change: str, constraint: str
) -> None:
    stap = plan(seed.register())
    raw(STEP.format("besproken_op = now(), akkoord_op = now()"), stap.pk)
    raw(STEP.format("besproken_op = NULL, akkoord_op = NULL"), stap.pk)
    with pytest.raises(IntegrityError, match=constraint):
        raw(STEP.format(change), stap.pk)


def test_s023_the_database_keeps_a_kwestie_open_for_an_agreed_step() -> None:
    kwestie = started()
    advance(kwestie, plan(kwestie), "besproken", "akkoord")
    close = (
        "UPDATE cases_kwestie SET status = 'AFGEROND', afgerond_op = current_date,"
        " resultaat = 'NIET', levensdomein = '{WON}' WHERE id = %s"
    )
    with pytest.raises(IntegrityError, match="kwestie_open_stap"):
        raw(close, kwestie.pk)
    raw(
        "UPDATE cases_stap SET uitgevoerd_op = clock_timestamp() WHERE kwestie_id = %s",
        kwestie.pk,
    )
    raw(close, kwestie.pk)


def test_s052_the_database_gives_no_kwestie_to_who_has_an_interest() -> None:
    declare("bram")
    kwestie: Kwestie = seed.register()
    give_to = "UPDATE cases_kwestie SET ondersteuner_id = %s WHERE id = %s"
    with acting_as(people.wie("anna").scope(1)):
        token = organisatie_teken(1, f" {ORG.upper()} ")
    raw(
        "UPDATE cases_kwestie SET wederpartij_tekens = ARRAY[%s] WHERE id = %s",
        token,
        kwestie.pk,
    )
    with pytest.raises(IntegrityError, match="kwestie_belang_ondersteuner"):
        raw(give_to, people.ident("bram"), kwestie.pk)
    declare("nadia", is_opdrachtgever=True, organisatie="")
    with pytest.raises(IntegrityError, match="kwestie_belang_ondersteuner"):
        raw(give_to, people.ident("nadia"), kwestie.pk)
    raw("UPDATE cases_kwestie SET wederpartij = '{ZORGINST}' WHERE id = %s", kwestie.pk)
    raw(give_to, people.ident("nadia"), kwestie.pk)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("oordeel = 'GEGROND'", "traject_oordeel_compleet"),
        ("oordeel_op = current_date", "traject_oordeel_compleet"),
        (
            "oordeel = 'BEHOORL', oordeel_door = 'X', oordeel_op = current_date",
            "traject_oordeel_lijst",
        ),
        (
            "oordeel = 'GEGROND', oordeel_door = 'X', oordeel_op = '2024-01-01'",
            "traject_oordeel_na_indienen",
        ),
    ],
)
def test_s011_a_ruling_without_body_and_day_is_no_row(
    change: str, constraint: str
) -> None:
    kwestie = seed.register()
    raw(
        "INSERT INTO cases_externtraject (id, tenant_id, kwestie_id, type, instantie,"
        " ingediend_op, rol_ondersteuner, aangemaakt_op) SELECT gen_random_uuid(),"
        " tenant_id, id, 'klacht_awb', 'Commissie', '2025-01-01', 'meegedacht', now()"
        " FROM cases_kwestie WHERE id = %s",
        kwestie.pk,
    )
    set_it = "UPDATE cases_externtraject SET {} WHERE kwestie_id = %s"
    raw(
        set_it.format("oordeel = 'INGETR', oordeel_door = 'X', oordeel_op = now()"),
        kwestie.pk,
    )
    clean = "oordeel = '', oordeel_door = '', oordeel_op = NULL"
    raw(set_it.format(clean), kwestie.pk)
    with pytest.raises(IntegrityError, match=constraint):
        raw(set_it.format(change), kwestie.pk)


ACT = (
    "INSERT INTO cases_ambtshalveactie (id, tenant_id, kwestie_id, aangemaakt_op,"
    " feiten_v, bewijs_v, niet_in_staat_v, actie_v, is_aantoonbaar, is_niet_in_staat,"
    " voorgesteld_door_id, toetser_id, toets_op, is_akkoord, uitgevoerd_op)"
    " SELECT gen_random_uuid(), tenant_id, id, now(), 'F', {}, 'N', 'A', {}, {},"
    " ondersteuner_id, {}, {}, {}, {} FROM cases_kwestie WHERE id = %s"
)
BRAM = f"'{people.ident('bram')}'"
SOUND = ["'B'", "true", "true", BRAM, "now()", "true", "now()"]


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({1: "false"}, "ambtshalve_voorwaarden"),
        ({2: "false"}, "ambtshalve_voorwaarden"),
        ({0: "NULL"}, "ambtshalve_onderbouwd"),
        ({3: "ondersteuner_id"}, "ambtshalve_toets_door_ander"),
        ({4: "NULL"}, "ambtshalve_"),
        ({5: "false"}, "ambtshalve_uitgevoerd_na_akkoord"),
        ({4: "NULL", 5: "NULL"}, "ambtshalve_uitgevoerd_na_akkoord"),
    ],
)
def test_s084_the_database_wants_both_conditions_and_another_colleague(
    changes: dict[int, str], constraint: str
) -> None:
    kwestie = seed.register()
    raw(ACT.format(*SOUND), kwestie.pk)
    values = [changes.get(place, value) for place, value in enumerate(SOUND)]
    with pytest.raises(IntegrityError, match=constraint):
        raw(ACT.format(*values), kwestie.pk)
