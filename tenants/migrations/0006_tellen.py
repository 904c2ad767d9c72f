"""How anonymous people are counted: the agreement of a tenant, and return codes.

Agreements are only added; a code is a keyed hash. What ties a return to its kwestie is
in signalering 0005, above both."""

import uuid
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

MIJN = "door_id IS NOT DISTINCT FROM (SELECT adviespunt.ctx_user('staff'))"
GROEIT = """
CREATE FUNCTION adviespunt.tellen_groeit_alleen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'tellen_groeit_alleen' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER tenants_telafspraak_groeit BEFORE UPDATE OR DELETE
  ON tenants_telafspraak FOR EACH ROW
  EXECUTE FUNCTION adviespunt.tellen_groeit_alleen();
CREATE TRIGGER tenants_terugkomcode_groeit BEFORE UPDATE OR DELETE
  ON tenants_terugkomcode FOR EACH ROW
  EXECUTE FUNCTION adviespunt.tellen_groeit_alleen();
"""


def base() -> list[tuple[str, Any]]:
    return [
        (
            "id",
            models.UUIDField(
                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
    ]


class Migration(migrations.Migration):
    dependencies = [("tenants", "0005_aanmeldregels")]

    operations = [
        migrations.CreateModel(
            name="Telafspraak",
            fields=[
                *base(),
                (
                    "wijze",
                    models.CharField(
                        choices=[
                            (
                                "EEN",
                                "Alle anonieme kwesties van een aantal tellen als één"
                                " cliënt",
                            ),
                            ("ELK", "Elke anonieme kwestie telt als een eigen cliënt"),
                        ],
                        max_length=3,
                    ),
                ),
                ("reden", models.TextField(verbose_name="Reden")),
                ("door_id", models.UUIDField()),
                ("gemaakt_op", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "telafspraak",
                "verbose_name_plural": "telafspraken",
                "indexes": [
                    models.Index(
                        fields=["tenant", "-gemaakt_op"], name="telafspraak_laatste"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        name="telafspraak_wijze_lijst",
                        condition=models.Q(wijze__in=["EEN", "ELK"]),
                    ),
                    models.CheckConstraint(
                        name="telafspraak_reden",
                        condition=models.Q(reden__regex=r"\S.{8,}\S"),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Terugkomcode",
            fields=[
                *base(),
                ("hash", models.CharField(max_length=64)),
                ("door_id", models.UUIDField()),
                ("gegeven_op", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "terugkomcode",
                "verbose_name_plural": "terugkomcodes",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["tenant", "id"], name="terugkomcode_tenant_id"
                    ),
                    models.UniqueConstraint(
                        fields=["tenant", "hash"], name="terugkomcode_eenmaal"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Terugkomst",
            fields=[
                *base(),
                ("kwestie_id", models.UUIDField()),
                (
                    "code",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kwesties",
                        to="tenants.terugkomcode",
                    ),
                ),
            ],
            options={
                "verbose_name": "terugkomst",
                "verbose_name_plural": "terugkomsten",
                "indexes": [
                    models.Index(fields=["tenant", "code"], name="terugkomst_code")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["tenant", "kwestie_id"],
                        name="terugkomst_kwestie_eenmaal",
                    )
                ],
            },
        ),
        rls.isolate(
            "tenants_telafspraak",
            rls.Grant("staff", select=True, insert=True, check=MIJN),
            rls.Grant("job", select=True),
        ),
        rls.isolate(
            "tenants_terugkomcode",
            rls.Grant("staff", select=True, insert=True, scope="cases", check=MIJN),
        ),
        # A destroyed kwestie takes its own row along, whoever destroys it.
        rls.isolate(
            "tenants_terugkomst",
            rls.Grant("staff", select=True, insert=True, delete=True, scope="cases"),
            rls.Grant("job", select=True, delete=True),
        ),
        rls.composite_key("tenants_terugkomst", "code_id", "tenants_terugkomcode"),
        rls.run(GROEIT),
    ]
