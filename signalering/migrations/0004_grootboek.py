"""The ledger: it only grows, true numbers stay with the job, and nothing goes out that
does not reckon with what went out before."""

from django.db import migrations

from tenants import rls

# What the checker may read of how figures were protected: no number of a cell.
UITLEG = (
    *("id", "tenant_id", "rapportage_id", "publiek", "jaar", "drempel"),
    *("cijfers_sha256", "gerekend_met", "uitleg", "gemaakt_op"),
)
TABLES = ("beveiliging", "uitgifte", "jaarplan")

GROOTBOEK = """
CREATE FUNCTION adviespunt.grootboek_groeit_alleen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'grootboek_groeit_alleen' USING ERRCODE = '42501';
END $$;

-- A release: these figures, checked (and for the public: discussed), and made in the
-- knowledge of every other release of that year to this audience, or the other way
-- round. Releases of one audience and year wait for each other.
CREATE FUNCTION adviespunt.bewaak_uitgifte() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  r signalering_rapportage;
  b record;
BEGIN
  PERFORM pg_advisory_xact_lock(
    hashtextextended(format('uitgifte %s %s', NEW.publiek, NEW.jaar), NEW.tenant_id));
  SELECT * INTO r FROM signalering_rapportage
    WHERE tenant_id = NEW.tenant_id AND id = NEW.rapportage_id;
  SELECT id, jaar, cijfers_sha256, gerekend_met INTO b FROM signalering_beveiliging
    WHERE tenant_id = NEW.tenant_id AND id = NEW.beveiliging_id
      AND rapportage_id = NEW.rapportage_id AND publiek = NEW.publiek;
  IF b.id IS NULL OR (NEW.jaar, NEW.cijfers_sha256) IS DISTINCT FROM
     (b.jaar, b.cijfers_sha256) OR NOT (
       NEW.publiek = 'openbaar' AND (NEW.cijfers, NEW.cijfers_sha256)
         IS NOT DISTINCT FROM (r.cijfers_openbaar, r.openbaar_sha256)
       OR NEW.publiek = 'opdrachtgever' AND (NEW.cijfers, NEW.cijfers_sha256)
         IS NOT DISTINCT FROM (r.cijfers, r.cijfers_sha256)) THEN
    RAISE EXCEPTION 'uitgifte_zonder_beveiliging' USING ERRCODE = '23514';
  END IF;
  IF NEW.publiek = 'opdrachtgever' AND (r.status = 'INTERNE_CONTROLE'
       AND r.toets_door_id IS NOT NULL) IS NOT TRUE
     OR NEW.publiek = 'openbaar' AND (r.status = 'VASTGESTELD'
       AND adviespunt.is_besproken(r.tenant_id, r.id)) IS NOT TRUE THEN
    RAISE EXCEPTION 'uitgifte_te_vroeg' USING ERRCODE = '23514';
  END IF;
  IF EXISTS (
    SELECT FROM signalering_uitgifte u JOIN signalering_beveiliging a
      ON a.tenant_id = u.tenant_id AND a.id = u.beveiliging_id
    WHERE u.tenant_id = NEW.tenant_id AND u.publiek = NEW.publiek AND u.jaar = NEW.jaar
      AND NOT a.id = ANY (b.gerekend_met) AND NOT b.id = ANY (a.gerekend_met)) THEN
    RAISE EXCEPTION 'uitgifte_rekent_niet_met_eerdere' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_uitgifte_bewaking BEFORE INSERT ON signalering_uitgifte
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_uitgifte();

-- Nobody reads a report that is not in the ledger.
CREATE FUNCTION adviespunt.bewaak_uitgegeven() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  publiek_nodig text := (CASE NEW.status WHEN 'AANGEBODEN' THEN 'opdrachtgever'
    WHEN 'OPENBAAR_DEELS' THEN 'openbaar' END);
BEGIN
  IF NEW.status <> OLD.status AND publiek_nodig IS NOT NULL AND NOT EXISTS (
    SELECT FROM signalering_uitgifte u WHERE u.tenant_id = NEW.tenant_id
      AND u.rapportage_id = NEW.id AND u.publiek = publiek_nodig) THEN
    RAISE EXCEPTION 'rapportage_zonder_uitgifte' USING ERRCODE = '23514';
  END IF;
  IF NEW.weglaten IS DISTINCT FROM OLD.weglaten AND OLD.cijfers_sha256 <> '' THEN
    RAISE EXCEPTION 'rapportage_cijfers_staan_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_rapportage_uitgegeven BEFORE UPDATE ON signalering_rapportage
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_uitgegeven();
"""


class Migration(migrations.Migration):
    dependencies = [("signalering", "0003_uitgifte")]

    operations = [
        rls.isolate(
            "signalering_beveiliging",
            rls.Grant("staff", select=UITLEG),
            rls.Grant("job", select=True, insert=True),
        ),
        rls.isolate(
            "signalering_uitgifte",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                check="door_id IS NOT DISTINCT FROM"
                " (SELECT adviespunt.ctx_user('staff'))",
            ),
            rls.Grant("job", select=True),
        ),
        rls.isolate(
            "signalering_jaarplan",
            rls.Grant("staff", select=True),
            rls.Grant("job", select=True, insert=True),
        ),
        *(
            rls.composite_key(
                f"signalering_{table}", "rapportage_id", "signalering_rapportage"
            )
            for table in ("beveiliging", "uitgifte")
        ),
        rls.composite_key(
            "signalering_uitgifte", "beveiliging_id", "signalering_beveiliging"
        ),
        rls.run(
            GROOTBOEK,
            *(
                f"CREATE TRIGGER signalering_{table}_groeit BEFORE UPDATE OR DELETE ON"
                f" signalering_{table} FOR EACH ROW"
                " EXECUTE FUNCTION adviespunt.grootboek_groeit_alleen()"
                for table in TABLES
            ),
            "GRANT UPDATE (weigering) ON signalering_rapportage TO adviespunt_job",
        ),
    ]
