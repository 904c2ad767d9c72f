#!/bin/sh
# First start of an empty PostgreSQL: roles, passwords, the database and its locks.
# Later changes are `migrate`'s; after a restore see docs/operations.md.
set -eu

run() { psql -v ON_ERROR_STOP=1 -X -q -U "${POSTGRES_USER:-postgres}" "$@"; }

run -d postgres -f /adviespunt/bootstrap.sql
run -d postgres <<'SQL'
\set owner `cat /run/secrets/db_owner`
\set app `cat /run/secrets/db_app`
\set openbaar `cat /run/secrets/db_openbaar`
\set loket `cat /run/secrets/db_loket`
ALTER ROLE adviespunt_owner PASSWORD :'owner';
ALTER ROLE adviespunt_app PASSWORD :'app';
ALTER ROLE adviespunt_openbaar PASSWORD :'openbaar';
ALTER ROLE adviespunt_loket PASSWORD :'loket';
CREATE DATABASE adviespunt OWNER adviespunt_owner;
SQL
run -d adviespunt -f /adviespunt/database.sql
