"""The audit record in monthly partitions, its seals, and who may read it.

Two database roles come with it: ``audit`` reads events of the tenants in its signed
scope, ``zegel`` reads all of them and adds seals. Both are made by
tenants/bootstrap.sql, which has to be run again before this migration.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

ROLES = ("audit", "zegel")
FUNCTIONS = (
    "adviespunt.ctx(text), adviespunt.signed(text, text), adviespunt.ctx_user(text)"
)
COLUMNS = (
    *("tenant_id", "tenants", "actor_id", "namens", "rol", "functie", "deur"),
    *("gebeurtenis", "onderwerp", "onderwerp_ids", "grond", "nood", "uitkomst"),
    "extra",
)

BEKEND = """
DO $$ BEGIN
  IF (SELECT count(*) FROM pg_roles
      WHERE rolname IN ('adviespunt_audit', 'adviespunt_zegel')) < 2 THEN
    RAISE EXCEPTION 'Roles are missing: run tenants/bootstrap.sql on this server again,'
      ' as superuser, and then migrate (docs/operations.md).';
  END IF;
END $$;
"""

# One table becomes one in parts: the same columns, and two for the seals. What the
# database knows itself (id, moment, transaction, chain) are defaults that no role of
# the application may give.
TABLE = """
ALTER TABLE privacy_auditevent NO FORCE ROW LEVEL SECURITY;
ALTER TABLE privacy_auditevent RENAME TO privacy_auditevent_oud;
ALTER INDEX audit_tenant_tijd RENAME TO audit_tenant_tijd_oud;
CREATE TABLE privacy_auditevent (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  tijdstip timestamptz NOT NULL DEFAULT clock_timestamp(),
  txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  keten integer NOT NULL DEFAULT 1,
  tenant_id integer,
  tenants integer[],
  actor_id uuid,
  namens uuid,
  rol varchar(10) NOT NULL,
  functie varchar(80) NOT NULL,
  deur varchar(8) NOT NULL,
  gebeurtenis varchar(60) NOT NULL,
  onderwerp varchar(40) NOT NULL,
  onderwerp_ids uuid[] NOT NULL,
  grond varchar(40) NOT NULL,
  nood boolean NOT NULL,
  uitkomst varchar(10) NOT NULL,
  extra jsonb NOT NULL,
  CONSTRAINT privacy_auditevent_volgorde PRIMARY KEY (keten, txid, id, tijdstip),
  CONSTRAINT auditevent_deur CHECK (deur IN ('web', 'taak', 'opdracht')),
  CONSTRAINT auditevent_uitkomst CHECK (uitkomst IN ('gelukt', 'geweigerd', 'mislukt'))
) PARTITION BY RANGE (tijdstip);
CREATE INDEX audit_tenant_tijd ON privacy_auditevent (tenant_id, tijdstip);
-- Who looked at this one kwestie: its id stands first. Subscripting leaks nothing, so
-- the index works behind row security (an index on the whole array would not).
CREATE INDEX audit_eerste ON privacy_auditevent
  (tenant_id, (onderwerp_ids[1]), tijdstip);
-- Nothing is lost when a month has no part of its own.
CREATE TABLE adviespunt.auditevent_overig PARTITION OF privacy_auditevent DEFAULT;

-- The parts of this month and the next ones. With the rights of the owner, because the
-- role that asks for it may make no table; it takes a number and nothing else.
CREATE FUNCTION adviespunt.maak_auditdelen(maanden integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  maand timestamp;
  naam text;
  gemaakt integer := 0;
BEGIN
  IF maanden IS NULL OR maanden NOT BETWEEN 0 AND 24 THEN
    RAISE EXCEPTION 'from 0 to 24 months ahead' USING ERRCODE = '22023';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('adviespunt.auditdelen'));
  FOR n IN 0..maanden LOOP
    maand := date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => n);
    naam := 'auditevent_' || to_char(maand, 'YYYY_MM');
    CONTINUE WHEN to_regclass('adviespunt.' || naam) IS NOT NULL;
    BEGIN
      EXECUTE format('CREATE TABLE adviespunt.%I PARTITION OF public.privacy_auditevent'
        ' FOR VALUES FROM (%L) TO (%L)', naam, maand::text || '+00',
        (maand + interval '1 month')::text || '+00');
      PERFORM adviespunt.sluit_auditdeel(naam);
      gemaakt := gemaakt + 1;
    EXCEPTION WHEN check_violation THEN
      NULL;  -- events of this month are in auditevent_overig, and stay there
    END;
  END LOOP;
  RETURN gemaakt;
END $$;
-- A part is reached through the whole only; it is emptied by nobody.
CREATE FUNCTION adviespunt.sluit_auditdeel(naam text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('ALTER TABLE adviespunt.%I ENABLE ROW LEVEL SECURITY', naam);
  EXECUTE format('ALTER TABLE adviespunt.%I FORCE ROW LEVEL SECURITY', naam);
  EXECUTE format('CREATE TRIGGER auditdeel_vast BEFORE TRUNCATE ON adviespunt.%I'
    ' FOR EACH STATEMENT EXECUTE FUNCTION adviespunt.refuse_change()', naam);
END $$;
REVOKE ALL ON FUNCTION adviespunt.maak_auditdelen(integer),
  adviespunt.sluit_auditdeel(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION adviespunt.maak_auditdelen(integer) TO adviespunt_zegel;

SELECT adviespunt.sluit_auditdeel('auditevent_overig');
SELECT adviespunt.maak_auditdelen(2);
INSERT INTO privacy_auditevent (id, tijdstip, tenant_id, tenants, actor_id, namens,
  rol, functie, deur, gebeurtenis, onderwerp, onderwerp_ids, grond, nood, uitkomst,
  extra)
SELECT id, tijdstip, tenant_id, tenants, actor_id, namens, rol, functie, deur,
  gebeurtenis, onderwerp, onderwerp_ids, grond, nood, uitkomst, extra
FROM privacy_auditevent_oud;
DROP TABLE privacy_auditevent_oud;
DROP FUNCTION adviespunt.stamp_audit();
CREATE TRIGGER privacy_auditevent_vast
  BEFORE UPDATE OR DELETE OR TRUNCATE ON privacy_auditevent
  FOR EACH STATEMENT EXECUTE FUNCTION adviespunt.refuse_change();
CREATE TRIGGER privacy_auditevent_rij BEFORE UPDATE OR DELETE ON privacy_auditevent
  FOR EACH ROW EXECUTE FUNCTION adviespunt.refuse_change();
ALTER TABLE privacy_auditevent ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy_auditevent FORCE ROW LEVEL SECURITY;
REVOKE ALL ON privacy_auditevent FROM PUBLIC;
"""

SEALS = """
CREATE TRIGGER privacy_zegel_vast BEFORE UPDATE OR DELETE OR TRUNCATE ON privacy_zegel
  FOR EACH STATEMENT EXECUTE FUNCTION adviespunt.refuse_change();
CREATE TRIGGER privacy_keten_vast BEFORE UPDATE OR DELETE OR TRUNCATE ON privacy_keten
  FOR EACH STATEMENT EXECUTE FUNCTION adviespunt.refuse_change();
-- A seal follows on the last one and reaches no further than what can not change.
CREATE FUNCTION adviespunt.bewaak_zegel() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  l privacy_zegel%ROWTYPE;
BEGIN
  SELECT * INTO l FROM privacy_zegel ORDER BY nummer DESC LIMIT 1;
  IF NEW.nummer <> coalesce(l.nummer, 0) + 1
     OR NEW.vorige IS DISTINCT FROM coalesce(l.hash, NEW.vorige)
     OR NEW.keten < coalesce(l.keten, 1)
     OR NOT EXISTS (SELECT FROM privacy_keten k WHERE k.nummer = NEW.keten)
     OR (NEW.soort = 'begin') IS DISTINCT FROM
        (l.nummer IS NULL OR NEW.keten <> l.keten)
     OR NEW.van_tx <> (CASE NEW.soort WHEN 'begin' THEN 0 ELSE l.tot_tx END)
     OR NEW.tot_tx < NEW.van_tx
     OR NEW.tot_tx::text::xid8 > pg_snapshot_xmin(pg_current_snapshot()) THEN
    RAISE EXCEPTION 'zegel_sluit_aan' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER privacy_zegel_bewaking BEFORE INSERT ON privacy_zegel
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_zegel();
REVOKE ALL ON privacy_zegel, privacy_keten FROM PUBLIC;
GRANT SELECT, INSERT ON privacy_zegel TO adviespunt_zegel;
GRANT SELECT ON privacy_keten TO adviespunt_zegel;
"""


def own_events(role: str) -> list[str]:
    """An event is about tenants in scope, and by the person of the scope."""
    read = f"(SELECT adviespunt.signed('{role}', 'read'))::int[]"
    return [
        *rls.policy(
            "privacy_auditevent",
            role,
            role,
            "INSERT",
            f"(tenant_id IS NULL OR tenant_id = ANY ({read}))"
            f" AND (tenants IS NULL OR tenants <@ {read})"
            f" AND actor_id IS NOT DISTINCT FROM (SELECT adviespunt.ctx_user('{role}'))"
            f" AND rol = '{role}'",
        ),
        f"GRANT INSERT ({', '.join(COLUMNS)}) ON privacy_auditevent"
        f" TO adviespunt_{role}",
    ]


READ = "(SELECT adviespunt.signed('audit', 'read'))::int[]"
# What is about no tenant at all (a sign-in under an unknown name) is for every reader.
READERS = (
    *rls.policy(
        "privacy_auditevent",
        "audit",
        "audit",
        "SELECT",
        f"tenant_id = ANY ({READ}) OR (tenant_id IS NULL"
        f" AND (tenants IS NULL OR tenants && {READ}))",
    ),
    *rls.policy(
        "privacy_auditevent",
        "zegel",
        "zegel",
        "SELECT",
        "(SELECT adviespunt.ctx('zegel')) IS NOT NULL",
    ),
    "GRANT SELECT ON privacy_auditevent TO adviespunt_audit, adviespunt_zegel",
    # Commands of the owner say who they are, and read nothing.
    "CREATE POLICY privacy_auditevent_owner ON privacy_auditevent FOR INSERT"
    " TO adviespunt_owner WITH CHECK (rol = 'owner' AND actor_id IS NULL)",
)


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0004_auditregels"),
        ("privacy", "0002_zegels"),
        ("cases", "0007_herstel"),  # of a kwestie the role audit reads the number
    ]

    operations = [
        rls.run(BEKEND),
        rls.run(
            *(
                f"GRANT USAGE ON SCHEMA public, adviespunt TO adviespunt_{role}"
                for role in ROLES
            ),
            *(
                f"GRANT EXECUTE ON FUNCTION {FUNCTIONS} TO adviespunt_{role}"
                for role in ROLES
            ),
        ),
        rls.run(TABLE),
        rls.run(
            *own_events("staff"),
            *own_events("portal"),
            *own_events("job"),
            *own_events("public"),
            *READERS,
        ),
        rls.run(SEALS),
        rls.run(
            *rls.admit(
                "cases_kwestie", rls.Grant("audit", ("id", "tenant_id", "nummer"))
            )
        ),
        migrations.CreateModel(
            name="InzageNotitie",
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
                ("sleutel", models.CharField(max_length=120)),
                ("notitie", models.CharField(max_length=500)),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "door",
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
                "verbose_name": "notitie over inzage",
                "verbose_name_plural": "notities over inzage",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "sleutel"), name="inzagenotitie_eenmaal"
                    )
                ],
            },
        ),
        rls.isolate(
            "tenants_inzagenotitie",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                check="door_id = (SELECT adviespunt.ctx_user('staff'))",
            ),
        ),
    ]
