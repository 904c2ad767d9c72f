"""Rights of the login role on the tables of sessions and sign-in."""

from django.db import migrations

from tenants import rls

TABLES = ("django_session", "account_emailaddress", "account_emailconfirmation")


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0002_isolatie"),
        ("sessions", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        rls.run(
            *(rls.open_frame_table(table) for table in TABLES),
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO adviespunt_app",
            "GRANT USAGE ON SEQUENCE tenants_tenantuserobjectpermission_id_seq"
            " TO adviespunt_staff",
        )
    ]
