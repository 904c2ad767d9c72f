"""An objection to publication is decided about once, with a reason, and is printed.

Nothing is established while the objection of the last reaction waits, and nothing
becomes public over one that was upheld. Of what was turned down the publication holds a
copy. The twins in words are in ``signalering.lifecycle.bezwaar``."""

from django.db import migrations, models

from tenants import rls

BEZWAAR = """
CREATE FUNCTION adviespunt.bewaak_reactie() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.bezwaar_besluit <> '' THEN
      RAISE EXCEPTION 'reactie_bezwaar_staat_vast' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.bezwaar_besluit <> '' OR NEW.bezwaar_besluit = ''
     OR NEW.bezwaar_besloten_door_id IS DISTINCT FROM adviespunt.ctx_user('staff')
     OR NOT EXISTS (
       SELECT FROM signalering_rapportage r WHERE r.tenant_id = NEW.tenant_id
         AND r.id = NEW.rapportage_id
         AND r.status IN ('AANGEBODEN', 'IN_BESPREKING', 'BESPROKEN')) THEN
    RAISE EXCEPTION 'reactie_bezwaar_staat_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_reactie_bewaking
  BEFORE INSERT OR UPDATE ON signalering_reactie
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_reactie();

CREATE FUNCTION adviespunt.bewaak_rapportbezwaar() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  a signalering_reactie;
BEGIN
  SELECT * INTO a FROM signalering_reactie x
    WHERE x.tenant_id = NEW.tenant_id AND x.rapportage_id = NEW.id
    ORDER BY x.gegeven_op DESC LIMIT 1;
  IF NEW.status = 'VASTGESTELD' AND a.bezwaar <> '' AND a.bezwaar_besluit = '' THEN
    RAISE EXCEPTION 'rapportage_met_open_bezwaar' USING ERRCODE = '23514';
  END IF;
  IF NEW.status = 'OPENBAAR_DEELS' AND a.bezwaar_besluit = 'GEHONOREERD' THEN
    RAISE EXCEPTION 'rapportage_met_bezwaar' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_rapportage_tegenspraak BEFORE UPDATE ON signalering_rapportage
  FOR EACH ROW WHEN (NEW.status <> OLD.status)
  EXECUTE FUNCTION adviespunt.bewaak_rapportbezwaar();

CREATE FUNCTION adviespunt.bewaak_publicatie_bezwaar() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.bezwaar, NEW.bezwaar_motivering, NEW.bezwaar_besloten_op)
       IS DISTINCT FROM (OLD.bezwaar, OLD.bezwaar_motivering, OLD.bezwaar_besloten_op)
       AND (NEW.ingetrokken_op IS NULL OR OLD.ingetrokken_op IS NOT NULL
         OR (NEW.bezwaar, NEW.bezwaar_motivering) <> ('', '')) THEN
      RAISE EXCEPTION 'publicatie_staat_vast' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.bezwaar, NEW.bezwaar_motivering) <> ('', '') AND NOT EXISTS (
    SELECT FROM signalering_reactie a
    WHERE a.tenant_id = NEW.tenant_id AND a.rapportage_id = NEW.rapportage_id
      AND (a.bezwaar, a.bezwaar_motivering, a.bezwaar_besloten_op, a.bezwaar_besluit)
        = (NEW.bezwaar, NEW.bezwaar_motivering, NEW.bezwaar_besloten_op, 'AFGEWEZEN'))
  THEN
    RAISE EXCEPTION 'publicatie_is_geen_kopie' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_publicatie_bezwaar
  BEFORE INSERT OR UPDATE ON signalering_publicatie
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_publicatie_bezwaar();

-- As in migration 0002, and the objection goes with the rest when it is withdrawn.
CREATE OR REPLACE FUNCTION adviespunt.bewaak_publicatie() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  r signalering_rapportage;
  withdrawn text[] := ARRAY['cijfers', 'reactie', 'reactie_functie', 'pdf',
    'pdf_sha256', 'ingetrokken_op', 'ingetrokken_reden', 'bezwaar',
    'bezwaar_motivering', 'bezwaar_besloten_op'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO r FROM signalering_rapportage
      WHERE tenant_id = NEW.tenant_id AND id = NEW.rapportage_id;
    IF r.status IS DISTINCT FROM 'OPENBAAR_DEELS' OR NOT EXISTS (
      SELECT FROM signalering_bespreking b
      WHERE b.tenant_id = r.tenant_id AND b.rapportage_id = r.id
        AND b.datum = NEW.besproken_op) THEN
      RAISE EXCEPTION 'publicatie_zonder_bespreking' USING ERRCODE = '23514';
    END IF;
    IF (NEW.cijfers, NEW.cijfers_sha256, NEW.periode, NEW.van, NEW.tot, NEW.peildatum,
        NEW.versie, NEW.diensten, NEW.drempel, NEW.vastgesteld_op)
       IS DISTINCT FROM
       (r.cijfers_openbaar, r.openbaar_sha256, r.periode, r.van, r.tot, r.peildatum,
        r.versie, r.diensten, r.drempel_openbaar, r.vastgesteld_op)
       OR NEW.reactie <> '' AND NOT EXISTS (
        SELECT FROM signalering_reactie a
        WHERE a.tenant_id = r.tenant_id AND a.rapportage_id = r.id
          AND (a.tekst, a.functie) = (NEW.reactie, NEW.reactie_functie))
       OR NEW.pdf <> '' AND NOT EXISTS (
        SELECT FROM signalering_bestand f
        WHERE f.tenant_id = r.tenant_id AND f.rapportage_id = r.id
          AND (f.publiek, f.naam, f.sha256) = ('openbaar', NEW.pdf, NEW.pdf_sha256))
    THEN
      RAISE EXCEPTION 'publicatie_is_geen_kopie' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  -- Afterwards a publication can only be withdrawn, once.
  IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;
  IF OLD.ingetrokken_op IS NOT NULL OR NEW.ingetrokken_op IS NULL
     OR to_jsonb(NEW) - withdrawn IS DISTINCT FROM to_jsonb(OLD) - withdrawn THEN
    RAISE EXCEPTION 'publicatie_staat_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
"""
KOLOMMEN = (
    *("bezwaar_besluit", "bezwaar_motivering"),
    *("bezwaar_besloten_door_id", "bezwaar_besloten_op"),
)


def text() -> models.TextField:
    return models.TextField(blank=True, db_default="", default="")


class Migration(migrations.Migration):
    dependencies = [
        ("signalering", "0010_reeks"),
        ("tenants", "0018_groepen"),
    ]

    operations = [
        migrations.AddField(
            "reactie",
            "bezwaar_besluit",
            models.CharField(
                blank=True,
                choices=[
                    ("", "Nog geen besluit"),
                    ("AFGEWEZEN", "Het rapport wordt toch deels openbaar"),
                    ("GEHONOREERD", "Het rapport wordt niet openbaar"),
                ],
                db_default="",
                default="",
                max_length=11,
            ),
        ),
        migrations.AddField("reactie", "bezwaar_motivering", text()),
        migrations.AddField(
            "reactie", "bezwaar_besloten_door_id", models.UUIDField(null=True)
        ),
        migrations.AddField(
            "reactie", "bezwaar_besloten_op", models.DateField(null=True)
        ),
        migrations.AddConstraint(
            "reactie",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("bezwaar_besloten_door_id__isnull", True),
                        ("bezwaar_besloten_op__isnull", True),
                        ("bezwaar_besluit", ""),
                        ("bezwaar_motivering", ""),
                    ),
                    models.Q(
                        models.Q(("bezwaar", ""), _negated=True),
                        ("bezwaar_besloten_door_id__isnull", False),
                        ("bezwaar_besloten_op__isnull", False),
                        ("bezwaar_besluit__in", ["AFGEWEZEN", "GEHONOREERD"]),
                        ("bezwaar_motivering__regex", "\\S"),
                    ),
                    _connector="OR",
                ),
                name="reactie_bezwaar_besluit",
            ),
        ),
        migrations.AddField("publicatie", "bezwaar", text()),
        migrations.AddField("publicatie", "bezwaar_motivering", text()),
        migrations.AddField(
            "publicatie", "bezwaar_besloten_op", models.DateField(null=True)
        ),
        migrations.AddConstraint(
            "publicatie",
            models.CheckConstraint(
                condition=models.Q(
                    ("ingetrokken_op__isnull", True),
                    models.Q(("bezwaar", ""), ("bezwaar_motivering", "")),
                    _connector="OR",
                ),
                name="publicatie_ingetrokken_bezwaar",
            ),
        ),
        rls.run(
            BEZWAAR,
            f"GRANT UPDATE ({', '.join(KOLOMMEN)}) ON signalering_reactie"
            " TO adviespunt_staff",
        ),
    ]
