from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_dag")]

    operations: list[object] = []
