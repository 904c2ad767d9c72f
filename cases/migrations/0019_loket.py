"""What visitors send: sealed, and to be found again by who has the code and the staff.

The id of an aanmelding is a keyed hash of its return code. A visitor who shows the code
is, in the signed context of her request, the person of that id: she may add that one
row, its messages, and read of them what is sealed to her own code. All other rows, and
every other table of casework, are shut to the role of visitors; the role of an
opdrachtgever has nothing here at all.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

ZELF = "(SELECT adviespunt.ctx_user('public'))"
WEG = (
    "EXISTS (SELECT FROM cases_kwestie k WHERE k.tenant_id ="
    " cases_aanmelding.tenant_id AND k.id = cases_aanmelding.kwestie_id"
    " AND k.weggegooid_op < now() - interval '30 days')"
)
VAN_WEG = (
    "EXISTS (SELECT FROM cases_aanmelding a WHERE a.tenant_id ="
    " cases_loketbericht.tenant_id AND a.id = cases_loketbericht.aanmelding_id)"
)
BEWAKING = """
CREATE FUNCTION adviespunt.bewaak_aanmelding() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.kwestie_id IS NOT NULL OR NEW.opgenomen_op IS NOT NULL THEN
      RAISE EXCEPTION 'aanmelding_begint_nieuw' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  -- Taken up once; by what it is found and read again never changes.
  IF OLD.kwestie_id IS NOT NULL
     OR (NEW.melder_publiek, NEW.ontvangen_op, NEW.loketsleutel_id)
       IS DISTINCT FROM (OLD.melder_publiek, OLD.ontvangen_op, OLD.loketsleutel_id) THEN
    RAISE EXCEPTION 'aanmelding_staat_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_aanmelding_bewaking BEFORE INSERT OR UPDATE ON cases_aanmelding
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_aanmelding();

CREATE FUNCTION adviespunt.bewaak_loketbericht() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    -- The staff writes in its own name, and never as if it were the sender.
    IF current_user = 'adviespunt_staff' AND (NOT NEW.is_van_ons
       OR NEW.door_id IS DISTINCT FROM adviespunt.ctx_user('staff')) THEN
      RAISE EXCEPTION 'loketbericht_eigen_naam' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  -- What was said stays; it is sealed anew when it goes to a kwestie, and read once.
  IF (NEW.aanmelding_id, NEW.is_van_ons, NEW.op, NEW.door_id, NEW.voor_melder)
     IS DISTINCT FROM
     (OLD.aanmelding_id, OLD.is_van_ons, OLD.op, OLD.door_id, OLD.voor_melder)
     OR (OLD.gelezen_op IS NOT NULL AND NEW.gelezen_op IS DISTINCT FROM OLD.gelezen_op)
  THEN
    RAISE EXCEPTION 'loketbericht_staat_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_loketbericht_bewaking BEFORE INSERT OR UPDATE ON cases_loketbericht
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_loketbericht();
"""
WALLS = [
    rls.isolate(
        "cases_loketsleutel",
        rls.Grant("staff", select=True, insert=True, delete=True, scope="cases"),
    ),
    rls.isolate(
        "cases_aanmelding",
        rls.Grant("staff", select=True, update=True, delete=True, scope="cases"),
        rls.Grant(
            "public",
            select=(
                *("id", "tenant_id", "ontvangen_op", "melder_publiek"),
                *("loketsleutel_id", "opgenomen_op", "team_publiek"),
            ),
            insert=True,
            rows=f"id = {ZELF}",
            check=f"id = {ZELF} AND kwestie_id IS NULL AND opgenomen_op IS NULL",
        ),
        rls.Grant(
            "job",
            select=("id", "tenant_id", "kwestie_id"),
            delete=True,
            scope="cases",
            rows=WEG,
            check="false",
        ),
    ),
    rls.isolate(
        "cases_loketbericht",
        rls.Grant(
            "staff",
            select=True,
            insert=True,
            update=("voor_team", "gelezen_op"),
            delete=True,
            scope="cases",
        ),
        rls.Grant(
            "public",
            select=(
                *("id", "tenant_id", "aanmelding_id", "is_van_ons", "op"),
                "voor_melder",
            ),
            insert=True,
            rows=f"aanmelding_id = {ZELF}",
            check=(
                f"aanmelding_id = {ZELF} AND NOT is_van_ons AND door_id IS NULL"
                " AND gelezen_op IS NULL"
            ),
        ),
        rls.Grant(
            "job",
            select=("id", "tenant_id", "aanmelding_id"),
            delete=True,
            scope="cases",
            rows=VAN_WEG,
            check="false",
        ),
    ),
    rls.composite_key("cases_aanmelding", "loketsleutel_id", "cases_loketsleutel"),
    rls.composite_key("cases_aanmelding", "kwestie_id", "cases_kwestie"),
    rls.composite_key("cases_loketbericht", "aanmelding_id", "cases_aanmelding"),
    rls.run(BEWAKING),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_termijnen"), ("tenants", "0017_loket")]

    operations = [
        migrations.CreateModel(
            name="Loketsleutel",
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
                ("publiek", models.BinaryField()),
                ("gemaakt_op", models.DateTimeField(default=django.utils.timezone.now)),
                ("geheim_v", models.BinaryField(null=True)),
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
                "verbose_name": "loketsleutel",
                "verbose_name_plural": "loketsleutels",
            },
        ),
        migrations.CreateModel(
            name="Aanmelding",
            fields=[
                (
                    "id",
                    models.UUIDField(editable=False, primary_key=True, serialize=False),
                ),
                (
                    "ontvangen_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("melder_publiek", models.BinaryField()),
                ("inhoud", models.BinaryField(null=True)),
                ("opgenomen_op", models.DateTimeField(null=True)),
                ("team_publiek", models.BinaryField()),
                ("team_geheim_v", models.BinaryField(null=True)),
                (
                    "kwestie",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aanmeldingen",
                        to="cases.kwestie",
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
                    "loketsleutel",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="cases.loketsleutel",
                    ),
                ),
            ],
            options={
                "verbose_name": "aanmelding",
                "verbose_name_plural": "aanmeldingen",
            },
        ),
        migrations.CreateModel(
            name="Loketbericht",
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
                ("is_van_ons", models.BooleanField(default=False)),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
                ("voor_team", models.BinaryField()),
                ("voor_melder", models.BinaryField()),
                ("gelezen_op", models.DateTimeField(null=True)),
                (
                    "aanmelding",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="berichten",
                        to="cases.aanmelding",
                    ),
                ),
                (
                    "door",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.medewerker",
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
                "verbose_name": "bericht aan het loket",
                "verbose_name_plural": "berichten aan het loket",
                "indexes": [
                    models.Index(
                        fields=["tenant", "aanmelding", "op"], name="loketbericht_draad"
                    ),
                    models.Index(
                        condition=models.Q(
                            ("gelezen_op__isnull", True), ("is_van_ons", False)
                        ),
                        fields=["tenant", "aanmelding"],
                        name="loketbericht_nieuw",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("door__isnull", False), ("is_van_ons", True)),
                            models.Q(("door__isnull", True), ("is_van_ons", False)),
                            _connector="OR",
                        ),
                        name="loketbericht_van",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="loketsleutel",
            constraint=models.UniqueConstraint(
                fields=("tenant", "id"), name="loketsleutel_tenant_id"
            ),
        ),
        migrations.AddIndex(
            model_name="aanmelding",
            index=models.Index(
                condition=models.Q(("kwestie__isnull", True)),
                fields=["tenant", "ontvangen_op"],
                name="aanmelding_wacht",
            ),
        ),
        migrations.AddConstraint(
            model_name="aanmelding",
            constraint=models.UniqueConstraint(
                fields=("tenant", "id"), name="aanmelding_tenant_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="aanmelding",
            constraint=models.UniqueConstraint(
                fields=("tenant", "kwestie"), name="aanmelding_van_kwestie"
            ),
        ),
        migrations.AddConstraint(
            model_name="aanmelding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("inhoud__isnull", False),
                        ("kwestie__isnull", True),
                        ("opgenomen_op__isnull", True),
                        ("team_geheim_v__isnull", True),
                    ),
                    models.Q(
                        ("inhoud__isnull", True),
                        ("kwestie__isnull", False),
                        ("opgenomen_op__isnull", False),
                        ("team_geheim_v__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="aanmelding_opgenomen",
            ),
        ),
        *WALLS,
    ]
