"""A question that came in at the national door is sent on to the tenant it belongs to.

It goes there as any visitor's question does, in the scope of the one new row; what is
left behind holds no text, and says to which tenant its return code leads (S76).
"""

import django.db.models.deletion
from django.db import migrations, models

from tenants import rls

BEWAKING = """
CREATE OR REPLACE FUNCTION adviespunt.bewaak_aanmelding() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.kwestie_id IS NOT NULL OR NEW.opgenomen_op IS NOT NULL
       OR NEW.naar_id IS NOT NULL THEN
      RAISE EXCEPTION 'aanmelding_begint_nieuw' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  -- Taken up or sent on once; by what it is found and read again never changes.
  IF OLD.kwestie_id IS NOT NULL OR OLD.naar_id IS NOT NULL
     OR NEW.naar_id = NEW.tenant_id
     OR (NEW.melder_publiek, NEW.ontvangen_op, NEW.loketsleutel_id)
       IS DISTINCT FROM (OLD.melder_publiek, OLD.ontvangen_op, OLD.loketsleutel_id) THEN
    RAISE EXCEPTION 'aanmelding_staat_vast' USING ERRCODE = '23514';
  END IF;
  -- With its text goes what the sender added.
  IF NEW.naar_id IS NOT NULL AND EXISTS (SELECT FROM cases_loketbericht b
      WHERE b.tenant_id = NEW.tenant_id AND b.aanmelding_id = NEW.id) THEN
    RAISE EXCEPTION 'aanmelding_nog_berichten' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
GRANT SELECT (naar_id) ON cases_aanmelding TO adviespunt_public;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0019_loket"),
        ("tenants", "0018_groepen"),
    ]

    operations = [
        migrations.AddField(
            model_name="aanmelding",
            name="naar",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.tenant",
            ),
        ),
        migrations.RemoveConstraint("aanmelding", "aanmelding_opgenomen"),
        migrations.AddConstraint(
            model_name="aanmelding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("inhoud__isnull", False),
                        ("kwestie__isnull", True),
                        ("naar__isnull", True),
                        ("opgenomen_op__isnull", True),
                        ("team_geheim_v__isnull", True),
                    ),
                    models.Q(
                        ("inhoud__isnull", True),
                        ("kwestie__isnull", True),
                        ("naar__isnull", False),
                        ("opgenomen_op__isnull", True),
                        ("team_geheim_v__isnull", True),
                    ),
                    models.Q(
                        ("inhoud__isnull", True),
                        ("kwestie__isnull", False),
                        ("naar__isnull", True),
                        ("opgenomen_op__isnull", False),
                        ("team_geheim_v__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="aanmelding_opgenomen",
            ),
        ),
        rls.run(BEWAKING),
    ]
