import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("signalering", "0002_isolatie"),
        ("tenants", "0004_auditregels"),
    ]

    operations = [
        migrations.AddField(
            model_name="rapportage",
            name="weglaten",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="rapportage",
            name="weigering",
            field=models.JSONField(null=True),
        ),
        migrations.CreateModel(
            name="Beveiliging",
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
                (
                    "publiek",
                    models.CharField(
                        choices=[
                            ("opdrachtgever", "Versie voor de opdrachtgever"),
                            ("openbaar", "Openbare versie"),
                        ],
                        max_length=13,
                    ),
                ),
                ("jaar", models.PositiveSmallIntegerField()),
                ("drempel", models.PositiveSmallIntegerField()),
                ("cijfers_sha256", models.CharField(max_length=64)),
                (
                    "gerekend_met",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("uitleg", models.JSONField()),
                ("grootboek", models.JSONField()),
                ("bewijs", models.JSONField()),
                ("gemaakt_op", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "rapportage",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="beveiligingen",
                        to="signalering.rapportage",
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
                "verbose_name": "beveiliging",
                "verbose_name_plural": "beveiligingen",
            },
        ),
        migrations.CreateModel(
            name="Jaarplan",
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
                (
                    "publiek",
                    models.CharField(
                        choices=[
                            ("opdrachtgever", "Versie voor de opdrachtgever"),
                            ("openbaar", "Openbare versie"),
                        ],
                        max_length=13,
                    ),
                ),
                ("jaar", models.PositiveSmallIntegerField()),
                (
                    "tabellen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("patroon", models.JSONField(null=True)),
                ("grondslag", models.CharField(max_length=20)),
                ("gemaakt_op", models.DateTimeField(default=django.utils.timezone.now)),
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
                "verbose_name": "jaarplan",
                "verbose_name_plural": "jaarplannen",
            },
        ),
        migrations.CreateModel(
            name="Uitgifte",
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
                (
                    "publiek",
                    models.CharField(
                        choices=[
                            ("opdrachtgever", "Versie voor de opdrachtgever"),
                            ("openbaar", "Openbare versie"),
                        ],
                        max_length=13,
                    ),
                ),
                ("jaar", models.PositiveSmallIntegerField()),
                ("cijfers", models.JSONField()),
                ("cijfers_sha256", models.CharField(max_length=64)),
                ("door_id", models.UUIDField(null=True)),
                (
                    "uitgegeven_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                (
                    "beveiliging",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uitgiften",
                        to="signalering.beveiliging",
                    ),
                ),
                (
                    "rapportage",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uitgiften",
                        to="signalering.rapportage",
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
                "verbose_name": "uitgifte",
                "verbose_name_plural": "uitgiften",
            },
        ),
        migrations.AddConstraint(
            model_name="beveiliging",
            constraint=models.UniqueConstraint(
                fields=("tenant", "id"), name="beveiliging_tenant_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="beveiliging",
            constraint=models.UniqueConstraint(
                fields=("tenant", "rapportage", "publiek"),
                name="beveiliging_per_publiek",
            ),
        ),
        migrations.AddConstraint(
            model_name="jaarplan",
            constraint=models.UniqueConstraint(
                fields=("tenant", "publiek", "jaar"), name="jaarplan_eenmaal"
            ),
        ),
        migrations.AddIndex(
            model_name="uitgifte",
            index=models.Index(
                fields=["tenant", "publiek", "jaar"], name="uitgifte_per_publiek"
            ),
        ),
        migrations.AddConstraint(
            model_name="uitgifte",
            constraint=models.UniqueConstraint(
                fields=("tenant", "rapportage", "publiek"), name="uitgifte_eenmaal"
            ),
        ),
    ]
