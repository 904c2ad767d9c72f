"""What is said about a report before it stands: by colleagues, and by who it is for.

An Opmerking is between colleagues; the commissioning party never sees one. An
Onjuistheid is a mistake of fact that the commissioning party points out; the
Adviespunt decides about it once, with a reason, and nothing is established while one
waits or was found right (V: rapportage.md §3.4). A Herinnering says that people were
told to look, and nothing about what.

Guarded by tests/signalering/test_gesprek.py and triggers of migration 0010.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from signalering.models.rapport import Rapportage
from tenants.models import Tenant


class Onderdeel(models.TextChoices):
    """The parts of a report that people write about: one for each of its subjects."""

    AANTAL = "aantal", _("Aantal kwesties")
    AARD = "aard", _("Aard van de kwesties")
    INHOUD = "inhoud", _("Inhoud van de ondersteuning")
    RESULTAAT = "resultaat", _("Resultaat van de ondersteuning")
    VERDIEPING = "verdieping", _("Verdieping")
    ALGEMEEN = "algemeen", _("Het hele rapport")


# The subjects with texts of their own; the whole has those of the Rapportage itself.
PARAGRAFEN_BIJ = tuple(part for part in Onderdeel if part != Onderdeel.ALGEMEEN)


class Opmerking(models.Model):
    """A remark of a colleague about a part of a report, done with when it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    rapportage = models.ForeignKey(
        Rapportage,
        on_delete=models.PROTECT,
        related_name="opmerkingen",
        db_constraint=False,
        db_index=False,
    )
    onderdeel = models.CharField(max_length=10, choices=Onderdeel)
    tekst = models.TextField()
    door_id = models.UUIDField()
    op = models.DateTimeField(default=timezone.now)
    klaar_op = models.DateTimeField(null=True)
    klaar_door_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("opmerking")
        verbose_name_plural = _("opmerkingen")
        indexes = [
            models.Index(fields=["tenant", "rapportage"], name="opmerking_rapportage")
        ]
        constraints = [
            models.CheckConstraint(
                name="opmerking_klaar",
                condition=Q(klaar_op__isnull=True, klaar_door_id__isnull=True)
                | Q(klaar_op__isnull=False, klaar_door_id__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"opmerking {self.op:%d-%m-%Y}"


class Onjuistheid(models.Model):
    """A mistake of fact that the commissioning party points out in a report."""

    class Besluit(models.TextChoices):
        OPEN = "", _("Nog geen besluit")
        OVERGENOMEN = "OVERGENOMEN", _("Klopt: er komt een nieuwe versie")
        NIET_OVERGENOMEN = "NIET_OVERGENOMEN", _("Klopt niet: het blijft zo staan")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    rapportage = models.ForeignKey(
        Rapportage,
        on_delete=models.PROTECT,
        related_name="onjuistheden",
        db_constraint=False,
        db_index=False,
    )
    onderdeel = models.CharField(max_length=10, choices=Onderdeel)
    tekst = models.TextField()
    functie = models.CharField(max_length=120)
    door_id = models.UUIDField()
    op = models.DateTimeField(default=timezone.now)
    besluit = models.CharField(
        max_length=16, choices=Besluit, blank=True, default=Besluit.OPEN
    )
    motivering = models.TextField(blank=True)
    besloten_door_id = models.UUIDField(null=True)
    besloten_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("feitelijke onjuistheid")
        verbose_name_plural = _("feitelijke onjuistheden")
        indexes = [
            models.Index(fields=["tenant", "rapportage"], name="onjuistheid_rapportage")
        ]
        constraints = [
            models.CheckConstraint(
                name="onjuistheid_besluit",
                condition=Q(
                    besluit="",
                    motivering="",
                    besloten_op__isnull=True,
                    besloten_door_id__isnull=True,
                )
                | Q(
                    besluit__in=["OVERGENOMEN", "NIET_OVERGENOMEN"],
                    motivering__regex=r"\S",
                    besloten_op__isnull=False,
                    besloten_door_id__isnull=False,
                ),
            )
        ]

    def __str__(self) -> str:
        return f"onjuistheid {self.op:%d-%m-%Y}"


class Herinnering(models.Model):
    """That people were told to look at a report; each kind once."""

    class Soort(models.TextChoices):
        BIJNA = "BIJNA", _("De reactietermijn is bijna voorbij")
        VOORBIJ = "VOORBIJ", _("De reactietermijn is voorbij")
        NIET_BESPROKEN = "NIET_BESPROKEN", _("Nog niet besproken")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    rapportage = models.ForeignKey(
        Rapportage,
        on_delete=models.PROTECT,
        related_name="herinneringen",
        db_constraint=False,
        db_index=False,
    )
    soort = models.CharField(max_length=14, choices=Soort)
    aantal = models.PositiveSmallIntegerField()  # how many people were mailed
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("herinnering")
        verbose_name_plural = _("herinneringen")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "rapportage", "soort"], name="herinnering_eenmaal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.op:%d-%m-%Y}"
