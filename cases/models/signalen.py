"""That a kwestie is one of those a signal is made of (S112).

Invariant: the signal is a plain id: what is said about it lives a storey higher, and a
kwestie cannot be reached from there. Outside ``cases`` only counts are known
(``cases.counts_signalen``); portal and public have no right on this table at all. What
is let go stays on record, marked.

Guarded by tests/signalering/test_signalen.py and tests/isolation/test_roles.py.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.dossier import Kwestie
from tenants.models import Medewerker, Tenant


class KwestieSignaal(models.Model):
    """A kwestie belongs to a signal, from ``gekoppeld_op`` until ``los_op``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwestie = models.ForeignKey(
        Kwestie,
        on_delete=models.CASCADE,
        related_name="signaalkoppelingen",
        db_constraint=False,
        db_index=False,
    )
    signaal_id = models.UUIDField()
    gekoppeld_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    gekoppeld_op = models.DateTimeField(default=timezone.now)
    los_door = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    los_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("signaal bij een kwestie")
        verbose_name_plural = _("signalen bij een kwestie")
        indexes = [
            models.Index(fields=["tenant", "signaal_id"], name="kwestiesignaal_signaal")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kwestie", "signaal_id"],
                condition=Q(los_op__isnull=True),
                name="kwestiesignaal_eenmaal",
            ),
            models.CheckConstraint(
                name="kwestiesignaal_los_door",
                condition=Q(los_op__isnull=True, los_door__isnull=True)
                | Q(los_op__isnull=False, los_door__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"kwestie bij signaal {self.signaal_id}"
