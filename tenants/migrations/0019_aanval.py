"""What an attacker found: writing without reading, keys, the second person.

Who may not read the case data of a tenant writes none of it either. Keys are wrapped
again, and taken away from under a tenant, by commands only. The second person of a
meldcode does not take the decision that she looks at. Nobody makes herself the
substitute of a colleague.
"""

from __future__ import annotations

from django.db import migrations

from tenants import rls

# Of every table whose rows are read in the scope ``cases``: the same for writing. For
# tables that are made from now on ``rls`` says so itself.
SCHRIJVEN = """
DO $$
DECLARE
  p record;
  w record;
  schrijf text;
BEGIN
  FOR p IN
    SELECT polrelid::regclass AS tabel, polrelid, polroles,
      pg_get_expr(polqual, polrelid) AS lezen
    FROM pg_policy WHERE NOT polpermissive AND polcmd = 'r'
      AND pg_get_expr(polqual, polrelid) LIKE '%''cases''%'
  LOOP
    schrijf := format('(%s AND %s)', replace(p.lezen, '''cases''', '''write'''), p.lezen);
    FOR w IN
      SELECT polname, polcmd FROM pg_policy
      WHERE polrelid = p.polrelid AND polroles = p.polroles AND NOT polpermissive
        AND polcmd IN ('a', 'w', 'd')
    LOOP
      EXECUTE format('ALTER POLICY %I ON %s', w.polname, p.tabel)
        || CASE WHEN w.polcmd <> 'a' THEN format(' USING (%s)', schrijf) ELSE '' END
        || CASE WHEN w.polcmd <> 'd' THEN format(' WITH CHECK (%s)', schrijf) ELSE '' END;
    END LOOP;
  END LOOP;
END $$;
"""

# A command works for nobody: its context has no user. A page always has one.
SLEUTELS = """
CREATE FUNCTION adviespunt.sleutel_door_opdracht() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF current_user = 'adviespunt_staff'
     AND adviespunt.ctx_user('staff') IS NOT NULL THEN
    RAISE EXCEPTION 'sleutel_door_opdracht' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER privacy_sleutel_door_opdracht AFTER UPDATE ON privacy_sleutel
  FOR EACH STATEMENT EXECUTE FUNCTION adviespunt.sleutel_door_opdracht();
CREATE TRIGGER privacy_tenantsleutel_door_opdracht
  AFTER UPDATE OR DELETE ON privacy_tenantsleutel
  FOR EACH STATEMENT EXECUTE FUNCTION adviespunt.sleutel_door_opdracht();
CREATE TRIGGER privacy_hoofdsleutelproef_door_opdracht
  AFTER DELETE ON privacy_hoofdsleutelproef
  FOR EACH STATEMENT EXECUTE FUNCTION adviespunt.sleutel_door_opdracht();
"""

# After a handover the second person may have the kwestie herself. Then she decides
# nothing, and asks another colleague to look along.
MELDCODE = """
CREATE OR REPLACE FUNCTION adviespunt.bewaak_meldcode() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := adviespunt.ctx_user('staff');
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.gestart_door_id IS DISTINCT FROM me OR NEW.consultatie_op IS NOT NULL THEN
      RAISE EXCEPTION 'meldcode_begint_met_signalen' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.kwestie_id, NEW.gestart_door_id, NEW.aangemaakt_op)
     IS DISTINCT FROM (OLD.kwestie_id, OLD.gestart_door_id, OLD.aangemaakt_op)
     OR (OLD.bevestigd_op IS NOT NULL AND (NEW.bevestigd_op, NEW.is_melden, NEW.is_hulp)
       IS DISTINCT FROM (OLD.bevestigd_op, OLD.is_melden, OLD.is_hulp))
     OR (OLD.gesloten_op IS NOT NULL
       AND NEW.gesloten_op IS DISTINCT FROM OLD.gesloten_op)
     OR (NEW.verantwoordelijke_id IS DISTINCT FROM OLD.verantwoordelijke_id
       AND (OLD.verantwoordelijke_id IS DISTINCT FROM me OR OLD.besluit_op IS NOT NULL))
  THEN
    RAISE EXCEPTION 'meldcode_staat_vast' USING ERRCODE = '23514';
  END IF;
  IF OLD.verantwoordelijke_id = me AND (
       (NEW.besluit_op IS NOT NULL AND NEW.besluit_op IS DISTINCT FROM OLD.besluit_op)
       OR (NEW.is_melden, NEW.is_hulp) IS DISTINCT FROM (OLD.is_melden, OLD.is_hulp))
  THEN
    RAISE EXCEPTION 'meldcode_besluit_door_ander' USING ERRCODE = '23514';
  END IF;
  IF NEW.verantwoordelijke_id IS DISTINCT FROM me
     AND ((OLD.bevestigd_op IS NULL AND NEW.bevestigd_op IS NOT NULL)
       OR (OLD.besluit_op IS NOT NULL AND NEW.besluit_op IS NULL)) THEN
    RAISE EXCEPTION 'meldcode_door_verantwoordelijke' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
"""

# Standing in opens what is STRIKT too, so nobody plans it for herself (S79, S103).
VERVANGING = """
CREATE FUNCTION adviespunt.bewaak_vervanging_door() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.vervanger_id = adviespunt.ctx_user('staff') THEN
    RAISE EXCEPTION 'vervanging_door_ander' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_plaatsvervanging_door BEFORE INSERT ON cases_plaatsvervanging
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_vervanging_door();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0018_groepen"),
        ("cases", "0020_deur"),
    ]

    operations = [
        rls.run(SCHRIJVEN),
        rls.run(SLEUTELS),
        rls.run(MELDCODE),
        rls.run(VERVANGING),
    ]
