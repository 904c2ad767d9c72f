"""Regions: opdrachtgevers that report together as well (S42, S145).

A region is a Tenant of type REGIO with no kwesties of its own; ``RegioLid`` says which
tenants are in it, from when until when. Nobody has a role for a region: what somebody
may do there follows from her roles for its members (tenants.access).

Guarded by tests/tenants/test_regio.py.
"""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models.opdrachtgevers import Tenant


class RegioLid(models.Model):
    """One tenant in one region (``tenant``), both days inclusive."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(
        Tenant, on_delete=models.PROTECT, db_index=False, related_name="leden"
    )
    lid = models.ForeignKey(
        Tenant, on_delete=models.PROTECT, db_index=False, related_name="regios"
    )
    van = models.DateField()
    tot = models.DateField(null=True, blank=True)
    door_id = models.UUIDField(null=True)
    gemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("lid van een regio")
        verbose_name_plural = _("leden van een regio")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "lid"], name="regiolid_eenmaal"),
            models.CheckConstraint(
                name="regiolid_periode",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
            ),
            models.CheckConstraint(
                name="regiolid_niet_van_zichzelf", condition=~Q(lid=F("tenant"))
            ),
        ]

    def __str__(self) -> str:
        return f"lid {self.lid_id} van regio {self.tenant_id}"

    def is_lid(self, dag: date) -> bool:
        """Whether it is a member on this day."""
        return self.van <= dag and (self.tot is None or self.tot >= dag)
