"""SQL injected into a query of a session: it cannot change who is asking.

Four walls, each tested on its own:

1. One call is one statement (extended protocol), with or without parameters, so
   ``; RESET ROLE; …`` is a syntax error.
2. ``tenants/database.sql`` closes what does the same from inside one SELECT:
   ``set_config()`` and the functions that run SQL given as text.
3. Where that file could not be run (no superuser to be had: ``open_wall`` here), the
   context is signed and bound to kind, backend and expiry, and the policies check it.
4. No role of the application has a right on the server: files, programs, sessions.

What is left, precisely. What an injected SELECT can read is what the person in whose
session it runs may read anyway: her tenants, her kind. Without wall 2 it can also put
the transaction back on the login role (``set_config('role', 'none', true)``); rights
are checked when a statement starts, so this takes a second injected query in the same
transaction (a count and a list built from one filter, say) or ``ts_stat`` /
``query_to_xml``, which run a second statement inside the first. The login role has no
tenant data, but it signs people in: it reads accounts with their password hashes and
the sessions. ``test_without_the_file_the_login_role_can_be_read`` shows it, so that
nobody takes the file for optional; the application warns at start when it is missing.
An injection can also be slow or heavy (``pg_sleep``, a cross join): availability is
for the time limits of server and proxy.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.db.utils import ProgrammingError

from adviespunt import embedded
from cases.models import Client, Kwestie
from tenants import scope as scopes
from tenants.scope import Scope, acting_as
from tests import people
from tests.conftest import admin, drop
from tests.isolation.conftest import connected_to

OPEN_WALL = "adviespunt_open_muur"
ANNA = Scope("staff", people.ident("anna"), (1,), 1, (1,))
NADIA = Scope("staff", people.ident("nadia"), (1, 2), 1, (1, 2))
GERARD = Scope("portal", people.ident("gerard"), (1,), 1)
VISITOR = Scope("public")
WIDE = "staff|{user}|1,2|{pid}|9999999999|1|1,2"
NAMES = "(SELECT string_agg(organisatie, ',') FROM cases_verwijzing)"


@pytest.fixture(scope="session")
def open_database(planted: str, django_db_blocker: Any) -> Iterator[str]:
    """The planted database as on a server where nobody could run database.sql."""
    with django_db_blocker.unblock():
        connection.close()
        drop(OPEN_WALL)
        with admin() as server:
            server.execute(f"CREATE DATABASE {OPEN_WALL} TEMPLATE {planted}")
        with embedded.current().superuser(OPEN_WALL) as su:
            su.execute("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pg_catalog TO PUBLIC")
        yield OPEN_WALL
        drop(OPEN_WALL)


@pytest.fixture
def open_wall(open_database: str, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), connected_to(open_database):
        yield open_database


def injected(expression: str, *params: object) -> Any:
    """A query of the application with SQL in the place of a value.

    As in ``f"SELECT naam FROM … WHERE code = '{from_outside}'"``.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {expression}", params or None)
        return cursor.fetchall()


def forged(user: object = "", tenants: str = "1,2", kind: str = "staff") -> str:
    """SQL that puts a context of one's own making, with a made-up signature."""
    return (
        f"set_config('adviespunt.ctx', '{user}|{kind}|{tenants}|' || pg_backend_pid()"
        f" || '|9999999999|1|{tenants}', true),"
        f" set_config('adviespunt.sig', repeat('0', 64), true)"
    )


def with_context(values: tuple[str, str, str]) -> str:
    role, context, signature = values
    return (
        f"set_config('adviespunt.ctx', '{context}', true),"
        f" set_config('adviespunt.sig', '{signature}', true)"
    )


# ------------------------------------------------- 3: the signed context on its own


def test_the_harness_does_inject(open_wall: str) -> None:
    """Control: the setting takes effect in the very SELECT that it stands in."""
    with acting_as(ANNA):
        ((_set, seen),) = injected(
            "set_config('adviespunt.x', 'here', true), current_setting('adviespunt.x')"
        )
        assert seen == "here"
        ((names,),) = injected(NAMES)
        assert names == "Loket arnhem"
    with acting_as(NADIA):
        ((names,),) = injected(NAMES)
        assert sorted(names.split(",")) == ["Loket arnhem", "Loket wulpenhorst"]


def test_p19_tenants_cannot_be_added_to_the_context(open_wall: str) -> None:
    wider = (
        "set_config('adviespunt.ctx', replace(current_setting('adviespunt.ctx'),"
        " '|1|', '|1,2|'), true)"
    )
    with pytest.raises(ProgrammingError, match="bad context signature"):
        with acting_as(ANNA):
            injected(f"{wider}, {NAMES}")


def test_p19_a_context_with_a_made_up_signature_is_refused(open_wall: str) -> None:
    with pytest.raises(ProgrammingError, match="bad context signature"):
        with acting_as(ANNA):
            injected(f"{forged(ANNA.user_id)}, {NAMES}")


def test_p19_an_empty_or_missing_signature_is_refused(open_wall: str) -> None:
    for value in ("''", "NULL"):
        with pytest.raises(ProgrammingError, match="bad context signature"):
            with acting_as(ANNA):
                injected(f"set_config('adviespunt.sig', {value}, true), {NAMES}")


def test_p19_an_empty_context_shows_nothing(open_wall: str) -> None:
    with acting_as(ANNA):
        ((_set, names),) = injected(f"set_config('adviespunt.ctx', '', true), {NAMES}")
        assert names is None


def test_p19_a_context_of_another_backend_is_refused(open_wall: str) -> None:
    """Replay: a good signature, seen or leaked in a session on another connection."""
    with embedded.current().superuser(open_wall) as other:
        good = NADIA.parameters(other.info.backend_pid)
        with pytest.raises(ProgrammingError, match="context replayed"):
            with acting_as(ANNA):
                injected(f"{with_context(good)}, {NAMES}")


def test_p19_an_expired_context_is_refused(
    open_wall: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting_as(ANNA):
        pid = connection.connection.info.backend_pid
        real = time.time()
        with monkeypatch.context() as clock:
            clock.setattr(scopes.time, "time", lambda: real - scopes.LIFETIME - 2)
            old = NADIA.parameters(pid)
        ((*_set, names),) = injected(f"{with_context(NADIA.parameters(pid))}, {NAMES}")
        assert "wulpenhorst" in names
    with pytest.raises(ProgrammingError, match="context expired"):
        with acting_as(ANNA):
            assert connection.connection.info.backend_pid == pid
            injected(f"{with_context(old)}, {NAMES}")


@pytest.mark.parametrize("kind", ["portal", "public", "job", "identity", "dispatch"])
def test_p20_a_session_of_another_kind_does_not_become_staff(
    open_wall: str, kind: Any
) -> None:
    """The context of the session is good, but it was signed for another role."""
    scope = Scope(kind, GERARD.user_id, (1,), 1, (1,))
    with pytest.raises(ProgrammingError, match="context of another kind"):
        with acting_as(scope):
            injected("set_config('role', 'adviespunt_staff', true)")
            injected(NAMES)


@pytest.mark.parametrize(
    ("scope", "role", "query"),
    [
        (ANNA, "job", "(SELECT count(*) FROM signalering_bestand)"),
        (GERARD, "job", "(SELECT count(*) FROM cases_kwestie)"),
        (GERARD, "dispatch", "(SELECT count(*) FROM tenants_job)"),
        (VISITOR, "portal", "(SELECT count(*) FROM signalering_rapportage)"),
        (ANNA, "public", "(SELECT count(*) FROM signalering_publicatie)"),
        (GERARD, "identity", "(SELECT count(*) FROM tenants_membership)"),
    ],
)
def test_p20_nor_any_other_role(
    open_wall: str, scope: Scope, role: str, query: str
) -> None:
    with pytest.raises(ProgrammingError, match="context of another kind"):
        with acting_as(scope):
            injected(f"set_config('role', 'adviespunt_{role}', true)")
            injected(query)


@pytest.mark.parametrize("scope", [ANNA, GERARD, VISITOR])
def test_the_key_cannot_be_read(open_wall: str, scope: Scope) -> None:
    for sql in (
        "(SELECT encode(ipad, 'hex') FROM adviespunt.ctx_key)",
        "(SELECT count(*) FROM adviespunt.ctx_key)",
    ):
        with pytest.raises(ProgrammingError, match="permission denied for table"):
            with acting_as(scope):
                injected(sql)
    with pytest.raises(ProgrammingError, match="permission denied for table"):
        injected("(SELECT count(*) FROM adviespunt.ctx_key)")
    with acting_as(scope):
        ((found,),) = injected(
            "(SELECT count(*) FROM pg_stats WHERE tablename = 'ctx_key')"
        )
        assert found == 0


def test_a_context_cannot_be_signed_by_guessing_through_the_policies(
    open_wall: str,
) -> None:
    """The answer to every wrong signature is the same, whichever digit is right."""
    errors = set()
    with acting_as(ANNA):
        ((signature,),) = injected("current_setting('adviespunt.sig')")
    for wrong in (signature[:-1] + "x", "x" + signature[1:], "x" * 64):
        with pytest.raises(ProgrammingError) as caught:
            with acting_as(ANNA):
                injected(f"set_config('adviespunt.sig', '{wrong}', true), {NAMES}")
        errors.add(str(caught.value).split("\n")[0])
    assert errors == {"bad context signature"}


def test_a_setting_for_the_session_does_not_reach_the_next_person(
    open_wall: str,
) -> None:
    """set_config(…, false) outlives the transaction; the next context overrides it."""
    with acting_as(NADIA):
        pid = connection.connection.info.backend_pid
        for name in ("role", "adviespunt.ctx", "adviespunt.sig"):
            injected(f"set_config('{name}', current_setting('{name}'), false)")
    with acting_as(ANNA):
        assert connection.connection.info.backend_pid == pid
        ((names,),) = injected(NAMES)
        assert names == "Loket arnhem"
    with acting_as(VISITOR), pytest.raises(ProgrammingError, match="permission denied"):
        injected(NAMES)


def test_without_the_file_the_login_role_can_be_read(open_wall: str) -> None:
    """The residual risk of the module's docstring, where wall 2 is missing."""
    hashes = "(SELECT count(password) FROM tenants_user)"
    with pytest.raises(ProgrammingError, match="permission denied"):
        with acting_as(GERARD):
            injected(f"set_config('role', 'none', true), {hashes}")  # one statement
    with acting_as(GERARD):
        injected("set_config('role', 'none', true)")
        ((found,),) = injected(hashes)  # a second one
        assert found == len(people.PEOPLE) + 1  # and who did not sign
    with acting_as(GERARD):
        ((_set, words),) = injected(
            "set_config('role', 'none', true), (SELECT count(*) FROM ts_stat("
            "'SELECT to_tsvector(''simple'', password) FROM tenants_user'))"
        )
        assert words > 0


# --------------------------------------------------- 1 and 2: nothing to inject with

CLOSED: dict[str, str] = {
    "role to staff": "set_config('role', 'adviespunt_staff', true)",
    "role to the login role": "set_config('role', 'none', true)",
    "tenants": forged(),
    "for the session": "set_config('adviespunt.ctx', 'x', false)",
    "search path": "set_config('search_path', 'pg_temp', false)",
    "by way of the view": "1 FROM pg_settings WHERE set_config(name, '', true) = ''",
    "a query inside ts_stat": "word FROM ts_stat('SELECT to_tsvector(email)"
    " FROM tenants_user')",
    "a query inside ts_rewrite": "ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery,"
    " to_tsquery(email) FROM tenants_user')",
    "a query inside xml": "query_to_xml('SELECT * FROM tenants_user', true, true, '')",
    "a table as xml": "table_to_xml('tenants_user', true, true, '')",
    "the database as xml": "database_to_xml(true, true, '')",
    "large object": "lo_from_bytea(0, 'x')",
    "empty large object": "lo_create(0)",
    "end other sessions": "pg_terminate_backend(pid) FROM pg_stat_activity",
    "cancel other sessions": "pg_cancel_backend(pid) FROM pg_stat_activity",
    "read a file": "pg_read_file('postgresql.conf')",
    "read a file as bytes": "pg_read_binary_file('PG_VERSION')",
    "list a folder": "pg_ls_dir('.')",
    "stat a file": "pg_stat_file('PG_VERSION')",
    "import a file": "lo_import('/etc/hostname')",
    "read the settings file": "count(*) FROM pg_hba_file_rules",
    "password hashes of the server": "rolpassword FROM pg_authid",
    "another database": "dblink('dbname=postgres', 'SELECT 1')",
    "rows of every table": "n_tup_ins FROM pg_stat_all_tables",
    "rows of one table": "pg_stat_get_live_tuples('cases_meldcodetraject'::regclass)",
    "what the planner thinks": "reltuples FROM pg_class",
    "size of a table": "pg_total_relation_size('cases_kwestie')",
    "size of the database": "pg_database_size(current_database())",
    "rows of the database": "tup_inserted FROM pg_stat_database",
    "other sessions": "pid FROM pg_stat_activity",
    "what is being worked on": "relation FROM pg_locks",
    "the lock of the sealer": "pg_advisory_lock(741500005)",
    "the same, shared": "pg_try_advisory_lock_shared(741500005)",
    "a message": "pg_notify('x', 'y')",
    "the log of the server": "pg_logical_emit_message(false, 'x', 'y')",
    "reload the settings": "pg_reload_conf()",
    "switch the log": "pg_rotate_logfile()",
}


@pytest.mark.parametrize("name", CLOSED)
@pytest.mark.parametrize(
    "scope", [ANNA, GERARD, VISITOR], ids=["staff", "portal", "public"]
)
def test_a_function_that_would_get_out_is_closed(
    wall: str, name: str, scope: Scope
) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|does not exist"):
        with acting_as(scope):
            injected(CLOSED[name])


STACKED: dict[str, str] = {
    "back to the login role": "1; RESET ROLE",
    "another role": "1; SET ROLE adviespunt_staff",
    "another session": "1; SET SESSION AUTHORIZATION adviespunt_owner",
    "a context": "1; SET LOCAL adviespunt.ctx = 'x'",
    "end the transaction": "1; COMMIT",
    "a password": "1; UPDATE tenants_user SET password = 'x'",
}


@pytest.mark.parametrize("name", STACKED)
@pytest.mark.parametrize("params", [(), (1,)], ids=["bare", "with parameters"])
def test_a_second_statement_is_a_syntax_error(
    wall: str, name: str, params: tuple[object, ...]
) -> None:
    """Also without parameters, where psycopg would by itself allow several."""
    bound = " + 0 * %s" if params else ""
    sql = STACKED[name].replace("1;", f"1{bound};", 1)
    with pytest.raises(ProgrammingError, match="multiple commands"):
        with acting_as(GERARD):
            injected(sql, *params)


@pytest.mark.parametrize(
    "scope", [ANNA, GERARD, VISITOR], ids=["staff", "portal", "public"]
)
@pytest.mark.parametrize(
    "statement",
    [
        "SET SESSION AUTHORIZATION adviespunt_owner",
        "SET SESSION AUTHORIZATION postgres",
        "SET ROLE adviespunt_owner",
        "SET ROLE postgres",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "COPY (SELECT 1) TO '/tmp/adviespunt-uit'",
        "COPY tenants_tenant FROM '/etc/hostname'",
        "CREATE TABLE public.eigen (x int)",
        "CREATE TABLE adviespunt.eigen (x int)",
        "CREATE TEMP TABLE cases_client (x int)",
        "CREATE SCHEMA eigen",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE EXTENSION dblink",
        "CREATE ROLE eigen",
        "ALTER ROLE adviespunt_app SUPERUSER",
        "ALTER TABLE cases_client DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE cases_client NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE cases_client DISABLE TRIGGER ALL",
        "DROP POLICY cases_client_staff_lees ON cases_client",
        "CREATE OR REPLACE FUNCTION adviespunt.ctx(kind text) RETURNS text[]"
        " LANGUAGE sql RETURN NULL",
        "SET session_replication_role = replica",
        "DO $$ BEGIN EXECUTE 'SET ROLE adviespunt_owner'; END $$",
    ],
)
def test_even_a_whole_statement_gets_nowhere(
    wall: str, scope: Scope, statement: str
) -> None:
    """What would be left if somebody did run statements of her own in a session."""
    with pytest.raises(
        DatabaseError,
        match=r"permission denied|must be (owner|superuser|able)|does not exist",
    ):
        with acting_as(scope), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_setting_of_the_view_of_settings_cannot_be_written(wall: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        with acting_as(GERARD), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE pg_settings SET setting = 'none' WHERE name = 'role'"
            )


def test_only_who_is_named_may_connect_and_nobody_makes_temporary_tables(
    wall: str,
) -> None:
    with admin() as server:
        server.execute("CREATE ROLE adviespunt_vreemd")
        try:
            found = server.execute(
                "SELECT r, p, has_database_privilege(r, %s, p) FROM"
                " unnest(ARRAY['adviespunt_app', 'adviespunt_vreemd']) r,"
                " unnest(ARRAY['CONNECT', 'TEMP']) p ORDER BY 1, 2",
                [wall],
            ).fetchall()
        finally:
            server.execute("DROP ROLE adviespunt_vreemd")
    assert found == [
        ("adviespunt_app", "CONNECT", True),
        ("adviespunt_app", "TEMP", False),
        ("adviespunt_vreemd", "CONNECT", False),
        ("adviespunt_vreemd", "TEMP", False),
    ]


def test_the_wrong_password_does_not_sign_in(wall: str) -> None:
    """The socket is closed to others, and still every role has its password."""
    entry = embedded.current().database("app", wall)
    for user in ("adviespunt_app", "adviespunt_owner", "postgres", "adviespunt_staff"):
        with pytest.raises(psycopg.OperationalError, match="authentication failed"):
            psycopg.connect(
                host=entry["HOST"], user=user, password="x", dbname=entry["NAME"]
            )


def test_the_orm_binds_what_comes_from_outside(wall: str) -> None:
    """The values of forms and addresses reach SQL as parameters, never as text."""
    hostile = "x' OR set_config('role', 'none', true) = 'none' --"
    with acting_as(ANNA):
        assert not Kwestie.objects.filter(nummer=hostile).exists()
        assert not Kwestie.objects.filter(extern_nummer__icontains=hostile).exists()
        assert not Client.objects.filter(extern_code__in=[hostile, "%"]).exists()
        assert Kwestie.objects.count() == 2
