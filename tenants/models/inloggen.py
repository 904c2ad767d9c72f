"""What is remembered of signing in, beside the account itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Inlogpoging(models.Model):
    """How often something went wrong lately, for a name or a place.

    ``sleutel`` is a keyed hash (``tenants.inloggen.pogingen``): who reads this table
    learns neither names nor addresses. Unknown names are counted like known ones.
    Without a tenant: whoever signs in has none yet.
    """

    sleutel = models.CharField(max_length=64, primary_key=True)
    aantal = models.PositiveSmallIntegerField(default=0)
    laatst = models.DateTimeField(default=timezone.now)
    tot = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("inlogpoging")
        verbose_name_plural = _("inlogpogingen")
        constraints = [
            models.CheckConstraint(
                name="inlogpoging_sleutel",
                condition=Q(sleutel__regex=r"^[0-9a-f]{64}$"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.aantal}"
