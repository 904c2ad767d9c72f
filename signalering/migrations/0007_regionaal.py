"""Reports of regions, and what the deepening of a report counts.

A region reports on what every member discussed, is released only in the knowledge of
what its members released (and they of it), and is public after all were discussed."""

import django.contrib.postgres.fields
from django.db import migrations, models

from tenants import rls


def names() -> django.contrib.postgres.fields.ArrayField:
    return django.contrib.postgres.fields.ArrayField(
        base_field=models.CharField(max_length=160),
        blank=True,
        db_default=models.Value([]),
        default=list,
        size=None,
    )


REGIONAAL = """
CREATE FUNCTION adviespunt.regio_besproken(leden int[], code text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
RETURN NOT EXISTS (
  SELECT FROM unnest(leden) AS lid WHERE NOT EXISTS (
    SELECT FROM signalering_rapportage r
    WHERE r.tenant_id = lid AND r.periode = code AND r.status IN
      ('BESPROKEN', 'VASTGESTELD', 'OPENBAAR_DEELS', 'VERTROUWELIJK_AFGEROND')));

CREATE FUNCTION adviespunt.bewaak_regionaal() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  is_regio boolean := EXISTS (
    SELECT FROM tenants_tenant t WHERE t.id = NEW.tenant_id AND t.type = 'regio');
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.leden, NEW.deelnemers) IS DISTINCT FROM (OLD.leden, OLD.deelnemers) THEN
      RAISE EXCEPTION 'rapportage_grondslag_staat_vast' USING ERRCODE = '23514';
    END IF;
    IF NEW.status <> OLD.status AND NEW.status IN ('AANGEBODEN', 'OPENBAAR_DEELS')
       AND NOT adviespunt.regio_besproken(NEW.leden, NEW.periode) THEN
      RAISE EXCEPTION 'regio_leden_niet_besproken' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF is_regio <> (cardinality(NEW.leden) > 1)
     OR is_regio AND (NEW.periode LIKE '%Q%' OR EXISTS (
       SELECT FROM unnest(NEW.leden) AS lid WHERE NOT EXISTS (
         SELECT FROM tenants_regiolid g WHERE g.tenant_id = NEW.tenant_id
           AND g.lid_id = lid AND g.van <= NEW.van
           AND (g.tot IS NULL OR g.tot >= NEW.tot)))) THEN
    RAISE EXCEPTION 'rapportage_van_een_regio' USING ERRCODE = '23514';
  END IF;
  IF NOT adviespunt.regio_besproken(NEW.leden, NEW.periode) THEN
    RAISE EXCEPTION 'regio_leden_niet_besproken' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_rapportage_regionaal BEFORE INSERT OR UPDATE
  ON signalering_rapportage FOR EACH ROW
  EXECUTE FUNCTION adviespunt.bewaak_regionaal();

-- The members and their region are read next to each other. Who releases for a region
-- sees the releases of all its members; who releases for a member sees the region's.
CREATE FUNCTION adviespunt.bewaak_uitgifte_regionaal() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  r record;
  b record;
BEGIN
  SELECT leden INTO r FROM signalering_rapportage
    WHERE tenant_id = NEW.tenant_id AND id = NEW.rapportage_id;
  SELECT id, gerekend_met INTO b FROM signalering_beveiliging
    WHERE tenant_id = NEW.tenant_id AND id = NEW.beveiliging_id;
  IF NOT r.leden <@ coalesce(adviespunt.signed('staff', 'read'), '{}') THEN
    RAISE EXCEPTION 'uitgifte_niet_alle_leden' USING ERRCODE = '23514';
  END IF;
  IF EXISTS (
    SELECT FROM signalering_uitgifte u
      JOIN signalering_beveiliging a
        ON a.tenant_id = u.tenant_id AND a.id = u.beveiliging_id
      JOIN signalering_rapportage o
        ON o.tenant_id = u.tenant_id AND o.id = u.rapportage_id
    WHERE u.publiek = NEW.publiek AND u.jaar = NEW.jaar
      AND (u.tenant_id = ANY (r.leden) OR NEW.tenant_id = ANY (o.leden))
      AND NOT a.id = ANY (b.gerekend_met) AND NOT b.id = ANY (a.gerekend_met)) THEN
    RAISE EXCEPTION 'uitgifte_rekent_niet_met_regio' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_uitgifte_regionaal BEFORE INSERT ON signalering_uitgifte
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_uitgifte_regionaal();

CREATE FUNCTION adviespunt.bewaak_publicatie_deelnemers() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM signalering_rapportage r
      WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.rapportage_id
        AND r.deelnemers = NEW.deelnemers) THEN
    RAISE EXCEPTION 'publicatie_is_geen_kopie' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_publicatie_deelnemers BEFORE INSERT
  ON signalering_publicatie FOR EACH ROW
  EXECUTE FUNCTION adviespunt.bewaak_publicatie_deelnemers();
"""

# What the job counts besides the kwesties: coded columns of two tables.
TELLEN = (
    "CREATE POLICY cases_achtergrond_job_telt ON cases_achtergrond FOR SELECT"
    " TO adviespunt_job USING (redenen_inzet <> '{}')",
    "GRANT SELECT (redenen_inzet) ON cases_achtergrond TO adviespunt_job",
    *rls.admit(
        "cases_collectieveactiviteit",
        rls.Grant(
            "job",
            select=("id", "tenant_id", "datum", "soort", "aantal_deelnemers"),
            scope="cases",
        ),
    ),
)


class Migration(migrations.Migration):
    dependencies = [
        ("signalering", "0006_signaal"),
        ("tenants", "0012_regio"),
        ("cases", "0014_avg"),
    ]
    operations = [
        migrations.AddField(
            model_name="rapportage",
            name="leden",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(),
                blank=True,
                db_default=models.Value([]),
                default=list,
                size=None,
            ),
        ),
        migrations.AddField("rapportage", "deelnemers", names()),
        migrations.AddField("publicatie", "deelnemers", names()),
        rls.run(
            REGIONAAL,
            *TELLEN,
            "GRANT EXECUTE ON FUNCTION adviespunt.regio_besproken(int[], text)"
            " TO adviespunt_staff, adviespunt_job",
        ),
    ]
