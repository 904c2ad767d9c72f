"""The background of a kwestie, consent by age, stepping in, and work with groups.

Only ``staff`` reads any of it: no report counts it and the job role gets no column.
Rules as triggers: who may consent by age (S118), stepping in with a reason (S177), and
the look at interests in each of the organisations a kwestie is about (V11, S82).
"""

from __future__ import annotations

import uuid
from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

LEEFTIJD = ["0-11", "12-15", "16-17", "18-26", "27-44", "45-64", "65-79", "80+", "ONB"]
DOELGROEP = [
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
]
FUNCTIE = [
    "OCO",
    "OVP",
    "VPJ",
    "CVPWZD",
    "PVP",
    "KLF",
    "KLC",
    "BBC",
    "OMB_L",
    "OMB_N",
    "GESCH",
    "MENTOR",
    "BEWIND",
    "JOBC",
    "ERVD",
    "OUDADV",
    "POH",
    "WIJK",
    "ZKANT",
    "MZONDS",
    "VRIJW",
]
INSTANTIE = [
    "GEM",
    "WIJKT",
    "WMOL",
    "CJG",
    "ZA",
    "JHA",
    "GI",
    "VT",
    "GGZ",
    "MEE",
    "OUDA",
    "CLO",
    "ZRC",
    "MZSP",
    "VRD",
    "HA",
    "ZV",
    "ZK",
    "CIZ",
    "CAK",
    "SVB",
    "UWV",
    "INSP",
    "OMB",
    "ADVR",
    "VNG",
    "AKJ",
    "SRW",
    "SCH",
    "WONC",
    "OVH",
    "OV",
]
COLLECTIEF = [
    *("COL.LOTG", "COL.VOORL", "COL.GESPR", "COL.TRAIN", "COL.ERVAR", "COL.NETW"),
    *("COL.SIGN", "INT.KLANK", "INT.OVERL"),
]
PUBLIEK = ["CLIENTEN", "NAASTEN", "ZORGVERL", "VRIJW", "PROF"]
THEMA = [
    *("FIN.EB", "FIN.PGB", "FIN.VERZ", "FIN.REK", "FIN.INK", "FIN.SCHULD", "FIN.TERUG"),
    *("REL.BEJ", "REL.INFO", "REL.SAM", "REL.ONGEW", "REL.ONBILL", "REL.PRIV"),
    *("REL.NAAST", "ORG.WACHT", "ORG.BEREIK", "ORG.WISSEL", "ORG.TERM", "ORG.AFST"),
    *("ORG.VERSLAG", "ORG.KLACHT", "ORG.GESPREK", "WEI.AANVR", "WEI.MINDER"),
    *("WEI.ZORG", "WEI.TOEG", "WEI.INZAGE", "WEI.OCO", "BEH.KWAL", "BEH.ONVOLD"),
    *("BEH.VEIL", "BEH.MED", "BEH.DWANG", "BEH.PLAN", "BEH.CONT", "OVE.WONEN"),
    *("OVE.VERV", "OVE.ONDW", "OVE.BELEID", "OVE.ANDERS"),
]
WOONSITUATIE = [
    ("THUIS", "Thuis"),
    ("INST", "In een instelling"),
    ("ANDERS", "Ergens anders, of geen vaste plek"),
]
INITIATIEF = [
    ("CLIENT", "De cliënt"),
    ("NAASTE", "Een naaste"),
    ("VERWIJZER", "Een verwijzer"),
    ("OUTREACH", "Wijzelf, op een vindplaats"),
]
EFFECT = [
    ("MEER", "Meer"),
    ("GELIJK", "Gelijk"),
    ("MINDER", "Minder"),
    ("ONBEKEND", "Weet ik niet"),
]
INSPRINGEN = [
    ("NIEMAND", "Er was nu niemand anders"),
    ("SPOED", "Het kon niet wachten"),
    ("UITVAL", "Wie het zou doen, viel uit"),
    ("CLIENT", "De cliënt kon het nu niet zelf"),
]
DOOR = [
    ("CLIENT", "De cliënt zelf"),
    ("BEIDEN", "De jeugdige en een ouder of voogd"),
    ("OUDER", "Een ouder of voogd"),
    ("VERTEG", "De wettelijk vertegenwoordiger"),
]
EEN: dict[str, list[str]] = {
    "woonsituatie": [code for code, _label in WOONSITUATIE],
    "initiatief": [code for code, _label in INITIATIEF],
    "herkomst": [*INSTANTIE, *FUNCTIE],
    **dict.fromkeys(
        ("effect_regie", "effect_zelfredzaamheid", "effect_participatie"),
        [code for code, _label in EFFECT],
    ),
}
MEER: dict[str, list[str]] = {
    "doelgroepen": DOELGROEP,
    "waarom": ["GELEERD", "BEPERKING", "AFHANK", "EMOTIE", "TAAL"],
    "redenen_inzet": ["STELSEL", "ONAFH", "LEVENSBR", "ANDERNT"],
    "functies": FUNCTIE,
    "netwerk": ["FAMILIE", "VRIEND", "MANTEL", "VERTEG", "VRIJW", "GEEN"],
    "eerder_geprobeerd": [
        f"{instantie}:{uitkomst}"
        for instantie in INSTANTIE
        for uitkomst in ("GEEN", "AFGEWEZEN", "NIET", "DEELS", "LOOPT")
    ],
}


def several(length: int = 20) -> Any:
    return django.contrib.postgres.fields.ArrayField(
        base_field=models.CharField(max_length=length), blank=True, default=list
    )


def one(length: int, choices: list[tuple[str, str]] | None = None) -> models.CharField:
    return models.CharField(blank=True, choices=choices, max_length=length)


def check(name: str, condition: models.Q) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=condition)


LEEFTIJDEN = """
-- S118: under 12 a parent says it, from 12 the young person with or without a parent,
-- from 16 the client alone or who represents her. Of whom the age is not known: anybody.
CREATE FUNCTION adviespunt.bewaak_toestemming_leeftijd() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  leeftijd text := (SELECT a.leeftijdsklasse FROM cases_achtergrond a
    WHERE a.tenant_id = NEW.tenant_id AND a.kwestie_id = NEW.kwestie_id);
BEGIN
  IF NOT (CASE coalesce(leeftijd, 'ONB')
    WHEN 'ONB' THEN true
    WHEN '0-11' THEN NEW.gegeven_door IN ('OUDER', 'VERTEG')
    WHEN '12-15' THEN NEW.gegeven_door IN ('CLIENT', 'BEIDEN')
    ELSE NEW.gegeven_door IN ('CLIENT', 'VERTEG') END) THEN
    RAISE EXCEPTION 'toestemming_leeftijd' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_toestemming_leeftijd BEFORE INSERT ON cases_toestemming
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_toestemming_leeftijd();
"""

INGESPRONGEN = """
-- S177: stepping in has a reason and an end; only an older register knows of neither.
CREATE FUNCTION adviespunt.bewaak_inspringen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF 'IND.INSPR' = ANY (NEW.activiteiten) AND NEW.inspringen_reden = ''
     AND NOT EXISTS (SELECT FROM cases_kwestie k
       WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.kwestie_id
         AND k.bron = 'IMPORT') THEN
    RAISE EXCEPTION 'contact_inspringen_reden' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_contactmoment_inspringen
  BEFORE INSERT OR UPDATE OF activiteiten, inspringen_reden ON cases_contactmoment
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_inspringen();
"""

BELANG = """
-- V11: as it was, but a kwestie may be about more than one organisation (S82); between
-- their names is a semicolon.
CREATE OR REPLACE FUNCTION adviespunt.bewaak_belang() RETURNS trigger
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
        ELSE lower(btrim(n.organisatie)) = ANY (SELECT lower(btrim(een))
          FROM unnest(string_to_array(NEW.wederpartij_organisatie, ';')) AS een)
        END) THEN
    RAISE EXCEPTION 'kwestie_belang_ondersteuner' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
"""


GROEPEN = """
CREATE FUNCTION adviespunt.bewaak_collectief() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.datum > (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date THEN
    RAISE EXCEPTION 'collectief_datum_niet_in_toekomst' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_collectieveactiviteit_bewaking
  BEFORE INSERT OR UPDATE ON cases_collectieveactiviteit
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_collectief();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_verzegeld"), ("tenants", "0002_isolatie")]

    operations = [
        migrations.CreateModel(
            name="Achtergrond",
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
                ("leeftijdsklasse", models.CharField(default="ONB", max_length=5)),
                ("doelgroepen", several()),
                ("woonsituatie", one(6, WOONSITUATIE)),
                ("waarom", several()),
                ("initiatief", one(9, INITIATIEF)),
                ("herkomst", one(6)),
                ("eerder_geprobeerd", several()),
                ("redenen_inzet", several()),
                ("functies", several()),
                ("netwerk", several()),
                ("is_conflict", models.BooleanField(default=False)),
                ("effect_regie", one(8, EFFECT)),
                ("effect_zelfredzaamheid", one(8, EFFECT)),
                ("effect_participatie", one(8, EFFECT)),
                ("gewenste_situatie_v", models.BinaryField(null=True)),
                ("eerste_stap_v", models.BinaryField(null=True)),
                (
                    "gewijzigd_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("versie", models.PositiveIntegerField(default=1)),
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
            ],
            options={
                "verbose_name": "achtergrond",
                "verbose_name_plural": "achtergronden",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["tenant", "kwestie"], name="achtergrond_van_kwestie"
                    ),
                    check(
                        "achtergrond_leeftijdsklasse_lijst",
                        models.Q(leeftijdsklasse__in=LEEFTIJD),
                    ),
                    *(
                        check(
                            f"achtergrond_{veld}_lijst",
                            models.Q(**{f"{veld}__in": ["", *codes]}),
                        )
                        for veld, codes in EEN.items()
                    ),
                    *(
                        check(
                            f"achtergrond_{veld}_lijst",
                            models.Q(**{f"{veld}__contained_by": codes}),
                        )
                        for veld, codes in MEER.items()
                    ),
                    check(
                        "achtergrond_eerder_hoogstens",
                        models.Q(eerder_geprobeerd__len__lte=2),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="contactmoment",
            name="inspringen_reden",
            field=models.CharField(
                blank=True, choices=INSPRINGEN, db_default="", default="", max_length=7
            ),
        ),
        migrations.AddField(
            model_name="contactmoment",
            name="inspringen_tot",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="contactmoment",
            constraint=check(
                "contact_inspringen",
                models.Q(inspringen_reden="", inspringen_tot__isnull=True)
                | models.Q(
                    inspringen_reden__in=[code for code, _label in INSPRINGEN],
                    inspringen_tot__isnull=False,
                    activiteiten__contains=["IND.INSPR"],
                ),
            ),
        ),
        migrations.AddField(
            model_name="toestemming",
            name="gegeven_door",
            field=models.CharField(
                choices=DOOR, db_default="CLIENT", default="CLIENT", max_length=6
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=check(
                "toestemming_door_lijst",
                models.Q(gegeven_door__in=[code for code, _label in DOOR]),
            ),
        ),
        migrations.CreateModel(
            name="CollectieveActiviteit",
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
                ("datum", models.DateField()),
                ("soort", models.CharField(max_length=12)),
                ("thema", one(20)),
                ("publiek", several(8)),
                ("doelgroepen", several()),
                ("aantal_deelnemers", models.PositiveSmallIntegerField(null=True)),
                ("duur_min", models.PositiveSmallIntegerField(default=0)),
                (
                    "aangemaakt_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                (
                    "medewerker",
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
                "verbose_name": "collectieve activiteit",
                "verbose_name_plural": "collectieve activiteiten",
                "indexes": [
                    models.Index(
                        fields=["tenant", "-datum", "id"], name="collectief_datum"
                    )
                ],
                "constraints": [
                    check("collectief_soort_lijst", models.Q(soort__in=COLLECTIEF)),
                    check("collectief_thema_lijst", models.Q(thema__in=["", *THEMA])),
                    check(
                        "collectief_publiek_lijst",
                        models.Q(publiek__contained_by=PUBLIEK),
                    ),
                    check(
                        "collectief_doelgroepen_lijst",
                        models.Q(doelgroepen__contained_by=DOELGROEP),
                    ),
                    check("collectief_duur", models.Q(duur_min__lte=24 * 60)),
                    check(
                        "collectief_datum_vanaf_2015", models.Q(datum__gte="2015-01-01")
                    ),
                    check(
                        "collectief_overleg_over_niemand",
                        ~models.Q(soort__startswith="INT.")
                        | models.Q(
                            publiek=[], doelgroepen=[], aantal_deelnemers__isnull=True
                        ),
                    ),
                ],
            },
        ),
        rls.isolate(
            "cases_collectieveactiviteit",
            rls.Grant("staff", select=True, insert=True, update=True, scope="cases"),
        ),
        rls.isolate(
            "cases_achtergrond",
            rls.Grant("staff", select=True, insert=True, update=True, scope="cases"),
        ),
        rls.composite_key("cases_achtergrond", "kwestie_id", "cases_kwestie"),
        rls.run(  # it goes with its kwestie (0009)
            *rls.admit(
                "cases_achtergrond",
                rls.Grant(
                    "job",
                    select=("id", "tenant_id", "kwestie_id"),
                    delete=True,
                    scope="cases",
                    rows="EXISTS (SELECT FROM cases_kwestie w"
                    " WHERE w.tenant_id = cases_achtergrond.tenant_id"
                    " AND w.id = cases_achtergrond.kwestie_id"
                    " AND w.weggegooid_op < now() - interval '30 days')",
                    check="false",
                ),
            )
        ),
        rls.run(LEEFTIJDEN, INGESPRONGEN, BELANG, GROEPEN),
    ]
