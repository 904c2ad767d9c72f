"""Who may have a kwestie besides its supporter, and whose it was before.

Walls around the three tables, and what must hold in every row of them: an Overdracht
says what the kwestie says, keeps its word and keeps the former supporter out after the
client's wish; a kwestie that changes hands is no longer shared.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

OVERDRACHT = """
CREATE FUNCTION adviespunt.bewaak_overdracht() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'overdracht_staat_vast' USING ERRCODE = '23514';
  END IF;
  IF NOT EXISTS (
    SELECT FROM cases_kwestie k
    WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.kwestie_id
      AND k.ondersteuner_id IS NOT DISTINCT FROM NEW.naar_id) THEN
    RAISE EXCEPTION 'overdracht_zoals_kwestie' USING ERRCODE = '23514';
  END IF;
  -- S50: at the client's wish the former supporter stays out, and a new one is let in.
  UPDATE cases_kwestie SET niet_voor =
    array_remove(array_remove(niet_voor, NEW.naar_id), NEW.van_id)
    || CASE WHEN NEW.van_id IS NOT NULL AND (NEW.van_id = ANY (niet_voor)
        OR NEW.reden IN ('CLIENT_ANDER', 'CLIENT_ORG', 'BELANG'))
      THEN ARRAY[NEW.van_id] ELSE '{}'::uuid[] END
  WHERE tenant_id = NEW.tenant_id AND id = NEW.kwestie_id;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_overdracht_bewaking BEFORE INSERT OR UPDATE ON cases_overdracht
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_overdracht();
"""

DELEN = """
CREATE FUNCTION adviespunt.deling_datum() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT k.datum INTO NEW.datum FROM cases_kwestie k
  WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.kwestie_id;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_casegrant_datum BEFORE INSERT ON cases_casegrant
  FOR EACH ROW EXECUTE FUNCTION adviespunt.deling_datum();

CREATE FUNCTION adviespunt.delen_volgt_kwestie() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.ondersteuner_id IS DISTINCT FROM OLD.ondersteuner_id THEN
    UPDATE cases_casegrant SET ingetrokken_op = clock_timestamp()
    WHERE tenant_id = NEW.tenant_id AND kwestie_id = NEW.id
      AND ingetrokken_op IS NULL;
  END IF;
  IF NEW.datum <> OLD.datum THEN
    UPDATE cases_casegrant SET datum = NEW.datum
    WHERE tenant_id = NEW.tenant_id AND kwestie_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER cases_kwestie_delen AFTER UPDATE OF ondersteuner_id, datum
  ON cases_kwestie FOR EACH ROW
  WHEN (NEW.ondersteuner_id IS DISTINCT FROM OLD.ondersteuner_id
    OR NEW.datum <> OLD.datum)
  EXECUTE FUNCTION adviespunt.delen_volgt_kwestie();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_concepten"),
        ("tenants", "0004_auditregels"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseGrant",
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
                    "niveau",
                    models.CharField(
                        choices=[
                            ("LEZEN", "Lezen"),
                            ("SCHRIJVEN", "Lezen en bijwerken"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "reden",
                    models.CharField(
                        choices=[
                            ("MEEDENKEN", "Een collega denkt mee"),
                            ("SAMEN", "We ondersteunen deze cliënt samen"),
                            ("WAARNEMEN", "Een collega neemt iets waar"),
                            ("KLACHT", "Een klacht over onze ondersteuning"),
                        ],
                        max_length=9,
                    ),
                ),
                ("datum", models.DateField()),
                ("tot", models.DateField(verbose_name="Tot en met")),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
                ("ingetrokken_op", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "gedeelde kwestie",
                "verbose_name_plural": "gedeelde kwesties",
            },
        ),
        migrations.CreateModel(
            name="Overdracht",
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
                    "reden",
                    models.CharField(
                        choices=[
                            ("CLIENT_ANDER", "De cliënt wil een andere ondersteuner"),
                            ("CLIENT_ORG", "De cliënt wil een andere organisatie"),
                            ("BELANG", "Er is een belang dat in de weg staat"),
                            ("DESKUNDIG", "Een collega weet hier meer van"),
                            ("WERK", "Werkverdeling of afwezigheid"),
                            ("TOEDELING", "Toegewezen door de teamleider"),
                            ("ONTHEVEN", "Uit de functie ontheven"),
                            ("UIT_DIENST", "Andere functie of uit dienst"),
                        ],
                        max_length=12,
                    ),
                ),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "overdracht",
                "verbose_name_plural": "overdrachten",
            },
        ),
        migrations.CreateModel(
            name="Plaatsvervanging",
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
                ("van", models.DateField(verbose_name="Eerste dag")),
                ("tot", models.DateField(verbose_name="Laatste dag")),
                ("besluit", models.CharField(max_length=200)),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
                ("beeindigd_op", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "plaatsvervanging",
                "verbose_name_plural": "plaatsvervangingen",
            },
        ),
        migrations.AddField(
            model_name="kwestie",
            name="niet_voor",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                db_default=models.Value([]),
                default=list,
                editable=False,
                size=None,
            ),
        ),
        migrations.AddIndex(
            model_name="kwestie",
            index=models.Index(
                fields=["tenant", "ondersteuner", "-datum", "id"], name="kwestie_eigen"
            ),
        ),
        migrations.AddField(
            model_name="casegrant",
            name="door",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="casegrant",
            name="kwestie",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="delingen",
                to="cases.kwestie",
            ),
        ),
        migrations.AddField(
            model_name="casegrant",
            name="medewerker",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="casegrant",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="overdracht",
            name="door",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="overdracht",
            name="kwestie",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="overdrachten",
                to="cases.kwestie",
            ),
        ),
        migrations.AddField(
            model_name="overdracht",
            name="naar",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="overdracht",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="overdracht",
            name="van",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="plaatsvervanging",
            name="afwezige",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="plaatsvervanging",
            name="beeindigd_door",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="plaatsvervanging",
            name="door",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="plaatsvervanging",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="plaatsvervanging",
            name="vervanger",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddIndex(
            model_name="casegrant",
            index=models.Index(
                condition=models.Q(("ingetrokken_op__isnull", True)),
                fields=["tenant", "medewerker", "-datum", "kwestie"],
                name="deling_medewerker",
            ),
        ),
        migrations.AddIndex(
            model_name="casegrant",
            index=models.Index(fields=["tenant", "kwestie"], name="deling_kwestie"),
        ),
        migrations.AddConstraint(
            model_name="casegrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ingetrokken_op__isnull", True)),
                fields=("tenant", "kwestie", "medewerker"),
                name="deling_eenmaal",
            ),
        ),
        migrations.AddConstraint(
            model_name="casegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("niveau__in", ["LEZEN", "SCHRIJVEN"])),
                name="deling_niveau_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="casegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reden__in", ["MEEDENKEN", "SAMEN", "WAARNEMEN", "KLACHT"])
                ),
                name="deling_reden_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="casegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("medewerker", models.F("door")), _negated=True),
                name="deling_met_ander",
            ),
        ),
        migrations.AddIndex(
            model_name="overdracht",
            index=models.Index(
                fields=["tenant", "kwestie", "-op"], name="overdracht_kwestie"
            ),
        ),
        migrations.AddConstraint(
            model_name="overdracht",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reden__in",
                        [
                            "CLIENT_ANDER",
                            "CLIENT_ORG",
                            "BELANG",
                            "DESKUNDIG",
                            "WERK",
                            "TOEDELING",
                            "ONTHEVEN",
                            "UIT_DIENST",
                        ],
                    )
                ),
                name="overdracht_reden_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="overdracht",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("van__isnull", True),
                    ("naar__isnull", True),
                    models.Q(("van", models.F("naar")), _negated=True),
                    _connector="OR",
                ),
                name="overdracht_naar_ander",
            ),
        ),
        migrations.AddConstraint(
            model_name="overdracht",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("van__isnull", False), ("naar__isnull", False), _connector="OR"
                ),
                name="overdracht_ergens",
            ),
        ),
        migrations.AddIndex(
            model_name="plaatsvervanging",
            index=models.Index(
                fields=["tenant", "vervanger", "tot"], name="vervanging_vervanger"
            ),
        ),
        migrations.AddIndex(
            model_name="plaatsvervanging",
            index=models.Index(fields=["tenant", "-tot", "id"], name="vervanging_tot"),
        ),
        migrations.AddConstraint(
            model_name="plaatsvervanging",
            constraint=models.CheckConstraint(
                condition=models.Q(("afwezige", models.F("vervanger")), _negated=True),
                name="vervanging_door_ander",
            ),
        ),
        migrations.AddConstraint(
            model_name="plaatsvervanging",
            constraint=models.CheckConstraint(
                condition=models.Q(("tot__gte", models.F("van"))),
                name="vervanging_venster",
            ),
        ),
        migrations.AddConstraint(
            model_name="plaatsvervanging",
            constraint=models.CheckConstraint(
                condition=models.Q(("besluit", ""), _negated=True),
                name="vervanging_besluit",
            ),
        ),
        migrations.AddConstraint(
            model_name="plaatsvervanging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("beeindigd_door__isnull", True), ("beeindigd_op__isnull", True)
                    ),
                    models.Q(
                        ("beeindigd_door__isnull", False),
                        ("beeindigd_op__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="vervanging_einde_door",
            ),
        ),
        rls.isolate(
            "cases_overdracht",
            rls.Grant("staff", select=True, insert=True, scope="cases"),
        ),
        rls.isolate(  # no case data in it: beheer makes and ends them too
            "cases_plaatsvervanging",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=("beeindigd_op", "beeindigd_door_id"),
            ),
        ),
        rls.isolate(
            "cases_casegrant",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=("ingetrokken_op", "datum"),
                scope="cases",
            ),
        ),
        rls.composite_key("cases_overdracht", "kwestie_id", "cases_kwestie"),
        rls.composite_key("cases_casegrant", "kwestie_id", "cases_kwestie"),
        rls.run(OVERDRACHT, DELEN),
    ]
