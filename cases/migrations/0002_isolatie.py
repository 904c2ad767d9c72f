"""Walls around case data, and the rules that need more than one row or one moment.

portal and public are not named here, so they have no grant of any kind. The job role
reads the coded columns of kwesties and nothing else (S114).
"""

from django.db import migrations

from tenants import rls

CODED = (
    *("id", "tenant_id", "opdracht_id", "dienst", "client_id", "bron", "status"),
    *("datum", "kanaal", "rol", "identiteitsstatus", "soort", "aard", "subaard"),
    *("wet", "wetten", "levensdomein", "fase", "laag", "gewezen_op_oco"),
    *("resultaat", "procedure_voorkomen", "afgerond_op", "activiteiten", "minuten"),
)
CHILDREN = ("cases_contactmoment", "cases_verwijzing", "cases_externtraject")


def staff(table: str, *, delete: bool = False) -> rls.Grant:
    return rls.Grant(
        "staff", select=True, insert=True, update=True, delete=delete, scope="cases"
    )


TELLING = """
-- activiteiten, minuten and laatste_contact_op of a kwestie follow its contacts.
CREATE FUNCTION adviespunt.tel_contacten() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  k record;
BEGIN
  k := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  UPDATE cases_kwestie SET
    (minuten, laatste_contact_op) = (
      SELECT coalesce(sum(duur_min), 0), max(datum_tijd) FROM cases_contactmoment
      WHERE tenant_id = k.tenant_id AND kwestie_id = k.kwestie_id),
    activiteiten = coalesce((
      SELECT array_agg(DISTINCT a ORDER BY a) FROM cases_contactmoment c,
        unnest(c.activiteiten) AS a
      WHERE c.tenant_id = k.tenant_id AND c.kwestie_id = k.kwestie_id), '{}')
  WHERE tenant_id = k.tenant_id AND id = k.kwestie_id;
  RETURN NULL;
END $$;
CREATE TRIGGER cases_contactmoment_telling
  AFTER INSERT OR UPDATE OR DELETE ON cases_contactmoment
  FOR EACH ROW EXECUTE FUNCTION adviespunt.tel_contacten();
"""

OVERGANG = """
CREATE FUNCTION adviespunt.kwestie_overgang(van text, naar text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN (van, naar) IN (
  ('NIEUW', 'TOEGEWEZEN'), ('NIEUW', 'AFGEROND'), ('NIEUW', 'DOORGELEID'),
  ('TOEGEWEZEN', 'IN_ONDERSTEUNING'), ('TOEGEWEZEN', 'AFGEROND'),
  ('IN_ONDERSTEUNING', 'WACHT_CLIENT'), ('IN_ONDERSTEUNING', 'WACHT_DERDEN'),
  ('WACHT_CLIENT', 'IN_ONDERSTEUNING'), ('WACHT_DERDEN', 'IN_ONDERSTEUNING'),
  ('IN_ONDERSTEUNING', 'AFGEROND'), ('WACHT_CLIENT', 'AFGEROND'),
  ('WACHT_DERDEN', 'AFGEROND'), ('AFGEROND', 'HEROPEND'),
  ('HEROPEND', 'IN_ONDERSTEUNING'), ('AFGEROND', 'GEANONIMISEERD'),
  ('GEANONIMISEERD', 'VERNIETIGD')
);

CREATE FUNCTION adviespunt.bewaak_kwestie() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  today date := (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  -- V16: nothing is dated in the future.
  IF NEW.datum > today OR NEW.afgerond_op > today THEN
    RAISE EXCEPTION 'kwestie_datum_niet_in_toekomst' USING ERRCODE = '23514';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.bron <> 'IMPORT' AND NEW.status <> 'NIEUW' THEN
      RAISE EXCEPTION 'kwestie_begint_nieuw' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.bron <> OLD.bron THEN
    RAISE EXCEPTION 'kwestie_bron_staat_vast' USING ERRCODE = '23514';
  END IF;
  IF NEW.status <> OLD.status AND NEW.bron <> 'IMPORT'
     AND NOT adviespunt.kwestie_overgang(OLD.status, NEW.status) THEN
    RAISE EXCEPTION 'kwestie_overgang: % -> %', OLD.status, NEW.status
      USING ERRCODE = '23514';
  END IF;
  -- V15: a result that names a route has that route on record.
  IF NEW.status = 'AFGEROND' AND NEW.bron <> 'IMPORT' THEN
    IF NEW.resultaat = 'VERWEZEN' AND NOT EXISTS (
      SELECT FROM cases_verwijzing v
      WHERE v.tenant_id = NEW.tenant_id AND v.kwestie_id = NEW.id) THEN
      RAISE EXCEPTION 'kwestie_verwezen_zonder_verwijzing' USING ERRCODE = '23514';
    END IF;
    IF NEW.resultaat IN ('KLACHT_ING', 'BEZW_ING', 'OMB_GES') AND NOT EXISTS (
      SELECT FROM cases_externtraject t
      WHERE t.tenant_id = NEW.tenant_id AND t.kwestie_id = NEW.id
        AND CASE NEW.resultaat
          WHEN 'KLACHT_ING' THEN t.type LIKE 'klacht\\_%'
          WHEN 'BEZW_ING' THEN t.type IN ('bezwaar', 'beroep')
          ELSE t.type IN ('ombudsman', 'geschil') END) THEN
      RAISE EXCEPTION 'kwestie_procedure_zonder_traject' USING ERRCODE = '23514';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_kwestie_bewaking BEFORE INSERT OR UPDATE ON cases_kwestie
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_kwestie();

CREATE FUNCTION adviespunt.bewaak_contact() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.datum_tijd > clock_timestamp() + interval '5 minutes'
     OR NEW.datum_tijd < '2015-01-01' THEN
    RAISE EXCEPTION 'contact_datum' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_contactmoment_bewaking
  BEFORE INSERT OR UPDATE OF datum_tijd ON cases_contactmoment
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_contact();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("tenants", "0002_isolatie"),
    ]

    operations = [
        rls.isolate("cases_client", staff("cases_client")),
        rls.isolate(
            "cases_kwestie",
            staff("cases_kwestie"),
            rls.Grant("job", select=CODED, scope="cases"),
        ),
        *(rls.isolate(table, staff(table)) for table in CHILDREN),
        rls.composite_key("cases_kwestie", "client_id", "cases_client"),
        rls.composite_key("cases_kwestie", "opdracht_id", "tenants_opdracht"),
        *(
            rls.composite_key(table, "kwestie_id", "cases_kwestie")
            for table in CHILDREN
        ),
        rls.run(TELLING, OVERGANG),
    ]
