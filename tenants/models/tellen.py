"""How anonymous kwesties count as clients (privacy rule of disclosure)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models.opdrachtgevers import Tenant


class Telafspraak(models.Model):
    """How anonymous kwesties of a tenant count as clients, since when, and why.

    The last row holds; without a row it is EEN. Rows are only added. Guarded by
    tests/signalering/test_tellen.py.
    """

    class Wijze(models.TextChoices):
        EEN = "EEN", _("Alle anonieme kwesties van een aantal tellen als één cliënt")
        ELK = "ELK", _("Elke anonieme kwestie telt als een eigen cliënt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    wijze = models.CharField(max_length=3, choices=Wijze)
    reden = models.TextField(_("Reden"))
    door_id = models.UUIDField()
    gemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("telafspraak")
        verbose_name_plural = _("telafspraken")
        indexes = [
            models.Index(fields=["tenant", "-gemaakt_op"], name="telafspraak_laatste")
        ]
        constraints = [
            models.CheckConstraint(
                name="telafspraak_wijze_lijst", condition=Q(wijze__in=["EEN", "ELK"])
            ),
            models.CheckConstraint(
                name="telafspraak_reden", condition=Q(reden__regex=r"\S.{8,}\S")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wijze} · {self.tenant_id}"


class Terugkomcode(models.Model):
    """One anonymous person who can show to be the same: a keyed hash, never the code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    hash = models.CharField(max_length=64)
    door_id = models.UUIDField()
    gegeven_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("terugkomcode")
        verbose_name_plural = _("terugkomcodes")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "id"], name="terugkomcode_tenant_id"
            ),
            models.UniqueConstraint(
                fields=["tenant", "hash"], name="terugkomcode_eenmaal"
            ),
        ]

    def __str__(self) -> str:
        return f"terugkomcode {self.pk}"


class Terugkomst(models.Model):
    """This kwestie (its id) is of the person with this code; counting reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwestie_id = models.UUIDField()
    code = models.ForeignKey(
        Terugkomcode,
        on_delete=models.PROTECT,
        related_name="kwesties",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        verbose_name = _("terugkomst")
        verbose_name_plural = _("terugkomsten")
        indexes = [models.Index(fields=["tenant", "code"], name="terugkomst_code")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kwestie_id"], name="terugkomst_kwestie_eenmaal"
            )
        ]

    def __str__(self) -> str:
        return f"kwestie {self.kwestie_id}"
