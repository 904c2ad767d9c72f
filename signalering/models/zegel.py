"""What anybody can check of a sealed report: two hashes and how it stands.

Invariant: a row names a file that was recorded of an established report; afterwards
only ``stand`` moves, and PostgreSQL moves it with the report (migration 0008). The
``public`` role reads five columns: nothing that says whose report it is, unless that
report is public. The code itself is stored nowhere but in the file.

Guarded by tests/signalering/test_zegel.py.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from signalering.models.rapport import Publiek, Rapportage
from tenants.models import Tenant


class Zegelstand(models.TextChoices):
    GELDIG = "GELDIG", _("Geldig")
    INGETROKKEN = "INGETROKKEN", _("Ingetrokken")
    VERVANGEN = "VERVANGEN", _("Vervangen door een nieuwere versie")


class Rapportzegel(models.Model):
    """One sealed file: the sha256 (hex) of all its bytes, of the code printed in it, and
    of the certificate it was sealed with.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    rapportage = models.ForeignKey(
        Rapportage,
        on_delete=models.PROTECT,
        related_name="zegels",
        db_constraint=False,
        db_index=False,
    )
    publiek = models.CharField(max_length=13, choices=Publiek)
    sha256 = models.CharField(max_length=64)
    code_sha256 = models.CharField(max_length=64)
    certificaat_sha256 = models.CharField(max_length=64)
    stand = models.CharField(
        max_length=11, choices=Zegelstand, default=Zegelstand.GELDIG
    )
    verzegeld_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("zegel van een rapport")
        verbose_name_plural = _("zegels van rapporten")
        indexes = [
            models.Index(fields=["tenant", "rapportage"], name="rapportzegel_rapport"),
            # A visitor knows no tenant: only a file, or a code.
            models.Index(fields=["sha256"], name="rapportzegel_bestand"),
            models.Index(fields=["code_sha256"], name="rapportzegel_code"),
        ]
        constraints = [
            models.CheckConstraint(
                name="rapportzegel_stand_lijst",
                condition=Q(stand__in=[s.value for s in Zegelstand]),
            ),
            models.CheckConstraint(
                name="rapportzegel_hashes",
                condition=Q(sha256__regex="^[0-9a-f]{64}$")
                & Q(code_sha256__regex="^[0-9a-f]{64}$")
                & Q(certificaat_sha256__regex="^[0-9a-f]{64}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publiek} {self.stand}"
