"""What is said about a report before it stands, and texts per subject.

Remarks are between colleagues; a mistake of fact is pointed out by the commissioning
party and decided about once, with a reason. Nothing is established while one waits or
was found right. The twins in words are in ``signalering.lifecycle``."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

ZICHTBAAR_RAPPORT = "rapportage_id IN (SELECT id FROM signalering_rapportage)"
GESPREK = """
CREATE FUNCTION adviespunt.bewaak_opmerking() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.door_id IS DISTINCT FROM adviespunt.ctx_user('staff')
       OR NEW.klaar_op IS NOT NULL OR EXISTS (
         SELECT FROM signalering_rapportage r WHERE r.tenant_id = NEW.tenant_id
           AND r.id = NEW.rapportage_id AND r.status = 'INGETROKKEN') THEN
      RAISE EXCEPTION 'opmerking_bij_levende_rapportage' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.klaar_op IS NOT NULL
     OR NEW.klaar_door_id IS DISTINCT FROM adviespunt.ctx_user('staff') THEN
    RAISE EXCEPTION 'opmerking_staat_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_opmerking_bewaking
  BEFORE INSERT OR UPDATE ON signalering_opmerking
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_opmerking();

-- Pointed out while the report is discussed; decided about once, by a person.
CREATE FUNCTION adviespunt.bewaak_onjuistheid() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.besluit <> '' OR NOT EXISTS (
      SELECT FROM signalering_rapportage r WHERE r.tenant_id = NEW.tenant_id
        AND r.id = NEW.rapportage_id
        AND r.status IN ('AANGEBODEN', 'IN_BESPREKING')) THEN
      RAISE EXCEPTION 'onjuistheid_buiten_de_tijd' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.besluit <> '' OR NEW.besluit = ''
     OR NEW.besloten_door_id IS DISTINCT FROM adviespunt.ctx_user('staff') THEN
    RAISE EXCEPTION 'onjuistheid_besluit_staat_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_onjuistheid_bewaking
  BEFORE INSERT OR UPDATE ON signalering_onjuistheid
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_onjuistheid();

CREATE FUNCTION adviespunt.bewaak_rapportgesprek() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- As the other texts: in CONCEPT only, by who is then one of the authors.
  IF NEW.paragrafen IS DISTINCT FROM OLD.paragrafen THEN
    IF OLD.status <> 'CONCEPT' OR NEW.status <> 'CONCEPT' THEN
      RAISE EXCEPTION 'rapportage_tekst_staat_vast' USING ERRCODE = '23514';
    END IF;
    IF (adviespunt.ctx_user('staff') = ANY (NEW.schrijvers)) IS NOT TRUE THEN
      RAISE EXCEPTION 'rapportage_schrijver_onbekend' USING ERRCODE = '23514';
    END IF;
  END IF;
  IF NEW.status = OLD.status THEN RETURN NEW; END IF;
  IF NEW.status = 'VASTGESTELD' AND EXISTS (
    SELECT FROM signalering_onjuistheid o WHERE o.tenant_id = NEW.tenant_id
      AND o.rapportage_id = NEW.id AND o.besluit <> 'NIET_OVERGENOMEN') THEN
    RAISE EXCEPTION 'rapportage_met_onjuistheid' USING ERRCODE = '23514';
  END IF;
  IF NEW.status = 'OPENBAAR_DEELS' AND EXISTS (
    SELECT FROM tenants_opdracht d WHERE d.tenant_id = NEW.tenant_id
      AND d.id = NEW.opdracht_id AND d.publicatieafspraak = 'toestemming')
     AND (SELECT a.is_akkoord FROM signalering_reactie a
       WHERE a.tenant_id = NEW.tenant_id AND a.rapportage_id = NEW.id
       ORDER BY a.gegeven_op DESC LIMIT 1) IS NOT TRUE THEN
    RAISE EXCEPTION 'rapportage_zonder_toestemming' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_rapportage_gesprek BEFORE UPDATE ON signalering_rapportage
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_rapportgesprek();
"""
TABELLEN = ("opmerking", "onjuistheid", "herinnering")


class Migration(migrations.Migration):
    dependencies = [
        ("signalering", "0009_portaal"),
    ]

    operations = [
        migrations.CreateModel(
            name="Herinnering",
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
                    "soort",
                    models.CharField(
                        choices=[
                            ("BIJNA", "De reactietermijn is bijna voorbij"),
                            ("VOORBIJ", "De reactietermijn is voorbij"),
                            ("NIET_BESPROKEN", "Nog niet besproken"),
                        ],
                        max_length=14,
                    ),
                ),
                ("aantal", models.PositiveSmallIntegerField()),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "herinnering",
                "verbose_name_plural": "herinneringen",
            },
        ),
        migrations.CreateModel(
            name="Onjuistheid",
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
                    "onderdeel",
                    models.CharField(
                        choices=[
                            ("aantal", "Aantal kwesties"),
                            ("aard", "Aard van de kwesties"),
                            ("inhoud", "Inhoud van de ondersteuning"),
                            ("resultaat", "Resultaat van de ondersteuning"),
                            ("verdieping", "Verdieping"),
                            ("algemeen", "Het hele rapport"),
                        ],
                        max_length=10,
                    ),
                ),
                ("tekst", models.TextField()),
                ("functie", models.CharField(max_length=120)),
                ("door_id", models.UUIDField()),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "besluit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nog geen besluit"),
                            ("OVERGENOMEN", "Klopt: er komt een nieuwe versie"),
                            ("NIET_OVERGENOMEN", "Klopt niet: het blijft zo staan"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("motivering", models.TextField(blank=True)),
                ("besloten_door_id", models.UUIDField(null=True)),
                ("besloten_op", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "feitelijke onjuistheid",
                "verbose_name_plural": "feitelijke onjuistheden",
            },
        ),
        migrations.CreateModel(
            name="Opmerking",
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
                    "onderdeel",
                    models.CharField(
                        choices=[
                            ("aantal", "Aantal kwesties"),
                            ("aard", "Aard van de kwesties"),
                            ("inhoud", "Inhoud van de ondersteuning"),
                            ("resultaat", "Resultaat van de ondersteuning"),
                            ("verdieping", "Verdieping"),
                            ("algemeen", "Het hele rapport"),
                        ],
                        max_length=10,
                    ),
                ),
                ("tekst", models.TextField()),
                ("door_id", models.UUIDField()),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
                ("klaar_op", models.DateTimeField(null=True)),
                ("klaar_door_id", models.UUIDField(null=True)),
            ],
            options={
                "verbose_name": "opmerking",
                "verbose_name_plural": "opmerkingen",
            },
        ),
        migrations.AddField(
            model_name="rapportage",
            name="paragrafen",
            field=models.JSONField(
                blank=True,
                db_default=models.Value({}, models.JSONField()),
                default=dict,
            ),
        ),
        migrations.AddField(
            model_name="reactie",
            name="bezwaar",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddConstraint(
            model_name="reactie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_akkoord", False), ("bezwaar", ""), _connector="OR"
                ),
                name="reactie_akkoord_of_bezwaar",
            ),
        ),
        migrations.AddField(
            model_name="herinnering",
            name="rapportage",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="herinneringen",
                to="signalering.rapportage",
            ),
        ),
        migrations.AddField(
            model_name="herinnering",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="onjuistheid",
            name="rapportage",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="onjuistheden",
                to="signalering.rapportage",
            ),
        ),
        migrations.AddField(
            model_name="onjuistheid",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="opmerking",
            name="rapportage",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="opmerkingen",
                to="signalering.rapportage",
            ),
        ),
        migrations.AddField(
            model_name="opmerking",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddConstraint(
            model_name="herinnering",
            constraint=models.UniqueConstraint(
                fields=("tenant", "rapportage", "soort"), name="herinnering_eenmaal"
            ),
        ),
        migrations.AddIndex(
            model_name="onjuistheid",
            index=models.Index(
                fields=["tenant", "rapportage"], name="onjuistheid_rapportage"
            ),
        ),
        migrations.AddConstraint(
            model_name="onjuistheid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("besloten_door_id__isnull", True),
                        ("besloten_op__isnull", True),
                        ("besluit", ""),
                        ("motivering", ""),
                    ),
                    models.Q(
                        ("besloten_door_id__isnull", False),
                        ("besloten_op__isnull", False),
                        ("besluit__in", ["OVERGENOMEN", "NIET_OVERGENOMEN"]),
                        ("motivering__regex", "\\S"),
                    ),
                    _connector="OR",
                ),
                name="onjuistheid_besluit",
            ),
        ),
        migrations.AddIndex(
            model_name="opmerking",
            index=models.Index(
                fields=["tenant", "rapportage"], name="opmerking_rapportage"
            ),
        ),
        migrations.AddConstraint(
            model_name="opmerking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("klaar_door_id__isnull", True), ("klaar_op__isnull", True)
                    ),
                    models.Q(
                        ("klaar_door_id__isnull", False), ("klaar_op__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="opmerking_klaar",
            ),
        ),
        rls.isolate(
            "signalering_opmerking",
            rls.Grant(
                "staff", select=True, insert=True, update=("klaar_op", "klaar_door_id")
            ),
        ),
        rls.isolate(
            "signalering_onjuistheid",
            rls.Grant(
                "staff",
                select=True,
                update=("besluit", "motivering", "besloten_op", "besloten_door_id"),
            ),
            rls.Grant(
                "portal",
                select=True,
                insert=True,
                rows=ZICHTBAAR_RAPPORT,
                check=f"{ZICHTBAAR_RAPPORT}"
                " AND door_id = (SELECT adviespunt.ctx_user('portal'))",
            ),
        ),
        rls.isolate(
            "signalering_herinnering", rls.Grant("staff", select=True, insert=True)
        ),
        *(
            rls.composite_key(
                f"signalering_{table}", "rapportage_id", "signalering_rapportage"
            )
            for table in TABELLEN
        ),
        rls.run(GESPREK),
    ]
