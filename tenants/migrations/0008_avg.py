"""Who decides about requests and breaches, and the register of breaches."""

import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

FG = """
-- Whether the person of this context is FG of this tenant today.
CREATE FUNCTION adviespunt.is_fg(tenant int) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM tenants_membership m WHERE m.tenant_id = tenant
    AND m.user_id = adviespunt.ctx_user('staff') AND m.rol = 'FG'
    AND m.van <= current_date AND (m.tot IS NULL OR m.tot >= current_date));
END $$;
GRANT EXECUTE ON FUNCTION adviespunt.is_fg(int) TO adviespunt_staff;
"""
DATALEK = """
CREATE FUNCTION adviespunt.bewaak_datalek() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  arrows text[] := ARRAY['ONTDEKT>BEOORDEELD', 'ONTDEKT>NIET_MELDPLICHTIG',
    'BEOORDEELD>GEMELD_AP', 'GEMELD_AP>BETROKKENEN', 'NIET_MELDPLICHTIG>BETROKKENEN',
    'NIET_MELDPLICHTIG>GESLOTEN', 'BETROKKENEN>GESLOTEN'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.stand <> 'ONTDEKT' OR NEW.ontdekt_op > clock_timestamp()
       OR NEW.gemeld_door_id IS DISTINCT FROM adviespunt.ctx_user('staff') THEN
      RAISE EXCEPTION 'datalek_begint_ontdekt' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF NOT adviespunt.is_fg(NEW.tenant_id) THEN
    RAISE EXCEPTION 'datalek_door_fg' USING ERRCODE = '23514';
  END IF;
  IF (NEW.ontdekt_op, NEW.gemeld_door_id, NEW.aangemaakt_op, NEW.wat_v)
     IS DISTINCT FROM (OLD.ontdekt_op, OLD.gemeld_door_id, OLD.aangemaakt_op, OLD.wat_v)
     OR (OLD.gemeld_ap_op IS NOT NULL AND NEW.gemeld_ap_op IS DISTINCT FROM OLD.gemeld_ap_op)
     OR (OLD.afgewogen_op IS NOT NULL
       AND (NEW.afgewogen_op, NEW.beoordelaar_id, NEW.beoordeling_v)
       IS DISTINCT FROM (OLD.afgewogen_op, OLD.beoordelaar_id, OLD.beoordeling_v)) THEN
    RAISE EXCEPTION 'datalek_staat_vast' USING ERRCODE = '23514';
  END IF;
  IF NEW.stand <> OLD.stand AND NOT (OLD.stand || '>' || NEW.stand) = ANY (arrows) THEN
    RAISE EXCEPTION 'datalek_volgorde' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_datalek_bewaking BEFORE INSERT OR UPDATE ON tenants_datalek
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_datalek();
"""
# Read and judged by the FG; whoever reported it sees her own.
VAN_FG = (
    "tenant_id IN (SELECT m.tenant_id FROM tenants_membership m WHERE m.user_id ="
    " (SELECT adviespunt.ctx_user('staff')) AND m.rol = 'FG' AND m.van <= current_date"
    " AND (m.tot >= current_date) IS NOT FALSE)"
)
EIGEN = "gemeld_door_id = (SELECT adviespunt.ctx_user('staff'))"


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0007_geheimhouding"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="tenant",
            options={
                "ordering": ["naam"],
                "permissions": [
                    ("kwestie_registreren", "Kwesties registreren"),
                    ("kwestie_eigen", "Eigen kwesties zien en bijwerken"),
                    ("kwestie_team", "Kwesties van het team zien"),
                    ("rapportage_lezen", "Rapportages in wording lezen"),
                    ("rapportage_maken", "Rapportages maken en bewerken"),
                    ("rapportage_toetsen", "De herleidbaarheidstoets tekenen"),
                    ("rapportage_aanbieden", "Rapportages aanbieden"),
                    ("bespreking_vastleggen", "De bespreking vastleggen"),
                    ("rapportage_vaststellen", "Rapportages vaststellen of intrekken"),
                    ("rapportage_publiceren", "Besluiten over openbaarmaking"),
                    (
                        "rapportage_ontvangen",
                        "Aangeboden rapportages lezen en downloaden",
                    ),
                    ("rapportage_reageren", "Reageren op een rapportage"),
                    (
                        "doorbreking_beslissen",
                        "Besluiten over doorbreking van de geheimhouding",
                    ),
                    ("tenant_beheren", "Opdrachtgever, opdrachten en mensen beheren"),
                    ("log_inzien", "Het logboek inzien"),
                    ("uitzonderingen_tellen", "Aantallen uitzonderingen zien"),
                    ("uren_tellen", "Uren per opdracht zien"),
                    ("avg_behandelen", "Besluiten over AVG-verzoeken en datalekken"),
                ],
                "verbose_name": "opdrachtgever",
                "verbose_name_plural": "opdrachtgevers",
            },
        ),
        migrations.CreateModel(
            name="Datalek",
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
                    "stand",
                    models.CharField(
                        choices=[
                            ("ONTDEKT", "Ontdekt, nog niet beoordeeld"),
                            ("BEOORDEELD", "Moet worden gemeld bij de AP"),
                            ("GEMELD_AP", "Gemeld bij de AP"),
                            ("NIET_MELDPLICHTIG", "Hoeft niet te worden gemeld"),
                            ("BETROKKENEN", "Betrokkenen zijn ingelicht"),
                            ("GESLOTEN", "Gesloten"),
                        ],
                        default="ONTDEKT",
                        max_length=17,
                    ),
                ),
                ("ontdekt_op", models.DateTimeField()),
                (
                    "aangemaakt_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("afgewogen_op", models.DateTimeField(null=True)),
                ("gemeld_ap_op", models.DateTimeField(null=True)),
                ("gesloten_op", models.DateTimeField(null=True)),
                ("wat_v", models.BinaryField(null=True)),
                ("beoordeling_v", models.BinaryField(null=True)),
                ("te_laat_v", models.BinaryField(null=True)),
                ("betrokkenen_v", models.BinaryField(null=True)),
                ("maatregelen_v", models.BinaryField(null=True)),
                (
                    "beoordelaar",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.medewerker",
                    ),
                ),
                (
                    "gemeld_door",
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
                "verbose_name": "datalek",
                "verbose_name_plural": "datalekken",
                "indexes": [
                    models.Index(fields=["tenant", "-ontdekt_op"], name="datalek_op")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("wat_v__isnull", False)), name="datalek_wat"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("afgewogen_op__isnull", True), ("stand", "ONTDEKT")
                            ),
                            models.Q(
                                models.Q(("stand", "ONTDEKT"), _negated=True),
                                ("afgewogen_op__isnull", False),
                                ("beoordelaar__isnull", False),
                                ("beoordeling_v__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="datalek_beoordeeld",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("gemeld_ap_op__isnull", True),
                            (
                                "gemeld_ap_op__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("ontdekt_op"),
                                    "+",
                                    models.Value(datetime.timedelta(days=3)),
                                ),
                            ),
                            ("te_laat_v__isnull", False),
                            _connector="OR",
                        ),
                        name="datalek_binnen_72_uur",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stand", "GEMELD_AP"), _negated=True),
                            ("gemeld_ap_op__isnull", False),
                            _connector="OR",
                        ),
                        name="datalek_gemeld",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stand", "BETROKKENEN"), _negated=True),
                            ("betrokkenen_v__isnull", False),
                            _connector="OR",
                        ),
                        name="datalek_betrokkenen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stand", "GESLOTEN"), _negated=True),
                            models.Q(
                                ("gesloten_op__isnull", False),
                                ("maatregelen_v__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="datalek_gesloten",
                    ),
                ],
            },
        ),
        rls.isolate(
            "tenants_datalek",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=True,
                rows=VAN_FG,
                check=VAN_FG,
            ),
        ),
        rls.run(
            "CREATE POLICY tenants_datalek_eigen ON tenants_datalek FOR ALL"
            f" TO adviespunt_staff USING ({EIGEN}) WITH CHECK ({EIGEN})"
        ),
        rls.run(FG, DATALEK),
    ]
