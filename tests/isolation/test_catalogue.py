"""What the catalogue of PostgreSQL must say, for every table there is or will be.

A new table of tenants without its walls, a helpful view, a function for everybody:
each fails here by itself, without anybody having thought of a test for it.
"""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey

from tests.isolation.planting import TENANT_COLUMN

pytestmark = pytest.mark.usefixtures("wall")
Truth = psycopg.Connection[Any]

# Tables of tenants, with the column that holds the tenant; one is named otherwise.
WITH_TENANT = """
SELECT c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, a.attname
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
  AND (a.attname = 'tenant_id'
    OR (c.relname, a.attname) IN (('tenants_tenant', 'id'),
      ('tenants_tenantuserobjectpermission', 'content_object_id'),
      ('tenants_tenantgroupobjectpermission', 'content_object_id')))
ORDER BY c.relname
"""
# Roles whose policy is not about a list of tenants, and what it is about instead.
NO_FLOOR = {
    ("tenants_membership", "identity"): "one's own memberships",
    ("tenants_tenant", "identity"): "the tenants of one's own memberships",
    ("tenants_tenantuserobjectpermission", "identity"): "nothing is in it",
    ("tenants_tenantgroupobjectpermission", "identity"): "of one's own groups",
    ("tenants_job", "dispatch"): "the queue: state of every job, nothing about it",
    ("tenants_tenant", "dispatch"): "id and slug of every tenant",
    ("tenants_regiolid", "identity"): "who is in which region",
    ("tenants_regiolid", "dispatch"): "who is in which region",
    ("signalering_publicatie", "public"): "what is public is so for everybody",
    ("tenants_tenant", "public"): "name and slug of every active tenant",
    ("tenants_opdracht", "public"): "diensten of active tenants, and from when",
    ("tenants_huisstijl", "public"): "the look that an active tenant uses",
    ("tenants_publiekepagina", "public"): "established pages of active tenants",
    ("tenants_openbaardocument", "public"): "their established documents",
    ("signalering_rapportzegel", "public"): "hashes by which a file is recognised",
    ("signalering_publicatie", "openbaar"): "the same, for a process of its own",
    ("signalering_onderzoek", "public"): "what was made public, of active tenants",
    ("tenants_loket", "public"): "the doors of visitors are for everybody",
    ("privacy_auditevent", "staff"): "INSERT only; floor is in its WITH CHECK",
    ("privacy_auditevent", "portal"): "INSERT only; floor is in its WITH CHECK",
    ("privacy_auditevent", "public"): "INSERT only; floor is in its WITH CHECK",
    ("privacy_auditevent", "job"): "INSERT only; floor is in its WITH CHECK",
    ("privacy_auditevent", "audit"): "SELECT only; floor is in its USING",
    ("privacy_auditevent", "zegel"): "reads all of it, to seal and to check",
}
KINDS = (
    *("audit", "dispatch", "identity", "job", "portal", "public", "staff", "zegel"),
)
# The indexes on a table of tenants that lead with something else.
OTHER_INDEXES = {
    "membership_user": "memberships of one person, on every request",
    "rapportzegel_bestand": "a visitor has a file, and knows no tenant",
    "rapportzegel_code": "a visitor has a code, and knows no tenant",
}


def rows(truth: Truth, sql: str, *params: object) -> list[tuple[Any, ...]]:
    return list(truth.execute(sql, params or None).fetchall())


def test_the_tables_of_tenants_are_all_known(truth: Truth) -> None:
    """``fingerprint`` of the leak tests looks at every one of them."""
    names = {row[1] for row in rows(truth, WITH_TENANT)}
    assert names == {*TENANT_COLUMN, "tenants_tenantuserobjectpermission"}  # empty


def test_row_security_is_enabled_and_forced_on_every_table_of_tenants(
    truth: Truth,
) -> None:
    open_tables = [r[1] for r in rows(truth, WITH_TENANT) if not (r[2] and r[3])]
    assert open_tables == []


def test_each_role_with_a_grant_has_a_restrictive_floor_for_what_it_may(
    truth: Truth,
) -> None:
    """For SELECT the read or cases scope, for the rest the write scope; and what is
    read in the cases scope is written in it too.
    """
    missing = []
    for oid, table, _on, _forced, column in rows(truth, WITH_TENANT):
        for role, verb in _granted(truth, oid):
            if (table, role) in NO_FLOOR:
                continue
            floor = _floor(truth, oid, role, verb)
            of_cases = "'cases'" in str(_floor(truth, oid, role, "SELECT"))
            if floor not in _good_floors(column, role, verb, of_cases=of_cases):
                missing.append((table, role, verb, floor))
    assert missing == []


def _good_floors(
    column: str, role: str, verb: str, *, of_cases: bool
) -> list[list[tuple[Any, ...]]]:
    """What the one restrictive policy may say: (USING, WITH CHECK)."""

    def within(what: str) -> str:
        return (
            f"({column} = ANY (( SELECT adviespunt.signed('{role}'::text,"
            f" '{what}'::text) AS signed)::integer[]))"
        )

    write = within("write")
    if of_cases:
        write = f"({write} AND {within('cases')})"
    return {
        "SELECT": [[(within("read"), None)], [(within("cases"), None)]],
        "INSERT": [[(None, write)]],
        "UPDATE": [[(write, write)]],
        "DELETE": [[(write, None)]],
    }[verb]


def _granted(truth: Truth, oid: int) -> list[tuple[str, str]]:
    return rows(
        truth,
        "SELECT replace(r.rolname, 'adviespunt_', ''), p.name"
        " FROM pg_roles r, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) p(name)"
        " WHERE r.rolname LIKE 'adviespunt\\_%%' AND r.rolname <> 'adviespunt_owner'"
        " AND has_any_column_privilege(r.oid, %s::oid, p.name)"
        " UNION ALL SELECT replace(r.rolname, 'adviespunt_', ''), 'DELETE'"
        " FROM pg_roles r WHERE r.rolname LIKE 'adviespunt\\_%%'"
        " AND r.rolname <> 'adviespunt_owner'"
        " AND has_table_privilege(r.oid, %s::oid, 'DELETE')",
        oid,
        oid,
    )


def _floor(truth: Truth, oid: int, role: str, verb: str) -> list[tuple[Any, ...]]:
    """USING and WITH CHECK of the restrictive policies of a role for a verb."""
    return rows(
        truth,
        "SELECT pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)"
        " FROM pg_policy WHERE polrelid = %s AND NOT polpermissive AND polcmd = %s"
        " AND polroles = ARRAY[('adviespunt_' || %s)::regrole::oid]",
        oid,
        {"SELECT": "r", "INSERT": "a", "UPDATE": "w", "DELETE": "d"}[verb],
        role,
    )


def test_the_exceptions_to_the_floor_are_still_there(truth: Truth) -> None:
    tables = {row[1]: row[0] for row in rows(truth, WITH_TENANT)}
    for table, role in NO_FLOOR:
        assert role in {r for r, _verb in _granted(truth, tables[table])}


def test_no_policy_is_for_everybody(truth: Truth) -> None:
    assert rows(truth, "SELECT polname FROM pg_policy WHERE 0 = ANY (polroles)") == []


def test_no_policy_holds_a_way_round(truth: Truth) -> None:
    """No OR, no CASE, no setting in a policy: only the signed context decides."""
    policies = rows(
        truth,
        "SELECT polname, concat(pg_get_expr(polqual, polrelid), ' ',"
        " pg_get_expr(polwithcheck, polrelid)) FROM pg_policy"
        " WHERE polrelid <> 'privacy_auditevent'::regclass",
    )
    assert len(policies) > 100
    for name, text in policies:
        found = re.search(r"\b(OR|CASE|COALESCE|current_setting|session_user)\b", text)
        assert found is None, (name, found)


def test_frame_tables_hold_no_tenant(truth: Truth) -> None:
    """What the login role can read has no tenant and no key to a table with one."""
    found = rows(
        truth,
        "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')"
        " AND c.relnamespace = 'public'::regnamespace AND (c.relrowsecurity OR EXISTS"
        " (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'tenant_id'))"
        " AND (has_any_column_privilege('adviespunt_app', c.oid, 'SELECT')"
        "  OR has_any_column_privilege('adviespunt_app', c.oid, 'INSERT')"
        "  OR has_any_column_privilege('adviespunt_app', c.oid, 'UPDATE')"
        "  OR has_table_privilege('adviespunt_app', c.oid, 'DELETE'))",
    )
    assert found == []


# ------------------------------------------------------------------------------ keys

KEYS = """
SELECT con.conname,
  EXISTS (SELECT FROM pg_attribute WHERE attrelid = con.conrelid
          AND attname = 'tenant_id' AND attnum = con.conkey[1]),
  EXISTS (SELECT FROM pg_attribute WHERE attrelid = con.confrelid
          AND attname = 'tenant_id' AND attnum = con.confkey[1])
FROM pg_constraint con
WHERE con.contype = 'f' AND con.confrelid <> 'tenants_tenant'::regclass
  AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = con.conrelid
              AND attname = 'tenant_id')
  AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = con.confrelid
              AND attname = 'tenant_id')
"""


def test_every_foreign_key_between_tables_of_tenants_holds_the_tenant(
    truth: Truth,
) -> None:
    """P6: the check of a foreign key looks past the policies."""
    found = rows(truth, KEYS)
    assert len(found) >= 11
    assert [name for name, here, there in found if not (here and there)] == []


def test_every_such_field_of_a_model_has_its_key(truth: Truth) -> None:
    """db_constraint=False leaves the key to a migration; this finds a forgotten one."""
    keys = {
        (table, column)
        for table, column in rows(
            truth,
            "SELECT con.conrelid::regclass::text, a.attname FROM pg_constraint con"
            " JOIN pg_attribute a ON a.attrelid = con.conrelid"
            " AND a.attnum = con.conkey[cardinality(con.conkey)] WHERE contype = 'f'",
        )
    }
    for model in apps.get_models():
        for one in model._meta.get_fields():
            if not isinstance(one, ForeignKey) or one.db_constraint:
                continue
            if (model._meta.model_name, one.name) == ("membership", "user"):
                continue  # (user_id, soort), below
            assert (model._meta.db_table, one.column) in keys, (model, one)


def test_an_account_keeps_to_its_kind_by_a_key(truth: Truth) -> None:
    assert rows(
        truth,
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conname = 'membership_user_soort'",
    ) == [("FOREIGN KEY (user_id, soort) REFERENCES tenants_user(id, soort)",)]


def test_nothing_is_deleted_by_the_database_in_passing(truth: Truth) -> None:
    """P23: ON DELETE CASCADE and SET NULL look past the policies too."""
    found = rows(
        truth,
        "SELECT conname FROM pg_constraint WHERE contype = 'f'"
        " AND (confdeltype NOT IN ('a', 'r') OR confupdtype NOT IN ('a', 'r'))",
    )
    assert found == []


def test_the_tenant_of_a_row_is_never_empty(truth: Truth) -> None:
    found = rows(
        truth,
        "SELECT attrelid::regclass::text FROM pg_attribute a JOIN pg_class c"
        " ON c.oid = attrelid WHERE attname = 'tenant_id' AND NOT attnotnull"
        " AND c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace",
    )
    assert found == [("privacy_auditevent",)]  # of a visitor: about no tenant


def test_tenant_and_id_are_immutable_by_trigger(truth: Truth) -> None:
    with_trigger = {
        row[0]
        for row in rows(
            truth,
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgenabled = 'O'"
            " AND tgfoid = 'adviespunt.keep_tenant()'::regprocedure",
        )
    }
    wanted = {row[1] for row in rows(truth, WITH_TENANT) if row[4] == "tenant_id"}
    assert wanted - with_trigger == {"privacy_auditevent"}  # cannot change at all


def test_every_index_on_a_table_of_tenants_starts_with_the_tenant(
    truth: Truth,
) -> None:
    found = rows(
        truth,
        "SELECT i.indexrelid::regclass::text FROM pg_index i"
        " JOIN pg_attribute t ON t.attrelid = i.indrelid AND t.attname = 'tenant_id'"
        " JOIN pg_class c ON c.oid = i.indrelid"
        " WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisprimary"
        " AND i.indkey[0] <> t.attnum ORDER BY 1",
    )
    assert [row[0] for row in found] == list(OTHER_INDEXES)


def test_primary_keys_are_random_so_that_a_taken_one_tells_nothing(
    truth: Truth,
) -> None:
    """P7: uniqueness is checked past the policies; a random id cannot be guessed."""
    found = rows(
        truth,
        "SELECT c.relname FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid"
        " AND t.attname = 'tenant_id' JOIN pg_attribute i ON i.attrelid = c.oid"
        " AND i.attname = 'id' WHERE c.relkind = 'r' AND i.atttypid <> 'uuid'::regtype"
        " AND c.relnamespace = 'public'::regnamespace",
    )
    assert found == []


# ------------------------------------------------------------------------- functions


def test_functions_with_the_rights_of_their_owner_are_few_and_closed(
    truth: Truth,
) -> None:
    """P11: two functions, owned by a role that is neither superuser nor BYPASSRLS."""
    found = rows(
        truth,
        "SELECT p.proname, p.proconfig, o.rolname, o.rolsuper OR o.rolbypassrls,"
        " has_function_privilege('public', p.oid, 'EXECUTE') FROM pg_proc p"
        " JOIN pg_roles o ON o.oid = p.proowner WHERE p.prosecdef"
        " AND p.pronamespace::regnamespace::text NOT LIKE 'pg\\_%'"
        " AND p.pronamespace <> 'information_schema'::regnamespace",
    )
    rest = (["search_path=pg_catalog, pg_temp"], "adviespunt_owner", False, False)
    assert sorted(found) == [("ctx", *rest), ("maak_auditdelen", *rest)]


def test_every_function_has_a_search_path_that_ends_with_the_temporary_schema(
    truth: Truth,
) -> None:
    found = rows(
        truth,
        "SELECT proname, proconfig FROM pg_proc"
        " WHERE pronamespace IN ('adviespunt'::regnamespace, 'public'::regnamespace)",
    )
    assert len(found) >= 14
    for name, config in found:
        (path,) = [c for c in config or [] if c.startswith("search_path=")]
        assert path.split("=")[1].split(", ")[0] == "pg_catalog", name
        assert path.endswith(", pg_temp"), name


def test_no_function_is_for_everybody(truth: Truth) -> None:
    found = rows(
        truth,
        "SELECT proname FROM pg_proc WHERE pronamespace::regnamespace::text"
        " IN ('adviespunt', 'public') AND has_function_privilege('public', oid,"
        " 'EXECUTE')",
    )
    assert found == []


def test_functions_of_the_context_are_stable(truth: Truth) -> None:
    """P22: an IMMUTABLE one would be computed once and kept for the next person."""
    found = rows(
        truth,
        "SELECT proname, provolatile FROM pg_proc WHERE proname IN"
        " ('ctx', 'signed', 'ctx_user', 'is_besproken')"
        " AND pronamespace = 'adviespunt'::regnamespace ORDER BY 1",
    )
    stable = [(n, "s") for n in ("ctx", "ctx_user", "is_besproken", "signed")]
    assert found == stable


def test_immutable_functions_read_no_table_and_no_setting(truth: Truth) -> None:
    found = rows(
        truth,
        "SELECT proname FROM pg_proc WHERE provolatile = 'i'"
        " AND pronamespace = 'adviespunt'::regnamespace ORDER BY 1",
    )
    assert found == [
        ("kwestie_overgang",),
        ("onderzoek_overgang",),
        ("rapportage_overgang",),
        ("signaal_overgang",),
    ]


def test_all_triggers_are_on(truth: Truth) -> None:
    """``loading`` puts them off during a bulk load and must put them on again."""
    assert rows(truth, "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O'") == []


# ---------------------------------------------------------------- objects and roles


def test_there_are_no_views_rules_or_foreign_tables(truth: Truth) -> None:
    """P10: a view looks with the eyes of its owner; a materialized one of nobody."""
    found = rows(
        truth,
        "SELECT relname, relkind FROM pg_class WHERE relkind IN ('v', 'm', 'f')"
        " AND relnamespace IN ('public'::regnamespace, 'adviespunt'::regnamespace)"
        " UNION ALL SELECT rulename, 'rule' FROM pg_rewrite WHERE ev_class IN"
        " (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)",
    )
    assert found == []


def test_there_are_no_extensions_large_objects_or_replication(truth: Truth) -> None:
    assert rows(truth, "SELECT extname FROM pg_extension") == [("plpgsql",)]
    for table in ("pg_largeobject_metadata", "pg_publication", "pg_subscription"):
        assert rows(truth, f"SELECT count(*) FROM {table}") == [(0,)]


def test_nobody_but_the_owner_creates_anything(truth: Truth) -> None:
    found = rows(
        truth,
        "SELECT r.rolname, n.nspname FROM pg_roles r, pg_namespace n"
        " WHERE r.rolname LIKE 'adviespunt\\_%' AND r.rolname <> 'adviespunt_owner'"
        " AND has_schema_privilege(r.oid, n.oid, 'CREATE')",
    )
    assert found == []
    database = rows(
        truth,
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'adviespunt\\_%'"
        " AND rolname <> 'adviespunt_owner' AND (has_database_privilege(oid,"
        " current_database(), 'CREATE') OR has_database_privilege(oid,"
        " current_database(), 'TEMP'))",
    )
    assert database == []
    for schema in ("public", "adviespunt"):
        held = "SELECT has_schema_privilege('public', %s, 'USAGE')"
        assert rows(truth, held, schema) == [(False,)]


def test_sequences_are_for_counting_on_only(truth: Truth) -> None:
    """UPDATE on a sequence would be setval: numbers handed out twice."""
    found = rows(
        truth,
        "SELECT c.relname, r.rolname FROM pg_class c, pg_roles r"
        " WHERE c.relkind = 'S' AND r.rolname LIKE 'adviespunt\\_%'"
        " AND r.rolname <> 'adviespunt_owner' AND has_sequence_privilege(r.oid, c.oid,"
        " 'UPDATE')",
    )
    assert found == []


def test_no_role_of_the_application_is_more_than_it_seems(truth: Truth) -> None:
    found = rows(
        truth,
        "SELECT rolname, rolcanlogin, rolinherit AND rolcanlogin FROM pg_roles"
        " WHERE rolname LIKE 'adviespunt\\_%' AND NOT rolsuper AND NOT rolbypassrls"
        " AND NOT rolcreaterole AND NOT rolcreatedb AND NOT rolreplication ORDER BY 1",
    )
    can_sign_in = {
        "adviespunt_app": (True, False),
        "adviespunt_loket": (True, False),
        "adviespunt_openbaar": (True, False),
        "adviespunt_owner": (True, True),
    }
    wanted = {
        **can_sign_in,
        **{f"adviespunt_{kind}": (False, False) for kind in KINDS},
    }
    assert {name: tuple(rest) for name, *rest in found} == wanted


def test_the_login_role_can_become_the_eight_and_inherits_nothing(truth: Truth) -> None:
    found = rows(
        truth,
        "SELECT r.rolname, m.inherit_option, m.admin_option FROM pg_auth_members m"
        " JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles u ON u.oid = m.member"
        " WHERE u.rolname = 'adviespunt_app' ORDER BY 1",
    )
    assert found == [(f"adviespunt_{kind}", False, False) for kind in KINDS]
    others = rows(
        truth,
        "SELECT u.rolname, r.rolname FROM pg_auth_members m"
        " JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles u ON u.oid = m.member"
        " WHERE u.rolname LIKE 'adviespunt\\_%' AND u.rolname <> 'adviespunt_app'",
    )
    assert others == [("adviespunt_loket", "adviespunt_public")]
    (owned,) = rows(
        truth,
        "SELECT count(*) FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid"
        " WHERE d.deptype = 'o' AND r.rolname LIKE 'adviespunt\\_%'"
        " AND r.rolname <> 'adviespunt_owner'",
    )
    assert owned == (0,)


def test_every_table_belongs_to_the_owner(truth: Truth) -> None:
    """P5: what a superuser owns, the policies do not hold."""
    found = rows(
        truth,
        "SELECT relname, relowner::regrole::text FROM pg_class"
        " WHERE relnamespace IN ('public'::regnamespace, 'adviespunt'::regnamespace)"
        " AND relowner <> 'adviespunt_owner'::regrole",
    )
    assert found == []


def test_the_owner_itself_sees_no_rows(truth: Truth) -> None:
    """P4: FORCE holds for the owner; a forgotten data migration changes nothing."""
    truth.execute("SET SESSION AUTHORIZATION adviespunt_owner")
    try:
        for table in TENANT_COLUMN:
            assert rows(truth, f"SELECT count(*) FROM {table}") == [(0,)], table
    finally:
        truth.execute("RESET SESSION AUTHORIZATION")


def test_the_server_is_new_enough_and_writes_no_data_in_its_log(truth: Truth) -> None:
    """Floors of security.md §1.5 (CVE-2024-10976, CVE-2025-8713) and §6.3."""
    ((version,),) = rows(truth, "SELECT current_setting('server_version_num')::int")
    floors = {15: 150018, 16: 160014, 17: 170010, 18: 180004}
    assert version >= floors[version // 10000]
    wanted = {
        "log_error_verbosity": "terse",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_min_error_statement": "panic",
        "log_statement": "none",
        "log_min_duration_statement": "-1",
    }
    for name, value in wanted.items():
        assert rows(truth, "SELECT current_setting(%s)", name) == [(value,)]
    assert settings.DATABASES["default"]["OPTIONS"]["server_side_binding"] is True
