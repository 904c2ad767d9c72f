"""Who may see which report when, and the lifecycle that no role can go round."""

from django.db import migrations

from tenants import rls

ZICHTBAAR = (
    "('AANGEBODEN', 'IN_BESPREKING', 'BESPROKEN', 'VASTGESTELD', 'OPENBAAR_DEELS',"
    " 'VERTROUWELIJK_AFGEROND')"
)
DEFINITIEF = "('VASTGESTELD', 'OPENBAAR_DEELS', 'VERTROUWELIJK_AFGEROND')"
# The portal sees what hangs on a report only with the report itself.
ZICHTBAAR_RAPPORT = "rapportage_id IN (SELECT id FROM signalering_rapportage)"
CHILDREN = ("bespreking", "reactie", "bestand", "publicatie")

LIFECYCLE = """
CREATE FUNCTION adviespunt.rapportage_overgang(van text, naar text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN (van, naar) IN (
  ('CONCEPT', 'INTERNE_CONTROLE'), ('INTERNE_CONTROLE', 'CONCEPT'),
  ('INTERNE_CONTROLE', 'AANGEBODEN'), ('AANGEBODEN', 'IN_BESPREKING'),
  ('IN_BESPREKING', 'BESPROKEN'), ('BESPROKEN', 'VASTGESTELD'),
  ('VASTGESTELD', 'OPENBAAR_DEELS'), ('VASTGESTELD', 'VERTROUWELIJK_AFGEROND'),
  ('CONCEPT', 'INGETROKKEN'), ('INTERNE_CONTROLE', 'INGETROKKEN'),
  ('AANGEBODEN', 'INGETROKKEN'), ('IN_BESPREKING', 'INGETROKKEN'),
  ('BESPROKEN', 'INGETROKKEN'), ('VASTGESTELD', 'INGETROKKEN'),
  ('OPENBAAR_DEELS', 'INGETROKKEN'), ('VERTROUWELIJK_AFGEROND', 'INGETROKKEN')
);

CREATE FUNCTION adviespunt.is_besproken(tenant int, rapport uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
RETURN EXISTS (
  SELECT FROM signalering_bespreking b
  WHERE b.tenant_id = tenant AND b.rapportage_id = rapport
    AND cardinality(b.deelnemers) > 0 AND b.verslag ~ '\\S'
    AND b.datum <= (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date
);

CREATE FUNCTION adviespunt.bewaak_rapportage() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  today date := (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date;
  wie uuid;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'CONCEPT' OR NEW.cijfers_sha256 <> ''
       OR NEW.openbaar_sha256 <> '' OR num_nonnulls(NEW.cijfers, NEW.cijfers_openbaar, NEW.toets_door_id,
         NEW.toets_op, NEW.aangeboden_op, NEW.reactie_tot, NEW.vastgesteld_op) > 0 THEN
      RAISE EXCEPTION 'rapportage_begint_als_concept' USING ERRCODE = '23514';
    END IF;
    -- Made in one's own name: otherwise the maker could sign her own check.
    IF NEW.opgesteld_door_id IS DISTINCT FROM adviespunt.ctx_user('staff') THEN
      RAISE EXCEPTION 'rapportage_opsteller_onbekend' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  -- Figures come from the job, all at once, and are frozen; a change is a new version.
  IF (NEW.cijfers, NEW.cijfers_openbaar, NEW.cijfers_sha256, NEW.openbaar_sha256)
     IS DISTINCT FROM
     (OLD.cijfers, OLD.cijfers_openbaar, OLD.cijfers_sha256, OLD.openbaar_sha256) THEN
    IF OLD.cijfers_sha256 <> '' THEN
      RAISE EXCEPTION 'rapportage_cijfers_staan_vast' USING ERRCODE = '23514';
    END IF;
    IF current_user <> 'adviespunt_job' OR NEW.cijfers_sha256 !~ '^[0-9a-f]{64}$'
       OR NEW.openbaar_sha256 !~ '^[0-9a-f]{64}$'
       OR num_nulls(NEW.cijfers, NEW.cijfers_openbaar) > 0 THEN
      RAISE EXCEPTION 'rapportage_cijfers_komen_van_de_taak' USING ERRCODE = '23514';
    END IF;
  END IF;
  IF (NEW.periode, NEW.van, NEW.tot, NEW.versie, NEW.peildatum, NEW.opgesteld_door_id,
      NEW.drempel_opdrachtgever, NEW.drempel_openbaar, NEW.opdracht_id, NEW.diensten,
      NEW.vorige_versie_id, NEW.aangemaakt_op)
     IS DISTINCT FROM
     (OLD.periode, OLD.van, OLD.tot, OLD.versie, OLD.peildatum, OLD.opgesteld_door_id,
      OLD.drempel_opdrachtgever, OLD.drempel_openbaar, OLD.opdracht_id, OLD.diensten,
      OLD.vorige_versie_id, OLD.aangemaakt_op)
     OR NOT OLD.schrijvers <@ NEW.schrijvers THEN
    RAISE EXCEPTION 'rapportage_grondslag_staat_vast' USING ERRCODE = '23514';
  END IF;
  -- The term and the day it was established are said once.
  IF OLD.aangeboden_op IS NOT NULL AND (NEW.aangeboden_op, NEW.reactie_tot)
       IS DISTINCT FROM (OLD.aangeboden_op, OLD.reactie_tot)
     OR OLD.vastgesteld_op IS NOT NULL
       AND NEW.vastgesteld_op IS DISTINCT FROM OLD.vastgesteld_op THEN
    RAISE EXCEPTION 'rapportage_termijn_staat_vast' USING ERRCODE = '23514';
  END IF;
  -- Texts change in CONCEPT only, by somebody who is then one of the authors.
  IF (NEW.bevindingen, NEW.aanbevelingen) IS DISTINCT FROM
     (OLD.bevindingen, OLD.aanbevelingen) THEN
    IF OLD.status <> 'CONCEPT' OR NEW.status <> 'CONCEPT' THEN
      RAISE EXCEPTION 'rapportage_tekst_staat_vast' USING ERRCODE = '23514';
    END IF;
    IF (adviespunt.ctx_user('staff') = ANY (NEW.schrijvers)) IS NOT TRUE THEN
      RAISE EXCEPTION 'rapportage_schrijver_onbekend' USING ERRCODE = '23514';
    END IF;
  END IF;
  -- Four eyes: one signs oneself, during the check, and never one's own work.
  IF (NEW.toets_door_id, NEW.toets_op)
     IS DISTINCT FROM (OLD.toets_door_id, OLD.toets_op) THEN
    IF OLD.status NOT IN ('CONCEPT', 'INTERNE_CONTROLE') THEN
      RAISE EXCEPTION 'rapportage_toets_staat_vast' USING ERRCODE = '23514';
    END IF;
    IF NEW.toets_door_id IS NOT NULL AND (OLD.status <> 'INTERNE_CONTROLE'
       OR NEW.toets_door_id IS DISTINCT FROM adviespunt.ctx_user('staff')
       OR NEW.toets_door_id IS NOT DISTINCT FROM NEW.opgesteld_door_id
       OR NEW.toets_door_id = ANY (NEW.schrijvers)) THEN
      RAISE EXCEPTION 'rapportage_vier_ogen' USING ERRCODE = '23514';
    END IF;
  END IF;
  IF NEW.status = OLD.status THEN RETURN NEW; END IF;
  IF NOT adviespunt.rapportage_overgang(OLD.status, NEW.status) THEN
    RAISE EXCEPTION 'rapportage_overgang: % -> %', OLD.status, NEW.status
      USING ERRCODE = '23514';
  END IF;
  CASE NEW.status
    WHEN 'CONCEPT' THEN
      IF NEW.toets_door_id IS NOT NULL THEN
        RAISE EXCEPTION 'rapportage_toets_vervalt' USING ERRCODE = '23514';
      END IF;
    WHEN 'INTERNE_CONTROLE' THEN
      IF NEW.cijfers_sha256 = '' OR NEW.toets_door_id IS NOT NULL THEN
        RAISE EXCEPTION 'rapportage_zonder_cijfers' USING ERRCODE = '23514';
      END IF;
    WHEN 'AANGEBODEN' THEN
      IF NEW.toets_door_id IS NULL OR NEW.toets_op IS NULL
         OR OLD.toets_door_id IS NULL THEN
        RAISE EXCEPTION 'rapportage_zonder_toets' USING ERRCODE = '23514';
      END IF;
      IF NEW.aangeboden_op IS NULL OR (NEW.reactie_tot >= today) IS NOT TRUE THEN
        RAISE EXCEPTION 'rapportage_zonder_termijn' USING ERRCODE = '23514';
      END IF;
    WHEN 'BESPROKEN', 'VASTGESTELD', 'OPENBAAR_DEELS', 'VERTROUWELIJK_AFGEROND' THEN
      IF NOT adviespunt.is_besproken(NEW.tenant_id, NEW.id) THEN
        RAISE EXCEPTION 'rapportage_zonder_bespreking' USING ERRCODE = '23514';
      END IF;
      IF NEW.status = 'VASTGESTELD' AND NOT EXISTS (
        SELECT FROM signalering_reactie r
        WHERE r.tenant_id = NEW.tenant_id AND r.rapportage_id = NEW.id)
        AND NOT (NEW.reactie_tot IS NOT NULL AND NEW.reactie_tot < today) THEN
        RAISE EXCEPTION 'rapportage_zonder_reactie' USING ERRCODE = '23514';
      END IF;
      -- A person decides on publication, and never on her own work (V12).
      IF NEW.status = 'OPENBAAR_DEELS' THEN
        wie := adviespunt.ctx_user('staff');
        IF wie IS NULL OR wie IS NOT DISTINCT FROM NEW.opgesteld_door_id
           OR wie = ANY (NEW.schrijvers) THEN
          RAISE EXCEPTION 'rapportage_eigen_werk_openbaar' USING ERRCODE = '23514';
        END IF;
      END IF;
    ELSE NULL;
  END CASE;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_rapportage_bewaking
  BEFORE INSERT OR UPDATE ON signalering_rapportage
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_rapportage();

-- A bespreking is about a report that was offered, after that day and not ahead of it.
CREATE FUNCTION adviespunt.bewaak_bespreking() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  r record;
BEGIN
  SELECT status, (aangeboden_op AT TIME ZONE 'Europe/Amsterdam')::date AS vanaf
    INTO r FROM signalering_rapportage
    WHERE tenant_id = NEW.tenant_id AND id = NEW.rapportage_id;
  IF r.status IS DISTINCT FROM 'IN_BESPREKING' OR (NEW.datum BETWEEN r.vanaf
     AND (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date) IS NOT TRUE THEN
    RAISE EXCEPTION 'bespreking_buiten_de_tijd' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_bespreking_bewaking
  BEFORE INSERT ON signalering_bespreking
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_bespreking();

-- Nothing is public before it was discussed, whoever inserts it, and what is public
-- is a copy: the figures, the reaction and the file of the public version.
CREATE FUNCTION adviespunt.bewaak_publicatie() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  r signalering_rapportage;
  withdrawn text[] := ARRAY['cijfers', 'reactie', 'reactie_functie', 'pdf',
    'pdf_sha256', 'ingetrokken_op', 'ingetrokken_reden'];
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
CREATE TRIGGER signalering_publicatie_bewaking
  BEFORE INSERT OR UPDATE ON signalering_publicatie
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_publicatie();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("signalering", "0001_initial"),
        ("tenants", "0002_isolatie"),
        ("cases", "0002_isolatie"),
    ]

    operations = [
        rls.isolate(
            "signalering_rapportage",
            rls.Grant("staff", select=True, insert=True, update=True),
            rls.Grant("portal", select=True, rows=f"status IN {ZICHTBAAR}"),
            rls.Grant(
                "job",
                select=True,
                update=(
                    *("cijfers", "cijfers_openbaar", "cijfers_sha256"),
                    *("openbaar_sha256", "druk"),
                ),
            ),
        ),
        rls.isolate(
            "signalering_bespreking",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                check="vastgelegd_door_id = (SELECT adviespunt.ctx_user('staff'))",
            ),
            rls.Grant("portal", select=True, rows=ZICHTBAAR_RAPPORT),
            rls.Grant("job", select=True),
        ),
        rls.isolate(
            "signalering_reactie",
            rls.Grant("staff", select=True),
            rls.Grant(
                "portal",
                select=True,
                insert=True,
                rows=ZICHTBAAR_RAPPORT,
                check=f"{ZICHTBAAR_RAPPORT}"
                " AND door_id = (SELECT adviespunt.ctx_user('portal'))",
            ),
            rls.Grant("job", select=True),
        ),
        rls.isolate(
            "signalering_bestand",
            rls.Grant("staff", select=True),
            rls.Grant(
                "portal",
                select=True,
                rows="rapportage_id IN (SELECT id FROM signalering_rapportage"
                f" WHERE status IN {DEFINITIEF})",
            ),
            rls.Grant("job", select=True, insert=True, update=True, delete=True),
        ),
        rls.isolate(
            "signalering_publicatie",
            rls.Grant("staff", select=True, insert=True, update=True),
            rls.Grant("portal", select=True),
            rls.Grant("job", select=True),
        ),
        rls.composite_key(
            "signalering_rapportage", "vorige_versie_id", "signalering_rapportage"
        ),
        rls.composite_key("signalering_rapportage", "opdracht_id", "tenants_opdracht"),
        *(
            rls.composite_key(
                f"signalering_{child}", "rapportage_id", "signalering_rapportage"
            )
            for child in CHILDREN
        ),
        rls.run(
            *rls.policy(
                "signalering_publicatie",
                "iedereen",
                "public",
                "SELECT",
                "(SELECT adviespunt.ctx('public')) IS NOT NULL",
            ),
            "GRANT SELECT ON signalering_publicatie TO adviespunt_public",
            LIFECYCLE,
            "GRANT EXECUTE ON FUNCTION adviespunt.is_besproken(int, uuid),"
            " adviespunt.rapportage_overgang(text, text),"
            " adviespunt.kwestie_overgang(text, text)"
            " TO adviespunt_staff, adviespunt_job",
        ),
    ]
