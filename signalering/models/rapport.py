"""Reports: from concept to discussed, established and partly public.

Invariant: a Rapportage holds protected figures only (what may be printed), never
counts; it has no key to a Kwestie or Client. Its lifecycle is the table in
``signalering.lifecycle`` and, for every application role, a trigger in PostgreSQL
(migration 0002): nothing becomes public without a recorded bespreking.

Guarded by tests/signalering/test_lifecycle.py and tests/isolation/test_publication.py.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models import Opdracht, Tenant


class Status(models.TextChoices):
    CONCEPT = "CONCEPT", _("Concept")
    INTERNE_CONTROLE = "INTERNE_CONTROLE", _("Interne controle")
    AANGEBODEN = "AANGEBODEN", _("Aangeboden")
    IN_BESPREKING = "IN_BESPREKING", _("In bespreking")
    BESPROKEN = "BESPROKEN", _("Besproken")
    VASTGESTELD = "VASTGESTELD", _("Vastgesteld")
    OPENBAAR_DEELS = "OPENBAAR_DEELS", _("Deels openbaar")
    VERTROUWELIJK_AFGEROND = "VERTROUWELIJK_AFGEROND", _("Vertrouwelijk afgerond")
    INGETROKKEN = "INGETROKKEN", _("Ingetrokken")


# The commissioning party sees a report from the moment it is offered.
ZICHTBAAR_VOOR_OPDRACHTGEVER = (
    Status.AANGEBODEN,
    Status.IN_BESPREKING,
    Status.BESPROKEN,
    Status.VASTGESTELD,
    Status.OPENBAAR_DEELS,
    Status.VERTROUWELIJK_AFGEROND,
)
DEFINITIEF = (
    Status.VASTGESTELD,
    Status.OPENBAAR_DEELS,
    Status.VERTROUWELIJK_AFGEROND,
)


class Druk(models.TextChoices):
    WACHT = "WACHT", _("Wordt gemaakt")
    KLAAR = "KLAAR", _("Gemaakt")
    MISLUKT = "MISLUKT", _("Niet gelukt")


class Publiek(models.TextChoices):
    OPDRACHTGEVER = "opdrachtgever", _("Versie voor de opdrachtgever")
    OPENBAAR = "openbaar", _("Openbare versie")


class Rapportage(models.Model):
    """A signaleringsrapportage of one tenant over one closed period (V18)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    opdracht = models.ForeignKey(
        Opdracht,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
    )
    periode = models.CharField(max_length=7)
    van = models.DateField()
    tot = models.DateField()
    peildatum = models.DateField(default=timezone.localdate)
    diensten = ArrayField(models.CharField(max_length=12))
    versie = models.PositiveSmallIntegerField(default=1)
    vorige_versie = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        db_constraint=False,
        db_index=False,
    )
    status = models.CharField(max_length=22, choices=Status, default=Status.CONCEPT)
    druk = models.CharField(max_length=7, choices=Druk, default=Druk.WACHT)
    drempel_opdrachtgever = models.PositiveSmallIntegerField()
    drempel_openbaar = models.PositiveSmallIntegerField()

    # Protected figures per audience, frozen once made, each with its own hash: one
    # over both would let the public test guesses at what only the other one shows.
    cijfers = models.JSONField(null=True)
    cijfers_openbaar = models.JSONField(null=True)
    cijfers_sha256 = models.CharField(max_length=64, blank=True)
    openbaar_sha256 = models.CharField(max_length=64, blank=True)

    # Why no safe figures could be made ({code, reden, cellen, eerder, uitwegen}), and
    # which tables a person then left out.
    weigering = models.JSONField(null=True)
    weglaten = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    # Tables shown in fewer groups (cases.counts.GROEPEN).
    samengevoegd = ArrayField(
        models.CharField(max_length=20),
        default=list,
        db_default=models.Value([]),
        blank=True,
    )

    # Of a region: the tenants (ids, and names as they were) whose reports it adds up.
    leden = ArrayField(
        models.IntegerField(), default=list, db_default=models.Value([]), blank=True
    )
    deelnemers = ArrayField(
        models.CharField(max_length=160),
        default=list,
        db_default=models.Value([]),
        blank=True,
    )

    # The confirmed signals with what was promised, as they were when it went to the
    # check; for the opdrachtgever only (S30, S117).
    signalen = models.JSONField(
        default=list, db_default=models.Value([], models.JSONField()), blank=True
    )
    # Own investigations that were offered in or after the period, frozen as signals
    # are; for the opdrachtgever only (S159).
    onderzoeken = models.JSONField(
        default=list, db_default=models.Value([], models.JSONField()), blank=True
    )
    bevindingen = models.TextField(blank=True)
    aanbevelingen = models.TextField(blank=True)
    # Findings and recommendations per subject: {"aard": {"bevindingen": "…",
    # "aanbevelingen": "…"}}; for the opdrachtgever only, as those above.
    paragrafen = models.JSONField(
        default=dict, db_default=models.Value({}, models.JSONField()), blank=True
    )

    opgesteld_door_id = models.UUIDField(null=True)
    # Everybody who made or edited it: none of them may sign the check (V12).
    schrijvers = ArrayField(models.UUIDField(), default=list)
    toets_door_id = models.UUIDField(null=True)
    toets_op = models.DateTimeField(null=True)
    aangeboden_op = models.DateTimeField(null=True)
    reactie_tot = models.DateField(null=True)
    vastgesteld_op = models.DateField(null=True)
    afgerond_op = models.DateTimeField(null=True)
    afgerond_reden = models.TextField(blank=True)
    aangemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("rapportage")
        verbose_name_plural = _("rapportages")
        indexes = [
            models.Index(fields=["tenant", "status", "-van"], name="rapportage_status")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "id"], name="rapportage_tenant_id"
            ),
            models.UniqueConstraint(
                fields=["tenant", "periode", "versie"], name="rapportage_versie"
            ),
            # One living version of a period at a time.
            models.UniqueConstraint(
                fields=["tenant", "periode"],
                condition=~Q(status="INGETROKKEN"),
                name="rapportage_een_levende_versie",
            ),
            models.CheckConstraint(
                name="rapportage_status_lijst",
                condition=Q(status__in=[s.value for s in Status]),
            ),
            models.CheckConstraint(  # V18
                name="rapportage_periode_gesloten",
                condition=Q(peildatum__gt=models.F("tot")),
            ),
            models.CheckConstraint(
                name="rapportage_drempels",
                condition=Q(drempel_opdrachtgever__gte=5, drempel_openbaar__gte=10),
            ),
            # Never aard: always the same six (S35).
            models.CheckConstraint(
                name="rapportage_samengevoegd_lijst",
                condition=Q(samengevoegd__contained_by=["wet", "kanaal", "resultaat"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.periode} v{self.versie}"

    def drempel_voor(self, publiek: str) -> int:
        """The threshold on distinct clients of the version for this Publiek."""
        is_public = publiek == Publiek.OPENBAAR
        return self.drempel_openbaar if is_public else self.drempel_opdrachtgever

    @property
    def is_definitief(self) -> bool:
        return self.status in DEFINITIEF


class Bespreking(models.Model):
    """The discussion with the commissioning party: when, who, what was said (S32)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    rapportage = models.ForeignKey(
        Rapportage,
        on_delete=models.PROTECT,
        related_name="besprekingen",
        db_constraint=False,
        db_index=False,
    )
    datum = models.DateField()
    deelnemers = ArrayField(models.CharField(max_length=120))
    verslag = models.TextField()
    vastgelegd_door_id = models.UUIDField()
    vastgelegd_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("bespreking")
        verbose_name_plural = _("besprekingen")
        indexes = [
            models.Index(fields=["tenant", "rapportage"], name="bespreking_rapportage")
        ]
        constraints = [
            models.CheckConstraint(
                name="bespreking_volledig",
                condition=Q(deelnemers__len__gte=1) & Q(verslag__regex=r"\S"),
            )
        ]

    def __str__(self) -> str:
        return f"bespreking {self.datum}"


class Reactie(models.Model):
    """What the commissioning party says of the report; printed unedited.

    So is its objection to publication, with what was decided about it: once, with a
    reason, before the report is established.
    """

    class Besluit(models.TextChoices):
        OPEN = "", _("Nog geen besluit")
        AFGEWEZEN = "AFGEWEZEN", _("Het rapport wordt toch deels openbaar")
        GEHONOREERD = "GEHONOREERD", _("Het rapport wordt niet openbaar")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    rapportage = models.ForeignKey(
        Rapportage,
        on_delete=models.PROTECT,
        related_name="reacties",
        db_constraint=False,
        db_index=False,
    )
    tekst = models.TextField()
    functie = models.CharField(max_length=120)
    is_akkoord = models.BooleanField(default=False)
    # Why it should not become public, when the commissioning party objects.
    bezwaar = models.TextField(blank=True, default="", db_default="")
    bezwaar_besluit = models.CharField(
        max_length=11, choices=Besluit, blank=True, default=Besluit.OPEN, db_default=""
    )
    bezwaar_motivering = models.TextField(blank=True, default="", db_default="")
    bezwaar_besloten_door_id = models.UUIDField(null=True)
    bezwaar_besloten_op = models.DateField(null=True)
    door_id = models.UUIDField()
    gegeven_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reactie")
        verbose_name_plural = _("reacties")
        indexes = [
            models.Index(
                fields=["tenant", "rapportage", "gegeven_op"], name="reactie_rapportage"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="reactie_akkoord_of_bezwaar",
                condition=Q(is_akkoord=False) | Q(bezwaar=""),
            ),
            models.CheckConstraint(
                name="reactie_bezwaar_besluit",
                condition=Q(
                    bezwaar_besluit="",
                    bezwaar_motivering="",
                    bezwaar_besloten_op__isnull=True,
                    bezwaar_besloten_door_id__isnull=True,
                )
                | Q(
                    ~Q(bezwaar=""),
                    bezwaar_besluit__in=["AFGEWEZEN", "GEHONOREERD"],
                    bezwaar_motivering__regex=r"\S",
                    bezwaar_besloten_op__isnull=False,
                    bezwaar_besloten_door_id__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"reactie {self.gegeven_op:%d-%m-%Y}"


class Bestand(models.Model):
    """A printed version on private storage; the file's name is this row's business."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    rapportage = models.ForeignKey(
        Rapportage,
        on_delete=models.PROTECT,
        related_name="bestanden",
        db_constraint=False,
        db_index=False,
    )
    publiek = models.CharField(max_length=13, choices=Publiek)
    naam = models.CharField(max_length=120)  # below RAPPORT_ROOT
    sha256 = models.CharField(max_length=64)
    grootte = models.PositiveIntegerField()
    gemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("bestand")
        verbose_name_plural = _("bestanden")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "rapportage", "publiek"], name="bestand_per_publiek"
            )
        ]

    def __str__(self) -> str:
        return self.naam
