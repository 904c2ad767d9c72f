from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_herstel")]

    operations: list[object] = []
