"""Requests about one's data: their order, persons and terms are held here.

Whoever works on kwesties of the tenant may have the row, and so may its FG of today,
who has no case rights. A client whose data are restricted (AVG 18) does not change; of
a kwestie that an authority demands (S125) nothing is erased.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

VERZOEK = """
CREATE FUNCTION adviespunt.bewaak_avgverzoek() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := adviespunt.ctx_user('staff');
  weg bytea := '\\xe28093';
  arrows text[] := ARRAY['ONTVANGEN>IDENTITEIT', 'ONTVANGEN>IN_BEHANDELING',
    'ONTVANGEN>NIET_TE_KOPPELEN', 'IDENTITEIT>IN_BEHANDELING',
    'IDENTITEIT>NIET_TE_KOPPELEN', 'IN_BEHANDELING>VERLENGD',
    'IN_BEHANDELING>INGEWILLIGD', 'IN_BEHANDELING>DEELS', 'IN_BEHANDELING>AFGEWEZEN',
    'VERLENGD>INGEWILLIGD', 'VERLENGD>DEELS', 'VERLENGD>AFGEWEZEN',
    'INGEWILLIGD>UITGEVOERD', 'DEELS>UITGEVOERD', 'AFGEWEZEN>GESLOTEN',
    'NIET_TE_KOPPELEN>GESLOTEN', 'UITGEVOERD>GESLOTEN'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.stand <> 'ONTVANGEN' OR NEW.geregistreerd_door_id IS DISTINCT FROM me
       OR NEW.verlengd_op IS NOT NULL THEN
      RAISE EXCEPTION 'avgverzoek_begint_ontvangen' USING ERRCODE = '23514';
    END IF;
    -- AVG 12 lid 3; a weekend with holidays moves the end by some days at most.
    IF NEW.termijn_op NOT BETWEEN (NEW.ontvangen_op + interval '1 month')::date
       AND (NEW.ontvangen_op + interval '1 month 7 days')::date
       OR NEW.ontvangen_op > current_date THEN
      RAISE EXCEPTION 'avgverzoek_termijn' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.soort, NEW.grondslag, NEW.leeftijd, NEW.ondertekenaar, NEW.ontvangen_op,
      NEW.termijn_op, NEW.geregistreerd_door_id, NEW.aangemaakt_op)
     IS DISTINCT FROM (OLD.soort, OLD.grondslag, OLD.leeftijd, OLD.ondertekenaar,
      OLD.ontvangen_op, OLD.termijn_op, OLD.geregistreerd_door_id, OLD.aangemaakt_op)
     OR (OLD.kwestie_id IS NOT NULL AND NEW.kwestie_id IS DISTINCT FROM OLD.kwestie_id)
     OR (OLD.verlengd_op IS NOT NULL AND (NEW.verlengd_op, NEW.verlengd_tot)
       IS DISTINCT FROM (OLD.verlengd_op, OLD.verlengd_tot))
     OR (OLD.besluit_op IS NOT NULL AND (NEW.besluit_op, NEW.beslisser_id, NEW.afwijzing)
       IS DISTINCT FROM (OLD.besluit_op, OLD.beslisser_id, OLD.afwijzing))
     OR (OLD.besluit_v IS NOT NULL AND NEW.besluit_v IS DISTINCT FROM OLD.besluit_v
       AND NEW.besluit_v IS DISTINCT FROM weg)
     OR (OLD.uitgevoerd_op IS NOT NULL AND (NEW.uitgevoerd_op, NEW.uitgevoerd_door_id)
       IS DISTINCT FROM (OLD.uitgevoerd_op, OLD.uitgevoerd_door_id))
     OR (OLD.stand = 'GESLOTEN' AND NEW.gesloten_op IS DISTINCT FROM OLD.gesloten_op) THEN
    RAISE EXCEPTION 'avgverzoek_staat_vast' USING ERRCODE = '23514';
  END IF;
  IF NEW.stand <> OLD.stand AND NOT (OLD.stand || '>' || NEW.stand) = ANY (arrows) THEN
    RAISE EXCEPTION 'avgverzoek_volgorde' USING ERRCODE = '23514';
  END IF;
  IF OLD.verlengd_op IS NULL AND NEW.verlengd_op IS NOT NULL AND (
     NOT adviespunt.is_fg(NEW.tenant_id) OR NEW.verlengd_op <> current_date
     OR NEW.verlengd_tot NOT BETWEEN (NEW.ontvangen_op + interval '3 months')::date
       AND (NEW.ontvangen_op + interval '3 months 7 days')::date) THEN
    RAISE EXCEPTION 'avgverzoek_verlenging' USING ERRCODE = '23514';
  END IF;
  -- Who gathers does not decide, who decides does not carry out.
  IF OLD.besluit_op IS NULL AND NEW.besluit_op IS NOT NULL AND (
     NEW.beslisser_id IS DISTINCT FROM me OR NOT adviespunt.is_fg(NEW.tenant_id)
     OR (NEW.kwestie_id IS NOT NULL AND NEW.geregistreerd_door_id = me)) THEN
    RAISE EXCEPTION 'avgverzoek_door_fg' USING ERRCODE = '23514';
  END IF;
  IF OLD.uitgevoerd_op IS NULL AND NEW.uitgevoerd_op IS NOT NULL AND (
     NEW.uitgevoerd_door_id IS DISTINCT FROM me
     OR (NEW.kwestie_id IS NOT NULL AND NEW.beslisser_id = me)) THEN
    RAISE EXCEPTION 'avgverzoek_uitvoering' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_avgverzoek_bewaking BEFORE INSERT OR UPDATE ON cases_avgverzoek
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_avgverzoek();
"""
BEPERKING = """
CREATE FUNCTION adviespunt.bewaak_beperking() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  r jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
  is_beperkt boolean;
BEGIN
  IF TG_TABLE_NAME = 'cases_kwestie' THEN
    is_beperkt := EXISTS (SELECT FROM cases_client c
      WHERE c.tenant_id = (r->>'tenant_id')::int AND c.beperkt_op IS NOT NULL
      AND c.id IN ((r->>'client_id')::uuid,
        CASE WHEN TG_OP = 'UPDATE' THEN (to_jsonb(OLD)->>'client_id')::uuid END));
  ELSE
    is_beperkt := EXISTS (SELECT FROM cases_kwestie k JOIN cases_client c
      ON c.tenant_id = k.tenant_id AND c.id = k.client_id
      WHERE k.tenant_id = (r->>'tenant_id')::int AND k.id = (r->>'kwestie_id')::uuid
      AND c.beperkt_op IS NOT NULL);
  END IF;
  IF is_beperkt THEN
    RAISE EXCEPTION 'client_beperkt' USING ERRCODE = '23514';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION adviespunt.bewaak_client_beperking() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.beperkt_op IS NULL THEN
    -- Only after the FG decided so about one of its kwesties.
    IF NOT EXISTS (SELECT FROM cases_avgverzoek v JOIN cases_kwestie k
      ON k.tenant_id = v.tenant_id AND k.id = v.kwestie_id
      WHERE v.tenant_id = NEW.tenant_id AND k.client_id = NEW.id
      AND v.soort = 'BEPERKING' AND v.stand IN ('INGEWILLIGD', 'DEELS')) THEN
      RAISE EXCEPTION 'client_beperkt_na_besluit' USING ERRCODE = '23514';
    END IF;
  ELSIF NEW.beperkt_op IS NOT NULL
     OR to_jsonb(NEW) - 'beperkt_op' <> to_jsonb(OLD) - 'beperkt_op' THEN
    RAISE EXCEPTION 'client_beperkt' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_client_beperking BEFORE UPDATE ON cases_client FOR EACH ROW
  WHEN (OLD.beperkt_op IS NOT NULL OR NEW.beperkt_op IS NOT NULL)
  EXECUTE FUNCTION adviespunt.bewaak_client_beperking();
"""
# What belongs to a client; each of these stands still while it is restricted.
STIL = (
    *("kwestie", "contactmoment", "verwijzing", "externtraject", "toestemming"),
    *("stap", "ambtshalveactie", "doorbreking", "meldcodetraject", "correctie"),
)
VORDERING = """
CREATE FUNCTION adviespunt.bewaak_vordering() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM cases_vordering v WHERE v.tenant_id = NEW.tenant_id
    AND v.kwestie_id = NEW.id AND v.afgedaan_op IS NULL) THEN
    RAISE EXCEPTION 'vordering_loopt' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_kwestie_vordering BEFORE UPDATE ON cases_kwestie FOR EACH ROW
  WHEN (NEW.geanonimiseerd_op IS NOT NULL AND OLD.geanonimiseerd_op IS NULL)
  EXECUTE FUNCTION adviespunt.bewaak_vordering();

CREATE FUNCTION adviespunt.vordering_staat_vast() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  weg bytea := '\\xe28093';
BEGIN
  IF (NEW.kwestie_id, NEW.instantie, NEW.ontvangen_op, NEW.vastgelegd_door_id)
     IS DISTINCT FROM (OLD.kwestie_id, OLD.instantie, OLD.ontvangen_op,
       OLD.vastgelegd_door_id)
     OR (NEW.wat_v IS DISTINCT FROM OLD.wat_v AND NEW.wat_v IS DISTINCT FROM weg)
     OR (OLD.afgedaan_op IS NOT NULL AND NEW.afgedaan_op IS DISTINCT FROM OLD.afgedaan_op)
  THEN
    RAISE EXCEPTION 'vordering_staat_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_vordering_bewaking BEFORE UPDATE ON cases_vordering
  FOR EACH ROW EXECUTE FUNCTION adviespunt.vordering_staat_vast();
"""
SLEUTEL = """
CREATE OR REPLACE FUNCTION adviespunt.bewaak_sleutel() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  in_gebruik boolean;
  weg bytea := '\\xe28093';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    -- Of whom it is never changes; a wrapped key only with what it is wrapped with.
    IF (NEW.soort, NEW.van) IS DISTINCT FROM (OLD.soort, OLD.van)
       OR NEW.onder_id = OLD.onder_id THEN
      RAISE EXCEPTION 'sleutel_staat_vast' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  -- Who may not see case data cannot know whether the key is still needed.
  IF current_user = 'adviespunt_staff' AND NOT coalesce(
      OLD.tenant_id = ANY (adviespunt.signed('staff', 'cases')), false) THEN
    RAISE EXCEPTION 'sleutel_in_gebruik' USING ERRCODE = '23514';
  END IF;
  IF OLD.soort = 'client' THEN
    in_gebruik := EXISTS (SELECT FROM cases_client WHERE tenant_id = OLD.tenant_id
      AND id = OLD.van AND identiteitsstatus <> 'GEANON');
  ELSIF OLD.soort = 'kwestie' THEN
    in_gebruik := EXISTS (SELECT FROM cases_kwestie WHERE tenant_id = OLD.tenant_id
      AND id = OLD.van AND geanonimiseerd_op IS NULL);
  ELSIF OLD.soort = 'concept' THEN
    in_gebruik := EXISTS (SELECT FROM cases_concept WHERE tenant_id = OLD.tenant_id
      AND id = OLD.van);
  ELSIF OLD.soort = 'avgverzoek' THEN
    in_gebruik := EXISTS (SELECT FROM cases_avgverzoek WHERE tenant_id = OLD.tenant_id
      AND id = OLD.van AND (vraag_v <> weg OR bereik_v <> weg OR verlenging_v <> weg
        OR besluit_v <> weg OR uitvoering_v <> weg));
  ELSIF OLD.soort = 'datalek' THEN
    in_gebruik := true;  -- the register of breaches is kept
  ELSE
    in_gebruik := EXISTS (SELECT FROM cases_nevenbelang
      WHERE tenant_id = OLD.tenant_id AND medewerker_id = OLD.van);
  END IF;
  IF in_gebruik THEN
    RAISE EXCEPTION 'sleutel_in_gebruik' USING ERRCODE = '23514';
  END IF;
  RETURN OLD;
END $$;
"""
VAN_TEAM = "tenant_id = ANY ((SELECT adviespunt.signed('staff', 'cases'))::int[])"
VAN_FG = (
    "tenant_id IN (SELECT m.tenant_id FROM tenants_membership m WHERE m.user_id ="
    " (SELECT adviespunt.ctx_user('staff')) AND m.rol = 'FG' AND m.van <= current_date"
    " AND (m.tot >= current_date) IS NOT FALSE)"
)


def still(table: str) -> str:
    return (
        f"CREATE TRIGGER cases_{table}_beperking BEFORE INSERT OR UPDATE"
        f" ON cases_{table} FOR EACH ROW"
        " EXECUTE FUNCTION adviespunt.bewaak_beperking()"
    )


BLIJFT = """
-- A kwestie that somebody asked about, or that an authority demanded, is not thrown away.
CREATE FUNCTION adviespunt.bewaak_verzoek_blijft() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM cases_avgverzoek a
      WHERE a.tenant_id = NEW.tenant_id AND a.kwestie_id = NEW.id)
    OR EXISTS (SELECT FROM cases_vordering v
      WHERE v.tenant_id = NEW.tenant_id AND v.kwestie_id = NEW.id) THEN
    RAISE EXCEPTION 'kwestie_met_verzoek_blijft' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_kwestie_verzoek_blijft
  BEFORE UPDATE OF weggegooid_op ON cases_kwestie FOR EACH ROW
  WHEN (NEW.weggegooid_op IS NOT NULL)
  EXECUTE FUNCTION adviespunt.bewaak_verzoek_blijft();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_bewaren"),
        ("tenants", "0008_avg"),
    ]

    operations = [
        migrations.AddField(
            model_name="client",
            name="beperkt_op",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="AvgVerzoek",
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
                            ("INZAGE", "Inzage: welke gegevens hebben jullie van mij?"),
                            ("RECTIFICATIE", "Rectificatie: dit klopt niet"),
                            ("WISSING", "Wissing: haal mijn gegevens weg"),
                            ("BEPERKING", "Beperking: doe er voorlopig niets mee"),
                            (
                                "OVERDRAAGBAARHEID",
                                "Overdraagbaarheid: ik wil mijn gegevens meenemen",
                            ),
                            (
                                "BEZWAAR",
                                "Bezwaar: ik wil niet dat jullie mijn gegevens gebruiken",
                            ),
                            ("INTREKKEN", "Intrekken: ik geef geen toestemming meer"),
                            ("LOG", "Logboek: wie heeft mijn gegevens bekeken?"),
                        ],
                        max_length=17,
                    ),
                ),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("ONTVANGEN", "Ontvangen"),
                            ("IDENTITEIT", "Wacht op vaststellen wie het is"),
                            ("IN_BEHANDELING", "In behandeling"),
                            ("VERLENGD", "In behandeling, termijn verlengd"),
                            ("INGEWILLIGD", "Ingewilligd"),
                            ("DEELS", "Deels ingewilligd"),
                            ("AFGEWEZEN", "Afgewezen"),
                            ("NIET_TE_KOPPELEN", "Niet te koppelen"),
                            ("UITGEVOERD", "Uitgevoerd"),
                            ("GESLOTEN", "Gesloten"),
                        ],
                        default="ONTVANGEN",
                        max_length=16,
                    ),
                ),
                (
                    "grondslag",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("TOESTEMMING", "Toestemming"),
                            ("OVEREENKOMST", "Een overeenkomst"),
                            ("TAAK", "Een taak van algemeen belang"),
                            ("BELANG", "Een gerechtvaardigd belang"),
                            ("PLICHT", "Een wettelijke plicht"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "leeftijd",
                    models.CharField(
                        choices=[
                            ("VANAF_16", "16 jaar of ouder"),
                            ("VAN_12", "12 tot en met 15 jaar"),
                            ("TOT_12", "Jonger dan 12 jaar"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "ondertekenaar",
                    models.CharField(
                        choices=[
                            ("ZELF", "De persoon zelf"),
                            (
                                "BEIDEN",
                                "De jongere en de wettelijk vertegenwoordiger samen",
                            ),
                            ("VERTEGENW", "De wettelijk vertegenwoordiger"),
                        ],
                        max_length=9,
                    ),
                ),
                ("ontvangen_op", models.DateField()),
                ("termijn_op", models.DateField()),
                ("verlengd_op", models.DateField(null=True)),
                ("verlengd_tot", models.DateField(null=True)),
                (
                    "aangemaakt_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                (
                    "vaststelling",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("BEKEND", "De ondersteuner kent de persoon"),
                            ("VRAGEN", "Met controlevragen over het dossier"),
                            (
                                "DOCUMENT",
                                "Een identiteitsbewijs gezien, niet gekopieerd",
                            ),
                        ],
                        max_length=8,
                    ),
                ),
                ("besluit_op", models.DateTimeField(null=True)),
                (
                    "afwijzing",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "ONGEGROND",
                                "Kennelijk ongegrond of buitensporig (AVG 12 lid 5)",
                            ),
                            ("ANDEREN", "Rechten van anderen (AVG 15 lid 4, UAVG 41)"),
                            (
                                "PLICHT",
                                "Wettelijke plicht om te bewaren (AVG 17 lid 3 onder b)",
                            ),
                            (
                                "VORDERING",
                                "Nodig voor een procedure (AVG 17 lid 3 onder e)",
                            ),
                            ("KLOPT", "De gegevens kloppen (AVG 16)"),
                            (
                                "GEEN_GROND",
                                "De voorwaarden gelden niet (AVG 17, 18 en 20)",
                            ),
                            ("DWINGEND", "Dwingende gronden gaan voor (AVG 21 lid 1)"),
                            (
                                "OPSPORING",
                                "Voorkomen of opsporen van strafbare feiten (UAVG 41)",
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("verteld_op", models.DateField(null=True)),
                ("uitgevoerd_op", models.DateTimeField(null=True)),
                (
                    "ontvangers",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("NVT", "De gegevens zijn aan niemand gegeven"),
                            ("GEDAAN", "Ja, iedereen die ze kreeg weet het"),
                            ("KAN_NIET", "Dat kan niet of kost onevenredig veel"),
                        ],
                        max_length=8,
                    ),
                ),
                ("gesloten_op", models.DateTimeField(null=True)),
                ("vraag_v", models.BinaryField(null=True)),
                ("bereik_v", models.BinaryField(null=True)),
                ("verlenging_v", models.BinaryField(null=True)),
                ("besluit_v", models.BinaryField(null=True)),
                ("uitvoering_v", models.BinaryField(null=True)),
                (
                    "beslisser",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.medewerker",
                    ),
                ),
                (
                    "geregistreerd_door",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="avgverzoeken",
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
                    "uitgevoerd_door",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.medewerker",
                    ),
                ),
            ],
            options={
                "verbose_name": "AVG-verzoek",
                "verbose_name_plural": "AVG-verzoeken",
                "indexes": [
                    models.Index(
                        fields=["tenant", "stand", "termijn_op"], name="avg_stand"
                    ),
                    models.Index(fields=["tenant", "kwestie"], name="avg_kwestie"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "id"), name="avgverzoek_tenant_id"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "soort__in",
                                (
                                    "INZAGE",
                                    "RECTIFICATIE",
                                    "WISSING",
                                    "BEPERKING",
                                    "OVERDRAAGBAARHEID",
                                    "BEZWAAR",
                                    "INTREKKEN",
                                    "LOG",
                                ),
                            )
                        ),
                        name="avgverzoek_soort_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stand__in",
                                (
                                    "ONTVANGEN",
                                    "IDENTITEIT",
                                    "IN_BEHANDELING",
                                    "VERLENGD",
                                    "INGEWILLIGD",
                                    "DEELS",
                                    "AFGEWEZEN",
                                    "NIET_TE_KOPPELEN",
                                    "UITGEVOERD",
                                    "GESLOTEN",
                                ),
                            )
                        ),
                        name="avgverzoek_stand_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("soort", "OVERDRAAGBAARHEID"), _negated=True),
                            ("grondslag__in", ["TOESTEMMING", "OVEREENKOMST"]),
                            _connector="OR",
                        ),
                        name="avgverzoek_overdraagbaar",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("soort", "BEZWAAR"), _negated=True),
                            ("grondslag__in", ["TAAK", "BELANG"]),
                            _connector="OR",
                        ),
                        name="avgverzoek_bezwaar",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("leeftijd", "TOT_12"), ("ondertekenaar", "VERTEGENW")
                            ),
                            models.Q(
                                ("leeftijd", "VAN_12"), ("ondertekenaar", "BEIDEN")
                            ),
                            models.Q(
                                ("leeftijd", "VANAF_16"),
                                ("ondertekenaar__in", ["ZELF", "VERTEGENW"]),
                            ),
                            _connector="OR",
                        ),
                        name="avgverzoek_ondertekenaar",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("verlengd_op__isnull", True),
                                ("verlengd_tot__isnull", True),
                            ),
                            models.Q(
                                ("verlengd_op__isnull", False),
                                ("verlengd_op__lte", models.F("termijn_op")),
                                ("verlengd_tot__isnull", False),
                                ("verlenging_v__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="avgverzoek_verlenging",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("beslisser__isnull", True),
                                ("besluit_op__isnull", True),
                                (
                                    "stand__in",
                                    [
                                        "ONTVANGEN",
                                        "IDENTITEIT",
                                        "IN_BEHANDELING",
                                        "VERLENGD",
                                    ],
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "stand__in",
                                        [
                                            "ONTVANGEN",
                                            "IDENTITEIT",
                                            "IN_BEHANDELING",
                                            "VERLENGD",
                                        ],
                                    ),
                                    _negated=True,
                                ),
                                ("beslisser__isnull", False),
                                ("besluit_op__isnull", False),
                                ("besluit_v__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="avgverzoek_besloten",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("stand__in", ["AFGEWEZEN", "DEELS"]), _negated=True
                            ),
                            models.Q(("afwijzing", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="avgverzoek_afgewezen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "stand__in",
                                    [
                                        "IN_BEHANDELING",
                                        "VERLENGD",
                                        "INGEWILLIGD",
                                        "DEELS",
                                        "UITGEVOERD",
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(("vaststelling", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="avgverzoek_wie",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stand", "UITGEVOERD"), _negated=True),
                            models.Q(
                                ("uitgevoerd_door__isnull", False),
                                ("uitgevoerd_op__isnull", False),
                                ("verteld_op__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="avgverzoek_uitgevoerd",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stand", "GESLOTEN"), _negated=True),
                            models.Q(
                                ("gesloten_op__isnull", False),
                                ("verteld_op__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="avgverzoek_gesloten",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vordering",
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
                ("ontvangen_op", models.DateField()),
                (
                    "aangemaakt_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("afgedaan_op", models.DateTimeField(null=True)),
                ("wat_v", models.BinaryField(null=True)),
                ("afloop_v", models.BinaryField(null=True)),
                (
                    "kwestie",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vorderingen",
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
                    "vastgelegd_door",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.medewerker",
                    ),
                ),
            ],
            options={
                "verbose_name": "vordering",
                "verbose_name_plural": "vorderingen",
                "indexes": [
                    models.Index(fields=["tenant", "kwestie"], name="vordering_kwestie")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("wat_v__isnull", False)),
                        name="vordering_wat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("afgedaan_op__isnull", True),
                            ("afloop_v__isnull", False),
                            _connector="OR",
                        ),
                        name="vordering_afloop",
                    ),
                ],
            },
        ),
        rls.isolate(
            "cases_avgverzoek",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=True,
                rows=VAN_FG,
                check=VAN_FG,
            ),
        ),
        rls.run(
            "CREATE POLICY cases_avgverzoek_team ON cases_avgverzoek FOR ALL"
            f" TO adviespunt_staff USING ({VAN_TEAM}) WITH CHECK ({VAN_TEAM})"
        ),
        rls.isolate(
            "cases_vordering",
            rls.Grant("staff", select=True, insert=True, update=True, scope="cases"),
        ),
        rls.composite_key("cases_avgverzoek", "kwestie_id", "cases_kwestie"),
        rls.composite_key("cases_vordering", "kwestie_id", "cases_kwestie"),
        rls.run(VERZOEK, BEPERKING, VORDERING, SLEUTEL, BLIJFT, *map(still, STIL)),
    ]
