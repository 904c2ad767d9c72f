"""Nothing becomes public before it was discussed: raw SQL as every role of the
application, on reports in every status, past all of the application's own code.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from psycopg.errors import InsufficientPrivilege

from adviespunt import embedded
from signalering.lifecycle import STAPPEN
from signalering.models import Status
from tenants.scope import Kind, Scope, acting_as
from tests import people
from tests.isolation.conftest import undone
from tests.isolation.planting import FIGURES, SHA, ident

pytestmark = pytest.mark.usefixtures("wall")
ARNHEM = 1
KINDS: tuple[Kind, ...] = ("staff", "portal", "public", "job", "identity", "dispatch")


def scope(naam: str, kind: Kind = "staff") -> Scope:
    return Scope(kind, people.ident(naam), (ARNHEM,), ARNHEM, (ARNHEM,))


CHANTAL, ELS, FATMA = scope("chantal"), scope("els"), scope("fatma")
GERARD, TASK = scope("gerard", "portal"), scope("chantal", "job")


def report(status: str) -> UUID:
    """The planted report of Arnhem in this status."""
    return ident(f"rapport-{status}", "arnhem")


def run(sql: str, *params: object) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        return cursor.rowcount


def change(pk: UUID, **fields: object) -> int:
    """UPDATE of one report; a str beginning with '=' is SQL."""
    parts, params = [], []
    for name, value in fields.items():
        if isinstance(value, str) and value.startswith("="):
            parts.append(f"{name} = {value[1:]}")
        else:
            parts.append(f"{name} = %s")
            params.append(json.dumps(value) if isinstance(value, dict) else value)
    sql = f"UPDATE signalering_rapportage SET {', '.join(parts)} WHERE id = %s"
    return run(sql, *params, pk)


@contextmanager
def refused(why: str) -> Iterator[None]:
    with pytest.raises((IntegrityError, ProgrammingError), match=why):
        yield


NEW = (
    "INSERT INTO signalering_rapportage (id, tenant_id, opdracht_id, periode, van, tot,"
    " peildatum, diensten, versie, status, druk, drempel_opdrachtgever,"
    " drempel_openbaar, cijfers_sha256, openbaar_sha256, weglaten, bevindingen, aanbevelingen,"
    " opgesteld_door_id, schrijvers, afgerond_reden, aangemaakt_op{more})"
    " VALUES (%s, 1, %s, '2018-Q1', '2018-01-01', '2018-03-31', '2018-04-02',"
    " '{{OCO_SD}}', 1, %s, 'WACHT', 5, 10, '', '', '{{}}', '', '', %s, %s, '', now(){values})"
)


def insert(
    status: str = "CONCEPT",
    maker: str | None = "chantal",
    more: str = "",
    value: str = "",
) -> UUID:
    pk = uuid4()
    who = people.ident(maker) if maker else None
    sql = NEW.format(
        more=f", {more}" if more else "", values=f", {value}" if value else ""
    )
    opdracht = people.ident("opdracht-arnhem")
    run(sql, pk, opdracht, status, who, [who] if who else [])
    return pk


BESPREKING = (
    "INSERT INTO signalering_bespreking (id, tenant_id, rapportage_id, datum,"
    " deelnemers, verslag, vastgelegd_door_id, vastgelegd_op)"
    " VALUES (gen_random_uuid(), 1, %s, {datum}, %s, %s, %s, now())"
)


def discuss(
    pk: UUID,
    *,
    datum: str = "(now() AT TIME ZONE 'Europe/Amsterdam')::date",
    deelnemers: tuple[str, ...] = ("Wethouder",),
    verslag: str = "Besproken.",
    door: str = "chantal",
) -> int:
    sql = BESPREKING.format(datum=datum)
    return run(sql, pk, list(deelnemers), verslag, people.ident(door))


PUBLISH = (
    "INSERT INTO signalering_publicatie (id, tenant_id, rapportage_id, opdrachtgever,"
    " opdrachtgever_slug, opdrachtgever_type, is_fictief, periode, van, tot, peildatum,"
    " versie, diensten, drempel, cijfers, cijfers_sha256, besproken_op, vastgesteld_op,"
    " reactie, reactie_functie, pdf, pdf_sha256, gepubliceerd_op, ingetrokken_reden)"
    " SELECT gen_random_uuid(), r.tenant_id, r.id, 'Arnhem', 'arnhem', 'gemeente', true,"
    " r.periode, r.van, r.tot, r.peildatum, r.versie, r.diensten, r.drempel_openbaar,"
    " r.cijfers_openbaar, r.openbaar_sha256, {besproken_op},"
    " coalesce(r.vastgesteld_op, (now() AT TIME ZONE 'Europe/Amsterdam')::date), {reactie}, '', {pdf}, '', now(), ''"
    " FROM signalering_rapportage r WHERE r.id = %s"
)


def publish(pk: UUID, **other: str) -> int:
    fields = {
        "besproken_op": "(now() AT TIME ZONE 'Europe/Amsterdam')::date",
        "reactie": "''",
        "pdf": "''",
        **other,
    }
    return run(PUBLISH.format(**fields), pk)


def made(**more: str) -> UUID:
    """A concept with figures, made and counted as it should be."""
    with acting_as(CHANTAL):
        pk = insert(**more)
    with acting_as(TASK):
        change(
            pk,
            cijfers=FIGURES,
            cijfers_openbaar=FIGURES,
            cijfers_sha256=SHA,
            openbaar_sha256=SHA,
        )
    return pk


def signed() -> UUID:
    pk = made()
    with acting_as(CHANTAL):
        change(pk, status="INTERNE_CONTROLE")
    with acting_as(ELS):
        change(pk, toets_door_id=people.ident("els"), toets_op="=now()")
    return pk


BEVEILIGD = (
    "INSERT INTO signalering_beveiliging (id, tenant_id, rapportage_id, publiek, jaar,"
    " drempel, cijfers_sha256, gerekend_met, uitleg, grootboek, bewijs, gemaakt_op)"
    " VALUES (%s, 1, %s, %s, 2018, 10, %s, '{}', '{}', '{}', '[]', now())"
)
UITGIFTE = (
    "INSERT INTO signalering_uitgifte (id, tenant_id, rapportage_id, beveiliging_id,"
    " publiek, jaar, cijfers, cijfers_sha256, door_id, uitgegeven_op)"
    " VALUES (gen_random_uuid(), 1, %s, %s, %s, 2018, %s, %s, %s, now())"
)


def release(pk: UUID, publiek: str, who: str) -> int:
    """Into the ledger, with (empty) proof of the job; run it in no scope."""
    proof = uuid4()
    with acting_as(TASK):
        run(BEVEILIGD, proof, pk, publiek, SHA)
    with acting_as(scope(who)):
        figures = json.dumps(FIGURES)
        return run(UITGIFTE, pk, proof, publiek, figures, SHA, people.ident(who))


def offered() -> UUID:
    pk = signed()
    release(pk, "opdrachtgever", "chantal")
    with acting_as(CHANTAL):
        term = "=(now() AT TIME ZONE 'Europe/Amsterdam')::date + 28"
        change(pk, status="AANGEBODEN", aangeboden_op="=now()", reactie_tot=term)
    return pk


def discussed() -> UUID:
    pk = offered()
    with acting_as(CHANTAL):
        change(pk, status="IN_BESPREKING")
        discuss(pk)
        change(pk, status="BESPROKEN")
    return pk


def react(pk: UUID) -> int:
    return run(
        "INSERT INTO signalering_reactie (id, tenant_id, rapportage_id, tekst, functie,"
        " is_akkoord, door_id, gegeven_op) VALUES (gen_random_uuid(), 1, %s, 'Goed.',"
        " 'Wethouder', true, %s, now())",
        pk,
        people.ident("gerard"),
    )


def established() -> UUID:
    pk = discussed()
    with acting_as(GERARD):
        react(pk)
    with acting_as(FATMA):
        change(
            pk,
            status="VASTGESTELD",
            vastgesteld_op="=(now() AT TIME ZONE 'Europe/Amsterdam')::date",
        )
    return pk


def test_the_right_way_leads_to_a_publication() -> None:
    """Control: every step in order, each by the right person, is possible in SQL."""
    with undone(FATMA):
        pk = established()
        release(pk, "openbaar", "fatma")
        change(pk, status="OPENBAAR_DEELS")
        assert publish(pk) == 1


# ------------------------------------------------------------------ the ledger


def test_what_is_not_in_the_ledger_is_neither_offered_nor_published() -> None:
    with undone(CHANTAL):
        pk = signed()
        with refused("rapportage_zonder_uitgifte"):
            change(
                pk,
                status="AANGEBODEN",
                aangeboden_op="=now()",
                reactie_tot="2099-01-01",
            )
    with undone(FATMA):
        pk = established()
        with refused("rapportage_zonder_uitgifte"):
            change(pk, status="OPENBAAR_DEELS")


def test_nothing_is_released_too_early_or_with_other_figures() -> None:
    with undone(CHANTAL):
        pk = made()
        with refused("uitgifte_te_vroeg"):
            release(pk, "opdrachtgever", "chantal")
    with undone(FATMA):
        pk = offered()
        with refused("uitgifte_te_vroeg"):
            release(pk, "openbaar", "fatma")
    with undone(CHANTAL):
        pk, proof = signed(), uuid4()
        with acting_as(TASK):
            run(BEVEILIGD, proof, pk, "opdrachtgever", SHA)
        with refused("uitgifte_zonder_beveiliging"):
            run(
                UITGIFTE,
                *(pk, proof, "opdrachtgever", '{"cells": []}', SHA),
                people.ident("chantal"),
            )


# ------------------------------------------------------------------ no bespreking


@pytest.mark.parametrize("status", [s for s in Status if s != Status.OPENBAAR_DEELS])
@pytest.mark.parametrize("kind", KINDS)
def test_a_report_in_another_status_is_not_published(
    status: Status, kind: Kind
) -> None:
    with undone(scope("fatma", kind)):
        with refused("publicatie_zonder_bespreking|permission denied"):
            publish(report(status))


@pytest.mark.parametrize(
    "naar", ["BESPROKEN", "VASTGESTELD", "OPENBAAR_DEELS", "VERTROUWELIJK_AFGEROND"]
)
@pytest.mark.parametrize("kind", KINDS)
def test_without_a_bespreking_no_status_after_it_is_reached(
    naar: str, kind: Kind
) -> None:
    """From every status, by every role; planted reports before BESPROKEN have none."""
    for status in ("CONCEPT", "INTERNE_CONTROLE", "AANGEBODEN", "IN_BESPREKING"):
        with undone(scope("fatma", kind)):
            with refused("bespreking|overgang|permission denied"):
                change(report(status), status=naar)


def test_a_report_on_the_way_is_not_published_for_want_of_its_bespreking() -> None:
    """As if the row were already OPENBAAR_DEELS: the bespreking itself is looked for."""
    with undone(FATMA):
        with refused("publicatie_zonder_bespreking"):
            publish(report("OPENBAAR_DEELS"), besproken_op="'2001-01-01'")


@pytest.mark.parametrize(
    "wrong",
    [
        {"deelnemers": ()},
        {"verslag": ""},
        {"verslag": " \n\t "},
        {"datum": "(now() AT TIME ZONE 'Europe/Amsterdam')::date + 1"},
        {
            "datum": "(now() AT TIME ZONE 'Europe/Amsterdam')::date - 1"
        },  # before it was offered
        {"door": "els"},  # in somebody else's name
    ],
    ids=["nobody", "empty", "blank", "tomorrow", "before", "another's name"],
)
def test_half_a_bespreking_is_none(wrong: dict[str, Any]) -> None:
    with undone(CHANTAL):
        pk = offered()
        change(pk, status="IN_BESPREKING")
        with refused("bespreking_|row-level security"):
            discuss(pk, **wrong)
        with refused("rapportage_zonder_bespreking"):
            change(pk, status="BESPROKEN")
        assert discuss(pk) == 1


@pytest.mark.parametrize("status", [s for s in Status if s != Status.IN_BESPREKING])
def test_a_bespreking_is_not_recorded_ahead_or_afterwards(status: Status) -> None:
    with undone(CHANTAL), refused("bespreking_buiten_de_tijd"):
        discuss(report(status))


def test_a_report_does_not_inherit_the_bespreking_of_another() -> None:
    """By taking its id: in one UPDATE the old one steps aside, so no key complains."""
    undiscussed, other = report("IN_BESPREKING"), report("BESPROKEN")
    with undone(FATMA):
        with refused("id is immutable"):
            run(
                "UPDATE signalering_rapportage SET id = CASE id WHEN %s::uuid"
                " THEN gen_random_uuid() ELSE %s::uuid END WHERE id IN (%s, %s)",
                *(other, other, other, undiscussed),
            )
        with refused("permission denied"):
            run(
                "UPDATE signalering_bespreking SET rapportage_id = %s"
                " WHERE rapportage_id = %s",
                *(undiscussed, other),
            )


# ------------------------------------------------------------------------ no jumps


def test_the_arrows_of_the_database_are_those_of_the_code() -> None:
    with acting_as(FATMA), connection.cursor() as cursor:
        cursor.execute(
            "SELECT v, n FROM unnest(%s::text[]) v, unnest(%s::text[]) n"
            " WHERE adviespunt.rapportage_overgang(v, n)",
            [[s.value for s in Status]] * 2,
        )
        in_database = set(cursor.fetchall())
    in_code = {(van, stap.naar) for (van, _verb), stap in STAPPEN.items()}
    assert in_database == {(van, naar) for van, naar in in_code if van != naar}


@pytest.mark.parametrize("kind", KINDS)
def test_status_moves_along_an_arrow_or_not_at_all(kind: Kind) -> None:
    arrows = {(van, stap.naar) for (van, _verb), stap in STAPPEN.items()}
    moved = set()
    with undone(scope("fatma", kind)):
        for van, naar in product(Status, Status):
            if van == naar:
                continue
            try:
                with transaction.atomic():
                    change(report(van), status=naar.value)
                    moved.add((van, naar))
                    raise LookupError  # only to undo it
            except (LookupError, DatabaseError):
                pass
    assert moved <= arrows
    assert bool(moved) is (kind == "staff")


def test_who_is_withdrawn_stays_withdrawn() -> None:
    with undone(FATMA):
        for naar in Status:
            if naar != Status.INGETROKKEN:
                with refused("rapportage_overgang"):
                    change(report("INGETROKKEN"), status=naar.value)


@pytest.mark.parametrize(
    ("more", "value"),
    [
        ("cijfers", "'{}'"),
        ("cijfers_openbaar", "'{}'"),
        ("toets_door_id", "gen_random_uuid()"),
        ("toets_op", "now()"),
        ("aangeboden_op", "now()"),
        ("reactie_tot", "'2018-05-01'"),
        ("vastgesteld_op", "'2018-05-01'"),
    ],
)
def test_a_report_begins_empty(more: str, value: str) -> None:
    with undone(CHANTAL):
        assert insert()
    with undone(CHANTAL), refused("rapportage_begint_als_concept"):
        insert(more=more, value=value)


@pytest.mark.parametrize("status", [s for s in Status if s != Status.CONCEPT])
def test_a_report_begins_as_a_concept(status: Status) -> None:
    with undone(CHANTAL), refused("rapportage_begint_als_concept"):
        insert(status=status.value)


def test_a_term_is_not_shortened_to_have_no_reaction() -> None:
    with undone(CHANTAL):
        pk = signed()
        for term in ("=(now() AT TIME ZONE 'Europe/Amsterdam')::date - 1", None):
            with refused("rapportage_zonder_termijn"):
                change(
                    pk, status="AANGEBODEN", aangeboden_op="=now()", reactie_tot=term
                )
    with undone(CHANTAL):
        pk = discussed()
        with refused("rapportage_termijn_staat_vast"):
            change(pk, reactie_tot="=(now() AT TIME ZONE 'Europe/Amsterdam')::date - 1")
        with refused("rapportage_zonder_reactie"):
            change(
                pk,
                status="VASTGESTELD",
                vastgesteld_op="=(now() AT TIME ZONE 'Europe/Amsterdam')::date",
            )


# ------------------------------------------------------------------- frozen figures

OTHER = {"naam": "totaal", "cellen": ["anders"]}


@pytest.mark.parametrize("kind", ["staff", "job"])
@pytest.mark.parametrize("status", [s for s in Status if s != Status.CONCEPT])
def test_figures_are_frozen(status: Status, kind: Kind) -> None:
    for fields in (
        {"cijfers": OTHER},
        {"cijfers_openbaar": OTHER},
        {"cijfers_sha256": "b" * 64},
        {"openbaar_sha256": "b" * 64},
        {"cijfers_sha256": ""},
        {"cijfers": None, "cijfers_openbaar": None, "cijfers_sha256": ""},
    ):
        with undone(scope("chantal", kind)):
            with refused("rapportage_cijfers_staan_vast"):
                change(report(status), **fields)


@pytest.mark.parametrize("kind", KINDS)
def test_figures_come_from_the_task_and_from_nobody_else(kind: Kind) -> None:
    fields: dict[str, object] = {
        "cijfers": FIGURES,
        "cijfers_openbaar": FIGURES,
        "openbaar_sha256": SHA,
    }
    with undone(scope("chantal", kind)):
        if kind == "job":
            assert change(report("CONCEPT"), cijfers_sha256=SHA, **fields) == 1
            return
        with refused("rapportage_cijfers_komen_van_de_taak|permission denied"):
            change(report("CONCEPT"), cijfers_sha256=SHA, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"cijfers": FIGURES},
        {"cijfers_sha256": SHA},
        {"cijfers": FIGURES, "cijfers_sha256": SHA},
        {"cijfers": FIGURES, "cijfers_openbaar": FIGURES, "cijfers_sha256": "x"},
    ],
)
def test_figures_are_stored_whole(fields: dict[str, object]) -> None:
    with undone(TASK), refused("rapportage_cijfers_komen_van_de_taak"):
        change(report("CONCEPT"), **fields)


def test_what_a_report_is_about_does_not_change() -> None:
    with undone(CHANTAL):
        for fields in (
            {"periode": "2018-Q1"},
            {"van": "=van - 1"},
            {"peildatum": "=peildatum + 1"},
            {"versie": 2},
            {"drempel_opdrachtgever": 6},
            {"drempel_openbaar": 11},
            {"diensten": ["OCO_WLZ"]},
            {"opgesteld_door_id": people.ident("els")},
            {"opgesteld_door_id": None},
            {"schrijvers": []},
        ):
            with refused("rapportage_grondslag_staat_vast"):
                change(report("CONCEPT"), **fields)


@pytest.mark.parametrize("status", [s for s in Status if s != Status.CONCEPT])
def test_texts_are_written_in_a_concept_only(status: Status) -> None:
    with undone(CHANTAL), refused("rapportage_tekst_staat_vast"):
        change(report(status), bevindingen="Anders")


# ------------------------------------------------------------------------- four eyes


def test_nobody_signs_her_own_work() -> None:
    with undone(CHANTAL):
        pk = made()
        change(pk, status="INTERNE_CONTROLE")
        with refused("rapportage_vier_ogen"):
            change(pk, toets_door_id=people.ident("chantal"), toets_op="=now()")


def test_who_wrote_along_does_not_sign() -> None:
    with undone(ELS):
        pk = made()
        writers = [people.ident("chantal"), people.ident("els")]
        with acting_as(ELS):
            change(pk, bevindingen="Van Els", schrijvers=writers)
            change(pk, status="INTERNE_CONTROLE")
            with refused("rapportage_vier_ogen"):
                change(pk, toets_door_id=people.ident("els"), toets_op="=now()")


def test_nobody_writes_without_being_an_author() -> None:
    with undone(ELS), refused("rapportage_schrijver_onbekend"):
        change(report("CONCEPT"), bevindingen="Van Els")
    system = Scope("staff", None, (1,), 1, (1,))
    with undone(system), refused("rapportage_schrijver_onbekend"):
        change(report("CONCEPT"), bevindingen="Van niemand")


@pytest.mark.parametrize("maker", ["els", None])
def test_nobody_makes_a_report_in_anothers_name_to_sign_it_herself(
    maker: str | None,
) -> None:
    with undone(CHANTAL), refused("rapportage_opsteller_onbekend"):
        insert(maker=maker)


def test_nobody_signs_for_another() -> None:
    with undone(CHANTAL):
        pk = made()
        change(pk, status="INTERNE_CONTROLE")
        for signer in ("els", "teun"):
            with refused("rapportage_vier_ogen"):
                change(pk, toets_door_id=people.ident(signer), toets_op="=now()")


@pytest.mark.parametrize("status", ["CONCEPT", "AANGEBODEN", "VASTGESTELD"])
def test_a_signature_is_given_during_the_check_and_stays(status: str) -> None:
    with undone(ELS), refused("rapportage_vier_ogen|rapportage_toets_staat_vast"):
        change(report(status), toets_door_id=people.ident("els"), toets_op="=now()")
    if status != "CONCEPT":
        with undone(ELS), refused("rapportage_toets_staat_vast"):
            change(report(status), toets_door_id=None, toets_op=None)


def test_signing_and_offering_are_two_acts() -> None:
    with undone(ELS):
        pk = made()
        change(pk, status="INTERNE_CONTROLE")
        with refused("rapportage_zonder_toets"):
            change(
                pk,
                status="AANGEBODEN",
                toets_door_id=people.ident("els"),
                toets_op="=now()",
                aangeboden_op="=now()",
                reactie_tot="=(now() AT TIME ZONE 'Europe/Amsterdam')::date",
            )


def test_a_signature_does_not_survive_a_return_to_concept() -> None:
    with undone(CHANTAL):
        pk = signed()
        with refused("rapportage_toets_vervalt"):
            change(pk, status="CONCEPT")
        assert change(pk, status="CONCEPT", toets_door_id=None, toets_op=None) == 1


@pytest.mark.parametrize("naam", ["chantal", None])
def test_an_author_or_a_machine_does_not_decide_on_publication(
    naam: str | None,
) -> None:
    who = CHANTAL if naam else Scope("staff", None, (1,), 1, (1,))
    with undone(who):
        pk = established()
        with refused("rapportage_eigen_werk_openbaar"):
            change(pk, status="OPENBAAR_DEELS")


# --------------------------------------------------------------- what was made public


@pytest.mark.parametrize(
    "other",
    [
        {"reactie": "'Dit is nooit gezegd.'"},
        {"pdf": "'elders.pdf'"},
    ],
)
def test_a_publication_says_nothing_of_its_own(other: dict[str, str]) -> None:
    with undone(FATMA):
        pk = established()
        release(pk, "openbaar", "fatma")
        change(pk, status="OPENBAAR_DEELS")
        with refused("publicatie_is_geen_kopie"):
            publish(pk, **other)


def test_the_version_for_the_commissioning_party_is_not_made_public() -> None:
    with undone(FATMA):
        new = established()
        with acting_as(TASK):
            run(
                "INSERT INTO signalering_bestand (id, tenant_id, rapportage_id, publiek,"
                " naam, sha256, grootte, gemaakt_op) VALUES (gen_random_uuid(), 1, %s,"
                " 'opdrachtgever', 'x.pdf', '', 1, now())",
                new,
            )
        release(new, "openbaar", "fatma")
        change(new, status="OPENBAAR_DEELS")
        with refused("publicatie_is_geen_kopie"):
            publish(new, pdf="'x.pdf'")


@pytest.mark.parametrize("name", ["cijfers", "periode", "drempel", "cijfers_sha256"])
def test_a_publication_is_a_copy_of_the_frozen_figures(name: str) -> None:
    values = {
        "cijfers": ("r.cijfers_openbaar", "'{}'"),
        "periode": ("r.periode", "'2018-Q2'"),
        "drempel": ("r.drempel_openbaar", "3"),
        "cijfers_sha256": ("r.openbaar_sha256", "repeat('b', 64)"),
    }
    fields = {
        "besproken_op": "(now() AT TIME ZONE 'Europe/Amsterdam')::date",
        "reactie": "''",
        "pdf": "''",
    }
    good, wrong = values[name]
    with undone(FATMA):
        pk = established()
        release(pk, "openbaar", "fatma")
        change(pk, status="OPENBAAR_DEELS")
        with refused("publicatie_is_geen_kopie"):
            run(PUBLISH.format(**fields).replace(good, wrong, 1), pk)


def withdraw(**more: str) -> int:
    fields = {
        "cijfers": "NULL",
        "reactie": "''",
        "pdf": "''",
        "ingetrokken_op": "now()",
        "ingetrokken_reden": "'Een fout.'",
        **more,
    }
    text = ", ".join(f"{name} = {value}" for name, value in fields.items())
    pk = ident("publicatie", "arnhem")
    return run(f"UPDATE signalering_publicatie SET {text} WHERE id = %s", pk)


def test_a_publication_can_be_withdrawn_once_and_is_otherwise_fixed() -> None:
    pk = ident("publicatie", "arnhem")
    for name, value in (
        ("reactie", "'Anders'"),
        ("cijfers", "'{}'"),
        ("opdrachtgever", "'Anders'"),
        ("pdf", "'anders.pdf'"),
    ):
        with undone(FATMA):
            with refused("publicatie_staat_vast"):
                run(
                    f"UPDATE signalering_publicatie SET {name} = {value} WHERE id = %s",
                    pk,
                )
            with refused("publicatie_staat_vast|publicatie_ingetrokken_leeg"):
                withdraw(**{"opdrachtgever": "'Anders'", name: value})
    with undone(FATMA):
        assert withdraw() == 1
        for more in ({"ingetrokken_op": "NULL"}, {"ingetrokken_reden": "'Anders.'"}):
            with refused("publicatie_staat_vast"):
                withdraw(**more)


@pytest.mark.parametrize("kind", KINDS)
def test_no_role_deletes_a_publication_or_reopens_it(kind: Kind) -> None:
    with undone(scope("fatma", kind)):
        with refused("permission denied"):
            run("DELETE FROM signalering_publicatie")
        with refused("permission denied"):
            run("TRUNCATE signalering_publicatie")


# --------------------------------------------------- what was said and done stays so


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "table", ["signalering_bespreking", "privacy_auditevent", "signalering_reactie"]
)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE"])
def test_a_record_is_not_changed_or_removed(kind: Kind, table: str, verb: str) -> None:
    sql = {
        "UPDATE": f"UPDATE {table} SET tenant_id = 1",
        "DELETE": f"DELETE FROM {table}",
        "TRUNCATE": f"TRUNCATE {table}",
    }[verb]
    with undone(scope("fatma", kind)), refused("permission denied"):
        run(sql)


@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE"])
def test_not_even_the_owner_changes_the_audit_record(verb: str, wall: str) -> None:
    entry = embedded.current().database("owner", wall)
    sql = {
        "UPDATE": "UPDATE privacy_auditevent SET rol = 'x'",
        "DELETE": "DELETE FROM privacy_auditevent",
        "TRUNCATE": "TRUNCATE privacy_auditevent",
    }[verb]
    with (
        psycopg.connect(
            host=entry["HOST"],
            user=entry["USER"],
            password=entry["PASSWORD"],
            dbname=entry["NAME"],
        ) as owner,
        pytest.raises(InsufficientPrivilege, match="append-only"),
    ):
        owner.execute(sql)
