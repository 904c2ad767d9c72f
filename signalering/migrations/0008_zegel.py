"""The seal of a printed report, and what anybody may know of it.

A seal belongs to a recorded file of an established report. How it stands follows the
report by itself: withdrawn with it, and replaced once a newer version is established.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

ZEGEL = """
CREATE FUNCTION adviespunt.bewaak_rapportzegel() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.stand <> 'GELDIG' OR NOT EXISTS (
      SELECT FROM signalering_rapportage r JOIN signalering_bestand f
        ON f.tenant_id = r.tenant_id AND f.rapportage_id = r.id
      WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.rapportage_id
        AND r.status IN ('VASTGESTELD', 'OPENBAAR_DEELS', 'VERTROUWELIJK_AFGEROND')
        AND (f.publiek, f.sha256) = (NEW.publiek, NEW.sha256)) THEN
      RAISE EXCEPTION 'rapportzegel_zonder_bestand' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - 'stand' IS DISTINCT FROM to_jsonb(OLD) - 'stand'
     OR NEW.stand <> OLD.stand AND NOT (OLD.stand, NEW.stand) IN
       (('GELDIG', 'INGETROKKEN'), ('INGETROKKEN', 'VERVANGEN')) THEN
    RAISE EXCEPTION 'rapportzegel_staat_vast' USING ERRCODE = '23514';
  END IF;
  -- Never ahead of the report.
  IF NEW.stand <> OLD.stand AND NOT EXISTS (
    SELECT FROM signalering_rapportage r
    WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.rapportage_id
      AND r.status = 'INGETROKKEN') THEN
    RAISE EXCEPTION 'rapportzegel_volgt_het_rapport' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_rapportzegel_bewaking
  BEFORE INSERT OR UPDATE ON signalering_rapportzegel
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_rapportzegel();

CREATE FUNCTION adviespunt.zet_rapportzegels() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.status = 'INGETROKKEN' THEN
    UPDATE signalering_rapportzegel SET stand = 'INGETROKKEN'
      WHERE tenant_id = NEW.tenant_id AND rapportage_id = NEW.id
        AND stand = 'GELDIG';
  ELSIF NEW.status = 'VASTGESTELD' THEN
    UPDATE signalering_rapportzegel SET stand = 'VERVANGEN'
      WHERE tenant_id = NEW.tenant_id AND stand = 'INGETROKKEN'
        AND rapportage_id IN (
          SELECT id FROM signalering_rapportage r
          WHERE r.tenant_id = NEW.tenant_id AND r.periode = NEW.periode
            AND r.versie < NEW.versie);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER signalering_rapportage_zegels
  AFTER UPDATE OF status ON signalering_rapportage
  FOR EACH ROW WHEN (NEW.status IS DISTINCT FROM OLD.status)
  EXECUTE FUNCTION adviespunt.zet_rapportzegels();
"""


class Migration(migrations.Migration):
    dependencies = [("signalering", "0007_regionaal")]
    operations = [
        migrations.CreateModel(
            name="Rapportzegel",
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
                (
                    "publiek",
                    models.CharField(
                        choices=[
                            ("opdrachtgever", "Versie voor de opdrachtgever"),
                            ("openbaar", "Openbare versie"),
                        ],
                        max_length=13,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("code_sha256", models.CharField(max_length=64)),
                ("certificaat_sha256", models.CharField(max_length=64)),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("GELDIG", "Geldig"),
                            ("INGETROKKEN", "Ingetrokken"),
                            ("VERVANGEN", "Vervangen door een nieuwere versie"),
                        ],
                        default="GELDIG",
                        max_length=11,
                    ),
                ),
                (
                    "verzegeld_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                (
                    "rapportage",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zegels",
                        to="signalering.rapportage",
                    ),
                ),
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
                "verbose_name": "zegel van een rapport",
                "verbose_name_plural": "zegels van rapporten",
                "indexes": [
                    models.Index(
                        fields=["tenant", "rapportage"], name="rapportzegel_rapport"
                    ),
                    models.Index(fields=["sha256"], name="rapportzegel_bestand"),
                    models.Index(fields=["code_sha256"], name="rapportzegel_code"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stand__in", ["GELDIG", "INGETROKKEN", "VERVANGEN"])
                        ),
                        name="rapportzegel_stand_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sha256__regex", "^[0-9a-f]{64}$"),
                            ("code_sha256__regex", "^[0-9a-f]{64}$"),
                            ("certificaat_sha256__regex", "^[0-9a-f]{64}$"),
                        ),
                        name="rapportzegel_hashes",
                    ),
                ],
            },
        ),
        rls.isolate(
            "signalering_rapportzegel",
            rls.Grant("staff", select=True, update=("stand",)),
            rls.Grant("job", select=True, insert=True),
        ),
        rls.composite_key(
            "signalering_rapportzegel", "rapportage_id", "signalering_rapportage"
        ),
        rls.run(
            *rls.policy(
                "signalering_rapportzegel",
                "iedereen",
                "public",
                "SELECT",
                "(SELECT adviespunt.ctx('public')) IS NOT NULL",
            ),
            "GRANT SELECT (rapportage_id, publiek, sha256, code_sha256, stand)"
            " ON signalering_rapportzegel TO adviespunt_public",
            ZEGEL,
        ),
    ]
