"""What a contact wants to be told by mail; without a choice: nothing."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant


class Berichtkeuze(models.Model):
    """The choice of one contact for one tenant; she alone makes and changes it.

    ``openbaar``: a report was published or withdrawn. The mail says neither which nor
    what (S98). That one waits for her is mailed without being asked for, because of its
    term (``lifecycle.berichten``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    user_id = models.UUIDField()
    openbaar = models.BooleanField(default=False)
    gewijzigd_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("berichtkeuze")
        verbose_name_plural = _("berichtkeuzes")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user_id"], name="berichtkeuze_eenmaal"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "user_id"],
                condition=Q(openbaar=True),
                name="berichtkeuze_gewenst",
            )
        ]

    def __str__(self) -> str:
        return f"berichtkeuze {self.pk}"
