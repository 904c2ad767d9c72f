"""The door through which somebody asks something without an account (S39, S76).

Loket = what a visitor may know of it: of whom it is, how to call, and the public half
of the key that what is sent is sealed with. A copy, kept by triggers of migration
0017: the role of visitors reads this table and no other of the tenant. It is open only
while the public page of the tenant is complete (S165).
Loketteller = how often the doors were used lately, without saying by whom.

Guarded by tests/cases/test_loket_sql.py.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models.opdrachtgevers import Tenant


class Loket(models.Model):
    """The door of one tenant. sleutel_id: which key ``publiek`` is the half of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    slug = models.SlugField(max_length=60, db_index=False)
    naam = models.CharField(max_length=160)
    type = models.CharField(max_length=13)
    is_fictief = models.BooleanField(default=False)
    is_actief = models.BooleanField(default=False)
    is_open = models.BooleanField(default=False)
    wie_betaalt = models.TextField(blank=True, default="")
    onafhankelijk = models.TextField(blank=True, default="")
    gratis = models.TextField(blank=True, default="")
    bereikbaar = models.TextField(blank=True, default="")
    sleutel_id = models.UUIDField(null=True)
    publiek = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("loket")
        verbose_name_plural = _("loketten")
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="loket_van_tenant"),
            models.CheckConstraint(
                name="loket_open_compleet",
                condition=Q(is_open=False)
                | Q(
                    is_actief=True,
                    sleutel_id__isnull=False,
                    publiek__isnull=False,
                    bereikbaar__regex=r"\S",
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Loketteller(models.Model):
    """How often something was done at the doors since ``begin``.

    sleutel: what is counted ("code", "zending", "zending:3"); no person, no address.
    """

    sleutel = models.CharField(max_length=40, primary_key=True)
    begin = models.DateTimeField(default=timezone.now)
    aantal = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("loketteller")
        verbose_name_plural = _("lokettellers")

    def __str__(self) -> str:
        return f"{self.sleutel}: {self.aantal}"
