"""How people come in: invited, sworn to secrecy, appointed; and four eyes on roles.

Nobody writes a membership of her own, and only who administers the tenant writes any.
An invitation is used once, by the worker role, before it expires.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

BEHEER = """
-- Whether the person of this context administers this tenant today.
CREATE FUNCTION adviespunt.beheert(tenant int) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM tenants_membership m WHERE m.tenant_id = tenant
    AND m.user_id = adviespunt.ctx_user('staff') AND m.rol = 'BEHEER'
    AND m.van <= current_date AND (m.tot IS NULL OR m.tot >= current_date));
END $$;
-- The same for any tenant: what belongs to none (a new one, the list of gemeenten).
CREATE FUNCTION adviespunt.beheert_iets() RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM tenants_membership m
    WHERE m.user_id = adviespunt.ctx_user('staff') AND m.rol = 'BEHEER'
    AND m.van <= current_date AND (m.tot IS NULL OR m.tot >= current_date));
END $$;
-- Made a moment ago: nothing is agreed and nobody but administrators has a role.
CREATE FUNCTION adviespunt.is_nieuw(tenant int) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM tenants_tenant t
      WHERE t.id = tenant AND t.status = 'VOORBEREIDING')
    AND NOT EXISTS (SELECT FROM tenants_opdracht o WHERE o.tenant_id = tenant)
    AND NOT EXISTS (SELECT FROM tenants_membership m
      WHERE m.tenant_id = tenant AND m.rol <> 'BEHEER');
END $$;
GRANT EXECUTE ON FUNCTION adviespunt.beheert(int), adviespunt.beheert_iets(),
  adviespunt.is_nieuw(int) TO adviespunt_staff;

CREATE FUNCTION adviespunt.bewaak_membership() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  wie uuid := adviespunt.ctx_user('staff');
  wiens uuid;
  waar int;
BEGIN
  IF TG_OP = 'DELETE' THEN wiens := OLD.user_id; waar := OLD.tenant_id;
  ELSE wiens := NEW.user_id; waar := NEW.tenant_id; END IF;
  -- Who sets up a tenant is its first administrator.
  IF wie IS NOT NULL AND TG_OP = 'INSERT' AND NEW.rol = 'BEHEER'
     AND adviespunt.beheert_iets() AND adviespunt.is_nieuw(waar) THEN
    RETURN NEW;
  END IF;
  IF wie IS NOT NULL AND wiens = wie THEN
    RAISE EXCEPTION 'membership_niet_zichzelf' USING ERRCODE = '23514';
  END IF;
  IF wie IS NOT NULL AND NOT adviespunt.beheert(waar) THEN
    RAISE EXCEPTION 'membership_door_beheer' USING ERRCODE = '23514';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.user_id IS DISTINCT FROM OLD.user_id THEN
    RAISE EXCEPTION 'membership_van_wie' USING ERRCODE = '23514';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
-- Before a new row is refused for its tenant by the policy, this trigger would speak;
-- AFTER lets the policy go first.
CREATE TRIGGER tenants_membership_bewaking
  AFTER INSERT OR UPDATE OR DELETE ON tenants_membership
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_membership();
"""
MEDEWERKER = """
-- Jeugdwet 4.1.9: a certificate of conduct of at most three months before the start.
ALTER TABLE tenants_medewerker ADD CONSTRAINT medewerker_vog_jeugd CHECK (
  functie <> 'VPJ' OR (vog_op IS NOT NULL AND functie_sinds IS NOT NULL
    AND vog_op >= functie_sinds - interval '3 months'));
CREATE FUNCTION adviespunt.bewaak_medewerker() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF adviespunt.ctx_user('staff') IS NOT NULL AND NOT EXISTS (
    SELECT FROM tenants_membership m WHERE m.user_id = NEW.user_id
      AND adviespunt.beheert(m.tenant_id)
  ) THEN
    RAISE EXCEPTION 'medewerker_door_beheer' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_medewerker_bewaking BEFORE UPDATE ON tenants_medewerker
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_medewerker();
GRANT UPDATE (functie, functie_sinds, laag, specialismen, vog_op, beroepsregistratie)
  ON tenants_medewerker TO adviespunt_staff;
GRANT INSERT ON tenants_medewerker TO adviespunt_app;
GRANT SELECT (last_login) ON tenants_user TO adviespunt_staff;
"""
VERKLARING = """
CREATE TRIGGER tenants_geheimhouding_vast
  BEFORE UPDATE OR DELETE ON tenants_geheimhouding
  FOR EACH STATEMENT EXECUTE FUNCTION adviespunt.refuse_change();
GRANT SELECT, INSERT ON tenants_geheimhouding TO adviespunt_app;
GRANT SELECT ON tenants_geheimhouding TO adviespunt_staff;
GRANT SELECT (medewerker_id, versie) ON tenants_geheimhouding TO adviespunt_identity;
"""
UITNODIGING = """
CREATE FUNCTION adviespunt.bewaak_uitnodiging() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT adviespunt.beheert(NEW.tenant_id) OR NEW.token_hash IS NOT NULL
       OR NEW.aangenomen_op IS NOT NULL
       OR NEW.door_id IS DISTINCT FROM adviespunt.ctx_user('staff') THEN
      RAISE EXCEPTION 'uitnodiging_door_beheer' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.aangenomen_op IS NOT NULL OR OLD.ingetrokken_op IS NOT NULL THEN
    RAISE EXCEPTION 'uitnodiging_eenmaal' USING ERRCODE = '23514';
  END IF;
  IF (NEW.email, NEW.soort, NEW.rol, NEW.tot, NEW.door_id) IS DISTINCT FROM
     (OLD.email, OLD.soort, OLD.rol, OLD.tot, OLD.door_id) THEN
    RAISE EXCEPTION 'uitnodiging_staat_vast' USING ERRCODE = '23514';
  END IF;
  IF NEW.aangenomen_op IS NOT NULL AND (OLD.token_hash IS NULL
     OR OLD.vervalt_op IS NULL OR OLD.vervalt_op <= clock_timestamp()) THEN
    RAISE EXCEPTION 'uitnodiging_verlopen' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_uitnodiging_bewaking
  BEFORE INSERT OR UPDATE ON tenants_uitnodiging
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_uitnodiging();
"""
ROLVERZOEK = """
CREATE FUNCTION adviespunt.bewaak_rolverzoek() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT adviespunt.beheert(NEW.tenant_id) THEN
    RAISE EXCEPTION 'rolverzoek_door_beheer' USING ERRCODE = '23514';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.besluit IS NOT NULL
       OR NEW.door_id IS DISTINCT FROM adviespunt.ctx_user('staff') THEN
      RAISE EXCEPTION 'rolverzoek_begint_open' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.besluit IS NOT NULL THEN
    RAISE EXCEPTION 'rolverzoek_eenmaal' USING ERRCODE = '23514';
  END IF;
  IF (NEW.door_id, NEW.wat, NEW.rol, NEW.tot, NEW.reden) IS DISTINCT FROM
     (OLD.door_id, OLD.wat, OLD.rol, OLD.tot, OLD.reden)
     OR NEW.besloten_door_id IS DISTINCT FROM adviespunt.ctx_user('staff') THEN
    RAISE EXCEPTION 'rolverzoek_staat_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_rolverzoek_bewaking
  BEFORE INSERT OR UPDATE ON tenants_rolverzoek
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_rolverzoek();
"""
BEHEERT = "adviespunt.beheert(tenant_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0009_inloggen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Aanstelling",
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
                ("instantie", models.CharField(max_length=160)),
                ("besluit_op", models.DateField()),
                (
                    "functie",
                    models.CharField(
                        choices=[
                            ("OCO", "Onafhankelijk cliëntondersteuner"),
                            ("OVP", "Onafhankelijk vertrouwenspersoon"),
                            ("VPJ", "Vertrouwenspersoon jeugd"),
                            ("CVPWZD", "Cliëntenvertrouwenspersoon Wzd"),
                            ("PVP", "Patiëntenvertrouwenspersoon Wvggz"),
                            ("VRIJW", "Vrijwilliger"),
                            ("OVERIG", "Andere functie"),
                        ],
                        max_length=8,
                    ),
                ),
                ("van", models.DateField()),
                ("tot", models.DateField(null=True)),
                (
                    "einde_reden",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("VERLOPEN", "De periode is afgelopen"),
                            ("EIGEN", "Op eigen verzoek"),
                            ("ONTHEVEN", "Uit de functie ontheven"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
            ],
            options={
                "verbose_name": "aanstelling",
                "verbose_name_plural": "aanstellingen",
            },
        ),
        migrations.CreateModel(
            name="Geheimhouding",
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
                ("versie", models.PositiveSmallIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("naam", models.CharField(max_length=120)),
                (
                    "getekend_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
            ],
            options={
                "verbose_name": "geheimhoudingsverklaring",
                "verbose_name_plural": "geheimhoudingsverklaringen",
            },
        ),
        migrations.CreateModel(
            name="Rolverzoek",
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
                    "wat",
                    models.CharField(
                        choices=[
                            ("GEVEN", "een rol krijgen"),
                            ("STOPPEN", "een rol kwijtraken"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "rol",
                    models.CharField(
                        choices=[
                            ("VRIJWILLIGER", "Vrijwilliger"),
                            ("ONDERSTEUNER", "Cliëntondersteuner"),
                            ("TEAMLEIDER", "Teamleider"),
                            ("TOETSER", "Herleidbaarheidstoetser"),
                            ("DIRECTIE", "Directie"),
                            ("FG", "Functionaris gegevensbescherming"),
                            ("BEHEER", "Tenantbeheer"),
                            ("CONTACT", "Contactpersoon van de opdrachtgever"),
                            ("ONTVANGER", "Ontvanger"),
                        ],
                        max_length=12,
                    ),
                ),
                ("tot", models.DateField(null=True)),
                ("reden", models.CharField(max_length=500)),
                (
                    "gevraagd_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                (
                    "besluit",
                    models.CharField(
                        choices=[
                            ("AKKOORD", "Goedgekeurd"),
                            ("AFGEWEZEN", "Afgewezen"),
                        ],
                        max_length=9,
                        null=True,
                    ),
                ),
                ("besloten_op", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "rolverzoek",
                "verbose_name_plural": "rolverzoeken",
            },
        ),
        migrations.CreateModel(
            name="Uitnodiging",
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
                    "email",
                    models.EmailField(max_length=254, verbose_name="E-mailadres"),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("MEDEWERKER", "Medewerker van het Adviespunt"),
                            ("OPDRACHTGEVER", "Contact van een opdrachtgever"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "rol",
                    models.CharField(
                        choices=[
                            ("VRIJWILLIGER", "Vrijwilliger"),
                            ("ONDERSTEUNER", "Cliëntondersteuner"),
                            ("TEAMLEIDER", "Teamleider"),
                            ("TOETSER", "Herleidbaarheidstoetser"),
                            ("DIRECTIE", "Directie"),
                            ("FG", "Functionaris gegevensbescherming"),
                            ("BEHEER", "Tenantbeheer"),
                            ("CONTACT", "Contactpersoon van de opdrachtgever"),
                            ("ONTVANGER", "Ontvanger"),
                        ],
                        max_length=12,
                    ),
                ),
                ("tot", models.DateField(null=True)),
                ("gemaakt_op", models.DateTimeField(default=django.utils.timezone.now)),
                ("token_hash", models.CharField(max_length=64, null=True)),
                ("verstuurd_op", models.DateTimeField(null=True)),
                ("vervalt_op", models.DateTimeField(null=True)),
                ("aangenomen_op", models.DateTimeField(null=True)),
                ("aangenomen_door", models.UUIDField(null=True)),
                ("ingetrokken_op", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "uitnodiging",
                "verbose_name_plural": "uitnodigingen",
            },
        ),
        migrations.AlterModelOptions(
            name="tenant",
            options={
                "ordering": ["naam"],
                "permissions": [
                    ("kwestie_registreren", "Kwesties registreren"),
                    ("kwestie_eigen", "Eigen kwesties zien en bijwerken"),
                    ("kwestie_team", "Kwesties van het team zien"),
                    ("rapportage_lezen", "Rapportages in wording lezen"),
                    ("rapportage_maken", "Rapportages maken en bewerken"),
                    ("rapportage_toetsen", "De herleidbaarheidstoets tekenen"),
                    ("rapportage_aanbieden", "Rapportages aanbieden"),
                    ("bespreking_vastleggen", "De bespreking vastleggen"),
                    ("rapportage_vaststellen", "Rapportages vaststellen of intrekken"),
                    ("rapportage_publiceren", "Besluiten over openbaarmaking"),
                    ("rapportage_ontvangen", "Vastgestelde rapportages lezen"),
                    ("rapportage_reageren", "Reageren op een rapportage"),
                    (
                        "doorbreking_beslissen",
                        "Besluiten over doorbreking van de geheimhouding",
                    ),
                    ("tenant_beheren", "Opdrachtgever, opdrachten en mensen beheren"),
                    ("log_inzien", "Het logboek inzien"),
                    ("uitzonderingen_tellen", "Aantallen uitzonderingen zien"),
                    ("uren_tellen", "Uren per opdracht zien"),
                    ("avg_behandelen", "Besluiten over AVG-verzoeken en datalekken"),
                    (
                        "rapportage_concept",
                        "Aangeboden rapportages lezen vóór ze vaststaan",
                    ),
                    ("rapportage_downloaden", "Vastgestelde rapportages downloaden"),
                ],
                "verbose_name": "opdrachtgever",
                "verbose_name_plural": "opdrachtgevers",
            },
        ),
        migrations.AddField(
            model_name="medewerker",
            name="beroepsregistratie",
            field=models.CharField(blank=True, default="", max_length=80),
        ),
        migrations.AddField(
            model_name="medewerker",
            name="functie_sinds",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="medewerker",
            name="laag",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "Laag 1: informele ondersteuning door vrijwilligers"),
                    (2, "Laag 2: professionele ondersteuning"),
                    (3, "Laag 3: specialistische ondersteuning"),
                ],
                default=2,
            ),
        ),
        migrations.AddField(
            model_name="medewerker",
            name="specialismen",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=80), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="medewerker",
            name="vog_op",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="membership",
            name="zonder",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), default=list, size=None
            ),
        ),
        migrations.AlterField(
            model_name="medewerker",
            name="functie",
            field=models.CharField(
                choices=[
                    ("OCO", "Onafhankelijk cliëntondersteuner"),
                    ("OVP", "Onafhankelijk vertrouwenspersoon"),
                    ("VPJ", "Vertrouwenspersoon jeugd"),
                    ("CVPWZD", "Cliëntenvertrouwenspersoon Wzd"),
                    ("PVP", "Patiëntenvertrouwenspersoon Wvggz"),
                    ("VRIJW", "Vrijwilliger"),
                    ("OVERIG", "Andere functie"),
                ],
                default="OCO",
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="medewerker",
            constraint=models.CheckConstraint(
                condition=models.Q(("laag__gte", 1), ("laag__lte", 3)),
                name="medewerker_laag",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("zonder", []), ("soort", "OPDRACHTGEVER"), _connector="OR"
                ),
                name="membership_zonder_van_contact",
            ),
        ),
        migrations.AddField(
            model_name="aanstelling",
            name="door",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="aanstelling",
            name="medewerker",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="aanstellingen",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="aanstelling",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="geheimhouding",
            name="medewerker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verklaringen",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="rolverzoek",
            name="besloten_door",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="rolverzoek",
            name="door",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="rolverzoek",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="uitnodiging",
            name="door",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.medewerker",
            ),
        ),
        migrations.AddField(
            model_name="uitnodiging",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
        migrations.AddIndex(
            model_name="aanstelling",
            index=models.Index(
                fields=["tenant", "medewerker"], name="aanstelling_van_wie"
            ),
        ),
        migrations.AddConstraint(
            model_name="aanstelling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tot__isnull", True),
                    ("tot__gte", models.F("van")),
                    _connector="OR",
                ),
                name="aanstelling_periode",
            ),
        ),
        migrations.AddConstraint(
            model_name="aanstelling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("einde_reden", ""), ("tot__isnull", False), _connector="OR"
                ),
                name="aanstelling_einde",
            ),
        ),
        migrations.AddConstraint(
            model_name="geheimhouding",
            constraint=models.UniqueConstraint(
                fields=("medewerker", "versie"), name="geheimhouding_eenmaal"
            ),
        ),
        migrations.AddConstraint(
            model_name="rolverzoek",
            constraint=models.UniqueConstraint(
                condition=models.Q(("besluit__isnull", True)),
                fields=("tenant", "door", "rol"),
                name="rolverzoek_een_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolverzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("besloten_door__isnull", True),
                    models.Q(("besloten_door", models.F("door")), _negated=True),
                    _connector="OR",
                ),
                name="rolverzoek_vier_ogen",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolverzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("besloten_door__isnull", True),
                        ("besloten_op__isnull", True),
                        ("besluit__isnull", True),
                    ),
                    models.Q(
                        ("besloten_door__isnull", False),
                        ("besloten_op__isnull", False),
                        ("besluit__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="rolverzoek_besloten",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitnodiging",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("aangenomen_op__isnull", True), ("ingetrokken_op__isnull", True)
                ),
                fields=("tenant", "email", "rol"),
                name="uitnodiging_een_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitnodiging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "rol__in",
                            [
                                "VRIJWILLIGER",
                                "ONDERSTEUNER",
                                "TEAMLEIDER",
                                "TOETSER",
                                "DIRECTIE",
                                "FG",
                                "BEHEER",
                            ],
                        ),
                        ("soort", "MEDEWERKER"),
                    ),
                    models.Q(
                        ("rol__in", ["CONTACT", "ONTVANGER"]),
                        ("soort", "OPDRACHTGEVER"),
                    ),
                    _connector="OR",
                ),
                name="uitnodiging_rol_van_soort",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitnodiging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("aangenomen_op__isnull", True),
                    ("ingetrokken_op__isnull", True),
                    _connector="OR",
                ),
                name="uitnodiging_afgedaan",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitnodiging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("aangenomen_door__isnull", True),
                        ("aangenomen_op__isnull", True),
                    ),
                    models.Q(
                        ("aangenomen_door__isnull", False),
                        ("aangenomen_op__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="uitnodiging_aangenomen_door",
            ),
        ),
        rls.run(BEHEER),
        rls.isolate(
            "tenants_uitnodiging",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=("token_hash", "vervalt_op", "ingetrokken_op"),
            ),
            # The worker makes the secret and mails it; who accepts is recorded by it.
            rls.Grant(
                "job",
                select=True,
                update=(
                    *("token_hash", "verstuurd_op", "vervalt_op"),
                    *("aangenomen_op", "aangenomen_door"),
                ),
            ),
        ),
        rls.isolate(
            "tenants_rolverzoek",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=("besluit", "besloten_door_id", "besloten_op"),
            ),
        ),
        rls.isolate(
            "tenants_aanstelling",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=("tot", "einde_reden"),
                check=BEHEERT,
            ),
        ),
        rls.run(MEDEWERKER, VERKLARING, UITNODIGING, ROLVERZOEK),
    ]
