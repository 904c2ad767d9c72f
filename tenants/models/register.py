"""What the FG keeps on record of each processing: the DPIA (AVG 35), by version.

The register itself (AVG 30) is not in the database: it comes with the product
(``adviespunt.register``).
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import Vertrouwelijk, Verzegelbaar, Verzegeld
from tenants.models.mensen import Medewerker
from tenants.models.opdrachtgevers import Tenant


class Dpia(Verzegelbaar):
    """One version of the assessment of one processing, for one opdrachtgever; the
    newest is in force and none is ever changed. Written and read by the FG only.

    verwerking: code of the register. Guarded by tests/adviespunt/test_register.py.
    """

    class Restrisico(models.TextChoices):
        LAAG = "LAAG", _("Laag")
        MIDDEL = "MIDDEL", _("Middel")
        HOOG = "HOOG", _("Hoog: eerst de AP raadplegen (AVG 36)")

    sleutel_van = "dpia"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    verwerking = models.CharField(max_length=20)
    versie = models.PositiveIntegerField()
    restrisico = models.CharField(max_length=6, choices=Restrisico)
    door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    op = models.DateTimeField(default=timezone.now)
    beschrijving_v = Verzegeld()
    noodzaak_v = Verzegeld()
    risicos_v = Verzegeld()
    maatregelen_v = Verzegeld()
    toelichting_v = Verzegeld()

    beschrijving = Vertrouwelijk()
    noodzaak = Vertrouwelijk()
    risicos = Vertrouwelijk()
    maatregelen = Vertrouwelijk()
    toelichting = Vertrouwelijk()

    class Meta:
        verbose_name = _("DPIA")
        verbose_name_plural = _("DPIA's")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "verwerking", "versie"], name="dpia_versie"
            ),
            models.CheckConstraint(
                name="dpia_restrisico_lijst",
                condition=Q(restrisico__in=["LAAG", "MIDDEL", "HOOG"]),
            ),
            models.CheckConstraint(
                name="dpia_compleet",
                condition=Q(
                    beschrijving_v__isnull=False,
                    noodzaak_v__isnull=False,
                    risicos_v__isnull=False,
                    maatregelen_v__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"DPIA {self.verwerking} {self.versie}"
