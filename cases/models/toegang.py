"""Who may have a kwestie besides its supporter, and whose it was before.

Overdracht = a kwestie went from one supporter to another; only ever added (S50).
Plaatsvervanging = a colleague stands in for somebody during a window (S103).
CaseGrant = one kwestie shared with a colleague until a date.

In the database (migration 0006): an Overdracht tells what the kwestie says and is
never changed; after the client's wish the former supporter is in ``niet_voor``; a
kwestie that changes hands is no longer shared.
Guarded by tests/cases/test_toegang_sql.py.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.dossier import Kwestie
from tenants.models import Medewerker, Tenant


class Overdracht(models.Model):
    """A kwestie went from ``van`` to ``naar``; None is the queue of the team."""

    class Reden(models.TextChoices):
        CLIENT_ANDER = "CLIENT_ANDER", _("De cliënt wil een andere ondersteuner")
        CLIENT_ORG = "CLIENT_ORG", _("De cliënt wil een andere organisatie")
        BELANG = "BELANG", _("Er is een belang dat in de weg staat")
        DESKUNDIG = "DESKUNDIG", _("Een collega weet hier meer van")
        WERK = "WERK", _("Werkverdeling of afwezigheid")
        TOEDELING = "TOEDELING", _("Toegewezen door de teamleider")
        ONTHEVEN = "ONTHEVEN", _("Uit de functie ontheven")
        UIT_DIENST = "UIT_DIENST", _("Andere functie of uit dienst")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwestie = models.ForeignKey(
        Kwestie,
        on_delete=models.CASCADE,
        related_name="overdrachten",
        db_constraint=False,
        db_index=False,
    )
    van = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    naar = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    reden = models.CharField(max_length=12, choices=Reden)
    door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("overdracht")
        verbose_name_plural = _("overdrachten")
        indexes = [
            models.Index(
                fields=["tenant", "kwestie", "-op"], name="overdracht_kwestie"
            ),
            models.Index(fields=["tenant", "op"], name="overdracht_jaar"),
        ]
        constraints = [
            models.CheckConstraint(
                name="overdracht_reden_lijst",
                condition=Q(
                    reden__in=[
                        *("CLIENT_ANDER", "CLIENT_ORG", "BELANG", "DESKUNDIG"),
                        *("WERK", "TOEDELING", "ONTHEVEN", "UIT_DIENST"),
                    ]
                ),
            ),
            models.CheckConstraint(
                name="overdracht_naar_ander",
                condition=Q(van__isnull=True)
                | Q(naar__isnull=True)
                | ~Q(van=F("naar")),
            ),
            models.CheckConstraint(
                name="overdracht_ergens",
                condition=Q(van__isnull=False) | Q(naar__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"overdracht {self.pk}"


# After these the former supporter is kept from the kwestie, whoever lets her in.
VOORGOED = (
    Overdracht.Reden.CLIENT_ANDER,
    Overdracht.Reden.CLIENT_ORG,
    Overdracht.Reden.BELANG,
)


class Plaatsvervanging(models.Model):
    """``vervanger`` has the kwesties of ``afwezige`` from ``van`` up to and with
    ``tot``; ``besluit``: what was decided, and by whom.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    afwezige = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    vervanger = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    van = models.DateField(_("Eerste dag"))
    tot = models.DateField(_("Laatste dag"))
    besluit = models.CharField(max_length=200)
    door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    op = models.DateTimeField(default=timezone.now)
    beeindigd_op = models.DateTimeField(null=True)
    beeindigd_door = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )

    class Meta:
        verbose_name = _("plaatsvervanging")
        verbose_name_plural = _("plaatsvervangingen")
        indexes = [
            models.Index(
                fields=["tenant", "vervanger", "tot"], name="vervanging_vervanger"
            ),
            models.Index(fields=["tenant", "-tot", "id"], name="vervanging_tot"),
        ]
        constraints = [
            models.CheckConstraint(
                name="vervanging_door_ander", condition=~Q(afwezige=F("vervanger"))
            ),
            models.CheckConstraint(
                name="vervanging_venster", condition=Q(tot__gte=F("van"))
            ),
            models.CheckConstraint(name="vervanging_besluit", condition=~Q(besluit="")),
            models.CheckConstraint(
                name="vervanging_einde_door",
                condition=Q(beeindigd_op__isnull=True, beeindigd_door__isnull=True)
                | Q(beeindigd_op__isnull=False, beeindigd_door__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"plaatsvervanging {self.pk}"

    @property
    def is_van_nu(self) -> bool:
        """The window is open today."""
        today = timezone.localdate()
        return self.beeindigd_op is None and self.van <= today <= self.tot

    @property
    def is_voorbij(self) -> bool:
        return self.beeindigd_op is not None or self.tot < timezone.localdate()


class CaseGrant(models.Model):
    """One kwestie shared with ``medewerker``, up to and with ``tot``.

    ``datum`` is that of the kwestie, kept equal by triggers, so that a list of what
    was shared needs no sorting.
    """

    class Niveau(models.TextChoices):
        LEZEN = "LEZEN", _("Lezen")
        SCHRIJVEN = "SCHRIJVEN", _("Lezen en bijwerken")

    class Reden(models.TextChoices):
        MEEDENKEN = "MEEDENKEN", _("Een collega denkt mee")
        SAMEN = "SAMEN", _("We ondersteunen deze cliënt samen")
        WAARNEMEN = "WAARNEMEN", _("Een collega neemt iets waar")
        KLACHT = "KLACHT", _("Een klacht over onze ondersteuning")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwestie = models.ForeignKey(
        Kwestie,
        on_delete=models.CASCADE,
        related_name="delingen",
        db_constraint=False,
        db_index=False,
    )
    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    niveau = models.CharField(max_length=9, choices=Niveau)
    reden = models.CharField(max_length=9, choices=Reden)
    datum = models.DateField()
    tot = models.DateField(_("Tot en met"))
    door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    op = models.DateTimeField(default=timezone.now)
    ingetrokken_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("gedeelde kwestie")
        verbose_name_plural = _("gedeelde kwesties")
        indexes = [
            models.Index(
                fields=["tenant", "medewerker", "-datum", "kwestie"],
                name="deling_medewerker",
                condition=Q(ingetrokken_op__isnull=True),
            ),
            models.Index(fields=["tenant", "kwestie"], name="deling_kwestie"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kwestie", "medewerker"],
                name="deling_eenmaal",
                condition=Q(ingetrokken_op__isnull=True),
            ),
            models.CheckConstraint(
                name="deling_niveau_lijst",
                condition=Q(niveau__in=["LEZEN", "SCHRIJVEN"]),
            ),
            models.CheckConstraint(
                name="deling_reden_lijst",
                condition=Q(reden__in=["MEEDENKEN", "SAMEN", "WAARNEMEN", "KLACHT"]),
            ),
            models.CheckConstraint(
                name="deling_met_ander", condition=~Q(medewerker=F("door"))
            ),
        ]

    def __str__(self) -> str:
        return f"gedeelde kwestie {self.pk}"

    @property
    def is_verlopen(self) -> bool:
        return self.tot < timezone.localdate()
