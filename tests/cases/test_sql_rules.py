"""The rules of casework, held by PostgreSQL whoever asks (their words: test_services)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from cases.models import Kwestie, Status
from tenants.scope import acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db


def raw(statement: str, kwestie: Kwestie, *parameters: Any) -> None:
    """SQL on this kwestie as its supporter; %s … the parameters, then its id."""
    with (
        acting_as(people.wie("anna").scope(1)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [*parameters, kwestie.pk])


def started(**over: Any) -> Kwestie:
    """A kwestie in support with one activity, ready to be closed."""
    kwestie = seed.register(activiteiten=("IND.INFO",), minuten=30, **over)
    made: Kwestie = seed.act(
        "start_ondersteuning", kwestie, doel_client="Ik wil zelf naar buiten."
    )
    return made


SET = "UPDATE cases_kwestie SET {} WHERE id = %s"
CLOSED = "status = 'AFGEROND', afgerond_op = '2025-06-01'"
NEW_CONTACT = (
    "INSERT INTO cases_contactmoment (id, tenant_id, kwestie_id, datum_tijd, kanaal,"
    " vindplaats, richting, met, is_inhoudelijk, is_client_aanwezig, activiteiten,"
    " duur_min, aangemaakt_op) SELECT gen_random_uuid(), tenant_id, id, {}, 'TEL', '',"
    " 'IN', {}, {}, {}, {}, 5, now() FROM cases_kwestie WHERE id = %s"
)
NOW = "clock_timestamp()"


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        pytest.param(SET.format("aard = 'XXX'"), "kwestie_aard_lijst", id="V1"),
        pytest.param(SET.format("aard = NULL"), '"aard"', id="V1-none"),
        pytest.param(
            SET.format("subaard = 'REL.BEJ'"), "kwestie_subaard_bij_aard", id="V2"
        ),
        pytest.param(
            SET.format("wetten = '{WMO,WLZ}'"), "kwestie_wet_eenmaal", id="V3"
        ),
        pytest.param(SET.format("wet = ''"), "kwestie_wet_lijst", id="V3-none"),
        pytest.param(
            SET.format("status = 'AFGEROND'"), "kwestie_afgerond_resultaat", id="V4"
        ),
        pytest.param(
            SET.format(f"{CLOSED}, resultaat = 'NIET', activiteiten = '{{}}'"),
            "kwestie_afgerond_compleet",
            id="V4-activity",
        ),
        pytest.param(
            SET.format(f"{CLOSED}, resultaat = 'NIET', levensdomein = '{{}}'"),
            "kwestie_afgerond_compleet",
            id="V4-domain",
        ),
        pytest.param(
            SET.format(f"{CLOSED}, resultaat = 'NIET', wet = 'ONBEKEND'"),
            "kwestie_afgerond_compleet",
            id="V4-law",
        ),
        pytest.param(
            NEW_CONTACT.format(NOW, "'{GEMEENTE}'", "true", "false", "'{IND.INFO}'"),
            "contact_client_erbij",
            id="V5",
        ),
        pytest.param(
            NEW_CONTACT.format(NOW, "'{GEMEENTE}'", "NULL", "NULL", "'{IND.INFO}'"),
            "contact_client_erbij",
            id="V5-not-said",
        ),
        pytest.param(
            NEW_CONTACT.format(NOW, "'{CLIENT}'", "NULL", "NULL", "'{}'"),
            "contact_activiteit_nodig",
            id="S170",
        ),
        pytest.param(
            SET.format("identiteitsstatus = 'BEKEND'"),
            "kwestie_anoniem_zonder_(client|wissen)",
            id="V7",
        ),
        pytest.param(
            SET.format(f"{CLOSED}, resultaat = 'VERWEZEN'"),
            "kwestie_verwezen_zonder_verwijzing",
            id="V15",
        ),
        pytest.param(
            SET.format(f"{CLOSED}, resultaat = 'KLACHT_ING'"),
            "kwestie_procedure_zonder_traject",
            id="V15-complaint",
        ),
        pytest.param(
            SET.format(f"{CLOSED}, resultaat = 'OMB_GES'"),
            "kwestie_procedure_zonder_traject",
            id="V15-ombudsman",
        ),
        pytest.param(
            SET.format("datum = current_date + 2"),
            "kwestie_datum_niet_in_toekomst",
            id="V16",
        ),
        pytest.param(
            SET.format("datum = '2014-12-31'"),
            "kwestie_datum_vanaf_2015",
            id="V16-before-2015",
        ),
        pytest.param(
            NEW_CONTACT.format(
                f"{NOW} + interval '1 hour'",
                "'{CLIENT}'",
                "NULL",
                "NULL",
                "'{IND.INFO}'",
            ),
            "contact_datum",
            id="V16-contact",
        ),
        pytest.param(
            SET.format("doel_client_v = NULL"), "kwestie_doel_client", id="S134"
        ),
        pytest.param(
            SET.format("bron = 'IMPORT'"), "kwestie_bron_staat_vast", id="bron"
        ),
        pytest.param(
            SET.format("status = 'NIEUW'"), "kwestie_overgang", id="no arrow back"
        ),
    ],
)
def test_the_database_refuses_what_the_service_refuses(
    statement: str, constraint: str
) -> None:
    kwestie = started()
    raw(SET.format("levensdomein = '{WON}'"), kwestie)
    with pytest.raises(IntegrityError, match=constraint):
        raw(statement, kwestie)


def test_the_database_refuses_a_client_of_somebody_anonymous() -> None:
    known = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    with pytest.raises(IntegrityError, match="kwestie_anoniem_zonder_(client|wissen)"):
        raw(SET.format("identiteitsstatus = 'ANONIEM'"), known)


def test_the_database_takes_what_the_rules_allow() -> None:
    """The statements above fail for their reason, not for a typing error."""
    kwestie = started()
    raw(SET.format("levensdomein = '{WON}', wetten = '{WLZ}'"), kwestie)
    raw(
        NEW_CONTACT.format(NOW, "'{GEMEENTE}'", "true", "true", "'{IND.INFO}'"), kwestie
    )
    raw(SET.format(f"{CLOSED}, resultaat = 'NIET'"), kwestie)
    assert seed.seen(kwestie).status == Status.AFGEROND


def test_a_new_kwestie_begins_as_new_unless_it_was_imported() -> None:
    with (
        acting_as(people.wie("anna").scope(1)),
        pytest.raises(IntegrityError, match="kwestie_begint_nieuw"),
        transaction.atomic(),
    ):
        Kwestie.objects.create(
            tenant_id=1,
            nummer="ARN-X",
            dienst="OCO_SD",
            status=Status.TOEGEWEZEN,
            **seed.SEVEN,
        )
