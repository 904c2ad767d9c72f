"""Opdrachtgevers, what they commission, and guardian's record of roles on them."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from tenants.roles import LABELS


class Tenant(models.Model):
    """Opdrachtgever: a gemeente (with its CBS code) or a zorgaanbieder (S8)."""

    class Type(models.TextChoices):
        GEMEENTE = "gemeente", _("Gemeente")
        ZORGAANBIEDER = "zorgaanbieder", _("Zorgaanbieder")
        REGIO = "regio", _("Regio")

    class Status(models.TextChoices):
        VOORBEREIDING = "VOORBEREIDING", _("In voorbereiding")
        ACTIEF = "ACTIEF", _("Actief")
        BEEINDIGD = "BEEINDIGD", _("Beëindigd")

    id = models.AutoField(primary_key=True)
    slug = models.SlugField(max_length=60, unique=True)
    naam = models.CharField(_("Naam"), max_length=160)
    type = models.CharField(max_length=13, choices=Type)
    gemeentecode = models.CharField(max_length=6, null=True, blank=True, unique=True)
    kvk = models.CharField(max_length=8, blank=True)
    status = models.CharField(
        max_length=13, choices=Status, default=Status.VOORBEREIDING
    )
    is_fictief = models.BooleanField(default=False)
    # Which look is in use: the mark of a Huisstijl; '' for our own.
    stijl = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        verbose_name = _("opdrachtgever")
        verbose_name_plural = _("opdrachtgevers")
        ordering = ["naam"]
        permissions = [  # a lazy label; Django translates it when it is shown
            (recht.value, label)  # type: ignore[misc]
            for recht, label in LABELS.items()
        ]
        constraints = [
            models.CheckConstraint(
                name="tenant_gemeentecode",
                condition=Q(type="gemeente", gemeentecode__regex=r"^GM\d{4}$")
                | Q(type__in=["zorgaanbieder", "regio"], gemeentecode__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.naam


class TenantGroupObjectPermission(GroupObjectPermissionBase):
    """django-guardian's record of one permission of a role's group on one Tenant."""

    content_object = models.ForeignKey(Tenant, on_delete=models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["content_object", "group"], name="recht_van_groep")
        ]


class TenantUserObjectPermission(UserObjectPermissionBase):
    """The same for a person; empty, PostgreSQL takes no row: rights go by groups."""

    content_object = models.ForeignKey(Tenant, on_delete=models.CASCADE)


class Opdracht(models.Model):
    """What an opdrachtgever commissions, and the agreements on reporting."""

    class Frequentie(models.TextChoices):
        KWARTAAL = "kwartaal", _("Elk kwartaal")
        HALFJAAR = "halfjaar", _("Elk half jaar")
        JAAR = "jaar", _("Elk jaar")

    class Afspraak(models.TextChoices):
        DEELS = "deels", _("Deels openbaar na bespreking")
        TOESTEMMING = "toestemming", _("Openbaar alleen met toestemming")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    naam = models.CharField(_("Naam"), max_length=160)
    diensten = ArrayField(models.CharField(max_length=12))
    van = models.DateField()
    tot = models.DateField(null=True, blank=True)
    drempel_opdrachtgever = models.PositiveSmallIntegerField(default=5)
    drempel_openbaar = models.PositiveSmallIntegerField(default=10)
    rapportagefrequentie = models.CharField(
        max_length=8, choices=Frequentie, default=Frequentie.KWARTAAL
    )
    reactietermijn_dagen = models.PositiveSmallIntegerField(default=28)
    publicatieafspraak = models.CharField(
        max_length=11, choices=Afspraak, default=Afspraak.DEELS
    )
    onafhankelijkheidsclausule_akkoord_op = models.DateField(null=True, blank=True)
    # Between who commissions and who does the work (S94), for whom (S144), where (S154).
    hoofdaannemer = models.CharField(max_length=160, blank=True, default="")
    onderaannemer = models.CharField(max_length=160, blank=True, default="")
    doelgroepafbakening = models.TextField(blank=True, default="")
    gebied = models.CharField(max_length=200, blank=True, default="")
    # Why a threshold was lowered; a threshold never goes below the least.
    drempel_reden = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("opdracht")
        verbose_name_plural = _("opdrachten")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "id"], name="opdracht_tenant_id"),
            # Never below five, and ten for everyone outside (disclosure §2).
            models.CheckConstraint(
                name="opdracht_drempels",
                condition=Q(drempel_opdrachtgever__gte=5, drempel_openbaar__gte=10),
            ),
            models.CheckConstraint(
                name="opdracht_periode",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
            ),
        ]

    def __str__(self) -> str:
        return self.naam
