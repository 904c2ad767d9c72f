"""Raw SQL as each database role: what is not named here, no role can do.

Asked twice: of the catalogue of PostgreSQL, and by doing it.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.utils import ProgrammingError

from tenants.scope import Kind, Scope, acting_as
from tests import people
from tests.isolation.planting import TENANT_COLUMN

pytestmark = pytest.mark.usefixtures("wall")
ARNHEM = 1
CASES = (
    "cases_client",
    "cases_kwestie",
    "cases_contactmoment",
    "cases_verwijzing",
    "cases_externtraject",
    "cases_toestemming",
    "cases_stap",
    "cases_nevenbelang",
    "cases_belangencheck",
    "cases_ambtshalveactie",
    "cases_doorbreking",
    "cases_meldcodetraject",
    "cases_avgverzoek",
    "cases_vordering",
    "cases_privacyinformatie",
    "cases_zoekteken",
    "cases_samenvoeging",
    "cases_correctie",
    "cases_doorgeleiding",
    "cases_agendapunt",
    "cases_dagstaat",
    "cases_bijlage",
    "cases_bijlagestuk",
    "cases_brief",
    "cases_tekstblok",
    "cases_kwestiesignaal",
    "cases_loketsleutel",
)
SCOPES: dict[Kind, Scope] = {
    "staff": Scope("staff", people.ident("chantal"), (1,), 1, (1,)),
    "portal": Scope("portal", people.ident("gerard"), (1,), 1),
    "public": Scope("public"),
    "job": Scope("job", people.ident("chantal"), (1,), 1, (1,)),
    "identity": Scope("identity", people.ident("gerard")),
    "dispatch": Scope("dispatch"),
    "audit": Scope("audit", people.ident("frits"), (1,)),
    "zegel": Scope("zegel"),
}
# The columns of a kwestie that a report is counted from: codes, dates and ids (S114).
CODED = {
    *("id", "tenant_id", "opdracht_id", "dienst", "client_id", "bron", "status"),
    *("datum", "kanaal", "rol", "identiteitsstatus", "soort", "aard", "subaard"),
    *("wet", "wetten", "levensdomein", "fase", "laag", "gewezen_op_oco"),
    *("resultaat", "procedure_voorkomen", "afgerond_op", "activiteiten", "minuten"),
    "weggegooid_op",
}
# By these the worker finds what is to be destroyed, and of those rows only.
SLEUTELS = {
    *("id", "tenant_id", "kwestie_id", "client_id", "bijlage_id"),
    "weggegooid_op",
}
# And by these it finds what is past its term, or must wait.
TERMIJNEN = {
    "cases_client": {"beperkt_op"},
    "cases_nevenbelang": {"tot"},
}
# Table → role → rights. A right on some columns only stands between brackets.
RIGHTS: dict[str, dict[str, str]] = {
    "cases_client": {"staff": "siu", "job": "(s)d"},
    "cases_kwestie": {"staff": "siu", "job": "(s)d", "audit": "(s)"},
    "cases_contactmoment": {"staff": "siu", "job": "(s)d"},
    "cases_verwijzing": {"staff": "siu", "job": "(s)d"},
    "cases_externtraject": {"staff": "siu", "job": "(s)d"},
    "cases_concept": {"staff": "siud", "job": "(s)d"},
    "cases_bewaardfilter": {"staff": "siud"},
    "cases_toestemming": {"staff": "si(u)", "job": "(s)d"},
    "cases_stap": {"staff": "siu", "job": "(s)d"},
    "cases_nevenbelang": {"staff": "si(u)", "job": "(s)d"},
    "cases_doorbreking": {"staff": "siu"},
    "cases_meldcodetraject": {"staff": "siu"},
    "cases_uitzondering": {"staff": "si(u)"},
    "cases_agendapunt": {"staff": "si(u)", "job": "(s)d"},
    "cases_achtergrond": {"staff": "siu", "job": "(s)d"},
    "cases_collectieveactiviteit": {"staff": "siu", "job": "(s)"},
    "cases_dagstaat": {"staff": "si(u)"},
    "cases_bijlage": {"staff": "si(u)", "job": "(s)d"},
    "cases_bijlagestuk": {"staff": "si(u)", "job": "(s)d"},
    "cases_brief": {"staff": "siu", "job": "(s)d"},
    "cases_tekstblok": {"staff": "siud"},
    "cases_belangencheck": {"staff": "si", "job": "(s)d"},
    "cases_ambtshalveactie": {"staff": "siu", "job": "(s)d"},
    "cases_privacyinformatie": {"staff": "si", "job": "(s)d"},
    "cases_zoekteken": {"staff": "sid", "job": "(s)d"},
    "cases_avgverzoek": {"staff": "siu"},
    "cases_vordering": {"staff": "siu"},
    "tenants_datalek": {"staff": "siu", "job": "(s)d"},
    "tenants_dpia": {"staff": "si"},
    "cases_samenvoeging": {"staff": "si"},
    "cases_correctie": {"staff": "si", "job": "(s)d"},
    "cases_doorgeleiding": {"staff": "si", "job": "(s)d"},
    "cases_overdracht": {"staff": "si", "job": "(s)d"},
    "cases_plaatsvervanging": {"staff": "si(u)"},
    "cases_casegrant": {"staff": "si(u)", "job": "(s)d"},
    "cases_kwestiesignaal": {"staff": "si(u)", "job": "(s)d"},
    # What visitors send: they add it, and read back what is sealed to their own code.
    "cases_loketsleutel": {"staff": "sid"},
    "cases_aanmelding": {"staff": "sud", "public": "(s)i", "job": "(s)d"},
    "cases_loketbericht": {"staff": "si(u)d", "public": "(s)i", "job": "(s)d"},
    "tenants_loket": {"staff": "siu", "public": "s"},
    "tenants_loketteller": {"public": "siu"},
    "signalering_signaal": {"staff": "siu", "portal": "s"},
    "signalering_signaalstap": {"staff": "si"},
    "signalering_signaaloverleg": {"staff": "si"},
    "signalering_verbeteractie": {"staff": "si(u)", "portal": "si"},
    "signalering_trendbesluit": {"staff": "si"},
    "signalering_onderzoek": {"staff": "siu", "portal": "s", "public": "(s)"},
    "signalering_opmerking": {"staff": "si(u)"},
    "signalering_onjuistheid": {"staff": "s(u)", "portal": "si"},
    "signalering_herinnering": {"staff": "si"},
    "cases_prullenbak": {"staff": "si(u)", "job": "(s)d"},
    "cases_handeling": {"staff": "si(u)", "job": "(s)d"},
    "tenants_regiolid": {
        **{"staff": "si(u)", "portal": "(s)"},
        **{"identity": "s", "dispatch": "s"},
    },
    "tenants_tenant": {
        "staff": "si(u)",
        "portal": "s",
        "job": "s",
        "identity": "s",
        "dispatch": "(s)",
        "public": "(s)",
    },
    "tenants_huisstijl": {"staff": "si", "portal": "s", "job": "s", "public": "(s)"},
    "tenants_publiekepagina": {"staff": "siu", "public": "(s)"},
    "tenants_openbaardocument": {"staff": "siu", "public": "(s)"},
    "tenants_ervaringscode": {"staff": "(s)id", "public": "(s)d"},
    "tenants_ervaring": {"staff": "s", "public": "i"},
    "tenants_eigenwaarde": {"staff": "si(u)"},
    "tenants_tenantinstelling": {"staff": "si(u)"},
    "tenants_organisatie": {"staff": "siu"},
    "tenants_organisatieversie": {"staff": "si"},
    "tenants_functiescope": {"staff": "si(u)"},
    "tenants_gemeente": {"staff": "siu"},
    "tenants_opdracht": {"staff": "siu", "portal": "s", "job": "s", "public": "(s)"},
    "tenants_membership": {"staff": "siud", "portal": "(s)", "identity": "s"},
    "tenants_tenantuserobjectpermission": {
        **dict.fromkeys(("staff", "portal", "identity"), "s"),  # it stays empty
    },
    "tenants_tenantgroupobjectpermission": {
        "staff": "si",
        "portal": "s",
        "identity": "s",
    },
    "tenants_uitnodiging": {"staff": "si(u)", "job": "s(u)"},
    "tenants_rolverzoek": {"staff": "si(u)"},
    "tenants_aanstelling": {"staff": "si(u)"},
    "tenants_job": {"staff": "si", "job": "s(u)", "dispatch": "s(u)"},
    "tenants_telafspraak": {"staff": "si", "job": "s"},
    "tenants_terugkomcode": {"staff": "si"},
    "tenants_terugkomst": {"staff": "sid", "job": "sd"},
    "signalering_rapportage": {"staff": "siu", "portal": "s", "job": "s(u)"},
    "signalering_beveiliging": {"staff": "(s)", "job": "si"},
    "signalering_uitgifte": {"staff": "si", "job": "s"},
    "signalering_jaarplan": {"staff": "s", "job": "si"},
    "signalering_bespreking": {"staff": "si", "portal": "s", "job": "s"},
    "signalering_reactie": {"staff": "s(u)", "portal": "si", "job": "s"},
    "signalering_bestand": {"staff": "s", "portal": "s", "job": "siud"},
    "signalering_berichtkeuze": {"staff": "s", "portal": "si(u)"},
    "signalering_publicatie": {
        "staff": "siu",
        "portal": "s",
        "public": "s",
        "job": "s",
        "openbaar": "s",  # the process of the public pages, and nothing besides
    },
    "signalering_rapportzegel": {"staff": "s(u)", "public": "(s)", "job": "si"},
    "privacy_verwijdering": {"staff": "si", "job": "i"},
    "privacy_sleutel": {"staff": "si(u)d", "job": "(s)d"},
    "privacy_tenantsleutel": {"staff": "si(u)d"},
    "privacy_hoofdsleutelproef": {"app": "s", "staff": "sid"},
    "privacy_auditevent": {
        **dict.fromkeys(("staff", "portal", "public", "job"), "(i)"),
        **dict.fromkeys(("audit", "zegel"), "s"),
    },
    "privacy_zegel": {"zegel": "si"},
    "privacy_keten": {"zegel": "s"},
    "tenants_inzagenotitie": {"staff": "si"},
    # Accounts and sessions: the login role, which has nothing of a tenant.
    "tenants_user": {"app": "siu", "staff": "(s)"},
    "tenants_medewerker": {"app": "si", "staff": "s(u)"},
    "tenants_geheimhouding": {"app": "si", "staff": "s", "identity": "(s)"},
    "tenants_user_groups": {"staff": "sid", "portal": "s", "identity": "s"},
    "tenants_user_user_permissions": {},
    "auth_group": {"staff": "si", "portal": "s", "identity": "s"},
    "auth_group_permissions": {},
    "auth_permission": {"app": "s", "staff": "s", "portal": "s", "identity": "s"},
    "django_content_type": {"app": "s", "staff": "s", "portal": "s", "identity": "s"},
    "django_migrations": {"app": "s"},
    "django_session": {"app": "siud"},
    "account_emailaddress": {"app": "siud"},
    "account_emailconfirmation": {"app": "siud"},
    # Factors, sessions and attempts: in no role of staff or of an opdrachtgever.
    "mfa_authenticator": {"app": "siud"},
    "usersessions_usersession": {"app": "siud"},
    "tenants_inlogpoging": {"app": "siud"},
    "socialaccount_socialaccount": {"app": "siud"},
    "socialaccount_socialapp": {"app": "s"},
    "socialaccount_socialtoken": {"app": "s"},
    "guardian_userobjectpermission": {},
    "guardian_groupobjectpermission": {},
    "ctx_key": {},
}
# The doors of visitors: tests/cases/test_loket_sql.py.
LOKET = (
    *("cases_aanmelding", "cases_loketbericht"),
    *("tenants_loket", "tenants_loketteller"),
)
ZEGEL = "signalering_rapportzegel"
ROLES = ("app", "openbaar", *SCOPES)

QUERY = """
SELECT c.relname, r.role,
  has_table_privilege('adviespunt_' || r.role, c.oid, p.name),
  has_any_column_privilege('adviespunt_' || r.role, c.oid, p.name)
FROM pg_class c, unnest(%s::text[]) AS r(role),
  unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) AS p(name)
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND c.relnamespace IN ('public'::regnamespace, 'adviespunt'::regnamespace)
ORDER BY c.relname, r.role, array_position(ARRAY['SELECT', 'INSERT', 'UPDATE'], p.name)
"""
ALWAYS_WHOLE = """
SELECT c.relname, r.role, p.name
FROM pg_class c, unnest(%s::text[]) AS r(role), unnest(%s::text[]) AS p(name)
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND c.relnamespace IN ('public'::regnamespace, 'adviespunt'::regnamespace)
  AND has_table_privilege('adviespunt_' || r.role, c.oid, p.name)
"""


# A part of the audit record is reached through the whole; by itself by nobody.
PART = "auditevent_"


def found_rights(truth: psycopg.Connection[Any]) -> dict[str, dict[str, str]]:
    """What the catalogue says, in the notation of RIGHTS."""
    tables: dict[str, dict[str, str]] = {}
    letters = iter("siu" * 10_000)
    for table, role, whole, some in truth.execute(QUERY, [list(ROLES)]).fetchall():
        letter = next(letters)
        rights = tables.setdefault(table, {})
        if some:
            mark = letter if whole else f"({letter})"
            rights[role] = rights.get(role, "") + mark
    for table, role, _name in truth.execute(
        ALWAYS_WHOLE, [list(ROLES), ["DELETE"]]
    ).fetchall():
        tables[table][role] = tables[table].get(role, "") + "d"
    return tables


def test_the_catalogue_grants_exactly_this(truth: psycopg.Connection[Any]) -> None:
    found = found_rights(truth)
    parts = {name: held for name, held in found.items() if name.startswith(PART)}
    assert len(parts) >= 4
    assert set(map(str, parts.values())) == {"{}"}
    assert {n: held for n, held in found.items() if n not in parts} == RIGHTS


def test_every_model_has_its_row_in_that_table() -> None:
    tables = {m._meta.db_table for m in apps.get_models(include_auto_created=True)}
    assert tables <= set(RIGHTS)


def test_nobody_may_empty_refer_to_trigger_or_maintain(
    truth: psycopg.Connection[Any],
) -> None:
    names = ["TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"]
    assert truth.execute(ALWAYS_WHOLE, [list(ROLES), names]).fetchall() == []


def test_nothing_is_granted_to_everybody(truth: psycopg.Connection[Any]) -> None:
    found = truth.execute(
        "SELECT table_schema, table_name, privilege_type"
        " FROM information_schema.role_table_grants WHERE grantee = 'PUBLIC'"
        " AND table_schema IN ('public', 'adviespunt')"
        " UNION ALL SELECT table_schema, table_name, column_name"
        " FROM information_schema.column_privileges WHERE grantee = 'PUBLIC'"
        " AND table_schema IN ('public', 'adviespunt')"
    ).fetchall()
    assert found == []


# ------------------------------------------------------------------ and by doing it


def run(sql: str, *params: object) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        return cursor.fetchall()


def columns_of(truth: psycopg.Connection[Any], table: str) -> list[str]:
    rows = truth.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attnum > 0 AND NOT attisdropped",
        [f"public.{table}"],
    ).fetchall()
    return [str(row[0]) for row in rows]


@pytest.mark.parametrize("kind", ["portal", "public", "identity", "dispatch"])
@pytest.mark.parametrize("table", CASES)
def test_a_role_without_business_there_finds_case_tables_shut(
    kind: Kind, table: str, truth: psycopg.Connection[Any]
) -> None:
    statements = [
        f"SELECT count(*) FROM {table}",
        f"SELECT 1 FROM {table} LIMIT 0",
        f"SELECT {table} FROM {table}",
        f"DELETE FROM {table} RETURNING 1",
        f"INSERT INTO {table} (tenant_id) VALUES (1) RETURNING 1",
        f"UPDATE {table} SET tenant_id = 1 RETURNING 1",
        f"SELECT 1 FROM {table} k, {table} l",
        *(f"SELECT {name} FROM {table}" for name in columns_of(truth, table)),
    ]
    with acting_as(SCOPES[kind]):
        for statement in statements:
            with pytest.raises(ProgrammingError, match="permission denied for table"):
                run(statement)


def test_the_job_role_reads_the_coded_columns_of_kwesties(
    truth: psycopg.Connection[Any],
) -> None:
    """S114, column by column: codes yes, everything else no."""
    columns = columns_of(truth, "cases_kwestie")
    assert CODED <= set(columns)
    with acting_as(SCOPES["job"]):
        for name in columns:
            if name in CODED:
                assert len(run(f"SELECT {name} FROM cases_kwestie")) == 2
                continue
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(f"SELECT {name} FROM cases_kwestie")
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(f"SELECT id FROM cases_kwestie ORDER BY {name}")
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(f"SELECT count(*) FROM cases_kwestie WHERE {name} IS NULL")
        for whole in ("*", "k", "k.*", "to_jsonb(k)"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(f"SELECT {whole} FROM cases_kwestie k")


def test_no_coded_column_is_a_text_that_somebody_wrote(
    truth: psycopg.Connection[Any],
) -> None:
    """Codes are short or checked against a list; nothing confidential ends up there."""
    assert not {name for name in CODED if name.endswith("_v")}
    assert {"nummer", "extern_nummer", "ondersteuner_id"} & CODED == set()
    wide = truth.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = 'cases_kwestie' AND column_name = ANY(%s)"
        " AND (data_type IN ('text', 'jsonb') OR character_maximum_length > 20)",
        [list(CODED)],
    ).fetchall()
    assert wide == []


# What exceptions and hours are counted from: days, minutes, a code, and whether there
# was a consent; never whose contact it was or what was said.
COUNTED = {
    "cases_contactmoment": {
        *("tenant_id", "kwestie_id", "datum_tijd", "duur_min", "toestemming_id")
    },
    "cases_overdracht": {"tenant_id", "reden", "op"},
    "cases_ambtshalveactie": {"tenant_id", "uitgevoerd_op"},
    "cases_kwestiesignaal": {"tenant_id", "kwestie_id", "signaal_id", "los_op"},
}


@pytest.mark.parametrize(
    "table", [*(t for t in CASES if t != "cases_kwestie"), "cases_overdracht"]
)
def test_the_job_role_reads_no_column_of_people_and_contacts(
    table: str, truth: psycopg.Connection[Any]
) -> None:
    """But the ids of what was thrown away thirty days ago, and there is none here; of
    the three tables it counts for the directie also the ids of other rows.
    """
    can_destroy = "d" in RIGHTS[table].get("job", "")
    with acting_as(SCOPES["job"]):
        for name in columns_of(truth, table):
            if name in COUNTED.get(table, ()):
                run(f"SELECT {name} FROM {table}")
            elif can_destroy and name in SLEUTELS | TERMIJNEN.get(table, set()):
                found = run(f"SELECT {name} FROM {table}")
                assert found == [] or table in COUNTED
            else:
                denied = "permission denied for table"
                with pytest.raises(ProgrammingError, match=denied):
                    run(f"SELECT {name} FROM {table}")


def test_the_job_role_changes_nothing_about_a_kwestie(
    truth: psycopg.Connection[Any],
) -> None:
    with acting_as(SCOPES["job"]):
        for name in columns_of(truth, "cases_kwestie"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(f"UPDATE cases_kwestie SET {name} = DEFAULT RETURNING 1")


def test_the_job_role_does_not_change_whose_job_it_is(
    truth: psycopg.Connection[Any],
) -> None:
    allowed = {"status", "voortgang", "stap", "lease_tot", "fout", "klaar_op"}
    with acting_as(SCOPES["job"]):
        for name in columns_of(truth, "tenants_job"):
            if name in allowed:
                continue
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(f"UPDATE tenants_job SET {name} = DEFAULT RETURNING 1")


def test_the_reader_of_the_record_knows_a_kwestie_by_its_number_only(
    truth: psycopg.Connection[Any],
) -> None:
    """Of the tenants in scope; for the screens of the FG, who works on no kwestie."""
    with acting_as(SCOPES["audit"]):
        assert len(run("SELECT id, tenant_id, nummer FROM cases_kwestie")) == 2
        for name in columns_of(truth, "cases_kwestie"):
            if name in ("id", "tenant_id", "nummer"):
                continue
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(f"SELECT {name} FROM cases_kwestie")
        for table in CASES:
            if table != "cases_kwestie":
                with pytest.raises(ProgrammingError, match="permission denied"):
                    run(f"SELECT count(*) FROM {table}")


def test_the_reader_of_the_record_sees_its_own_tenants() -> None:
    with acting_as(SCOPES["audit"]):
        assert run(
            "SELECT DISTINCT tenant_id FROM privacy_auditevent"
            " WHERE gebeurtenis = 'kwestie_ingezien'"
        ) == [(1,)]
    with acting_as(Scope("audit", people.ident("frits"))):
        assert run(
            "SELECT count(*) FROM privacy_auditevent"
            " WHERE tenant_id IS NOT NULL OR tenants IS NOT NULL"
        ) == [(0,)]


OF_CASES = """
SELECT c.relname, (SELECT min(attname) FROM pg_attribute a
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  AND has_column_privilege('adviespunt_staff', c.oid, a.attnum, 'UPDATE'))
FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
WHERE p.polcmd = 'r' AND NOT p.polpermissive
  AND pg_get_expr(p.polqual, p.polrelid) LIKE '%%signed(''staff''::text, ''cases''%%'
ORDER BY c.relname
"""
BEHEER = Scope("staff", people.ident("dewi"), (1,), 1)


def test_who_may_not_read_case_data_writes_none_of_it(
    truth: psycopg.Connection[Any],
) -> None:
    """An UPDATE or DELETE without a condition asks for no right to read: it has to be
    refused by itself, or who administers empties the register unseen.
    """
    touched = {}
    tables = truth.execute(OF_CASES, []).fetchall()
    assert {"cases_kwestie", "cases_client", "cases_zoekteken"} <= {
        t for t, _c in tables
    }
    for table, column in tables:
        statements = [f"UPDATE {table} SET {column} = DEFAULT"] if column else []
        if "d" in RIGHTS[table]["staff"]:
            statements.append(f"DELETE FROM {table}")
        for statement in statements:
            with acting_as(BEHEER), connection.cursor() as cursor:
                cursor.execute(statement)
                touched[statement] = cursor.rowcount
                transaction.set_rollback(True)
    assert {name: rows for name, rows in touched.items() if rows} == {}
    assert len(touched) > 30


SECOND_KEY = (
    "INSERT INTO privacy_tenantsleutel (id, tenant_id, versie, hoofdsleutel, sleutel,"
    " zoek, gemaakt_op) VALUES (%s, 1, 99, 'x', 'x', 'x', now())"
)


@pytest.mark.parametrize("scope", [SCOPES["staff"], BEHEER], ids=["team", "beheer"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE privacy_sleutel SET sleutel = 'x', onder_id = %s",
        "UPDATE privacy_tenantsleutel SET zoek = 'x' WHERE id = %s",
        "DELETE FROM privacy_tenantsleutel WHERE id = %s",
        "DELETE FROM privacy_hoofdsleutelproef WHERE %s IS NOT NULL",
    ],
)
def test_keys_are_wrapped_again_by_a_command_and_by_no_person(
    statement: str, scope: Scope, wall: str
) -> None:
    """Rewriting a key is losing every text under it."""
    made = uuid4()
    with pytest.raises(DatabaseError, match="sleutel_door_opdracht"):
        with acting_as(scope), connection.cursor() as cursor:
            cursor.execute(SECOND_KEY, [made])
            cursor.execute(statement, [made])


def test_public_reads_publications_and_no_other_table(
    truth: psycopg.Connection[Any],
) -> None:
    with acting_as(SCOPES["public"]):
        assert run("SELECT count(*) FROM signalering_publicatie") == [(2,)]
        for table, held in RIGHTS.items():
            if "s" in held.get("public", "") or table in ("ctx_key", ZEGEL, *LOKET):
                continue
            with pytest.raises(ProgrammingError, match="permission denied for table"):
                run(f"SELECT count(*) FROM {table}")
        for verb in ("DELETE FROM", "UPDATE"):
            rest = " SET pdf = 'x'" if verb == "UPDATE" else ""
            with pytest.raises(ProgrammingError, match="permission denied for table"):
                run(f"{verb} signalering_publicatie{rest} RETURNING 1")


def test_public_reads_of_a_seal_its_hashes_and_how_it_stands(
    truth: psycopg.Connection[Any],
) -> None:
    """Not whose it is, nor when it was made; and it can be written by nobody there."""
    allowed = {"rapportage_id", "publiek", "sha256", "code_sha256", "stand"}
    with acting_as(SCOPES["public"]):
        for name in columns_of(truth, ZEGEL):
            if name in allowed:
                assert run(f"SELECT {name} FROM {ZEGEL}")
                continue
            with pytest.raises(ProgrammingError, match="permission denied for table"):
                run(f"SELECT {name} FROM {ZEGEL}")
        with pytest.raises(ProgrammingError, match="permission denied for table"):
            run(f"UPDATE {ZEGEL} SET stand = 'GELDIG' RETURNING 1")


def test_staff_sees_of_an_account_its_name_and_never_its_secrets() -> None:
    with acting_as(SCOPES["staff"]):
        assert run("SELECT naam, email FROM tenants_user")
        for name in ("password", "is_superuser", "aangemaakt_op", "*"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(f"SELECT {name} FROM tenants_user")
        for table in ("django_session", "account_emailaddress", "mfa_authenticator"):
            with pytest.raises(ProgrammingError, match="permission denied for table"):
                run(f"SELECT count(*) FROM {table}")
        with pytest.raises(ProgrammingError, match="permission denied for table"):
            run("UPDATE tenants_user SET naam = 'X' RETURNING 1")


@pytest.mark.parametrize("table", sorted(TENANT_COLUMN))
def test_the_login_role_has_nothing_of_a_tenant(
    table: str, truth: psycopg.Connection[Any]
) -> None:
    for statement in (
        f"SELECT 1 FROM {table}",
        f"DELETE FROM {table} RETURNING 1",
        f"UPDATE {table} SET {TENANT_COLUMN[table]} = 1 RETURNING 1",
        f"INSERT INTO {table} DEFAULT VALUES RETURNING 1",
    ):
        with pytest.raises(ProgrammingError, match="permission denied for table"):
            run(statement)


# ------------------------------------------------------------- the commissioning party


def test_portal_sees_its_own_reports_from_the_moment_they_are_offered() -> None:
    with acting_as(SCOPES["portal"]):
        seen = {row[0] for row in run("SELECT status FROM signalering_rapportage")}
        assert seen == {
            "AANGEBODEN",
            "IN_BESPREKING",
            "BESPROKEN",
            "VASTGESTELD",
            "OPENBAAR_DEELS",
            "VERTROUWELIJK_AFGEROND",
        }
        assert run("SELECT DISTINCT tenant_id FROM signalering_rapportage") == [(1,)]


def test_portal_downloads_only_what_was_established() -> None:
    with acting_as(SCOPES["portal"]):
        rows = run(
            "SELECT DISTINCT r.status FROM signalering_bestand b"
            " JOIN signalering_rapportage r ON r.id = b.rapportage_id ORDER BY 1"
        )
        assert [row[0] for row in rows] == [
            "OPENBAAR_DEELS",
            "VASTGESTELD",
            "VERTROUWELIJK_AFGEROND",
        ]
        assert run("SELECT count(*) FROM signalering_bestand") == [(6,)]


@pytest.mark.parametrize("table", ["signalering_bespreking", "signalering_reactie"])
def test_portal_sees_what_hangs_on_a_report_only_with_the_report(
    table: str, truth: psycopg.Connection[Any]
) -> None:
    query = f"SELECT count(*) FROM {table} WHERE tenant_id = 1"
    assert truth.execute(query).fetchone() == (5,)  # one of them withdrawn
    with acting_as(SCOPES["portal"]):
        assert run(f"SELECT count(*) FROM {table}") == [(4,)]


REACTIE = (
    "INSERT INTO signalering_reactie (id, tenant_id, rapportage_id, tekst, functie,"
    " is_akkoord, door_id, gegeven_op)"
    " VALUES (gen_random_uuid(), %s, %s, 'x', 'x', false, %s, now())"
)


@pytest.mark.parametrize(
    ("tenant_id", "status", "door", "is_fine"),
    [
        (1, "AANGEBODEN", "gerard", True),
        (1, "AANGEBODEN", "otto", False),
        (1, "CONCEPT", "gerard", False),
        (1, "INTERNE_CONTROLE", "gerard", False),
        (1, "INGETROKKEN", "gerard", False),
        (2, "AANGEBODEN", "gerard", False),
        (2, "AANGEBODEN", "ivo", False),
    ],
)
def test_portal_reacts_in_its_own_name_on_a_report_it_sees(
    tenant_id: int, status: str, door: str, is_fine: bool
) -> None:
    slug = {1: "arnhem", 2: "wulpenhorst"}[tenant_id]
    pk = people.ident(f"rapport-{status}-{slug}")
    with acting_as(SCOPES["portal"]), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(REACTIE, [tenant_id, pk, people.ident(door)])
            done = True
        except DatabaseError:
            done = False
        transaction.set_rollback(True)
    assert done is is_fine


def test_portal_sees_its_own_groups_and_nobody_elses() -> None:
    with acting_as(SCOPES["portal"]):
        assert run(
            "SELECT u.user_id, g.name FROM tenants_user_groups u"
            " JOIN auth_group g ON g.id = u.group_id"
        ) == [(people.ident("gerard"), "1:contact")]
        assert run("SELECT name FROM auth_group") == [("1:contact",)]


def test_staff_orders_a_job_in_her_own_name_only() -> None:
    sql = (
        "INSERT INTO tenants_job (id, tenant_id, taak, actor_id, onderwerp_id, status,"
        " voortgang, stap, poging, fout, aangemaakt_op)"
        " VALUES (gen_random_uuid(), 1, 'x', %s, gen_random_uuid(), 'WACHT', 0, '', 0,"
        " '', now())"
    )
    with acting_as(SCOPES["staff"]), connection.cursor() as cursor:
        for naam, is_fine in (("chantal", True), ("fatma", False), (None, False)):
            actor = people.ident(naam) if naam else None
            try:
                with transaction.atomic():
                    cursor.execute(sql, [actor])
                done = True
            except ProgrammingError:
                done = False
            assert done is is_fine, naam
        transaction.set_rollback(True)
