"""What was thrown away and can be put back, and what can be undone for a moment.

Prullenbak = something was thrown away, by whom and why; thirty days later it is
destroyed. Handeling = what somebody just did, with what it was before, so that it can
be undone for ten seconds (cases.services.ongedaan).

In the database (migration 0009): nothing is marked as thrown away without a row here,
nothing comes back after thirty days, a kwestie in the prullenbak does not change, and
the role that counts does not see it. Guarded by tests/cases/test_prullenbak_sql.py.
"""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.dossier import Kwestie
from privacy.fields import Vertrouwelijk, Verzegelbaar, Verzegeld
from tenants.models import Medewerker, Tenant

PRULLENBAK_TIJD = timedelta(days=30)  # the policies of the job role say it too


class Prullenbak(Verzegelbaar):
    """One thing that was thrown away; ``ding``: its id.

    is_gerapporteerd: a report may have counted it; what was printed stays printed.
    """

    class Soort(models.TextChoices):
        KWESTIE = "KWESTIE", _("Kwestie")
        CONTACT = "CONTACT", _("Contact")
        STAP = "STAP", _("Stap")
        VERWIJZING = "VERWIJZING", _("Verwijzing")
        TRAJECT = "TRAJECT", _("Procedure")
        BIJLAGE = "BIJLAGE", _("Bijlage")
        BRIEF = "BRIEF", _("Brief")

    sleutel_van = "kwestie"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwestie = models.ForeignKey(
        Kwestie,
        on_delete=models.CASCADE,
        related_name="prullenbak",
        db_constraint=False,
        db_index=False,
    )
    soort = models.CharField(max_length=10, choices=Soort)
    ding = models.UUIDField()
    weggegooid_op = models.DateTimeField(default=timezone.now)
    weggegooid_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    is_gerapporteerd = models.BooleanField(default=False)
    teruggezet_op = models.DateTimeField(null=True)
    teruggezet_door = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    reden_v = Verzegeld()

    reden = Vertrouwelijk()

    class Meta:
        verbose_name = _("weggegooid")
        verbose_name_plural = _("prullenbak")
        indexes = [
            models.Index(fields=["tenant", "-weggegooid_op"], name="prullenbak_op"),
            models.Index(fields=["tenant", "kwestie"], name="prullenbak_kwestie"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "id"], name="prullenbak_id"),
            models.UniqueConstraint(
                fields=["tenant", "soort", "ding"],
                name="prullenbak_eenmaal",
                condition=Q(teruggezet_op__isnull=True),
            ),
            models.CheckConstraint(
                name="prullenbak_soort_lijst",
                condition=Q(
                    soort__in=[
                        *("KWESTIE", "CONTACT", "STAP", "VERWIJZING", "TRAJECT"),
                        *("BIJLAGE", "BRIEF"),
                    ]
                ),
            ),
            models.CheckConstraint(
                name="prullenbak_reden", condition=Q(reden_v__isnull=False)
            ),
            models.CheckConstraint(
                name="prullenbak_terug_door",
                condition=Q(teruggezet_op__isnull=True, teruggezet_door__isnull=True)
                | Q(teruggezet_op__isnull=False, teruggezet_door__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"prullenbak {self.pk}"

    @property
    def vernietigd_vanaf(self) -> datetime:
        """From then on it cannot come back."""
        return self.weggegooid_op + PRULLENBAK_TIJD


class Handeling(Verzegelbaar):
    """What somebody did with a kwestie a moment ago.

    versie: of the kwestie after it. van, naar: its status before and after. was: JSON,
    name of a field → its value before. gemaakt: what it made, as [soort, id] of
    Prullenbak. weggegooid: what it threw away.
    """

    sleutel_van = "kwestie"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwestie = models.ForeignKey(
        Kwestie,
        on_delete=models.CASCADE,
        related_name="handelingen",
        db_constraint=False,
        db_index=False,
    )
    medewerker = models.ForeignKey(Medewerker, on_delete=models.PROTECT, db_index=False)
    op = models.DateTimeField(default=timezone.now)
    versie = models.PositiveIntegerField()
    van = models.CharField(max_length=16)
    naar = models.CharField(max_length=16)
    gemaakt = models.JSONField(default=list)
    weggegooid = models.ForeignKey(
        Prullenbak,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    ongedaan_op = models.DateTimeField(null=True)
    was_v = Verzegeld()

    was = Vertrouwelijk()

    class Meta:
        verbose_name = _("handeling")
        verbose_name_plural = _("handelingen")
        indexes = [
            models.Index(fields=["tenant", "kwestie", "-op"], name="handeling_kwestie"),
            models.Index(fields=["tenant", "op"], name="handeling_op"),
        ]

    def __str__(self) -> str:
        return f"handeling {self.pk}"

    @property
    def waarden(self) -> dict[str, Any]:
        """What was there before: name of a field → its value."""
        return dict(json.loads(self.was or "{}"))
