"""The only policy SQL: which rows of which tenant a database role may touch.

Invariant: every table with a tenant_id has row security enabled and forced, a
RESTRICTIVE floor for each role that has any grant on it, and composite foreign keys.
A role that is not named in ``isolate`` has no grant at all: to it the table is shut.

Migrations call these functions, so a table is never there without its walls.
Guarded by tests/isolation/test_catalogue.py and test_leaks.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import migrations

NOOP = migrations.RunSQL.noop

FUNCTIONS = """
-- A function is for the roles that are named with it, never for everybody.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
CREATE SCHEMA IF NOT EXISTS adviespunt;
REVOKE ALL ON SCHEMA adviespunt FROM PUBLIC;
GRANT USAGE ON SCHEMA adviespunt TO adviespunt_app, adviespunt_staff,
  adviespunt_portal, adviespunt_public, adviespunt_job, adviespunt_identity,
  adviespunt_dispatch;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO adviespunt_app, adviespunt_staff,
  adviespunt_portal, adviespunt_public, adviespunt_job, adviespunt_identity,
  adviespunt_dispatch;

-- The two halves of the HMAC key; nobody but the owner can read them.
CREATE TABLE adviespunt.ctx_key (
  id int PRIMARY KEY CHECK (id = 1), ipad bytea NOT NULL, opad bytea NOT NULL
);
REVOKE ALL ON adviespunt.ctx_key FROM PUBLIC;

-- Parts of the signed context: user|kind|read|pid|expiry|write|cases. No context:
-- NULL, so no rows. A forged, replayed, expired or foreign one: an error.
CREATE FUNCTION adviespunt.ctx(kind text) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  c text := NULLIF(current_setting('adviespunt.ctx', true), '');
  s text := current_setting('adviespunt.sig', true);
  k record;
  p text[];
BEGIN
  IF c IS NULL THEN RETURN NULL; END IF;
  SELECT ipad, opad INTO STRICT k FROM adviespunt.ctx_key WHERE id = 1;
  IF s IS DISTINCT FROM encode(
    sha256(k.opad || sha256(k.ipad || convert_to(c, 'UTF8'))), 'hex'
  ) THEN
    RAISE EXCEPTION 'bad context signature' USING ERRCODE = '42501';
  END IF;
  p := string_to_array(c, '|');
  IF p[2] IS DISTINCT FROM kind THEN
    RAISE EXCEPTION 'context of another kind' USING ERRCODE = '42501';
  END IF;
  IF p[4]::int <> pg_backend_pid() THEN
    RAISE EXCEPTION 'context replayed' USING ERRCODE = '42501';
  END IF;
  IF p[5]::bigint < extract(epoch FROM clock_timestamp()) THEN
    RAISE EXCEPTION 'context expired' USING ERRCODE = '42501';
  END IF;
  RETURN p;
END $$;
-- These two are called once in each query, for each table. In plpgsql: a function in
-- SQL with a search_path starts an executor of its own at every call, which costs as
-- much as checking the signature (make bench, rls_cost).
CREATE FUNCTION adviespunt.signed(kind text, what text) RETURNS int[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN string_to_array(NULLIF((adviespunt.ctx(kind))[
    CASE what WHEN 'read' THEN 3 WHEN 'write' THEN 6 WHEN 'cases' THEN 7 END
  ], ''), ',')::int[];
END $$;
CREATE FUNCTION adviespunt.ctx_user(kind text) RETURNS uuid
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN NULLIF((adviespunt.ctx(kind))[1], '')::uuid;
END $$;
REVOKE ALL ON FUNCTION adviespunt.ctx(text), adviespunt.signed(text, text),
  adviespunt.ctx_user(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION adviespunt.ctx(text), adviespunt.signed(text, text),
  adviespunt.ctx_user(text) TO adviespunt_staff, adviespunt_portal,
  adviespunt_public, adviespunt_job, adviespunt_identity, adviespunt_dispatch;

-- A row never moves to another tenant, not even between two of one's own, and never
-- takes the id of another: it would inherit what hangs on that (a bespreking).
CREATE FUNCTION adviespunt.keep_tenant() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.tenant_id IS DISTINCT FROM OLD.tenant_id THEN
    RAISE EXCEPTION 'tenant_id is immutable' USING ERRCODE = '42501';
  END IF;
  IF NEW.id IS DISTINCT FROM OLD.id THEN
    RAISE EXCEPTION 'id is immutable' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
"""


@dataclass(frozen=True, slots=True)
class Grant:
    """What one database role may do with a table of tenants.

    select: True, False or the columns it may read; likewise insert and update.
    scope: the tenants of the signed context that count for reading: read or cases. Of
        case data nothing is written either by who may not read it: an UPDATE or DELETE
        without a condition asks PostgreSQL for no right to read.
    rows: SQL condition on the rows that the role sees (besides the tenant).
    check: SQL condition on the rows that the role writes (besides the tenant).
    """

    role: str
    select: bool | Sequence[str] = False
    insert: bool | Sequence[str] = False
    update: bool | Sequence[str] = False
    delete: bool = False
    scope: str = "read"
    rows: str = "true"
    check: str = "true"


def install() -> list[migrations.RunSQL]:
    """Schema, context functions and the immutability trigger; once per database."""
    return [migrations.RunSQL(FUNCTIONS, NOOP)]


def isolate(table: str, *grants: Grant, column: str = "tenant_id") -> migrations.RunSQL:
    """Row security for ``table``: enabled, forced, floor and grants per role.

    ``column`` holds the tenant's id (``id`` for the table of tenants itself).
    """
    parts: list[Any] = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"REVOKE ALL ON {table} FROM PUBLIC",
    ]
    if column == "tenant_id":
        parts.append(
            f"CREATE TRIGGER {table}_keep_tenant BEFORE UPDATE OF tenant_id, id"
            f" ON {table} FOR EACH ROW EXECUTE FUNCTION adviespunt.keep_tenant()"
        )
    for grant in grants:
        parts += _floor(table, grant, column)
        parts += _rights(table, grant)
    return migrations.RunSQL(parts, NOOP)


def _floor(table: str, grant: Grant, column: str) -> list[str]:
    """RESTRICTIVE policies: read in the read scope, write in the write scope; case data
    are written only where they may be read.
    """
    role, kind = f"adviespunt_{grant.role}", grant.role

    def within(what: str) -> str:
        return (
            f"({column} = ANY ((SELECT adviespunt.signed('{kind}', '{what}'))::int[]))"
        )

    write = within("write")
    if grant.scope != "read":
        write = f"({write} AND {within(grant.scope)})"
    name = f"{table}_{kind}"
    policy = f"ON {table} AS RESTRICTIVE"
    return [
        f"CREATE POLICY {name}_lees {policy} FOR SELECT TO {role}"
        f" USING ({within(grant.scope)})",
        f"CREATE POLICY {name}_nieuw {policy} FOR INSERT TO {role}"
        f" WITH CHECK ({write})",
        f"CREATE POLICY {name}_wijzig {policy} FOR UPDATE TO {role}"
        f" USING ({write}) WITH CHECK ({write})",
        f"CREATE POLICY {name}_weg {policy} FOR DELETE TO {role} USING ({write})",
        f"CREATE POLICY {name} ON {table} FOR ALL TO {role}"
        f" USING ({grant.rows}) WITH CHECK ({grant.check})",
    ]


def _rights(table: str, grant: Grant) -> list[str]:
    role = f"adviespunt_{grant.role}"
    rights = []
    for verb in ("select", "insert", "update"):
        what = getattr(grant, verb)
        if what:
            columns = "" if what is True else f" ({', '.join(what)})"
            rights.append(f"GRANT {verb.upper()}{columns} ON {table} TO {role}")
    if grant.delete:
        rights.append(f"GRANT DELETE ON {table} TO {role}")
    return rights


def admit(table: str, *grants: Grant, column: str = "tenant_id") -> list[str]:
    """What ``isolate`` says of these roles, for a table that is isolated already."""
    parts = []
    for grant in grants:
        parts += [*_floor(table, grant, column), *_rights(table, grant)]
    return parts


def policy(table: str, name: str, role: str, verb: str, using: str) -> list[str]:
    """One permissive policy for a role outside the tenants' scheme of things."""
    clause = "WITH CHECK" if verb == "INSERT" else "USING"
    return [
        f"CREATE POLICY {table}_{name} ON {table} FOR {verb} TO adviespunt_{role}"
        f" {clause} ({using})"
    ]


def composite_key(table: str, column: str, target: str) -> migrations.RunSQL:
    """Foreign key (tenant_id, column) → target (tenant_id, id).

    Foreign-key checks pass by row security; the pair keeps them inside the tenant.
    The Django field has ``db_constraint=False``.
    """
    name = f"{table}_{column}_tenant"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (tenant_id, {column})"
        f" REFERENCES {target} (tenant_id, id)",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def run(*statements: str) -> migrations.RunSQL:
    """Plain SQL of a migration (triggers, grants); it is not undone."""
    return migrations.RunSQL(list(statements), NOOP)


def open_frame_table(table: str, verbs: str = "SELECT, INSERT, UPDATE, DELETE") -> str:
    """GRANT on a table without tenants (users, sessions) for the login role."""
    return f"GRANT {verbs} ON {table} TO adviespunt_app"
