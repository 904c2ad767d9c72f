"""What everybody may read of a report.

Invariant: a row is a copy of the public version and points at nothing that is not
public; it is made by the one step that publishes, never by a timer.

Guarded by tests/isolation/test_publication.py and tests/signalering/test_lifecycle.py.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from signalering.models.rapport import Rapportage
from tenants.models import Tenant


class Publicatie(models.Model):
    """What everybody may read: a copy of the public version, and nothing else.

    The only table the ``public`` database role can read. Withdrawn publications
    stay as a tombstone: figures and texts gone, the reason in their place.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    rapportage = models.ForeignKey(
        Rapportage,
        on_delete=models.PROTECT,
        related_name="publicaties",
        db_constraint=False,
        db_index=False,
    )
    opdrachtgever = models.CharField(max_length=160)
    opdrachtgever_slug = models.SlugField(max_length=60, db_index=False)
    opdrachtgever_type = models.CharField(max_length=13)
    is_fictief = models.BooleanField(default=False)
    # Of a region: the names of the tenants in it.
    deelnemers = ArrayField(
        models.CharField(max_length=160),
        default=list,
        db_default=models.Value([]),
        blank=True,
    )
    periode = models.CharField(max_length=7)
    van = models.DateField()
    tot = models.DateField()
    peildatum = models.DateField()
    versie = models.PositiveSmallIntegerField()
    diensten = ArrayField(models.CharField(max_length=12))
    drempel = models.PositiveSmallIntegerField()
    cijfers = models.JSONField(null=True)
    cijfers_sha256 = models.CharField(max_length=64)
    besproken_op = models.DateField()
    vastgesteld_op = models.DateField()
    reactie = models.TextField(blank=True)
    reactie_functie = models.CharField(max_length=120, blank=True)
    # An objection to publication that was turned down, and why.
    bezwaar = models.TextField(blank=True, default="", db_default="")
    bezwaar_motivering = models.TextField(blank=True, default="", db_default="")
    bezwaar_besloten_op = models.DateField(null=True)
    pdf = models.CharField(max_length=120, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    gepubliceerd_op = models.DateTimeField(default=timezone.now)
    ingetrokken_op = models.DateTimeField(null=True)
    ingetrokken_reden = models.TextField(blank=True)

    class Meta:
        verbose_name = _("publicatie")
        verbose_name_plural = _("publicaties")
        ordering = ["-van", "opdrachtgever"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "rapportage"], name="publicatie_eenmaal"
            ),
            models.CheckConstraint(
                name="publicatie_ingetrokken_leeg",
                condition=Q(ingetrokken_op__isnull=True)
                | Q(cijfers__isnull=True, reactie="", pdf=""),
            ),
            models.CheckConstraint(
                name="publicatie_ingetrokken_bezwaar",
                condition=Q(ingetrokken_op__isnull=True)
                | Q(bezwaar="", bezwaar_motivering=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opdrachtgever} {self.periode}"
