"""Drafts and saved filters: of their maker only.

The worker sees of a draft that is too old its id, tenant and age, and removes it.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models import Q

from tenants import rls

HERS = "medewerker_id = (SELECT adviespunt.ctx_user('staff'))"


def hers() -> rls.Grant:
    return rls.Grant(
        "staff",
        select=True,
        insert=True,
        update=True,
        delete=True,
        scope="cases",
        rows=HERS,
        check=HERS,
    )


def owner_fields() -> list[tuple[str, models.Field]]:
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
        (
            "medewerker",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.medewerker",
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_regels")]

    operations = [
        migrations.CreateModel(
            name="Concept",
            fields=[
                *owner_fields(),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("REGISTRATIE", "Kwestie registreren"),
                            ("CONTACT", "Contact toevoegen"),
                            ("AFRONDEN", "Kwestie afronden"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "kwestie",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concepten",
                        to="cases.kwestie",
                    ),
                ),
                (
                    "bewaard_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("invoer_v", models.TextField(null=True)),
            ],
            options={
                "verbose_name": "concept",
                "verbose_name_plural": "concepten",
                "indexes": [
                    models.Index(
                        fields=["tenant", "medewerker", "-bewaard_op"],
                        name="concept_van",
                    ),
                    models.Index(
                        fields=["tenant", "bewaard_op"], name="concept_bewaard"
                    ),
                    models.Index(fields=["tenant", "kwestie"], name="concept_kwestie"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(soort__in=["REGISTRATIE", "CONTACT", "AFRONDEN"]),
                        name="concept_soort_lijst",
                    ),
                    models.CheckConstraint(
                        condition=Q(soort="REGISTRATIE") | Q(kwestie__isnull=False),
                        name="concept_over_kwestie",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BewaardFilter",
            fields=[
                *owner_fields(),
                ("naam", models.CharField(max_length=60)),
                ("zoek", models.CharField(max_length=400)),
            ],
            options={
                "verbose_name": "bewaard filter",
                "verbose_name_plural": "bewaarde filters",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["tenant", "medewerker", "naam"],
                        name="filter_naam_eenmaal",
                    )
                ],
            },
        ),
        rls.isolate(
            "cases_concept",
            hers(),
            rls.Grant(
                "job",
                select=("id", "tenant_id", "bewaard_op"),
                delete=True,
                scope="cases",
                rows="bewaard_op < now() - interval '30 days'",
                check="false",
            ),
        ),
        rls.isolate("cases_bewaardfilter", hers()),
        rls.composite_key("cases_concept", "kwestie_id", "cases_kwestie"),
    ]
