"""Which kwesties a signal is made of (S112).

``staff`` who may read kwesties links and lets go; the job role counts, and destroys what
hangs on a kwestie that is destroyed. Portal and public have no right on it at all.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

OLD = (
    "EXISTS (SELECT FROM cases_kwestie w"
    " WHERE w.tenant_id = cases_kwestiesignaal.tenant_id"
    " AND w.id = cases_kwestiesignaal.kwestie_id"
    " AND w.weggegooid_op < now() - interval '30 days')"
)
BEWAKING = """
-- In one's own name, and the only change is the letting go, once.
CREATE FUNCTION adviespunt.bewaak_kwestiesignaal() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := adviespunt.ctx_user('staff');
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.gekoppeld_door_id IS DISTINCT FROM me OR NEW.los_op IS NOT NULL THEN
      RAISE EXCEPTION 'kwestiesignaal_eigen_naam' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.kwestie_id, NEW.signaal_id, NEW.gekoppeld_door_id, NEW.gekoppeld_op)
     IS DISTINCT FROM
     (OLD.kwestie_id, OLD.signaal_id, OLD.gekoppeld_door_id, OLD.gekoppeld_op)
     OR OLD.los_op IS NOT NULL OR NEW.los_door_id IS DISTINCT FROM me THEN
    RAISE EXCEPTION 'kwestiesignaal_staat_vast' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_kwestiesignaal_bewaking
  BEFORE INSERT OR UPDATE ON cases_kwestiesignaal
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_kwestiesignaal();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_brieven")]

    operations = [
        migrations.CreateModel(
            name="KwestieSignaal",
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
                ("signaal_id", models.UUIDField()),
                (
                    "gekoppeld_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("los_op", models.DateTimeField(null=True)),
                (
                    "gekoppeld_door",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.medewerker",
                    ),
                ),
                (
                    "kwestie",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signaalkoppelingen",
                        to="cases.kwestie",
                    ),
                ),
                (
                    "los_door",
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
                "verbose_name": "signaal bij een kwestie",
                "verbose_name_plural": "signalen bij een kwestie",
                "indexes": [
                    models.Index(
                        fields=["tenant", "signaal_id"], name="kwestiesignaal_signaal"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("los_op__isnull", True)),
                        fields=("tenant", "kwestie", "signaal_id"),
                        name="kwestiesignaal_eenmaal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("los_door__isnull", True), ("los_op__isnull", True)
                            ),
                            models.Q(
                                ("los_door__isnull", False), ("los_op__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="kwestiesignaal_los_door",
                    ),
                ],
            },
        ),
        rls.isolate(
            "cases_kwestiesignaal",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=("los_op", "los_door_id"),
                scope="cases",
            ),
            rls.Grant(
                "job",
                select=("id", "tenant_id", "kwestie_id", "signaal_id", "los_op"),
                delete=True,
                scope="cases",
                check="false",
            ),
        ),
        rls.composite_key("cases_kwestiesignaal", "kwestie_id", "cases_kwestie"),
        rls.run(
            # What it counts, and what it destroys, are two policies.
            "DROP POLICY cases_kwestiesignaal_job ON cases_kwestiesignaal",
            "CREATE POLICY cases_kwestiesignaal_job ON cases_kwestiesignaal"
            " FOR SELECT TO adviespunt_job USING (true)",
            "CREATE POLICY cases_kwestiesignaal_job_vernietig ON cases_kwestiesignaal"
            f" FOR ALL TO adviespunt_job USING ({OLD}) WITH CHECK (false)",
            BEWAKING,
        ),
    ]
