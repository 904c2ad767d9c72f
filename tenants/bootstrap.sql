-- Once per PostgreSQL server, as superuser (or as a role that may create roles).
-- Roles belong to the server, not to a database, so no dump brings them along.
-- Safe to run again. Set the passwords afterwards:
--   ALTER ROLE adviespunt_owner PASSWORD '…';  ALTER ROLE adviespunt_app PASSWORD '…';
--   ALTER ROLE adviespunt_openbaar PASSWORD '…';
--   ALTER ROLE adviespunt_loket PASSWORD '…';
--   CREATE DATABASE adviespunt OWNER adviespunt_owner;
-- and then run database.sql in that database.
DO $$
DECLARE
  kind text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'adviespunt_owner') THEN
    CREATE ROLE adviespunt_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
  -- The application signs in as this role. It inherits nothing: without a signed
  -- context for the transaction every table of a tenant is refused.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'adviespunt_app') THEN
    CREATE ROLE adviespunt_app LOGIN NOINHERIT
      NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
  -- The process of the public pages; a member of no other role.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'adviespunt_openbaar') THEN
    CREATE ROLE adviespunt_openbaar LOGIN NOINHERIT
      NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
  ALTER ROLE adviespunt_openbaar SET default_transaction_read_only = on;
  -- The process of the door of visitors; it can become a visitor and nobody else.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'adviespunt_loket') THEN
    CREATE ROLE adviespunt_loket LOGIN NOINHERIT
      NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
  FOREACH kind IN ARRAY
    ARRAY['staff', 'portal', 'public', 'job', 'identity', 'dispatch',
      'audit', 'zegel']
  LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'adviespunt_' || kind) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOBYPASSRLS', 'adviespunt_' || kind);
    END IF;
    EXECUTE format('GRANT %I TO adviespunt_app', 'adviespunt_' || kind);
  END LOOP;
  GRANT adviespunt_public TO adviespunt_loket;
END $$;
