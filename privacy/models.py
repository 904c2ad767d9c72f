"""The record of who looked at what: append-only, without foreign keys.

Invariant: application roles can only add events (no SELECT, UPDATE or DELETE), in
the transaction of the act itself. An event holds ids and codes, never names or
text, so it can outlive the erasure of a person.

Guarded by tests/privacy/test_audit.py.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """One act: when, who, on whose authority, on which subjects (NEN 7513)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Set by the database at the moment of writing, whatever is given here.
    tijdstip = models.DateTimeField(default=timezone.now, editable=False)
    tenant_id = models.IntegerField(null=True)
    actor_id = models.UUIDField(null=True)
    rol = models.CharField(max_length=10)
    gebeurtenis = models.CharField(max_length=60)
    onderwerp = models.CharField(max_length=40)
    onderwerp_ids = ArrayField(models.UUIDField())
    grond = models.CharField(max_length=40, blank=True)
    uitkomst = models.CharField(max_length=10, default="gelukt")
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = "auditgebeurtenis"
        verbose_name_plural = "auditgebeurtenissen"
        indexes = [
            models.Index(fields=["tenant_id", "tijdstip"], name="audit_tenant_tijd")
        ]

    def __str__(self) -> str:
        return f"{self.gebeurtenis} {self.id}"
