"""The audit record: roles may add events about their own tenants, and only that."""

from django.db import migrations

from tenants import rls

STAMP = """
CREATE FUNCTION adviespunt.stamp_audit() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.tijdstip := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER privacy_auditevent_stamp BEFORE INSERT ON privacy_auditevent
  FOR EACH ROW EXECUTE FUNCTION adviespunt.stamp_audit();
CREATE FUNCTION adviespunt.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the audit record is append-only' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER privacy_auditevent_vast
  BEFORE UPDATE OR DELETE OR TRUNCATE ON privacy_auditevent
  FOR EACH STATEMENT EXECUTE FUNCTION adviespunt.refuse_change();
ALTER TABLE privacy_auditevent ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy_auditevent FORCE ROW LEVEL SECURITY;
REVOKE ALL ON privacy_auditevent FROM PUBLIC;
GRANT INSERT ON privacy_auditevent
  TO adviespunt_staff, adviespunt_portal, adviespunt_public, adviespunt_job;
"""


def own_events(role: str) -> list[str]:
    """An event is about a tenant in scope, and by the person of the scope."""
    return rls.policy(
        "privacy_auditevent",
        role,
        role,
        "INSERT",
        "(tenant_id IS NULL OR tenant_id ="
        f" ANY ((SELECT adviespunt.signed('{role}', 'read'))::int[]))"
        f" AND actor_id IS NOT DISTINCT FROM (SELECT adviespunt.ctx_user('{role}'))"
        f" AND rol = '{role}'",
    )


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_aanmelden"), ("privacy", "0001_initial")]

    operations = [
        migrations.RunSQL(STAMP, migrations.RunSQL.noop),
        rls.run(
            *own_events("staff"),
            *own_events("portal"),
            *own_events("job"),
            *own_events("public"),
        ),
    ]
