"""What everybody may read of a tenant besides its page, and what clients say of us.

An established document never changes, and a new one never counts from an earlier day
than the one before it (S4). An answer about our help cannot be led back to a person
(S49): there is no key to a kwestie or client and no time finer than the quarter, and
the code that was used is gone. Triggers of migration 0015 hold that. Guarded by
tests/tenants/test_publiek.py and test_ervaring.py.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models.beheer import Stand
from tenants.models.mensen import Medewerker
from tenants.models.opdrachtgevers import Tenant

PUNTEN = range(1, 6)
BEGIN_KWARTAAL = Q(kwartaal__day=1, kwartaal__month__in=[1, 4, 7, 10])


class OpenbaarDocument(models.Model):
    """A version of a document that clients may read (S4).

    geldig_vanaf: the day from which an established version counts. The one that holds
    is the latest of which that day has come.
    """

    class Soort(models.TextChoices):
        ONAFHANKELIJKHEID = "onafhankelijkheid", _("Onafhankelijkheidsstatuut")
        PRIVACYREGLEMENT = "privacyreglement", _("Privacyreglement")
        MELDCODE = "meldcode", _("Meldcode huiselijk geweld en kindermishandeling")
        KLACHTENREGELING = "klachtenregeling", _("Klachtenregeling over ons")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    soort = models.CharField(max_length=17, choices=Soort)
    versie = models.PositiveIntegerField()
    stand = models.CharField(max_length=11, choices=Stand, default=Stand.CONCEPT)
    tekst = models.TextField(_("Tekst"), blank=True)
    geldig_vanaf = models.DateField(_("Geldt vanaf"))
    door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    gewijzigd_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("openbaar document")
        verbose_name_plural = _("openbare documenten")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "soort", "versie"], name="document_versie"
            ),
            models.UniqueConstraint(
                fields=["tenant", "soort"],
                condition=Q(stand="CONCEPT"),
                name="document_een_concept",
            ),
            models.CheckConstraint(
                name="document_soort_lijst",
                condition=Q(
                    soort__in=[
                        *("onafhankelijkheid", "privacyreglement"),
                        *("meldcode", "klachtenregeling"),
                    ]
                ),
            ),
            models.CheckConstraint(
                name="document_compleet",
                condition=Q(stand="CONCEPT") | Q(tekst__regex=r"\S"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id} · {self.soort} · {self.versie}"


class Ervaringscode(models.Model):
    """One slip with which one client may answer once: a keyed hash, never the code.

    Nothing says who made it, when, or for whom. Using it deletes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwartaal = models.DateField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("ervaringscode")
        verbose_name_plural = _("ervaringscodes")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "hash"], name="ervaringscode_eenmaal"
            ),
            models.CheckConstraint(
                name="ervaringscode_kwartaal", condition=BEGIN_KWARTAAL
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id} · {self.kwartaal}"


class Ervaring(models.Model):
    """One answer to three statements: 1 (not at all) to 5 (entirely).

    bewijs: the hash of a slip while the row is being written; a trigger takes the slip
    for it and stores ''.
    """

    VRAGEN = ("naast", "gehoord", "verder")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwartaal = models.DateField()
    naast = models.PositiveSmallIntegerField(_("Iemand stond naast mij"))
    gehoord = models.PositiveSmallIntegerField(_("Er werd naar mij geluisterd"))
    verder = models.PositiveSmallIntegerField(_("Ik weet nu wat ik kan doen"))
    bewijs = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("ervaring")
        verbose_name_plural = _("ervaringen")
        indexes = [models.Index(fields=["tenant", "kwartaal"], name="ervaring_per")]
        constraints = [
            models.CheckConstraint(
                name="ervaring_punten",
                condition=Q(
                    naast__range=(1, 5), gehoord__range=(1, 5), verder__range=(1, 5)
                ),
            ),
            models.CheckConstraint(name="ervaring_kwartaal", condition=BEGIN_KWARTAAL),
            models.CheckConstraint(name="ervaring_los", condition=Q(bewijs="")),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id} · {self.kwartaal}"
