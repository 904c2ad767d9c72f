"""Interests of colleagues, and the look at them when a kwestie is given (S52).

Nevenbelang = what ties a colleague to an organisation; Belangencheck = what came of
looking at it when a kwestie was given to her (S52).

Constraints are below, triggers in migration 0004; their twins in words are in
``cases.services``. Guarded by tests/cases/test_regels_sql.py.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.regels import VanKwestie
from privacy.blinde_index import organisatie_teken
from privacy.fields import Vertrouwelijk, Verzegelbaar, Verzegeld
from tenants.models import Medewerker, Tenant


class Nevenbelang(Verzegelbaar):
    """What ties a colleague to an organisation, or to the opdrachtgever itself (S52).

    She declares it herself, for each opdrachtgever she works for.
    """

    class Soort(models.TextChoices):
        DIENST = "DIENST", _("Ik werk er of werkte er")
        NEVEN = "NEVEN", _("Nevenfunctie of vrijwilligerswerk")
        BESTUUR = "BESTUUR", _("Bestuur, toezicht of advies")
        BEZIT = "BEZIT", _("Eigendom of financieel belang")
        FAMILIE = "FAMILIE", _("Een partner, familielid of vriend werkt er")
        ZORG = "ZORG", _("Ik of een naaste krijgt er zorg of ondersteuning")
        ANDERS = "ANDERS", _("Iets anders")

    sleutel_van = "medewerker"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    medewerker = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        related_name="nevenbelangen",
        db_index=False,
    )
    is_opdrachtgever = models.BooleanField(default=False)
    organisatie = models.CharField(max_length=160, blank=True)
    # By which PostgreSQL compares it with whom a kwestie is about.
    organisatie_teken = models.CharField(
        max_length=20, blank=True, default="", db_default="", editable=False
    )
    soort = models.CharField(max_length=8, choices=Soort)
    van = models.DateField()
    tot = models.DateField(null=True)
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    toelichting_v = Verzegeld()

    toelichting = Vertrouwelijk()

    class Meta:
        verbose_name = _("nevenbelang")
        verbose_name_plural = _("nevenbelangen")
        indexes = [
            models.Index(fields=["tenant", "medewerker"], name="belang_medewerker")
        ]
        constraints = [
            models.CheckConstraint(
                name="belang_soort_lijst",
                condition=Q(
                    soort__in=[
                        *("DIENST", "NEVEN", "BESTUUR", "BEZIT", "FAMILIE"),
                        *("ZORG", "ANDERS"),
                    ]
                ),
            ),
            models.CheckConstraint(
                name="belang_waarin",
                condition=Q(is_opdrachtgever=True, organisatie="")
                | (Q(is_opdrachtgever=False) & ~Q(organisatie="")),
            ),
            models.CheckConstraint(
                name="belang_periode",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
            ),
        ]

    def __str__(self) -> str:
        return f"nevenbelang {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            found = organisatie_teken(self.tenant_id, self.organisatie)
            self.organisatie_teken = found
        super().save(*args, **kwargs)


class Belangencheck(VanKwestie):
    """What came of the look at the interests of whoever got the kwestie (V11)."""

    class Uitkomst(models.TextChoices):
        GEEN = "GEEN", _("Geen belang gevonden")
        BELANG = "BELANG", _("Er is een belang")

    class Bij(models.TextChoices):
        REGISTREREN = "REGISTREREN", _("Bij het registreren")
        TOEWIJZEN = "TOEWIJZEN", _("Bij het toewijzen")
        VERVANGEN = "VERVANGEN", _("Bij een plaatsvervanging")
        WIJZIGEN = "WIJZIGEN", _("Toen de wederpartij veranderde")

    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    gedaan_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    bij = models.CharField(max_length=12, choices=Bij)
    uitkomst = models.CharField(max_length=6, choices=Uitkomst)

    class Meta:
        verbose_name = _("belangencheck")
        verbose_name_plural = _("belangenchecks")
        indexes = [
            models.Index(
                fields=["tenant", "kwestie", "-aangemaakt_op"], name="check_kwestie"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="check_uitkomst_lijst",
                condition=Q(uitkomst__in=["GEEN", "BELANG"]),
            ),
            models.CheckConstraint(
                name="check_bij_lijst",
                condition=Q(
                    bij__in=["REGISTREREN", "TOEWIJZEN", "VERVANGEN", "WIJZIGEN"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"belangencheck {self.pk}"
