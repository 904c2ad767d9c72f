"""Administration of opdrachtgevers: status, opdrachten, look, public page, own values.

Who administers a tenant writes this, and nobody else of its staff; a tenant becomes
active only when nothing that must be there is missing (S9, S165), and only then it
gets kwesties.
"""

import csv
import uuid
from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

GEMEENTEN = Path(__file__).resolve().parent.parent / "gemeenten.csv"
JAAR = 2026

BEHEER = """
CREATE FUNCTION adviespunt.door_beheer() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_user = 'adviespunt_staff' AND NOT adviespunt.beheert(NEW.tenant_id) THEN
    RAISE EXCEPTION 'door_beheer' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION adviespunt.bewaak_gemeente() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_user = 'adviespunt_staff' AND NOT adviespunt.beheert_iets() THEN
    RAISE EXCEPTION 'door_beheer' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_gemeente_bewaking BEFORE INSERT OR UPDATE ON tenants_gemeente
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_gemeente();
"""
OPDRACHTGEVER = """
CREATE FUNCTION adviespunt.bewaak_opdrachtgever() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  arrows text[] := ARRAY['VOORBEREIDING>ACTIEF', 'ACTIEF>BEEINDIGD',
    'BEEINDIGD>VOORBEREIDING'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF current_user = 'adviespunt_staff' AND NOT adviespunt.beheert_iets() THEN
      RAISE EXCEPTION 'door_beheer' USING ERRCODE = '42501';
    END IF;
    IF current_user = 'adviespunt_staff' AND NEW.type <> 'regio'
       AND NEW.status <> 'VOORBEREIDING' THEN
      RAISE EXCEPTION 'opdrachtgever_begint_in_voorbereiding' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF current_user = 'adviespunt_staff' AND NOT adviespunt.beheert(NEW.id) THEN
    RAISE EXCEPTION 'door_beheer' USING ERRCODE = '42501';
  END IF;
  IF NEW.stijl <> OLD.stijl AND NEW.stijl <> '' AND NOT EXISTS (
     SELECT FROM tenants_huisstijl h WHERE h.tenant_id = NEW.id AND h.merk = NEW.stijl)
  THEN
    RAISE EXCEPTION 'opdrachtgever_stijl_bestaat' USING ERRCODE = '23514';
  END IF;
  IF NEW.status = OLD.status THEN
    RETURN NEW;
  END IF;
  IF NOT (OLD.status || '>' || NEW.status) = ANY (arrows) THEN
    RAISE EXCEPTION 'opdrachtgever_volgorde' USING ERRCODE = '23514';
  END IF;
  IF NEW.status = 'ACTIEF' AND NOT (
     EXISTS (SELECT FROM tenants_opdracht o WHERE o.tenant_id = NEW.id
       AND cardinality(o.diensten) > 0 AND o.van <= current_date
       AND (o.tot IS NULL OR o.tot >= current_date)
       AND o.onafhankelijkheidsclausule_akkoord_op <= current_date)
     AND EXISTS (SELECT FROM tenants_membership m WHERE m.tenant_id = NEW.id
       AND m.rol = 'CONTACT' AND m.van <= current_date
       AND (m.tot IS NULL OR m.tot >= current_date))
     AND EXISTS (SELECT FROM tenants_membership m WHERE m.tenant_id = NEW.id
       AND m.rol = 'ONDERSTEUNER' AND m.van <= current_date
       AND (m.tot IS NULL OR m.tot >= current_date))
     AND EXISTS (SELECT FROM tenants_publiekepagina p WHERE p.tenant_id = NEW.id
       AND p.stand = 'VASTGESTELD')) THEN
    RAISE EXCEPTION 'opdrachtgever_niet_compleet' USING ERRCODE = '23514';
  END IF;
  IF NEW.status = 'BEEINDIGD' AND EXISTS (SELECT FROM tenants_opdracht o
     WHERE o.tenant_id = NEW.id AND (o.tot IS NULL OR o.tot > current_date)) THEN
    RAISE EXCEPTION 'opdrachtgever_opdracht_loopt' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_tenant_bewaking BEFORE INSERT OR UPDATE ON tenants_tenant
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_opdrachtgever();
"""
# A threshold goes down with a reason, and not while somebody reads a report.
OPDRACHT = """
CREATE FUNCTION adviespunt.bewaak_drempel() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.drempel_opdrachtgever >= OLD.drempel_opdrachtgever
     AND NEW.drempel_openbaar >= OLD.drempel_openbaar THEN
    RETURN NEW;
  END IF;
  IF NEW.drempel_reden !~ '\\S' OR NEW.drempel_reden = OLD.drempel_reden THEN
    RAISE EXCEPTION 'opdracht_drempel_reden' USING ERRCODE = '23514';
  END IF;
  IF EXISTS (SELECT FROM signalering_rapportage r WHERE r.tenant_id = NEW.tenant_id
     AND r.opdracht_id = NEW.id
     AND r.status IN ('AANGEBODEN', 'IN_BESPREKING', 'BESPROKEN')) THEN
    RAISE EXCEPTION 'opdracht_drempel_aangeboden' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_opdracht_drempel
  BEFORE UPDATE OF drempel_opdrachtgever, drempel_openbaar ON tenants_opdracht
  FOR EACH ROW WHEN (current_user = 'adviespunt_staff')
  EXECUTE FUNCTION adviespunt.bewaak_drempel();
"""
VAST = """
CREATE FUNCTION adviespunt.bewaak_pagina() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.stand = 'VASTGESTELD' OR NEW.versie <> OLD.versie THEN
    RAISE EXCEPTION 'pagina_staat_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_publiekepagina_bewaking BEFORE UPDATE ON tenants_publiekepagina
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_pagina();
CREATE FUNCTION adviespunt.bewaak_eigenwaarde() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.lijst, NEW.code) IS DISTINCT FROM (OLD.lijst, OLD.code) THEN
    RAISE EXCEPTION 'eigenwaarde_code_blijft' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_eigenwaarde_bewaking BEFORE UPDATE ON tenants_eigenwaarde
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_eigenwaarde();
"""
# Where work was done already, it goes on.
WERKT = """
ALTER TABLE tenants_tenant NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_kwestie NO FORCE ROW LEVEL SECURITY;
UPDATE tenants_tenant t SET status = 'ACTIEF' WHERE status = 'VOORBEREIDING'
  AND EXISTS (SELECT FROM cases_kwestie k WHERE k.tenant_id = t.id);
ALTER TABLE tenants_tenant FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_kwestie FORCE ROW LEVEL SECURITY;
"""
KWESTIE = """
CREATE FUNCTION adviespunt.kwestie_bij_actief() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- A tenant that is not in scope is not seen here: row security refuses that row.
  IF EXISTS (SELECT FROM tenants_tenant t
     WHERE t.id = NEW.tenant_id AND t.status <> 'ACTIEF') THEN
    RAISE EXCEPTION 'kwestie_bij_actief' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_kwestie_actief BEFORE INSERT ON cases_kwestie
  FOR EACH ROW EXECUTE FUNCTION adviespunt.kwestie_bij_actief();
"""
VAN_BEHEER = (
    *("tenants_opdracht", "tenants_huisstijl", "tenants_publiekepagina"),
    *("tenants_eigenwaarde", "tenants_tenantinstelling"),
)


def load_gemeenten(apps, schema_editor):
    """The gemeenten that come with the product; names and codes of the CBS."""
    model = apps.get_model("tenants", "Gemeente")
    with GEMEENTEN.open(encoding="utf-8", newline="") as file:
        model.objects.bulk_create(
            model(code=row["gemeentecode"], naam=row["naam"], jaar=JAAR)
            for row in csv.DictReader(file)
        )


class Migration(migrations.Migration):
    dependencies = [("tenants", "0010_mensen"), ("cases", "0014_avg")]

    operations = [
        rls.run(WERKT),
        migrations.AddField(
            model_name="opdracht",
            name="doelgroepafbakening",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="opdracht",
            name="drempel_reden",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="opdracht",
            name="gebied",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="opdracht",
            name="hoofdaannemer",
            field=models.CharField(blank=True, default="", max_length=160),
        ),
        migrations.AddField(
            model_name="opdracht",
            name="onderaannemer",
            field=models.CharField(blank=True, default="", max_length=160),
        ),
        migrations.AddField(
            model_name="tenant",
            name="stijl",
            field=models.CharField(blank=True, default="", max_length=16),
        ),
        migrations.CreateModel(
            name="Gemeente",
            fields=[
                (
                    "code",
                    models.CharField(max_length=6, primary_key=True, serialize=False),
                ),
                ("naam", models.CharField(max_length=160)),
                ("jaar", models.PositiveSmallIntegerField()),
                ("is_vervallen", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "gemeente",
                "verbose_name_plural": "gemeenten",
                "ordering": ["naam"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^GM\\d{4}$")),
                        name="gemeente_code",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EigenWaarde",
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
                    "lijst",
                    models.CharField(
                        choices=[("subaard", "Nadere aanduiding van de aard")],
                        default="subaard",
                        max_length=20,
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("naam", models.CharField(max_length=80)),
                ("is_actief", models.BooleanField(default=True)),
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
                "verbose_name": "eigen waarde",
                "verbose_name_plural": "eigen waarden",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "lijst", "code"), name="eigenwaarde_eenmaal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lijst__in", ["subaard"])),
                        name="eigenwaarde_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "code__regex",
                                "^(FIN|REL|ORG|WEI|BEH|OVE)\\.X[A-Z0-9]{0,10}$",
                            )
                        ),
                        name="eigenwaarde_onder_kern",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("naam__regex", "\\S")),
                        name="eigenwaarde_naam",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Huisstijl",
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
                ("kleur", models.CharField(max_length=7)),
                ("logo", models.BinaryField(null=True)),
                ("logo_breedte", models.PositiveSmallIntegerField(default=0)),
                ("logo_hoogte", models.PositiveSmallIntegerField(default=0)),
                ("merk", models.CharField(max_length=16)),
                ("gemaakt_op", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "door",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.medewerker",
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
                "verbose_name": "huisstijl",
                "verbose_name_plural": "huisstijlen",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "merk"), name="huisstijl_merk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kleur__regex", "^#[0-9a-f]{6}$")),
                        name="huisstijl_kleur",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Publiekepagina",
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
                ("versie", models.PositiveIntegerField()),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("CONCEPT", "Concept"),
                            ("VASTGESTELD", "Vastgesteld"),
                        ],
                        default="CONCEPT",
                        max_length=11,
                    ),
                ),
                (
                    "wie_betaalt",
                    models.TextField(blank=True, verbose_name="Wie betaalt ons?"),
                ),
                (
                    "onafhankelijk",
                    models.TextField(blank=True, verbose_name="Wij zijn onafhankelijk"),
                ),
                ("gratis", models.TextField(blank=True, verbose_name="Wat kost het?")),
                (
                    "geheimhouding",
                    models.TextField(
                        blank=True, verbose_name="Wij houden geheim wat u vertelt"
                    ),
                ),
                (
                    "klacht",
                    models.TextField(blank=True, verbose_name="Een klacht over ons"),
                ),
                (
                    "bereikbaar",
                    models.TextField(blank=True, verbose_name="Spreekuren en contact"),
                ),
                (
                    "gewijzigd_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                (
                    "door",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.medewerker",
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
                "verbose_name": "publieke pagina",
                "verbose_name_plural": "publieke pagina's",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "versie"), name="pagina_versie"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stand", "CONCEPT")),
                        fields=("tenant",),
                        name="pagina_een_concept",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stand", "CONCEPT"),
                            models.Q(
                                ("bereikbaar__regex", "\\S"),
                                ("geheimhouding__regex", "\\S"),
                                ("gratis__regex", "\\S"),
                                ("klacht__regex", "\\S"),
                                ("onafhankelijk__regex", "\\S"),
                                ("wie_betaalt__regex", "\\S"),
                            ),
                            _connector="OR",
                        ),
                        name="pagina_compleet",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TenantInstelling",
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
                ("reactienorm", models.PositiveSmallIntegerField(default=2)),
                (
                    "standaarddienst",
                    models.CharField(blank=True, default="", max_length=12),
                ),
                (
                    "tenant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="tenants.tenant"
                    ),
                ),
            ],
            options={
                "verbose_name": "instelling",
                "verbose_name_plural": "instellingen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reactienorm__gte", 1), ("reactienorm__lte", 20)
                        ),
                        name="instelling_reactienorm",
                    )
                ],
            },
        ),
        rls.isolate(
            "tenants_huisstijl",
            rls.Grant("staff", select=True, insert=True),
            rls.Grant("portal", select=True),
            rls.Grant("job", select=True),
        ),
        rls.isolate(
            "tenants_publiekepagina",
            rls.Grant("staff", select=True, insert=True, update=True),
        ),
        rls.isolate(
            "tenants_eigenwaarde",
            rls.Grant("staff", select=True, insert=True, update=("naam", "is_actief")),
        ),
        rls.isolate(
            "tenants_tenantinstelling",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=("reactienorm", "standaarddienst"),
            ),
        ),
        migrations.RunPython(load_gemeenten, migrations.RunPython.noop),
        rls.run(
            BEHEER,
            OPDRACHTGEVER,
            OPDRACHT,
            VAST,
            KWESTIE,
            *(
                f"CREATE TRIGGER {table}_door_beheer BEFORE INSERT OR UPDATE ON"
                f" {table} FOR EACH ROW EXECUTE FUNCTION adviespunt.door_beheer()"
                for table in VAN_BEHEER
            ),
            "GRANT INSERT ON tenants_tenant TO adviespunt_staff",
            "GRANT UPDATE (naam, kvk, status, stijl) ON tenants_tenant"
            " TO adviespunt_staff",
            "GRANT USAGE ON SEQUENCE tenants_tenant_id_seq TO adviespunt_staff",
            "GRANT SELECT, INSERT, UPDATE ON tenants_gemeente TO adviespunt_staff",
        ),
    ]
