"""The doors of visitors: what they may know of a tenant, and how often they knock.

What is in tenants_loket is a copy, kept by two triggers: of the tenant itself and of
the established version of its public page (S165). It opens for who works on the
kwesties of the tenant, while the tenant is active and that page is there; it shuts by
itself when the tenant ends. Visitors read it, and nothing else of a tenant.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

LOKET = """
CREATE FUNCTION adviespunt.bewaak_loket() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT NEW.is_open THEN
    RETURN NEW;
  END IF;
  -- S165: first what the visitor must be able to read.
  IF NOT EXISTS (SELECT FROM tenants_tenant t
      WHERE t.id = NEW.tenant_id AND t.status = 'ACTIEF')
    OR NOT EXISTS (SELECT FROM tenants_publiekepagina p
      WHERE p.tenant_id = NEW.tenant_id AND p.stand = 'VASTGESTELD') THEN
    RAISE EXCEPTION 'loket_niet_compleet' USING ERRCODE = '23514';
  END IF;
  -- With a key of which the team has the other half; nobody else sets that.
  IF (TG_OP = 'INSERT' OR NOT OLD.is_open OR NEW.publiek IS DISTINCT FROM OLD.publiek)
     AND current_user = 'adviespunt_staff'
     AND NOT coalesce(
       NEW.tenant_id = ANY (adviespunt.signed('staff', 'cases')), false) THEN
    RAISE EXCEPTION 'loket_door_team' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_loket_bewaking BEFORE INSERT OR UPDATE ON tenants_loket
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_loket();

-- The tenant changed: its door says so too. One that is not active takes nothing in.
CREATE FUNCTION adviespunt.loket_volgt_tenant() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE tenants_loket l SET slug = NEW.slug, naam = NEW.naam, type = NEW.type,
    is_fictief = NEW.is_fictief, is_actief = NEW.status = 'ACTIEF',
    is_open = l.is_open AND NEW.status = 'ACTIEF'
  WHERE l.tenant_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER tenants_tenant_loket
  AFTER UPDATE OF slug, naam, type, is_fictief, status ON tenants_tenant
  FOR EACH ROW EXECUTE FUNCTION adviespunt.loket_volgt_tenant();

-- A version of the public page holds from now: the door tells the same.
CREATE FUNCTION adviespunt.loket_volgt_pagina() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE tenants_loket l SET wie_betaalt = NEW.wie_betaalt, gratis = NEW.gratis,
    onafhankelijk = NEW.onafhankelijk, bereikbaar = NEW.bereikbaar
  WHERE l.tenant_id = NEW.tenant_id;
  IF NOT FOUND THEN
    INSERT INTO tenants_loket (id, tenant_id, slug, naam, type, is_fictief, is_actief,
      is_open, wie_betaalt, onafhankelijk, gratis, bereikbaar)
    SELECT gen_random_uuid(), t.id, t.slug, t.naam, t.type, t.is_fictief,
      t.status = 'ACTIEF', false, NEW.wie_betaalt, NEW.onafhankelijk, NEW.gratis,
      NEW.bereikbaar
    FROM tenants_tenant t WHERE t.id = NEW.tenant_id AND t.type <> 'regio';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tenants_publiekepagina_loket
  AFTER INSERT OR UPDATE ON tenants_publiekepagina
  FOR EACH ROW WHEN (NEW.stand = 'VASTGESTELD')
  EXECUTE FUNCTION adviespunt.loket_volgt_pagina();
"""
# What was established already.
BESTAAND = """
ALTER TABLE tenants_tenant NO FORCE ROW LEVEL SECURITY;
ALTER TABLE tenants_publiekepagina NO FORCE ROW LEVEL SECURITY;
ALTER TABLE tenants_loket NO FORCE ROW LEVEL SECURITY;
INSERT INTO tenants_loket (id, tenant_id, slug, naam, type, is_fictief, is_actief,
  is_open, wie_betaalt, onafhankelijk, gratis, bereikbaar)
SELECT gen_random_uuid(), t.id, t.slug, t.naam, t.type, t.is_fictief,
  t.status = 'ACTIEF', false, p.wie_betaalt, p.onafhankelijk, p.gratis, p.bereikbaar
FROM tenants_tenant t JOIN LATERAL (
  SELECT * FROM tenants_publiekepagina p WHERE p.tenant_id = t.id
    AND p.stand = 'VASTGESTELD' ORDER BY p.versie DESC LIMIT 1) p ON true
WHERE t.type <> 'regio';
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE tenants_tenant FORCE ROW LEVEL SECURITY;
ALTER TABLE tenants_publiekepagina FORCE ROW LEVEL SECURITY;
ALTER TABLE tenants_loket FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0016_kaart")]

    operations = [
        migrations.CreateModel(
            name="Loketteller",
            fields=[
                (
                    "sleutel",
                    models.CharField(max_length=40, primary_key=True, serialize=False),
                ),
                ("begin", models.DateTimeField(default=django.utils.timezone.now)),
                ("aantal", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "loketteller",
                "verbose_name_plural": "lokettellers",
            },
        ),
        migrations.CreateModel(
            name="Loket",
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
                ("slug", models.SlugField(db_index=False, max_length=60)),
                ("naam", models.CharField(max_length=160)),
                ("type", models.CharField(max_length=13)),
                ("is_fictief", models.BooleanField(default=False)),
                ("is_actief", models.BooleanField(default=False)),
                ("is_open", models.BooleanField(default=False)),
                ("wie_betaalt", models.TextField(blank=True, default="")),
                ("onafhankelijk", models.TextField(blank=True, default="")),
                ("gratis", models.TextField(blank=True, default="")),
                ("bereikbaar", models.TextField(blank=True, default="")),
                ("sleutel_id", models.UUIDField(null=True)),
                ("publiek", models.BinaryField(null=True)),
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
                "verbose_name": "loket",
                "verbose_name_plural": "loketten",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant",), name="loket_van_tenant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_open", False),
                            models.Q(
                                ("bereikbaar__regex", "\\S"),
                                ("is_actief", True),
                                ("publiek__isnull", False),
                                ("sleutel_id__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="loket_open_compleet",
                    ),
                ],
            },
        ),
        rls.isolate(
            "tenants_loket",
            rls.Grant("staff", select=True, insert=True, update=True),
        ),
        rls.run(
            "GRANT SELECT ON tenants_loket TO adviespunt_public",
            *rls.policy(
                "tenants_loket",
                "public",
                "public",
                "SELECT",
                "(SELECT adviespunt.ctx('public')) IS NOT NULL",
            ),
            "GRANT SELECT, INSERT, UPDATE ON tenants_loketteller TO adviespunt_public",
            LOKET,
        ),
        migrations.RunSQL(BESTAAND, rls.NOOP),
    ]
