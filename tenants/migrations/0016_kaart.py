"""The social chart with its history, and functions that a tenant adds (S108, S182).

Whoever works for a tenant reads them; who works on kwesties or administers writes the
chart, who administers adds a function. Portal, public and job have no right at all.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

MAG_SCHRIJVEN = (
    "EXISTS (SELECT FROM tenants_membership m WHERE m.tenant_id = {table}.tenant_id"
    " AND m.user_id = (SELECT adviespunt.ctx_user('staff'))"
    " AND m.rol IN ('VRIJWILLIGER', 'ONDERSTEUNER', 'TEAMLEIDER', 'BEHEER')"
    " AND m.van <= current_date AND (m.tot >= current_date) IS NOT FALSE)"
)
EIGEN_NAAM = "door_id = (SELECT adviespunt.ctx_user('staff'))"
BEWAKING = """
-- Each version of an organisation is the next one, and has a row that says what changed.
CREATE FUNCTION adviespunt.bewaak_organisatie() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.versie <> OLD.versie + 1 OR NOT EXISTS (
    SELECT FROM tenants_organisatieversie v WHERE v.tenant_id = NEW.tenant_id
      AND v.organisatie_id = NEW.id AND v.versie = NEW.versie
      AND v.door_id = adviespunt.ctx_user('staff')) THEN
    RAISE EXCEPTION 'organisatie_zonder_versie' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_organisatie_bewaking BEFORE UPDATE ON tenants_organisatie
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_organisatie();

-- A function is added in one's own name; after that only the day it ends, once.
CREATE FUNCTION adviespunt.bewaak_functiescope() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.tot IS NOT NULL
      OR NEW.door_id IS DISTINCT FROM adviespunt.ctx_user('staff') THEN
      RAISE EXCEPTION 'functiescope_eigen_naam' USING ERRCODE = '23514';
    END IF;
  ELSIF OLD.tot IS NOT NULL THEN
    RAISE EXCEPTION 'functiescope_staat_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_functiescope_bewaking BEFORE INSERT OR UPDATE
  ON tenants_functiescope
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_functiescope();
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0015_publiek")]
    operations = [
        migrations.CreateModel(
            name="Organisatie",
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
                ("naam", models.CharField(max_length=160)),
                ("soort", models.CharField(max_length=6)),
                ("regio", models.CharField(blank=True, max_length=80)),
                (
                    "gemeenten",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=6),
                        default=list,
                        size=None,
                    ),
                ),
                ("onderwerpen", models.CharField(blank=True, max_length=300)),
                ("telefoon", models.CharField(blank=True, max_length=40)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("website", models.URLField(blank=True, max_length=300)),
                ("klachtenregeling", models.URLField(blank=True, max_length=300)),
                ("functionaris", models.CharField(blank=True, max_length=160)),
                ("functionaris_contact", models.CharField(blank=True, max_length=160)),
                ("is_functionaris_in_dienst", models.BooleanField(null=True)),
                ("klachtencommissie", models.CharField(blank=True, max_length=200)),
                ("geschilleninstantie", models.CharField(blank=True, max_length=200)),
                ("opmerking", models.TextField(blank=True, max_length=1000)),
                ("gecontroleerd_op", models.DateField()),
                ("is_vervallen", models.BooleanField(default=False)),
                ("versie", models.PositiveIntegerField(default=1)),
                ("zoektekst", models.TextField(blank=True, editable=False)),
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
                "verbose_name": "organisatie",
                "verbose_name_plural": "organisaties",
            },
        ),
        migrations.CreateModel(
            name="OrganisatieVersie",
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
                ("wijzigingen", models.JSONField(default=dict)),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "organisatie",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versies",
                        to="tenants.organisatie",
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
                "verbose_name": "versie van een organisatie",
                "verbose_name_plural": "versies van een organisatie",
            },
        ),
        migrations.CreateModel(
            name="FunctieScope",
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
                ("naam", models.CharField(max_length=120)),
                ("wet", models.CharField(max_length=8)),
                ("bereik", models.CharField(max_length=8)),
                ("van", models.DateField()),
                ("tot", models.DateField(null=True)),
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
                "verbose_name": "toegevoegde functie",
                "verbose_name_plural": "toegevoegde functies",
                "indexes": [
                    models.Index(fields=["tenant", "tot"], name="functiescope_nu")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("naam", ""), _negated=True),
                        name="functiescope_naam",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wet__in", ["WMO", "WLZ", "JW", "ZVW", "JUST", "PW"])
                        ),
                        name="functiescope_wet",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bereik__in", ["TAAK", "DOELGR", "BEPERKT", "BREED"])
                        ),
                        name="functiescope_bereik",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tot__isnull", True),
                            ("tot__gte", models.F("van")),
                            _connector="OR",
                        ),
                        name="functiescope_periode",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="organisatie",
            index=models.Index(
                fields=["tenant", "is_vervallen", "naam"], name="kaart_naam"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatie",
            constraint=models.UniqueConstraint(
                fields=("tenant", "id"), name="kaart_tenant_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatie",
            constraint=models.CheckConstraint(
                condition=models.Q(("naam", ""), _negated=True),
                name="kaart_naam_gevuld",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatieversie",
            constraint=models.UniqueConstraint(
                fields=("tenant", "organisatie", "versie"), name="kaart_versie"
            ),
        ),
        rls.isolate(
            "tenants_organisatie",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=True,
                check=MAG_SCHRIJVEN.format(table="tenants_organisatie"),
            ),
        ),
        rls.isolate(
            "tenants_organisatieversie",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                check=MAG_SCHRIJVEN.format(table="tenants_organisatieversie")
                + f" AND {EIGEN_NAAM}",
            ),
        ),
        rls.isolate(
            "tenants_functiescope",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=("tot",),
                check="adviespunt.beheert(tenant_id)",
            ),
        ),
        rls.composite_key(
            "tenants_organisatieversie", "organisatie_id", "tenants_organisatie"
        ),
        rls.run(BEWAKING),
    ]
