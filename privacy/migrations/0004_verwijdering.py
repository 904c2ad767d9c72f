"""Receipts of erasure. Nobody has a right on them until cases/0013 gives it."""

import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("privacy", "0003_sleutels")]

    operations = [
        migrations.CreateModel(
            name="Verwijdering",
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
                ("tenant_id", models.IntegerField()),
                ("soort", models.CharField(max_length=12)),
                ("van", models.UUIDField()),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "verwijdering",
                "verbose_name_plural": "verwijderingen",
                "indexes": [
                    models.Index(fields=["tenant_id", "op"], name="verwijdering_op")
                ],
            },
        ),
    ]
