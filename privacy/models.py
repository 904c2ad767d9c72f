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


class Hoofdsleutelproef(models.Model):
    """That a master key is needed here, and a proof that only that key opens.

    naam: fingerprint of the key. It says nothing of the key itself.
    """

    naam = models.CharField(max_length=16, primary_key=True)
    proef = models.BinaryField()
    gemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "proef van een hoofdsleutel"
        verbose_name_plural = "proeven van hoofdsleutels"

    def __str__(self) -> str:
        return self.naam


class Tenantsleutel(models.Model):
    """The key of one tenant, wrapped with a master key; newest ``versie`` is in use.

    zoek: the key of its search tokens, the same in each version.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant_id = models.IntegerField()
    versie = models.PositiveIntegerField(default=1)
    hoofdsleutel = models.CharField(max_length=16)
    sleutel = models.BinaryField()
    zoek = models.BinaryField()
    gemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "tenantsleutel"
        verbose_name_plural = "tenantsleutels"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "id"], name="tenantsleutel_tenant_id"
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "versie"], name="tenantsleutel_versie"
            ),
        ]

    def __str__(self) -> str:
        return f"tenantsleutel {self.pk}"


class Sleutel(models.Model):
    """The key of one person or thing (``soort`` and ``van``), wrapped with the key
    of its tenant. Without this row nobody reads its texts any more, in no copy.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant_id = models.IntegerField()
    soort = models.CharField(max_length=12)
    van = models.UUIDField()
    onder = models.ForeignKey(
        Tenantsleutel,
        on_delete=models.PROTECT,
        related_name="sleutels",
        db_constraint=False,
        db_index=False,
    )
    sleutel = models.BinaryField()

    class Meta:
        verbose_name = "sleutel"
        verbose_name_plural = "sleutels"
        indexes = [models.Index(fields=["tenant_id", "onder"], name="sleutel_onder")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "van", "soort"], name="sleutel_eenmaal"
            )
        ]

    def __str__(self) -> str:
        return f"sleutel {self.pk}"


class Verwijdering(models.Model):
    """A receipt: this key was destroyed, so nobody reads those texts any more.

    A trigger writes it with the destroying; it names no person. A restore of an older
    backup destroys these keys again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant_id = models.IntegerField()
    soort = models.CharField(max_length=12)
    van = models.UUIDField()
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "verwijdering"
        verbose_name_plural = "verwijderingen"
        indexes = [models.Index(fields=["tenant_id", "op"], name="verwijdering_op")]

    def __str__(self) -> str:
        return f"verwijdering {self.pk}"
