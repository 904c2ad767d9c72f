"""Rules of independence: consent, steps, interests, rulings, action without assent.

The walls around the new tables, and what a CHECK cannot hold: that a consent holds at
the moment of the contact (V5), that nobody gets a kwestie about an organisation she has
an interest in (V11), and that no agreed step is left behind at the end (V4).
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

TABLES = (
    "cases_toestemming",
    "cases_stap",
    "cases_belangencheck",
    "cases_ambtshalveactie",
)


def staff(table, **rights):
    return rls.isolate(
        table, rls.Grant("staff", select=True, insert=True, scope="cases", **rights)
    )


TOESTEMMING = """
-- V5, S13: the consent is of this kwestie, for these people, and holds at that moment.
CREATE FUNCTION adviespunt.bewaak_toestemming() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  t record;
BEGIN
  IF NEW.toestemming_id IS NULL THEN
    RETURN NEW;
  END IF;
  SELECT * INTO t FROM cases_toestemming
  WHERE tenant_id = NEW.tenant_id AND id = NEW.toestemming_id;
  IF NOT FOUND OR t.kwestie_id <> NEW.kwestie_id THEN
    RAISE EXCEPTION 'contact_toestemming_kwestie' USING ERRCODE = '23514';
  END IF;
  IF EXISTS (
    SELECT FROM unnest(NEW.met) AS m
    WHERE m IN ('HULPVERLENER', 'GEMEENTE') AND m <> t.ontvanger_soort) THEN
    RAISE EXCEPTION 'contact_toestemming_ontvanger' USING ERRCODE = '23514';
  END IF;
  IF t.gegeven_op > NEW.datum_tijd
     OR t.ingetrokken_op <= NEW.datum_tijd
     OR t.geldig_tot < (NEW.datum_tijd AT TIME ZONE 'Europe/Amsterdam')::date THEN
    RAISE EXCEPTION 'contact_toestemming_geldig' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_contactmoment_toestemming
  BEFORE INSERT OR UPDATE OF toestemming_id, kwestie_id, datum_tijd, met
  ON cases_contactmoment
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_toestemming();

-- A consent is given in the past, holds on the day it is given, and once taken back it
-- stays so.
CREATE FUNCTION adviespunt.bewaak_intrekking() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.ingetrokken_op IS NOT NULL
       AND NEW.ingetrokken_op IS DISTINCT FROM OLD.ingetrokken_op THEN
      RAISE EXCEPTION 'toestemming_blijft_ingetrokken' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.gegeven_op > clock_timestamp() + interval '5 minutes'
     OR NEW.geldig_tot < (NEW.gegeven_op AT TIME ZONE 'Europe/Amsterdam')::date THEN
    RAISE EXCEPTION 'toestemming_datum' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_toestemming_bewaking BEFORE INSERT OR UPDATE ON cases_toestemming
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_intrekking();
"""

BELANG = """
-- V11: not to somebody with an interest in whom it is about. The same name here; the
-- application also knows other ways to write it.
CREATE FUNCTION adviespunt.bewaak_belang() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  today date := (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date;
  eigen text[];
BEGIN
  IF NEW.ondersteuner_id IS NULL THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.ondersteuner_id IS NOT DISTINCT FROM OLD.ondersteuner_id THEN
      RETURN NEW;
    END IF;
  ELSIF NEW.bron = 'IMPORT' THEN
    RETURN NEW;
  END IF;
  eigen := CASE (SELECT type FROM tenants_tenant WHERE id = NEW.tenant_id)
    WHEN 'gemeente' THEN ARRAY['GEMEENTE', 'GEM_MEDEW', 'ORGAAN']
    ELSE ARRAY['ZORGINST', 'INST_MEDEW', 'DIENSTVERL'] END;
  IF EXISTS (
    SELECT FROM cases_nevenbelang n
    WHERE n.tenant_id = NEW.tenant_id AND n.medewerker_id = NEW.ondersteuner_id
      AND n.van <= today AND coalesce(n.tot, today) >= today
      AND CASE WHEN n.is_opdrachtgever
        THEN NEW.wederpartij = '{}' OR NEW.wederpartij::text[] && eigen
        ELSE lower(btrim(n.organisatie)) = lower(btrim(NEW.wederpartij_organisatie))
        END) THEN
    RAISE EXCEPTION 'kwestie_belang_ondersteuner' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_kwestie_belang
  BEFORE INSERT OR UPDATE OF ondersteuner_id ON cases_kwestie
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_belang();
"""

STAPPEN = """
-- V4: what was agreed with the client is done or dropped before the end.
CREATE FUNCTION adviespunt.bewaak_stappen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.status = 'AFGEROND' AND OLD.status <> 'AFGEROND' AND EXISTS (
    SELECT FROM cases_stap s
    WHERE s.tenant_id = NEW.tenant_id AND s.kwestie_id = NEW.id
      AND s.akkoord_op IS NOT NULL
      AND s.uitgevoerd_op IS NULL AND s.vervallen_op IS NULL) THEN
    RAISE EXCEPTION 'kwestie_open_stap' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_kwestie_stappen BEFORE UPDATE OF status ON cases_kwestie
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_stappen();
"""

WALLS = [
    staff("cases_toestemming", update=("ingetrokken_op", "ingetrokken_door_id")),
    staff("cases_stap", update=True),
    staff("cases_belangencheck"),
    staff("cases_ambtshalveactie", update=True),
    # Also who administers a tenant, without a kwestie of her own, sees these.
    rls.isolate(
        "cases_nevenbelang",
        rls.Grant("staff", select=True, insert=True, update=("tot",)),
    ),
    *(rls.composite_key(table, "kwestie_id", "cases_kwestie") for table in TABLES),
    rls.composite_key("cases_contactmoment", "toestemming_id", "cases_toestemming"),
    rls.run(TOESTEMMING, BELANG, STAPPEN),
]


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0002_isolatie"),
        ("cases", "0003_extern_rij"),
    ]

    operations = [
        migrations.CreateModel(
            name="AmbtshalveActie",
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
                ("feiten_v", models.TextField(null=True)),
                ("bewijs_v", models.TextField(null=True)),
                ("niet_in_staat_v", models.TextField(null=True)),
                ("actie_v", models.TextField(null=True)),
                ("is_aantoonbaar", models.BooleanField()),
                ("is_niet_in_staat", models.BooleanField()),
                ("toets_op", models.DateTimeField(null=True)),
                ("is_akkoord", models.BooleanField(null=True)),
                ("toets_toelichting_v", models.TextField(null=True)),
                ("uitgevoerd_op", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "ambtshalve actie",
                "verbose_name_plural": "ambtshalve acties",
            },
        ),
        migrations.CreateModel(
            name="Belangencheck",
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
                (
                    "bij",
                    models.CharField(
                        choices=[
                            ("REGISTREREN", "Bij het registreren"),
                            ("TOEWIJZEN", "Bij het toewijzen"),
                            ("VERVANGEN", "Bij een plaatsvervanging"),
                            ("WIJZIGEN", "Toen de wederpartij veranderde"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "uitkomst",
                    models.CharField(
                        choices=[
                            ("GEEN", "Geen belang gevonden"),
                            ("BELANG", "Er is een belang"),
                        ],
                        max_length=6,
                    ),
                ),
            ],
            options={
                "verbose_name": "belangencheck",
                "verbose_name_plural": "belangenchecks",
            },
        ),
        migrations.CreateModel(
            name="Nevenbelang",
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
                ("is_opdrachtgever", models.BooleanField(default=False)),
                ("organisatie", models.CharField(blank=True, max_length=160)),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("DIENST", "Ik werk er of werkte er"),
                            ("NEVEN", "Nevenfunctie of vrijwilligerswerk"),
                            ("BESTUUR", "Bestuur, toezicht of advies"),
                            ("BEZIT", "Eigendom of financieel belang"),
                            ("FAMILIE", "Een partner, familielid of vriend werkt er"),
                            (
                                "ZORG",
                                "Ik of een naaste krijgt er zorg of ondersteuning",
                            ),
                            ("ANDERS", "Iets anders"),
                        ],
                        max_length=8,
                    ),
                ),
                ("van", models.DateField()),
                ("tot", models.DateField(null=True)),
                (
                    "aangemaakt_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("toelichting_v", models.TextField(null=True)),
            ],
            options={
                "verbose_name": "nevenbelang",
                "verbose_name_plural": "nevenbelangen",
            },
        ),
        migrations.CreateModel(
            name="Stap",
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
                ("omschrijving_v", models.TextField(null=True)),
                (
                    "wie",
                    models.CharField(
                        choices=[
                            ("CLIENT", "De cliënt"),
                            ("ONDERSTEUNER", "De ondersteuner"),
                            ("SAMEN", "Samen"),
                            ("ANDER", "Iemand anders"),
                        ],
                        max_length=12,
                    ),
                ),
                ("gepland_op", models.DateField(null=True)),
                ("besproken_op", models.DateTimeField(null=True)),
                ("akkoord_op", models.DateTimeField(null=True)),
                ("uitgevoerd_op", models.DateTimeField(null=True)),
                ("vervallen_op", models.DateTimeField(null=True)),
                ("vervallen_reden_v", models.TextField(null=True)),
            ],
            options={
                "verbose_name": "stap",
                "verbose_name_plural": "stappen",
            },
        ),
        migrations.CreateModel(
            name="Toestemming",
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
                (
                    "ontvanger_soort",
                    models.CharField(
                        choices=[
                            ("HULPVERLENER", "Een hulpverlener of zorgaanbieder"),
                            ("GEMEENTE", "De gemeente"),
                        ],
                        max_length=12,
                    ),
                ),
                ("ontvanger_naam_v", models.TextField(null=True)),
                ("onderwerp_v", models.TextField(null=True)),
                (
                    "wijze",
                    models.CharField(
                        choices=[
                            ("GESPREK", "In een gesprek"),
                            ("TELEFOON", "Aan de telefoon"),
                            ("SCHRIFT", "Op papier, met een handtekening"),
                            ("BERICHT", "In een e-mail of bericht"),
                        ],
                        max_length=8,
                    ),
                ),
                ("is_uitdrukkelijk", models.BooleanField()),
                ("gegeven_op", models.DateTimeField()),
                ("geldig_tot", models.DateField(null=True)),
                ("ingetrokken_op", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "toestemming",
                "verbose_name_plural": "toestemmingen",
            },
        ),
        migrations.RemoveConstraint(
            model_name="contactmoment",
            name="contact_client_erbij",
        ),
        migrations.AddField(
            model_name="externtraject",
            name="herstelactie_v",
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name="externtraject",
            name="oordeel",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=11
            ),
        ),
        migrations.AddField(
            model_name="externtraject",
            name="oordeel_door",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=160
            ),
        ),
        migrations.AddField(
            model_name="externtraject",
            name="oordeel_op",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="externtraject",
            name="reden_direct_v",
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name="kwestie",
            name="wederpartij_organisatie",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=160
            ),
        ),
        migrations.AddConstraint(
            model_name="externtraject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("herstelactie_v__isnull", True),
                        ("oordeel", ""),
                        ("oordeel_door", ""),
                        ("oordeel_op__isnull", True),
                    ),
                    models.Q(
                        models.Q(("oordeel", ""), _negated=True),
                        models.Q(("oordeel_door", ""), _negated=True),
                        ("oordeel_op__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="traject_oordeel_compleet",
            ),
        ),
        migrations.AddConstraint(
            model_name="externtraject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("oordeel", ""),
                    models.Q(
                        (
                            "oordeel__in",
                            (
                                "GEGROND",
                                "DEELSGEG",
                                "ONGEGROND",
                                "NIETONTV",
                                "ONBEVOEGD",
                                "INGETR",
                                "GEENOORD",
                                "INFORM",
                                "NIETBEH",
                                "DOORGEZ",
                            ),
                        ),
                        ("type", "klacht_awb"),
                    ),
                    models.Q(
                        (
                            "oordeel__in",
                            (
                                "GEGROND",
                                "DEELSGEG",
                                "ONGEGROND",
                                "NIETONTV",
                                "ONBEVOEGD",
                                "INGETR",
                                "GEENOORD",
                                "INFORM",
                                "NIETBEH",
                                "DOORGEZ",
                            ),
                        ),
                        ("type", "klacht_wkkgz"),
                    ),
                    models.Q(
                        (
                            "oordeel__in",
                            (
                                "GEGROND",
                                "DEELSGEG",
                                "ONGEGROND",
                                "NIETONTV",
                                "ONBEVOEGD",
                                "INGETR",
                                "GEENOORD",
                                "INFORM",
                                "NIETBEH",
                                "DOORGEZ",
                            ),
                        ),
                        ("type", "klacht_wmo_aanbieder"),
                    ),
                    models.Q(
                        (
                            "oordeel__in",
                            (
                                "GEGROND",
                                "DEELSGEG",
                                "ONGEGROND",
                                "NIETONTV",
                                "ONBEVOEGD",
                                "INGETR",
                                "GEENOORD",
                                "INFORM",
                                "NIETBEH",
                                "DOORGEZ",
                            ),
                        ),
                        ("type", "klacht_jeugdwet"),
                    ),
                    models.Q(
                        (
                            "oordeel__in",
                            (
                                "GEGROND",
                                "DEELSGEG",
                                "ONGEGROND",
                                "NIETONTV",
                                "ONBEVOEGD",
                                "INGETR",
                                "GEENOORD",
                                "INFORM",
                                "NIETBEH",
                                "DOORGEZ",
                            ),
                        ),
                        ("type", "klacht_wzd"),
                    ),
                    models.Q(
                        (
                            "oordeel__in",
                            (
                                "GEGROND",
                                "DEELSGEG",
                                "ONGEGROND",
                                "NIETONTV",
                                "ONBEVOEGD",
                                "INGETR",
                                "GEENOORD",
                                "INFORM",
                                "NIETBEH",
                                "DOORGEZ",
                            ),
                        ),
                        ("type", "klacht_wvggz"),
                    ),
                    models.Q(
                        (
                            "oordeel__in",
                            (
                                "GEGROND",
                                "DEELSGEG",
                                "ONGEGROND",
                                "NIETONTV",
                                "ONBEVOEGD",
                                "INGETR",
                                "INFORM",
                                "DOORGEZ",
                            ),
                        ),
                        ("type", "bezwaar"),
                    ),
                    models.Q(
                        (
                            "oordeel__in",
                            (
                                "GEGROND",
                                "DEELSGEG",
                                "ONGEGROND",
                                "NIETONTV",
                                "ONBEVOEGD",
                                "INGETR",
                                "INFORM",
                                "DOORGEZ",
                            ),
                        ),
                        ("type", "beroep"),
                    ),
                    models.Q(
                        (
                            "oordeel__in",
                            (
                                "GEGROND",
                                "DEELSGEG",
                                "ONGEGROND",
                                "NIETONTV",
                                "ONBEVOEGD",
                                "INGETR",
                                "INFORM",
                                "NIETBEH",
                            ),
                        ),
                        ("type", "geschil"),
                    ),
                    models.Q(
                        (
                            "oordeel__in",
                            (
                                "BEHOORL",
                                "NIETBEHOORL",
                                "AANBEV",
                                "ONBEVOEGD",
                                "INGETR",
                                "GEENOORD",
                                "INFORM",
                                "NIETBEH",
                                "DOORGEZ",
                            ),
                        ),
                        ("type", "ombudsman"),
                    ),
                    models.Q(
                        (
                            "oordeel__in",
                            (
                                "GEGROND",
                                "DEELSGEG",
                                "ONGEGROND",
                                "NIETONTV",
                                "ONBEVOEGD",
                                "INGETR",
                            ),
                        ),
                        ("type", "tuchtrecht"),
                    ),
                    models.Q(
                        ("oordeel__in", ("INGETR", "GEENOORD", "NIETBEH", "DOORGEZ")),
                        ("type", "melding_inspectie"),
                    ),
                    _connector="OR",
                ),
                name="traject_oordeel_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="externtraject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("oordeel_op__isnull", True),
                    ("ingediend_op__isnull", True),
                    ("oordeel_op__gte", models.F("ingediend_op")),
                    _connector="OR",
                ),
                name="traject_oordeel_na_indienen",
            ),
        ),
        migrations.AddConstraint(
            model_name="kwestie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "wederpartij__contained_by",
                        [
                            "GEMEENTE",
                            "GEM_MEDEW",
                            "ORGAAN",
                            "ZORGINST",
                            "INST_MEDEW",
                            "DIENSTVERL",
                            "VERZEKER",
                            "OVERIG",
                        ],
                    )
                ),
                name="kwestie_wederpartij_lijst",
            ),
        ),
        migrations.AddField(
            model_name="ambtshalveactie",
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
            model_name="ambtshalveactie",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="ambtshalveactie",
            name="toetser",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="ambtshalveactie",
            name="voorgesteld_door",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="belangencheck",
            name="gedaan_door",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="belangencheck",
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
            model_name="belangencheck",
            name="medewerker",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="belangencheck",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="nevenbelang",
            name="medewerker",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="nevenbelangen",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="nevenbelang",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="stap",
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
            model_name="stap",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="toestemming",
            name="ingetrokken_door",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="toestemming",
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
            model_name="toestemming",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="toestemming",
            name="vastgelegd_door",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="contactmoment",
            name="toestemming",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contacten",
                to="cases.toestemming",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactmoment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("met__overlap", ["HULPVERLENER", "GEMEENTE"]), _negated=True
                    ),
                    models.Q(
                        ("is_inhoudelijk", False), ("is_inhoudelijk__isnull", False)
                    ),
                    models.Q(
                        ("is_client_aanwezig", True),
                        ("is_client_aanwezig__isnull", False),
                    ),
                    ("toestemming__isnull", False),
                    _connector="OR",
                ),
                name="contact_client_erbij",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactmoment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("toestemming__isnull", True),
                    models.Q(
                        ("is_client_aanwezig", False),
                        ("is_client_aanwezig__isnull", False),
                        ("is_inhoudelijk", True),
                        ("is_inhoudelijk__isnull", False),
                        ("met__overlap", ["HULPVERLENER", "GEMEENTE"]),
                    ),
                    _connector="OR",
                ),
                name="contact_toestemming_nodig",
            ),
        ),
        migrations.AddIndex(
            model_name="ambtshalveactie",
            index=models.Index(fields=["tenant", "kwestie"], name="ambtshalve_kwestie"),
        ),
        migrations.AddConstraint(
            model_name="ambtshalveactie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_aantoonbaar", True), ("is_niet_in_staat", True)
                ),
                name="ambtshalve_voorwaarden",
            ),
        ),
        migrations.AddConstraint(
            model_name="ambtshalveactie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("actie_v__isnull", False),
                    ("bewijs_v__isnull", False),
                    ("feiten_v__isnull", False),
                    ("niet_in_staat_v__isnull", False),
                ),
                name="ambtshalve_onderbouwd",
            ),
        ),
        migrations.AddConstraint(
            model_name="ambtshalveactie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("toetser", models.F("voorgesteld_door")), _negated=True
                ),
                name="ambtshalve_toets_door_ander",
            ),
        ),
        migrations.AddConstraint(
            model_name="ambtshalveactie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_akkoord__isnull", True), ("toets_op__isnull", True)),
                    models.Q(
                        ("is_akkoord__isnull", False), ("toets_op__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="ambtshalve_toets_heeft_dag",
            ),
        ),
        migrations.AddIndex(
            model_name="ambtshalveactie",
            index=models.Index(fields=["tenant", "toetser"], name="ambtshalve_toetser"),
        ),
        migrations.AddConstraint(
            model_name="ambtshalveactie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uitgevoerd_op__isnull", True),
                    models.Q(
                        ("is_akkoord", True),
                        ("is_akkoord__isnull", False),
                        ("uitgevoerd_op__gte", models.F("toets_op")),
                    ),
                    _connector="OR",
                ),
                name="ambtshalve_uitgevoerd_na_akkoord",
            ),
        ),
        migrations.AddIndex(
            model_name="belangencheck",
            index=models.Index(
                fields=["tenant", "kwestie", "-aangemaakt_op"], name="check_kwestie"
            ),
        ),
        migrations.AddConstraint(
            model_name="belangencheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("uitkomst__in", ["GEEN", "BELANG"])),
                name="check_uitkomst_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="belangencheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bij__in", ["REGISTREREN", "TOEWIJZEN", "VERVANGEN", "WIJZIGEN"])
                ),
                name="check_bij_lijst",
            ),
        ),
        migrations.AddIndex(
            model_name="nevenbelang",
            index=models.Index(
                fields=["tenant", "medewerker"], name="belang_medewerker"
            ),
        ),
        migrations.AddConstraint(
            model_name="nevenbelang",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "soort__in",
                        [
                            "DIENST",
                            "NEVEN",
                            "BESTUUR",
                            "BEZIT",
                            "FAMILIE",
                            "ZORG",
                            "ANDERS",
                        ],
                    )
                ),
                name="belang_soort_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="nevenbelang",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_opdrachtgever", True), ("organisatie", "")),
                    models.Q(
                        ("is_opdrachtgever", False),
                        models.Q(("organisatie", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="belang_waarin",
            ),
        ),
        migrations.AddConstraint(
            model_name="nevenbelang",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tot__isnull", True),
                    ("tot__gte", models.F("van")),
                    _connector="OR",
                ),
                name="belang_periode",
            ),
        ),
        migrations.AddIndex(
            model_name="stap",
            index=models.Index(fields=["tenant", "kwestie"], name="stap_kwestie"),
        ),
        migrations.AddConstraint(
            model_name="stap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("wie__in", ["CLIENT", "ONDERSTEUNER", "SAMEN", "ANDER"])
                ),
                name="stap_wie_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="stap",
            constraint=models.CheckConstraint(
                condition=models.Q(("omschrijving_v__isnull", False)),
                name="stap_omschrijving",
            ),
        ),
        migrations.AddConstraint(
            model_name="stap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("akkoord_op__isnull", True),
                    models.Q(
                        ("akkoord_op__gte", models.F("besproken_op")),
                        ("besproken_op__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="stap_akkoord_na_bespreken",
            ),
        ),
        migrations.AddConstraint(
            model_name="stap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uitgevoerd_op__isnull", True),
                    models.Q(
                        ("akkoord_op__isnull", False),
                        ("uitgevoerd_op__gte", models.F("akkoord_op")),
                    ),
                    _connector="OR",
                ),
                name="stap_uitgevoerd_na_akkoord",
            ),
        ),
        migrations.AddConstraint(
            model_name="stap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("vervallen_op__isnull", True),
                        ("vervallen_reden_v__isnull", True),
                    ),
                    models.Q(
                        ("uitgevoerd_op__isnull", True),
                        ("vervallen_op__isnull", False),
                        ("vervallen_reden_v__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="stap_vervallen_met_reden",
            ),
        ),
        migrations.AddIndex(
            model_name="toestemming",
            index=models.Index(
                fields=["tenant", "kwestie"], name="toestemming_kwestie"
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.UniqueConstraint(
                fields=("tenant", "id"), name="toestemming_tenant_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ontvanger_soort__in", ["HULPVERLENER", "GEMEENTE"])
                ),
                name="toestemming_ontvanger_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("wijze__in", ["GESPREK", "TELEFOON", "SCHRIFT", "BERICHT"])
                ),
                name="toestemming_wijze_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_uitdrukkelijk", True)),
                name="toestemming_uitdrukkelijk",
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("onderwerp_v__isnull", False), ("ontvanger_naam_v__isnull", False)
                ),
                name="toestemming_specifiek",
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ingetrokken_door__isnull", True),
                        ("ingetrokken_op__isnull", True),
                    ),
                    models.Q(
                        ("ingetrokken_door__isnull", False),
                        ("ingetrokken_op__gte", models.F("gegeven_op")),
                    ),
                    _connector="OR",
                ),
                name="toestemming_intrekking",
            ),
        ),
        migrations.AddIndex(
            model_name="contactmoment",
            index=models.Index(
                fields=["tenant", "datum_tijd"],
                name="contact_zonder_client",
                condition=models.Q(("toestemming__isnull", False)),
            ),
        ),
        *WALLS,
    ]
