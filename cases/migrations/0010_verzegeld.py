from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_prullenbak")]

    operations: list[object] = []
