"""What the terms of a formal route are computed from; whether a client arrived (S105)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_rest")]
    operations = [
        migrations.AddField(
            model_name="externtraject",
            name="bekend_op",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="externtraject",
            name="is_lang",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="externtraject",
            name="opgeschort_dagen",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="externtraject",
            name="termijn_tot",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="externtraject",
            name="verdaagd_weken",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="verwijzing",
            name="aangekomen",
            field=models.CharField(
                blank=True,
                choices=[
                    ("JA", "Ja, de cliënt is daar geholpen"),
                    ("NEE", "Nee, de cliënt kwam daar niet terecht"),
                    ("ONBEKEND", "Dat weten we niet"),
                ],
                db_default="",
                default="",
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="externtraject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verdaagd_weken", 0),
                    models.Q(("type", "bezwaar"), ("verdaagd_weken__lte", 6)),
                    models.Q(
                        ("type__in", ["klacht_awb", "klacht_wkkgz"]),
                        ("verdaagd_weken__lte", 4),
                    ),
                    _connector="OR",
                ),
                name="traject_verdaagd",
            ),
        ),
        migrations.AddConstraint(
            model_name="externtraject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opgeschort_dagen", 0),
                    models.Q(("opgeschort_dagen__lte", 365), ("type", "bezwaar")),
                    _connector="OR",
                ),
                name="traject_opgeschort",
            ),
        ),
        migrations.AddConstraint(
            model_name="externtraject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_lang", False),
                    (
                        "type__in",
                        ["bezwaar", "klacht_awb", "klacht_wzd", "klacht_wvggz"],
                    ),
                    _connector="OR",
                ),
                name="traject_lange_termijn",
            ),
        ),
        migrations.AddConstraint(
            model_name="verwijzing",
            constraint=models.CheckConstraint(
                condition=models.Q(("aangekomen__in", ["", "JA", "NEE", "ONBEKEND"])),
                name="verwijzing_aangekomen_lijst",
            ),
        ),
    ]
