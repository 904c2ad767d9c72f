"""What must happen on a day; the tally of a day; counting for the directie.

What was done stands and a term of the law is never moved. A teamleider who cannot read
a STRIKT kwestie does not hand it over to herself (S79). The counting role reads of
contacts, changes of hands and actions without assent the coded columns only.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models import F, Q

from tenants import rls

SOORTEN = [
    ("BELLEN", "Terugbellen"),
    ("BEZWAAR", "Laatste dag voor bezwaar"),
    ("BEROEP", "Laatste dag voor beroep"),
    ("REACTIE", "Reactie van een ander verwacht"),
    ("ANDERS", "Iets anders dat niet vergeten mag worden"),
]
WETTELIJK = ["BEZWAAR", "BEROEP"]

AGENDA = """
CREATE FUNCTION adviespunt.bewaak_agendapunt() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.kwestie_id <> OLD.kwestie_id OR NEW.soort <> OLD.soort THEN
    RAISE EXCEPTION 'agendapunt_staat_vast' USING ERRCODE = '23514';
  END IF;
  IF OLD.gedaan_op IS NOT NULL AND (NEW.gedaan_op IS DISTINCT FROM OLD.gedaan_op
      OR NEW.gedaan_door_id IS DISTINCT FROM OLD.gedaan_door_id
      OR NEW.dag <> OLD.dag) THEN
    RAISE EXCEPTION 'agendapunt_is_gedaan' USING ERRCODE = '23514';
  END IF;
  IF OLD.besluit_op IS NOT NULL AND (NEW.dag <> OLD.dag
      OR NEW.besluit_op IS DISTINCT FROM OLD.besluit_op) THEN
    RAISE EXCEPTION 'agendapunt_wettelijk' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_agendapunt_bewaking BEFORE UPDATE ON cases_agendapunt
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_agendapunt();
"""

STRIKT = """
-- S79: whoever hands over a strict kwestie of somebody else, without standing in for
-- her, does not get it herself.
CREATE FUNCTION adviespunt.bewaak_strikte_overdracht() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  today date := (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  IF NEW.van_id IS NOT NULL AND NEW.van_id <> NEW.door_id AND NEW.naar_id = NEW.door_id
    AND EXISTS (
      SELECT FROM cases_kwestie k
      WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.kwestie_id
        AND k.vertrouwelijkheid = 'STRIKT')
    AND NOT EXISTS (
      SELECT FROM cases_plaatsvervanging p
      WHERE p.tenant_id = NEW.tenant_id AND p.vervanger_id = NEW.door_id
        AND p.afwezige_id = NEW.van_id AND p.beeindigd_op IS NULL
        AND today BETWEEN p.van AND p.tot) THEN
    RAISE EXCEPTION 'overdracht_strikt_aan_zichzelf' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_overdracht_strikt BEFORE INSERT ON cases_overdracht
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_strikte_overdracht();
"""


def key(to: str, **options: object) -> models.ForeignKey:
    options.setdefault("related_name", "+")
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        to=to,
        **options,
    )


def ident() -> tuple[str, models.Field]:
    return (
        "id",
        models.UUIDField(
            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
        ),
    )


def tenant() -> tuple[str, models.Field]:
    return (
        "tenant",
        models.ForeignKey(
            db_index=False,
            on_delete=django.db.models.deletion.PROTECT,
            to="tenants.tenant",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_herstel"), ("tenants", "0004_auditregels")]

    operations: list[object] = [
        migrations.CreateModel(
            name="Agendapunt",
            fields=[
                ident(),
                (
                    "aangemaakt_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("soort", models.CharField(choices=SOORTEN, max_length=7)),
                ("dag", models.DateField()),
                ("van", models.TimeField(null=True)),
                ("tot", models.TimeField(null=True)),
                ("besluit_op", models.DateField(null=True)),
                ("gedaan_op", models.DateTimeField(null=True)),
                ("waarover_v", models.TextField(null=True)),
                ("gedaan_door", key("tenants.medewerker", null=True)),
                ("gemaakt_door", key("tenants.medewerker")),
                (
                    "kwestie",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rijen",
                        to="cases.kwestie",
                    ),
                ),
                tenant(),
            ],
            options={
                "verbose_name": "agendapunt",
                "verbose_name_plural": "agendapunten",
                "indexes": [
                    models.Index(fields=["tenant", "kwestie"], name="agenda_kwestie"),
                    models.Index(
                        fields=["tenant", "dag"],
                        name="agenda_open",
                        condition=Q(gedaan_op__isnull=True),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(soort__in=[code for code, _naam in SOORTEN]),
                        name="agenda_soort_lijst",
                    ),
                    models.CheckConstraint(
                        condition=Q(tot__isnull=True)
                        | Q(van__isnull=False, tot__gt=F("van")),
                        name="agenda_venster",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            soort__in=WETTELIJK,
                            besluit_op__isnull=False,
                            dag__gt=F("besluit_op"),
                        )
                        | (~Q(soort__in=WETTELIJK) & Q(besluit_op__isnull=True)),
                        name="agenda_besluit",
                    ),
                    models.CheckConstraint(
                        condition=Q(gedaan_op__isnull=True, gedaan_door__isnull=True)
                        | Q(gedaan_op__isnull=False, gedaan_door__isnull=False),
                        name="agenda_gedaan_door",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dagstaat",
            fields=[
                ident(),
                ("dag", models.DateField()),
                ("telefoontjes", models.PositiveSmallIntegerField()),
                ("medewerker", key("tenants.medewerker")),
                tenant(),
            ],
            options={
                "verbose_name": "dagstaat",
                "verbose_name_plural": "dagstaten",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "medewerker", "dag"), name="dagstaat_eenmaal"
                    ),
                    models.CheckConstraint(
                        condition=Q(telefoontjes__lte=500),
                        name="dagstaat_telefoontjes",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="contactmoment",
            index=models.Index(
                fields=["tenant", "datum_tijd"],
                include=("kwestie", "duur_min"),
                name="contact_uren",
            ),
        ),
        migrations.AddIndex(
            model_name="overdracht",
            index=models.Index(fields=["tenant", "op"], name="overdracht_jaar"),
        ),
        migrations.AddIndex(
            model_name="stap",
            index=models.Index(
                condition=Q(
                    gepland_op__isnull=False,
                    uitgevoerd_op__isnull=True,
                    vervallen_op__isnull=True,
                ),
                fields=["tenant", "gepland_op"],
                name="stap_gepland",
            ),
        ),
        rls.isolate(
            "cases_agendapunt",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=(
                    "dag",
                    "van",
                    "tot",
                    "waarover_v",
                    "gedaan_op",
                    "gedaan_door_id",
                ),
                scope="cases",
            ),
        ),
        rls.composite_key("cases_agendapunt", "kwestie_id", "cases_kwestie"),
        rls.isolate(
            "cases_dagstaat",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=("telefoontjes",),
                scope="cases",
            ),
        ),
        rls.run(
            *rls.admit(
                "cases_contactmoment",
                rls.Grant(
                    "job",
                    select=(
                        *("tenant_id", "kwestie_id", "datum_tijd", "duur_min"),
                        "toestemming_id",
                    ),
                    scope="cases",
                ),
            )
        ),
        rls.run(
            *rls.admit(
                "cases_overdracht",
                rls.Grant("job", select=("tenant_id", "reden", "op"), scope="cases"),
            )
        ),
        rls.run(
            *rls.admit(
                "cases_ambtshalveactie",
                rls.Grant("job", select=("tenant_id", "uitgevoerd_op"), scope="cases"),
            )
        ),
        rls.run(AGENDA, STRIKT),
    ]
