"""Files and letters with a kwestie.

Bijlage = a file that somebody gave, made safe first (``privacy.bestanden``); its content
is in pieces (BijlageStuk), each sealed under the key of the kwestie for its own place.
Brief = a letter with the client: a concept until the client agreed with it; from then
on it stays as it is (S23: no step without the client).
Tekstblok = a piece of text of the team's own, without clients.

In the database (migration 0015): a final letter does not change; one to the gemeente or
a hulpverlener needs a consent that holds (V5); one that names the client does not
become final while the client is anonymous to whom it goes (V8, S20).
Guarded by tests/cases/test_brieven_sql.py.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.basis import Weggooibaar
from cases.models.regels import Toestemming, VanKwestie
from privacy.fields import Vertrouwelijk, Verzegeld
from tenants.models import Medewerker, Tenant


def _mens(**options: object) -> models.ForeignKey[Medewerker, Medewerker]:
    return models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        **options,  # type: ignore[arg-type]
    )


class Bijlage(Weggooibaar, VanKwestie):
    """One file. omvang: bytes; stukken: in how many pieces it is kept."""

    class Soort(models.TextChoices):
        PDF = "PDF", _("PDF")
        DOCX = "DOCX", _("Word-document")
        ODT = "ODT", _("OpenDocument-tekst")
        JPEG = "JPEG", _("Foto (JPEG)")
        PNG = "PNG", _("Afbeelding (PNG)")
        TXT = "TXT", _("Tekst")

    soort = models.CharField(max_length=4, choices=Soort)
    omvang = models.PositiveIntegerField()
    stukken = models.PositiveSmallIntegerField()
    # The contact at which it was given, when it was at one.
    contact = models.UUIDField(null=True)
    toegevoegd_door = _mens()
    naam_v = Verzegeld()

    naam = Vertrouwelijk()

    class Meta:
        verbose_name = _("bijlage")
        verbose_name_plural = _("bijlagen")
        indexes = [models.Index(fields=["tenant", "kwestie"], name="bijlage_kwestie")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "id"], name="bijlage_tenant_id"),
            models.CheckConstraint(
                name="bijlage_soort_lijst",
                condition=Q(soort__in=["PDF", "DOCX", "ODT", "JPEG", "PNG", "TXT"]),
            ),
            models.CheckConstraint(
                name="bijlage_omvang",
                condition=Q(omvang__gte=1, omvang__lte=20 * 2**20, stukken__gte=1),
            ),
            models.CheckConstraint(
                name="bijlage_naam", condition=Q(naam_v__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"bijlage {self.pk}"


class BijlageStuk(VanKwestie):
    """The sealed piece ``nr`` (from 0) of a file."""

    bijlage = models.ForeignKey(
        Bijlage,
        on_delete=models.CASCADE,
        related_name="inhoud",
        db_constraint=False,
        db_index=False,
    )
    nr = models.PositiveSmallIntegerField()
    inhoud_v = Verzegeld()

    class Meta:
        verbose_name = _("stuk van een bijlage")
        verbose_name_plural = _("stukken van bijlagen")
        indexes = [models.Index(fields=["tenant", "kwestie"], name="stuk_kwestie")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "bijlage", "nr"], name="stuk_eenmaal"
            ),
        ]

    def __str__(self) -> str:
        return f"stuk {self.nr} van bijlage {self.bijlage_id}"


class Brief(Weggooibaar, VanKwestie):
    """One letter. versie: counts what was saved, so that nobody writes over another.

    inhoud: of a final letter the text as it is, with everything filled in (JSON).
    is_met_client: the text tells who the client is.
    """

    class Soort(models.TextChoices):
        BRIEF = "BRIEF", _("Brief")
        KLACHT = "KLACHT", _("Klacht")
        BEZWAAR = "BEZWAAR", _("Bezwaar")
        MACHTIGING = "MACHTIGING", _("Machtiging of toestemming")

    class Aan(models.TextChoices):
        CLIENT = "CLIENT", _("De cliënt zelf")
        HULPVERLENER = "HULPVERLENER", _("Een hulpverlener of zorgaanbieder")
        GEMEENTE = "GEMEENTE", _("De gemeente")
        ANDER = "ANDER", _("Iemand anders")

    soort = models.CharField(max_length=10, choices=Soort)
    aan_soort = models.CharField(max_length=12, choices=Aan)
    versie = models.PositiveIntegerField(default=1)
    gewijzigd_op = models.DateTimeField(default=timezone.now)
    toestemming = models.ForeignKey(
        Toestemming,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    opgesteld_door = _mens()
    is_met_client = models.BooleanField(default=False)
    besproken_op = models.DateField(null=True)
    akkoord_op = models.DateField(null=True)
    akkoord_door = models.CharField(
        max_length=6, choices=Toestemming.Door, blank=True, default=""
    )
    akkoord_wijze = models.CharField(
        max_length=8, choices=Toestemming.Wijze, blank=True, default=""
    )
    definitief_op = models.DateTimeField(null=True)
    definitief_door = _mens(null=True)
    aan_v = Verzegeld()
    onderwerp_v = Verzegeld()
    woorden_v = Verzegeld()
    tekst_v = Verzegeld()
    wens_v = Verzegeld()
    inhoud_v = Verzegeld()

    aan = Vertrouwelijk()
    onderwerp = Vertrouwelijk()
    woorden = Vertrouwelijk()
    tekst = Vertrouwelijk()
    wens = Vertrouwelijk()
    inhoud = Vertrouwelijk()

    class Meta:
        verbose_name = _("brief")
        verbose_name_plural = _("brieven")
        indexes = [models.Index(fields=["tenant", "kwestie"], name="brief_kwestie")]
        constraints = [
            models.CheckConstraint(
                name="brief_soort_lijst",
                condition=Q(soort__in=["BRIEF", "KLACHT", "BEZWAAR", "MACHTIGING"]),
            ),
            models.CheckConstraint(
                name="brief_aan_lijst",
                condition=Q(
                    aan_soort__in=["CLIENT", "HULPVERLENER", "GEMEENTE", "ANDER"]
                ),
            ),
            models.CheckConstraint(
                name="brief_akkoord_lijst",
                condition=Q(
                    akkoord_door__in=["", "CLIENT", "BEIDEN", "OUDER", "VERTEG"]
                )
                & Q(
                    akkoord_wijze__in=["", "GESPREK", "TELEFOON", "SCHRIFT", "BERICHT"]
                ),
            ),
            models.CheckConstraint(  # S23: discussed, agreed, and only then final
                name="brief_definitief_na_akkoord",
                condition=Q(definitief_op__isnull=True, definitief_door__isnull=True)
                | (
                    Q(
                        definitief_op__isnull=False,
                        definitief_door__isnull=False,
                        besproken_op__isnull=False,
                        akkoord_op__isnull=False,
                        akkoord_op__gte=F("besproken_op"),
                        inhoud_v__isnull=False,
                    )
                    & ~Q(akkoord_door="")
                    & ~Q(akkoord_wijze="")
                ),
            ),
            models.CheckConstraint(  # V5
                name="brief_met_toestemming",
                condition=Q(definitief_op__isnull=True)
                | ~Q(aan_soort__in=["HULPVERLENER", "GEMEENTE"])
                | Q(toestemming__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"brief {self.pk}"

    @property
    def is_definitief(self) -> bool:
        return self.definitief_op is not None

    @property
    def is_extern(self) -> bool:
        """It leaves the Adviespunt, and not to the client (V8)."""
        return self.aan_soort != self.Aan.CLIENT


class Tekstblok(models.Model):
    """A piece of text for letters that the people of one tenant share."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    titel = models.CharField(max_length=80)
    tekst = models.TextField()
    soorten = ArrayField(models.CharField(max_length=10), default=list)
    gemaakt_door = _mens()
    gewijzigd_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("tekstblok")
        verbose_name_plural = _("tekstblokken")
        indexes = [models.Index(fields=["tenant", "titel"], name="tekstblok_titel")]
        constraints = [
            models.CheckConstraint(
                name="tekstblok_gevuld", condition=~Q(titel="") & ~Q(tekst="")
            ),
            models.CheckConstraint(
                name="tekstblok_soorten_lijst",
                condition=Q(
                    soorten__contained_by=["BRIEF", "KLACHT", "BEZWAAR", "MACHTIGING"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.titel
