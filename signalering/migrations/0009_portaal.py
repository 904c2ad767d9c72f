"""Whom to tell by mail, and a login role that reads what is public and nothing else."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models import Q

from tenants import rls

OWN = "user_id = (SELECT adviespunt.ctx_user('portal'))"
# The process of the public pages signs in as this role, without a signed context and
# so without the key of it. It has this one right in the whole database.
OPENBAAR = """
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'adviespunt_openbaar') THEN
    RAISE EXCEPTION 'the role adviespunt_openbaar is not there: run'
      ' tenants/bootstrap.sql and tenants/database.sql again as superuser';
  END IF;
END $$;
GRANT USAGE ON SCHEMA public TO adviespunt_openbaar;
GRANT SELECT ON signalering_publicatie TO adviespunt_openbaar;
"""


class Migration(migrations.Migration):
    dependencies = [("signalering", "0008_zegel")]

    operations = [
        migrations.CreateModel(
            name="Berichtkeuze",
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
                ("user_id", models.UUIDField()),
                ("openbaar", models.BooleanField(default=False)),
                (
                    "gewijzigd_op",
                    models.DateTimeField(default=django.utils.timezone.now),
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
                "verbose_name": "berichtkeuze",
                "verbose_name_plural": "berichtkeuzes",
            },
        ),
        migrations.AddConstraint(
            model_name="berichtkeuze",
            constraint=models.UniqueConstraint(
                fields=("tenant", "user_id"), name="berichtkeuze_eenmaal"
            ),
        ),
        migrations.AddIndex(
            model_name="berichtkeuze",
            index=models.Index(
                fields=["tenant", "user_id"],
                condition=Q(("openbaar", True)),
                name="berichtkeuze_gewenst",
            ),
        ),
        rls.isolate(
            "signalering_berichtkeuze",
            rls.Grant("staff", select=True),
            rls.Grant(
                "portal",
                select=True,
                insert=True,
                update=("openbaar", "gewijzigd_op"),
                rows=OWN,
                check=OWN,
            ),
        ),
        rls.run(
            OPENBAAR,
            *rls.policy(
                "signalering_publicatie", "proces", "openbaar", "SELECT", "true"
            ),
        ),
    ]
