"""Signals: what comes up more than once, and what came of saying so (S112-S117).

Invariant: a signal is written at group level and has no key to a kwestie or a client;
``cases`` keeps which kwesties it is made of. Its lifecycle is the table in
``signalering.lifecycle.signalen`` and a trigger in PostgreSQL (migration 0006). The
commissioning party sees a signal of its own from ``ingebracht_op`` on, with what it
promised; never the steps, the consultations or how many kwesties there are.

Guarded by tests/signalering/test_signalen.py and tests/isolation/test_roles.py.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import codelists
from tenants.models import Tenant


class SignaalStatus(models.TextChoices):
    OPGEPAKT = "OPGEPAKT", _("Opgepakt")
    BEVESTIGD = "BEVESTIGD", _("Bevestigd")
    INGEBRACHT = "INGEBRACHT", _("Ingebracht")
    IN_GESPREK = "IN_GESPREK", _("In gesprek")
    TOEGEZEGD = "TOEGEZEGD", _("Verbetering toegezegd")
    GEREALISEERD = "GEREALISEERD", _("Verbetering gerealiseerd")
    NIET_OVERGENOMEN = "NIET_OVERGENOMEN", _("Niet overgenomen")
    GEMELD_INSPECTIE = "GEMELD_INSPECTIE", _("Gemeld bij de inspectie")
    GEMONITORD = "GEMONITORD", _("Wordt gevolgd")
    GESLOTEN = "GESLOTEN", _("Gesloten")


# What may be in a report to the commissioning party: confirmed, and not let go.
IN_RAPPORT = tuple(
    s
    for s in SignaalStatus
    if s not in (SignaalStatus.OPGEPAKT, SignaalStatus.GESLOTEN)
)


class Richting(models.TextChoices):
    STIJGING = "stijging", _("Stijging")
    DALING = "daling", _("Daling")


class Besluit(models.TextChoices):
    OPGEPAKT = "OPGEPAKT", _("Opgepakt als signaal")
    AFGEWEZEN = "AFGEWEZEN", _("Afgewezen")


class ActieStand(models.TextChoices):
    TOEGEZEGD = "TOEGEZEGD", _("Toegezegd")
    UITGEVOERD = "UITGEVOERD", _("Uitgevoerd")
    VERVALLEN = "VERVALLEN", _("Gaat niet door")


def _listed(model: str, field: str, codes: tuple[str, ...]) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{model}_{field}_lijst", condition=Q(**{f"{field}__in": list(codes)})
    )


class Signaal(models.Model):
    """A structural problem, from being noticed to being solved or let go.

    gezamenlijk_id: signals of several tenants about the same carry the same one; each
    commissioning party has a row, and a text, of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    gezamenlijk_id = models.UUIDField(default=uuid.uuid4)
    titel = models.CharField(max_length=120)
    aard = models.CharField(max_length=12)
    sub = models.CharField(max_length=20, blank=True)
    wet = models.CharField(max_length=12, blank=True)
    domein = models.CharField(max_length=12, blank=True)
    doelgroep = models.CharField(max_length=12, blank=True)
    omschrijving = models.TextField()
    verbeterrichting = models.TextField(blank=True)
    vraag = models.TextField(blank=True)
    status = models.CharField(
        max_length=16, choices=SignaalStatus, default=SignaalStatus.OPGEPAKT
    )
    voorgesteld_door_id = models.UUIDField()
    voorgesteld_op = models.DateTimeField(default=timezone.now)
    bevestigd_op = models.DateTimeField(null=True)
    ingebracht_op = models.DateTimeField(null=True)
    gewijzigd_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("signaal")
        verbose_name_plural = _("signalen")
        indexes = [
            models.Index(
                fields=["tenant", "status", "-gewijzigd_op"], name="signaal_status"
            ),
            models.Index(fields=["tenant", "gezamenlijk_id"], name="signaal_samen"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "id"], name="signaal_tenant_id"),
            _listed("signaal", "status", tuple(SignaalStatus.values)),
            _listed("signaal", "aard", codelists.codes("aard")),
            _listed("signaal", "sub", ("", *codelists.codes("subaard"))),
            _listed("signaal", "wet", ("", *codelists.codes("wet"))),
            _listed("signaal", "domein", ("", *codelists.codes("levensdomein"))),
            _listed("signaal", "doelgroep", ("", *codelists.codes("doelgroep"))),
            models.CheckConstraint(  # V2
                name="signaal_sub_bij_aard",
                condition=Q(sub="") | Q(sub__startswith=models.F("aard")),
            ),
            models.CheckConstraint(
                name="signaal_teksten",
                condition=Q(titel__regex=r"\S", omschrijving__regex=r"\S"),
            ),
        ]

    def __str__(self) -> str:
        return f"signaal {self.pk}"

    @property
    def is_ingebracht(self) -> bool:
        """Whether the commissioning party knows of it."""
        return self.ingebracht_op is not None


class _BijSignaal(models.Model):
    """What hangs on one signal, inside its tenant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    signaal = models.ForeignKey(
        Signaal,
        on_delete=models.PROTECT,
        related_name="%(class)s_rijen",
        db_constraint=False,
        db_index=False,
    )
    door_id = models.UUIDField()
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Signaalstap(_BijSignaal):
    """A step of a signal that was taken, with why when that has to be said."""

    van = models.CharField(max_length=16, choices=SignaalStatus, blank=True)
    naar = models.CharField(max_length=16, choices=SignaalStatus)
    reden = models.TextField(blank=True)

    class Meta:
        verbose_name = _("stap van een signaal")
        verbose_name_plural = _("stappen van een signaal")
        indexes = [
            models.Index(fields=["tenant", "signaal", "op"], name="signaalstap_signaal")
        ]
        constraints = [_listed("signaalstap", "naar", tuple(SignaalStatus.values))]

    def __str__(self) -> str:
        return f"{self.van} → {self.naar}"


class Signaaloverleg(_BijSignaal):
    """A talk about the signal: when, with which bodies and functions, what was agreed
    (S115). Functions, never names; for colleagues only.
    """

    datum = models.DateField()
    ontvangers = ArrayField(models.CharField(max_length=8))
    deelnemers = ArrayField(models.CharField(max_length=120))
    afspraak = models.TextField()

    class Meta:
        verbose_name = _("overleg over een signaal")
        verbose_name_plural = _("overleggen over een signaal")
        indexes = [
            models.Index(
                fields=["tenant", "signaal", "datum"], name="signaaloverleg_signaal"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="signaaloverleg_ontvangers_lijst",
                condition=Q(
                    ontvangers__contained_by=list(codelists.codes("ontvanger_signaal"))
                ),
            ),
            models.CheckConstraint(
                name="signaaloverleg_volledig",
                condition=Q(ontvangers__len__gte=1, deelnemers__len__gte=1)
                & Q(afspraak__regex=r"\S"),
            ),
        ]

    def __str__(self) -> str:
        return f"overleg {self.datum}"


class Verbeteractie(_BijSignaal):
    """What the commissioning party promised: what, by whom (a function), by when, and
    what came of it (S30, S117).
    """

    wat = models.TextField()
    wie = models.CharField(max_length=120)
    uiterlijk = models.DateField()
    stand = models.CharField(
        max_length=10, choices=ActieStand, default=ActieStand.TOEGEZEGD
    )
    stand_op = models.DateField(null=True)
    toelichting = models.TextField(blank=True)

    class Meta:
        verbose_name = _("verbeteractie")
        verbose_name_plural = _("verbeteracties")
        indexes = [
            models.Index(
                fields=["tenant", "signaal", "uiterlijk"], name="verbeteractie_signaal"
            ),
            models.Index(
                fields=["tenant", "uiterlijk"],
                name="verbeteractie_open",
                condition=Q(stand="TOEGEZEGD"),
            ),
        ]
        constraints = [
            _listed("verbeteractie", "stand", tuple(ActieStand.values)),
            models.CheckConstraint(
                name="verbeteractie_volledig",
                condition=Q(wat__regex=r"\S", wie__regex=r"\S"),
            ),
            models.CheckConstraint(
                name="verbeteractie_stand_op",
                condition=Q(stand="TOEGEZEGD", stand_op__isnull=True)
                | (~Q(stand="TOEGEZEGD") & Q(stand_op__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"verbeteractie {self.pk}"

    @property
    def is_te_laat(self) -> bool:
        return (
            self.stand == ActieStand.TOEGEZEGD and self.uiterlijk < timezone.localdate()
        )


class Trendbesluit(models.Model):
    """What a person decided about a trend that the software proposed (S29)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    periode = models.CharField(max_length=7)
    wet = models.CharField(max_length=12)
    aard = models.CharField(max_length=12)
    sub = models.CharField(max_length=20, blank=True)
    richting = models.CharField(max_length=8, choices=Richting)
    besluit = models.CharField(max_length=9, choices=Besluit)
    reden = models.TextField(blank=True)
    signaal = models.ForeignKey(
        Signaal,
        on_delete=models.PROTECT,
        null=True,
        related_name="trends",
        db_constraint=False,
        db_index=False,
    )
    door_id = models.UUIDField()
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("besluit over een trend")
        verbose_name_plural = _("besluiten over trends")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "periode", "wet", "aard", "sub", "richting"],
                name="trendbesluit_eenmaal",
            ),
            models.CheckConstraint(
                name="trendbesluit_reden_of_signaal",
                condition=Q(besluit="OPGEPAKT", signaal__isnull=False)
                | Q(besluit="AFGEWEZEN", signaal__isnull=True, reden__regex=r"\S"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.periode} {self.sub or self.aard}"
