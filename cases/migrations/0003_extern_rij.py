"""A kwestie from an older register keeps the row it was read from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_isolatie")]

    operations = [
        migrations.AddField(
            model_name="kwestie",
            name="extern_rij",
            field=models.JSONField(blank=True, null=True),
        )
    ]
