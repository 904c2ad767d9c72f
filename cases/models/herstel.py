"""Finding and putting right: search tokens, privacy information, and what was undone.

Samenvoeging, Correctie and Doorgeleiding are append-only: PostgreSQL gives nobody the
right to change or delete them (migration 0007).

Guarded by tests/cases/test_identiteit.py, test_zoeken.py and test_herstel.py.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.dossier import Client, Kwestie
from tenants.models import Medewerker, Tenant

# The privacy statement that the page /privacy shows.
PRIVACYVERKLARING = "2026-1"


class PrivacyInformatie(models.Model):
    """That a client was told how we handle what we know, or why not yet (S22)."""

    class Wijze(models.TextChoices):
        MONDELING = "MONDELING", _("Mondeling verteld")
        PAPIER = "PAPIER", _("Op papier gegeven")
        EMAIL = "EMAIL", _("Per e-mail gestuurd")
        WEBSITE = "WEBSITE", _("Gewezen op de website")

    class Reden(models.TextChoices):
        SPOED = "SPOED", _("Het had nu te veel haast")
        KON_NIET = "KON_NIET", _("De cliënt kon het nu niet volgen")
        WIL_NIET = "WIL_NIET", _("De cliënt wil er niet over praten")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    client = models.ForeignKey(
        Client,
        on_delete=models.PROTECT,
        related_name="privacyinformatie",
        db_constraint=False,
        db_index=False,
    )
    versie = models.CharField(max_length=20, blank=True)
    wijze = models.CharField(max_length=9, choices=Wijze, blank=True)
    datum = models.DateField(null=True)
    reden = models.CharField(max_length=8, choices=Reden, blank=True)
    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, db_index=False
    )
    aangemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("privacyinformatie")
        verbose_name_plural = _("privacyinformatie")
        indexes = [models.Index(fields=["tenant", "client"], name="privacyinfo_client")]
        constraints = [
            models.CheckConstraint(
                name="privacyinfo_wijze_of_reden",
                condition=(
                    Q(wijze__in=["MONDELING", "PAPIER", "EMAIL", "WEBSITE"])
                    & ~Q(versie="")
                    & Q(datum__isnull=False, reden="")
                )
                | Q(
                    reden__in=["SPOED", "KON_NIET", "WIL_NIET"],
                    wijze="",
                    versie="",
                    datum__isnull=True,
                ),
            )
        ]

    def __str__(self) -> str:
        return f"privacyinformatie {self.pk}"


class Zoekteken(models.Model):
    """One keyed token by which a named client is found (privacy.blinde_index)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    client = models.ForeignKey(
        Client,
        on_delete=models.CASCADE,
        related_name="zoektekens",
        db_constraint=False,
        db_index=False,
    )
    teken = models.CharField(max_length=17)

    class Meta:
        verbose_name = _("zoekteken")
        verbose_name_plural = _("zoektekens")
        indexes = [models.Index(fields=["tenant", "client"], name="zoekteken_client")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "teken", "client"], name="zoekteken_eenmaal"
            )
        ]

    def __str__(self) -> str:
        return f"zoekteken {self.pk}"


class Samenvoeging(models.Model):
    """Two clients who are one; ``ongedaan_van`` names the one that a row undoes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    blijft = models.ForeignKey(
        Client,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    vervalt = models.ForeignKey(
        Client,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    kwestie_ids = ArrayField(models.UUIDField())
    ongedaan_van = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="ongedaan",
        db_constraint=False,
        db_index=False,
    )
    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, db_index=False
    )
    aangemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("samenvoeging")
        verbose_name_plural = _("samenvoegingen")
        indexes = [
            models.Index(fields=["tenant", "blijft"], name="samenvoeging_blijft")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "id"], name="samenvoeging_tenant_id"
            ),
            models.UniqueConstraint(
                fields=["tenant", "ongedaan_van"], name="samenvoeging_eenmaal_ongedaan"
            ),
            models.CheckConstraint(
                name="samenvoeging_twee_clienten",
                condition=~Q(blijft=models.F("vervalt")),
            ),
        ]

    def __str__(self) -> str:
        return f"samenvoeging {self.pk}"


class Correctie(models.Model):
    """A code that was put right after closing; a report may have counted the old."""

    VELDEN = ("soort", "aard")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwestie = models.ForeignKey(
        Kwestie,
        on_delete=models.CASCADE,
        related_name="correcties",
        db_constraint=False,
        db_index=False,
    )
    veld = models.CharField(max_length=10)
    was = models.CharField(max_length=10)
    werd = models.CharField(max_length=10)
    is_gerapporteerd = models.BooleanField()
    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, db_index=False
    )
    aangemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("correctie")
        verbose_name_plural = _("correcties")
        indexes = [models.Index(fields=["tenant", "kwestie"], name="correctie_kwestie")]
        constraints = [
            models.CheckConstraint(
                name="correctie_veld", condition=Q(veld__in=["soort", "aard"])
            ),
            models.CheckConstraint(
                name="correctie_verschil", condition=~Q(was=models.F("werd"))
            ),
        ]

    def __str__(self) -> str:
        return f"correctie {self.pk}"


class Doorgeleiding(models.Model):
    """A kwestie that came to the wrong tenant, and where it went."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwestie = models.ForeignKey(
        Kwestie,
        on_delete=models.CASCADE,
        related_name="doorgeleidingen",
        db_constraint=False,
        db_index=False,
    )
    naar = models.ForeignKey(
        Tenant, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    is_met_toestemming = models.BooleanField()
    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, db_index=False
    )
    aangemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("doorgeleiding")
        verbose_name_plural = _("doorgeleidingen")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kwestie"], name="doorgeleiding_eenmaal"
            )
        ]

    def __str__(self) -> str:
        return f"doorgeleiding {self.pk}"
