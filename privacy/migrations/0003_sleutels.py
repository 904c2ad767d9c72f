"""The tables of keys. Nobody has a right on them until cases/0010 puts up the walls."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def ident() -> models.UUIDField:
    return models.UUIDField(
        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
    )


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_zegels")]

    operations = [
        migrations.CreateModel(
            name="Hoofdsleutelproef",
            fields=[
                (
                    "naam",
                    models.CharField(max_length=16, primary_key=True, serialize=False),
                ),
                ("proef", models.BinaryField()),
                ("gemaakt_op", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "proef van een hoofdsleutel",
                "verbose_name_plural": "proeven van hoofdsleutels",
            },
        ),
        migrations.CreateModel(
            name="Tenantsleutel",
            fields=[
                ("id", ident()),
                ("tenant_id", models.IntegerField()),
                ("versie", models.PositiveIntegerField(default=1)),
                ("hoofdsleutel", models.CharField(max_length=16)),
                ("sleutel", models.BinaryField()),
                ("zoek", models.BinaryField()),
                ("gemaakt_op", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "tenantsleutel",
                "verbose_name_plural": "tenantsleutels",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant_id", "id"), name="tenantsleutel_tenant_id"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant_id", "versie"), name="tenantsleutel_versie"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sleutel",
            fields=[
                ("id", ident()),
                ("tenant_id", models.IntegerField()),
                ("soort", models.CharField(max_length=12)),
                ("van", models.UUIDField()),
                ("sleutel", models.BinaryField()),
                (
                    "onder",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sleutels",
                        to="privacy.tenantsleutel",
                    ),
                ),
            ],
            options={
                "verbose_name": "sleutel",
                "verbose_name_plural": "sleutels",
                "indexes": [
                    models.Index(fields=["tenant_id", "onder"], name="sleutel_onder")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant_id", "van", "soort"), name="sleutel_eenmaal"
                    )
                ],
            },
        ),
    ]
