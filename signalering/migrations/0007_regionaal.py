from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("signalering", "0006_signaal")]
    operations = []
