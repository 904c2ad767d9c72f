"""Files and letters with a kwestie, and what PostgreSQL holds of them itself.

A file is kept in pieces, each sealed under the key of its kwestie. A final letter stays
as it is; what becomes final has the consents it needs.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

OLD = "weggegooid_op < now() - interval '30 days'"
BRIEF = """
CREATE FUNCTION adviespunt.bewaak_brief() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  today date := (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.definitief_op IS NOT NULL THEN
    -- What was agreed stays as it was; it can be erased.
    IF (NEW.kwestie_id, NEW.soort, NEW.aan_soort, NEW.versie, NEW.toestemming_id,
        NEW.opgesteld_door_id, NEW.is_met_client, NEW.besproken_op, NEW.akkoord_op,
        NEW.akkoord_door, NEW.akkoord_wijze, NEW.definitief_op, NEW.definitief_door_id)
       IS DISTINCT FROM (OLD.kwestie_id, OLD.soort, OLD.aan_soort, OLD.versie,
        OLD.toestemming_id, OLD.opgesteld_door_id, OLD.is_met_client, OLD.besproken_op,
        OLD.akkoord_op, OLD.akkoord_door, OLD.akkoord_wijze, OLD.definitief_op,
        OLD.definitief_door_id)
       OR EXISTS (SELECT FROM (VALUES (NEW.aan_v, OLD.aan_v),
         (NEW.onderwerp_v, OLD.onderwerp_v), (NEW.woorden_v, OLD.woorden_v),
         (NEW.tekst_v, OLD.tekst_v), (NEW.wens_v, OLD.wens_v),
         (NEW.inhoud_v, OLD.inhoud_v)) AS t (n, o)
         WHERE n IS DISTINCT FROM o AND n IS DISTINCT FROM '\\xe28093'::bytea) THEN
      RAISE EXCEPTION 'brief_staat_vast' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.definitief_op IS NULL THEN
    RETURN NEW;
  END IF;
  -- V5: to these only with a consent that holds.
  IF NEW.aan_soort IN ('HULPVERLENER', 'GEMEENTE') AND NOT EXISTS (
    SELECT FROM cases_toestemming t
    WHERE t.tenant_id = NEW.tenant_id AND t.kwestie_id = NEW.kwestie_id
      AND t.id = NEW.toestemming_id AND t.ontvanger_soort = NEW.aan_soort
      AND t.gegeven_op <= NEW.definitief_op AND t.ingetrokken_op IS NULL
      AND (t.geldig_tot IS NULL OR t.geldig_tot >= today)) THEN
    RAISE EXCEPTION 'brief_zonder_toestemming' USING ERRCODE = '23514';
  END IF;
  -- V8, S20: who is anonymous to whom it goes is not named.
  IF NEW.is_met_client AND NEW.aan_soort <> 'CLIENT' AND EXISTS (
    SELECT FROM cases_kwestie k
    WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.kwestie_id
      AND k.identiteitsstatus <> 'BEKEND') THEN
    RAISE EXCEPTION 'brief_noemt_client' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_brief_bewaking BEFORE INSERT OR UPDATE ON cases_brief
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_brief();
"""


def destroys(*columns: str, rows: str = OLD) -> rls.Grant:
    """The worker finds and removes what was thrown away, and sees no more of it."""
    return rls.Grant(
        "job",
        select=("id", "tenant_id", *columns),
        delete=True,
        scope="cases",
        rows=rows,
        check="false",
    )


def staff(*columns: str) -> rls.Grant:
    """Who works on kwesties; these columns change after it was stored."""
    return rls.Grant("staff", select=True, insert=True, update=columns, scope="cases")


VAN_BIJLAGE = (
    "EXISTS (SELECT FROM cases_bijlage w WHERE w.tenant_id ="
    f" cases_bijlagestuk.tenant_id AND w.id = cases_bijlagestuk.bijlage_id AND w.{OLD})"
)
WALLS = [
    rls.isolate(
        "cases_bijlage",
        staff("naam_v", "weggegooid_op"),
        destroys("kwestie_id", "weggegooid_op"),
    ),
    rls.isolate(
        "cases_bijlagestuk",
        staff("inhoud_v"),
        destroys("kwestie_id", "bijlage_id", rows=VAN_BIJLAGE),
    ),
    rls.isolate(
        "cases_brief",
        rls.Grant("staff", select=True, insert=True, update=True, scope="cases"),
        destroys("kwestie_id", "weggegooid_op"),
    ),
    rls.isolate(
        "cases_tekstblok",
        rls.Grant(
            "staff", select=True, insert=True, update=True, delete=True, scope="cases"
        ),
    ),
    rls.composite_key("cases_bijlage", "kwestie_id", "cases_kwestie"),
    rls.composite_key("cases_bijlagestuk", "kwestie_id", "cases_kwestie"),
    rls.composite_key("cases_bijlagestuk", "bijlage_id", "cases_bijlage"),
    rls.composite_key("cases_brief", "kwestie_id", "cases_kwestie"),
    rls.composite_key("cases_brief", "toestemming_id", "cases_toestemming"),
    rls.run(
        *(
            f"CREATE TRIGGER {table}_prullenbak BEFORE UPDATE OF weggegooid_op"
            f" ON {table} FOR EACH ROW EXECUTE FUNCTION"
            " adviespunt.bewaak_prullenbak('kwestie_id')"
            for table in ("cases_bijlage", "cases_brief")
        ),
        *(
            f"CREATE TRIGGER {table}_beperking BEFORE INSERT OR UPDATE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_beperking()"
            for table in ("cases_bijlage", "cases_brief")
        ),
        BRIEF,
    ),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_avg")]

    operations = [
        migrations.CreateModel(
            name="Bijlage",
            fields=[
                ("weggegooid_op", models.DateTimeField(editable=False, null=True)),
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
                    "aangemaakt_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("PDF", "PDF"),
                            ("DOCX", "Word-document"),
                            ("ODT", "OpenDocument-tekst"),
                            ("JPEG", "Foto (JPEG)"),
                            ("PNG", "Afbeelding (PNG)"),
                            ("TXT", "Tekst"),
                        ],
                        max_length=4,
                    ),
                ),
                ("omvang", models.PositiveIntegerField()),
                ("stukken", models.PositiveSmallIntegerField()),
                ("contact", models.UUIDField(null=True)),
                ("naam_v", models.BinaryField(null=True)),
            ],
            options={
                "verbose_name": "bijlage",
                "verbose_name_plural": "bijlagen",
            },
        ),
        migrations.CreateModel(
            name="BijlageStuk",
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
                    "aangemaakt_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("nr", models.PositiveSmallIntegerField()),
                ("inhoud_v", models.BinaryField(null=True)),
            ],
            options={
                "verbose_name": "stuk van een bijlage",
                "verbose_name_plural": "stukken van bijlagen",
            },
        ),
        migrations.CreateModel(
            name="Brief",
            fields=[
                ("weggegooid_op", models.DateTimeField(editable=False, null=True)),
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
                    "aangemaakt_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("BRIEF", "Brief"),
                            ("KLACHT", "Klacht"),
                            ("BEZWAAR", "Bezwaar"),
                            ("MACHTIGING", "Machtiging of toestemming"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "aan_soort",
                    models.CharField(
                        choices=[
                            ("CLIENT", "De cliënt zelf"),
                            ("HULPVERLENER", "Een hulpverlener of zorgaanbieder"),
                            ("GEMEENTE", "De gemeente"),
                            ("ANDER", "Iemand anders"),
                        ],
                        max_length=12,
                    ),
                ),
                ("versie", models.PositiveIntegerField(default=1)),
                (
                    "gewijzigd_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("is_met_client", models.BooleanField(default=False)),
                ("besproken_op", models.DateField(null=True)),
                ("akkoord_op", models.DateField(null=True)),
                (
                    "akkoord_door",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("CLIENT", "De cliënt zelf"),
                            ("BEIDEN", "De jeugdige en een ouder of voogd"),
                            ("OUDER", "Een ouder of voogd"),
                            ("VERTEG", "De wettelijk vertegenwoordiger"),
                        ],
                        default="",
                        max_length=6,
                    ),
                ),
                (
                    "akkoord_wijze",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("GESPREK", "In een gesprek"),
                            ("TELEFOON", "Aan de telefoon"),
                            ("SCHRIFT", "Op papier, met een handtekening"),
                            ("BERICHT", "In een e-mail of bericht"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("definitief_op", models.DateTimeField(null=True)),
                ("aan_v", models.BinaryField(null=True)),
                ("onderwerp_v", models.BinaryField(null=True)),
                ("woorden_v", models.BinaryField(null=True)),
                ("tekst_v", models.BinaryField(null=True)),
                ("wens_v", models.BinaryField(null=True)),
                ("inhoud_v", models.BinaryField(null=True)),
            ],
            options={
                "verbose_name": "brief",
                "verbose_name_plural": "brieven",
            },
        ),
        migrations.CreateModel(
            name="Tekstblok",
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
                ("titel", models.CharField(max_length=80)),
                ("tekst", models.TextField()),
                (
                    "soorten",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "gewijzigd_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
            ],
            options={
                "verbose_name": "tekstblok",
                "verbose_name_plural": "tekstblokken",
            },
        ),
        migrations.RemoveConstraint(
            model_name="prullenbak",
            name="prullenbak_soort_lijst",
        ),
        migrations.AlterField(
            model_name="prullenbak",
            name="soort",
            field=models.CharField(
                choices=[
                    ("KWESTIE", "Kwestie"),
                    ("CONTACT", "Contact"),
                    ("STAP", "Stap"),
                    ("VERWIJZING", "Verwijzing"),
                    ("TRAJECT", "Procedure"),
                    ("BIJLAGE", "Bijlage"),
                    ("BRIEF", "Brief"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="prullenbak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "soort__in",
                        [
                            "KWESTIE",
                            "CONTACT",
                            "STAP",
                            "VERWIJZING",
                            "TRAJECT",
                            "BIJLAGE",
                            "BRIEF",
                        ],
                    )
                ),
                name="prullenbak_soort_lijst",
            ),
        ),
        migrations.AddField(
            model_name="bijlage",
            name="kwestie",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)s_rijen",
                to="cases.kwestie",
            ),
        ),
        migrations.AddField(
            model_name="bijlage",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="bijlage",
            name="toegevoegd_door",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="bijlagestuk",
            name="bijlage",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="inhoud",
                to="cases.bijlage",
            ),
        ),
        migrations.AddField(
            model_name="bijlagestuk",
            name="kwestie",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)s_rijen",
                to="cases.kwestie",
            ),
        ),
        migrations.AddField(
            model_name="bijlagestuk",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="brief",
            name="definitief_door",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="brief",
            name="kwestie",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)s_rijen",
                to="cases.kwestie",
            ),
        ),
        migrations.AddField(
            model_name="brief",
            name="opgesteld_door",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="brief",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="brief",
            name="toestemming",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.toestemming",
            ),
        ),
        migrations.AddField(
            model_name="tekstblok",
            name="gemaakt_door",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="tekstblok",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddIndex(
            model_name="bijlage",
            index=models.Index(fields=["tenant", "kwestie"], name="bijlage_kwestie"),
        ),
        migrations.AddConstraint(
            model_name="bijlage",
            constraint=models.UniqueConstraint(
                fields=("tenant", "id"), name="bijlage_tenant_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="bijlage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("soort__in", ["PDF", "DOCX", "ODT", "JPEG", "PNG", "TXT"])
                ),
                name="bijlage_soort_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="bijlage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("omvang__gte", 1), ("omvang__lte", 20971520), ("stukken__gte", 1)
                ),
                name="bijlage_omvang",
            ),
        ),
        migrations.AddConstraint(
            model_name="bijlage",
            constraint=models.CheckConstraint(
                condition=models.Q(("naam_v__isnull", False)), name="bijlage_naam"
            ),
        ),
        migrations.AddIndex(
            model_name="bijlagestuk",
            index=models.Index(fields=["tenant", "kwestie"], name="stuk_kwestie"),
        ),
        migrations.AddConstraint(
            model_name="bijlagestuk",
            constraint=models.UniqueConstraint(
                fields=("tenant", "bijlage", "nr"), name="stuk_eenmaal"
            ),
        ),
        migrations.AddIndex(
            model_name="brief",
            index=models.Index(fields=["tenant", "kwestie"], name="brief_kwestie"),
        ),
        migrations.AddConstraint(
            model_name="brief",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("soort__in", ["BRIEF", "KLACHT", "BEZWAAR", "MACHTIGING"])
                ),
                name="brief_soort_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="brief",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("aan_soort__in", ["CLIENT", "HULPVERLENER", "GEMEENTE", "ANDER"])
                ),
                name="brief_aan_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="brief",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("akkoord_door__in", ["", "CLIENT", "BEIDEN", "OUDER", "VERTEG"]),
                    (
                        "akkoord_wijze__in",
                        ["", "GESPREK", "TELEFOON", "SCHRIFT", "BERICHT"],
                    ),
                ),
                name="brief_akkoord_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="brief",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("definitief_door__isnull", True),
                        ("definitief_op__isnull", True),
                    ),
                    models.Q(
                        ("akkoord_op__gte", models.F("besproken_op")),
                        ("akkoord_op__isnull", False),
                        ("besproken_op__isnull", False),
                        ("definitief_door__isnull", False),
                        ("definitief_op__isnull", False),
                        ("inhoud_v__isnull", False),
                        models.Q(("akkoord_door", ""), _negated=True),
                        models.Q(("akkoord_wijze", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="brief_definitief_na_akkoord",
            ),
        ),
        migrations.AddConstraint(
            model_name="brief",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("definitief_op__isnull", True),
                    models.Q(
                        ("aan_soort__in", ["HULPVERLENER", "GEMEENTE"]), _negated=True
                    ),
                    ("toestemming__isnull", False),
                    _connector="OR",
                ),
                name="brief_met_toestemming",
            ),
        ),
        migrations.AddIndex(
            model_name="tekstblok",
            index=models.Index(fields=["tenant", "titel"], name="tekstblok_titel"),
        ),
        migrations.AddConstraint(
            model_name="tekstblok",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("titel", ""), _negated=True),
                    models.Q(("tekst", ""), _negated=True),
                ),
                name="tekstblok_gevuld",
            ),
        ),
        migrations.AddConstraint(
            model_name="tekstblok",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "soorten__contained_by",
                        ["BRIEF", "KLACHT", "BEZWAAR", "MACHTIGING"],
                    )
                ),
                name="tekstblok_soorten_lijst",
            ),
        ),
        *WALLS,
    ]
