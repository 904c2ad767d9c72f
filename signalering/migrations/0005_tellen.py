"""Views shown in fewer groups, and what ties a return code to its kwestie."""

import django.contrib.postgres.fields
from django.db import migrations, models

from tenants import rls

TERUGKOMST = """
-- Only an anonymous kwestie of this tenant comes back with a code.
CREATE FUNCTION adviespunt.bewaak_terugkomst() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'terugkomst_staat_vast' USING ERRCODE = '23514';
  END IF;
  IF NOT EXISTS (SELECT FROM cases_kwestie k WHERE k.tenant_id = NEW.tenant_id
      AND k.id = NEW.kwestie_id AND k.identiteitsstatus = 'ANONIEM') THEN
    RAISE EXCEPTION 'terugkomst_van_anonieme_kwestie' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_terugkomst_bewaking BEFORE INSERT OR UPDATE
  ON tenants_terugkomst FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_terugkomst();

CREATE FUNCTION adviespunt.terugkomst_volgt_kwestie() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM tenants_terugkomst
  WHERE tenant_id = OLD.tenant_id AND kwestie_id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER cases_kwestie_terugkomst AFTER DELETE ON cases_kwestie
  FOR EACH ROW EXECUTE FUNCTION adviespunt.terugkomst_volgt_kwestie();
"""

# Which views are merged is chosen before the figures are there.
SAMENGEVOEGD = """
CREATE FUNCTION adviespunt.bewaak_samengevoegd() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.samengevoegd IS DISTINCT FROM OLD.samengevoegd AND OLD.cijfers_sha256 <> ''
  THEN
    RAISE EXCEPTION 'rapportage_cijfers_staan_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_rapportage_samengevoegd BEFORE UPDATE
  ON signalering_rapportage
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_samengevoegd();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("signalering", "0004_grootboek"),
        ("tenants", "0006_tellen"),
        ("cases", "0007_herstel"),
    ]

    operations = [
        migrations.AddField(
            model_name="rapportage",
            name="samengevoegd",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                db_default=models.Value([]),
                default=list,
                size=None,
            ),
        ),
        migrations.AddConstraint(
            model_name="rapportage",
            constraint=models.CheckConstraint(
                name="rapportage_samengevoegd_lijst",
                condition=models.Q(
                    samengevoegd__contained_by=["wet", "kanaal", "resultaat"]
                ),
            ),
        ),
        rls.run(TERUGKOMST, SAMENGEVOEGD),
    ]
