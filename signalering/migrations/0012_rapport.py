"""The Adviespunt's own investigations: from the question to what is public of them.

The arrows, the four eyes and what may be read by whom are held here for every role; the
twins in words are in ``signalering.lifecycle.onderzoeken``."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

OPENBAAR = (
    *("id", "tenant_id", "titel", "vraag", "aanpak", "bevindingen"),
    *("aanbevelingen", "status", "besproken_op", "openbaar_op"),
)
ONDERZOEK = """
CREATE FUNCTION adviespunt.onderzoek_overgang(van text, naar text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN naar = 'INGETROKKEN' AND van <> 'INGETROKKEN' OR (van, naar) IN (
  ('GESTART', 'AFGEROND'), ('AFGEROND', 'GESTART'), ('AFGEROND', 'AANGEBODEN'),
  ('AANGEBODEN', 'BESPROKEN'), ('BESPROKEN', 'OPENBAAR')
);

CREATE FUNCTION adviespunt.bewaak_onderzoek() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  wie uuid := adviespunt.ctx_user('staff');
  is_tekst boolean;
BEGIN
  IF TG_OP = 'INSERT' AND (NEW.status <> 'GESTART' OR NEW.schrijvers <> ARRAY[wie]
     OR NEW.gestart_door_id IS DISTINCT FROM wie
     OR num_nonnulls(NEW.toets_op, NEW.aangeboden_op, NEW.besproken_op,
       NEW.openbaar_op, NEW.openbaar_door_id) > 0) THEN
    RAISE EXCEPTION 'onderzoek_begint_gestart' USING ERRCODE = '23514';
  END IF;
  IF (TG_OP = 'INSERT' OR NEW.signalen <> OLD.signalen) AND EXISTS (
    SELECT FROM unnest(NEW.signalen) AS x WHERE NOT EXISTS (
      SELECT FROM signalering_signaal s
      WHERE s.tenant_id = NEW.tenant_id AND s.id = x)) THEN
    RAISE EXCEPTION 'onderzoek_zonder_signaal' USING ERRCODE = '23514';
  END IF;
  IF TG_OP = 'INSERT' THEN RETURN NEW; END IF;
  is_tekst := (NEW.titel, NEW.vraag, NEW.signalen, NEW.aanpak, NEW.bevindingen,
      NEW.aanbevelingen) IS DISTINCT FROM (OLD.titel, OLD.vraag, OLD.signalen,
      OLD.aanpak, OLD.bevindingen, OLD.aanbevelingen);
  IF (NEW.gestart_door_id, NEW.gestart_op) <> (OLD.gestart_door_id, OLD.gestart_op)
     OR NOT OLD.schrijvers <@ NEW.schrijvers
     OR is_tekst AND (OLD.status <> 'GESTART' OR NEW.status <> OLD.status
       OR (wie = ANY (NEW.schrijvers)) IS NOT TRUE)
     OR OLD.status = 'INGETROKKEN' THEN
    RAISE EXCEPTION 'onderzoek_staat_vast' USING ERRCODE = '23514';
  END IF;
  -- A second person signs what lies ready; who signed does not count after a change.
  IF NEW.toets_door_id IS DISTINCT FROM OLD.toets_door_id
     AND NOT (NEW.toets_door_id IS NULL AND NEW.status = 'GESTART')
     AND (NEW.status <> 'AFGEROND' OR OLD.status <> 'AFGEROND'
       OR NEW.toets_door_id IS DISTINCT FROM wie
       OR NEW.toets_door_id = ANY (NEW.schrijvers)) THEN
    RAISE EXCEPTION 'onderzoek_vier_ogen' USING ERRCODE = '23514';
  END IF;
  IF (NEW.aangeboden_op IS DISTINCT FROM OLD.aangeboden_op
        AND (OLD.status, NEW.status) <> ('AFGEROND', 'AANGEBODEN'))
     OR ((NEW.besproken_op, NEW.besproken_met)
          IS DISTINCT FROM (OLD.besproken_op, OLD.besproken_met)
        AND (OLD.status, NEW.status) <> ('AANGEBODEN', 'BESPROKEN'))
     OR ((NEW.openbaar_op, NEW.openbaar_door_id)
          IS DISTINCT FROM (OLD.openbaar_op, OLD.openbaar_door_id)
        AND (OLD.status, NEW.status) <> ('BESPROKEN', 'OPENBAAR')) THEN
    RAISE EXCEPTION 'onderzoek_dag_hoort_bij_stap' USING ERRCODE = '23514';
  END IF;
  IF NEW.status = OLD.status THEN RETURN NEW; END IF;
  IF NOT adviespunt.onderzoek_overgang(OLD.status, NEW.status) THEN
    RAISE EXCEPTION 'onderzoek_overgang: % -> %', OLD.status, NEW.status
      USING ERRCODE = '23514';
  END IF;
  CASE NEW.status
    WHEN 'GESTART' THEN
      IF NEW.toets_door_id IS NOT NULL THEN
        RAISE EXCEPTION 'onderzoek_vier_ogen' USING ERRCODE = '23514';
      END IF;
    WHEN 'AFGEROND' THEN
      IF NEW.aanpak !~ '\\S' OR NEW.bevindingen !~ '\\S'
         OR NEW.aanbevelingen !~ '\\S' THEN
        RAISE EXCEPTION 'onderzoek_onvolledig' USING ERRCODE = '23514';
      END IF;
    WHEN 'AANGEBODEN' THEN
      IF NEW.aangeboden_op IS NULL OR NEW.toets_door_id IS NULL
         OR NEW.toets_door_id = ANY (NEW.schrijvers) THEN
        RAISE EXCEPTION 'onderzoek_zonder_toets' USING ERRCODE = '23514';
      END IF;
      IF EXISTS (SELECT FROM signalering_signaal s WHERE s.tenant_id = NEW.tenant_id
          AND s.id = ANY (NEW.signalen) AND s.ingebracht_op IS NULL) THEN
        RAISE EXCEPTION 'onderzoek_signaal_niet_ingebracht' USING ERRCODE = '23514';
      END IF;
    WHEN 'BESPROKEN' THEN
      IF NEW.besproken_met !~ '\\S' OR (NEW.besproken_op BETWEEN
          (NEW.aangeboden_op AT TIME ZONE 'Europe/Amsterdam')::date
          AND (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date) IS NOT TRUE
      THEN
        RAISE EXCEPTION 'onderzoek_zonder_bespreking' USING ERRCODE = '23514';
      END IF;
    WHEN 'OPENBAAR' THEN
      IF NEW.openbaar_op IS NULL OR NEW.openbaar_door_id IS DISTINCT FROM wie
         OR wie = ANY (NEW.schrijvers) THEN
        RAISE EXCEPTION 'onderzoek_vier_ogen' USING ERRCODE = '23514';
      END IF;
    WHEN 'INGETROKKEN' THEN
      IF NEW.ingetrokken_reden !~ '\\S' THEN
        RAISE EXCEPTION 'onderzoek_zonder_reden' USING ERRCODE = '23514';
      END IF;
    ELSE NULL;
  END CASE;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_onderzoek_bewaking
  BEFORE INSERT OR UPDATE ON signalering_onderzoek
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_onderzoek();

-- As in migration 0006; the investigations are those of the same moment.
CREATE OR REPLACE FUNCTION adviespunt.bewaak_rapportsignalen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.signalen, NEW.onderzoeken) IS DISTINCT FROM (OLD.signalen, OLD.onderzoeken)
     AND OLD.status <> 'CONCEPT' THEN
    RAISE EXCEPTION 'rapportage_signalen_staan_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
"""


def uuids() -> django.contrib.postgres.fields.ArrayField:
    return django.contrib.postgres.fields.ArrayField(
        base_field=models.UUIDField(), size=None
    )


class Migration(migrations.Migration):
    dependencies = [("signalering", "0011_rapport"), ("tenants", "0019_aanval")]

    operations = [
        migrations.AddField(
            "rapportage",
            "onderzoeken",
            models.JSONField(
                blank=True,
                db_default=models.Value([], models.JSONField()),
                default=list,
            ),
        ),
        migrations.CreateModel(
            name="Onderzoek",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("titel", models.CharField(max_length=120)),
                ("vraag", models.TextField()),
                ("signalen", uuids()),
                ("aanpak", models.TextField(blank=True)),
                ("bevindingen", models.TextField(blank=True)),
                ("aanbevelingen", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("GESTART", "Gestart"),
                            ("AFGEROND", "Afgerond"),
                            ("AANGEBODEN", "Aangeboden"),
                            ("BESPROKEN", "Besproken"),
                            ("OPENBAAR", "Openbaar"),
                            ("INGETROKKEN", "Ingetrokken"),
                        ],
                        default="GESTART",
                        max_length=11,
                    ),
                ),
                ("gestart_door_id", models.UUIDField()),
                ("gestart_op", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "gewijzigd_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("schrijvers", uuids()),
                ("toets_door_id", models.UUIDField(null=True)),
                ("toets_op", models.DateTimeField(null=True)),
                ("aangeboden_op", models.DateTimeField(null=True)),
                ("besproken_op", models.DateField(null=True)),
                ("besproken_met", models.TextField(blank=True)),
                ("openbaar_door_id", models.UUIDField(null=True)),
                ("openbaar_op", models.DateTimeField(null=True)),
                ("ingetrokken_reden", models.TextField(blank=True)),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="tenants.tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "eigen onderzoek",
                "verbose_name_plural": "eigen onderzoeken",
                "indexes": [
                    models.Index(
                        fields=["tenant", "status", "-gewijzigd_op"],
                        name="onderzoek_status",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "id"), name="onderzoek_tenant_id"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "GESTART",
                                    "AFGEROND",
                                    "AANGEBODEN",
                                    "BESPROKEN",
                                    "OPENBAAR",
                                    "INGETROKKEN",
                                ],
                            )
                        ),
                        name="onderzoek_status_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("titel__regex", "\\S"),
                            ("vraag__regex", "\\S"),
                            ("schrijvers__len__gte", 1),
                            ("signalen__len__gte", 1),
                        ),
                        name="onderzoek_begin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("toets_door_id__isnull", True),
                                ("toets_op__isnull", True),
                            ),
                            models.Q(
                                ("toets_door_id__isnull", False),
                                ("toets_op__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="onderzoek_toets",
                    ),
                ],
            },
        ),
        rls.isolate(
            "signalering_onderzoek",
            rls.Grant("staff", select=True, insert=True, update=True),
            rls.Grant(
                "portal",
                select=True,
                rows="status IN ('AANGEBODEN', 'BESPROKEN', 'OPENBAAR')",
            ),
        ),
        rls.run(
            *rls.policy(
                "signalering_onderzoek",
                "iedereen",
                "public",
                "SELECT",
                "status = 'OPENBAAR' AND tenant_id IN (SELECT id FROM tenants_tenant)",
            ),
            f"GRANT SELECT ({', '.join(OPENBAAR)}) ON signalering_onderzoek"
            " TO adviespunt_public",
            ONDERZOEK,
            "GRANT EXECUTE ON FUNCTION adviespunt.onderzoek_overgang(text, text)"
            " TO adviespunt_staff",
        ),
    ]
