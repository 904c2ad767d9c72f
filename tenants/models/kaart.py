"""What is known of other organisations, and of who does what (S108, S111, S182).

Nothing here is about a client, and no kwestie points at it: a kwestie holds the name
that was typed, so the chart does not tell who went where. A version is never changed,
and of an added function only the day it ends (triggers, migration 0016). Guarded by
tests/cases/test_kaart.py.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models.mensen import Medewerker
from tenants.models.opdrachtgevers import Tenant

# After a year somebody looks whether it still holds (S15).
HOUDBAAR = timedelta(days=365)
# The columns and rows of the table of functions, in its order (S178-S181).
WETTEN = ("WMO", "WLZ", "JW", "ZVW", "JUST", "PW")
BEREIKEN = ("TAAK", "DOELGR", "BEPERKT", "BREED")


def _mens() -> models.ForeignKey[Medewerker, Medewerker]:
    return models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )


class Organisatie(models.Model):
    """An organisation on the social chart of one tenant.

    soort: code of instantie_type. gemeenten: CBS codes. zoektekst: everything one
    searches by, lower case. functionaris_*: the role and how to reach it, no private
    number. is_functionaris_in_dienst: whether that person is employed there (S156).
    """

    TEKSTEN = (
        *("naam", "soort", "regio", "onderwerpen", "telefoon", "email", "website"),
        *("klachtenregeling", "functionaris", "functionaris_contact"),
        *("klachtencommissie", "geschilleninstantie", "opmerking"),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    naam = models.CharField(max_length=160)
    soort = models.CharField(max_length=6)
    regio = models.CharField(max_length=80, blank=True)
    gemeenten = ArrayField(models.CharField(max_length=6), default=list)
    onderwerpen = models.CharField(max_length=300, blank=True)
    telefoon = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(max_length=300, blank=True)
    klachtenregeling = models.URLField(max_length=300, blank=True)
    functionaris = models.CharField(max_length=160, blank=True)
    functionaris_contact = models.CharField(max_length=160, blank=True)
    is_functionaris_in_dienst = models.BooleanField(null=True)
    klachtencommissie = models.CharField(max_length=200, blank=True)
    geschilleninstantie = models.CharField(max_length=200, blank=True)
    opmerking = models.TextField(max_length=1000, blank=True)
    gecontroleerd_op = models.DateField()
    is_vervallen = models.BooleanField(default=False)
    versie = models.PositiveIntegerField(default=1)
    zoektekst = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        indexes = [
            models.Index(fields=["tenant", "is_vervallen", "naam"], name="kaart_naam")
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "id"], name="kaart_tenant_id"),
            models.CheckConstraint(name="kaart_naam_gevuld", condition=~Q(naam="")),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def is_oud(self) -> bool:
        """Nobody looked at it for a year (S15)."""
        return self.gecontroleerd_op < timezone.localdate() - HOUDBAAR


class OrganisatieVersie(models.Model):
    """What was changed of an organisation: field → [old, new]; never changed itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    organisatie = models.ForeignKey(
        Organisatie,
        on_delete=models.PROTECT,
        related_name="versies",
        db_constraint=False,
        db_index=False,
    )
    versie = models.PositiveIntegerField()
    wijzigingen = models.JSONField(default=dict)
    door = _mens()
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("versie van een organisatie")
        verbose_name_plural = _("versies van een organisatie")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "organisatie", "versie"], name="kaart_versie"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisatie_id} {self.versie}"


class FunctieScope(models.Model):
    """A function that a tenant added to the table of who does what (S182).

    The table itself comes with the product (``cases.functies``). tot: the last day it
    was shown; its row stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    naam = models.CharField(max_length=120)
    wet = models.CharField(max_length=8)
    bereik = models.CharField(max_length=8)
    van = models.DateField()
    tot = models.DateField(null=True)
    door = _mens()
    gemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("toegevoegde functie")
        verbose_name_plural = _("toegevoegde functies")
        indexes = [models.Index(fields=["tenant", "tot"], name="functiescope_nu")]
        constraints = [
            models.CheckConstraint(name="functiescope_naam", condition=~Q(naam="")),
            models.CheckConstraint(
                name="functiescope_wet", condition=Q(wet__in=list(WETTEN))
            ),
            models.CheckConstraint(
                name="functiescope_bereik", condition=Q(bereik__in=list(BEREIKEN))
            ),
            models.CheckConstraint(
                name="functiescope_periode",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
            ),
        ]

    def __str__(self) -> str:
        return self.naam
