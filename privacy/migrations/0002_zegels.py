"""Fields of NEN 7513 on the audit record, and the tables of its seals.

The database does not let the application touch any of it yet: walls, partitions and
rights are in tenants.0005_aanmeldregels.
"""

import django.contrib.postgres.fields
import django.utils.timezone
from django.db import migrations, models

CHAIN = """
INSERT INTO privacy_keten (nummer, cluster, begonnen_op)
SELECT 1, system_identifier::text, clock_timestamp() FROM pg_control_system();
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial")]

    operations = [
        migrations.AddField(
            "auditevent",
            "tenants",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(), null=True, size=None
            ),
        ),
        migrations.AddField("auditevent", "namens", models.UUIDField(null=True)),
        migrations.AddField(
            "auditevent",
            "functie",
            models.CharField(blank=True, default="", max_length=80),
        ),
        migrations.AddField(
            "auditevent", "deur", models.CharField(default="opdracht", max_length=8)
        ),
        migrations.AddField("auditevent", "nood", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="Keten",
            fields=[
                (
                    "nummer",
                    models.PositiveIntegerField(primary_key=True, serialize=False),
                ),
                ("cluster", models.CharField(max_length=40)),
                (
                    "begonnen_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
            ],
            options={"verbose_name": "keten", "verbose_name_plural": "ketens"},
        ),
        migrations.CreateModel(
            name="Zegel",
            fields=[
                (
                    "nummer",
                    models.PositiveBigIntegerField(primary_key=True, serialize=False),
                ),
                ("keten", models.PositiveIntegerField()),
                ("soort", models.CharField(max_length=5)),
                ("van_tx", models.PositiveBigIntegerField()),
                ("tot_tx", models.PositiveBigIntegerField()),
                ("aantal", models.PositiveBigIntegerField()),
                ("wortel", models.BinaryField()),
                ("vorige", models.BinaryField()),
                ("hash", models.BinaryField()),
                ("gezegeld_op", models.DateTimeField()),
            ],
            options={
                "verbose_name": "zegel",
                "verbose_name_plural": "zegels",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", ["begin", "reeks"])),
                        name="zegel_soort",
                    )
                ],
            },
        ),
        migrations.RunSQL(CHAIN, migrations.RunSQL.noop),
    ]
