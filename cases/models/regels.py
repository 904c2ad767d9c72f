"""Rules of independence as rows: consent, steps, action without assent.

Toestemming = a client allows one talk partner and one subject, until taken back (S13).
Stap = a step in three moments: discussed, agreed, done; never in another order (S23).
AmbtshalveActie = acting without the client's assent: two conditions and a colleague's
review (S84).

Constraints are below, triggers in migration 0004; their twins in words are in
``cases.services``. Guarded by tests/cases/test_regels_sql.py.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.basis import Weggooibaar
from cases.models.dossier import Kwestie
from privacy.fields import Vertrouwelijk, Verzegelbaar, Verzegeld
from tenants.models import Medewerker, Tenant


class VanKwestie(Verzegelbaar):
    """What hangs on one kwestie, inside its tenant."""

    sleutel_van = "kwestie"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwestie = models.ForeignKey(
        Kwestie,
        on_delete=models.CASCADE,
        related_name="%(class)s_rijen",
        db_constraint=False,
        db_index=False,
    )
    aangemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Toestemming(VanKwestie):
    """The client allows a talk without being there: with whom, about what (S12, S13).

    It holds from ``gegeven_op`` through the day ``geldig_tot`` (None: no end), until
    ``ingetrokken_op``. Nothing but the taking back can ever be changed.
    """

    class Ontvanger(models.TextChoices):
        HULPVERLENER = "HULPVERLENER", _("Een hulpverlener of zorgaanbieder")
        GEMEENTE = "GEMEENTE", _("De gemeente")

    class Wijze(models.TextChoices):
        GESPREK = "GESPREK", _("In een gesprek")
        TELEFOON = "TELEFOON", _("Aan de telefoon")
        SCHRIFT = "SCHRIFT", _("Op papier, met een handtekening")
        BERICHT = "BERICHT", _("In een e-mail of bericht")

    class Door(models.TextChoices):
        CLIENT = "CLIENT", _("De cliënt zelf")
        BEIDEN = "BEIDEN", _("De jeugdige en een ouder of voogd")
        OUDER = "OUDER", _("Een ouder of voogd")
        VERTEG = "VERTEG", _("De wettelijk vertegenwoordiger")

    ontvanger_soort = models.CharField(max_length=12, choices=Ontvanger)
    # Who said so; which may, follows from the age of the client (S118).
    gegeven_door = models.CharField(
        max_length=6, choices=Door, default=Door.CLIENT, db_default=Door.CLIENT
    )
    ontvanger_naam_v = Verzegeld()
    onderwerp_v = Verzegeld()
    wijze = models.CharField(max_length=8, choices=Wijze)
    is_uitdrukkelijk = models.BooleanField()
    gegeven_op = models.DateTimeField()
    geldig_tot = models.DateField(null=True)
    vastgelegd_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ingetrokken_op = models.DateTimeField(null=True)
    ingetrokken_door = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )

    ontvanger_naam = Vertrouwelijk()
    onderwerp = Vertrouwelijk()

    class Meta:
        verbose_name = _("toestemming")
        verbose_name_plural = _("toestemmingen")
        indexes = [
            models.Index(fields=["tenant", "kwestie"], name="toestemming_kwestie")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "id"], name="toestemming_tenant_id"
            ),
            models.CheckConstraint(
                name="toestemming_ontvanger_lijst",
                condition=Q(ontvanger_soort__in=["HULPVERLENER", "GEMEENTE"]),
            ),
            models.CheckConstraint(
                name="toestemming_wijze_lijst",
                condition=Q(wijze__in=["GESPREK", "TELEFOON", "SCHRIFT", "BERICHT"]),
            ),
            models.CheckConstraint(
                name="toestemming_door_lijst",
                condition=Q(gegeven_door__in=["CLIENT", "BEIDEN", "OUDER", "VERTEG"]),
            ),
            models.CheckConstraint(  # S13
                name="toestemming_uitdrukkelijk", condition=Q(is_uitdrukkelijk=True)
            ),
            models.CheckConstraint(  # S13: specific
                name="toestemming_specifiek",
                condition=Q(ontvanger_naam_v__isnull=False, onderwerp_v__isnull=False),
            ),
            models.CheckConstraint(
                name="toestemming_intrekking",
                condition=Q(ingetrokken_op__isnull=True, ingetrokken_door__isnull=True)
                | Q(
                    ingetrokken_op__gte=F("gegeven_op"), ingetrokken_door__isnull=False
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"toestemming {self.pk}"


# S118 (Jeugdwet 7.3, Wmo 5.3.2): who can consent, by the age of the client. The first
# is the usual one. Migration 0011 holds the same.
DOOR_BIJ_LEEFTIJD: dict[str, tuple[str, ...]] = {
    "ONB": ("CLIENT", "BEIDEN", "OUDER", "VERTEG"),
    "0-11": ("OUDER", "VERTEG"),
    "12-15": ("BEIDEN", "CLIENT"),
}
DOOR_VANAF_16 = ("CLIENT", "VERTEG")


class Stap(Weggooibaar, VanKwestie):
    """A step that is taken with the client, never on one's own account (S23)."""

    class Wie(models.TextChoices):
        CLIENT = "CLIENT", _("De cliënt")
        ONDERSTEUNER = "ONDERSTEUNER", _("De ondersteuner")
        SAMEN = "SAMEN", _("Samen")
        ANDER = "ANDER", _("Iemand anders")

    omschrijving_v = Verzegeld()
    wie = models.CharField(max_length=12, choices=Wie)
    gepland_op = models.DateField(null=True)
    besproken_op = models.DateTimeField(null=True)
    akkoord_op = models.DateTimeField(null=True)
    uitgevoerd_op = models.DateTimeField(null=True)
    vervallen_op = models.DateTimeField(null=True)
    vervallen_reden_v = Verzegeld()

    omschrijving = Vertrouwelijk()
    vervallen_reden = Vertrouwelijk()

    class Meta:
        verbose_name = _("stap")
        verbose_name_plural = _("stappen")
        indexes = [
            models.Index(fields=["tenant", "kwestie"], name="stap_kwestie"),
            models.Index(
                fields=["tenant", "gepland_op"],
                name="stap_gepland",
                condition=Q(
                    gepland_op__isnull=False,
                    uitgevoerd_op__isnull=True,
                    vervallen_op__isnull=True,
                ),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="stap_wie_lijst",
                condition=Q(wie__in=["CLIENT", "ONDERSTEUNER", "SAMEN", "ANDER"]),
            ),
            models.CheckConstraint(
                name="stap_omschrijving", condition=Q(omschrijving_v__isnull=False)
            ),
            models.CheckConstraint(
                name="stap_akkoord_na_bespreken",
                condition=Q(akkoord_op__isnull=True)
                | Q(besproken_op__isnull=False, akkoord_op__gte=F("besproken_op")),
            ),
            models.CheckConstraint(
                name="stap_uitgevoerd_na_akkoord",
                condition=Q(uitgevoerd_op__isnull=True)
                | Q(akkoord_op__isnull=False, uitgevoerd_op__gte=F("akkoord_op")),
            ),
            models.CheckConstraint(
                name="stap_vervallen_met_reden",
                condition=Q(vervallen_op__isnull=True, vervallen_reden_v__isnull=True)
                | Q(
                    vervallen_op__isnull=False,
                    vervallen_reden_v__isnull=False,
                    uitgevoerd_op__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"stap {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.uitgevoerd_op is None and self.vervallen_op is None

    @property
    def volgende(self) -> str:
        """The moment that comes next: besproken, akkoord, uitgevoerd; '' at the end."""
        if not self.is_open:
            return ""
        if self.besproken_op is None:
            return "besproken"
        return "akkoord" if self.akkoord_op is None else "uitgevoerd"


class AmbtshalveActie(VanKwestie):
    """Acting without the client's assent (S84): both conditions, then a colleague."""

    feiten_v = Verzegeld()
    bewijs_v = Verzegeld()
    niet_in_staat_v = Verzegeld()
    actie_v = Verzegeld()
    is_aantoonbaar = models.BooleanField()
    is_niet_in_staat = models.BooleanField()
    voorgesteld_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    toetser = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    toets_op = models.DateTimeField(null=True)
    is_akkoord = models.BooleanField(null=True)
    toets_toelichting_v = Verzegeld()
    uitgevoerd_op = models.DateTimeField(null=True)

    feiten = Vertrouwelijk()
    bewijs = Vertrouwelijk()
    niet_in_staat = Vertrouwelijk()
    actie = Vertrouwelijk()
    toets_toelichting = Vertrouwelijk()

    class Meta:
        verbose_name = _("ambtshalve actie")
        verbose_name_plural = _("ambtshalve acties")
        indexes = [
            models.Index(fields=["tenant", "kwestie"], name="ambtshalve_kwestie"),
            models.Index(fields=["tenant", "toetser"], name="ambtshalve_toetser"),
        ]
        constraints = [
            models.CheckConstraint(
                name="ambtshalve_voorwaarden",
                condition=Q(is_aantoonbaar=True, is_niet_in_staat=True),
            ),
            models.CheckConstraint(
                name="ambtshalve_onderbouwd",
                condition=Q(
                    feiten_v__isnull=False,
                    bewijs_v__isnull=False,
                    niet_in_staat_v__isnull=False,
                    actie_v__isnull=False,
                ),
            ),
            models.CheckConstraint(  # V12: nobody reviews her own
                name="ambtshalve_toets_door_ander",
                condition=~Q(toetser=F("voorgesteld_door")),
            ),
            models.CheckConstraint(
                name="ambtshalve_toets_heeft_dag",
                condition=Q(toets_op__isnull=True, is_akkoord__isnull=True)
                | Q(toets_op__isnull=False, is_akkoord__isnull=False),
            ),
            models.CheckConstraint(
                name="ambtshalve_uitgevoerd_na_akkoord",
                condition=Q(uitgevoerd_op__isnull=True)
                | Q(
                    is_akkoord__isnull=False,
                    is_akkoord=True,
                    uitgevoerd_op__gte=F("toets_op"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"ambtshalve actie {self.pk}"
