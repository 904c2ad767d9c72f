"""Regions: tenants of a type of their own, and which tenants are in one.

Which tenants form a region is no secret inside the application: whoever signs in, a job
and a command find it out before they have a scope for the region."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

REGIO = """
-- A region is made of tenants that are none; only the day it ends is filled in later.
CREATE FUNCTION adviespunt.bewaak_regiolid() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.lid_id, NEW.van, NEW.door_id, NEW.gemaakt_op)
     IS DISTINCT FROM (OLD.lid_id, OLD.van, OLD.door_id, OLD.gemaakt_op) THEN
    RAISE EXCEPTION 'regiolid_staat_vast' USING ERRCODE = '23514';
  END IF;
  IF (SELECT t.type FROM tenants_tenant t WHERE t.id = NEW.tenant_id)
       IS DISTINCT FROM 'regio'
     OR (SELECT t.type FROM tenants_tenant t WHERE t.id = NEW.lid_id)
       NOT IN ('gemeente', 'zorgaanbieder') IS NOT FALSE THEN
    RAISE EXCEPTION 'regiolid_van_een_regio' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_regiolid_bewaking BEFORE INSERT OR UPDATE ON tenants_regiolid
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_regiolid();

-- Who administers every member of today administers the region (tenants.regiorecht);
-- one without members yet is being made.
CREATE OR REPLACE FUNCTION adviespunt.beheert(tenant int) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  wie uuid := adviespunt.ctx_user('staff');
BEGIN
  IF EXISTS (SELECT FROM tenants_tenant t WHERE t.id = tenant AND t.type = 'regio') THEN
    RETURN adviespunt.beheert_iets() AND NOT EXISTS (
      SELECT FROM tenants_regiolid l WHERE l.tenant_id = tenant
        AND (l.tot IS NULL OR l.tot >= current_date)
        AND NOT EXISTS (SELECT FROM tenants_membership m WHERE m.tenant_id = l.lid_id
          AND m.user_id = wie AND m.rol = 'BEHEER'
          AND m.van <= current_date AND (m.tot IS NULL OR m.tot >= current_date)));
  END IF;
  RETURN EXISTS (SELECT FROM tenants_membership m WHERE m.tenant_id = tenant
    AND m.user_id = wie AND m.rol = 'BEHEER'
    AND m.van <= current_date AND (m.tot IS NULL OR m.tot >= current_date));
END $$;

-- A region stays one, and nothing else becomes one.
CREATE FUNCTION adviespunt.bewaak_tenant_regio() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.type IS DISTINCT FROM OLD.type AND 'regio' IN (NEW.type, OLD.type) THEN
    RAISE EXCEPTION 'tenant_blijft_regio' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_tenant_regio BEFORE UPDATE OF type ON tenants_tenant
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_tenant_regio();
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0011_beheer")]
    operations = [
        migrations.AlterField(
            model_name="tenant",
            name="type",
            field=models.CharField(
                choices=[
                    ("gemeente", "Gemeente"),
                    ("zorgaanbieder", "Zorgaanbieder"),
                    ("regio", "Regio"),
                ],
                max_length=13,
            ),
        ),
        migrations.RemoveConstraint(model_name="tenant", name="tenant_gemeentecode"),
        migrations.AddConstraint(
            model_name="tenant",
            constraint=models.CheckConstraint(
                name="tenant_gemeentecode",
                condition=models.Q(gemeentecode__regex=r"^GM\d{4}$", type="gemeente")
                | models.Q(
                    gemeentecode__isnull=True, type__in=["zorgaanbieder", "regio"]
                ),
            ),
        ),
        migrations.CreateModel(
            name="RegioLid",
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
                ("van", models.DateField()),
                ("tot", models.DateField(blank=True, null=True)),
                ("door_id", models.UUIDField(null=True)),
                ("gemaakt_op", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leden",
                        to="tenants.tenant",
                    ),
                ),
                (
                    "lid",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regios",
                        to="tenants.tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "lid van een regio",
                "verbose_name_plural": "leden van een regio",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "lid"), name="regiolid_eenmaal"
                    ),
                    models.CheckConstraint(
                        name="regiolid_periode",
                        condition=models.Q(tot__isnull=True)
                        | models.Q(tot__gte=models.F("van")),
                    ),
                    models.CheckConstraint(
                        name="regiolid_niet_van_zichzelf",
                        condition=~models.Q(lid=models.F("tenant")),
                    ),
                ],
            },
        ),
        rls.isolate(
            "tenants_regiolid",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=("tot",),
                check="door_id IS NOT NULL",
            ),
        ),
        rls.run(
            REGIO,
            *(
                statement
                for role in ("identity", "dispatch")
                for statement in (
                    *rls.policy(
                        "tenants_regiolid",
                        role,
                        role,
                        "SELECT",
                        f"(SELECT adviespunt.ctx('{role}')) IS NOT NULL",
                    ),
                    f"GRANT SELECT ON tenants_regiolid TO adviespunt_{role}",
                )
            ),
            *rls.policy(
                "tenants_tenant",
                "identity_regio",
                "identity",
                "SELECT",
                "(SELECT adviespunt.ctx('identity')) IS NOT NULL AND type = 'regio'",
            ),
        ),
    ]
