from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("signalering", "0004_grootboek")]

    operations: list[object] = []
