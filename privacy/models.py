"""The record of who looked at what: append-only, without foreign keys.

Invariant: application roles can only add events, in the transaction of the act itself.
What an event says of itself (id, moment, transaction) comes from the database; no role
that serves people may give it. An event holds ids and codes, never names or text, so it
can outlive the erasure of a person. The seals over it are in ``privacy.zegels``.

Guarded by tests/privacy/test_audit.py and test_zegels.py.
"""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

# Columns that the database fills in; the roles have no right to give them.
VAN_DE_DATABASE = frozenset({"id", "tijdstip"})


class AuditEvent(models.Model):
    """One act: when, who, on whose authority, on which subjects (NEN 7513).

    tenants: of a page over several tenants, all of them (``tenant_id`` is then empty).
    namens: for whom she stood in; functie: her roles there; deur: web, taak (a job) or
    opdracht (a command); nood: an emergency procedure gave the access.

    The table has two columns more, for the seals: ``txid`` and ``keten``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tijdstip = models.DateTimeField(default=timezone.now, editable=False)
    tenant_id = models.IntegerField(null=True)
    tenants = ArrayField(models.IntegerField(), null=True)
    actor_id = models.UUIDField(null=True)
    namens = models.UUIDField(null=True)
    rol = models.CharField(max_length=10)
    functie = models.CharField(max_length=80, blank=True, default="")
    deur = models.CharField(max_length=8, default="opdracht")
    gebeurtenis = models.CharField(max_length=60)
    onderwerp = models.CharField(max_length=40)
    onderwerp_ids = ArrayField(models.UUIDField())
    grond = models.CharField(max_length=40, blank=True)
    nood = models.BooleanField(default=False)
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

    def _do_insert(
        self, manager: Any, using: Any, fields: Any, returning_fields: Any, raw: Any
    ) -> Any:
        """Leave to the database what is the database's; nothing is read back."""
        given = [field for field in fields if field.name not in VAN_DE_DATABASE]
        return super()._do_insert(  # type: ignore[misc]
            manager, using, given, [], raw
        )


class Keten(models.Model):
    """A chain of seals: one for each life of the database on one server.

    Transactions are counted by the server; after a restore elsewhere they start anew,
    and so does a chain, whose first seal holds the head of the one before.
    """

    nummer = models.PositiveIntegerField(primary_key=True)
    cluster = models.CharField(max_length=40)
    begonnen_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "keten"
        verbose_name_plural = "ketens"

    def __str__(self) -> str:
        return str(self.nummer)


class Zegel(models.Model):
    """All events of the transactions from ``van_tx`` to before ``tot_tx``, in a hash.

    soort ``begin``: the first of a chain, over what the former chain left unsealed.
    """

    nummer = models.PositiveBigIntegerField(primary_key=True)
    keten = models.PositiveIntegerField()
    soort = models.CharField(max_length=5)
    van_tx = models.PositiveBigIntegerField()
    tot_tx = models.PositiveBigIntegerField()
    aantal = models.PositiveBigIntegerField()
    wortel = models.BinaryField()
    vorige = models.BinaryField()
    hash = models.BinaryField()
    gezegeld_op = models.DateTimeField()

    class Meta:
        verbose_name = "zegel"
        verbose_name_plural = "zegels"
        constraints = [
            models.CheckConstraint(
                name="zegel_soort", condition=models.Q(soort__in=["begin", "reeks"])
            )
        ]

    def __str__(self) -> str:
        return str(self.nummer)


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
