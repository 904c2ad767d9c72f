"""The queue of record: what a worker has to do."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models.opdrachtgevers import Tenant


class Job(models.Model):
    """A task on the queue of record. Celery carries only its id.

    lease_tot and poging are the lease and the fencing token: a worker that lost its
    lease cannot write its result any more.
    """

    class Status(models.TextChoices):
        WACHT = "WACHT", _("Wacht op uitvoering")
        BEZIG = "BEZIG", _("Wordt uitgevoerd")
        KLAAR = "KLAAR", _("Klaar")
        MISLUKT = "MISLUKT", _("Mislukt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    taak = models.CharField(max_length=60)
    actor_id = models.UUIDField(null=True)
    onderwerp_id = models.UUIDField()
    status = models.CharField(max_length=7, choices=Status, default=Status.WACHT)
    voortgang = models.PositiveSmallIntegerField(default=0)
    stap = models.CharField(max_length=120, blank=True)
    poging = models.PositiveSmallIntegerField(default=0)
    lease_tot = models.DateTimeField(null=True)
    fout = models.CharField(max_length=300, blank=True)
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    klaar_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("taak")
        verbose_name_plural = _("taken")
        indexes = [
            models.Index(fields=["tenant", "onderwerp_id"], name="job_onderwerp"),
            models.Index(
                fields=["tenant"],
                name="job_onderweg",
                condition=Q(status__in=["WACHT", "BEZIG"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taak} {self.id}"

    @property
    def is_onderweg(self) -> bool:
        """Still waiting or being done."""
        return self.status in (self.Status.WACHT, self.Status.BEZIG)
