"""Signals, what was promised about them, and decisions on trends.

The arrows of a signal, who is enough to confirm it and what the commissioning party may
see are held here for every role; the twins in words are in
``signalering.lifecycle.signalen``.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

VAN_SIGNAAL = "signaal_id IN (SELECT id FROM signalering_signaal)"

SIGNAAL = """
CREATE FUNCTION adviespunt.signaal_overgang(van text, naar text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN (van, naar) IN (
  ('OPGEPAKT', 'BEVESTIGD'), ('OPGEPAKT', 'GEMELD_INSPECTIE'),
  ('OPGEPAKT', 'GESLOTEN'), ('BEVESTIGD', 'INGEBRACHT'),
  ('BEVESTIGD', 'GEMELD_INSPECTIE'), ('BEVESTIGD', 'GESLOTEN'),
  ('INGEBRACHT', 'IN_GESPREK'), ('INGEBRACHT', 'GEMELD_INSPECTIE'),
  ('IN_GESPREK', 'TOEGEZEGD'), ('IN_GESPREK', 'NIET_OVERGENOMEN'),
  ('IN_GESPREK', 'GEMELD_INSPECTIE'), ('TOEGEZEGD', 'GEREALISEERD'),
  ('TOEGEZEGD', 'NIET_OVERGENOMEN'), ('TOEGEZEGD', 'GEMELD_INSPECTIE'),
  ('NIET_OVERGENOMEN', 'GEMELD_INSPECTIE'), ('NIET_OVERGENOMEN', 'GEMONITORD'),
  ('GEREALISEERD', 'GEMONITORD'), ('GEMELD_INSPECTIE', 'GEMONITORD'),
  ('GEMONITORD', 'GESLOTEN')
);

-- What is linked to a signal, or to those about the same of other tenants. No more
-- than a necessary condition: the service counts who may be the same person.
CREATE FUNCTION adviespunt.signaal_omvang(samen uuid, what text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
RETURN (
  SELECT CASE what WHEN 'tenants' THEN count(DISTINCT k.tenant_id)
    ELSE count(DISTINCT k.client_id) + count(*) FILTER (WHERE k.client_id IS NULL) END
  FROM signalering_signaal s
  JOIN cases_kwestiesignaal l ON l.tenant_id = s.tenant_id AND l.signaal_id = s.id
  JOIN cases_kwestie k ON k.tenant_id = l.tenant_id AND k.id = l.kwestie_id
  WHERE s.gezamenlijk_id = samen AND s.status <> 'GESLOTEN' AND l.los_op IS NULL
    AND k.weggegooid_op IS NULL AND k.status NOT IN ('DOORGELEID', 'VERNIETIGD')
);

CREATE FUNCTION adviespunt.bewaak_signaal() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'OPGEPAKT' OR num_nonnulls(NEW.bevestigd_op, NEW.ingebracht_op) > 0
       OR NEW.voorgesteld_door_id IS DISTINCT FROM adviespunt.ctx_user('staff') THEN
      RAISE EXCEPTION 'signaal_begint_opgepakt' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.gezamenlijk_id, NEW.voorgesteld_door_id, NEW.voorgesteld_op)
     IS DISTINCT FROM
     (OLD.gezamenlijk_id, OLD.voorgesteld_door_id, OLD.voorgesteld_op)
     OR OLD.bevestigd_op IS NOT NULL AND NEW.bevestigd_op IS DISTINCT FROM OLD.bevestigd_op
     OR OLD.ingebracht_op IS NOT NULL
       AND NEW.ingebracht_op IS DISTINCT FROM OLD.ingebracht_op THEN
    RAISE EXCEPTION 'signaal_staat_vast' USING ERRCODE = '23514';
  END IF;
  -- What the commissioning party has read does not change under its eyes.
  IF OLD.status NOT IN ('OPGEPAKT', 'BEVESTIGD') AND
     (NEW.titel, NEW.aard, NEW.sub, NEW.wet, NEW.domein, NEW.doelgroep,
      NEW.omschrijving, NEW.verbeterrichting, NEW.vraag) IS DISTINCT FROM
     (OLD.titel, OLD.aard, OLD.sub, OLD.wet, OLD.domein, OLD.doelgroep,
      OLD.omschrijving, OLD.verbeterrichting, OLD.vraag) THEN
    RAISE EXCEPTION 'signaal_tekst_staat_vast' USING ERRCODE = '23514';
  END IF;
  IF (NEW.bevestigd_op IS NOT NULL) <> (OLD.bevestigd_op IS NOT NULL)
       AND (OLD.status, NEW.status) <> ('OPGEPAKT', 'BEVESTIGD')
     OR (NEW.ingebracht_op IS NOT NULL) <> (OLD.ingebracht_op IS NOT NULL)
       AND (OLD.status, NEW.status) <> ('BEVESTIGD', 'INGEBRACHT') THEN
    RAISE EXCEPTION 'signaal_dag_hoort_bij_stap' USING ERRCODE = '23514';
  END IF;
  IF NEW.status = OLD.status THEN RETURN NEW; END IF;
  IF NOT adviespunt.signaal_overgang(OLD.status, NEW.status) THEN
    RAISE EXCEPTION 'signaal_overgang: % -> %', OLD.status, NEW.status
      USING ERRCODE = '23514';
  END IF;
  CASE NEW.status
    WHEN 'BEVESTIGD' THEN
      IF NEW.bevestigd_op IS NULL
         OR adviespunt.signaal_omvang(NEW.gezamenlijk_id, 'tenants') < 2
         AND adviespunt.signaal_omvang(NEW.gezamenlijk_id, 'clienten') < 5 THEN
        RAISE EXCEPTION 'signaal_te_zwak' USING ERRCODE = '23514';
      END IF;
    WHEN 'INGEBRACHT' THEN
      IF NEW.ingebracht_op IS NULL OR NEW.verbeterrichting !~ '\\S' THEN
        RAISE EXCEPTION 'signaal_zonder_verbeterrichting' USING ERRCODE = '23514';
      END IF;
      IF adviespunt.signaal_omvang(NEW.gezamenlijk_id, 'clienten') < 5 THEN
        RAISE EXCEPTION 'signaal_te_klein_om_in_te_brengen' USING ERRCODE = '23514';
      END IF;
    WHEN 'IN_GESPREK' THEN
      IF NOT EXISTS (SELECT FROM signalering_signaaloverleg o
          WHERE o.tenant_id = NEW.tenant_id AND o.signaal_id = NEW.id
            AND 'OPDR' = ANY (o.ontvangers)) THEN
        RAISE EXCEPTION 'signaal_zonder_overleg' USING ERRCODE = '23514';
      END IF;
    WHEN 'TOEGEZEGD' THEN
      IF NOT EXISTS (SELECT FROM signalering_verbeteractie a
          WHERE a.tenant_id = NEW.tenant_id AND a.signaal_id = NEW.id
            AND a.stand <> 'VERVALLEN') THEN
        RAISE EXCEPTION 'signaal_zonder_actie' USING ERRCODE = '23514';
      END IF;
    WHEN 'GEREALISEERD' THEN
      IF EXISTS (SELECT FROM signalering_verbeteractie a
          WHERE a.tenant_id = NEW.tenant_id AND a.signaal_id = NEW.id
            AND a.stand = 'TOEGEZEGD') THEN
        RAISE EXCEPTION 'signaal_actie_open' USING ERRCODE = '23514';
      END IF;
    ELSE NULL;
  END CASE;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_signaal_bewaking
  BEFORE INSERT OR UPDATE ON signalering_signaal
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_signaal();

-- What was promised stands; what came of it is said once.
CREATE FUNCTION adviespunt.bewaak_verbeteractie() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  s text := (SELECT status FROM signalering_signaal
    WHERE tenant_id = NEW.tenant_id AND id = NEW.signaal_id);
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.stand <> 'TOEGEZEGD'
       OR (s IN ('INGEBRACHT', 'IN_GESPREK', 'TOEGEZEGD')) IS NOT TRUE
       OR current_user = 'adviespunt_staff'
         AND NEW.door_id IS DISTINCT FROM adviespunt.ctx_user('staff') THEN
      RAISE EXCEPTION 'verbeteractie_bij_ingebracht_signaal' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.signaal_id, NEW.wat, NEW.wie, NEW.uiterlijk, NEW.door_id, NEW.op)
     IS DISTINCT FROM
     (OLD.signaal_id, OLD.wat, OLD.wie, OLD.uiterlijk, OLD.door_id, OLD.op)
     OR OLD.stand <> 'TOEGEZEGD' THEN
    RAISE EXCEPTION 'verbeteractie_staat_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_verbeteractie_bewaking
  BEFORE INSERT OR UPDATE ON signalering_verbeteractie
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_verbeteractie();

-- A kwestie is linked to a signal of its own tenant that is not closed. There is no key
-- for it: cases knows no signals.
CREATE FUNCTION adviespunt.bewaak_koppeling() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM signalering_signaal s WHERE s.tenant_id = NEW.tenant_id
      AND s.id = NEW.signaal_id AND s.status <> 'GESLOTEN') THEN
    RAISE EXCEPTION 'kwestiesignaal_zonder_signaal' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_kwestiesignaal_bestaat BEFORE INSERT ON cases_kwestiesignaal
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_koppeling();

-- The signals in a report are those of the moment it went to the check.
CREATE FUNCTION adviespunt.bewaak_rapportsignalen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.signalen IS DISTINCT FROM OLD.signalen AND OLD.status <> 'CONCEPT' THEN
    RAISE EXCEPTION 'rapportage_signalen_staan_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signalering_rapportage_signalen BEFORE UPDATE ON signalering_rapportage
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_rapportsignalen();
"""
OWN_STAFF = "door_id = (SELECT adviespunt.ctx_user('staff'))"
OWN_PORTAL = "door_id = (SELECT adviespunt.ctx_user('portal'))"
CHILDREN = ("signaalstap", "signaaloverleg", "verbeteractie", "trendbesluit")


class Migration(migrations.Migration):
    dependencies = [("signalering", "0005_tellen"), ("cases", "0016_signalen")]

    operations = [
        migrations.AddField(
            model_name="rapportage",
            name="signalen",
            field=models.JSONField(
                blank=True,
                db_default=models.Value([], models.JSONField()),
                default=list,
            ),
        ),
        migrations.CreateModel(
            name="Signaal",
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
                ("gezamenlijk_id", models.UUIDField(default=uuid.uuid4)),
                ("titel", models.CharField(max_length=120)),
                ("aard", models.CharField(max_length=12)),
                ("sub", models.CharField(blank=True, max_length=20)),
                ("wet", models.CharField(blank=True, max_length=12)),
                ("domein", models.CharField(blank=True, max_length=12)),
                ("doelgroep", models.CharField(blank=True, max_length=12)),
                ("omschrijving", models.TextField()),
                ("verbeterrichting", models.TextField(blank=True)),
                ("vraag", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("OPGEPAKT", "Opgepakt"),
                            ("BEVESTIGD", "Bevestigd"),
                            ("INGEBRACHT", "Ingebracht"),
                            ("IN_GESPREK", "In gesprek"),
                            ("TOEGEZEGD", "Verbetering toegezegd"),
                            ("GEREALISEERD", "Verbetering gerealiseerd"),
                            ("NIET_OVERGENOMEN", "Niet overgenomen"),
                            ("GEMELD_INSPECTIE", "Gemeld bij de inspectie"),
                            ("GEMONITORD", "Wordt gevolgd"),
                            ("GESLOTEN", "Gesloten"),
                        ],
                        default="OPGEPAKT",
                        max_length=16,
                    ),
                ),
                ("voorgesteld_door_id", models.UUIDField()),
                (
                    "voorgesteld_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("bevestigd_op", models.DateTimeField(null=True)),
                ("ingebracht_op", models.DateTimeField(null=True)),
                (
                    "gewijzigd_op",
                    models.DateTimeField(default=django.utils.timezone.now),
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
                "verbose_name": "signaal",
                "verbose_name_plural": "signalen",
            },
        ),
        migrations.CreateModel(
            name="Signaaloverleg",
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
                ("door_id", models.UUIDField()),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
                ("datum", models.DateField()),
                (
                    "ontvangers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), size=None
                    ),
                ),
                (
                    "deelnemers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), size=None
                    ),
                ),
                ("afspraak", models.TextField()),
                (
                    "signaal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_rijen",
                        to="signalering.signaal",
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
                "verbose_name": "overleg over een signaal",
                "verbose_name_plural": "overleggen over een signaal",
            },
        ),
        migrations.CreateModel(
            name="Signaalstap",
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
                ("door_id", models.UUIDField()),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "van",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("OPGEPAKT", "Opgepakt"),
                            ("BEVESTIGD", "Bevestigd"),
                            ("INGEBRACHT", "Ingebracht"),
                            ("IN_GESPREK", "In gesprek"),
                            ("TOEGEZEGD", "Verbetering toegezegd"),
                            ("GEREALISEERD", "Verbetering gerealiseerd"),
                            ("NIET_OVERGENOMEN", "Niet overgenomen"),
                            ("GEMELD_INSPECTIE", "Gemeld bij de inspectie"),
                            ("GEMONITORD", "Wordt gevolgd"),
                            ("GESLOTEN", "Gesloten"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "naar",
                    models.CharField(
                        choices=[
                            ("OPGEPAKT", "Opgepakt"),
                            ("BEVESTIGD", "Bevestigd"),
                            ("INGEBRACHT", "Ingebracht"),
                            ("IN_GESPREK", "In gesprek"),
                            ("TOEGEZEGD", "Verbetering toegezegd"),
                            ("GEREALISEERD", "Verbetering gerealiseerd"),
                            ("NIET_OVERGENOMEN", "Niet overgenomen"),
                            ("GEMELD_INSPECTIE", "Gemeld bij de inspectie"),
                            ("GEMONITORD", "Wordt gevolgd"),
                            ("GESLOTEN", "Gesloten"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reden", models.TextField(blank=True)),
                (
                    "signaal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_rijen",
                        to="signalering.signaal",
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
                "verbose_name": "stap van een signaal",
                "verbose_name_plural": "stappen van een signaal",
            },
        ),
        migrations.CreateModel(
            name="Trendbesluit",
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
                ("periode", models.CharField(max_length=7)),
                ("wet", models.CharField(max_length=12)),
                ("aard", models.CharField(max_length=12)),
                ("sub", models.CharField(blank=True, max_length=20)),
                (
                    "richting",
                    models.CharField(
                        choices=[("stijging", "Stijging"), ("daling", "Daling")],
                        max_length=8,
                    ),
                ),
                (
                    "besluit",
                    models.CharField(
                        choices=[
                            ("OPGEPAKT", "Opgepakt als signaal"),
                            ("AFGEWEZEN", "Afgewezen"),
                        ],
                        max_length=9,
                    ),
                ),
                ("reden", models.TextField(blank=True)),
                ("door_id", models.UUIDField()),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "signaal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trends",
                        to="signalering.signaal",
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
                "verbose_name": "besluit over een trend",
                "verbose_name_plural": "besluiten over trends",
            },
        ),
        migrations.CreateModel(
            name="Verbeteractie",
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
                ("door_id", models.UUIDField()),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
                ("wat", models.TextField()),
                ("wie", models.CharField(max_length=120)),
                ("uiterlijk", models.DateField()),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("TOEGEZEGD", "Toegezegd"),
                            ("UITGEVOERD", "Uitgevoerd"),
                            ("VERVALLEN", "Gaat niet door"),
                        ],
                        default="TOEGEZEGD",
                        max_length=10,
                    ),
                ),
                ("stand_op", models.DateField(null=True)),
                ("toelichting", models.TextField(blank=True)),
                (
                    "signaal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_rijen",
                        to="signalering.signaal",
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
                "verbose_name": "verbeteractie",
                "verbose_name_plural": "verbeteracties",
            },
        ),
        migrations.AddIndex(
            model_name="signaal",
            index=models.Index(
                fields=["tenant", "status", "-gewijzigd_op"], name="signaal_status"
            ),
        ),
        migrations.AddIndex(
            model_name="signaal",
            index=models.Index(
                fields=["tenant", "gezamenlijk_id"], name="signaal_samen"
            ),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.UniqueConstraint(
                fields=("tenant", "id"), name="signaal_tenant_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "OPGEPAKT",
                            "BEVESTIGD",
                            "INGEBRACHT",
                            "IN_GESPREK",
                            "TOEGEZEGD",
                            "GEREALISEERD",
                            "NIET_OVERGENOMEN",
                            "GEMELD_INSPECTIE",
                            "GEMONITORD",
                            "GESLOTEN",
                        ],
                    )
                ),
                name="signaal_status_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("aard__in", ["FIN", "REL", "ORG", "WEI", "BEH", "OVE"])
                ),
                name="signaal_aard_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "sub__in",
                        [
                            "",
                            "FIN.EB",
                            "FIN.PGB",
                            "FIN.VERZ",
                            "FIN.REK",
                            "FIN.INK",
                            "FIN.SCHULD",
                            "FIN.TERUG",
                            "REL.BEJ",
                            "REL.INFO",
                            "REL.SAM",
                            "REL.ONGEW",
                            "REL.ONBILL",
                            "REL.PRIV",
                            "REL.NAAST",
                            "ORG.WACHT",
                            "ORG.BEREIK",
                            "ORG.WISSEL",
                            "ORG.TERM",
                            "ORG.AFST",
                            "ORG.VERSLAG",
                            "ORG.KLACHT",
                            "ORG.GESPREK",
                            "WEI.AANVR",
                            "WEI.MINDER",
                            "WEI.ZORG",
                            "WEI.TOEG",
                            "WEI.INZAGE",
                            "WEI.OCO",
                            "BEH.KWAL",
                            "BEH.ONVOLD",
                            "BEH.VEIL",
                            "BEH.MED",
                            "BEH.DWANG",
                            "BEH.PLAN",
                            "BEH.CONT",
                            "OVE.WONEN",
                            "OVE.VERV",
                            "OVE.ONDW",
                            "OVE.BELEID",
                            "OVE.ANDERS",
                        ],
                    )
                ),
                name="signaal_sub_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "wet__in",
                        [
                            "",
                            "WMO",
                            "WLZ",
                            "JW",
                            "ZVW",
                            "JUST",
                            "PW",
                            "WZD",
                            "WVGGZ",
                            "WKKGZ",
                            "AWB",
                            "ONDW",
                            "OVERIG",
                            "ONBEKEND",
                        ],
                    )
                ),
                name="signaal_wet_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "domein__in",
                        [
                            "",
                            "MO",
                            "PREV",
                            "ZORG",
                            "JEUGD",
                            "OND",
                            "WELZ",
                            "WON",
                            "W_INK",
                            "DAG",
                            "SOC",
                            "VEILIG",
                            "ADMIN",
                        ],
                    )
                ),
                name="signaal_domein_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "doelgroep__in",
                        [
                            "",
                            "PGB",
                            "VERSL",
                            "DAKTH",
                            "PSYCH",
                            "VB",
                            "LB",
                            "ZB",
                            "ASS",
                            "OUD",
                            "PG",
                            "MZ",
                            "JONG",
                            "CHRON",
                            "GEEN",
                        ],
                    )
                ),
                name="signaal_doelgroep_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sub", ""), ("sub__startswith", models.F("aard")), _connector="OR"
                ),
                name="signaal_sub_bij_aard",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("omschrijving__regex", "\\S"), ("titel__regex", "\\S")
                ),
                name="signaal_teksten",
            ),
        ),
        migrations.AddIndex(
            model_name="signaaloverleg",
            index=models.Index(
                fields=["tenant", "signaal", "datum"], name="signaaloverleg_signaal"
            ),
        ),
        migrations.AddConstraint(
            model_name="signaaloverleg",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ontvangers__contained_by",
                        [
                            "OPDR",
                            "ZORGV",
                            "VERZ",
                            "OVERH",
                            "IGJ",
                            "WMOTZ",
                            "OMB",
                            "ADVR",
                            "AND",
                        ],
                    )
                ),
                name="signaaloverleg_ontvangers_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaaloverleg",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("deelnemers__len__gte", 1),
                    ("ontvangers__len__gte", 1),
                    ("afspraak__regex", "\\S"),
                ),
                name="signaaloverleg_volledig",
            ),
        ),
        migrations.AddIndex(
            model_name="signaalstap",
            index=models.Index(
                fields=["tenant", "signaal", "op"], name="signaalstap_signaal"
            ),
        ),
        migrations.AddConstraint(
            model_name="signaalstap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "naar__in",
                        [
                            "OPGEPAKT",
                            "BEVESTIGD",
                            "INGEBRACHT",
                            "IN_GESPREK",
                            "TOEGEZEGD",
                            "GEREALISEERD",
                            "NIET_OVERGENOMEN",
                            "GEMELD_INSPECTIE",
                            "GEMONITORD",
                            "GESLOTEN",
                        ],
                    )
                ),
                name="signaalstap_naar_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="trendbesluit",
            constraint=models.UniqueConstraint(
                fields=("tenant", "periode", "wet", "aard", "sub", "richting"),
                name="trendbesluit_eenmaal",
            ),
        ),
        migrations.AddConstraint(
            model_name="trendbesluit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("besluit", "OPGEPAKT"), ("signaal__isnull", False)),
                    models.Q(
                        ("besluit", "AFGEWEZEN"),
                        ("reden__regex", "\\S"),
                        ("signaal__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="trendbesluit_reden_of_signaal",
            ),
        ),
        migrations.AddIndex(
            model_name="verbeteractie",
            index=models.Index(
                fields=["tenant", "signaal", "uiterlijk"], name="verbeteractie_signaal"
            ),
        ),
        migrations.AddIndex(
            model_name="verbeteractie",
            index=models.Index(
                condition=models.Q(("stand", "TOEGEZEGD")),
                fields=["tenant", "uiterlijk"],
                name="verbeteractie_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="verbeteractie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stand__in", ["TOEGEZEGD", "UITGEVOERD", "VERVALLEN"])
                ),
                name="verbeteractie_stand_lijst",
            ),
        ),
        migrations.AddConstraint(
            model_name="verbeteractie",
            constraint=models.CheckConstraint(
                condition=models.Q(("wat__regex", "\\S"), ("wie__regex", "\\S")),
                name="verbeteractie_volledig",
            ),
        ),
        migrations.AddConstraint(
            model_name="verbeteractie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stand", "TOEGEZEGD"), ("stand_op__isnull", True)),
                    models.Q(
                        models.Q(("stand", "TOEGEZEGD"), _negated=True),
                        ("stand_op__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="verbeteractie_stand_op",
            ),
        ),
        rls.isolate(
            "signalering_signaal",
            rls.Grant("staff", select=True, insert=True, update=True),
            rls.Grant("portal", select=True, rows="ingebracht_op IS NOT NULL"),
        ),
        rls.isolate(
            "signalering_signaalstap",
            rls.Grant("staff", select=True, insert=True, check=OWN_STAFF),
        ),
        rls.isolate(
            "signalering_signaaloverleg",
            rls.Grant("staff", select=True, insert=True, check=OWN_STAFF),
        ),
        rls.isolate(
            "signalering_verbeteractie",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=("stand", "stand_op", "toelichting"),
            ),
            rls.Grant(
                "portal",
                select=True,
                insert=True,
                rows=VAN_SIGNAAL,
                check=f"{VAN_SIGNAAL} AND {OWN_PORTAL}",
            ),
        ),
        rls.isolate(
            "signalering_trendbesluit",
            rls.Grant("staff", select=True, insert=True, check=OWN_STAFF),
        ),
        *(
            rls.composite_key(
                f"signalering_{child}", "signaal_id", "signalering_signaal"
            )
            for child in CHILDREN
        ),
        rls.run(
            SIGNAAL,
            "GRANT EXECUTE ON FUNCTION adviespunt.signaal_overgang(text, text),"
            " adviespunt.signaal_omvang(uuid, text) TO adviespunt_staff",
        ),
    ]
