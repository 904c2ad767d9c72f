"""A receipt for each key that is destroyed, written by the database itself."""

from django.db import migrations

from tenants import rls

BON = """
CREATE FUNCTION adviespunt.schrijf_verwijdering() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO privacy_verwijdering (id, tenant_id, soort, van, op)
  VALUES (gen_random_uuid(), OLD.tenant_id, OLD.soort, OLD.van, clock_timestamp());
  RETURN NULL;
END $$;
CREATE TRIGGER privacy_sleutel_bon AFTER DELETE ON privacy_sleutel
  FOR EACH ROW EXECUTE FUNCTION adviespunt.schrijf_verwijdering();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_geheimhouding"),
        ("privacy", "0004_verwijdering"),
    ]

    operations = [
        rls.isolate(
            "privacy_verwijdering",
            rls.Grant("staff", select=True, insert=True),
            rls.Grant("job", insert=True),
        ),
        rls.run(BON),
    ]
