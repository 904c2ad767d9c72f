"""What every audience received: how figures were protected, and that they went out.

Both tables only grow. ``Beveiliging`` is made by the job when the figures are frozen;
it holds true numbers and proofs, in columns that only the job role reads.
``Uitgifte`` says that an audience has these figures from now on. PostgreSQL refuses a
release that does not reckon with everything of that year that went out before
(migration 0003).
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from signalering.models.rapport import Publiek, Rapportage
from tenants.models import Tenant


class Beveiliging(models.Model):
    """How the figures of one version of one report were protected.

    ``grootboek`` (a ledger of one release: the true counts and how they hang together
    with earlier ones) and ``bewijs`` (the certificates) are as confidential as the
    register. The checker reads ``uitleg``: names of cells, and what withholding cost.
    ``gerekend_met``: the Beveiligingen this one reckons with.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    rapportage = models.ForeignKey(
        Rapportage,
        on_delete=models.PROTECT,
        related_name="beveiligingen",
        db_constraint=False,
        db_index=False,
    )
    publiek = models.CharField(max_length=13, choices=Publiek)
    jaar = models.PositiveSmallIntegerField()
    drempel = models.PositiveSmallIntegerField()
    cijfers_sha256 = models.CharField(max_length=64)
    gerekend_met = ArrayField(models.UUIDField(), default=list)
    uitleg = models.JSONField()
    grootboek = models.JSONField()
    bewijs = models.JSONField()
    gemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("beveiliging")
        verbose_name_plural = _("beveiligingen")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "id"], name="beveiliging_tenant_id"
            ),
            models.UniqueConstraint(
                fields=["tenant", "rapportage", "publiek"],
                name="beveiliging_per_publiek",
            ),
        ]

    def __str__(self) -> str:
        return f"beveiliging {self.publiek} {self.pk}"


class Uitgifte(models.Model):
    """One release: this audience has these figures from now on, whatever follows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    rapportage = models.ForeignKey(
        Rapportage,
        on_delete=models.PROTECT,
        related_name="uitgiften",
        db_constraint=False,
        db_index=False,
    )
    beveiliging = models.ForeignKey(
        Beveiliging,
        on_delete=models.PROTECT,
        related_name="uitgiften",
        db_constraint=False,
        db_index=False,
    )
    publiek = models.CharField(max_length=13, choices=Publiek)
    jaar = models.PositiveSmallIntegerField()
    cijfers = models.JSONField()
    cijfers_sha256 = models.CharField(max_length=64)
    door_id = models.UUIDField(null=True)
    uitgegeven_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("uitgifte")
        verbose_name_plural = _("uitgiften")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "rapportage", "publiek"], name="uitgifte_eenmaal"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "publiek", "jaar"], name="uitgifte_per_publiek"
            )
        ]

    def __str__(self) -> str:
        return f"uitgifte {self.publiek} {self.pk}"


class Jaarplan(models.Model):
    """What the parts of one year show to one audience.

    Chosen at the first of them and never changed: a later choice would undo what the
    first one was for. ``patroon``: per period the cells that are not shown, when the
    year was over; else ``tabellen``, what a quarter shows, worked out on the year
    ``grondslag``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    publiek = models.CharField(max_length=13, choices=Publiek)
    jaar = models.PositiveSmallIntegerField()
    tabellen = ArrayField(models.CharField(max_length=20))
    patroon = models.JSONField(null=True)
    grondslag = models.CharField(max_length=20)  # which year it was worked out on
    gemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("jaarplan")
        verbose_name_plural = _("jaarplannen")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "publiek", "jaar"], name="jaarplan_eenmaal"
            )
        ]

    def __str__(self) -> str:
        return f"jaarplan {self.jaar} {self.publiek}"
