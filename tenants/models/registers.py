"""Registers the privacy officer keeps."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import Vertrouwelijk, Verzegelbaar, Verzegeld
from tenants.models.mensen import Medewerker
from tenants.models.opdrachtgevers import Tenant


class InzageNotitie(Verzegelbaar):
    """What the FG made of one unusual access: looked at, with a note; never changed.

    sleutel: which finding it is about (``cases.selectors.opvallend``): rule, person and moment.
    """

    sleutel_van = "notitie"
    sleutel_kolom = "id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    sleutel = models.CharField(max_length=120)
    notitie_v = Verzegeld()
    door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    op = models.DateTimeField(default=timezone.now)

    notitie = Vertrouwelijk()

    class Meta:
        verbose_name = _("notitie over inzage")
        verbose_name_plural = _("notities over inzage")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "sleutel"], name="inzagenotitie_eenmaal"
            ),
            models.CheckConstraint(
                name="inzagenotitie_notitie", condition=Q(notitie_v__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.sleutel


class Datalek(Verzegelbaar):
    """A breach of personal data and what was done about it (AVG 33 and 34).

    Any colleague writes down what happened; the FG judges. 72 hours after it was
    found the supervisor must know, or it is on record why it need not.
    Order and persons are held by a trigger (migration 0008).
    Guarded by tests/cases/test_datalek.py.
    """

    class Stand(models.TextChoices):
        ONTDEKT = "ONTDEKT", _("Ontdekt, nog niet beoordeeld")
        BEOORDEELD = "BEOORDEELD", _("Moet worden gemeld bij de AP")
        GEMELD_AP = "GEMELD_AP", _("Gemeld bij de AP")
        NIET_MELDPLICHTIG = "NIET_MELDPLICHTIG", _("Hoeft niet te worden gemeld")
        BETROKKENEN = "BETROKKENEN", _("Betrokkenen zijn ingelicht")
        GESLOTEN = "GESLOTEN", _("Gesloten")

    sleutel_van = "datalek"
    TERMIJN = timedelta(hours=72)  # AVG 33 lid 1

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    stand = models.CharField(max_length=17, choices=Stand, default=Stand.ONTDEKT)
    ontdekt_op = models.DateTimeField()
    gemeld_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    beoordelaar = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
    )
    afgewogen_op = models.DateTimeField(null=True)
    gemeld_ap_op = models.DateTimeField(null=True)
    gesloten_op = models.DateTimeField(null=True)
    wat_v = Verzegeld()
    beoordeling_v = Verzegeld()
    te_laat_v = Verzegeld()
    betrokkenen_v = Verzegeld()
    maatregelen_v = Verzegeld()

    wat = Vertrouwelijk()
    beoordeling = Vertrouwelijk()
    te_laat = Vertrouwelijk()
    betrokkenen = Vertrouwelijk()
    maatregelen = Vertrouwelijk()

    class Meta:
        verbose_name = _("datalek")
        verbose_name_plural = _("datalekken")
        indexes = [models.Index(fields=["tenant", "-ontdekt_op"], name="datalek_op")]
        constraints = [
            models.CheckConstraint(
                name="datalek_wat", condition=Q(wat_v__isnull=False)
            ),
            models.CheckConstraint(
                name="datalek_beoordeeld",
                condition=Q(stand="ONTDEKT", afgewogen_op__isnull=True)
                | Q(
                    ~Q(stand="ONTDEKT"),
                    afgewogen_op__isnull=False,
                    beoordelaar__isnull=False,
                    beoordeling_v__isnull=False,
                ),
            ),
            models.CheckConstraint(  # AVG 33 lid 1
                name="datalek_binnen_72_uur",
                condition=Q(gemeld_ap_op__isnull=True)
                | Q(gemeld_ap_op__lte=F("ontdekt_op") + timedelta(hours=72))
                | Q(te_laat_v__isnull=False),
            ),
            models.CheckConstraint(
                name="datalek_gemeld",
                condition=~Q(stand="GEMELD_AP") | Q(gemeld_ap_op__isnull=False),
            ),
            models.CheckConstraint(  # AVG 34: told, or why that is not needed
                name="datalek_betrokkenen",
                condition=~Q(stand="BETROKKENEN") | Q(betrokkenen_v__isnull=False),
            ),
            models.CheckConstraint(
                name="datalek_gesloten",
                condition=~Q(stand="GESLOTEN")
                | Q(gesloten_op__isnull=False, maatregelen_v__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"datalek {self.pk}"

    @property
    def uren(self) -> int:
        """Whole hours left of the 72; below zero: the term is over."""
        left = self.ontdekt_op + self.TERMIJN - timezone.now()
        return int(left.total_seconds() // 3600)

    @property
    def loopt(self) -> bool:
        """The clock of 72 hours runs."""
        return self.stand in (self.Stand.ONTDEKT, self.Stand.BEOORDEELD)
