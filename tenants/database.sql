-- Once per database of the application, as superuser, after bootstrap.sql and
-- CREATE DATABASE. Safe to run again; run it again after a restore.
--
-- Closes what stock PostgreSQL leaves open to every role and this application never
-- uses: changing settings from inside a SELECT (set_config), functions that run SQL
-- given to them as text, large objects, ending other sessions, temporary tables; how
-- many rows the tables of others hold and what other sessions do; locks that outlive a
-- transaction, messages between sessions.
-- Where no superuser is to be had, the signed context still holds (docs/threat-model.md).
DO $$
DECLARE
  f regprocedure;
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO adviespunt_app', current_database());
  EXECUTE format(
    'GRANT CONNECT ON DATABASE %I TO adviespunt_openbaar, adviespunt_loket',
    current_database());
  FOR f IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace
      AND has_function_privilege('public', p.oid, 'EXECUTE')
      AND (p.proname IN (
          'set_config', 'ts_stat', 'pg_terminate_backend', 'pg_cancel_backend',
          'lo_creat', 'lo_create', 'lo_from_bytea')
        OR p.proname ~ '^(query|cursor|table|schema|database)_to_xml'
        OR p.oid = 'ts_rewrite(tsquery, text)'::regprocedure)
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
  -- pg_dump sets its search_path with it.
  GRANT EXECUTE ON FUNCTION set_config(text, text, boolean) TO adviespunt_owner;
END $$;

-- Numbers that stand beside the walls: the counters and sizes of every table are for
-- everybody in stock PostgreSQL. With few people a number says enough: that there is a
-- second meldcode, or how many kwesties. For who watches over the server: pg_monitor.
DO $$
DECLARE
  f regprocedure;
BEGIN
  FOR f IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f'
      AND has_function_privilege('public', p.oid, 'EXECUTE')
      AND (p.proname ~ '^pg_stat_get_'
        OR p.proname ~ '^pg_(table|indexes|relation|total_relation|database|tablespace)_size$'
        OR p.proname = 'pg_lock_status')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO pg_monitor', f);
  END LOOP;
  -- The estimates of the planner are columns of the list of tables.
  REVOKE SELECT ON pg_class FROM PUBLIC;
  EXECUTE (
    SELECT format('GRANT SELECT (%s) ON pg_class TO PUBLIC',
      string_agg(quote_ident(attname), ', '))
    FROM pg_attribute WHERE attrelid = 'pg_class'::regclass
      AND attname NOT IN ('reltuples', 'relpages', 'relallvisible', 'relallfrozen'));
  -- pg_dump reads all of it.
  GRANT SELECT ON pg_class TO adviespunt_owner, pg_monitor;
END $$;

-- A lock of a session outlives its transaction: one query of anybody could keep the
-- sealer of the audit record out for as long as her connection lives. The lock until
-- the end of a transaction is for who writes; messages between sessions for nobody.
DO $$
DECLARE
  f regprocedure;
BEGIN
  FOR f IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace
      AND has_function_privilege('public', p.oid, 'EXECUTE')
      AND (p.proname ~ '^pg_(try_)?advisory_'
        OR p.proname IN ('pg_notify', 'pg_logical_emit_message'))
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
  GRANT EXECUTE ON FUNCTION pg_advisory_xact_lock(bigint)
    TO adviespunt_staff, adviespunt_job, adviespunt_zegel, adviespunt_owner;
END $$;
