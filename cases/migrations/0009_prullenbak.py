"""The prullenbak, and what can be undone for ten seconds.

What is thrown away is marked, so nobody's questions find it; the role that counts does
not see it at all. After thirty days that role, and no other, may destroy it: it sees of
such a row only what it needs to do so. Nothing is deleted by a key in passing.
"""

from __future__ import annotations

import uuid
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

OLD = "weggegooid_op < now() - interval '30 days'"
# Rows that are thrown away by themselves, or with their kwestie.
PARTS = (
    "cases_contactmoment",
    "cases_verwijzing",
    "cases_externtraject",
    "cases_stap",
)
MARKED = ("cases_kwestie", *PARTS)
OF_CLIENT = ("cases_zoekteken", "cases_privacyinformatie")
# Tables that hang on a kwestie and have no mark of their own, whichever there are.
HANGING = """
SELECT DISTINCT con.conrelid::regclass::text, a.attname FROM pg_constraint con
JOIN pg_attribute a ON a.attrelid = con.conrelid
  AND a.attnum = con.conkey[cardinality(con.conkey)]
WHERE con.contype = 'f' AND con.confrelid = 'cases_kwestie'::regclass ORDER BY 1
"""


def destroys(*columns: str, rows: str) -> rls.Grant:
    """The worker finds and removes these rows, and sees no more of them."""
    return rls.Grant(
        "job",
        select=("id", "tenant_id", *columns),
        delete=True,
        scope="cases",
        rows=rows,
        check="false",
    )


def of_destroyed(table: str, column: str, whose: str) -> str:
    """Condition: what the row hangs on is to be destroyed."""
    return (
        f"EXISTS (SELECT FROM {whose} w WHERE w.tenant_id = {table}.tenant_id"
        f" AND w.id = {table}.{column} AND w.{OLD})"
    )


# Of these the worker counts coded columns already (0008): what it counts, and what it
# destroys, become two policies.
GETELD = {
    "cases_contactmoment": "weggegooid_op IS NULL",
    "cases_overdracht": "true",
    "cases_ambtshalveactie": "true",
}


def admit(table: str, grant: rls.Grant) -> list[str]:
    """Let the worker destroy rows of a table, besides what it may read there."""
    if table not in GETELD:
        return rls.admit(table, grant)
    columns = ", ".join(grant.select)
    return [
        f"DROP POLICY {table}_job ON {table}",
        f"CREATE POLICY {table}_job ON {table} FOR SELECT TO adviespunt_job"
        f" USING ({GETELD[table]})",
        f"CREATE POLICY {table}_job_vernietig ON {table} FOR ALL TO adviespunt_job"
        f" USING ({grant.rows}) WITH CHECK (false)",
        f"GRANT SELECT ({columns}), DELETE ON {table} TO adviespunt_job",
    ]


def let_destroy(apps: Any, schema_editor: Any) -> None:
    """The worker may remove what hangs on a kwestie that is to be destroyed."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(HANGING)
        found = cursor.fetchall()
    own = {*PARTS, "cases_concept", "cases_prullenbak", "cases_handeling"}
    for table, column in found:
        if table in own:
            continue
        condition = of_destroyed(table, column, "cases_kwestie")
        for statement in admit(table, destroys(column, rows=condition)):
            schema_editor.execute(statement)


WALLS = [
    rls.isolate(
        "cases_prullenbak",
        rls.Grant(
            "staff",
            select=True,
            insert=True,
            update=("teruggezet_op", "teruggezet_door_id", "reden_v"),
            scope="cases",
        ),
        destroys("kwestie_id", "soort", "ding", "weggegooid_op", rows=OLD),
    ),
    rls.isolate(
        "cases_handeling",
        rls.Grant(
            "staff",
            select=True,
            insert=True,
            update=("ongedaan_op", "was_v"),
            scope="cases",
        ),
        destroys(
            "kwestie_id",
            "weggegooid_id",
            "op",
            rows="op < now() - interval '1 day'",
        ),
    ),
    rls.composite_key("cases_prullenbak", "kwestie_id", "cases_kwestie"),
    rls.composite_key("cases_handeling", "kwestie_id", "cases_kwestie"),
    rls.composite_key("cases_handeling", "weggegooid_id", "cases_prullenbak"),
    rls.run(
        # Who counts sees nothing of what is in the prullenbak.
        "DROP POLICY cases_kwestie_job ON cases_kwestie",
        "CREATE POLICY cases_kwestie_job ON cases_kwestie FOR SELECT"
        " TO adviespunt_job USING (weggegooid_op IS NULL)",
        "CREATE POLICY cases_kwestie_job_vernietig ON cases_kwestie FOR ALL"
        f" TO adviespunt_job USING ({OLD}) WITH CHECK (false)",
        "GRANT SELECT (weggegooid_op), DELETE ON cases_kwestie TO adviespunt_job",
        # A draft is older than that; now it is found by its kwestie too.
        "GRANT SELECT (kwestie_id) ON cases_concept TO adviespunt_job",
    ),
    *(
        rls.run(*admit(table, destroys("kwestie_id", "weggegooid_op", rows=OLD)))
        for table in PARTS
    ),
    rls.run(*rls.admit("cases_client", destroys("weggegooid_op", rows=OLD))),
    *(
        rls.run(
            *rls.admit(
                table,
                destroys(
                    "client_id", rows=of_destroyed(table, "client_id", "cases_client")
                ),
            )
        )
        for table in OF_CLIENT
    ),
    migrations.RunPython(let_destroy, migrations.RunPython.noop),
]

BEWAKING = """
-- Nothing is thrown away without who and why on record; nothing comes back after
-- thirty days.
CREATE FUNCTION adviespunt.bewaak_prullenbak() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  k uuid := (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
BEGIN
  IF NEW.weggegooid_op IS NOT DISTINCT FROM OLD.weggegooid_op THEN
    RETURN NEW;
  END IF;
  IF NEW.weggegooid_op IS NULL THEN
    IF OLD.weggegooid_op < clock_timestamp() - interval '30 days' THEN
      RAISE EXCEPTION 'prullenbak_voorbij' USING ERRCODE = '23514';
    END IF;
  ELSIF OLD.weggegooid_op IS NOT NULL THEN
    RAISE EXCEPTION 'prullenbak_tijdstip_staat_vast' USING ERRCODE = '23514';
  ELSIF NOT EXISTS (
    SELECT FROM cases_prullenbak p
    WHERE p.tenant_id = NEW.tenant_id AND p.kwestie_id = k
      AND p.weggegooid_op = NEW.weggegooid_op AND p.teruggezet_op IS NULL) THEN
    RAISE EXCEPTION 'prullenbak_zonder_reden' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;

-- What is in the prullenbak is not worked on; it can be wiped when a client becomes
-- anonymous.
CREATE FUNCTION adviespunt.bewaak_weggegooid() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.weggegooid_op IS NOT NULL AND NEW.weggegooid_op IS NOT NULL
     AND (OLD.status, OLD.resultaat, OLD.datum, OLD.soort, OLD.aard,
          OLD.ondersteuner_id)
       IS DISTINCT FROM (NEW.status, NEW.resultaat, NEW.datum, NEW.soort, NEW.aard,
          NEW.ondersteuner_id) THEN
    RAISE EXCEPTION 'kwestie_in_prullenbak' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_kwestie_weggegooid BEFORE UPDATE ON cases_kwestie
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_weggegooid();

-- V15 holds after a route is thrown away too: the kwestie is looked at again.
CREATE FUNCTION adviespunt.bewaak_route_weg() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE cases_kwestie SET status = status
  WHERE tenant_id = NEW.tenant_id AND id = NEW.kwestie_id
    AND status = 'AFGEROND' AND weggegooid_op IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER cases_verwijzing_weg AFTER UPDATE OF weggegooid_op ON cases_verwijzing
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_route_weg();
CREATE TRIGGER cases_externtraject_weg
  AFTER UPDATE OF weggegooid_op ON cases_externtraject
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_route_weg();

-- A client of whom everything is thrown away gets no kwestie besides.
CREATE FUNCTION adviespunt.bewaak_client_weg() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.client_id IS NOT NULL AND NEW.weggegooid_op IS NULL AND EXISTS (
    SELECT FROM cases_client WHERE tenant_id = NEW.tenant_id AND id = NEW.client_id
      AND weggegooid_op IS NOT NULL) THEN
    RAISE EXCEPTION 'kwestie_client_weggegooid' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_kwestie_client_weg
  BEFORE INSERT OR UPDATE OF client_id, weggegooid_op ON cases_kwestie
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_client_weg();
"""

TRIGGERS = [
    f"CREATE TRIGGER {table}_prullenbak BEFORE UPDATE OF weggegooid_op ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_prullenbak"
    f"('{'id' if table == 'cases_kwestie' else 'kwestie_id'}')"
    for table in MARKED
]

# The same as in 0002 and 0004, of what is not thrown away.
TELLING = """
CREATE OR REPLACE FUNCTION adviespunt.tel_contacten() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  k record;
BEGIN
  k := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  -- What was thrown away counted no more when it was; destroying changes nothing.
  IF TG_OP = 'DELETE' AND OLD.weggegooid_op IS NOT NULL THEN
    RETURN NULL;
  END IF;
  UPDATE cases_kwestie SET
    (minuten, laatste_contact_op) = (
      SELECT coalesce(sum(duur_min), 0), max(datum_tijd) FROM cases_contactmoment
      WHERE tenant_id = k.tenant_id AND kwestie_id = k.kwestie_id
        AND weggegooid_op IS NULL),
    activiteiten = coalesce((
      SELECT array_agg(DISTINCT a ORDER BY a) FROM cases_contactmoment c,
        unnest(c.activiteiten) AS a
      WHERE c.tenant_id = k.tenant_id AND c.kwestie_id = k.kwestie_id
        AND c.weggegooid_op IS NULL), '{}')
  WHERE tenant_id = k.tenant_id AND id = k.kwestie_id AND weggegooid_op IS NULL;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION adviespunt.bewaak_stappen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.status = 'AFGEROND' AND OLD.status <> 'AFGEROND' AND EXISTS (
    SELECT FROM cases_stap s
    WHERE s.tenant_id = NEW.tenant_id AND s.kwestie_id = NEW.id
      AND s.akkoord_op IS NOT NULL AND s.weggegooid_op IS NULL
      AND s.uitgevoerd_op IS NULL AND s.vervallen_op IS NULL) THEN
    RAISE EXCEPTION 'kwestie_open_stap' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION adviespunt.bewaak_kwestie() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  today date := (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  -- V16: nothing is dated in the future.
  IF NEW.datum > today OR NEW.afgerond_op > today THEN
    RAISE EXCEPTION 'kwestie_datum_niet_in_toekomst' USING ERRCODE = '23514';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.bron <> 'IMPORT' AND NEW.status <> 'NIEUW' THEN
      RAISE EXCEPTION 'kwestie_begint_nieuw' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.bron <> OLD.bron THEN
    RAISE EXCEPTION 'kwestie_bron_staat_vast' USING ERRCODE = '23514';
  END IF;
  -- Along an arrow, or back along the last one when that act was just undone.
  IF NEW.status <> OLD.status AND NEW.bron <> 'IMPORT'
     AND NOT adviespunt.kwestie_overgang(OLD.status, NEW.status)
     AND NOT EXISTS (
       SELECT FROM cases_handeling h
       WHERE h.tenant_id = NEW.tenant_id AND h.kwestie_id = NEW.id
         AND h.van = NEW.status AND h.naar = OLD.status AND h.versie = OLD.versie
         AND h.op > clock_timestamp() - interval '20 seconds'
         AND h.ongedaan_op IS NOT NULL) THEN
    RAISE EXCEPTION 'kwestie_overgang: % -> %', OLD.status, NEW.status
      USING ERRCODE = '23514';
  END IF;
  -- V15: a result that names a route has that route on record.
  IF NEW.status = 'AFGEROND' AND NEW.bron <> 'IMPORT' THEN
    IF NEW.resultaat = 'VERWEZEN' AND NOT EXISTS (
      SELECT FROM cases_verwijzing v
      WHERE v.tenant_id = NEW.tenant_id AND v.kwestie_id = NEW.id
        AND v.weggegooid_op IS NULL) THEN
      RAISE EXCEPTION 'kwestie_verwezen_zonder_verwijzing' USING ERRCODE = '23514';
    END IF;
    IF NEW.resultaat IN ('KLACHT_ING', 'BEZW_ING', 'OMB_GES') AND NOT EXISTS (
      SELECT FROM cases_externtraject t
      WHERE t.tenant_id = NEW.tenant_id AND t.kwestie_id = NEW.id
        AND t.weggegooid_op IS NULL
        AND CASE NEW.resultaat
          WHEN 'KLACHT_ING' THEN t.type LIKE 'klacht\\_%'
          WHEN 'BEZW_ING' THEN t.type IN ('bezwaar', 'beroep')
          ELSE t.type IN ('ombudsman', 'geschil') END) THEN
      RAISE EXCEPTION 'kwestie_procedure_zonder_traject' USING ERRCODE = '23514';
    END IF;
  END IF;
  RETURN NEW;
END $$;
"""

# V11: nor to a plaatsvervanger with an interest in whom an open kwestie is about.
VERVANGEN = """
CREATE FUNCTION adviespunt.bewaak_vervanging() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  today date := (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date;
  eigen text[];
BEGIN
  eigen := CASE (SELECT type FROM tenants_tenant WHERE id = NEW.tenant_id)
    WHEN 'gemeente' THEN ARRAY['GEMEENTE', 'GEM_MEDEW', 'ORGAAN']
    ELSE ARRAY['ZORGINST', 'INST_MEDEW', 'DIENSTVERL'] END;
  IF EXISTS (
    SELECT FROM cases_nevenbelang n JOIN cases_kwestie k
      ON k.tenant_id = n.tenant_id AND k.ondersteuner_id = NEW.afwezige_id
    WHERE n.tenant_id = NEW.tenant_id AND n.medewerker_id = NEW.vervanger_id
      AND n.van <= today AND coalesce(n.tot, today) >= today
      AND k.weggegooid_op IS NULL
      AND k.status IN ('NIEUW', 'TOEGEWEZEN', 'IN_ONDERSTEUNING', 'WACHT_CLIENT',
        'WACHT_DERDEN', 'HEROPEND')
      AND CASE WHEN n.is_opdrachtgever
        THEN k.wederpartij = '{}' OR k.wederpartij::text[] && eigen
        ELSE lower(btrim(n.organisatie)) = lower(btrim(k.wederpartij_organisatie))
        END) THEN
    RAISE EXCEPTION 'vervanging_belang' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_plaatsvervanging_belang BEFORE INSERT ON cases_plaatsvervanging
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_vervanging();
"""


def key(to: str, **options: Any) -> Any:
    """A foreign key without index; between tables of tenants the pair is the key."""
    options.setdefault("on_delete", django.db.models.deletion.PROTECT)
    return models.ForeignKey(to=to, db_index=False, **options)


def base() -> list[tuple[str, Any]]:
    return [
        (
            "id",
            models.UUIDField(
                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
            ),
        ),
        ("tenant", key("tenants.tenant")),
    ]


CASCADE = django.db.models.deletion.CASCADE
SOORTEN = [
    ("KWESTIE", "Kwestie"),
    ("CONTACT", "Contact"),
    ("STAP", "Stap"),
    ("VERWIJZING", "Verwijzing"),
    ("TRAJECT", "Procedure"),
]
CONCEPTEN = [
    ("REGISTRATIE", "Kwestie registreren"),
    ("CONTACT", "Contact toevoegen"),
    ("AFRONDEN", "Kwestie afronden"),
    ("BEWERKEN", "Kwestie bewerken"),
]
MODELS = [
    migrations.CreateModel(
        name="Prullenbak",
        fields=[
            *base(),
            (
                "kwestie",
                key(
                    "cases.kwestie",
                    on_delete=CASCADE,
                    related_name="prullenbak",
                    db_constraint=False,
                ),
            ),
            ("soort", models.CharField(choices=SOORTEN, max_length=10)),
            ("ding", models.UUIDField()),
            ("weggegooid_op", models.DateTimeField(default=django.utils.timezone.now)),
            ("weggegooid_door", key("tenants.medewerker", related_name="+")),
            ("is_gerapporteerd", models.BooleanField(default=False)),
            ("teruggezet_op", models.DateTimeField(null=True)),
            ("teruggezet_door", key("tenants.medewerker", null=True, related_name="+")),
            ("reden_v", models.TextField(null=True)),
        ],
        options={
            "verbose_name": "weggegooid",
            "verbose_name_plural": "prullenbak",
            "indexes": [
                models.Index(fields=["tenant", "-weggegooid_op"], name="prullenbak_op"),
                models.Index(fields=["tenant", "kwestie"], name="prullenbak_kwestie"),
            ],
            "constraints": [
                models.UniqueConstraint(fields=("tenant", "id"), name="prullenbak_id"),
                models.UniqueConstraint(
                    condition=models.Q(teruggezet_op__isnull=True),
                    fields=("tenant", "soort", "ding"),
                    name="prullenbak_eenmaal",
                ),
                models.CheckConstraint(
                    name="prullenbak_soort_lijst",
                    condition=models.Q(soort__in=[code for code, _naam in SOORTEN]),
                ),
                models.CheckConstraint(
                    name="prullenbak_reden", condition=models.Q(reden_v__isnull=False)
                ),
                models.CheckConstraint(
                    name="prullenbak_terug_door",
                    condition=models.Q(
                        teruggezet_op__isnull=True, teruggezet_door__isnull=True
                    )
                    | models.Q(
                        teruggezet_op__isnull=False, teruggezet_door__isnull=False
                    ),
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Handeling",
        fields=[
            *base(),
            (
                "kwestie",
                key(
                    "cases.kwestie",
                    on_delete=CASCADE,
                    related_name="handelingen",
                    db_constraint=False,
                ),
            ),
            ("medewerker", key("tenants.medewerker")),
            ("op", models.DateTimeField(default=django.utils.timezone.now)),
            ("versie", models.PositiveIntegerField()),
            ("van", models.CharField(max_length=16)),
            ("naar", models.CharField(max_length=16)),
            ("gemaakt", models.JSONField(default=list)),
            (
                "weggegooid",
                key(
                    "cases.prullenbak",
                    on_delete=CASCADE,
                    null=True,
                    related_name="+",
                    db_constraint=False,
                ),
            ),
            ("ongedaan_op", models.DateTimeField(null=True)),
            ("was_v", models.TextField(null=True)),
        ],
        options={
            "verbose_name": "handeling",
            "verbose_name_plural": "handelingen",
            "indexes": [
                models.Index(
                    fields=["tenant", "kwestie", "-op"], name="handeling_kwestie"
                ),
                models.Index(fields=["tenant", "op"], name="handeling_op"),
            ],
        },
    ),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_dag")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="weggegooid_op",
                field=models.DateTimeField(editable=False, null=True),
            )
            for name in (
                *("client", "kwestie", "contactmoment", "verwijzing"),
                *("externtraject", "stap"),
            )
        ),
        migrations.AddIndex(
            model_name="kwestie",
            index=models.Index(
                condition=models.Q(weggegooid_op__isnull=False),
                fields=["tenant", "weggegooid_op"],
                name="kwestie_weggegooid",
            ),
        ),
        migrations.RemoveConstraint(model_name="concept", name="concept_soort_lijst"),
        migrations.AlterField(
            model_name="concept",
            name="soort",
            field=models.CharField(choices=CONCEPTEN, max_length=11),
        ),
        migrations.AddConstraint(
            model_name="concept",
            constraint=models.CheckConstraint(
                name="concept_soort_lijst",
                condition=models.Q(soort__in=[code for code, _naam in CONCEPTEN]),
            ),
        ),
        *MODELS,
        *WALLS,
        rls.run(BEWAKING, *TRIGGERS, TELLING, VERVANGEN),
    ]
