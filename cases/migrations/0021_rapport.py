"""What the job counts of a background besides the reasons: through whom people came."""

from __future__ import annotations

from django.db import migrations

from tenants import rls


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_deur"), ("tenants", "0019_aanval")]
    operations = [
        rls.run(
            "CREATE POLICY cases_achtergrond_job_herkomst ON cases_achtergrond"
            " FOR SELECT TO adviespunt_job USING (herkomst <> '')",
            "GRANT SELECT (herkomst) ON cases_achtergrond TO adviespunt_job",
        )
    ]
