"""Requests of people about their data (AVG 12, 15-22), and demands by an authority.

AvgVerzoek = somebody asks to see, correct, erase, restrict, take along … what is on
record about her. The clock is one month from receipt (AVG 12 lid 3), once two months
more when that is said within the first. The supporter gathers, the FG decides.
Vordering = an authority demands data of a client (S125): while it is open, nothing of
that client is erased.

In the database (migration 0014): the order of the states, who decides, the terms, and
that a client whose data are restricted (AVG 18) does not change.
Guarded by tests/cases/test_avg_sql.py.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.dossier import Kwestie
from privacy.fields import Vertrouwelijk, Verzegelbaar, Verzegeld
from tenants.models import Medewerker, Tenant


def _mens(**options: Any) -> models.ForeignKey[Medewerker, Medewerker]:
    return models.ForeignKey(
        Medewerker, models.PROTECT, related_name="+", db_index=False, **options
    )


class AvgVerzoek(Verzegelbaar):
    """One request. Without a kwestie: somebody the desk does not know (yet)."""

    class Soort(models.TextChoices):
        INZAGE = "INZAGE", _("Inzage: welke gegevens hebben jullie van mij?")
        RECTIFICATIE = "RECTIFICATIE", _("Rectificatie: dit klopt niet")
        WISSING = "WISSING", _("Wissing: haal mijn gegevens weg")
        BEPERKING = "BEPERKING", _("Beperking: doe er voorlopig niets mee")
        OVERDRAAGBAARHEID = (
            "OVERDRAAGBAARHEID",
            _("Overdraagbaarheid: ik wil mijn gegevens meenemen"),
        )
        BEZWAAR = (
            "BEZWAAR",
            _("Bezwaar: ik wil niet dat jullie mijn gegevens gebruiken"),
        )
        INTREKKEN = "INTREKKEN", _("Intrekken: ik geef geen toestemming meer")
        LOG = "LOG", _("Logboek: wie heeft mijn gegevens bekeken?")

    class Stand(models.TextChoices):
        ONTVANGEN = "ONTVANGEN", _("Ontvangen")
        IDENTITEIT = "IDENTITEIT", _("Wacht op vaststellen wie het is")
        IN_BEHANDELING = "IN_BEHANDELING", _("In behandeling")
        VERLENGD = "VERLENGD", _("In behandeling, termijn verlengd")
        INGEWILLIGD = "INGEWILLIGD", _("Ingewilligd")
        DEELS = "DEELS", _("Deels ingewilligd")
        AFGEWEZEN = "AFGEWEZEN", _("Afgewezen")
        NIET_TE_KOPPELEN = "NIET_TE_KOPPELEN", _("Niet te koppelen")
        UITGEVOERD = "UITGEVOERD", _("Uitgevoerd")
        GESLOTEN = "GESLOTEN", _("Gesloten")

    class Grondslag(models.TextChoices):
        TOESTEMMING = "TOESTEMMING", _("Toestemming")
        OVEREENKOMST = "OVEREENKOMST", _("Een overeenkomst")
        TAAK = "TAAK", _("Een taak van algemeen belang")
        BELANG = "BELANG", _("Een gerechtvaardigd belang")
        PLICHT = "PLICHT", _("Een wettelijke plicht")

    class Leeftijd(models.TextChoices):
        VANAF_16 = "VANAF_16", _("16 jaar of ouder")
        VAN_12 = "VAN_12", _("12 tot en met 15 jaar")
        TOT_12 = "TOT_12", _("Jonger dan 12 jaar")

    class Tekent(models.TextChoices):
        ZELF = "ZELF", _("De persoon zelf")
        BEIDEN = "BEIDEN", _("De jongere en de wettelijk vertegenwoordiger samen")
        VERTEGENW = "VERTEGENW", _("De wettelijk vertegenwoordiger")

    class Vaststelling(models.TextChoices):
        BEKEND = "BEKEND", _("De ondersteuner kent de persoon")
        VRAGEN = "VRAGEN", _("Met controlevragen over het dossier")
        DOCUMENT = "DOCUMENT", _("Een identiteitsbewijs gezien, niet gekopieerd")

    class Afwijzing(models.TextChoices):
        ONGEGROND = "ONGEGROND", _("Kennelijk ongegrond of buitensporig (AVG 12 lid 5)")
        ANDEREN = "ANDEREN", _("Rechten van anderen (AVG 15 lid 4, UAVG 41)")
        PLICHT = "PLICHT", _("Wettelijke plicht om te bewaren (AVG 17 lid 3 onder b)")
        VORDERING = "VORDERING", _("Nodig voor een procedure (AVG 17 lid 3 onder e)")
        KLOPT = "KLOPT", _("De gegevens kloppen (AVG 16)")
        GEEN_GROND = "GEEN_GROND", _("De voorwaarden gelden niet (AVG 17, 18 en 20)")
        DWINGEND = "DWINGEND", _("Dwingende gronden gaan voor (AVG 21 lid 1)")
        OPSPORING = (
            "OPSPORING",
            _("Voorkomen of opsporen van strafbare feiten (UAVG 41)"),
        )

    class Ontvangers(models.TextChoices):
        NVT = "NVT", _("De gegevens zijn aan niemand gegeven")
        GEDAAN = "GEDAAN", _("Ja, iedereen die ze kreeg weet het")
        KAN_NIET = "KAN_NIET", _("Dat kan niet of kost onevenredig veel")

    sleutel_van = "avgverzoek"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwestie = models.ForeignKey(
        Kwestie,
        on_delete=models.PROTECT,
        null=True,
        related_name="avgverzoeken",
        db_constraint=False,
        db_index=False,
    )
    soort = models.CharField(max_length=17, choices=Soort)
    stand = models.CharField(max_length=16, choices=Stand, default=Stand.ONTVANGEN)
    grondslag = models.CharField(max_length=12, choices=Grondslag, blank=True)
    leeftijd = models.CharField(max_length=8, choices=Leeftijd)
    ondertekenaar = models.CharField(max_length=9, choices=Tekent)
    ontvangen_op = models.DateField()
    termijn_op = models.DateField()
    verlengd_op = models.DateField(null=True)
    verlengd_tot = models.DateField(null=True)
    geregistreerd_door = _mens()
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    vaststelling = models.CharField(max_length=8, choices=Vaststelling, blank=True)
    beslisser = _mens(null=True)
    besluit_op = models.DateTimeField(null=True)
    afwijzing = models.CharField(max_length=10, choices=Afwijzing, blank=True)
    # The day on which the person was told what was decided (AVG 12 lid 3 and 4).
    verteld_op = models.DateField(null=True)
    uitgevoerd_door = _mens(null=True)
    uitgevoerd_op = models.DateTimeField(null=True)
    # Were those who got the data told (AVG 19)?
    ontvangers = models.CharField(max_length=8, choices=Ontvangers, blank=True)
    gesloten_op = models.DateTimeField(null=True)

    vraag_v = Verzegeld()
    bereik_v = Verzegeld()
    verlenging_v = Verzegeld()
    besluit_v = Verzegeld()
    uitvoering_v = Verzegeld()

    vraag = Vertrouwelijk()
    bereik = Vertrouwelijk()
    verlenging = Vertrouwelijk()
    besluit = Vertrouwelijk()
    uitvoering = Vertrouwelijk()

    class Meta:
        verbose_name = _("AVG-verzoek")
        verbose_name_plural = _("AVG-verzoeken")
        indexes = [
            models.Index(fields=["tenant", "stand", "termijn_op"], name="avg_stand"),
            models.Index(fields=["tenant", "kwestie"], name="avg_kwestie"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "id"], name="avgverzoek_tenant_id"
            ),
            *[
                models.CheckConstraint(
                    name=f"avgverzoek_{veld}_lijst", condition=Q(**{f"{veld}__in": in_})
                )
                for veld, in_ in (
                    (
                        "soort",
                        (
                            *("INZAGE", "RECTIFICATIE", "WISSING", "BEPERKING"),
                            *("OVERDRAAGBAARHEID", "BEZWAAR", "INTREKKEN", "LOG"),
                        ),
                    ),
                    (
                        "stand",
                        (
                            *("ONTVANGEN", "IDENTITEIT", "IN_BEHANDELING", "VERLENGD"),
                            *("INGEWILLIGD", "DEELS", "AFGEWEZEN", "NIET_TE_KOPPELEN"),
                            *("UITGEVOERD", "GESLOTEN"),
                        ),
                    ),
                )
            ],
            models.CheckConstraint(  # AVG 20 lid 1 onder a
                name="avgverzoek_overdraagbaar",
                condition=~Q(soort="OVERDRAAGBAARHEID")
                | Q(grondslag__in=["TOESTEMMING", "OVEREENKOMST"]),
            ),
            models.CheckConstraint(  # AVG 21 lid 1
                name="avgverzoek_bezwaar",
                condition=~Q(soort="BEZWAAR") | Q(grondslag__in=["TAAK", "BELANG"]),
            ),
            models.CheckConstraint(  # UAVG 5; from 12 with a voice of one's own (S118)
                name="avgverzoek_ondertekenaar",
                condition=Q(leeftijd="TOT_12", ondertekenaar="VERTEGENW")
                | Q(leeftijd="VAN_12", ondertekenaar="BEIDEN")
                | Q(leeftijd="VANAF_16", ondertekenaar__in=["ZELF", "VERTEGENW"]),
            ),
            models.CheckConstraint(
                name="avgverzoek_verlenging",
                condition=Q(verlengd_op__isnull=True, verlengd_tot__isnull=True)
                | Q(
                    verlengd_op__isnull=False,
                    verlengd_tot__isnull=False,
                    verlengd_op__lte=F("termijn_op"),
                    verlenging_v__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="avgverzoek_besloten",
                condition=Q(
                    stand__in=["ONTVANGEN", "IDENTITEIT", "IN_BEHANDELING", "VERLENGD"],
                    besluit_op__isnull=True,
                    beslisser__isnull=True,
                )
                | Q(
                    ~Q(
                        stand__in=[
                            *("ONTVANGEN", "IDENTITEIT", "IN_BEHANDELING", "VERLENGD"),
                        ]
                    ),
                    besluit_op__isnull=False,
                    beslisser__isnull=False,
                    besluit_v__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="avgverzoek_afgewezen",
                condition=~Q(stand__in=["AFGEWEZEN", "DEELS"]) | ~Q(afwijzing=""),
            ),
            models.CheckConstraint(
                name="avgverzoek_wie",
                condition=~Q(
                    stand__in=[
                        *("IN_BEHANDELING", "VERLENGD", "INGEWILLIGD", "DEELS"),
                        "UITGEVOERD",
                    ]
                )
                | ~Q(vaststelling=""),
            ),
            models.CheckConstraint(
                name="avgverzoek_uitgevoerd",
                condition=~Q(stand="UITGEVOERD")
                | Q(
                    verteld_op__isnull=False,
                    uitgevoerd_op__isnull=False,
                    uitgevoerd_door__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="avgverzoek_gesloten",
                condition=~Q(stand="GESLOTEN")
                | Q(gesloten_op__isnull=False, verteld_op__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"AVG-verzoek {self.pk}"

    @property
    def is_open(self) -> bool:
        """The clock runs: nothing was decided."""
        return self.besluit_op is None

    @property
    def uiterlijk(self) -> date:
        """The last day of the term that counts."""
        return self.verlengd_tot or self.termijn_op

    @property
    def dagen(self) -> int:
        """Days left today; below zero: too late."""
        return (self.uiterlijk - timezone.localdate()).days

    @property
    def is_te_laat(self) -> bool:
        return self.is_open and self.dagen < 0


class Vordering(Verzegelbaar):
    """A demand by an authority for what is on record in one kwestie (S125)."""

    sleutel_van = "kwestie"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwestie = models.ForeignKey(
        Kwestie,
        on_delete=models.PROTECT,
        related_name="vorderingen",
        db_constraint=False,
        db_index=False,
    )
    instantie = models.CharField(max_length=160)
    ontvangen_op = models.DateField()
    vastgelegd_door = _mens()
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    afgedaan_op = models.DateTimeField(null=True)
    wat_v = Verzegeld()
    afloop_v = Verzegeld()

    wat = Vertrouwelijk()
    afloop = Vertrouwelijk()

    class Meta:
        verbose_name = _("vordering")
        verbose_name_plural = _("vorderingen")
        indexes = [models.Index(fields=["tenant", "kwestie"], name="vordering_kwestie")]
        constraints = [
            models.CheckConstraint(
                name="vordering_wat", condition=Q(wat_v__isnull=False)
            ),
            models.CheckConstraint(
                name="vordering_afloop",
                condition=Q(afgedaan_op__isnull=True) | Q(afloop_v__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"vordering {self.pk}"
