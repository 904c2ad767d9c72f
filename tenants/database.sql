-- Once per database of the application, as superuser, after bootstrap.sql and
-- CREATE DATABASE. Safe to run again; run it again after a restore.
--
-- Closes what stock PostgreSQL leaves open to every role and this application never
-- uses: changing settings from inside a SELECT (set_config), functions that run SQL
-- given to them as text, large objects, ending other sessions, temporary tables.
-- Where no superuser is to be had, the signed context still holds (docs/threat-model.md).
DO $$
DECLARE
  f regprocedure;
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO adviespunt_app', current_database());
  EXECUTE format(
    'GRANT CONNECT ON DATABASE %I TO adviespunt_openbaar', current_database());
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
