"""Second factors, sessions one can end, and a count of what went wrong.

Tables of the sign-in library are for the login role alone: in the roles of staff and
of opdrachtgevers nobody reads a factor, a session or an attempt.
"""

import django.utils.timezone
from django.db import migrations, models

from tenants import rls

TABLES = (
    *("mfa_authenticator", "usersessions_usersession", "tenants_inlogpoging"),
    "socialaccount_socialaccount",
)
# Organisations that sign in at their own are in the settings, tokens are not kept.
READ = ("socialaccount_socialapp", "socialaccount_socialtoken")

# What is secret in a factor is sealed, for this very account (tenants.inloggen.
# factoren): a text in the clear, or that of somebody else, is not stored.
SEALED = """
ALTER TABLE mfa_authenticator ADD CONSTRAINT authenticator_verzegeld CHECK (
  (coalesce(data ->> 'secret', 'v1.' || user_id || '.') LIKE 'v1.' || user_id || '.%')
  AND (coalesce(data ->> 'seed', 'v1.' || user_id || '.') LIKE 'v1.' || user_id || '.%')
  AND (data -> 'migrated_codes') IS NULL
);
"""
# Who has a factor keeps one, also when two are taken away at the same moment.
LAST = """
CREATE FUNCTION adviespunt.bewaak_factor() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.type = 'recovery_codes' THEN RETURN NULL; END IF;
  PERFORM 1 FROM tenants_user u WHERE u.id = OLD.user_id FOR UPDATE;
  IF NOT EXISTS (SELECT FROM mfa_authenticator a
                 WHERE a.user_id = OLD.user_id AND a.type <> 'recovery_codes') THEN
    RAISE EXCEPTION 'factor_laatste' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER mfa_authenticator_blijft AFTER DELETE ON mfa_authenticator
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_factor();
"""
# Of a session only the kind of browser is kept, and no address of a computer.
SESSION = """
CREATE FUNCTION adviespunt.sessie_zonder_adres() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.ip := '0.0.0.0';
  NEW.user_agent := CASE
      WHEN NEW.user_agent ~ 'Edg(e|A|iOS)?/' THEN 'Edge'
      WHEN NEW.user_agent ~ '(Firefox|FxiOS)/' THEN 'Firefox'
      WHEN NEW.user_agent ~ '(Chrome|CriOS|Chromium)/' THEN 'Chrome'
      WHEN NEW.user_agent ~ 'Safari/' THEN 'Safari'
      WHEN NEW.user_agent IN ('Edge', 'Firefox', 'Chrome', 'Safari') THEN NEW.user_agent
      ELSE '' END;
  RETURN NEW;
END $$;
CREATE TRIGGER usersessions_zonder_adres BEFORE INSERT OR UPDATE
  ON usersessions_usersession
  FOR EACH ROW EXECUTE FUNCTION adviespunt.sessie_zonder_adres();
"""
# Of what a provider tells about somebody nothing is kept but who she is there.
LINK = """
CREATE FUNCTION adviespunt.koppeling_zonder_gegevens() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.extra_data := '{}';
  RETURN NEW;
END $$;
CREATE TRIGGER socialaccount_zonder_gegevens BEFORE INSERT OR UPDATE
  ON socialaccount_socialaccount
  FOR EACH ROW EXECUTE FUNCTION adviespunt.koppeling_zonder_gegevens();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0008_avg"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("usersessions", "0001_initial"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [
        migrations.CreateModel(
            name="Inlogpoging",
            fields=[
                (
                    "sleutel",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("aantal", models.PositiveSmallIntegerField(default=0)),
                ("laatst", models.DateTimeField(default=django.utils.timezone.now)),
                ("tot", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "inlogpoging",
                "verbose_name_plural": "inlogpogingen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sleutel__regex", "^[0-9a-f]{64}$")),
                        name="inlogpoging_sleutel",
                    )
                ],
            },
        ),
        rls.run(
            *(rls.open_frame_table(table) for table in TABLES),
            *(rls.open_frame_table(table, "SELECT") for table in READ),
        ),
        rls.run(SEALED),
        rls.run(LAST),
        rls.run(SESSION),
        rls.run(LINK),
    ]
