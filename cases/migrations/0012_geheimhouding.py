"""The two exceptional procedures, and what PostgreSQL holds of them itself.

Doorbreking: whoever works on kwesties of the tenant, and who is named in it, may have
the row; the directie has no case rights, so it sees the requests it decides about and
nothing else. Each moment is written once, by the person it is of.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

DOORBREKING = """
CREATE FUNCTION adviespunt.bewaak_doorbreking() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := adviespunt.ctx_user('staff');
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.betrokkenen := ARRAY[NEW.aanvrager_id, NEW.toetser_id, NEW.beslisser_id];
    IF NEW.aanvrager_id IS DISTINCT FROM me OR NEW.toets_op IS NOT NULL THEN
      RAISE EXCEPTION 'doorbreking_door_aanvrager' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.kwestie_id, NEW.grond, NEW.aanvrager_id, NEW.toetser_id, NEW.beslisser_id,
      NEW.betrokkenen, NEW.aangemaakt_op)
     IS DISTINCT FROM (OLD.kwestie_id, OLD.grond, OLD.aanvrager_id, OLD.toetser_id,
      OLD.beslisser_id, OLD.betrokkenen, OLD.aangemaakt_op)
     OR (OLD.toets_op IS NOT NULL AND (NEW.toets_op, NEW.is_toets_akkoord)
       IS DISTINCT FROM (OLD.toets_op, OLD.is_toets_akkoord))
     OR (OLD.besluit_op IS NOT NULL AND (NEW.besluit_op, NEW.is_toegestaan)
       IS DISTINCT FROM (OLD.besluit_op, OLD.is_toegestaan))
     OR (OLD.verstrekt_op IS NOT NULL AND NEW.verstrekt_op IS DISTINCT FROM OLD.verstrekt_op)
     OR (OLD.ingetrokken_op IS NOT NULL
       AND NEW.ingetrokken_op IS DISTINCT FROM OLD.ingetrokken_op) THEN
    RAISE EXCEPTION 'doorbreking_staat_vast' USING ERRCODE = '23514';
  END IF;
  IF OLD.toets_op IS NULL AND NEW.toets_op IS NOT NULL
     AND NEW.toetser_id IS DISTINCT FROM me THEN
    RAISE EXCEPTION 'doorbreking_door_toetser' USING ERRCODE = '23514';
  END IF;
  IF OLD.besluit_op IS NULL AND NEW.besluit_op IS NOT NULL
     AND NEW.beslisser_id IS DISTINCT FROM me THEN
    RAISE EXCEPTION 'doorbreking_door_beslisser' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_doorbreking_bewaking BEFORE INSERT OR UPDATE ON cases_doorbreking
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_doorbreking();
"""

MELDCODE = """
CREATE FUNCTION adviespunt.bewaak_meldcode() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := adviespunt.ctx_user('staff');
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.gestart_door_id IS DISTINCT FROM me OR NEW.consultatie_op IS NOT NULL THEN
      RAISE EXCEPTION 'meldcode_begint_met_signalen' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.kwestie_id, NEW.gestart_door_id, NEW.verantwoordelijke_id, NEW.aangemaakt_op)
     IS DISTINCT FROM (OLD.kwestie_id, OLD.gestart_door_id, OLD.verantwoordelijke_id,
      OLD.aangemaakt_op)
     OR (OLD.bevestigd_op IS NOT NULL AND (NEW.bevestigd_op, NEW.is_melden, NEW.is_hulp)
       IS DISTINCT FROM (OLD.bevestigd_op, OLD.is_melden, OLD.is_hulp))
     OR (OLD.gesloten_op IS NOT NULL
       AND NEW.gesloten_op IS DISTINCT FROM OLD.gesloten_op) THEN
    RAISE EXCEPTION 'meldcode_staat_vast' USING ERRCODE = '23514';
  END IF;
  IF NEW.verantwoordelijke_id IS DISTINCT FROM me
     AND ((OLD.bevestigd_op IS NULL AND NEW.bevestigd_op IS NOT NULL)
       OR (OLD.besluit_op IS NOT NULL AND NEW.besluit_op IS NULL)) THEN
    RAISE EXCEPTION 'meldcode_door_verantwoordelijke' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_meldcodetraject_bewaking
  BEFORE INSERT OR UPDATE ON cases_meldcodetraject
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_meldcode();

CREATE FUNCTION adviespunt.bewaak_kwestie_meldcode() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM cases_meldcodetraject m WHERE m.tenant_id = NEW.tenant_id
      AND m.kwestie_id = NEW.id AND m.gesloten_op IS NULL) THEN
    RAISE EXCEPTION 'kwestie_meldcode_open' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_kwestie_meldcode BEFORE UPDATE OF status ON cases_kwestie
  FOR EACH ROW
  WHEN (NEW.status = 'AFGEROND' AND OLD.status <> 'AFGEROND' AND NEW.heeft_procedure)
  EXECUTE FUNCTION adviespunt.bewaak_kwestie_meldcode();

-- What was decided about speaking or reporting stays on record.
CREATE FUNCTION adviespunt.bewaak_procedure_blijft() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'kwestie_met_procedure_blijft' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER cases_kwestie_procedure_blijft
  BEFORE UPDATE OF weggegooid_op ON cases_kwestie FOR EACH ROW
  WHEN (NEW.weggegooid_op IS NOT NULL AND NEW.heeft_procedure)
  EXECUTE FUNCTION adviespunt.bewaak_procedure_blijft();
"""

TELLING = """
-- What the directie counts (S25): codes, without the kwestie.
CREATE FUNCTION adviespunt.tel_uitzondering() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  n jsonb := to_jsonb(NEW);
  s text := TG_ARGV[0];
  u text;
BEGIN
  u := CASE
    WHEN s = 'MELDCODE' THEN CASE
      WHEN n->>'bevestigd_op' IS NULL THEN 'LOOPT'
      WHEN (n->>'is_melden')::bool THEN 'GEMELD' ELSE 'NIET_GEMELD' END
    WHEN n->>'ingetrokken_op' IS NOT NULL THEN 'INGETROKKEN'
    WHEN n->>'toets_op' IS NULL THEN 'TOETS'
    WHEN n->>'besluit_op' IS NULL THEN 'BESLUIT'
    WHEN NOT (n->>'is_toegestaan')::bool THEN 'AFGEWEZEN'
    WHEN n->>'verstrekt_op' IS NULL THEN 'TOEGESTAAN'
    WHEN n->>'evaluatie_op' IS NULL THEN 'VERSTREKT'
    ELSE 'GEEVALUEERD' END;
  INSERT INTO cases_uitzondering (id, tenant_id, soort, jaar, uitkomst)
  VALUES (NEW.id, NEW.tenant_id, s,
    extract(year FROM NEW.aangemaakt_op AT TIME ZONE 'Europe/Amsterdam'), u)
  ON CONFLICT (id) DO UPDATE SET uitkomst = EXCLUDED.uitkomst;
  IF TG_OP = 'INSERT' THEN
    UPDATE cases_kwestie SET heeft_procedure = true
    WHERE tenant_id = NEW.tenant_id AND id = NEW.kwestie_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER cases_doorbreking_telling AFTER INSERT OR UPDATE ON cases_doorbreking
  FOR EACH ROW EXECUTE FUNCTION adviespunt.tel_uitzondering('DOORBREKING');
CREATE TRIGGER cases_meldcodetraject_telling
  AFTER INSERT OR UPDATE ON cases_meldcodetraject
  FOR EACH ROW EXECUTE FUNCTION adviespunt.tel_uitzondering('MELDCODE');
"""
# Who has no case rights sees and answers only what she is named in.
VAN_TEAM = "tenant_id = ANY ((SELECT adviespunt.signed('staff', 'cases'))::int[])"
GENOEMD = "(SELECT adviespunt.ctx_user('staff')) = ANY (betrokkenen)"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_achtergrond"),
        ("tenants", "0007_geheimhouding"),
    ]

    operations = [
        migrations.AddField(
            model_name="kwestie",
            name="heeft_procedure",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.CreateModel(
            name="Doorbreking",
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
                    "grond",
                    models.CharField(
                        choices=[
                            ("BELANG_CLIENT", "Een zwaar belang van de cliënt zelf"),
                            ("GEVAAR_ANDER", "Concreet gevaar voor een ander"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "betrokkenen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        db_default=models.Value([]),
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                ("mondeling_besluit_op", models.DateTimeField(null=True)),
                ("toets_op", models.DateTimeField(null=True)),
                ("is_toets_akkoord", models.BooleanField(null=True)),
                ("besluit_op", models.DateTimeField(null=True)),
                ("is_toegestaan", models.BooleanField(null=True)),
                ("client_geinformeerd_op", models.DateTimeField(null=True)),
                ("verstrekt_op", models.DateTimeField(null=True)),
                ("evaluatie_op", models.DateTimeField(null=True)),
                ("ingetrokken_op", models.DateTimeField(null=True)),
                ("feiten_v", models.BinaryField(null=True)),
                ("geen_toestemming_v", models.BinaryField(null=True)),
                ("geprobeerd_v", models.BinaryField(null=True)),
                ("ernst_v", models.BinaryField(null=True)),
                ("wie_v", models.BinaryField(null=True)),
                ("gevaar_v", models.BinaryField(null=True)),
                ("concreet_v", models.BinaryField(null=True)),
                ("minimaal_v", models.BinaryField(null=True)),
                ("ontvanger_v", models.BinaryField(null=True)),
                ("advies_v", models.BinaryField(null=True)),
                ("besluit_v", models.BinaryField(null=True)),
                ("uitstel_v", models.BinaryField(null=True)),
                ("verstrekt_v", models.BinaryField(null=True)),
                ("evaluatie_v", models.BinaryField(null=True)),
                (
                    "aanvrager",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.medewerker",
                    ),
                ),
                (
                    "beslisser",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.medewerker",
                    ),
                ),
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
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="tenants.tenant",
                    ),
                ),
                (
                    "toetser",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.medewerker",
                    ),
                ),
            ],
            options={
                "verbose_name": "doorbreking van de geheimhouding",
                "verbose_name_plural": "doorbrekingen van de geheimhouding",
                "indexes": [
                    models.Index(
                        fields=["tenant", "kwestie"], name="doorbreking_kwestie"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grond__in", ["BELANG_CLIENT", "GEVAAR_ANDER"])
                        ),
                        name="doorbreking_grond_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("feiten_v__isnull", False),
                            ("geen_toestemming_v__isnull", False),
                            ("geprobeerd_v__isnull", False),
                            ("minimaal_v__isnull", False),
                            ("ontvanger_v__isnull", False),
                        ),
                        name="doorbreking_onderbouwd",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ernst_v__isnull", False), ("grond", "BELANG_CLIENT")
                            ),
                            models.Q(
                                ("concreet_v__isnull", False),
                                ("gevaar_v__isnull", False),
                                ("grond", "GEVAAR_ANDER"),
                                ("wie_v__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="doorbreking_grond_onderbouwd",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("toetser", models.F("aanvrager")), _negated=True),
                            models.Q(
                                ("beslisser", models.F("aanvrager")), _negated=True
                            ),
                            models.Q(("beslisser", models.F("toetser")), _negated=True),
                        ),
                        name="doorbreking_door_anderen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("advies_v__isnull", True),
                                ("is_toets_akkoord__isnull", True),
                                ("toets_op__isnull", True),
                            ),
                            models.Q(
                                ("advies_v__isnull", False),
                                ("is_toets_akkoord__isnull", False),
                                ("toets_op__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="doorbreking_toets",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("besluit_op__isnull", True),
                                ("besluit_v__isnull", True),
                                ("is_toegestaan__isnull", True),
                            ),
                            models.Q(
                                ("besluit_op__isnull", False),
                                ("besluit_v__isnull", False),
                                ("is_toegestaan__isnull", False),
                                ("toets_op__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="doorbreking_besluit_na_toets",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verstrekt_op__isnull", True),
                            models.Q(
                                models.Q(
                                    ("client_geinformeerd_op__isnull", False),
                                    ("uitstel_v__isnull", False),
                                    _connector="OR",
                                ),
                                ("is_toegestaan", True),
                                ("is_toegestaan__isnull", False),
                                ("verstrekt_v__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="doorbreking_verstrekt_na_besluit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("evaluatie_op__isnull", True),
                            models.Q(
                                ("evaluatie_v__isnull", False),
                                ("verstrekt_op__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="doorbreking_evaluatie_na_verstrekt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ingetrokken_op__isnull", True),
                            ("besluit_op__isnull", True),
                            _connector="OR",
                        ),
                        name="doorbreking_ingetrokken_voor_besluit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeldcodeTraject",
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
                ("functie", models.CharField(max_length=80)),
                (
                    "kindcheck",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("JA", "Ja, er zijn kinderen"),
                            ("NEE", "Nee, er zijn geen kinderen"),
                            ("NVT", "Het gaat om een kind zelf"),
                        ],
                        max_length=3,
                    ),
                ),
                ("signalen_op", models.DateField()),
                ("consultatie_op", models.DateField(null=True)),
                ("is_veilig_thuis_gevraagd", models.BooleanField(default=False)),
                ("gesprek_op", models.DateField(null=True)),
                ("afweging_op", models.DateTimeField(null=True)),
                ("is_vermoeden", models.BooleanField(null=True)),
                ("is_onveilig", models.BooleanField(null=True)),
                ("is_hulp_haalbaar", models.BooleanField(null=True)),
                ("is_hulp_aanvaard", models.BooleanField(null=True)),
                ("is_hulp_werkzaam", models.BooleanField(null=True)),
                ("besluit_op", models.DateTimeField(null=True)),
                ("is_melden", models.BooleanField(null=True)),
                ("is_hulp", models.BooleanField(null=True)),
                ("bevestigd_op", models.DateTimeField(null=True)),
                ("gesloten_op", models.DateTimeField(null=True)),
                ("signalen_v", models.BinaryField(null=True)),
                ("consultatie_v", models.BinaryField(null=True)),
                ("gesprek_v", models.BinaryField(null=True)),
                ("geen_gesprek_v", models.BinaryField(null=True)),
                ("afweging_v", models.BinaryField(null=True)),
                ("melden_v", models.BinaryField(null=True)),
                ("hulp_v", models.BinaryField(null=True)),
                ("bevestiging_v", models.BinaryField(null=True)),
                ("gevolg_v", models.BinaryField(null=True)),
                (
                    "gestart_door",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.medewerker",
                    ),
                ),
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
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="tenants.tenant",
                    ),
                ),
                (
                    "verantwoordelijke",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.medewerker",
                    ),
                ),
            ],
            options={
                "verbose_name": "meldcode",
                "verbose_name_plural": "meldcodes",
                "indexes": [
                    models.Index(fields=["tenant", "kwestie"], name="meldcode_kwestie")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("gesloten_op__isnull", True)),
                        fields=("tenant", "kwestie"),
                        name="meldcode_een_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kindcheck__in", ["", "JA", "NEE", "NVT"])),
                        name="meldcode_kindcheck_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verantwoordelijke", models.F("gestart_door")),
                            _negated=True,
                        ),
                        name="meldcode_door_ander",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("signalen_v__isnull", False)),
                        name="meldcode_signalen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consultatie_op__isnull", True),
                            ("consultatie_v__isnull", False),
                            _connector="OR",
                        ),
                        name="meldcode_consultatie",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("geen_gesprek_v__isnull", True),
                                ("gesprek_op__isnull", True),
                            ),
                            ("consultatie_op__isnull", False),
                            _connector="OR",
                        ),
                        name="meldcode_gesprek_na_consultatie",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("afweging_op__isnull", True),
                            ("geen_gesprek_v__isnull", False),
                            models.Q(
                                ("gesprek_op__isnull", False),
                                ("gesprek_v__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="meldcode_gesprek_of_reden",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("afweging_op__isnull", True),
                            models.Q(
                                ("afweging_v__isnull", False),
                                ("is_vermoeden__isnull", False),
                                models.Q(("kindcheck", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="meldcode_afgewogen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("besluit_op__isnull", True),
                            models.Q(
                                ("afweging_op__isnull", False),
                                ("hulp_v__isnull", False),
                                ("is_hulp__isnull", False),
                                ("is_melden__isnull", False),
                                ("melden_v__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="meldcode_twee_besluiten",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bevestigd_op__isnull", True),
                            ("besluit_op__isnull", False),
                            _connector="OR",
                        ),
                        name="meldcode_bevestigd_na_besluit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("gesloten_op__isnull", True),
                            models.Q(
                                ("bevestigd_op__isnull", False),
                                ("gevolg_v__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="meldcode_gesloten_na_bevestiging",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Uitzondering",
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
                            ("DOORBREKING", "Doorbreking van de geheimhouding"),
                            ("MELDCODE", "Meldcode"),
                        ],
                        max_length=11,
                    ),
                ),
                ("jaar", models.PositiveSmallIntegerField()),
                ("uitkomst", models.CharField(max_length=11)),
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
                "verbose_name": "uitzondering",
                "verbose_name_plural": "uitzonderingen",
                "indexes": [
                    models.Index(
                        fields=["tenant", "jaar", "soort"], name="uitzondering_jaar"
                    )
                ],
            },
        ),
        rls.isolate(
            "cases_doorbreking",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=True,
                rows=GENOEMD,
                check=GENOEMD,
            ),
        ),
        rls.run(
            "CREATE POLICY cases_doorbreking_team ON cases_doorbreking FOR ALL"
            f" TO adviespunt_staff USING ({VAN_TEAM}) WITH CHECK ({VAN_TEAM})"
        ),
        rls.isolate(
            "cases_meldcodetraject",
            rls.Grant("staff", select=True, insert=True, update=True, scope="cases"),
        ),
        rls.isolate(
            "cases_uitzondering",
            rls.Grant("staff", select=True, insert=True, update=("uitkomst",)),
        ),
        rls.composite_key("cases_doorbreking", "kwestie_id", "cases_kwestie"),
        rls.composite_key("cases_meldcodetraject", "kwestie_id", "cases_kwestie"),
        rls.run(DOORBREKING, MELDCODE, TELLING),
    ]
