"""What is administered of an opdrachtgever: look, public page, own values, settings.

Looks and established pages are never changed, only followed by a newer one; triggers
of migration 0011 hold that. Guarded by tests/tenants/test_beheer.py.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models.mensen import Medewerker
from tenants.models.opdrachtgevers import Tenant


class Gemeente(models.Model):
    """A gemeente as the CBS lists it; of no tenant. One that is gone stays, marked."""

    code = models.CharField(max_length=6, primary_key=True)
    naam = models.CharField(max_length=160)
    jaar = models.PositiveSmallIntegerField()
    is_vervallen = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")
        ordering = ["naam"]
        constraints = [
            models.CheckConstraint(
                name="gemeente_code", condition=Q(code__regex=r"^GM\d{4}$")
            )
        ]

    def __str__(self) -> str:
        return self.naam


class Stand(models.TextChoices):
    """Of a page: somebody works on it, or it holds."""

    CONCEPT = "CONCEPT", _("Concept")
    VASTGESTELD = "VASTGESTELD", _("Vastgesteld")


class Huisstijl(models.Model):
    """The look of a tenant: one colour and perhaps a logo (PNG, made by us).

    The one in use is named by ``Tenant.stijl``; the others were tried or used before.
    merk: first 16 hex digits of the SHA-256 of what the look holds; it is in the
    addresses of stylesheet and logo, so browsers may keep both.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kleur = models.CharField(max_length=7)
    logo = models.BinaryField(null=True)
    logo_breedte = models.PositiveSmallIntegerField(default=0)
    logo_hoogte = models.PositiveSmallIntegerField(default=0)
    merk = models.CharField(max_length=16)
    door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    gemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("huisstijl")
        verbose_name_plural = _("huisstijlen")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "merk"], name="huisstijl_merk"),
            models.CheckConstraint(
                name="huisstijl_kleur", condition=Q(kleur__regex=r"^#[0-9a-f]{6}$")
            ),
        ]

    def __str__(self) -> str:
        return self.kleur


class Publiekepagina(models.Model):
    """A version of what the public page says (S165): who pays, and what that means."""

    TEKSTEN = (
        *("wie_betaalt", "onafhankelijk", "gratis", "geheimhouding"),
        *("klacht", "bereikbaar"),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    versie = models.PositiveIntegerField()
    stand = models.CharField(max_length=11, choices=Stand, default=Stand.CONCEPT)
    wie_betaalt = models.TextField(_("Wie betaalt ons?"), blank=True)
    onafhankelijk = models.TextField(_("Wij zijn onafhankelijk"), blank=True)
    gratis = models.TextField(_("Wat kost het?"), blank=True)
    geheimhouding = models.TextField(_("Wij houden geheim wat u vertelt"), blank=True)
    klacht = models.TextField(_("Een klacht over ons"), blank=True)
    bereikbaar = models.TextField(_("Spreekuren en contact"), blank=True)
    door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    gewijzigd_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("publieke pagina")
        verbose_name_plural = _("publieke pagina's")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "versie"], name="pagina_versie"),
            models.UniqueConstraint(
                fields=["tenant"],
                condition=Q(stand="CONCEPT"),
                name="pagina_een_concept",
            ),
            models.CheckConstraint(
                name="pagina_compleet",
                condition=Q(stand="CONCEPT")
                | Q(
                    wie_betaalt__regex=r"\S",
                    onafhankelijk__regex=r"\S",
                    gratis__regex=r"\S",
                    geheimhouding__regex=r"\S",
                    klacht__regex=r"\S",
                    bereikbaar__regex=r"\S",
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id} · {self.versie}"


class EigenWaarde(models.Model):
    """A value of a tenant in a list outside the fixed core (S146).

    Lives under a code of the core (``ORG.X`` under ``ORG``), so that what is counted
    stays comparable. Never deleted: kwesties may hold it. ``is_actief`` False: no
    longer offered.
    """

    class Lijst(models.TextChoices):
        SUBAARD = "subaard", _("Nadere aanduiding van de aard")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    lijst = models.CharField(max_length=20, choices=Lijst, default=Lijst.SUBAARD)
    code = models.CharField(max_length=20)
    naam = models.CharField(max_length=80)
    is_actief = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("eigen waarde")
        verbose_name_plural = _("eigen waarden")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "lijst", "code"], name="eigenwaarde_eenmaal"
            ),
            models.CheckConstraint(
                name="eigenwaarde_lijst", condition=Q(lijst__in=["subaard"])
            ),
            models.CheckConstraint(  # under one of the six (V2)
                name="eigenwaarde_onder_kern",
                condition=Q(
                    code__regex=r"^(FIN|REL|ORG|WEI|BEH|OVE)\.X[A-Z0-9]{0,10}$"
                ),
            ),
            models.CheckConstraint(
                name="eigenwaarde_naam", condition=Q(naam__regex=r"\S")
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class TenantInstelling(models.Model):
    """Settings of a tenant; without a row the usual ones hold.

    reactienorm: working days in which who asks something hears from us (S75).
    standaarddienst: the dienst that is meant when nobody says which; '' for the one
    of the latest opdracht.
    """

    REACTIENORM = 2

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.OneToOneField(Tenant, on_delete=models.PROTECT)
    reactienorm = models.PositiveSmallIntegerField(default=REACTIENORM)
    standaarddienst = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        verbose_name = _("instelling")
        verbose_name_plural = _("instellingen")
        constraints = [
            models.CheckConstraint(
                name="instelling_reactienorm",
                condition=Q(reactienorm__gte=1, reactienorm__lte=20),
            )
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id}"
