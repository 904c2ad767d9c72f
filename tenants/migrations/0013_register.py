"""Notes of the FG are sealed; the DPIA; breaches go after their term.

A migration of the cases comes first: it makes the walls around the keys.
"""

from __future__ import annotations

import uuid
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from privacy.overzetten import Kolom, replace_in, seal_texts
from tenants import rls
from tenants.scope import loading

NOTITIE = Kolom("tenants_inzagenotitie", "notitie", "notitie_v", "notitie")
SLEUTELS = ("privacy_tenantsleutel", "privacy_sleutel")
OUD = "gesloten_op < now() - interval '5 years'"
VAN_FG = (
    "tenant_id IN (SELECT m.tenant_id FROM tenants_membership m WHERE m.user_id ="
    " (SELECT adviespunt.ctx_user('staff')) AND m.rol = 'FG' AND m.van <= current_date"
    " AND (m.tot >= current_date) IS NOT FALSE)"
)
BEWAKING = """
-- A note of the FG and a DPIA keep their key; a breach until its term is over, and then
-- the key goes with the row (adviespunt.datalek_weg), never by itself.
CREATE FUNCTION adviespunt.bewaak_sleutel_register() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'sleutel_in_gebruik' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER privacy_sleutel_register BEFORE DELETE ON privacy_sleutel
  FOR EACH ROW WHEN (OLD.soort IN ('notitie', 'dpia'))
  EXECUTE FUNCTION adviespunt.bewaak_sleutel_register();

CREATE FUNCTION adviespunt.datalek_weg() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM privacy_sleutel WHERE tenant_id = OLD.tenant_id AND soort = 'datalek'
    AND van = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER tenants_datalek_weg AFTER DELETE ON tenants_datalek
  FOR EACH ROW EXECUTE FUNCTION adviespunt.datalek_weg();
CREATE POLICY privacy_sleutel_job_datalek ON privacy_sleutel FOR ALL
  TO adviespunt_job USING (soort = 'datalek') WITH CHECK (false);
"""


def seal_what_is_there(_apps: Any, schema_editor: Any) -> None:
    with loading(NOTITIE.tabel, *SLEUTELS):
        seal_texts(schema_editor.connection, NOTITIE)


def let_keys_go(_apps: Any, schema_editor: Any) -> None:
    """Of a breach only inside the trigger that follows its deletion."""
    replace_in(
        schema_editor.connection,
        "adviespunt.bewaak_sleutel",
        "in_gebruik := true;  -- the register of breaches is kept",
        "in_gebruik := pg_trigger_depth() = 1;",
    )


class Migration(migrations.Migration):
    dependencies = [("tenants", "0012_regio"), ("cases", "0014_avg")]
    operations = [
        migrations.AddField(
            "inzagenotitie", "notitie_v", models.BinaryField(null=True)
        ),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
        migrations.RemoveField("inzagenotitie", "notitie"),
        migrations.AddConstraint(
            "inzagenotitie",
            models.CheckConstraint(
                name="inzagenotitie_notitie",
                condition=models.Q(notitie_v__isnull=False),
            ),
        ),
        migrations.CreateModel(
            name="Dpia",
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
                ("verwerking", models.CharField(max_length=20)),
                ("versie", models.PositiveIntegerField()),
                (
                    "restrisico",
                    models.CharField(
                        choices=[
                            ("LAAG", "Laag"),
                            ("MIDDEL", "Middel"),
                            ("HOOG", "Hoog: eerst de AP raadplegen (AVG 36)"),
                        ],
                        max_length=6,
                    ),
                ),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
                ("beschrijving_v", models.BinaryField(null=True)),
                ("noodzaak_v", models.BinaryField(null=True)),
                ("risicos_v", models.BinaryField(null=True)),
                ("maatregelen_v", models.BinaryField(null=True)),
                ("toelichting_v", models.BinaryField(null=True)),
                (
                    "door",
                    models.ForeignKey(
                        db_index=False,
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
                "verbose_name": "DPIA",
                "verbose_name_plural": "DPIA's",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "verwerking", "versie"), name="dpia_versie"
                    ),
                    models.CheckConstraint(
                        name="dpia_restrisico_lijst",
                        condition=models.Q(restrisico__in=["LAAG", "MIDDEL", "HOOG"]),
                    ),
                    models.CheckConstraint(
                        name="dpia_compleet",
                        condition=models.Q(
                            beschrijving_v__isnull=False,
                            noodzaak_v__isnull=False,
                            risicos_v__isnull=False,
                            maatregelen_v__isnull=False,
                        ),
                    ),
                ],
            },
        ),
        rls.isolate(
            "tenants_dpia",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                rows=VAN_FG,
                check=f"{VAN_FG} AND door_id = (SELECT adviespunt.ctx_user('staff'))",
            ),
        ),
        rls.run(
            BEWAKING,
            *rls.admit(
                "tenants_datalek",
                rls.Grant(
                    "job",
                    select=("id", "tenant_id", "gesloten_op"),
                    delete=True,
                    rows=OUD,
                    check="false",
                ),
            ),
        ),
        migrations.RunPython(let_keys_go, migrations.RunPython.noop),
    ]
